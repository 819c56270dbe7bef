# The teacher’s notes on the track edge.
# Figures come from the models, by values that buildlib/teaching.py explains: $winning-latency is a
# target at a trial, $cut-cut_share-share a metric as a share, $late-dial-hedge_after where a dial
# stands, $limit-pace a target's limit, $truth what the lock asks for, $p1-winning-latency the same of
# part 1. Figures in digits are refused, but for laws and what a question gives (tests/missions).

## Part 1

teach-edge-part-1-reason = The cameras tick like a clock, so only the service varies. By Kingman's approximation the wait is that of M/M/1 times half the sum of two squared coefficients of variation, of the gaps (zero) and of the service (small). The wall at ρ = 1 is still there and has almost no slope before it: { $truth } from 45% to 90%. What makes the loop late is not load at all, it is a stall in one of ten calls, and that happens in an idle car as well.
teach-edge-part-1-prediction-linear =
    .why = Twice the frames, twice the latency: they think of the work, not of the wait.
    .reply = At 45% the engine is idle more than half of the time. For whom would a frame wait?
teach-edge-part-1-prediction-hyperbolic =
    .why = They know M/M/1, perhaps from the cloud track, and apply it. It is the right law for random arrivals.
    .reply = Ask what is random here. Then show the curve's left end: at a tenth of the capacity the loop is late already, and 1/(1 − ρ) has nothing to say about that.
teach-edge-part-1-prediction-exponential =
    .why = “Exponential” for “much worse”. Safety talk makes people expect a cliff everywhere.
    .reply = There is a cliff, at ρ = 1 and in one more place: where second copies feed on themselves. Part 1's third target is about that one.
teach-edge-part-1-trial-winning = One that passes: a short window, and a second copy soon
    .why = The window halves the load ({ $winning-base_utilization-share } without copies), so that even a copy of every call fits ({ $winning-headroom }), and the copy answers in time for the rare call that stalls: P99.9 of { $winning-loop }, for { $winning-extra_load-share } more calls.
teach-edge-part-1-trial-tempting = The tempting one: a copy at once, to be safe
    .why = Engines that are { $start-base_utilization-share } busy are asked for up to twice that. Copies lengthen the queues, so more calls are late, so more are copied; it does not settle. The remedy of the tail is what breaks the loop.
teach-edge-part-1-trial-quiet = The start: nothing is wrong but the tail
    .why = Each call misses { $limit-loop } less than once in a thousand times ({ $start-call_p999_s-duration } at P99.9), the loop of ten eight times as often ({ $start-late-share }). Ten green ticks.
teach-edge-part-1-trial-late = Too late a copy
    .why = { $late-loop }. Behind a window of { $late-dial-batch_window } a copy at { $late-dial-hedge_after } has no time left to answer.
teach-edge-part-1-trial-early = Too early a copy
    .why = { $early-loop }. It copies calls that were about to answer ({ $early-extra_load-share } more work) and slows all of them.
teach-edge-part-1-trial-meta = The one that looks best: no window, a late copy
    .why = With a copy at { $meta-dial-hedge_after } P99.9 is { $meta-loop } and the light of the loop is green. But if one bad moment made every call late, the copies alone would be { $meta-headroom } of what the engines can do: it would never come back. Metastable. Let them press *Simulate* and look at the last dot.
teach-edge-part-1-reflection-model = 80% comes from M/M/1: with random arrivals the wait is four service times there and doubles by 90%. My frames come like a clock and the service hardly varies, so at 80% there is next to no queue, and still { $start-late-share } of the loops were late, because one of ten calls stalled. So utilization is not what I limit. What I limit is the load if every call is copied, below 100%, which means below 50% without copies. Above that, one bad moment in which all calls are late keeps itself alive. Fewer stalls do not raise the ceiling: it comes from the moment in which every call is copied, and that is twice the load however rarely it comes.
teach-edge-part-1-reflection-look-for-1 = That the ceiling of M/M/1 (randomness on both sides) is not the ceiling here.
teach-edge-part-1-reflection-look-for-2 = The ceiling of a system with second copies: load without copies below one half.
teach-edge-part-1-reflection-look-for-3 = Why: a state in which every call is copied must still be one that the engines can work off.
teach-edge-part-1-reflection-good = “With copies the ceiling is one half, not 80%: at { $winning-base_utilization-share } a storm in which every call is sent twice is still { $winning-headroom } and drains; at { $start-base_utilization-share } it would be { $start-headroom } and stay. Half the stalls make the storm rarer, not smaller: still one half.”
teach-edge-part-1-reflection-partial = “80% isn't enough here because hedging adds load, so one needs more reserve.” (Direction right; no reason why one half.)
teach-edge-part-1-reflection-weak = “At 80% the engines are nearly full, that is why the loop is late.” (The reading contradicts it: the start is at 80% and has no queue to speak of.)

## Part 2

