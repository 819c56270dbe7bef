# Cloud Titan, part 1.
cloud-knee-latency = time to first token
cloud-knee-static = Static
    .phrase = static batching
cloud-knee-continuous = Continuous
    .phrase = continuous batching
