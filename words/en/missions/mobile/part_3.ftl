# The Memory Wall: the words of missions/mobile/part_3.toml

## The part

mobile-3-title = The Memory Wall
mobile-3-stakeholder-role = CFO

## The prediction

mobile-3-lock-question = If you use PagedAttention to eliminate internal fragmentation, how many more concurrent users can you fit in the 24 GB of a node?
mobile-3-lock-quantity = sessions that fit in pages, as a multiple of those that fit when each reserves the longest context
mobile-3-lock-option-tenth = A tenth more
    .detail = Pages save the odd corner of a block.
mobile-3-lock-option-double = Twice as many
    .detail = A session uses half of what it reserves.
mobile-3-lock-option-four = Four times as many
    .detail = A session uses a quarter of what it reserves.
mobile-3-lock-option-forty = Forty times as many
    .detail = Most sessions are a glance at a sign.

## The dials

mobile-3-knob-sessions = Sessions per node
    .doc = Users who translate at the same moment on one node
mobile-3-knob-block_tokens = Block of the KV cache
    .doc = Fragmentation: room is given out in blocks of so many tokens; the last of a session is part empty
mobile-3-knob-draft_tokens = Drafts on the glasses
    .doc = Tokens that the glasses draft before they ask the node: one start-up for all of them
mobile-3-knob-context_tokens = Context kept
    .doc = Eviction: what a session said before its last so many tokens is dropped

## The lights

mobile-3-target-cost = Cost per user, of the start’s
mobile-3-target-stutter = Captions later than 13 frames
mobile-3-target-power = Compute power at the temple
mobile-3-target-context = Context kept

## What breaks down

mobile-3-failure-memory = Out of memory
    .message = More sessions than the node’s memory holds: the next one is turned away, or another loses its context.
mobile-3-failure-node = The node or the air is full
    .message = Rounds come faster than the node can verify them, or than the air can carry them: the queue grows without end.

## The challenges

mobile-3-challenge-blocks = With the size of a block alone, make room for four times as many sessions.
    .done = { $fits } sessions fit now, and these take { $memory } of the memory: what was full before was mostly promised to tokens that never came.
mobile-3-challenge-drafts = Find the number of drafts with the fewest late captions: one fewer and one more must both be worse.
    .done = { $late } of captions are late here, for { $power_w } at the temple. One more draft costs its time whether it is taken or not.
mobile-3-challenge-walls = Break it two ways.
    .done = Memory fills first when blocks are large; give it room, and the node’s time is the next wall.

## The reflection

mobile-3-reflection-voice = The CFO
mobile-3-reflection-question = You halved the cost of a user. Which memory did I pay for that held nothing, which start-ups did the drafts save, and what would have to change for your drafts to cost me more than they save? Your case: the same users come by wire, with next to no α. Do you still draft?
mobile-3-defence-voice = The Ledger
mobile-3-defence-question = Defend your final Fleet Serving Strategy. Did you prioritize Throughput (Continuous Batching) or Responsiveness (Zero-Batching)? Justify how you solved the Tail at Scale problem.

## Sources

mobile-3-source-1 = Blocks of the KV cache: Kwon et al., Efficient Memory Management for Large Language Model Serving with PagedAttention, SOSP 2023
mobile-3-source-2 = Tokens of a round: Leviathan, Kalman and Matias, Fast Inference from Transformers via Speculative Decoding, ICML 2023
mobile-3-source-3 = The tail: Dean and Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013