teach-edge-part-2-reason = Neither way of sharding makes a frame faster on this chip. Two small engines can take at most 38% off the compute, and a tensor split pays for that with 400 hand-offs a frame, each with a start-up of { $start-dial-sync }: { $truth-handoffs } of hand-offs, { $truth } the time in stages. In stages a frame is slower than on the GPU alone, too. One shards here for the interval between frames, not for the frame.
teach-edge-part-2-prediction-half =
    .why = From the cloud: tensor parallelism is what makes a single request fast. And three engines sound like three times the speed.
    .reply = Ask how many times the engines must agree for one frame, and what one agreement costs, compared with the same on NVLink.
teach-edge-part-2-prediction-same =
    .why = Same engines, same operations.
    .reply = Same operations, yes. Who waits for whom, how often?
teach-edge-part-2-prediction-some =
    .why = They see that the accelerators are slow, and guess a mild loss. They have the sign and not the size, since a start-up of { $start-dial-sync } does not sound like much.
    .reply = Multiply it by 400.
teach-edge-part-2-trial-winning = One that passes: four sub-models on the GPU, three layers fused
    .why = { $winning-frame } a frame, the busiest engine at { $winning-busiest }, DRAM at { $winning-dram }. A frame takes twice what the GPU would need, and a frame comes out every { $winning-interval_s-duration }, which is what was asked.
teach-edge-part-2-trial-tempting = The tempting one: everything on everything
    .why = The supplier's slide. { $tempting-busiest } load: hand-offs, not work.
teach-edge-part-2-trial-unfused = The right cut, no fusing
    .why = Balanced, and still { $unfused-frame }: every layer's activations pass through DRAM, which is at { $unfused-dram }, and all engines stretch.
teach-edge-part-2-trial-lopsided = Too much on the GPU
    .why = The GPU at { $lopsided-busiest }, the accelerators nearly idle. The bubbles in the waterfall say where to move.
teach-edge-part-2-trial-two = Two frames in a batch
    .why = The weight-gather of this chip. DRAM falls to { $two-dram }, and a frame takes { $two-frame }: the reflection's question in numbers.
teach-edge-part-2-trial-flag = Tensor split with a cheap hand-off
    .why = With a shared flag in place of the driver a lone frame is faster than on the GPU. It still can't keep { $fixed-frames_per_s-frames_per_s } (its engines would have to work { $flag-busiest } of the time). For those who ask whether tensor splits could ever work here.
teach-edge-part-2-reflection-model = The wire is the DRAM, and four fifths of what crosses it are weights, read anew for every frame. Gathering means to read them once for several frames. With two frames a batch the DRAM goes from { $winning-dram } to { $two-dram }, and a frame takes { $two-frame-over-winning } as long, since each stage works for two and the first waits for the second. In a loop of { $p1-limit-loop } I can't pay that. I would do it in the car park, or keep the weights of the smallest sub-models in the accelerators' own memory, where a reading costs no DRAM at all. With twice the DRAM the wire is less than half full and nothing waits for it, so I would share nothing: a batch would only make the frame longer, and even fusing could go back to fewer layers.
teach-edge-part-2-reflection-look-for-1 = That the shared DRAM is the bisection here, and weights are most of its traffic.
teach-edge-part-2-reflection-look-for-2 = The proposal: read the weights once for several frames (a batch), or keep some of them on the chip.
teach-edge-part-2-reflection-look-for-3 = The price in the loop: the first frame waits for the last, and every stage lasts longer.
teach-edge-part-2-reflection-good = “Share one reading of the weights between two frames: DRAM falls from { $winning-dram } to { $two-dram }, and the frame goes from { $winning-frame } to { $two-frame }, which is over the loop's { $p1-limit-loop }; so not while driving. With twice the DRAM the weights are no bottleneck, so a batch only costs time.”
teach-edge-part-2-reflection-partial = “Batch frames so that the weights are read less often.” (Right idea, no price.)
teach-edge-part-2-reflection-weak = “Use a faster memory, or compress the activations.” (Activations are the small part.)

## Part 3

teach-edge-part-3-reason = Paging does what it promises: at { $truth-maps } maps a camera there is room for { $truth-pages } cameras in place of { $truth-slots }. But a map is read again at every frame, so the car runs out of bandwidth, not of room: with slots and with pages the same number of cameras keeps the deadline. { $truth }, that is, none more. In the cloud a token's state is written once and room decides; here what is stored is cheap and what is moved is not.
teach-edge-part-3-prediction-few =
    .why = A sober guess: fragmentation exists, but an embedded system is sized by hand.
    .reply = Half of the memory is wasted by slots; the guess is too low for the room and too high for the cameras. Ask which of the two the question was about.
teach-edge-part-3-prediction-mean =
    .why = They did the arithmetic, correctly: slots as large as the largest map against the average map.
    .reply = Praise it, and ask for the second resource. How many bytes does a camera read in a second?
teach-edge-part-3-prediction-surround =
    .why = The finer arithmetic: every further camera is a small one.
    .reply = The same. This is the best reasoning about the wrong resource, and worth saying so in class.
