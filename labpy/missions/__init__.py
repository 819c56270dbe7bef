"""Missions: the knobs, limits and targets of `missions/`, with their words from the book."""

from labpy.missions.loader import (
    all_missions,
    load_part,
    load_track,
    missions_root,
    recorded_keys,
    track_keys,
    word_keys,
)
from labpy.missions.records import MissionError, Place, Record, worded
from labpy.missions.schema import (
    Challenge,
    Condition,
    Failure,
    Knob,
    Lock,
    LockOption,
    Part,
    Reading,
    Reflection,
    Source,
    Stakeholder,
    Target,
    Track,
)

__all__ = [
    "Challenge",
    "Condition",
    "Failure",
    "Knob",
    "Lock",
    "LockOption",
    "MissionError",
    "Part",
    "Place",
    "Reading",
    "Record",
    "Reflection",
    "Source",
    "Stakeholder",
    "Target",
    "Track",
    "all_missions",
    "load_part",
    "load_track",
    "missions_root",
    "recorded_keys",
    "track_keys",
    "word_keys",
    "worded",
]
