# The strip above the figure: what passes through a part's fleet, its stages and what is counted.
flow-late-share = Late
# What a late item has missed.
flow-late-after = later than { $limit }
# Where there are too many to draw.
flow-one-in = one in { $items }

edge-flow-frames-and-calls = frames and calls
edge-flow-window = Batch window
edge-flow-engines = Ten engines
edge-flow-reading = Reading the past
edge-flow-bandwidth = Memory’s bandwidth in use
edge-flow-loop = Mean loop
edge-flow-busy = Engines busy
edge-flow-frames = frames
edge-flow-gathering = Gathering { $frames } frames
edge-flow-gpu = GPU
edge-flow-first-dla = DLA 1
edge-flow-second-dla = DLA 2
edge-flow-all-engines = All three engines at once
edge-flow-frame = Mean time of a frame
edge-flow-busiest = Busiest engine

mobile-flow-regions = regions of frames
mobile-flow-window = Window on the glasses
mobile-flow-air = On the air
# The start-up of a message: medium access, retries, other people’s traffic.
mobile-flow-start-up = Start-up or stall
mobile-flow-node = Node
mobile-flow-frame = Mean frame
mobile-flow-on-air = Air busy
mobile-flow-frames = frames
mobile-flow-glasses = Glasses
mobile-flow-way = { $exchanges ->
    [0] On its way
   *[other] On its way, and { $exchanges } exchanges
}
mobile-flow-nodes = { $nodes ->
    [one] Node
   *[other] { $nodes } nodes together
}
mobile-flow-rounds = rounds of captions
mobile-flow-drafting = Drafting on the glasses
mobile-flow-verifying = The node’s batch
mobile-flow-caption = Mean caption
mobile-flow-batch = Rounds in a batch

tiny-flow-windows = windows of sound
tiny-flow-ear = At the ear
tiny-flow-up = Radio, up
tiny-flow-down = Radio, down
tiny-flow-sums = Sums between the ears
tiny-flow-gateway = The gateway’s batch
tiny-flow-way = Mean, ear to ear
tiny-flow-batch = Windows in a batch
tiny-flow-power = Power of the gateway
tiny-flow-sessions = times that an ear isolates
tiny-flow-places = Places in memory
tiny-flow-isolating = Ears that isolate, on average
tiny-flow-full = More isolate than there are places
