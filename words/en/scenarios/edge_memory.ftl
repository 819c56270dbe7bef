edge-memory-budget = The loop at P99.9
edge-memory-time = Time
edge-memory-window = Batch window
edge-memory-engines = Engines
edge-memory-reading = Reading the past
edge-memory-waiting = Waiting for DRAM
edge-memory-reach = { $reach } back; newest { $newest }
edge-memory-room = { $needed } of { $room }
edge-memory-bandwidth = { $share } of the DRAM’s bandwidth
edge-memory-no-stride = ignored: only keyframes have one
edge-memory-stride = one map every { $every }
edge-memory-maps = maps of { $largest } down to { $smallest }
# $more is "yes" where no more cameras than that can be tried.
edge-memory-truth = With { $maps } maps a camera, slots have room for { $slots } cameras and pages for { $more ->
    [yes] at least { $pages }
   *[no] { $pages }
}. But the loop keeps its { $deadline } with { $slots_on_time } cameras in slots and with { $pages_on_time } in pages: DRAM runs out of bandwidth, not of room.
# The allocator, as in "the slot allocator".
edge-memory-slot = slot
edge-memory-page = page
