# The teacher’s notes on the track cloud.
# Figures come from the models, by values that buildlib/teaching.py explains: $winning-latency is a
# target at a trial, $cut-cut_share-share a metric as a share, $late-dial-hedge_after where a dial
# stands, $limit-pace a target's limit, $truth what the lock asks for, $p1-winning-latency the same of
# part 1. Figures in digits are refused, but for laws and what a question gives (tests/missions).

## Part 1

teach-cloud-part-1-reason = The response of a queue grows as one over the idle share, 1/(1 − ρ). From 45% to 90% the idle share shrinks from 55% to 10%, so in M/M/1 the response grows 5.5 times: a hyperbola, with a wall at ρ = 1. “Linearly or exponentially?” people ask, and a physicist would accept neither: an exponential is finite at every load. Continuous batching holds the curve flat for longer, since { $fixed-max_batch-count } slots a replica stand ready, and so the turn is sharper: { $truth } from 45% to 90%.
teach-cloud-part-1-prediction-flat =
    .why = They picture a GPU with idle slots: as long as one is free, nobody waits. That is right at the mean and wrong at P99, since random arrivals fill all slots now and then.
    .reply = Ask what happens in the second in which twice the usual number arrives, and how long the queue from that second lasts when only a tenth of the capacity is left to work it off.
teach-cloud-part-1-prediction-linear =
    .why = Most things that they have measured are linear near where they measured. At low load the queue is too: 1/(1 − ρ) is nearly 1 + ρ.
    .reply = Let them read P99 off the curve: { $truth-at_45 } at 45%, { $truth-at_80 } at 80%, { $truth-at_90 } at 90%, { $truth-at_95 } at 95%. Then draw a line through the first two.
teach-cloud-part-1-prediction-exponential =
    .why = “Exponential” is everyday language for “faster and faster”. The right hunch with the wrong formula.
    .reply = Ask what P99 would be at exactly 100%. An exponential gives a number; the queue has none. The wall is the difference, and it is why no SLA survives there.
teach-cloud-part-1-trial-winning = One that passes: continuous batching, two replicas of four GPUs
    .why = Requests join and leave after any token, so the empty slots of the static batch are used: the same GPUs carry { $winning-demand } at { $winning-headroom } of their capacity, and P99 is { $winning-latency }. Two replicas are the compromise: one of eight has only { $fixed-max_batch-count } slots and adds up over all eight GPUs for every token, and four of two are slower at each token.
teach-cloud-part-1-trial-tempting = The tempting one: fill the batches by waiting
    .why = It does what the dashboard asks, larger batches, and it can't work: a static batch lasts as long as its longest reply, nearly five times the mean, and all the other slots stay empty until then. The fleet is asked for { $tempting-headroom } of what it can do, and serves { $tempting-demand } for ever. No window changes that.
teach-cloud-part-1-trial-one = The right policy, not split
    .why = One replica of all eight GPUs is the fastest at a single request, and has the lowest capacity: { $fixed-max_batch-count } slots in all, and every token pays for all-reduces over eight. It stops at { $one-demand }, just short of the demand.
teach-cloud-part-1-trial-four = The right policy, split too far
    .why = Throughput is plentiful ({ $four-headroom } of the capacity), but each step reads the weights over two GPUs only: { $four-pace } a token at P99, where { $limit-pace } are allowed. Here a light of pace, not of queueing, goes red: ask students to name which.
teach-cloud-part-1-trial-greedy = The winning fleet, asked for a third more
    .why = Nothing is broken, it is merely asked for { $greedy-demand } in place of { $winning-demand }, { $greedy-headroom } of the capacity in place of { $winning-headroom }, and P99 goes from { $winning-latency } to { $greedy-latency }. Drag the load from one to the other on the projector: the marked knee lies between them. (The lock asks about one replica of all eight GPUs, so its figure at 90% is another: { $truth-at_90 }.)
