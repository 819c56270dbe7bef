# Cloud Titan, part 1.
cloud-knee-latency = time to first token
cloud-knee-static = Static
    .phrase = static batching
cloud-knee-continuous = Continuous
    .phrase = continuous batching
# What the dials mean at the present setting.
cloud-knee-utilization = { $share } of capacity
cloud-knee-window = { $more } more arrive at each replica meanwhile
cloud-knee-window-ignored = no effect: continuous batching has no window
cloud-knee-capacity = together { $rate } at most
cloud-batch = on average { $batch } requests in a batch
# $running is the share of the slots in which a reply is being written.
cloud-knee-slots = { $running } of the slots hold a running reply; { $batch } requests in a batch
# What the figure marks as the knee.
cloud-knee-note = The knee is at { $rate }, { $side ->
    [safe] and you are on its safe side
   *[beyond] and you are beyond it
}: past it, 1% more load costs more than 1% of P99.
cloud-knee-untrusted = So near to the wall the formula is not held to its stated error: press Simulate, and trust the dots.
# P99 times to first token at shares of the capacity.
cloud-knee-truth = All eight GPUs as one replica, batching continuously: { $at_45 } at 45% of capacity, { $at_80 } at 80%, { $at_90 } at 90%. Nearly flat, and then a wall: beyond the question it is { $at_95 } at 95% and { $at_99 } at 99%.
