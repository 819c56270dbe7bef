# Cloud Titan, part 1.
# With its preposition: it stands after "P99".
cloud-knee-latency = hasta el primer token
cloud-knee-static = Estático
    .phrase = batching estático
cloud-knee-continuous = Continuo
    .phrase = batching continuo
# What the dials mean at the present setting.
cloud-knee-utilization = { $share } de la capacidad
cloud-knee-window = mientras tanto llegan { $more } más a cada réplica
cloud-knee-window-ignored = sin efecto: el batching continuo no tiene ventana
cloud-knee-capacity = juntas, { $rate } como mucho
cloud-batch = en promedio, { $batch } peticiones por batch
# $running is the share of the slots in which a reply is being written.
cloud-knee-slots = el { $running } de las ranuras tiene una respuesta en curso; { $batch } peticiones por batch
# What the figure marks as the knee.
cloud-knee-note = El codo está en { $rate }, { $side ->
    [safe] y estás en su lado seguro
   *[beyond] y lo has pasado
}: más allá, un 1 % más de carga cuesta más de un 1 % de P99.
cloud-knee-untrusted = Tan cerca del muro, la fórmula ya no responde del error que declara: pulsa Simular y fíate de los puntos.
# P99 times to first token at shares of the capacity.
cloud-knee-truth = Las ocho GPU como una sola réplica, con batching continuo: { $at_45 } al 45 % de la capacidad, { $at_80 } al 80 %, { $at_90 } al 90 %. La curva es casi plana, y luego hay un muro: más allá de la pregunta, { $at_95 } al 95 % y { $at_99 } al 99 %.
