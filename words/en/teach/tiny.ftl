# The teacher’s notes on the track tiny.
# Figures come from the models, by values that buildlib/teaching.py explains: $winning-latency is a
# target at a trial, $cut-cut_share-share a metric as a share, $late-dial-hedge_after where a dial
# stands, $limit-pace a target's limit, $truth what the lock asks for, $p1-winning-latency the same of
# part 1. Figures in digits are refused, but for laws and what a question gives (tests/missions).

## Part 1

teach-tiny-part-1-reason = With a window, P99 over load is a bathtub. At the left end a batch never fills, and everyone pays the whole window: { $start-echo } in all at { $start-utilization-share } of the capacity. More ears fill the batch sooner, a full batch leaves at once, and the delay falls: to { $truth } of the pilot's at 90%. Only close to the wall does it turn up, as 1/(1 − ρ).
teach-tiny-part-1-prediction-flat =
    .why = They see that the window dominates, and take it for a constant. Nearly right: it is the longest wait, not the wait.
    .reply = What ends the wait, besides the window? Ask for the second rule of a batching server.
teach-tiny-part-1-prediction-linear =
    .why = More requests, more waiting: the everyday queue, without a batch in it.
    .reply = A bus that leaves when it is full: do more passengers make each of them wait longer?
teach-tiny-part-1-prediction-exponential =
    .why = The lesson of the other tracks, applied to the left end of the curve.
    .reply = It will turn up, at the wall. Have them move *Hearables* slowly from 8 to 400 and say out loud what P99 does.
teach-tiny-part-1-trial-winning = One that passes: features, and a short window
    .why = { $winning-echo } ear to ear, { $winning-gateway } at the gateway, { $winning-ear } at the ear. The window is { $winning-dial-batch_window }; from { $shortest-dial-batch_window } to { $longest-dial-batch_window } both limits hold, and half a millisecond further on either side one is missed: the seesaw has a narrow sweet spot.
teach-tiny-part-1-trial-tempting = The tempting one: the codec that every phone has
    .why = An eighth of the bytes and a quarter of the requests, so both powers are the lowest at this window. And { $tempting-echo }: a frame of 7.5 ms must be captured, and the codec looks another 4 ahead, before the radio starts. Efficiency that is paid in time.
teach-tiny-part-1-trial-none = No window at all
    .why = { $none-echo }, and { $none-gateway }: a battery for a third of the day. Zero-batching, priced.
teach-tiny-part-1-trial-pilot = The pilot's window with all the ears
    .why = { $pilot-echo }, no longer the { $start-echo } of the pilot: with five times the ears the batch fills before the window ends. Ines' fear was the wrong way round.
teach-tiny-part-1-trial-audio = Raw audio over the air
    .why = In time, and { $audio-ear } at the ear: the last milliwatt is bytes. They also fill the air: { $audio-radios-number } radios busy at the gateway, in place of { $winning-radios-number }.
teach-tiny-part-1-reflection-model = 80% is where a queue with random arrivals has five service times and a surge still fits. My gateway was { $start-utilization-share } busy and late, because the first request of each batch waited { $start-dial-batch_window } for others who did not come; that is a wait by decision, and utilization can't show it. With more ears the batch fills sooner and the wait shrinks, until near the wall the queue takes over. So there are two ceilings: 80% from above, and from below the load at which the window fills, under which the window is the whole delay. If a wake-up cost 0.1 mJ, about 1,500 of them a second would take 0.15 W: without any window the gateway would stay below its limit, so I would take none, and { $none-echo }.
teach-tiny-part-1-reflection-look-for-1 = M/M/1 at 80%, as everywhere.
teach-tiny-part-1-reflection-look-for-2 = Why { $start-utilization-share } was too late: waiting for company, not for the server.
teach-tiny-part-1-reflection-look-for-3 = The other end: close to the wall batches are full and the window hurts least.
teach-tiny-part-1-reflection-good = “At { $start-utilization-share } the wait was the window itself, since nobody came to fill the batch; with more ears the batch fills before the window ends, and only within a few per cent of the wall does the delay rise again. With wake-ups at a tenth no window is needed: the seesaw tips to responsiveness.”
teach-tiny-part-1-reflection-partial = “Because of batching, requests wait even when the server is idle.” (True; nothing on why it falls with load, or on 80%.)
teach-tiny-part-1-reflection-weak = “Such a low utilization is inefficient, one should use the gateway better.”

## Part 2

teach-tiny-part-2-reason = On this link a sum costs an interval of the radio. Tensor parallelism over two ears saves { $truth-saved } of computing and waits for { $truth-sums } intervals; a pipeline waits for two, one up and one down, however many layers it has. At LE Audio's { $start-dial-radio_interval } that makes { $truth } the time. And it saves no power: two ears have two sounds, so each does half of its own work and half of the other's.
teach-tiny-part-2-prediction-half =
    .why = Two ears, half of the work each.
    .reply = Whose sound? Each ear has its own. Then count the sums.
