tiny-memory-budget = SRAM of one module
tiny-memory-axis = Memory
tiny-memory-weights = Weights
tiny-memory-scratch = Scratch
tiny-memory-used = State in use
tiny-memory-reserved = Reserved, empty
tiny-memory-neuralaids = NeuralAids, on the ear
tiny-memory-source = Ring buffer of a layer: (taps − 1) × dilation × channels numbers; a slot is as long as the longest
tiny-memory-places = { $places ->
    [one] { $places } place
   *[other] { $places } places
}, { $ears ->
    [one] { $ears } ear
   *[other] { $ears } ears
}
tiny-memory-past = hears { $past } of the past
tiny-memory-rate = { $ears ->
    [one] { $rate } from { $ears } ear
   *[other] { $rate } from { $ears } ears
}
tiny-memory-state = { $size } of state for an ear
tiny-memory-of-weights = { $size } of weights
tiny-memory-truth = Slots hold { $slots } ears and ring buffers { $ring }: of { $reserved } reserved for an ear it ever uses { $used }, { $share }.
tiny-memory-serving-cost = Serving cost: what a module takes is shared by the ears that its memory holds
tiny-memory-ear = ear
tiny-memory-module = module
tiny-memory-ears = ears
tiny-memory-shared = { $module } / { $ears } = { $each }
tiny-memory-shared-by-nobody = nobody is served, so the power is shared by nobody
tiny-memory-serving-cost-source = The module’s energies are assumptions; NeuralAids stands beside as measured
