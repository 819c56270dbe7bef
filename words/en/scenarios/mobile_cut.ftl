mobile-cut-budget = A frame at P99
mobile-cut-frame-time = Frame time
mobile-cut-glasses = Glasses
# α is the start-up latency of a message and its answer, β the bandwidth.
mobile-cut-start-up = Start-up α
mobile-cut-bytes = Bytes / β
mobile-cut-exchanges = Split’s exchanges
mobile-cut-node = Node
mobile-cut-queues = Queues
mobile-cut-jitter = Jitter
mobile-cut-source = α + n/β for a message (Hockney 1994). All but the last are means; the jitter is what lies between the mean and P99, so that the total is P99
mobile-cut-nothing-crosses = nothing crosses the mesh
# $layer is where the network is cut, $size what crosses there.
mobile-cut-crosses = { $layer }: { $size }, glasses { $takes }
mobile-cut-in-a-row = node { $takes }, { $alphas } α in a row
mobile-cut-on-air = { $messages } on the air, the split’s included
mobile-cut-truth = One pair of glasses, cut before “{ $layer }”: { $one } a frame with one node, { $two } with each layer split over two. The second node saves half of the node’s compute and brings { $exchanges } more start-ups.
# How busy the wireless channel and the node are.
mobile-busy = air { $air } busy, node { $node }
# Of a draft, before it runs.
mobile-cut-known = { $nodes ->
    [one] { $nodes } node
   *[other] { $nodes } nodes
} for { $pairs } of glasses, at { $price } an hour.
