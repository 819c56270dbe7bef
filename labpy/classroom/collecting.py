"""Turns what was found in a folder into the rows of one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from labpy.classroom.copies import same_as
from labpy.classroom.finding import Found
from labpy.classroom.judging import judge
from labpy.classroom.replay import Replay, replay
from labpy.state.ledger import (
    Assigned,
    Ledger,
    PartProgress,
    Summary,
    summary,
)
from labpy.state.ledger.event import read_time
from labpy.state.ledger.progress import Missions
from labpy.state.ledger.table import rows, write_csv

TEXTS = ("reflection", "defence")
COLUMNS = (
    "file",
    "name",
    "chain",
    "replay",
    "problem",
    "same_as",
    "complete",
    "track",
    "part",
    "title",
    "state",
    "prediction",
    "confidence",
    "why",
    "predicted",
    "actual",
    "off_by",
    "early_reveal",
    "unit",
    "passed",
    "targets_missed",
    "deployments",
    "deployments_to_pass",
    "restarts",
    "challenges",
    "settings",
    "metrics",
    "reflection_characters",
    "reflection_from_page",
    "defence_characters",
    "begun_at",
    "passed_at",
    "checkpointed_at",
    "last_at",
    "minutes",
    "missing",
    "assignment",
    "limits",
    "due",
    "late",
    "ledger",
    "events",
    "build",
    "head",
)
ID_DIGITS = 12  # of the first entry's hash, which all states of one ledger share


@dataclass
class Collected:
    """What a folder held.

    Parameters
    ----------
    rows : list of dict
        The table's rows, keyed by `COLUMNS` and `TEXTS`.
    ledgers : int
        How many files were ledgers whose chain holds.
    bad : list of (str, str)
        The other files, each with the reason.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    ledgers: int = 0
    bad: list[tuple[str, str]] = field(default_factory=list)

    def to_csv(self, texts: bool = False) -> bytes:
        """Write the table for a spreadsheet: UTF-8 with a mark, no cell that is a formula.

        Parameters
        ----------
        texts : bool
            Whether reflections and defences follow in full, in two more columns.
        """
        columns, table = self.table(texts)
        return write_csv(columns, table).encode("utf-8-sig")

    def table(self, texts: bool = False) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
        """Give the columns, and the rows with each of them."""
        columns = COLUMNS + (TEXTS if texts else ())
        blank = dict.fromkeys(columns)
        return columns, [{key: (blank | row)[key] for key in columns} for row in self.rows]


@dataclass(frozen=True)
class Handed:
    """One file that was handed in.

    Attributes
    ----------
    file : its path.
    chain : "holds", "broken", "against-the-rules" or "not-read".
    problem : why it was refused; "" if it was not.
    ledger, replay : what it holds, and what came of computing it anew; None if it was refused.
    """

    file: str
    chain: str
    problem: str = ""
    ledger: Ledger | None = None
    replay: Replay | None = None


def hand_in(found: Found, build: str | None = None) -> Handed:
    """Read one file, and compute anew what it tells; `build` is this lab's, if it is known."""
    chain, result = judge(found)
    if isinstance(result, Ledger):
        return Handed(found.name, chain, ledger=result, replay=replay(result, build))
    return Handed(found.name, chain, problem=result)


def collect(found: Iterable[Found], missions: Missions) -> Collected:
    """Read each file, and tell each part that a student began in a row of its own.

    Parameters
    ----------
    found : iterable of Found
        The files.
    missions : sequence of (Track, sequence of Part)
        What the parts are called, and what each asks for.
    """
    return collected([hand_in(each) for each in found], missions)


def collected(handed: Iterable[Handed], missions: Missions) -> Collected:
    """Make one table of what was handed in.

    A file that is no ledger, or one whose chain doesn't hold, has one row with the reason.
    """
    files = {each.file: each for each in handed}  # of two with one path, the later counts
    ledgers = {name: each.ledger for name, each in files.items() if each.ledger}
    notes = same_as(ledgers)
    told = Collected(ledgers=len(ledgers))
    for name in sorted(files):
        each = files[name]
        if each.ledger and each.replay:
            head = {"file": name, "chain": each.chain, "replay": each.replay.verdict}
            head["same_as"] = notes[name]
            told.rows += [head | row for row in _ledger_rows(each.ledger, missions)]
        else:
            told.bad.append((name, each.problem))
            told.rows.append({"file": name, "chain": each.chain, "problem": each.problem})
    return told


def _ledger_rows(ledger: Ledger, missions: Missions) -> list[dict[str, Any]]:
    told = summary(ledger, missions)
    whole = {
        "complete": told.complete,
        "ledger": ledger.events[0].hash[:ID_DIGITS],
        "events": told.events,
        "build": told.build,
        "head": told.head,
    }
    asked = {track.key: track.assigned for track in told.tracks}
    begun = [
        row | _more(part) | _assigned(part, asked[part.track])
        for row, part in zip(rows(ledger, missions), told.parts, strict=True)
        if part.state != "untouched"
    ]
    return [row | whole for row in begun or [_nothing_begun(told)]]


def _nothing_begun(told: Summary) -> dict[str, Any]:
    return {
        "name": told.name,
        "state": "untouched",
        "begun_at": told.begun_at,
        "last_at": told.last_at,
    }


def _more(part: PartProgress) -> dict[str, Any]:
    passes = [each["passed"] for each in part.deployments]
    return {
        "targets_missed": "; ".join(part.targets_missed),
        "deployments_to_pass": passes.index(True) + 1 if True in passes else None,
        "reflection_characters": len(part.reflection.strip()),
        "reflection_from_page": part.from_page,
        "defence_characters": len(part.defence.strip()),
        "minutes": minutes(part),
    }


def _assigned(part: PartProgress, told: Assigned | None) -> dict[str, Any]:
    """Tell a part of an assignment: its limits, and whether it was late; else nothing."""
    if told is None or part.part not in told.parts:
        return {}
    limits = told.limits.get(part.part, ())
    return {
        "assignment": told.code,
        "limits": "; ".join(f"{key}={value:g}" for key, value in limits),
        "due": told.due,
        "late": told.missed(part.checkpointed_at) if told.due and part.checkpointed_at else None,
    }


def minutes(part: PartProgress) -> float:
    """Give the minutes from a part's first entry to its last, pauses included."""
    spent = read_time(part.last_at) - read_time(part.begun_at)
    return round(spent.total_seconds() / 60, 1)