teach-tiny-part-2-prediction-same =
    .why = They balance computing against talking without putting figures to either.
    .reply = { $truth-saved } on one side. And on the other?
teach-tiny-part-2-prediction-twice =
    .why = They count the crossings of one exchange, not of twelve.
    .reply = Two sums a block, six blocks, each waits for the next wake-up of the radio.
teach-tiny-part-2-trial-winning = One that passes: the filter bank on the ear, the network on the gateway
    .why = 24 bytes go up and 12 come back: { $winning-echo }, { $winning-ear } at the ear, { $winning-gateway } at the gateway.
teach-tiny-part-2-trial-second = The other one that passes: one block more on the ear
    .why = { $second-ear }: fewer bytes, more computing, and the computing costs more. It passes at this interval and not at a shorter one.
teach-tiny-part-2-trial-tempting = The tempting one: all on the ear
    .why = The best delay of all, { $tempting-echo }, with no radio and no queue. And { $tempting-ear }, { $tempting-ear-over-limit } the limit, although isolation runs for a quarter of the day. The published hearable that does this takes 71.6 mW while it runs. One milliwatt is the class of a chip that listens for a word.
teach-tiny-part-2-trial-slow = The right cut at LE Audio's interval
    .why = { $slow-echo }: two crossings wait for { $slow-dial-radio_interval } each.
teach-tiny-part-2-trial-shared = One shared block, a shorter interval
    .why = { $shared-echo } and { $shared-ear } at { $shared-dial-radio_interval }: a shorter interval does not rescue the tensor split, and each wake-up costs.
teach-tiny-part-2-trial-continuous = Continuous batching at the gateway
    .why = { $continuous-echo }, and { $continuous-gateway }. What is right in the cloud, where the weights are read anyway, wastes a battery here: each wake-up of the accelerator costs the same for one request as for { $fixed-max_batch-count }.
teach-tiny-part-2-reflection-model = Weights don't change while one listens, and activations are new every 2 ms. So the weights are gathered once, at the factory, and stay: each place holds whole layers. What crosses is the sound in its narrowest cheap form, 24 bytes of bands up and a mask of 12 bytes down, because the filter bank costs the ear nothing and each further block costs more energy than the bytes that it saves. Nothing is added up over the air, so a sound waits for two intervals in place of twelve. At 0.1 ms twelve sums wait for 1.2 ms to save { $truth-saved } of computing: sharing still loses, and each wake-up costs energy.
teach-tiny-part-2-reflection-look-for-1 = What should stay: weights, gathered once, at the factory; whole layers at one place.
teach-tiny-part-2-reflection-look-for-2 = What should cross: the narrowest representation, once up and once down.
teach-tiny-part-2-reflection-look-for-3 = That activations are new every 2 ms, weights never.
teach-tiny-part-2-reflection-good = “Gather the weights at the factory, cross twice, at 24 and 12 bytes: each sum over the air would cost 1.5 ms of waiting to save 0.08 ms of computing. At 0.1 ms twelve sums still cost 1.2 ms to save 0.9.”
teach-tiny-part-2-reflection-partial = “Only features should be sent and not audio, to save bandwidth.” (Right; does not say why sums are worse than bytes.)
teach-tiny-part-2-reflection-weak = “Use compression on the radio.” (See the codec in part 1.)

## Part 3

teach-tiny-part-3-reason = Seven layers need 2, 4, … 128 frames of past. Slots of 128 for each are { $truth-reserved } an ear, of which it uses { $truth-share }; ring buffers as long as each layer needs take the rest back: { $truth } more, { $truth-ring } in place of { $truth-slots }. It is the lesson of PagedAttention with another cure: a reply's length is unknown and needs pages, a ring's length is fixed and needs arithmetic.
teach-tiny-part-3-prediction-3 =
    .why = “Twice as many”: half is wasted, by habit.
    .reply = Have them add up 2 + 4 + … + 128 and compare with seven times 128.
teach-tiny-part-3-prediction-13 =
    .why = They divide the whole SRAM by what an ear uses, and forget that the weights lie there too.
    .reply = What else is in the { $fixed-sram_bytes-binary_memory }? Open the memory bars.
teach-tiny-part-3-prediction-22 =
    .why = They read the question as what fits at best, and take half of the bits away as well: that is the passing setting with its { $winning-ears }.
    .reply = A good answer to another question. Which of the two steps loses something, however little?
teach-tiny-part-3-trial-winning = One that passes: rings, half of the bits, isolation less often
    .why = { $winning-ears }, { $winning-energy } for each at the gateway, { $winning-echo }, { $winning-ear } at the ear. Rings, { $winning-dial-state_bits }, isolation for { $winning-isolation } of the day: three changes, each of which is free to the ear or nearly so: no empty buffers, no bits below the noise, no isolating of silence.
