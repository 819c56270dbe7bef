# The Throughput Knee: the words of missions/mobile/part_1.toml

## The part

mobile-1-title = The Throughput Knee
mobile-1-stakeholder-role = Head of Wearables

## The prediction

mobile-1-lock-question = If you increase the request rate to 90% of your maximum capacity, does the P99 latency increase linearly or exponentially?
mobile-1-lock-quantity = P99 frame time at 90% of capacity, as a multiple of that at 45%
mobile-1-lock-option-flat = Hardly at all
    .detail = Something else sets P99 on this mesh, and load hardly touches it.
mobile-1-lock-option-linear = Linearly
    .detail = Twice the load, twice the P99.
mobile-1-lock-option-hyperbolic = Hyperbolically
    .detail = As one over the idle share: 55% idle shrinks to 10%.
mobile-1-lock-option-exponential = Exponentially
    .detail = Every tenth of the capacity doubles it: 4.5 doublings.

## The dials

mobile-1-knob-glasses = Glasses per node
    .doc = Pairs of glasses on one channel and one edge node, each with 60 frames a second
mobile-1-knob-batch_window = Batch window
    .doc = How long the first region of a message waits for others of its frame
mobile-1-knob-stalls = Mesh stalls
    .doc = Share of messages that stall for about 75 ms, each taken to stall by itself

## The lights

mobile-1-target-mean = Mean frame time
mobile-1-target-stutter = Stutter: frames beyond { $limit-mean }
    .reading = { $value } of frames
mobile-1-target-demand = Glasses on one node
mobile-1-target-mesh = Stalls that it bears
    .reading = { $value } of messages

## What breaks down

mobile-1-failure-overload = The air or the node is full
    .message = More is asked of the channel or of the node than 100% of its time: the queue grows without end, and no frame comes back in time.
mobile-1-failure-mesh = The mesh alone spends the stutter budget
    .message = More than 1% of frames have a message that stalls for about 75 ms. These frames are lost whatever the rest of the budget looks like.
mobile-1-failure-window = The window has eaten the frame
    .message = All regions are found after 4 ms, and the last message leaves almost a millisecond later or more. Either a region has just missed the window and opened one of its own, or the window waits for nothing.

## The challenges

mobile-1-challenge-valley = Find a valley of the stutter: a window that is better than half a millisecond less and half a millisecond more.
    .done = { $stutter } of frames stutter here, at a mean of { $mean_frame_s }. There is more than one valley: it matters whether the window ends before a frame of another pair comes.
mobile-1-challenge-mesh = With the mesh alone, double the share of frames that stutter.
    .done = { $stutter } of frames stutter, and the mean is still { $mean_frame_s }: a mean does not see what one stall does.
mobile-1-challenge-full = With pairs of glasses alone, make stutter worse by four tenths, before the queue grows without end.
    .done = Only at { $utilization } of the node does the load show, with { $stutter } of frames: until then it is the mesh that makes frames late.

## The reflection

mobile-1-reflection-voice = Patterson
mobile-1-reflection-question = Why is 80% utilization the practical ceiling for a responsive system? And why did your frames stutter far below it? Your case: stalls become three times rarer, 0.1% of messages. Do you still need the window?

## Sources

mobile-1-source-1 = P99 below 10 ms at 80 MHz, even beside other networks, which spoil narrower channels: Experimental Evaluation of IEEE 802.11ax - Low Latency and High Reliability with Wi-Fi 6?, IEEE GLOBECOM 2022
mobile-1-source-2 = Home mesh, P99 about 90 ms over 24 hours: S. Sarode, Why every home needs a Wi-Fi mesh: statistical analysis, sarodeoverwireless.com, 2022
mobile-1-source-3 = The slowest of several: Dean and Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013
mobile-1-source-4 = M/D/1, and M/M/1 for the reflection: Mor Harchol-Balter, Performance Modeling and Design of Computer Systems, Cambridge University Press, 2013
mobile-1-source-5 = Shape and median of the start-up latency, the share and length of stalls, regions, bytes and the node's time: assumptions, in labpy.models.offload and in this part's file