teach-edge-part-3-trial-winning = One that passes: eight maps with doubling gaps, twelve cameras
    .why = { $winning-loop }, { $winning-reach } into the past, the newest map { $winning-newest } old, { $winning-cost } a camera. No memory was bought and none was paged.
teach-edge-part-3-trial-tempting = The tempting one: page the maps and fill the room
    .why = { $tempting-room_share-share } of the memory used, the reach that was asked for, and { $tempting-loop }: DRAM is at { $tempting-dram_load-share }, where reading takes four times as long as alone. And the newest map is { $tempting-newest } old.
teach-edge-part-3-trial-paged = The winning setting with pages
    .why = Nothing changes but the room that is left over: { $paged-loop }, as with slots. The cleanest demonstration of the lock's answer.
teach-edge-part-3-trial-more = Eighteen cameras, in pages
    .why = { $more-loop }. The CFO's question has its answer: in pages there is room for more, and bandwidth for { $truth-pages_on_time } at most.
teach-edge-part-3-trial-ring = Eight newest maps
    .why = The same bytes, and { $ring-reach } of memory. What is kept matters more than how much.
teach-edge-part-3-trial-eager = Second copies too early
    .why = At { $eager-dial-hedge_after } each copy reads its camera's past again: the DRAM needs more than it has and the loop's time grows without end. Speculation pays with what is idle.
teach-edge-part-3-reflection-model = I gave up an even memory. Eight maps with doubling gaps hold the last moment exactly and the last seconds roughly; between one and three seconds ago there are at most two of them, so something that was visible for a blink in that time may be missed. I also gave up the spare bandwidth of the second computer. At { $truth-pages_on_time } cameras the loop is at its limit ({ $last-loop }), within what the model can tell, and at { $more-dial-cameras } it takes { $more-loop }, so then I need money: for bandwidth, a faster memory or a second chip, and not for more memory. With { $crowd-dial-cameras } cameras and this DRAM the loop takes { $crowd-loop } with { $crowd-dial-maps } maps a camera and { $beyond-loop } with { $beyond-dial-maps }, and { $crowd-dial-maps } reach back { $crowd-reach }: the reach of { $limit-reach } is what goes.
teach-edge-part-3-reflection-look-for-1 = What was given up: even spacing of the memory, and the second computer's spare bandwidth.
teach-edge-part-3-reflection-look-for-2 = The resource that runs out (bandwidth) and the number of cameras at which it does.
teach-edge-part-3-reflection-look-for-3 = That buying memory would not have helped.
teach-edge-part-3-reflection-good = “{ $truth-pages_on_time } cameras, to be tried: at { $more-dial-cameras } the loop is at { $more-loop } because the DRAM, not the { $fixed-feature_room_bytes-memory }, is full; I'd ask for bandwidth, and I gave up dense memory between one and three seconds. { $crowd-dial-cameras } cameras leave bandwidth for { $crowd-dial-maps } maps, so the reach falls to { $crowd-reach }: bandwidth, not memory.”
teach-edge-part-3-reflection-partial = “We keep fewer maps, so the memory lasts for more cameras; when it is full I need more.” (Names the wrong resource.)
teach-edge-part-3-reflection-weak = “I optimized the memory so it's cheaper now.”
teach-edge-part-3-defence-model = Responsiveness decides, and throughput is what makes it possible. I batch for { $p1-winning-dial-batch_window }, a quarter of the deadline, not to be efficient but to bring the load below one half, where even a copy of every call fits. Then a second copy after { $p1-winning-dial-hedge_after } takes P99.9 of the loop from { $p1-windowed-loop } to { $p1-winning-loop }, for { $p1-winning-extra_load-share } more calls. That solves the tail at scale where it comes from: one stall among ten. In part 2 I accepted a slower frame for a shorter interval, in part 3 I kept fewer maps, since each copy reads its camera's past again. What I have not solved is a stall of the shared DRAM, which hits all engines at once: no copy helps there, and a certified system would bound it by other means.
teach-edge-part-3-defence-look-for-1 = A choice with figures: the window of { $p1-winning-dial-batch_window } is throughput bought with a quarter of the deadline.
teach-edge-part-3-defence-look-for-2 = The tail: a stall of one of ten, cured by a copy at { $p1-winning-dial-hedge_after }; room for the worst case, load without copies below one half.
teach-edge-part-3-defence-look-for-3 = The second price of copies in part 3.
teach-edge-part-3-defence-look-for-4 = An honest limit: stalls that hit all engines at once, statistical and not certified deadlines.
teach-edge-part-3-defence-good = “A window of { $p1-winning-dial-batch_window } looks like throughput, and I use it for the tail: it brings the load to { $p1-winning-base_utilization-share }, so that copies can never run away; the loop then holds { $p1-winning-loop } at P99.9.”
teach-edge-part-3-defence-partial = “I chose responsiveness, with hedged requests against the tail.” (No figure, nothing about what copies cost.)
teach-edge-part-3-defence-weak = “Safety first, so latency is more important than throughput.”
