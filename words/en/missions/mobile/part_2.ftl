# Sharding the Heavyweight: the words of missions/mobile/part_2.toml

## The part

mobile-2-title = Sharding the Heavyweight
mobile-2-stakeholder-role = Head of Wearables

## The prediction

mobile-2-lock-question = Does Tensor Parallelism (sharding weights) reduce the latency of a single request more than Pipeline Parallelism (sharding layers)?
mobile-2-lock-quantity = mean frame with each of the node’s layers split over two nodes on the mesh, as a multiple of that with one node
mobile-2-lock-option-half = Yes, it halves it
    .detail = Two nodes share every layer, so the time goes by half.
mobile-2-lock-option-little = Yes, a little
    .detail = Only the node’s share of the frame is halved, the rest stays.
mobile-2-lock-option-worse = No, a little worse
    .detail = The exchanges eat what the second node saves.
mobile-2-lock-option-hopeless = No, many times worse
    .detail = Every layer pays the start-up latency twice.

## The dials

mobile-2-knob-cut = Layers on the glasses
    .doc = The pipeline’s cut: the first so many of 12 layers run on the glasses, the rest at the node
    .reading = { $value } of 12
mobile-2-knob-ways = Tensor split over nodes
    .doc = How many nodes share each layer of the node’s part, over the same mesh
    .choice-1 = 1 node
    .choice-2 = 2 nodes
    .choice-4 = 4 nodes
mobile-2-knob-glasses = Glasses per node
    .doc = Pairs of glasses on the channel and the node, each with 60 frames a second
mobile-2-knob-messages = Messages per frame
    .doc = Into how many pieces what crosses is cut; the frame waits for the slowest

## The lights

mobile-2-target-stutter = Stutter: frames beyond 16.7 ms
    .reading = { $value } of frames
mobile-2-target-cost = Node cost per user and month
mobile-2-target-power = Compute power at the temple

## The log of deployments

mobile-2-log-p99_frame_s = P99 frame
mobile-2-log-stutter = Stutter
mobile-2-log-frames_per_s = Throughput
mobile-2-log-cost_usd = Cost per user-month
mobile-2-log-alphas = Start-ups in a row
    .reading = { $value } α

## What breaks down

mobile-2-failure-air = The air is full
    .message = The messages of a frame need more than 100% of the channel’s time: the queue for the air grows without end.
mobile-2-failure-node = The node is full
    .message = The node is asked for more than 100% of its time.
mobile-2-failure-glasses = The glasses can’t keep up
    .message = The layers on the glasses take more than 16.7 ms: the next frame arrives before this one has left, and the chip is at its 1 W without a pause.

## The challenges

mobile-2-challenge-whole = Make a mean frame ten times as fast as at the start.
    .done = A frame takes { $mean_frame_s }: a start-up latency for each message in a row decides, not the work.
mobile-2-challenge-warm = Keep the air almost free, and pay for it at the temple: more than half a watt.
    .done = The air is { $air } busy, and the temple warms by { $power_w }: every layer that stays on the glasses is a message saved and heat gained.
mobile-2-challenge-walls = Break it three ways.
    .done = Glasses, air and node: whichever is asked for more than it has ends the stream for all.

## The reflection

mobile-2-reflection-voice = Jeff Dean
mobile-2-reflection-question = Your sharding strategy is fast, but your bisection bandwidth is 100% saturated. Propose a “Weight-Gather” optimization to reduce the network tax. What would you gather over this mesh, how often, and what is then left to send for each frame? Your case: α falls to 10 µs, and the bandwidth stays. Does the tensor split win now?

## Sources

mobile-2-source-1 = Cutting a network between device and server: Kang et al., Neurosurgeon: Collaborative Intelligence Between the Cloud and Mobile Edge, ASPLOS 2017
mobile-2-source-2 = α + n/β: Hockney, The communication challenge for MPP: Intel Paragon and Meiko CS-2, Parallel Computing 20(3), 1994
mobile-2-source-3 = Two exchanges a layer of a tensor split: Shoeybi et al., Megatron-LM, arXiv:1909.08053
mobile-2-source-4 = Weights stationary or gathered: Pope et al., Efficiently Scaling Transformer Inference, 2022
