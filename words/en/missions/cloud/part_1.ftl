# The Throughput Knee: the words of missions/cloud/part_1.toml

## The part

cloud-1-title = The Throughput Knee
cloud-1-stakeholder-role = Head of Chat

## The prediction

cloud-1-lock-question = If you increase the request rate to 90% of your maximum capacity, does the P99 latency increase linearly or exponentially?
cloud-1-lock-quantity = P99 time to first token at 90% of capacity, as a multiple of that at 45%
cloud-1-lock-option-flat = Hardly at all
    .detail = There is still a free slot, so nobody has to wait.
cloud-1-lock-option-linear = Linearly
    .detail = In step with the load: twice the requests, twice the P99.
cloud-1-lock-option-exponential = Exponentially
    .detail = Every tenth of the capacity doubles it: 4.5 doublings.
cloud-1-lock-option-hyperbolic = Hyperbolically
    .detail = Flat while a slot is free, then as one over the share that is idle: a wall.

## The dials

cloud-1-knob-arrival_rate = Arrival rate
    .doc = Requests that reach the fleet each second, at random moments
cloud-1-knob-batch_window = Batch window
    .doc = How long the first request of a static batch waits for others to join; nobody waits in continuous batching
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
cloud-1-target-headroom = Load on this fleet
    .reading = { $value } of capacity

## What breaks down

cloud-1-failure-overload = The queue grows without end
    .message = Requests arrive faster than the fleet can finish them: each one waits behind a longer line than the one before, for as long as this lasts.

## The challenges

cloud-1-challenge-wall = Stand before the wall: with continuous batching, load a fleet to more than 90%, before the queue grows without end.
    .done = At { $utilization } of capacity, 99 of 100 replies begin within { $ttft_p99_s }. A step or two more and nothing keeps up.
cloud-1-challenge-flat = Find the flat part: load a fleet to between 50 and 65% and keep P99 under 0.2 s.
    .done = More than half loaded, at { $utilization }, and P99 is only { $ttft_p99_s }: below the knee there is nearly always a free slot.
cloud-1-challenge-slower = Trade pace for room: make each token half as slow again as at the start, and the fleet less loaded by three tenths.
    .done = The load fell to { $utilization } of capacity, and P99 time per token rose to { $tpot_p99_s }: smaller servers talk less, and each is slower.

## The reflection

cloud-1-reflection-voice = Patterson
cloud-1-reflection-question = Why is 80% utilization the practical ceiling for a responsive system? Your case: the next product brings surges of half the load, not of a tenth. Where do you put the ceiling now?

## Sources

cloud-1-source-1 = M/M/1: Mor Harchol-Balter, Performance Modeling and Design of Computer Systems, Cambridge University Press, 2013, chapter 13
cloud-1-source-2 = Continuous batching: Yu et al., Orca: A Distributed Serving System for Transformer-Based Generative Models, OSDI 2022
