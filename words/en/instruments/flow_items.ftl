# The strip above the figure: what passes through a part's fleet, its stages and what is counted.
flow-late-share = Late
# What a late item has missed.
flow-late-after = late: after { $limit }
# Where there are too many to draw.
flow-one-in = the whole fleet, of which one in { $items } is drawn

edge-flow-frames-and-calls = frames and calls
edge-flow-window = window
edge-flow-engines = engines
edge-flow-reading = memory
edge-flow-bandwidth = Memory busy
edge-flow-loop = Mean loop
edge-flow-busy = Engines busy
edge-flow-frames = frames
edge-flow-gathering = gathering
edge-flow-gpu = GPU
edge-flow-first-dla = DLA 1
edge-flow-second-dla = DLA 2
edge-flow-all-engines = three engines
edge-flow-frame = Mean frame
edge-flow-busiest = Busiest engine

# What the detector finds in a frame.
mobile-flow-regions = regions
mobile-flow-window = window
mobile-flow-air = air
# The start-up of a message: medium access, retries, other people’s traffic.
mobile-flow-start-up = start-up
mobile-flow-node = node, a frame
mobile-flow-frame = Mean frame
mobile-flow-on-air = Air busy
mobile-flow-frames = frames
mobile-flow-glasses = glasses
mobile-flow-way = on the way
mobile-flow-nodes = { $nodes ->
    [one] node
   *[other] { $nodes } nodes as one
}
# A caption is drafted and verified in rounds.
mobile-flow-rounds = rounds
mobile-flow-drafting = drafting
mobile-flow-verifying = node’s batch
mobile-flow-caption = Mean caption
mobile-flow-batch = Mean batch

# Windows of sound.
tiny-flow-windows = sounds
tiny-flow-ear = ear
tiny-flow-up = radio up
tiny-flow-down = radio down
tiny-flow-sums = sums
tiny-flow-gateway = gateway
tiny-flow-way = Mean ear to ear
tiny-flow-batch = Mean batch
tiny-flow-power = Gateway
# Those that isolate, for a while.
tiny-flow-sessions = ears
tiny-flow-places = places
tiny-flow-isolating = Mean isolating
tiny-flow-full = Too few places
