# Sharding the Heavyweight: the words of missions/cloud/part_2.toml

## The part

cloud-2-title = Sharding the Heavyweight
cloud-2-stakeholder-role = Head of Chat

## The prediction

cloud-2-lock-question = Does Tensor Parallelism (sharding weights) reduce the latency of a single request more than Pipeline Parallelism (sharding layers)?
cloud-2-lock-quantity = Prefill of one prompt with PP = 8, as a multiple of that with TP = 8
cloud-2-lock-option-pipeline = No, pipelining does
    .detail = It sends the activations on seven times; tensor parallelism adds them up 160 times.
cloud-2-lock-option-same = Both do the same
    .detail = Eight GPUs share the same work in either case.
cloud-2-lock-option-some = Yes, by about three times
    .detail = All eight GPUs work on every layer, but they must add up after each.
cloud-2-lock-option-eightfold = Yes, by eight times
    .detail = Eight GPUs divide the work by eight, and a pipeline does not divide it at all.

## The dials

cloud-2-knob-tensor_parallel_size = TP degree
    .doc = GPUs that share each layer's matrices; they add up their results twice a layer
cloud-2-knob-pipeline_parallel_size = PP degree
    .doc = Stages into which the layers are cut; a request passes them one after the other
cloud-2-knob-continuous_batching = Continuous batching
    .doc = On: a request joins or leaves the batch after any token. Off: a batch stays together to its end
cloud-2-knob-weight_dtype = Weight precision
    .doc = Bits of a weight: they are read, kept in memory and multiplied in this format
    .choice-fp8 = FP8
    .choice-bf16 = BF16
cloud-2-knob-link = Link
    .doc = What connects the eight GPUs
    .choice-nvlink4 = NVLink 4
    .choice-pcie5 = PCIe 5

## The lights

cloud-2-target-first_token = Median time to first token
cloud-2-target-pace = Median time per token
cloud-2-target-cost = Cost per million tokens

## The log of deployments

cloud-2-log-ttft_p50_s = TTFT
cloud-2-log-tpot_p50_s = TPOT
cloud-2-log-output_tokens_per_s = Throughput
cloud-2-log-cost_per_million_usd = Cost per million tokens

## What breaks down

cloud-2-failure-gpus = Not that many GPUs
    .message = One copy of the model takes TP × PP GPUs. That is more than the eight you have, so nothing is deployed.
cloud-2-failure-memory = Out of memory before the first request
    .message = In BF16 the weights take 141 GB. One H100 offers the engine 74 GB, for weights and KV cache together.
cloud-2-failure-overload = The queue grows without end
    .message = Fifteen requests arrive each second, and this split cannot finish fifteen: each waits behind a longer line than the one before.

## The challenges

cloud-2-challenge-halve = Deploy a split whose tokens come in at most 60% of the start’s time.
    .done = A token takes { $tpot_p50_s } on { $gpus } GPUs: every GPU reads its share of every layer at the same time.
cloud-2-challenge-pipe = Use all eight GPUs, and still make each token half as slow again as at the start.
    .done = Eight GPUs, and a token takes { $tpot_p50_s }: it passes the stages one after the other, so more of them share the work without shortening its way.
cloud-2-challenge-misfit = Break it two ways: deploy two splits that fail for different reasons.
    .done = Two walls: what one GPU can hold, what the node has, or what the split can keep up with.

## The reflection

cloud-2-reflection-voice = Jeff Dean
cloud-2-reflection-question = Your sharding strategy is fast, but your bisection bandwidth is 100% saturated. Propose a Weight-Gather optimization to reduce the network tax. Your case: overnight the same fleet reads documents of 16,000 tokens. Do you gather now, and what decides?

## Sources

cloud-2-source-1 = Tensor parallelism, two all-reduces a layer: Shoeybi et al., Megatron-LM, 2019
cloud-2-source-2 = Pipeline bubbles: Huang et al., GPipe, NeurIPS 2019
cloud-2-source-3 = Weight-stationary against weight-gathered layouts: Pope et al., Efficiently Scaling Transformer Inference, MLSys 2023
cloud-2-source-4 = The 400 ms example: Machine Learning Systems, volume 2, Inference at Scale, Tensor parallelism for Llama-70B
