"""Missions: the words, knobs, limits and targets of `missions/`, read and checked."""

from labpy.missions.loader import all_missions, load_part, load_track, missions_root, track_keys
from labpy.missions.schema import (
    Failure,
    Knob,
    Lock,
    LockOption,
    MissionError,
    Part,
    Reading,
    Reflection,
    Source,
    Stakeholder,
    Target,
    Track,
)

__all__ = [
    "Failure",
    "Knob",
    "Lock",
    "LockOption",
    "MissionError",
    "Part",
    "Reading",
    "Reflection",
    "Source",
    "Stakeholder",
    "Target",
    "Track",
    "all_missions",
    "load_part",
    "load_track",
    "missions_root",
    "track_keys",
]
