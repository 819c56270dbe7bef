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
fleet-difference = { $cost_verdict ->
    [same] Both fleets cost about the same for a token
    [less] Fleet A costs { $cost } as much for a token as fleet B
   *[more] Fleet B costs { $cost } as much for a token as fleet A
}; the P99 time to first token { $ttft_verdict ->
    [same] is about the same
    [less] of fleet A is { $ttft } as long as that of fleet B
   *[more] of fleet B is { $ttft } as long as that of fleet A
}. Within both limits are { $first } of the requests with fleet A and { $second } with fleet B.

## What formulas say before the simulation does

estimate-trust = { $doubt ->
    [none] The formulas are within { $error } of the simulation here.
    [arrivals] The formulas take arrivals for Poisson at a steady rate. These are not, so times by formula are rough.
    [prefix] The formulas know of no prefix caching, so the first token is sooner than they say.
    [load] This is beyond what the formulas are trusted with: trust the simulation.
    [router] The formulas send requests to replicas at random. This router does better, most of all near capacity.
    [overload] More comes than the fleet can serve for ever, so by formula waits grow without end; in the simulation they end with the traffic.
    [room] For requests of these mean lengths a replica has no room.
    [pool] The formulas know of no prefill pool: wait for the simulation.
   *[drafts] The formulas know of no drafts: wait for the simulation.
}

## The answer in a sentence

fleet-verdict = { $verdict ->
    [keeps] Within both limits
    [ttft] Over the limit of the first token
    [tpot] Over the limit of the time per token
    [both] Over both limits
   *[refused] No replica has room for some requests ({ $refused })
}: P99 { $ttft } to the first token ({ $ttft_limit } allowed) and { $tpot } per token ({ $tpot_limit }), for { $price } an hour or { $cost } a million tokens.

## The figures as tables and in sentences. $fleet is a, b, or alone if there is one only

fleet-table-time = Arrived from
fleet-table-arrivals = Arrivals
fleet-table-late = { $fleet ->
    [a] A:{" "}
    [b] B:{" "}
   *[alone] {""}
}P99 to first token
fleet-table-within = { $fleet ->
    [a] A:{" "}
    [b] B:{" "}
   *[alone] {""}
}Within the SLO
fleet-table-share = Share of requests
fleet-table-times = { $fleet ->
    [a] A:{" "}
    [b] B:{" "}
   *[alone] {""}
}{ $what ->
    [ttft_s] First token within
    [tpot_s] Each further token within
   *[response_s] Response within
}
fleet-table-price = Price of an hour
fleet-table-accelerator = Accelerator
fleet-table-chips = Accelerators
fleet-table-split = Split
fleet-table-slow = P99 per token
fleet-table-slo = SLO
fleet-chips = { $number } × { $name }
# $prefill is the number of replicas of the prefill pool
fleet-split = TP { $tensor }, PP { $pipeline }, { $prefill ->
    [0] { $replicas ->
        [one] { $replicas } replica
       *[other] { $replicas } replicas
    }
   *[other] pools of { $prefill } + { $replicas }
}
fleet-slo-kept = { $kept ->
    [yes] kept
   *[no] missed
}
fleet-course = { $fleet ->
    [a] Fleet A:{" "}
    [b] Fleet B:{" "}
   *[alone] {""}
}The P99 time to first token lies between { $least } and { $most }; it is longest from { $time } on, when { $rate } arrive.
fleet-distribution = { $fleet ->
    [a] Fleet A:{" "}
    [b] Fleet B:{" "}
   *[alone] {""}
}Half of the requests have their first token within { $half }, 99% within { $most }. Within { $ttft } to the first token and { $tpot } for each further one are { $within }.
fleet-frontier = { $tried ->
    [one] { $tried } fleet was simulated
   *[other] { $tried } fleets were simulated
}, { $meets } of them within the limits. The table holds those that no other beats in both price and time to first token.
