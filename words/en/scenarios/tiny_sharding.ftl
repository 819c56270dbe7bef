tiny-swept-cut = Cut
# How many of the network's stages run on the ear.
tiny-cut = { $form ->
    [long] { $n } of { $stages }
   *[short] { $n }
}
tiny-sharding-budget = Ear to ear
tiny-sharding-sound = Sound
tiny-sharding-ear = Ear computes
tiny-sharding-sums = Ears add up
tiny-sharding-radio = Radio
tiny-sharding-window = Batch window
tiny-sharding-gateway = Gateway
tiny-sharding-neuralaids = NeuralAids, always on
tiny-sharding-source = Radio and gateway: the power model; sums over the air: alpha-beta (Hockney 1994) with the interval as the start-up time
tiny-sharding-power = Mean power at the ear: always listening, isolating for a share a of the time
tiny-sharding-listening = listening
tiny-sharding-on = on
tiny-sharding-network = network
tiny-sharding-of-radio = radio
tiny-sharding-power-numbers = { $listening } + { $active } × ({ $on } + { $network } + { $radio }) = { $power }
tiny-sharding-power-source = Network: its share of 71.6 mW (Itani et al. 2025); listening: 140 µW (Syntiant NDP101); radio: nRF5340; the rest are assumptions
# $up and $down: what crosses the radio for each window of sound.
tiny-sharding-crosses = { $share } of the work; { $up } up, { $down } down
tiny-sharding-all-on-ear = all of the work; nothing goes to the gateway
tiny-sharding-no-block = no block to share, so no sums
tiny-sharding-no-sums = nothing is added up over the air
tiny-sharding-sums-wait = { $sums ->
    [one] { $sums } sum a window waits { $wait }
   *[other] { $sums } sums a window wait { $wait } each
}
tiny-sharding-air = { $share } of it on the air
tiny-sharding-idle-gateway = the gateway has nothing to do
tiny-sharding-truth = Tensor parallelism takes { $tensor } for one window of sound alone: { $sums } sums over the air, to save { $saved } of computing. The pipeline takes { $pipeline }, and crosses twice.
# Of a draft, before it runs.
tiny-sharding-known = { $ears ->
    [one] One ear runs { $share } of the network
   *[other] Two ears share { $share } of the network
}; { $up } go up and { $down } come down for each window.
