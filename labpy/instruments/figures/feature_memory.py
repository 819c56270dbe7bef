"""FeatureMemory: the feature maps that cameras keep, cell by cell, one moment at a time."""

from __future__ import annotations

from labpy.instruments.figures.kv_cache_heatmap import KVCacheHeatmap
from labpy.instruments.telling.feature_memory import FEATURES
from labpy.words import msg


class FeatureMemory(KVCacheHeatmap):
    """The heatmap of a cache, for maps of past frames; `running` counts the cameras."""

    name = "FeatureMemory"
    title = msg("features-title")
    words = FEATURES
