edge-sharding-budget = DRAM traffic
edge-sharding-traffic = Traffic
edge-sharding-weights = Weights
edge-sharding-activations = Activations
edge-sharding-hand-offs = Hand-offs
edge-sharding-busiest = the busiest engine works { $share } of the time
edge-sharding-outrun = frames come faster than it can work
edge-sharding-whole = ignored: all ten are on the GPU
edge-sharding-shared = all three engines share each layer
edge-sharding-placed = { $gpu } on the GPU, { $operations } of the operations; then { $one } and { $two } on the accelerators
edge-sharding-dram = DRAM is busy { $share } of the time
edge-sharding-alone = each frame by itself
edge-sharding-gathering = the first waits { $wait } for the others
edge-sharding-syncs = { $syncs ->
    [0] no hand-offs
    [one] { $syncs } hand-off for a batch: { $takes }
   *[other] { $syncs } hand-offs for a batch: { $takes }
}
edge-sharding-truth = A lone frame takes { $gpu } on the GPU by itself, { $stages } in stages and { $split } split by tensor, of which { $handoffs } are hand-offs. Neither way of sharding makes a frame faster here.
# Of a draft, before it runs.
edge-sharding-known = It uses { $used } of { $there } engines.
