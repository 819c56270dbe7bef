# The teacher’s notes on the track mobile.
# Figures come from the models, by values that buildlib/teaching.py explains: $winning-latency is a
# target at a trial, $cut-cut_share-share a metric as a share, $late-dial-hedge_after where a dial
# stands, $limit-pace a target's limit, $truth what the lock asks for, $p1-winning-latency the same of
# part 1. Figures in digits are refused, but for laws and what a question gives (tests/missions).

## Part 1

teach-mobile-part-1-reason = Load hardly touches P99 on this mesh: { $truth } from 45% to 90% of the capacity. The queue does follow 1/(1 − ρ), but what it multiplies is the time that one message holds the channel, less than 0.2 ms, while the start-up latency α of the slowest of eight messages is tens of milliseconds now and then. A target on utilization says nothing about the jitter that each message brings along. Have them look at the curve again once it is repaired: without the stalls at P99 it bends as the textbook says.
teach-mobile-part-1-prediction-linear =
    .why = A default: twice the load, twice the time.
    .reply = Ask for the two parts of a frame's time, the one that load changes and the one that it does not, and which is larger.
teach-mobile-part-1-prediction-hyperbolic =
    .why = They know the queue's law and apply it to the whole frame.
    .reply = Right law. Multiply it by what it applies to: a fifth of a millisecond. Nine times of that is still little.
teach-mobile-part-1-prediction-exponential =
    .why = Wireless is known to collapse, so they expect the worst.
    .reply = It does collapse, at ρ = 1. Read the stutter at a single pair of glasses: the frames were late before anybody shared the channel.
teach-mobile-part-1-trial-winning = One that passes: all eight regions in one message
    .why = The window of { $winning-dial-batch_window } closes just as the last region is found. One α a frame in place of the slowest of eight, seven channel accesses saved: { $winning-stutter } of the frames stutter. Waiting made the frame faster.
teach-mobile-part-1-trial-tempting = The tempting one: half a millisecond less
    .why = Seven of eight regions leave earlier, the eighth misses them and opens a window of its own: two messages, the last after { $tempting-last_departure_s-duration }, and { $tempting-stutter } stutter. It looks like fine-tuning and is a cliff. The frame timeline shows the second message.
teach-mobile-part-1-trial-lonely = One pair of glasses, region by region
    .why = { $lonely-stutter } of the frames stutter with nobody to share with: proof that it is not the load.
teach-mobile-part-1-trial-half = Two messages of four
    .why = { $half-stutter }: better than at { $tempting-dial-batch_window }, since the second message leaves after { $half-last_departure_s-duration } and not after { $tempting-last_departure_s-duration }. Stutter is no monotonous function of the window.
teach-mobile-part-1-trial-long = To be on the safe side: wait longer
    .why = { $long-stutter }. A window of { $long-dial-batch_window } gathers nothing more than one of { $winning-dial-batch_window }, and its message leaves after { $long-last_departure_s-duration }.
teach-mobile-part-1-trial-home = A home mesh
    .why = { $home-stutter }: one message a frame, and { $home-mesh } of the messages stall. No window helps; the promise depends on the channel. This is the track's honest note.
teach-mobile-part-1-reflection-model = 80% is where M/M/1 has five service times and an ordinary surge still fits. My service time is a fifth of a millisecond of air, so at 80% the whole queue costs about a millisecond, which nobody sees. What stutters is α: { $start-mesh } of the messages stall for about 75 ms, and a frame of eight messages meets one with probability 1 − (1 − p)⁸, eight times as often. That happens to a single pair of glasses in an empty room. So the ceiling on utilization stands, and it is not what keeps my promise; fewer messages are. At { $calm-mesh } stalls, eight messages a frame still make { $calm-stutter } of the frames stutter with all eight pairs (the ordinary jitter of α counts eight times as well), so the window stays.
teach-mobile-part-1-reflection-look-for-1 = 80% from M/M/1, as in the other tracks.
teach-mobile-part-1-reflection-look-for-2 = What the queue multiplies: the service time of a message, small beside α.
teach-mobile-part-1-reflection-look-for-3 = The slowest of eight: 1 − (1 − p)⁸.
teach-mobile-part-1-reflection-good = “With six pairs { $start-stutter } of frames stuttered, and with one pair it was { $lonely-stutter }: the queue adds tenths of a millisecond, the slowest of eight start-ups adds 75. Also at { $calm-mesh } the slowest of eight makes { $calm-stutter }, so I keep the window.”
teach-mobile-part-1-reflection-partial = “The utilization was low, but Wi-Fi has jitter, so frames were late.” (No mechanism: why eight messages are worse than one.)
teach-mobile-part-1-reflection-weak = “The channel was overloaded before it reached 80%.”

