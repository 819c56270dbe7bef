# Latency against the rate of arrivals. { $quantile } is "P99" or "P99.9"; { $latency } such as
# "time to first token"; { $policy } such as "static batching"; { $rate } comes with its unit.
frontier-title = Latency against throughput
frontier-rate = Arrival rate
frontier-axis = { $quantile } { $latency } (log scale)
frontier-collapse = collapse
frontier-knee = knee
# Names the thin line: half of the requests fare better, half worse.
frontier-median = median
frontier-limit = SLA: { $quantile } ≤ { $limit }

frontier-sentence = At { $rate }, { $share } of the { $capacity } that { $policy } can finish, the { $quantile } { $latency } is { $found }, { $verdict ->
    [within] within
   *[beyond] beyond
} the limit of { $limit }.
frontier-sentence-overloaded = At { $rate }, { $share } of the { $capacity } that { $policy } can finish: the queue grows without end, so no { $quantile } exists.

# A sentence and one more.
frontier-noted = { $said } { $note }

frontier-table = { $quantile } { $latency } by arrival rate
frontier-column-share = Of capacity
frontier-column-curve = { $curve }: { $quantile }
frontier-row-now = { $rate } (now)
frontier-row-simulated = { $rate } (simulated)
# The middle of several runs of a simulation, the lowest and the highest.
frontier-spread = { $middle } ({ $low } to { $high })

frontier-utilization = Utilization
frontier-utilization-numbers = { $rate } of { $capacity }: ρ = { $share }
frontier-utilization-source = Kleinrock, Queueing Systems I (1975)
frontier-wall = Why there is a wall: M/M/1 response against service
frontier-wall-numbers = At ρ = { $share }, 1 / (1 − ρ) is { $factor }; at 80% it is 5×, at 90% it is 10×
frontier-wall-overloaded = At ρ = { $share } there is none: no queue in overload settles; at 80% it is 5×, at 90% it is 10×
frontier-wall-source = Kleinrock (1975), M/M/1. The curve itself comes from the batching model, not from this formula
frontier-little = Little's law: requests in the house
frontier-little-numbers = { $rate } × { $response } = { $present }
frontier-little-overloaded = { $rate } against { $capacity }: the number in the house grows without end
frontier-little-source = Little (1961)
