# { $batch } names what runs along the curve, such as "4 ms of window" or "2 of 7 stages".
seesaw-title = Power against delay
seesaw-delay = Delay
seesaw-power = Power
# An axis on a log scale: its words and its unit.
seesaw-axis = { $words } ({ $unit }, log scale)
seesaw-too-late = too late: > { $limit }
seesaw-too-hot = over { $limit }
seesaw-sweet = sweet spot
seesaw-measured = Measured
seesaw-source = Source

seesaw-summary = At { $batch } the delay is { $delay } and the power { $power }: { seesaw-summary-verdict }; the sweet spot is { $low } to { $high }.
seesaw-summary-one = At { $batch } the delay is { $delay } and the power { $power }: { seesaw-summary-verdict }; the sweet spot is { $sweet }.
# Where a limit is broken, where both would hold is for the reader to find.
seesaw-summary-outside = At { $batch } the delay is { $delay } and the power { $power }: { seesaw-summary-verdict }.
seesaw-summary-none = At { $batch } the delay is { $delay } and the power { $power }: { seesaw-summary-verdict }; nothing on the curve keeps both.
# $verdict: which limits hold at the operating point; late: not the delay's, hot: not the power's.
seesaw-summary-verdict = { $verdict ->
    [both] both limits hold
    [late] the power holds, the delay does not
    [hot] the delay holds, the power does not
   *[neither] neither limit holds
}

seesaw-caption = Delay and power against { $delay } and { $power }
seesaw-column-limits = Limits
seesaw-row-now = { $batch } (now)
seesaw-row-measured = { $label } (measured)
seesaw-verdict = { $verdict ->
    [both] both hold
    [late] too late
    [hot] too much power
   *[neither] neither holds
}

seesaw-formula = The sweet spot: delay and power within their limits at once
seesaw-formula-limit = limit
seesaw-formula-and = and
# D is the delay, P the power.
seesaw-formula-numbers = { $verdict ->
    [both] D = { $delay } ≤ { $delay_limit }; P = { $power } ≤ { $power_limit }
    [late] D = { $delay } > { $delay_limit }; P = { $power } ≤ { $power_limit }
    [hot] D = { $delay } ≤ { $delay_limit }; P = { $power } > { $power_limit }
   *[neither] D = { $delay } > { $delay_limit }; P = { $power } > { $power_limit }
}
seesaw-formula-source = The mission's limits
