"""The words of a memory of feature maps, which is shown as a KV cache is."""

from __future__ import annotations

from labpy.instruments.telling.kv_cache_heatmap import MemoryWords
from labpy.words import msg

FEATURES = MemoryWords(
    memory=msg("features-memory"),
    held=msg("features-held"),
    sentence="features-sentence",
    empty=msg("features-sentence-empty"),
    formula=msg("features-formula"),
    formula_held=msg("features-formula-held"),
    formula_whole=msg("features-formula-whole"),
    numbers="features-formula-numbers",
    source=msg("features-formula-source"),
)
