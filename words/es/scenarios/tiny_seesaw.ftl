# What runs along a seesaw's curve: its name, and one of its values. $form is "long" where there is
# room to say what is counted, else "short".
tiny-swept-window = Ventana
tiny-window = { $form ->
    [long] { $n } ms de ventana
   *[short] { $n } ms
}
# The P99 of the time from a request's arrival at the gateway to its answer.
tiny-gateway-tail = P99 en la pasarela { $tail }

tiny-seesaw-power = Potencia de la pasarela: lo que cuesta un batch se reparte entre quienes van en él
tiny-seesaw-idle = reposo
tiny-seesaw-batch = batch
tiny-seesaw-request = petición
tiny-seesaw-power-numbers = { $idle } + { $rate } × ({ $batch_energy } / { $batch } + { $request_energy }) = { $power }
tiny-seesaw-power-source = Las energías son supuestos para una pasarela con batería; el batch medio b es el de la cola
tiny-seesaw-load = { $rate }, { $share } de la capacidad
tiny-seesaw-mean-batch = en promedio, { $batch } peticiones por batch
# $radios: how many radios at the gateway all isolating ears keep busy on average.
tiny-seesaw-way = { $outside } antes y después de la pasarela; el oído consume { $power }; la pasarela necesita { $radios } radios
tiny-seesaw-tail-at = { $tail } al { $share }
tiny-seesaw-truth = Con una ventana de { $window }, el P99 pasa por { $tails } de la capacidad de la pasarela. Una pasarela más vacía es la más lenta, hasta el muro.
