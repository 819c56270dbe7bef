# The Throughput Knee: the words of missions/tiny/part_1.toml

## The part

tiny-1-title = The Throughput Knee
tiny-1-stakeholder-role = Head of Acoustics

## The prediction

tiny-1-lock-question = If you increase the request rate to 90% of your maximum capacity, does the P99 latency increase linearly or exponentially?
tiny-1-lock-quantity = P99 ear to ear at 90% of the gateway’s capacity, as a multiple of that of today’s 8 hearables, with today’s window of 50 ms
tiny-1-lock-option-flat = Hardly at all
    .detail = The window is 50 ms, whoever is in it.
tiny-1-lock-option-linear = Linearly
    .detail = In step with the load: 37 times the requests, 37 times the P99.
tiny-1-lock-option-exponential = Exponentially
    .detail = Every tenth of the capacity doubles it: nearly nine doublings.
tiny-1-lock-option-falls = Neither: it falls
    .detail = A batch that fills sooner leaves sooner.

## The dials

tiny-1-knob-hearables = Hearables
    .doc = Ears that the gateway serves; a quarter of them are isolating at any moment
tiny-1-knob-batch_window = Batch window
    .doc = How long the gateway waits, from the first request on, before it computes a batch
tiny-1-knob-payload = Over the air
    .doc = What the ear sends to the gateway and gets back
    .choice-audio = Audio
    .choice-lc3 = LC3
    .choice-features = Features

## The lights

tiny-1-target-echo = P99 ear to ear
tiny-1-target-ear = Mean power at the ear
tiny-1-target-gateway = Gateway power
tiny-1-target-served = Ears served

## What breaks down

tiny-1-failure-echo = The wearer hears an echo
    .message = More than 20 ms lie between the sound and its isolated copy, twice the limit. The wearer hears both, and hears an echo of their own voice.
tiny-1-failure-overload = The queue grows without end
    .message = The windows of sound come faster than the gateway can compute full batches. Each waits longer than the one before, until the ear has nothing to play.
tiny-1-failure-air = The air is full
    .message = The isolating ears need more radios at the gateway than the 37 that can be on the air at once, one for each data channel of Bluetooth LE.
tiny-1-failure-ear_power = The ear runs hot
    .message = The ear takes more than 1 mW on average over the day, although it isolates for only a quarter of it.

## The challenges

tiny-1-challenge-seesaw = Balance the seesaw: with the batch window alone, keep the delay under 10 ms and the gateway under 0.6 W.
    .done = At { $delay_p99_s } and { $gateway_power_w } both ends are up: each waking costs energy, and each millisecond of waiting is heard.
tiny-1-challenge-codec = With what is sent alone, take four tenths off an ear’s power.
    .done = An ear takes { $ear_power_w }, and the delay is { $delay_p99_s }: fewer bytes are less radio, but a codec has to gather a frame before it can send.
tiny-1-challenge-crowd = Fill the gateway to more than 90%, before the queue grows without end.
    .done = { $served_ears }, and a delay of { $delay_p99_s }: batches fill by themselves when many call.

## The reflection

tiny-1-reflection-voice = Patterson
tiny-1-reflection-question = Why is 80% utilization the practical ceiling for a responsive system? And why did your gateway break its promise at 2%? Your case: waking the accelerator costs a tenth, 0.1 mJ. Which window do you choose, and why?

## Sources

tiny-1-source-1 = Delay that wearers of open-fit hearing aids tolerate: Stone, Moore, Meisenbacher and Derleth, Ear and Hearing 29(4), 2008
tiny-1-source-2 = Speech enhancement on the ear, 71.6 mW: Itani et al., Wireless Hearables With Programmable Speech AI Accelerators, 2025
tiny-1-source-3 = Radio currents: Nordic Semiconductor, nRF5340 product brief; data channels: Bluetooth Core Specification; LC3 settings: Bluetooth SIG, Basic Audio Profile 1.0, table 3.5
tiny-1-source-4 = Batches as a Markov chain: Neuts, A general class of bulk queues with Poisson input, Annals of Mathematical Statistics 38, 1967
