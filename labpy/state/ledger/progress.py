"""What a ledger says about each track and part: how far it got, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from labpy.missions import Part, Track
from labpy.state.ledger.assigned import Assigned, assigned, only_parts, part_in_force
from labpy.state.ledger.document import Ledger
from labpy.state.ledger.event import Event
from labpy.state.ledger.kinds import WITHOUT_PART
from labpy.state.ledger.quantities import restored

Missions = Sequence[tuple[Track, Sequence[Part]]]

STATES = ("untouched", "predicted", "working", "passed", "checkpointed")
LEAST_LETTERS = 10  # different ones; an assumption: any sentence of a dozen words has more
FIELDS = ("prediction", "outcome", "reflection", "defence", "checkpoint")


@dataclass(frozen=True)
class PartProgress:
    """One part as the ledger has it; None or empty is what it doesn't have.

    `predicted` and `actual` are in the unit of the part's lock, `off_by` is a factor; either may
    be infinite. `early` tells that the reveal was asked for before the targets were met.
    `from_page` tells that most of the reflection stands word for word on the page.
    `deployments` has the data of all deployments, restarts or not; `spent` counts those since the
    last restart. `settings` and `metrics` are those of the last checkpoint, else of the last
    deployment that met the targets, else of the last one. Times are as recorded, in UTC. `mission`
    is None for a part that this version of the lab doesn't have. `missing` has keys of `FIELDS`.
    """

    track: str
    part: int
    mission: Part | None = None
    state: str = "untouched"
    answer: str = ""
    label: str = ""
    confidence: str = ""
    why: str = ""
    predicted: float | None = None
    actual: float | None = None
    off_by: float | None = None
    early: bool = False
    passed: bool = False
    deployments: tuple[dict[str, Any], ...] = ()
    spent: int = 0
    restarts: int = 0
    challenges: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    reflection: str = ""
    from_page: bool = False
    defence: str = ""
    begun_at: str = ""
    passed_at: str = ""
    checkpointed_at: str = ""
    last_at: str = ""
    missing: tuple[str, ...] = ()

    @property
    def targets_missed(self) -> tuple[str, ...]:
        """Keys of the targets that the figures of the settings which count miss."""
        told = {name: restored(value) for name, value in self.metrics.items()}
        return tuple(
            target.key
            for target in (self.mission.targets if self.mission else ())
            if isinstance(told.get(target.metric), int | float)
            and not target.passes(told[target.metric])
        )

    @property
    def unsaved(self) -> tuple[str, ...]:
        """What it misses before a checkpoint could make it complete."""
        return tuple(name for name in self.missing if name != "checkpoint")

    @property
    def minimum_characters(self) -> int:
        """How long the reflection, or the defence where one is asked for, must be."""
        if self.mission is None:
            return 1
        return (self.mission.defence or self.mission.reflection).minimum_characters


@dataclass(frozen=True)
class TrackProgress:
    """One track with its parts in order. `name` is the key if this version has no such track.

    `assigned` is the assignment that the student works on, if any.
    """

    key: str
    name: str
    parts: tuple[PartProgress, ...]
    assigned: Assigned | None = None

    @property
    def begun(self) -> bool:
        """Whether any part of it was touched."""
        return any(part.state != "untouched" for part in self.parts)

    @property
    def complete(self) -> bool:
        """Whether no part of it that is asked for misses a field."""
        asked = only_parts(self.assigned, (part.part for part in self.parts))
        return not any(part.missing for part in self.parts if part.part in asked)


@dataclass(frozen=True)
class Summary:
    """A whole ledger: its tracks in the order of the missions, then any that they don't have."""

    build: str
    identity: str
    name: str
    begun_at: str
    last_at: str
    events: int
    head: str
    tracks: tuple[TrackProgress, ...]

    @property
    def complete(self) -> bool:
        """Whether each assigned track is complete; without assignments, at least one track."""
        if asked := [track.complete for track in self.tracks if track.assigned]:
            return all(asked)
        return any(track.complete for track in self.tracks)

    @property
    def parts(self) -> tuple[PartProgress, ...]:
        """All parts of all tracks."""
        return tuple(part for track in self.tracks for part in track.parts)


def summary(ledger: Ledger, missions: Missions) -> Summary:
    """Say how far each part of each track got.

    Parameters
    ----------
    ledger
        The ledger.
    missions
        The tracks, each with its parts, in the order in which they are to be told.
    """
    places = {(each.track, each.part) for each in ledger.events if each.kind not in WITHOUT_PART}
    tracks = []
    for track, parts in missions:
        known = {part.number: part for part in parts}
        numbers = sorted(known.keys() | {number for key, number in places if key == track.key})
        told = tuple(
            part_progress(ledger, track.key, number, known.get(number)) for number in numbers
        )
        tracks.append(TrackProgress(track.key, track.name, told, assigned(ledger, track.key)))
    foreign = sorted({key for key, _ in places} - {track.key for track, _ in missions})
    for key in foreign:
        numbers = sorted(number for each, number in places if each == key)
        told = tuple(part_progress(ledger, key, number, None) for number in numbers)
        tracks.append(TrackProgress(key, key, told))
    first, last_event = ledger.events[0], ledger.events[-1]
    return Summary(
        build=first.data["build"],
        identity=first.data["identity"],
        name=who(ledger),
        begun_at=first.at,
        last_at=last_event.at,
        events=len(ledger.events),
        head=ledger.head,
        tracks=tuple(tracks),
    )


