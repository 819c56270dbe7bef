# The Throughput Knee: the words of missions/cloud/part_1.toml

## The part

cloud-1-title = The Throughput Knee
cloud-1-stakeholder-role = Head of Chat

## The prediction

cloud-1-lock-question = If you increase the request rate to 90% of your maximum capacity, does the P99 latency increase linearly or exponentially?
cloud-1-lock-quantity = P99 time to first token when the load creeps on from 90% to 99%, as a multiple of that at 90%
cloud-1-lock-option-flat = Hardly at all
    .detail = There is still a free slot, so nobody has to wait.
cloud-1-lock-option-linear = Linearly
    .detail = In step with the load: a tenth more requests, a tenth more P99.
cloud-1-lock-option-exponential = Exponentially
    .detail = Every tenth of the capacity doubles it: 0.9 doublings.
cloud-1-lock-option-hyperbolic = Hyperbolically
    .detail = As one over the idle share: 10% idle shrinks to 1%.

## The dials

cloud-1-knob-arrival_rate = Arrival rate
    .doc = Requests that reach the fleet each second, at random moments
cloud-1-knob-batch_window = Batch window
    .doc = How long the first request of a batch waits for others to join
cloud-1-knob-replicas = Replicas
    .doc = Copies of the model × GPUs that each of them has
    .choice-1 = 1 × 8
    .choice-2 = 2 × 4
    .choice-4 = 4 × 2
cloud-1-knob-policy = Batching
    .doc = Static: the batch stays together until its longest reply is done. Continuous: a request joins or leaves after any token
    .choice-static = Static
    .choice-continuous = Continuous

## The lights

cloud-1-target-latency = P99 time to first token
cloud-1-target-pace = P99 time per token
cloud-1-target-demand = Requests served
cloud-1-target-headroom = Utilization of this fleet
    .reading = { $value } of capacity

## What breaks down

cloud-1-failure-overload = The queue has no end
    .message = Requests arrive faster than the fleet can finish them: each one waits behind a longer line than the one before, for as long as this lasts.

## The reflection

cloud-1-reflection-voice = Patterson
cloud-1-reflection-question = Why is 80% utilization the practical ceiling for a responsive system? Your case: the next product brings surges of half the load, not of a tenth. Where do you put the ceiling now?

## Sources

cloud-1-source-1 = M/M/1: Mor Harchol-Balter, Performance Modeling and Design of Computer Systems, Cambridge University Press, 2013, chapter 13
cloud-1-source-2 = Continuous batching: Yu et al., Orca: A Distributed Serving System for Transformer-Based Generative Models, OSDI 2022
