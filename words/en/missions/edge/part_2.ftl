# Sharding the Heavyweight: the words of missions/edge/part_2.toml

## The part

edge-2-title = Sharding the Heavyweight
edge-2-stakeholder-role = Head of Vehicle Cost

## The prediction

edge-2-lock-question = Does Tensor Parallelism (sharding weights) reduce the latency of a single frame more than Pipeline Parallelism (sharding layers)?
edge-2-lock-quantity = a lone frame’s latency split by tensor, as a multiple of that in stages
edge-2-lock-option-half = Yes, by half
    .detail = Three engines work on every layer at once; stages wait for each other.
edge-2-lock-option-same = Both do the same
    .detail = The same three engines do the same operations.
edge-2-lock-option-some = No, it takes half as long again
    .detail = Two accelerators are slow, and they must agree with the GPU after every layer.
edge-2-lock-option-fourfold = No, it takes about five times as long
    .detail = Agreeing costs more than the layer itself.

## The dials

edge-2-knob-split = Split
    .doc = Whole: all on the GPU. Tensor: each layer on all three engines. Stages: each engine has its own sub-models
    .choice-whole = Whole
    .choice-tensor = Tensor
    .choice-stages = Stages
edge-2-knob-gpu_models = Sub-models on the GPU
    .doc = In stages: how many of the ten the GPU runs before it hands on; the two accelerators divide the rest
edge-2-knob-fused_layers = Fused layers
    .doc = Layers whose activations stay inside the engine; overlaps between tiles are computed twice
edge-2-knob-batch = Frames in a batch
    .doc = Frames that use the weights of one reading; the first waits for the last
edge-2-knob-sync = Start-up of a hand-off
    .doc = Time for two engines to agree, beside the bytes: through the driver, or through a shared flag

## The lights

edge-2-target-frame = From frame to result
edge-2-target-busiest = Busiest engine
    .reading = { $value } of the time
edge-2-target-dram = DRAM bandwidth
    .reading = { $value } in use

## The log of deployments

edge-2-log-frame_s = Frame
edge-2-log-interval_s = Interval
edge-2-log-frames_per_s = Throughput
edge-2-log-dram_bytes_per_s = DRAM

## What breaks down

edge-2-failure-overload = The busiest engine can’t keep up
    .message = 480 frames come each second, one every 2.1 ms, and one engine needs longer than that for its part. It drops behind by the difference at every frame.
edge-2-failure-bandwidth = DRAM is saturated
    .message = The engines together want more bytes a second than the memory delivers. It is the one wire between them, and all of them slow down alike.
edge-2-failure-deadline = Too late for the loop
    .message = Even without a stall a frame takes more than the loop’s 10 ms from the camera to the last result.

## The challenges

edge-2-challenge-exchange = Deploy a split that keeps its busiest engine busy for more than twice as long as at the start.
    .done = The busiest engine would need { $busiest } of its time: halves of a layer have to meet after each layer.
edge-2-challenge-memory = Bring what is read from memory down by a fifth.
    .done = Memory is { $dram_share } busy: layers that are fused hand on their features without the way through it. The busiest engine needs { $busiest }.
edge-2-challenge-walls = Break it three ways.
    .done = An engine can be overrun, memory can be, and a frame can be too late although nothing is overrun.

## The reflection

edge-2-reflection-voice = Jeff Dean
edge-2-reflection-question = Your sharding strategy is fast, but the memory that all your engines share is three quarters full, and four fifths of its traffic is weights. Propose a Weight-Gather optimization to reduce the network tax. What would it cost a loop of 10 ms? Your case: the next chip’s DRAM is twice as fast, with the same engines. Do you still share a reading of the weights?

## Sources

edge-2-source-1 = The chip: NVIDIA Jetson AGX Orin Series, technical brief and data sheet
edge-2-source-2 = Stages and their bubbles: Huang et al., GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism, NeurIPS 2019
edge-2-source-3 = Activations that stay on the chip: Alwani, Chen, Ferdman and Milder, Fused-Layer CNN Accelerators, MICRO 2016
edge-2-source-4 = Weights that are gathered: Pope et al., Efficiently Scaling Transformer Inference, MLSys 2023
