# The Memory Wall: the words of missions/tiny/part_3.toml

## The part

tiny-3-title = The Memory Wall
tiny-3-stakeholder-role = CFO

## The prediction

tiny-3-lock-question = PagedAttention gives each request the memory it uses, not the most it might. If you do the same for streaming state, ring buffers in place of slots of the longest layer’s size, how many more concurrent ears fit in 512 KiB of SRAM?
tiny-3-lock-quantity = More ears in one module, beyond today’s 3

## The dials

tiny-3-knob-buffers = Streaming state
    .doc = Slots: every layer’s buffer is as long as the longest. Ring: as long as it needs. Evict: ring, and an ear that sleeps gives its place away
    .choice-slots = Slots
    .choice-ring = Ring
    .choice-evict = Evict
tiny-3-knob-layers = Layers
    .doc = Depth: each further layer doubles the past that the network hears
tiny-3-knob-active_fraction = Isolation on
    .doc = Duty cycling: share of the day in which a cheap detector lets the network run
    .reading = { $value } of the day
tiny-3-knob-state_bits = State precision
    .doc = Bits of each number that the network remembers; weights have 8
    .choice-4 = 4 bits
    .choice-8 = 8 bits
    .choice-16 = 16 bits
tiny-3-knob-channels = Channels
    .doc = Width: weights grow with its square, state in proportion
tiny-3-knob-batch_window = Batch window
    .doc = How long the gateway waits before it computes a batch, as in part 1

## The lights

tiny-3-target-ears = Ears in a module
tiny-3-target-energy = Gateway power per ear
tiny-3-target-echo = P99 ear to ear
tiny-3-target-ear = Mean power at the ear
tiny-3-target-isolation = Isolation on

## What breaks down

tiny-3-failure-memory = Out of memory before the first ear
    .message = Weights, scratch and the state of a single ear are more than 512 KiB. The module serves nobody.
tiny-3-failure-overload = The queue grows without end
    .message = The SRAM holds more ears than the module can compute for: memory was the wall, and now it is time.
tiny-3-failure-hiss = The network forgets in coarse steps
    .message = A state of 4 bits has a noise of its own only 26 dB below it; 40 dB is the least we accept. It passes through the mask, and the wearer hears hiss in every pause.
tiny-3-failure-past = Its past is too short
    .message = The network hears less than half a second of the past. It can’t tell a voice from a noise that comes and goes, so it cuts syllables.
tiny-3-failure-small = The network is too small
    .message = Fewer than 55,000 weights are left. This lab does not model how well a network isolates, so the acoustics team’s floor stands in for it.
tiny-3-failure-wake = It wakes up deaf
    .message = An ear that gave its place away wakes with an empty past and needs more than 0.6 s to fill it. A word is over by then.

## The challenges

tiny-3-challenge-ring = With the buffers alone, hold three times as many ears in the same memory.
    .done = { $ears }, at { $power_per_ear_w } each: a buffer that is as long as the longest layer asks is mostly empty in the others.
tiny-3-challenge-bits = With the bits of the state alone, hold twice as many ears, and no hiss.
    .done = { $ears } at { $power_per_ear_w } each: half the bits, half the memory, and nobody hears it.
tiny-3-challenge-walls = Break it three ways.
    .done = Too few bits hiss, too few layers forget or know too little, and too many leave no room for a single ear.

## The reflection

tiny-3-reflection-voice = The CFO
tiny-3-reflection-question = I asked for half the cost per user, and no worse an echo. Which memory did you take back, and what did the wearer pay for it? Your case: the next module has twice the SRAM. Do you spend it on ears, layers or bits?
tiny-3-defence-voice = The Ledger
tiny-3-defence-question = Defend your final Fleet Serving Strategy. Did you prioritize Throughput (batching at the gateway) or Responsiveness (no window at all)? Justify how you solved the Tail at Scale problem, and say honestly what your milliwatt at the ear does and does not contain.

## Sources

tiny-3-source-1 = Memory reserved for the longest: Kwon et al., Efficient Memory Management for Large Language Model Serving with PagedAttention, SOSP 2023
tiny-3-source-2 = Causal dilated convolutions: van den Oord et al., WaveNet, 2016; for speech, Luo and Mesgarani, Conv-TasNet, 2019
tiny-3-source-3 = 512 KB of RAM: Nordic Semiconductor, nRF5340 product brief
tiny-3-source-4 = Noise of b bits, 6.02 b + 1.76 dB: Bennett, Spectra of quantized signals, Bell System Technical Journal 27, 1948
tiny-3-source-5 = Networks small enough for a hearing aid: Fedorov et al., TinyLSTMs, Interspeech 2020