## Part 2

teach-mobile-part-2-reason = Each layer that is split over nodes pays the start-up latency twice, and on this mesh that is more than 3 ms where NVLink has about ten microseconds. Eight layers behind the cut are { $truth-exchanges } start-ups in a row, to save half a millisecond of compute: { $truth } the time. A cut between layers pays α once, however many layers there are.
teach-mobile-part-2-prediction-half =
    .why = From the data center, where it is nearly true.
    .reply = Ask what the data center had between its two GPUs. Bandwidth is not the answer they should give: it is the start-up.
teach-mobile-part-2-prediction-little =
    .why = They see that only the node's share of a frame could be halved. Good budgeting, without the cost of the exchanges.
    .reply = How often do the two nodes talk during one frame?
teach-mobile-part-2-prediction-worse =
    .why = They expect exchanges to cost something and underestimate how many come in a row.
    .reply = Count them in the frame timeline: *start-ups in a row* is a column of the deployment log.
teach-mobile-part-2-trial-winning = One that passes: cut before the crops, one node
    .why = Three milliseconds on the glasses, 33 kB over the air, one α: { $winning-stutter } stutter, { $winning-cost } a user, { $winning-power } at the temple. Both the air and the temple allow it.
teach-mobile-part-2-trial-tempting = The tempting one: two nodes for half of the time
    .why = The node is only { $tempting-node-share } busy, and the air is asked for { $tempting-air-share } of what it can carry: { $tempting-alphas-count } messages a frame. It does not get slow, it stops.
teach-mobile-part-2-trial-alone = The same for a single pair
    .why = Without any queue: { $alone-p99_frame_s-duration } at P99, start-ups in a row. And { $alone-cost } a user.
teach-mobile-part-2-trial-early = One layer less on the glasses
    .why = 130 kB cross in place of 33, and the queue for the air takes over: { $early-stutter }.
teach-mobile-part-2-trial-deep = Send as little as possible: cut before the translator
    .why = 8 kB cross, and the glasses alone need longer than a frame, at { $deep-power }. Once n/β is small beside α, fewer bytes buy nothing.
teach-mobile-part-2-trial-pieces = The right cut in four messages
    .why = { $pieces-stutter }: part 1 again, the slowest of four.
teach-mobile-part-2-reflection-model = Weights don't change from frame to frame, so I would gather them once, when a node joins, and keep the whole network on each node. Then no exchange is left inside a frame, and what crosses is the cut: 33 kB of crops, once, in one direction. The fleet grows by giving each node its own users. Gathering per frame, as in a data center, would send the network's megabytes over a link whose frame budget is a few tens of kilobytes. With α at 10 µs the sixteen exchanges still send 26 kB each, a third of a millisecond on this channel: more than five milliseconds to save half of one. The split needs NVLink’s β as well as its α.
teach-mobile-part-2-reflection-look-for-1 = Gathering for every frame would send megabytes; gathering once and keeping is what helps.
teach-mobile-part-2-reflection-look-for-2 = What is left to send: the cut's 33 kB.
teach-mobile-part-2-reflection-look-for-3 = The consequence: split by users, not by layers.
teach-mobile-part-2-reflection-good = “Gather once, at start-up, and shard by users: per frame only the 33 kB at the cut remain, so one α in place of seventeen. Even with an α of 10 µs, sixteen times the bytes over β are more than five milliseconds, to save half of one.”
teach-mobile-part-2-reflection-partial = “Each node keeps its weights so less has to be sent.” (They did already; what is missing is that activations no longer need to be exchanged.)
teach-mobile-part-2-reflection-weak = “Use Wi-Fi 7 for more bandwidth.” (Bandwidth is not what is missing.)

## Part 3

teach-mobile-part-3-reason = Sessions are short against the longest context: at a random moment one holds { $truth-mean } of the { $truth-longest } tokens that it reserves. In blocks of { $winning-dial-block_tokens } there is room for { $truth-paged } in place of { $truth-whole }, { $truth } as many. And they don't fit in the other sense: with { $crowd-dial-sessions } the node is asked for { $crowd-node-share } of what it can do, and no caption is in time. Behind the memory wall stands the node.
teach-mobile-part-3-prediction-tenth =
    .why = They think of the last block of a session, the internal fragmentation of a paged allocator, not of the reservation.
    .reply = Which of the two did the start waste? The bars show what is held and not used.
teach-mobile-part-3-prediction-double =
    .why = “Half is wasted” is everybody's guess about anything.
    .reply = Use the mean: { $truth-mean } tokens of { $truth-longest }.
