"""FeatureMemory: the feature maps that cameras keep, cell by cell, one moment at a time."""

from __future__ import annotations

from labpy.instruments.kv_cache_heatmap import CacheFilm, KVCacheHeatmap, MemoryWords
from labpy.instruments.units import seconds


class FeatureMemory(KVCacheHeatmap):
    """The heatmap of a cache, for maps of past frames; `running` counts the cameras."""

    name = "FeatureMemory"
    title = "The feature memory, cell by cell"
    words = MemoryWords(
        memory="Feature memory",
        short="feature memory",
        held="feature maps",
        room="maps of the largest camera",
        source="Slots against pages as in Kwon et al. (2023); the maps' sizes are the mission's",
    )

    def _status(self, film: CacheFilm, frame: int) -> str:
        return f"{seconds(float(film.time_s[frame]), 2)} after the start"

    def _activity(self, film: CacheFilm, frame: int) -> str:
        cameras, without = int(film.running[frame]), int(film.waiting[frame])
        return f"{cameras} cameras have their memory and {without} find no room"