teach-cloud-part-1-reflection-model = In M/M/1 the response is the service time over 1 − ρ: five service times at 80%, ten at 90%, and each further point of load costs more than the one before, since the slope is 1/(1 − ρ)². Real load is never steady. A surge of a tenth takes a fleet from 80 to 88%, which is unpleasant; from 90 it goes to 99%, which is an outage. So 80% is about where an ordinary surge still fits. A fleet with many servers, or regular arrivals, may go higher; one with heavy-tailed service must stay lower. With surges of half the load the ceiling falls: 67% would be driven to 100%, so I would stay near 60%, which a surge takes to 90%.
teach-cloud-part-1-reflection-look-for-1 = The M/M/1 figures: the response is 1/(1 − ρ) service times, 5 at 80% and 10 at 90%.
teach-cloud-part-1-reflection-look-for-2 = The slope, 1/(1 − ρ)², or in words: the same surge costs more the fuller the system is.
teach-cloud-part-1-reflection-look-for-3 = That load varies, so the ceiling is a margin for surges and no law of nature.
teach-cloud-part-1-reflection-good = “At 80% the wait is already four service times and one more point costs a quarter of one; a surge of a tenth makes 88% of it and the system 1.7 times slower; from 90% the same surge makes 99%, ten times slower. With surges of a half I’d stop at 60%, since 60% grows to 90% and 67% to the wall.”
teach-cloud-part-1-reflection-partial = “Because of 1/(1 − ρ) the latency explodes when ρ gets near 1, so one should stay at 80%.” (Right formula; no reason why 80 and not 90.)
teach-cloud-part-1-reflection-weak = “Because at 80% the servers are nearly full and get slow.”

## Part 2

teach-cloud-part-2-reason = Tensor parallelism puts all eight GPUs to work on one request, and the work does fall to an eighth. What does not fall is the rest: two all-reduces in each of 80 layers, and kernel launches. So a pipeline takes { $truth } as long for one prompt, not eight times. A pipeline of eight takes as long as one GPU: it divides the work, and not the time of a single request.
teach-cloud-part-2-prediction-pipeline =
    .why = They count messages: 160 all-reduces against seven hand-overs. Communication is the famous enemy, so who communicates least must win.
    .reply = Ask what seven of the eight GPUs do while the first stage computes. Then have them read the bubble in the waterfall at PP = 8.
teach-cloud-part-2-prediction-same =
    .why = “Eight GPUs are eight GPUs”: conservation of work.
    .reply = Work is conserved; waiting is not. Compare a relay with a tug of war: in both all work, but only in one at the same time.
teach-cloud-part-2-prediction-eightfold =
    .why = They know that a pipeline does not divide a request's time, and take the division by eight at face value. It is the best of the wrong answers.
    .reply = Ask for the part of the { $truth-tensors } that no GPU can share: it is { $truth-fixed }. That is Amdahl's law, with the network as its serial part.
teach-cloud-part-2-trial-winning = The one that passes: TP = 4, two copies
    .why = { $winning-first_token } against { $limit-first_token }, { $winning-pace } a token and { $winning-cost } for a million tokens. Four GPUs share each layer, and the other four hold a second copy, so each all-reduce joins four and not eight.
teach-cloud-part-2-trial-tp8 = All eight in one group: TP = 8
    .why = { $tp8-first_token } in place of { $winning-first_token }, and more than half as dear again: { $tp8-cost } in place of { $winning-cost }. It divides the work by eight and the overhead not at all. A good student says what the milliseconds cost, and when one would pay for them.
teach-cloud-part-2-trial-copies = The cheapest: TP = 2, four copies
    .why = { $copies-cost } for a million tokens, and { $copies-first_token } to the first one. The bill asks for small groups, the clock for large ones: this part is the choice between them.
teach-cloud-part-2-trial-tempting = The tempting one: the least communication there is
    .why = PP = 8 has an all but empty communication bar and takes { $tempting-first_token } to the first token, { $tempting-pace } for each further one: a token, too, passes all eight stages. The network was not what made the start slow. Nor is it cheap at this length: { $tempting-cost }, since with replies of { $fixed-output_tokens-whole_tokens } it is decoding that counts, and each token waits for eight stages.
teach-cloud-part-2-trial-pcie = TP = 8 over PCI Express
    .why = The opposite reflex. { $pcie-first_token }: tensor parallelism is only as good as its link.
teach-cloud-part-2-trial-miss = A second stage in place of a second copy: TP = 4, PP = 2
    .why = { $miss-first_token }, { $miss-pace } a token and { $miss-cost }: on the same eight GPUs no sooner than the passing setting, slower afterwards and dearer. Ask what the stage cost and what the copy would have brought.
teach-cloud-part-2-trial-static = The right split, static batches
    .why = { $static-first_token }: a request waits for the running batch to end. The switch is on at the start; who turns it off sees that no split makes up for it.
