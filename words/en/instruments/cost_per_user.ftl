# What a user costs, at the start and now, against the CFO's limit.
cost-title = What a user costs
cost-panel = Cost per user-month
cost-axis = Cost
cost-ghosts = at the start
cost-limit = CFO's { $share } { $limit }
cost-row-limit = CFO's { $share }
cost-sentence-endless = Nobody can be served as it is set, so a user-month has no finite cost.
# { $over } is what the cost is over the limit by.
cost-sentence = A user-month cost { $start } at the start and costs { $now } now{ $known ->
    [yes] {" "}({ $share } of it)
   *[no] {""}
}, which { $verdict ->
    [met] meets the CFO's { $limit }
    [dear] misses the CFO's { $limit } by { $over }
    [slow] misses the CFO's { $limit } since P99 got worse
   *[both] misses the CFO's { $limit } by { $over } and since P99 got worse
}.
cost-column-part = Part
cost-column-start = At the start
cost-column-now = Now
cost-formula = The CFO's challenge
cost-formula-now = now
cost-formula-start = start
cost-formula-numbers = { $now } { $holds ->
    [yes] ≤
   *[no] >
} { $share } × { $start } = { $limit }
cost-formula-source = The mission's challenge; the law behind it is serving cost dominance: over a fleet's life its operation costs more than its purchase
