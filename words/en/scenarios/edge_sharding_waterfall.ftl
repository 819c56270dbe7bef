# What Edge Guardian, part 2 shows in its waterfall.
edge-sharding-first = From frame to result
    .short = Frame
edge-sharding-second = Frame to frame, busiest engine
    .short = Interval
edge-sharding-waterfall = A frame takes { $first }, { $verdict ->
    [within] within
   *[beyond] beyond
} the limit of { $limit }, most of it { $first_cause }; the busiest engine needs { $second } for each, most of it { $second_cause }.
edge-sharding-waterfall-overloaded = { $pace ->
    [finite] Frames come faster than the busiest engine can work, so the queue grows without end; the busiest engine needs { $second } for each, most of it { $second_cause }.
   *[endless] Frames come faster than the busiest engine can work, so the queue grows without end.
}
