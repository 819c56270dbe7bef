# Cloud Titan, part 1.
cloud-knee-latency = time to first token
cloud-knee-static = Static
    .phrase = static batching
cloud-knee-continuous = Continuous
    .phrase = continuous batching
# What the dials mean at the present setting.
cloud-knee-utilization = { $share } of capacity
cloud-knee-window = { $more } more arrive at each replica meanwhile
cloud-knee-window-ignored = ignored: nobody waits for company
cloud-knee-capacity = together { $rate } at most
cloud-batch = on average { $batch } requests in a batch
# P99 times to first token at shares of the capacity.
cloud-knee-truth = All eight GPUs as one replica, batching continuously: { $at_45 } at 45% of capacity, { $at_80 } at 80%, { $at_90 } at 90%, { $at_95 } at 95%, { $at_99 } at 99%. Nearly flat, and then a wall.
