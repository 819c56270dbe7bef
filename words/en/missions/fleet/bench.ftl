# The open bench: the words of missions/fleet/bench.toml

## The fleet

bench-group-fleet-knob-model = Model
    .doc = Of the registry, or one’s own by its config.json
bench-group-fleet-knob-accelerator = Accelerator
    .doc = What a replica runs on
bench-group-fleet-knob-tensor_parallel_size = Tensor parallel
    .doc = Accelerators over which each layer is split
bench-group-fleet-knob-replicas = Replicas
    .doc = Copies that serve; with a prefill pool, those that decode
bench-group-fleet-knob-weight_dtype = Weights
    .doc = Type of the weights
bench-group-fleet-knob-prefill_replicas = Prefill pool
    .doc = Replicas that only read prompts; 0 for none
bench-group-fleet-knob-router = Router
    .doc = Which replica a request is sent to
    .choice-random = at random
    .choice-round_robin = in turn
    .choice-least_loaded = least loaded
    .choice-power_of_two = better of two
    .choice-prefix = by prefix
bench-group-fleet-knob-engine = Engine
    .doc = Serving engine; its constants are measured or assumed, see validation
bench-group-fleet-knob-link = Link
    .doc = Between the accelerators of a replica; “own” is the accelerator’s
bench-group-fleet-knob-pipeline_parallel_size = Pipeline parallel
    .doc = Stages into which the layers are cut
bench-group-fleet-knob-expert_parallel_size = Expert parallel
    .doc = Accelerators that hold different experts
bench-group-fleet-knob-kv_dtype = KV cache
    .doc = Type of its numbers
bench-group-fleet-knob-max_batched_tokens = Tokens in a step
    .doc = Chunks of prompts included: few keep steps short, many finish prompts sooner
bench-group-fleet-knob-max_batch = Batch limit
    .doc = Requests at a time in a replica
bench-group-fleet-knob-kv_allocator = KV memory
    .doc = Pages, or for each request a reservation of the longest
    .choice-paged = paged
    .choice-contiguous = contiguous
bench-group-fleet-knob-prefix_caching = Prefix caching
    .doc = Common beginnings of prompts stay in the cache
bench-group-fleet-knob-draft_tokens = Drafted tokens
    .doc = Speculative decoding: tokens drafted a step; 0 for none
bench-group-fleet-knob-acceptance = Acceptance
    .doc = How often a drafted token is accepted

## The traffic

bench-group-traffic-knob-traffic = Traffic
    .doc = Drawn from the dials, like a public trace of Azure’s or Mooncake’s (made by us from its medians and 90th percentiles), or a trace of one’s own
    .choice-synthetic = by the dials
    .choice-chat = Azure chat
    .choice-code = Azure code
    .choice-long = Mooncake
    .choice-trace = my trace
bench-group-traffic-knob-rate_per_s = Rate
    .doc = Mean arrivals a second, by the dials
bench-group-traffic-knob-rate_multiplier = Rate multiplier
    .doc = Replays any traffic so many times as fast
bench-group-traffic-knob-requests = Requests
    .doc = How many are replayed; a longer trace is thinned to 20,000
bench-group-traffic-knob-input_tokens = Tokens in
    .doc = Mean length of a prompt, by the dials
bench-group-traffic-knob-output_tokens = Tokens out
    .doc = Mean length of a reply, by the dials
bench-group-traffic-knob-burstiness = Burstiness
    .doc = Spread of the gaps between arrivals over their mean: 1 is Poisson
bench-group-traffic-knob-input_cv = Spread of tokens in
    .doc = Standard deviation over the mean; 0 for one length
bench-group-traffic-knob-output_cv = Spread of tokens out
    .doc = Standard deviation over the mean; 0 for one length
bench-group-traffic-knob-day_swing = Day’s swing
    .doc = How far the rate rises at noon and falls at midnight; the traffic is one day, pressed together
bench-group-traffic-knob-prefix_share = Common beginning
    .doc = Share of a prompt that it has in common with others

## The objective and the search

bench-group-slo-knob-slo_ttft = P99 time to first token
    .doc = Longest that the SLO allows
bench-group-slo-knob-slo_tpot = P99 time per token
    .doc = Longest that the SLO allows
bench-group-slo-knob-most_accelerators = Search up to
    .doc = Accelerators of a fleet that the search may take
bench-group-slo-knob-budget_per_hour = Budget of an hour
    .doc = Most that a fleet may cost, for the search
