# The command `labpy plan`.

plan-help = what a fleet makes of a trace of requests, or the cheapest that meets an SLO
plan-help-trace = a trace: Azure's, BurstGPT's or Mooncake's columns, or --columns
plan-help-example = synthetic traffic with the quantiles of a published trace
plan-help-rate = synthetic traffic: Poisson arrivals at so many requests a second
plan-help-columns = names of the columns of time (in s), tokens in and tokens out
plan-help-input = mean tokens of a prompt, of synthetic traffic
plan-help-output = mean tokens of a reply, of synthetic traffic
plan-help-requests = requests of synthetic traffic
plan-help-times = replay at so many times the rate
plan-help-most = thin a longer trace to so many requests
# $models is a list of keys
plan-help-model = a config.json of Hugging Face, or one of: { $models }
plan-help-accelerator = what it runs on
plan-help-tp = tensor parallel size of a replica
plan-help-pp = pipeline parallel size of a replica
plan-help-ep = expert parallel size of a replica
plan-help-replicas = replicas; those that decode, with a prefill pool
plan-help-prefill-replicas = replicas of a prefill pool
plan-help-max-batched-tokens = tokens in a step, chunks of prompts included
plan-help-max-batch = requests at a time in a replica
plan-help-draft-tokens = tokens drafted a step by speculative decoding
plan-help-acceptance = probability that a drafted token is accepted
plan-help-engine = serving engine
plan-help-link = link between the accelerators of a replica (default: the accelerator's own)
plan-help-weight-dtype = type of the weights
plan-help-kv-dtype = type of the KV cache
plan-help-kv-allocator = pages, or one reservation of the longest request for each
plan-help-router = who goes where
plan-help-prefix-caching = keep common beginnings of prompts
plan-help-slo = limits in s, such as ttft=1 tpot=0.05 (these are the defaults)
plan-help-search = search all placements on up to N accelerators for the cheapest
plan-help-budget = most dollars an hour, for the search
plan-help-json = print the figures as JSON, in SI units
plan-help-commands = print command lines for vLLM, SGLang and TensorRT-LLM
plan-help-python = print Python that gives the same figures
plan-bad-slo = “{ $given }” is no limit: write ttft=1 or tpot=0.05, in seconds.
plan-bad-columns = Name three columns: of time, tokens in, tokens out.
plan-commands-start = To start one replica. Take these as a start: flags change from version to version.
plan-searched = { $placements ->
    [one] { $placements } placement
   *[other] { $placements } placements
} could carry this; { $simulated } were simulated. Dollars an hour, accelerator, split, replicas + prefill replicas, P99s:
plan-search-none = None of them meets the SLO: allow more accelerators, another budget or a wider SLO.
