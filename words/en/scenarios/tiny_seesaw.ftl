# What runs along a seesaw's curve: its name, and one of its values. $form is "long" where there is
# room to say what is counted, else "short".
tiny-swept-window = Window
tiny-window = { $form ->
    [long] { $n } ms of window
   *[short] { $n } ms
}
# The P99 of the time from a request's arrival at the gateway to its answer.
tiny-gateway-tail = P99 at the gateway { $tail }

tiny-seesaw-power = Power of the gateway: what a batch costs is shared by those in it
tiny-seesaw-idle = idle
tiny-seesaw-batch = batch
tiny-seesaw-request = request
tiny-seesaw-power-numbers = { $idle } + { $rate } × ({ $batch_energy } / { $batch } + { $request_energy }) = { $power }
tiny-seesaw-power-source = The energies are assumptions for a gateway on a battery; the mean batch b is the queue's
tiny-seesaw-load = { $rate }, { $share } of capacity
tiny-seesaw-mean-batch = on average { $batch } requests in a batch
# $radios: how many radios at the gateway all isolating ears keep busy on average.
tiny-seesaw-way = { $outside } before and after the gateway; the ear takes { $power }; { $radios } radios needed at the gateway
tiny-seesaw-tail-at = { $tail } at { $share }
tiny-seesaw-truth = With a window of { $window } the P99 goes { $tails } of the gateway’s capacity. An emptier gateway is the slower one, up to the wall.
