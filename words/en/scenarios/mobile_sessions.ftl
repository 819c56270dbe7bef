mobile-sessions-budget = Memory of the node
mobile-sessions-wall = The memory is full at { $fits ->
    [one] { $fits } session
   *[other] { $fits } sessions
}.
mobile-sessions-memory = Memory
mobile-sessions-weights = Weights
mobile-sessions-activations = Activations
mobile-sessions-tokens = Sessions’ tokens
mobile-sessions-held = Held, not used
mobile-sessions-free = Free
mobile-sessions-source = Kwon et al., PagedAttention (2023), for what a session holds beyond its tokens
mobile-sessions-fit = { $fits } fit; node { $share } busy, { $batch } in a batch
mobile-sessions-room = { $mean } tokens hold room for { $room }
mobile-sessions-rounds = { $drafts ->
    [0] { $rounds } α a caption, each drafts nothing
   *[other] { $rounds } α a caption, each drafts { $takes }
}
# $time: how long the text that is kept took to speak.
mobile-sessions-text = { $time } of text
mobile-sessions-truth = The node holds { $whole } sessions when each reserves { $longest } tokens, and { $paged } in blocks of 16: on average it holds { $mean } tokens.
