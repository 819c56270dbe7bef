# Sharding the Heavyweight: the words of missions/tiny/part_2.toml

## The part

tiny-2-title = Sharding the Heavyweight
tiny-2-stakeholder-role = Head of Acoustics

## The prediction

tiny-2-lock-question = Does Tensor Parallelism (sharding weights over the two ears) reduce the latency of a single request more than Pipeline Parallelism (first layers on the ear, the others on the gateway)?
tiny-2-lock-quantity = Ear to ear with tensor parallelism over both ears, as a multiple of that with a pipeline of ear and gateway, at LE Audio’s interval of 7.5 ms
tiny-2-lock-option-half = Yes, it halves it
    .detail = Two ears do the work of one in half the time.
tiny-2-lock-option-same = Both do the same
    .detail = What is won in computing is lost in talking.
tiny-2-lock-option-twice = No, it doubles it
    .detail = Two ears must agree, as ear and gateway must.
tiny-2-lock-option-several = No, it takes several times as long
    .detail = They must agree after every layer, and each time they wait for the radio’s next interval.

## The dials

tiny-2-knob-cut = Stages on the ear
    .doc = The pipeline’s cut: 0 sends audio to the gateway, 1 runs the filter bank on the ear, 7 all of the network
    .reading = { $value } of 7
tiny-2-knob-tensor_parallel_size = Ears that share a layer
    .doc = Tensor parallelism: each ear has half of the weights of each layer, and they add up their results
tiny-2-knob-radio_interval = Radio interval
    .doc = Time between two wake-ups of the ear’s radio; what misses one waits for the next
tiny-2-knob-continuous_batching = Continuous batching
    .doc = On: the gateway takes whoever waits as soon as it is free. Off: it waits for part 1’s window of 3 ms

## The lights

tiny-2-target-echo = P99 ear to ear
tiny-2-target-ear = Mean power at the ear
tiny-2-target-gateway = Gateway power

## The log of deployments

tiny-2-log-delay_p99_s = Ear to ear
tiny-2-log-ear_power_w = Ear
tiny-2-log-gateway_power_w = Gateway
tiny-2-log-air_share = Radio on the air
    .reading = { $value } of its interval

## What breaks down

tiny-2-failure-air = The radio is full
    .message = What must cross in an interval does not fit into it, with the wake-up of 0.25 ms that each interval takes. Windows of sound pile up, so the delay grows without end.
tiny-2-failure-echo = The wearer hears an echo
    .message = More than 20 ms lie between the sound and its isolated copy, twice the limit: the wearer hears both.
tiny-2-failure-hot = The ear runs hot
    .message = The ear takes three times its milliwatt or more, on average over the day. Its battery does not last until noon.

tiny-2-failure-battery = The gateway does not last the day
    .message = The gateway takes more than 1 W, so that its battery of 15 Wh is empty in less than 15 hours. Each start of its accelerator costs 1 mJ, for one request as for 64, and it starts for a few requests at a time.

## The challenges

tiny-2-challenge-meet = Take four tenths off the delay and off an ear’s power at once.
    .done = The delay is { $delay_p99_s } and an ear takes { $ear_power_w }: ears that do not share a layer need not wait for each other’s radio.
tiny-2-challenge-alone = Do without the air altogether.
    .done = No radio, and { $delay_p99_s }; but an ear takes { $ear_power_w }, and its cell is empty before the day is over.
tiny-2-challenge-walls = Break it four ways.
    .done = Air, echo, heat and battery: four budgets that one split has to keep at once.

## The reflection

tiny-2-reflection-voice = Jeff Dean
tiny-2-reflection-question = Your sharding strategy is fast, but your bisection bandwidth, one radio, is saturated. Propose a Weight-Gather optimization to reduce the network tax: what should stay where it is, and what should cross? Your case: a new radio wakes every 0.1 ms. Do two ears share their layers now?

## Sources

tiny-2-source-1 = Tensor parallelism, two all-reduces a layer: Shoeybi et al., Megatron-LM, 2019
tiny-2-source-2 = Speech enhancement on the ear, 71.6 mW, 5.54 ms for chunks of 6 ms: Itani et al., Wireless Hearables With Programmable Speech AI Accelerators, 2025
tiny-2-source-3 = Isochronous intervals of 7.5 and 10 ms: Bluetooth Core Specification 5.2 and Basic Audio Profile; Shorter Connection Intervals, down to 0.375 ms: Bluetooth Core Specification 6.2, 2025
tiny-2-source-4 = Where to cut a network between device and server: Kang et al., Neurosurgeon, ASPLOS 2017