teach-tiny-part-3-trial-tempting = The tempting one: half the bits again
    .why = All five lights are green, with { $tempting-ears }. The failure state says what no light measures: the state's own noise is only { $tempting-state_snr_db-number } dB below it, and the wearer hears hiss. Good for a talk about metrics that can be met and missed at once.
teach-tiny-part-3-trial-evict = The greedy one that passes: evict sleeping ears
    .why = { $evict-ears } at { $evict-energy } each. It counts on ears waking independently; when a band begins to play they wake at once, and more than one in a hundred finds no place. Ask for it in the defence: this is the track's tail at scale.
teach-tiny-part-3-trial-wide = Full precision
    .why = { $wide-ears }: twice the state, half the ears, and nothing that anybody hears.
teach-tiny-part-3-trial-deep = One layer more
    .why = { $deep-ears }. A layer doubles the past, and with it the longest buffer.
teach-tiny-part-3-trial-shallow = One layer less
    .why = { $shallow-ears }, and too deaf: { $shallow-past_s-duration } of past. Again no light shows it.
teach-tiny-part-3-trial-patient = A longer window
    .why = { $patient-energy } an ear, a quarter less, and { $patient-echo }: the seesaw of part 1.
teach-tiny-part-3-reflection-model = First I took back what held nothing: slots of the longest layer's size, of which an ear uses { $truth-share }. Rings give the same sound from a quarter of the memory, so the wearer paid nothing. Then half of the bits: the noise lies { $winning-state_snr_db-number } dB below the state, and nobody hears it. Half again would have met every target and hissed. What the wearer did pay is isolation for { $winning-isolation } of the day in place of { $start-isolation }: a detector of 0.14 mW decides when, and when it is wrong a syllable is lost. The power for an ear fell from { $start-energy } to { $winning-energy } and the echo hardly changed. With twice the SRAM I would add one layer: its state doubles, so { $roomy-ears } fit, and they hear { $roomy-past_s-duration } back in place of { $winning-past_s-duration }. More bits would not be heard.
teach-tiny-part-3-reflection-look-for-1 = The memory: reserved buffers that were never used, then bits below what is heard.
teach-tiny-part-3-reflection-look-for-2 = The price for the wearer: nothing for the rings, a noise nobody hears for the bits, and isolation that a detector switches.
teach-tiny-part-3-reflection-look-for-3 = A figure for each.
teach-tiny-part-3-reflection-good = “Rings were free, half of the bits cost a noise { $winning-state_snr_db-number } dB down, and the duty cycle is what the wearer really pays: { $winning-isolation } of the day in place of { $start-isolation }, with a detector that may be late. Twice the SRAM buys one layer at the same number of ears.”
teach-tiny-part-3-reflection-partial = “I used ring buffers and less precision to fit more ears, and the targets are met.” (No price for the wearer.)
teach-tiny-part-3-reflection-weak = “I reduced the memory as much as possible.”
teach-tiny-part-3-defence-model = Neither end of the seesaw: a window of { $p1-winning-dial-batch_window }, where the first milliseconds have saved most of the power and the echo is still under { $limit-echo }. I prioritized responsiveness to the point where the battery lasts a day, and no further. The tail I counted at its worst: capture and radio at their longest, P99 at the gateway; and I refused eviction, because a band that begins to play wakes all ears at once. As for the milliwatt: it is a mean over a day in which isolation is on for { $winning-isolation } of the time, and it holds a filter bank, a radio and a detector. It does not hold the network. That runs in the gateway for another { $winning-energy } an ear. The published hearable does all of it alone for 71.6 mW, with no radio that can fail. Ours is a promise about a hall with a gateway in it.
teach-tiny-part-3-defence-look-for-1 = The choice: a small window, between batching for the battery and none for the ear.
teach-tiny-part-3-defence-look-for-2 = The tail: wearers who wake at once, the P99 of the window, the radio's interval counted at its longest.
teach-tiny-part-3-defence-look-for-3 = What the milliwatt contains: a mean over the day, at { $winning-isolation } duty, with the network elsewhere; what it does not: the gateway's share, and the 71.6 mW that a network on the ear takes.
teach-tiny-part-3-defence-good = “My { $winning-ear } is { $winning-isolation } duty without the network; add the gateway's { $winning-energy } an ear and it is still a tenth of NeuralAids, but only within reach of the gateway.”
teach-tiny-part-3-defence-partial = “I met { $limit-ear } and { $limit-echo } with a window of { $p1-winning-dial-batch_window }.” (True, and says nothing about what the milliwatt contains.)
teach-tiny-part-3-defence-weak = “The targets are all green.”
