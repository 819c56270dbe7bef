# The memory in which cameras keep feature maps of past frames, shown as a KV cache is.
features-title = The feature memory, cell by cell
features-memory = cells by address
features-held = Feature maps
features-sentence = After { $time } with the { $allocator } allocator, { $held } of the feature memory holds feature maps, { $lost } is taken or stranded and holds nothing, and { $free } is free; { $running ->
    [one] { $running } camera has its memory
   *[other] { $running } cameras have their memory
} and { $waiting ->
    [one] { $waiting } finds no room
   *[other] { $waiting } find no room
}.
features-sentence-empty = The film has no frames, so the feature memory's state is not known.
features-formula = Share of the feature memory that holds feature maps
features-formula-held = memory of feature maps
features-formula-whole = memory of the feature memory
features-formula-numbers = { $held } / { $whole } = { $share }; a cell is { $room } maps of the largest camera, { $cell }
features-formula-source = Slots against pages as in Kwon et al. (2023); the maps' sizes are the mission's
