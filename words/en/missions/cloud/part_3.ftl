# The Memory Wall: the words of missions/cloud/part_3.toml

## The part

cloud-3-title = The Memory Wall
cloud-3-stakeholder-role = CFO

## The prediction

cloud-3-lock-question = If you use PagedAttention to eliminate internal fragmentation, how many more concurrent users can you fit in 80 GB of HBM?
cloud-3-lock-quantity = More concurrent users in 80 GB of KV cache

## The dials

cloud-3-knob-fragmentation = Fragmentation
    .doc = Tokens set aside for a request: a maximum, a guess (2ⁿ), or 16 at a time (PagedAttention)
    .choice-reserve_all = 8,192
    .choice-reserve_half = 4,096
    .choice-reserve_quarter = 2,048
    .choice-power_of_two = 2ⁿ
    .choice-paged = Paged
cloud-3-knob-eviction = Eviction policy
    .doc = Whom PagedAttention throws out when a reply needs a block and none is free
    .choice-none = Nobody
    .choice-fifo = Oldest
    .choice-lru = Least recent
    .choice-shortest_remaining = Longest to go
cloud-3-knob-preemption_budget = Preemption budget
    .doc = Replies that a replica admits beyond those that fit if all grow to the maximum
cloud-3-knob-draft_tokens = Speculative decoding
    .doc = Tokens that Llama-3-8B drafts for each step of the 70B model, which agrees with 85% of them; 0 is off

## The lights

cloud-3-target-cost = Cost per user
    .reading = { $value } of the start
cloud-3-target-p99 = P99 reply time
    .reading = { $value } of the start
cloud-3-target-memory = KV cache that holds tokens

## What breaks down

cloud-3-failure-promised = Out of memory, nearly empty
    .message = Requests are turned away for want of memory, and less than a quarter of the KV cache holds a token. The rest is promised to replies that will hardly ever grow so long.
cloud-3-failure-cut = Replies are cut off
    .message = The maximum is now shorter than some conversations: more than one reply in a hundred ends in the middle of a sentence.
cloud-3-failure-aborted = Replies stall for good
    .message = Every running reply needs a block, none is free and nobody may be thrown out. Replies are aborted half-way to free the rest.
cloud-3-failure-thrashing = Thrashing
    .message = More than a twentieth of the GPUs' time goes into computing again what was thrown out a moment ago.

## The challenges

cloud-3-challenge-pages = Fill two and a half times as much of the cache with tokens as at the start, and cut no reply short.
    .done = { $token_fraction } of the cache holds tokens, and a token costs { $cost_ratio } of what it did: the memory was there, it was promised.
cloud-3-challenge-drafts = Find how many drafted tokens are enough: two fewer and two more must both be slower at P99.
    .done = P99 is { $p99_ratio } of the start’s here. Fewer drafts leave reads of the weights unused; more are mostly thrown away.
cloud-3-challenge-walls = Break it three ways.
    .done = Memory can be promised and left empty, replies can be cut short, and a cache can be so full that it is busy throwing out.

## The reflection

cloud-3-reflection-voice = The CFO
cloud-3-reflection-question = The cost per user is down by half. Which of your three dials paid for it, and what would you give back first if P99 got worse? Your case: the traffic changes and acceptance falls to 0.6, so that a step with two drafts brings two tokens in place of 2.6. What do you turn first, and can both promises still be kept?
cloud-3-defence-voice = The Ledger
cloud-3-defence-question = Defend your final Fleet Serving Strategy. Did you prioritize Throughput (Continuous Batching) or Responsiveness (Zero-Batching)? Justify how you solved the Tail at Scale problem.

## Sources

cloud-3-source-1 = PagedAttention: Kwon et al., Efficient Memory Management for Large Language Model Serving with PagedAttention, SOSP 2023
cloud-3-source-2 = Speculative decoding: Leviathan et al., Fast Inference from Transformers via Speculative Decoding, ICML 2023
cloud-3-source-3 = Tail latency: Dean and Barroso, The Tail at Scale, Communications of the ACM, 2013
