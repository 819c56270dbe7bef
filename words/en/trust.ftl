# How far to trust the models: the paragraphs of labpy/models/data/trust.toml that stand in a Math
# Peek, which are held to that file. $standing says what a paragraph rests on.
trust-title = How far to trust this: { $family }
trust-standing = { $standing ->
    [exact] Exact under these assumptions
    [measured] Held against measurements by others
    [simulated] Held against a simulation
   *[assumed] The shape is known; its constants are assumptions
}
trust-batching = A server that collects requests for a window and serves them at once, in a time that grows in a straight line with their number. The chain behind it is exact for one server; what is left over after a dispatch is approximated. Median and P99 are within 10% of simulation to a load of 0.9; several servers are simulated outright.
    .name = batching servers
trust-open-loop = Latency under Poisson arrivals, by processor sharing with a bounded batch; held against simulate_serving with the same step times, so errors of those come on top. It holds best where prompts are a small share of the work; the field that says whether a point is trusted marks where it does not, and there simulate. Real arrivals are burstier than Poisson, and their tails longer.
    .name = open loop
trust-steps = A roofline that reads weights and cache, computes, and adds the all-reduces and a fixed overhead for each layer. Its few constants are fitted to measured runs of one model, engine and accelerator at once, none to a single row; docs/validation.md has the errors by kind of row. It knows no kernels: a shape that an engine serves badly looks as good as its neighbours.
    .name = prefill and decode
trust-closed-loop = What a benchmark with so many clients reports: means, of prompts that start all at once. It is the function that is held against measured rows (docs/validation.md, by engine, model and shape). Weakest are caches so full that requests are preempted, the first burst of many long prompts, and engines for which constants were taken over from another.
    .name = closed loop
trust-network = A message takes a start-up time and its bytes over a bandwidth; collectives add up such messages. The constants meet medians measured on eight H100 to a few per cent. They are for an idle network: no congestion, no stragglers, and no overlap with computing. The start-up time differs tenfold between libraries on the same machines, so treat it as a control.
    .name = network
trust-kv-cache = Bytes of a token are arithmetic, exact for the models in the registry. Shares of the memory that hold tokens come within 5 points of the PagedAttention paper's for four allocators, with one constant fitted, the spread of output lengths. The paper's lengths are known by their means only: that they are log-normal is a guess, and long ones decide who is preempted.
    .name = KV cache
trust-speculation = Expected tokens and speed-ups are the paper's formulas, exact if each draft is accepted with the same probability, whatever came before. Real acceptance varies with the text: easy passages win more, hard ones lose. The batch-aware step adds what verifying costs, by the same roofline as serving, and inherits its errors.
    .name = speculative decoding
trust-tails-under-load = Second copies are fed back into the queues that they are sent to, in the limit of a large pool. P99 is within 10% of a simulated pool of 30 servers to a load of 0.9, copies counted. Near the point where copies breed copies a small pool is worse than the formula, and the edge itself is a matter of luck.
    .name = hedging under load
trust-edge-chip = Operations over speed, bytes over a DRAM that all engines share, and a fixed hand-over. Peaks are the vendor's, the shares reached of them are assumptions, and one for all layers. Which split wins is safer than by how much, since real layers reach very different shares of the peak.
    .name = chips with several engines
trust-streams = Bytes of layers, caches and kept features are counted, exactly, from the shapes given. That is the least that must fit: allocators, alignment and a runtime's own buffers come on top. How much accuracy is lost with the state that is thrown away is not modelled at all.
    .name = state of streams