def who(ledger: Ledger) -> str:
    """Give the name or ID under which a ledger is handed in; "" if its student gave none."""
    named = ledger.latest("named", "", 0)
    return named.data["name"] if named else ""


def part_progress(ledger: Ledger, track: str, number: int, mission: Part | None) -> PartProgress:
    """Tell one part, by the limits in force; a defence stands for the reflection."""
    mission = mission and part_in_force(ledger, mission)
    events = ledger.of(track, number)
    kinds = [event.kind for event in events]
    latest = {event.kind: event for event in events}
    prediction = _data(latest, "predicted")
    reveal = {key: restored(value) for key, value in _data(latest, "revealed").items()}
    final = _final(events)
    progress = PartProgress(
        track=track,
        part=number,
        mission=mission,
        state=_state(events),
        answer=prediction.get("answer", ""),
        label=prediction.get("label", ""),
        confidence=prediction.get("confidence", ""),
        why=prediction.get("why", ""),
        predicted=prediction.get("implies"),
        actual=reveal.get("actual"),
        off_by=reveal.get("off_by"),
        early=reveal.get("early", False),
        passed=any(map(_passes, events)),
        deployments=tuple(event.data for event in events if event.kind == "deployed"),
        spent=_since_restart(kinds).count("deployed"),
        restarts=kinds.count("restarted"),
        challenges=challenges_met(events),
        settings=final.get("settings", {}),
        metrics=final.get("metrics", {}),
        reflection=_data(latest, "reflected").get("text", ""),
        from_page=_data(latest, "reflected").get("from_page", False),
        defence=_data(latest, "defended").get("text", ""),
        begun_at=events[0].at if events else "",
        passed_at=next((event.at for event in events if _passes(event)), ""),
        checkpointed_at=latest["checkpointed"].at if "checkpointed" in latest else "",
        last_at=events[-1].at if events else "",
    )
    return _with_missing(progress)


def challenges_met(events: Sequence[Event]) -> tuple[str, ...]:
    """Give the keys of the challenges that a part's events have, in their order."""
    keys = (event.data["key"] for event in events if event.kind == "challenge")
    return tuple(dict.fromkeys(keys))


def _with_missing(part: PartProgress) -> PartProgress:
    """Add which fields the part still misses."""
    defended = part.mission is not None and part.mission.defence is not None
    text = part.defence if defended else part.reflection
    has = {
        "prediction": part.predicted is not None,
        "outcome": part.actual is not None,
        "defence" if defended else "reflection": says_enough(text, part.minimum_characters),
        "checkpoint": bool(part.checkpointed_at),
    }
    missing = tuple(name for name in FIELDS if not has.get(name, True))
    return PartProgress(**(vars(part) | {"missing": missing}))


def says_enough(text: str, minimum: int) -> bool:
    """Tell whether a text is as long as is asked for, and more than a few letters repeated.

    Parameters
    ----------
    text : as typed.
    minimum : characters that are asked for.
    """
    letters = {letter for letter in text.casefold() if letter.isalnum()}
    return len(text.strip()) >= minimum and len(letters) >= min(LEAST_LETTERS, minimum)


def _data(latest: dict[str, Event], kind: str) -> dict[str, Any]:
    return latest[kind].data if kind in latest else {}


def _passes(event: Event) -> bool:
    return event.kind == "passed" or event.data.get("passed") is True


def _since_restart(kinds: list[str]) -> list[str]:
    return kinds[::-1][: kinds[::-1].index("restarted")] if "restarted" in kinds else kinds


def _state(events: Sequence[Event]) -> str:
    """Give the farthest state that the events reach."""
    kinds = {event.kind for event in events}
    if "checkpointed" in kinds:
        return "checkpointed"
    if any(map(_passes, events)):
        return "passed"
    if kinds - {"predicted"}:
        return "working"
    return "predicted" if kinds else "untouched"


def _final(events: Sequence[Event]) -> dict[str, Any]:
    """Give the data of the event whose settings count as final."""
    for counts in (
        lambda event: event.kind == "checkpointed",
        _passes,
        lambda event: event.kind == "deployed",
    ):
        found = [event.data for event in events if counts(event)]
        if found:
            return found[-1]
    return {}