teach-cloud-part-2-reflection-model = Weight-stationary tensor parallelism sends activations, so its traffic grows with the batch; gathering the weights sends the same bytes whatever the batch. For one prompt of { $truth-tokens } tokens gathering would send two hundred times more, so here weights stay where they are. From about thirteen thousand tokens a batch on the two cross over. I would gather for bulk prefill of long documents on the same fleet, layer by layer and one layer ahead, and keep the voice requests on stationary weights. What relieves the link for the voice is FP8 activations, or fewer GPUs in a group. At night a batch holds more tokens than the crossover, so there I would gather: the weights’ bytes stay the same, and the activations’ have grown past them.
teach-cloud-part-2-reflection-look-for-1 = What is sent: activations grow with the tokens in the batch, weights do not.
teach-cloud-part-2-reflection-look-for-2 = That there is a crossover, and on which side a voice's single prompt lies (far below it).
teach-cloud-part-2-reflection-look-for-3 = Where it would help: long prompts, bulk prefill, offline work.
teach-cloud-part-2-reflection-look-for-4 = That a link busy half of the time already halves the speed: 100% on the gauge is not needed for trouble.
teach-cloud-part-2-reflection-good = “Gather the weights only where a batch has more than about 13,000 tokens, since their bytes don't depend on it; a voice prompt has { $truth-tokens }, so there they stay put. For a document of 16,000 tokens the activations are the larger part, so at night I gather.”
teach-cloud-part-2-reflection-partial = “Instead of adding up activations, each GPU could fetch the weights it needs, which sends less.” (Right mechanism; that it sends more at small batches is missed.)
teach-cloud-part-2-reflection-weak = “Compress the data or buy a faster link so that the bandwidth isn't saturated.”

## Part 3

teach-cloud-part-3-reason = A token takes 2 × 80 × 8 × 128 × 2 bytes = 327,680. So { $truth-memory } hold 244,140 tokens: { $truth-reserved } users who reserve the full { $fixed-max_tokens-whole_tokens } each, or { $truth-paged } who take what they hold, which is { $truth } more. The lengths are an assumption, and so the number is; the ratio of about five is the point.
teach-cloud-part-3-prediction-15 =
    .why = They multiply by the 64 query heads. With grouped-query attention only the 8 KV heads are cached, so everything comes out eight times too small. The textbook mistake.
    .reply = Have them open the Math Peek and find which number of heads stands in the formula.
teach-cloud-part-3-prediction-20 =
    .why = They take what comes back of the memory ({ $truth-back }) for the gain in users: { $truth-reserved } users and two thirds more. But the users grow by how little of the memory held tokens before: { $truth-reserved_full }.
    .reply = If { $truth-reserved_full } of the memory held tokens and now { $truth-paged_full } does, by how much do the tokens grow?
teach-cloud-part-3-prediction-400 =
    .why = They divide { $truth-memory } by the tokens of a short chat, or forget that a running reply keeps growing: users who look in at a random moment hold more than the mean request.
    .reply = Long replies run longer, so a look at the server finds more of them: the inspection paradox.
teach-cloud-part-3-trial-winning = One that passes: pages, a moderate budget, two drafted tokens
    .why = Paging alone admits more and slows everyone; two drafted tokens win the speed back. { $winning-cost } of the start's cost, a P99 of { $winning-p99 } of the start's, and { $winning-memory } of the cache holds tokens. Note that the memory is only half full: capacity was not the goal. The budget is a window: a step less and the cost is { $less-cost } of the start’s, a step more and P99 is { $more-p99 } of it.
teach-cloud-part-3-trial-tempting = The tempting one: fill the memory, and draft more
    .why = The cache is { $tempting-memory } full and the cost is down to { $tempting-cost }: two green lights. But a step that checks five tokens for a hundred replies is bound by compute, the draft model has taken a third of the cache, and { $tempting-lost_time-share } of the time goes into computing again what was thrown out. P99 is { $tempting-p99 } of the start's.
teach-cloud-part-3-trial-nodraft = The same without drafting
    .why = Paging without speculation: P99 is { $nodraft-p99 } of the start's. Memory was the first wall, bandwidth the second.
teach-cloud-part-3-trial-fulldraftless = The tempting budget without drafting
    .why = It costs { $fulldraftless-cost } of the start, less than with drafting ({ $tempting-cost }): at large batches speculation loses. The comparison is worth a minute in class.
teach-cloud-part-3-trial-less = A step less of budget
    .why = It passes too, dearer and quicker: { $less-cost } of the start's cost, { $less-p99 } of its P99. Either may be defended.
