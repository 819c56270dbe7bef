# The memory of a KV cache by state, one frame at a time.
heatmap-title = The KV cache, cell by cell
heatmap-memory = cells by address
heatmap-held = Token states
heatmap-free = Free
heatmap-reserved = Reserved
heatmap-internal = Internal fragmentation
    .short = Internal frag.
heatmap-external = External fragmentation
    .short = External frag.
heatmap-time = Time
heatmap-swatch = { $state } { $share }
# { $allocator } is such as "contiguous".
heatmap-sentence = After { $time } with the { $allocator } allocator, { $held } of the cache holds token states, { $lost } is taken or stranded and holds nothing, and { $free } is free; { $running ->
    [one] { $running } request runs
   *[other] { $running } requests run
} and { $waiting ->
    [one] { $waiting } waits
   *[other] { $waiting } wait
}, and the whole run has { $preemptions ->
    [one] { $preemptions } preemption
   *[other] { $preemptions } preemptions
}.
# A sentence and one more.
heatmap-noted = { $said } { $note }
heatmap-sentence-empty = The film has no frames, so the cache's state is not known.
heatmap-table = Cells by state, frame { $frame } of { $frames }
heatmap-table-empty = Cells by state
heatmap-column-state = State
heatmap-column-cells = Cells
heatmap-column-share = Share
heatmap-column-memory = Memory
heatmap-formula = Share of the cache that holds token states
heatmap-formula-held = memory of token states
heatmap-formula-whole = memory of the cache
# { $room } is the tokens that a cell has room for, { $cell } its memory.
heatmap-formula-numbers = { $held } / { $whole } = { $share }; a cell is { $room } tokens, { $cell }
heatmap-formula-source = Kwon et al., Efficient Memory Management for LLM Serving with PagedAttention (2023): 20.4% to 38.2% in the systems before, 96.3% paged
