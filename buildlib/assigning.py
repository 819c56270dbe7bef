"""What a teacher may assign: the limits that each target may have, and how each is said."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from buildlib.paths import TEACHERS_FOLDER
from labpy.missions import (
    Part,
    Place,
    Record,
    Target,
    Track,
    all_missions,
    allowed_limits,
    load_part,
    load_track,
    missions_root,
    track_keys,
)
from labpy.missions.loader import read_toml
from labpy.scenarios import kept_scenario
from labpy.words import bare, say

MARGIN = 0.02  # of a limit that is assigned: the room that a passing setting must leave


def assignable(tracks: Iterable[Track]) -> dict[str, Any]:
    """Return for each track its parts with the targets whose limits may be set.

    A value is four texts: in the link, as the light says it, as a text quotes it and without its
    unit, the last only where it differs; `own` is the one that the lab itself sets.
    """
    return {
        track.key: {
            "name": track.name,
            "parts": {str(n): _part(load_part(track.key, n)) for n in track.parts},
        }
        for track in tracks
    }


def _part(part: Part) -> dict[str, Any]:
    targets = {each.key: _target(part, each) for each in part.targets if each.assignable}
    return {"title": part.title, "targets": targets}


def _target(part: Part, target: Target) -> dict[str, Any]:
    allowed = allowed_limits(target)
    own = next(text for text, value in allowed.items() if value == target.limit)
    return {
        "label": target.label,
        "own": own,
        "values": [_value(part, target.key, text, value) for text, value in allowed.items()],
    }


def _value(part: Part, key: str, text: str, limit: float) -> list[str]:
    (target,) = (
        each
        for each in load_part(part.track, part.number, ((key, limit),)).targets
        if each.key == key
    )
    said, number = say(target.quoted), bare(target.quoted)
    return [text, say(target.bound), said, *([number] if number != said else [])]


# ---- For the page that makes assignments ------------------------------------------------------


@dataclass(frozen=True)
class Passing(Record):
    """A setting that passes, whose figures prove that limits can be met together."""

    track: str
    part: int
    settings: dict[str, Any]


@dataclass(frozen=True)
class Proofs(Record):
    """All settings of ``missions/teach/assignable.toml``."""

    passing: tuple[Passing, ...]


def proofs() -> tuple[Passing, ...]:
    """Load the settings that pass."""
    where = f"{TEACHERS_FOLDER}/assignable.toml"
    return Proofs.from_table(read_toml(missions_root() / where), where, Place("")).passing


@dataclass(frozen=True)
class Tried:
    """What the models make of a setting: each target's reading, and whether nothing fails."""

    metrics: dict[str, float]
    sound: bool

    def meets(self, targets: Iterable[Target]) -> bool:
        """Tell whether it meets each target, a limit of an assignment not by a hair's breadth."""
        return self.sound and all(_clears(each, self.metrics[each.key]) for each in targets)

    def misses(self, targets: Iterable[Target]) -> bool:
        """Tell whether it fails, and not by a hair's breadth."""
        return not self.sound or any(
            not each.passes(_nearer(each, self.metrics[each.key])) for each in targets
        )


def _clears(target: Target, value: float) -> bool:
    """Tell whether a reading meets a limit with room; what a dial sets exactly may equal it."""
    if math.isclose(value, target.limit, rel_tol=1e-9):
        return True
    room = 1 + MARGIN if target.sense == "at_most" else 1 - MARGIN
    return target.passes(value * room)


def _nearer(target: Target, value: float) -> float:
    return value * (1 - MARGIN if target.sense == "at_most" else 1 + MARGIN)


def tried(part: Part, settings: dict[str, Any]) -> Tried:
    """Evaluate a setting by a part's own models."""
    outcome = kept_scenario(part).quickly(settings)
    metrics = {each.key: float(outcome.metrics[each.metric]) for each in part.targets}
    return Tried(metrics, not outcome.failures(part))


def checks() -> dict[str, Any]:
    """Return for each track what is assignable, and what proves that it can be met and missed.

    Beside `assignable`: of each part the `targets` in order with their sense and limit, and the
    readings of settings that pass, of the start and of the tempting one; `null` for no end.
    """
    found = assignable(map(load_track, track_keys()))
    for track, told in found.items():
        for number, about in told["parts"].items():
            part = load_part(track, int(number))
            passing = [
                each.settings
                for each in proofs()
                if (each.track, each.part) == (track, part.number)
            ]
            about["lights"] = [
                [each.key, each.sense, each.limit, each.label] for each in part.targets
            ]
            about["passing"] = [_row(part, each) for each in passing]
            about["failing"] = [_row(part, each) for each in (part.start(), part.tempting)]
    return found


def page() -> dict[str, Any]:
    """Return what the page that makes assignments checks by: the `checks` of all `tracks`, and the
    `room` that a limit has to leave."""
    return {"room": MARGIN, "tracks": checks()}


def _row(part: Part, settings: dict[str, Any]) -> dict[str, Any]:
    told = tried(part, settings)
    finite = {key: v if math.isfinite(v) else None for key, v in told.metrics.items()}
    return {"metrics": finite, "sound": told.sound}


# ---- For the page of peer instruction ---------------------------------------------------------


def locks() -> list[dict[str, Any]]:
    """Return each part's lock as a presenter shows it; nothing of it says which answer is right."""
    return [
        {
            "track": track.key,
            "name": track.name,
            "part": part.number,
            "title": part.title,
            "question": part.lock.question,
            "quantity": part.lock.quantity_label,
            "options": [
                {
                    "key": each.key,
                    "label": each.label,
                    "says": say(part.lock.predicted(each.implies)),
                }
                for each in part.lock.options
            ],
            "number": [part.lock.lowest, part.lock.highest] if part.lock.kind == "number" else None,
            "pattern": part.lock.pattern("{}", 2) if part.lock.kind == "number" else "",
        }
        for track, parts in all_missions()
        for part in parts
    ]
