# The figures of a fleet. $level is P50, P90 or P99.

fleet-quantile = { $what ->
    [ttft_s] Time to first token
    [tpot_s] Time per token
   *[response_s] Response
}, { $level }
fleet-goodput = Goodput within the SLO
fleet-within = Requests within the SLO
fleet-tokens = Tokens of replies
fleet-busy = Replicas at work
fleet-prefill-busy = Prefill replicas at work
fleet-kv = KV cache in use
fleet-preemptions = Preemptions
fleet-accelerators = Accelerators
fleet-cost-hour = Cost of an hour
fleet-cost-tokens = Cost of a million tokens
fleet-energy = Energy of a token
fleet-power = Mean power of the accelerators
fleet-hits = Prompt tokens found in the cache
fleet-refused = Requests too long for a replica
fleet-traffic = { $requests ->
    [one] { $requests } request
   *[other] { $requests } requests
} in { $time }: { $rate }, on average { $input } tokens in and { $output } out; the gaps between arrivals vary by { $burstiness } of their mean (1 is Poisson).
fleet-difference = Fleet B { $cost_verdict ->
    [same] costs the same for a token
    [less] is cheaper by a factor of { $cost } for a token
   *[more] costs { $cost } as much for a token
}, and its P99 time to first token is { $ttft_verdict ->
    [same] the same
    [less] shorter by a factor of { $ttft }
   *[more] { $ttft } as long
}: it keeps the SLO for { $second } of the requests, fleet A for { $first }.
