# The names of the policies on the frontiers of Edge, Mobile and Tiny: at a curve, and (.phrase) in
# "{ policy } can finish"; and the latency that is drawn.
edge-knee-latency = of the loop
edge-knee-single = One copy
    .phrase = one copy
edge-knee-hedged = Second copy
    .phrase = second copies
mobile-knee-latency = frame time
mobile-knee-at-once = Region by region
    .phrase = sending region by region
mobile-knee-set = This window
    .phrase = this window
mobile-sessions-latency = caption
mobile-sessions-plain = Token by token
    .phrase = writing token by token
mobile-sessions-set = These drafts
    .phrase = these drafts
tiny-seesaw-latency = ear to ear
tiny-seesaw-window = Windowed
    .phrase = windowed batching
tiny-seesaw-none = Immediate
    .phrase = immediate batching
