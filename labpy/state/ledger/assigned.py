"""The assignments that a ledger holds: for each track the last that its student opened."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from labpy.missions import Assignment, Limits, MissionError, Part, load_part
from labpy.state.ledger.document import Ledger
from labpy.state.ledger.event import Event

_LIMIT = re.compile(r"part_([1-9][0-9]?)_([a-z][a-z_]*)\Z")


@dataclass(frozen=True)
class Assigned:
    """An assignment as a ledger has it.

    Attributes
    ----------
    code : what stood in the link.
    track : key of the track.
    parts : numbers of the parts that are asked for.
    due : the end as ISO time in UTC, or "".
    limits : this student's limits, by part.
    """

    code: str
    track: str
    parts: tuple[int, ...]
    due: str = ""
    limits: dict[int, Limits] = field(default_factory=dict)

    def missed(self, at: str) -> bool:
        """Tell whether a time, as ledgers write it, comes after the end."""
        return bool(self.due and at) and at[:16] >= self.due[:16]


def data_of(assignment: Assignment, identity: str) -> dict[str, Any]:
    """Give what an event holds of an assignment; `identity` is the ledger's."""
    limits = assignment.drawn(identity)
    return {
        "code": assignment.code,
        "track": assignment.track,
        "parts": ".".join(map(str, assignment.parts)),
        "due": assignment.due,
        "limits": {
            f"part_{number}_{key}": value
            for number, pairs in limits.items()
            for key, value in pairs
        },
    }


def identity_of(ledger: Ledger) -> str:
    """Give what tells a ledger from others, from which its limits are drawn."""
    return str(ledger.events[0].data["identity"])


def assigned(ledger: Ledger, track: str) -> Assigned | None:
    """Give the assignment in force on a track, or None."""
    return in_force(ledger.events, track)


def in_force(events: Iterable[Event], track: str) -> Assigned | None:
    """Give what the last of some events that assigns a track says; None if none does."""
    found = [e.data for e in events if e.kind == "assigned" and e.data["track"] == track]
    return read_data(found[-1]) if found else None


def read_data(data: dict[str, Any]) -> Assigned:
    """Read the data of an event; what is of no form that this version knows is left out."""
    parts = tuple(int(each) for each in data["parts"].split(".") if each.isdigit())
    limits: dict[int, Limits] = {}
    for name, value in data["limits"].items():
        if (found := _LIMIT.match(name)) and type(value) in (int, float):
            number = int(found[1])
            limits[number] = tuple(sorted((*limits.get(number, ()), (found[2], float(value)))))
    return Assigned(data["code"], data["track"], parts, data["due"], limits)


def part_in_force(ledger: Ledger, part: Part) -> Part:
    """Give a part with the limits that are in force in a ledger."""
    return with_limits_of(assigned(ledger, part.track), part)


def with_limits_of(told: Assigned | None, part: Part) -> Part:
    """Give a part with an assignment's limits; as it is where this version has no such target."""
    if told is None or part.number not in told.limits:
        return part
    try:
        return load_part(part.track, part.number, told.limits[part.number])
    except MissionError:
        return part


def only_parts(told: Assigned | None, numbers: Iterable[int]) -> tuple[int, ...]:
    """Give those of a track's parts that are asked for: all without an assignment."""
    return tuple(each for each in numbers if told is None or each in told.parts)
