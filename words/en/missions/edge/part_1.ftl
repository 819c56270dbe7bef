# The Throughput Knee: the words of missions/edge/part_1.toml

## The part

edge-1-title = The Throughput Knee
edge-1-stakeholder-role = Functional Safety Manager

## The prediction

edge-1-lock-question = If you increase the frame rate to 90% of your maximum capacity, does the P99.9 latency of the loop increase linearly or exponentially?
edge-1-lock-quantity = the loop’s P99.9 at 90% of capacity, as a multiple of that at 45%
edge-1-lock-option-flat = Hardly at all
    .detail = The cameras tick like a clock. A frame seldom meets a queue until there is no room at all.
edge-1-lock-option-linear = Linearly
    .detail = In step with the load: twice the frames, twice the P99.9.
edge-1-lock-option-hyperbolic = Hyperbolically
    .detail = As one over the idle share: 55% idle shrinks to 10%.
edge-1-lock-option-exponential = Exponentially
    .detail = Every tenth of the capacity doubles it: 4.5 doublings.

## The dials

edge-1-knob-frame_rate = Frame rate
    .doc = Frames a second from each camera; each frame is one turn of the loop, a call to all ten sub-models
edge-1-knob-batch_window = Batch window
    .doc = How long the first frame of a batch waits for frames of the other cameras
edge-1-knob-hedge_after = Second copy after
    .doc = A call without an answer by then is sent to another engine too, and the first answer counts; at 10 ms there is no second copy
edge-1-knob-cameras = Cameras
    .doc = Cameras on the car, triggered in turn at even distances

## The lights

edge-1-target-loop = P99.9 of the loop
edge-1-target-demand = Frames perceived
edge-1-target-headroom = Load if every call is copied
    .reading = { $value } of capacity

## What breaks down

edge-1-failure-overload = The engines can’t keep up
    .message = Frames bring more than one second of work to each engine every second. The car’s view grows older with each frame.
edge-1-failure-runaway = Copies of copies of copies
    .message = Second copies slow the engines, so more calls are late, so more are copied. The engines had room for the calls; they have none for this.
edge-1-failure-metastable = One bad moment from collapse
    .message = If a bad moment made every call late, the copies alone would keep it so: together they are more than the engines can do, and the loop would not come back by itself.
edge-1-failure-deadline = The deadline is missed
    .message = More than one loop in 1,000 takes longer than { $limit-loop }. At 60 frames a second that is one every 17 seconds for each camera, and more often with each further one.

## The challenges

edge-1-challenge-window = Find a batch window that is worth its wait: with half a millisecond less and with half a millisecond more the loop must be slower.
    .done = The loop takes { $loop_p999_s } at P99.9, with { $base_utilization } of the engine in use: a shorter window closes before the next frame comes, a longer one is itself the wait.
edge-1-challenge-steep = With the frame rate alone, make the loop half as slow again, before it grows without end.
    .done = At { $base_utilization } of the engine the loop takes { $loop_p999_s }. The last frames a second cost more than all before them.
edge-1-challenge-storm = Hedge too early: send copies until they outrun the engine.
    .done = With every call sent twice the engine would need { $copied_utilization } of its time. The cure for the slow call has become the load.

## The reflection

edge-1-reflection-voice = Patterson
edge-1-reflection-question = Why is 80% utilization the practical ceiling for a responsive system? The engines here are 80% busy at the start, in step with a clock, and the queue is hardly the trouble: where do you put the ceiling of a system that sends second copies? Your case: a better driver makes stalls half as frequent. May the engines be busier now?

## Sources

edge-1-source-1 = Fan-out and hedged requests: Dean and Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013
edge-1-source-2 = States that a system does not leave by itself: Bronson, Aghayev, Charapko and Zhu, Metastable Failures in Distributed Systems, HotOS 2021
edge-1-source-3 = How far regular arrivals shorten a queue: Kingman, The single server queue in heavy traffic, Mathematical Proceedings of the Cambridge Philosophical Society 57(4), 1961
