# What can be heard or seen of a setting, off until it is asked for. { $noun } is what moves a picture,
# in the plural.
felt-echo = A click, and its echo { $delay } later: the P99 from ear to ear. Do you hear one sound, or two?
felt-echo-never = A click, and no echo: what is asked for is more than can be carried, so the sound never comes back.
felt-even = None of { $frames } { $noun } in the simulated run is late: the ball moves evenly.
felt-stutter = Of { $frames } { $noun } in the simulated run, { $late } { $late ->
    [1] is
   *[other] are
} late, the latest after { $worst }. The ball holds still for { $held } of the time.
mobile-felt-frames = frames of one pair of glasses
mobile-felt-captions = captions