teach-cloud-part-3-trial-more = A step more of budget
    .why = Cheaper, { $more-cost }, but the bandwidth has been spent: P99 is { $more-p99 } of the start's.
teach-cloud-part-3-trial-cut = Reserve less, contiguously
    .why = The cheap trick: set a quarter of the context aside for each. The cost is { $cut-cost } of the start's, and { $cut-cut_share-share } of the replies end in the middle of a sentence. Cost and memory turn green; the P99, { $cut-p99 } of the start's, is not what is worst about it. The failure state says what is.
teach-cloud-part-3-reflection-model = Paging with a budget of { $winning-dial-preemption_budget } paid for it: twice the replies share the same eight GPUs. Speculative decoding paid the P99 back that the larger batch had cost; without it P99 would be { $nodraft-p99 } of the start's. The eviction policy did nothing, because at this budget nobody is thrown out. If P99 got worse I would give back budget first, one step: it is the dial that trades cost against latency directly, and it needs no new deployment. It has a price that I would name to the CFO: { $less-cost } of the start's cost after one step; after two it would be { $twice-cost }, and her half is broken. I would watch acceptance, since if the traffic changes, drafting pays less. At an acceptance of 0.6 a user costs no less with two drafts than without; but they still shorten P99, so I would keep them and give back budget, from { $winning-dial-preemption_budget } to { $guarded-dial-preemption_budget }. P99 is then { $guarded-p99 } of the start’s, and a user costs { $guarded-cost }: not both promises hold, and I would say so.
teach-cloud-part-3-reflection-look-for-1 = Which dial gave what: paging and budget the users, speculation the P99.
teach-cloud-part-3-reflection-look-for-2 = A price for each: fragmentation nothing but blocks, budget a longer step, drafting memory and compute.
teach-cloud-part-3-reflection-look-for-3 = What to give back first, with a reason from the readings.
teach-cloud-part-3-reflection-good = “The budget bought the users, drafting bought the P99 back; I'd return budget first, since a step below { $winning-dial-preemption_budget } the P99 falls at once and the cost rises by a few points but stays below half. At 0.6 I’d turn budget down too, since drafts still help P99; half the cost and the old P99 no longer go together.”
teach-cloud-part-3-reflection-partial = “PagedAttention paid for it because it removes fragmentation. I would reduce the batch if P99 got worse.” (No part for drafting, which is what kept P99.)
teach-cloud-part-3-reflection-weak = “All three dials helped to reduce the cost.”
teach-cloud-part-3-defence-model = I chose throughput up to the point where the tail begins, and no further. Part 1: continuous batching, two replicas, and never above 80% of the capacity, since P99 goes as 1/(1 − ρ). Part 2: TP = 4 in two copies, because TP = 8 takes { $p2-tp8-first_token } in place of { $p2-winning-first_token } and costs { $p2-tp8-cost } in place of { $p2-winning-cost }. Part 3: pages, a budget of { $winning-dial-preemption_budget }, two drafted tokens, and { $winning-cost } of what a user cost at the start. Zero-batching would leave the weights to be read for one token at a time, which no budget of ours pays. The tail at scale came from three places: the queue, which headroom holds; the longest reply of a batch, which continuous batching removes; and replies that are thrown out, which a moderate budget avoids. If acceptance fell, drafting would pay less: I would lower the budget, and tell the CFO before she reads it.
teach-cloud-part-3-defence-look-for-1 = A choice with figures from their own ledger, from all three parts.
teach-cloud-part-3-defence-look-for-2 = Continuous batching is not the opposite of responsiveness: it won both against static batches.
teach-cloud-part-3-defence-look-for-3 = The tail: where it came from in each part (queue near the wall, longest reply of a batch, evicted replies) and what held it.
teach-cloud-part-3-defence-look-for-4 = One thing that would change their mind.
teach-cloud-part-3-defence-good = “Throughput, up to { $p1-winning-headroom } of capacity: my own run with two replicas shows a P99 of { $p1-winning-latency } there and { $p1-greedy-latency } at { $p1-greedy-headroom }, so a third more throughput costs { $p1-greedy-latency-over-winning } the tail.”
teach-cloud-part-3-defence-partial = “I prioritized throughput with continuous batching because it is more efficient, and the tail was fine.” (A choice, no figure, no account of the tail.)
teach-cloud-part-3-defence-weak = “Both are important, one has to find a balance.”