teach-mobile-part-3-prediction-forty =
    .why = They take the typical session, a glance at a sign, for the mean. Long sessions last longer, so there are more of them at any moment.
    .reply = The inspection paradox: who is on the node right now?
teach-mobile-part-3-trial-winning = One that passes: small blocks, two drafts
    .why = With { $winning-dial-sessions }: { $winning-cost } of the start's cost and { $winning-stutter } of the captions late. Two drafts turn four rounds into about two, and so does the number of α.
teach-mobile-part-3-trial-tempting = The tempting one: fill the memory, and draft more
    .why = Memory has room for { $truth-paged }, and { $tempting-dial-sessions } use { $tempting-memory-share } of it; the cost is { $tempting-cost } of the start's, and { $tempting-stutter } of the captions are late.
teach-mobile-part-3-trial-nodraft = The same without drafts
    .why = { $nodraft-stutter } late: four rounds in a row for each caption.
teach-mobile-part-3-trial-eager = Eight drafts
    .why = { $eager-stutter } late, and { $eager-power } at the temple. A draft counts only if all before it were right, and each costs its time on the glasses and its place in the node's batch.
teach-mobile-part-3-trial-coarse = Larger blocks
    .why = Blocks of { $coarse-dial-block_tokens } pass as well: most of the gain is not to reserve, the block's size is detail. For students who turn this dial for minutes.
teach-mobile-part-3-trial-forget = Forget instead of paging
    .why = Dropping context does not help where a block is { $forget-dial-block_tokens } anyway (the sessions ask for { $forget-memory-share } of the memory), and breaks the product's promise.
teach-mobile-part-3-reflection-model = You paid for the longest context of everybody: { $truth-longest } tokens where a session holds { $truth-mean }, so more than three quarters of what was reserved held nothing. The drafts saved start-ups: a caption of four tokens took four rounds and takes about two. They would cost more than they save if fewer guesses were right, say with another language; if the node were fuller, since each guess is verified for everybody in the batch; or on a channel whose α is so small that a round costs little to begin with. On a wire a round costs hardly any start-up, so a draft saves only waits for the node, and still costs its time on the glasses and a position to verify: I would draft less, or not at all.
teach-mobile-part-3-reflection-look-for-1 = The memory: more than three quarters of each reservation held nothing.
teach-mobile-part-3-reflection-look-for-2 = The start-ups: four rounds down to about two.
teach-mobile-part-3-reflection-look-for-3 = What would turn drafts into a loss: lower acceptance, a slower drafter, a fuller node, a clean channel with a small α.
teach-mobile-part-3-reflection-good = “Drafts pay because a round costs an α of 3 ms and more; on a wire, or at an acceptance near a half, I'd be paying for guesses that the node throws away. On a wire I’d stop drafting: the start-ups it saved cost nothing there.”
teach-mobile-part-3-reflection-partial = “Paging freed memory, and drafting made it faster; too many drafts would be slow.” (No start-ups, no condition.)
teach-mobile-part-3-reflection-weak = “Smaller blocks and more sessions reduced the cost.”
teach-mobile-part-3-defence-model = Responsiveness, by means of what looks like batching. In every part the tail came from the number of start-ups, not from load: eight messages a frame, sixteen exchanges of a tensor split, four rounds a caption. Each time I sent fewer and larger: one message ({ $p1-winning-stutter } stutter), one cut (33 kB, one α), two drafts (two rounds). The node batches continuously, since that costs no deadline at { $winning-dial-sessions }. I did not prioritize throughput: at { $tempting-dial-sessions } the memory would have been used and the node could not have kept up. The tail at scale is not gone: { $p1-winning-mesh } of the messages still stall, and that is the floor. Of a scan that stops all messages at once, fewer messages cure nothing. On a home mesh I would not sign this promise at all.
teach-mobile-part-3-defence-look-for-1 = Figures from all three parts, one remedy named three times: fewer, larger messages.
teach-mobile-part-3-defence-look-for-2 = A choice: batching at the node is there, but the deadline of a frame decides.
teach-mobile-part-3-defence-look-for-3 = The tail: the slowest of several start-ups, and what is left (stalls of the one message).
teach-mobile-part-3-defence-look-for-4 = The honest limit: the promise holds on a clean channel only.
teach-mobile-part-3-defence-good = “I paid { $p1-winning-dial-batch_window } of waiting to meet one α instead of the slowest of eight: stutter went from { $p1-start-stutter } to { $p1-winning-stutter }, and it is the same trade as the two drafts in part 3.”
teach-mobile-part-3-defence-partial = “Responsiveness, because AR needs low latency; I reduced the messages.” (No figures, nothing about what remains.)
teach-mobile-part-3-defence-weak = “We need a better network.”
