# Short derivations in the Math Peek.

derived-kv = KV cache that one token takes
derived-kv-numbers = A key and a value (2) × { $layers } layers × { $heads } KV heads × { $size } numbers × { $bytes ->
    [one] { $bytes } byte
   *[other] { $bytes } bytes
} = { $memory }
derived-kv-source = The model’s published shape; heads that share keys and values count once
derived-round = Tokens that a round of speculation brings
# $tokens with so many drafts, $further with one more.
derived-round-numbers = A draft counts only if all before it are right, each with a = { $share }; one more token always comes from the large model. With k = { $drafts } drafts: { $tokens }; with one more draft: { $further }
derived-round-source = Leviathan, Kalman, Matias (2023), if each draft is right with the same probability
derived-million = Cost of a million tokens
# The unit of time in the formula.
derived-second = s
derived-million-numbers = p = { $price } an hour; { $share } of { $rate } make { $millions } million tokens an hour; so { $cost }
derived-million-none = Nothing is served, so no price can be named
derived-million-source = The price is an assumption, the rate is the model’s; nothing else is counted
derived-knee = The knee: one per cent more load costs one per cent of latency
derived-knee-numbers = Here at { $rate }, { $share } of the capacity. For M/M/1, R = S / (1 − ρ), the slope is ρ / (1 − ρ), which is 1 at { $half }: who batches reaches it later
derived-knee-source = Kleinrock (1979): the load at which load divided by latency is highest
