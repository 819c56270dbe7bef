edge-knee-one-call = one call
edge-knee-slowest = slowest of { $calls }
edge-knee-with-copies = second copies
edge-knee-busy = the engines are busy { $share } of the time
edge-knee-window = { $frames } frames a call; { $left } are left
edge-knee-together = { $rate } together
# What the figure marks as the knee; $share is of the capacity.
edge-knee-note = The knee is at { $rate }, { $share } of capacity: before it the tail hardly moves, past it 1% more load costs more than 1% of P99.9.
edge-knee-truth = With one copy and no window, the loop’s P99.9 is { $idle } at 10% of capacity, { $low } at 45% and { $high } at 90%. From 45% to 90% the loops that miss { $deadline } become { $times } as many, { $late_low } against { $late_high }.

# For how many calls a second copy is sent.
edge-copies-never = never sent: it could not answer in time
edge-copies-outrun = for more and more
edge-copies-sent = for { $share } of the calls
