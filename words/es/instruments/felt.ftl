# What can be heard or seen of a setting, off until it is asked for. { $noun } is what moves a picture,
# in the plural.
felt-echo = Un clic y su eco, { $delay } después: el P99 de oído a oído. ¿Oyes un sonido o dos?
felt-echo-never = Un clic, y ningún eco: se pide más de lo que se puede llevar, así que el sonido no vuelve nunca.
felt-even = De { $frames } { $noun } de la simulación, ninguno llega tarde: la bola se mueve con regularidad.
felt-stutter = De { $frames } { $noun } de la simulación, { $late } { $late ->
    [1] llega
   *[other] llegan
} tarde, el peor a los { $worst }. La bola se queda quieta el { $held } del tiempo.
mobile-felt-frames = fotogramas de un par de gafas
mobile-felt-captions = subtítulos
