# The Memory Wall: the words of missions/edge/part_3.toml

## The part

edge-3-title = The Memory Wall
edge-3-stakeholder-role = CFO

## The prediction

edge-3-lock-question = If you use paging to eliminate internal fragmentation, how many more camera streams can you fit in 2 GB of DRAM?
edge-3-lock-quantity = cameras that keep the deadline with pages, as a multiple of those with slots
edge-3-lock-option-none = None
    .detail = Room is not what the car runs out of first.
edge-3-lock-option-few = A few
    .detail = Fragmentation is real, but in a car everything is sized by hand: there is little to win.
edge-3-lock-option-mean = As the average map has it
    .detail = Slots are as large as the largest map. Twelve cameras’ maps are little more than half of that on average.
edge-3-lock-option-surround = As the small maps have it
    .detail = Every camera that is added is a small one, a third of a slot each.

## The dials

edge-3-knob-policy = What is kept
    .doc = Newest: each frame pushes out the oldest. Keyframes: one frame in so many. Thinning: gaps that double with age
    .choice-newest = Newest
    .choice-keyframes = Keyframes
    .choice-thinning = Thinning
edge-3-knob-maps = Maps for each camera
    .doc = Feature maps of past frames that a camera keeps, all of which its loop reads
edge-3-knob-cameras = Cameras on one computer
    .doc = Four long-range cameras, then surround cameras; the car has twelve
edge-3-knob-stride = Keyframe every
    .doc = Frames from one keyframe to the next, at 40 frames a second; the other policies have none
edge-3-knob-allocator = Allocator
    .doc = Slots: each map gets as much room as the largest. Pages: each map takes what it needs, when it comes
    .choice-slots = Slots
    .choice-pages = Pages
edge-3-knob-hedge_after = Second copy after
    .doc = As in part 1; each second copy reads its camera’s past once more. At 10 ms there is no second copy

## The lights

edge-3-target-loop = P99.9 of the loop
edge-3-target-cost = Computer for each camera
edge-3-target-reach = Reach into the past
edge-3-target-newest = Age of the newest map

## What breaks down

edge-3-failure-memory = Out of memory
    .message = The maps need more than the 2 GB that the partition holds. A safety partition has no swap: cameras that find no room stay blind to the past.
edge-3-failure-bandwidth = DRAM is saturated
    .message = Maps and weights together are more bytes a second than the memory delivers. Each frame’s reading ends after the next has begun.
edge-3-failure-deadline = The deadline is missed
    .message = The slowest call in 1,000 loops, the window and the reading of the past together take more than 10 ms.

## The challenges

edge-3-challenge-past = Reach four times as far into the past as at the start, without losing the newest frames and within the memory.
    .done = It reaches back { $reach_s } in { $room_share } of the memory: what is old may be kept thinly.
edge-3-challenge-bandwidth = With the number of maps alone, make the loop faster by a fifth.
    .done = The loop takes { $loop_p999_s }, and memory is { $dram_load } busy: what is remembered has to be read with every frame.
edge-3-challenge-walls = Break it three ways.
    .done = Room, bandwidth and deadline: memory fails by its size, by its speed, and by what the wait for it does to the loop.

## The reflection

edge-3-reflection-voice = The CFO
edge-3-reflection-question = You halved the cost of a camera and bought no memory. What did you give up for it, and at which number of cameras will you have to come back and ask me for money? Your case: the next car has 20 cameras and the same DRAM. What do you take away, and which promise goes with it?
edge-3-defence-voice = The Ledger
edge-3-defence-question = Defend your final Fleet Serving Strategy. Did you prioritize throughput (a batch window) or responsiveness (no batching)? Justify how you solved the ‘Tail at Scale’ problem.

## Sources

edge-3-source-1 = Orin’s memory: NVIDIA Jetson AGX Orin Series data sheet, 204.8 GB/s
edge-3-source-2 = Gaps that double: Datar, Gionis, Indyk and Motwani, Maintaining Stream Statistics over Sliding Windows, SIAM Journal on Computing 31(6), 2002
edge-3-source-3 = Why a perception network keeps its past: Park et al., Time Will Tell: New Outlooks and a Baseline for Temporal Multi-View 3D Object Detection, ICLR 2023
edge-3-source-4 = The memory wall: Wulf and McKee, Hitting the Memory Wall: Implications of the Obvious, ACM SIGARCH Computer Architecture News 23(1), 1995
