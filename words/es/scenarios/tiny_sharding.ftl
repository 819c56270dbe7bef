tiny-swept-cut = Corte
# How many of the network's stages run on the ear.
tiny-cut = { $form ->
    [long] { $n } de { $stages }
   *[short] { $n }
}
tiny-sharding-budget = De oído a oído
tiny-sharding-sound = Sonido
tiny-sharding-ear = Cómputo en el oído
tiny-sharding-sums = Sumas entre oídos
tiny-sharding-radio = Radio
tiny-sharding-window = Ventana de batch
tiny-sharding-gateway = Pasarela
tiny-sharding-neuralaids = NeuralAids, siempre activo
tiny-sharding-source = Radio y pasarela: el modelo de potencia; sumas por el aire: alfa-beta (Hockney 1994), con el intervalo como tiempo de arranque
tiny-sharding-power = Potencia media en el oído: siempre a la escucha, aislando durante una proporción (a) del tiempo
tiny-sharding-listening = escucha
tiny-sharding-on = activo
tiny-sharding-network = red
tiny-sharding-of-radio = radio
tiny-sharding-power-numbers = { $listening } + { $active } × ({ $on } + { $network } + { $radio }) = { $power }
tiny-sharding-power-source = Red: su proporción de 71,6 mW (Itani et al. 2025); escucha: 140 µW (Syntiant NDP101); radio: nRF5340; el resto son supuestos
# $up and $down: what crosses the radio for each window of sound.
tiny-sharding-crosses = { $share } del trabajo; { $up } de subida, { $down } de bajada
tiny-sharding-all-on-ear = todo el trabajo; nada va a la pasarela
tiny-sharding-no-block = no hay bloque que compartir, así que no hay sumas
tiny-sharding-no-sums = no se suma nada por el aire
tiny-sharding-sums-wait = { $sums ->
    [one] { $sums } suma por ventana espera { $wait }
   *[other] { $sums } sumas por ventana esperan { $wait } cada una
}
tiny-sharding-air = en el aire el { $share } del intervalo
tiny-sharding-idle-gateway = la pasarela no tiene nada que hacer
tiny-sharding-truth = El paralelismo de tensores tarda { $tensor } con una ventana de sonido a solas: { $sums } sumas por el aire, para ahorrar { $saved } de cómputo. El pipeline tarda { $pipeline } y cruza dos veces.
# Of a draft, before it runs.
tiny-sharding-known = { $ears ->
    [one] Un oído ejecuta el { $share } de la red
   *[other] Dos oídos comparten el { $share } de la red
}; { $up } suben y { $down } bajan por cada ventana.
