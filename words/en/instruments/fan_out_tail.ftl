fan-out-title = The tail of the slowest
fan-out-time-axis = Response time
fan-out-share-axis = Share taking longer (log)
# Ticks of the axis: all, 1 in 10, 1 in 100.
fan-out-all = all
fan-out-one-in = 1 in { $n }
fan-out-time = Time
fan-out-longer = Take longer
fan-out-too-late = too late: > { $deadline }

# $leaf and $late: shares that miss the deadline. $tail: the loop's P99.9.
fan-out-summary = One call misses { $deadline } { $leaf } of the time; { fan-out-summary-slowest } { $late } of the time; its P99.9 is { $tail }, { $verdict ->
    [within] within
   *[beyond] beyond
} the deadline.
fan-out-summary-endless = One call misses { $deadline } { $leaf } of the time; { fan-out-summary-slowest } { $late } of the time.
fan-out-summary-slowest = { $hedged ->
    [endless] the slowest of { $calls } with hedged calls, which outrun the engines, misses it
    [yes] the slowest of { $calls } with hedged calls, which add { $extra } of load, misses it
   *[no] the slowest of { $calls } misses it
}

fan-out-caption = Tails against the deadline
fan-out-column-calls = Calls
fan-out-column-late = Later than { $deadline }

fan-out-formula = Any of n calls late
fan-out-formula-numbers = 1 − (1 − { $late })^{ $calls } = { $any }, if the calls are independent
fan-out-formula-source = Dean and Barroso, The Tail at Scale (2013)
