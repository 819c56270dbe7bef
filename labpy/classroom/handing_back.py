"""Whose a hand-in is in Moodle, Canvas or Blackboard, and how points and files go back there.

Each system names what it hands out by its own rule, and takes back what keeps that name. Tables of
grades are not made here: a copy of the one that the system gave is filled in, since only it knows
its columns. ``docs/marking.md`` has the sources.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from labpy.words import Message, msg, say

# Moodle: fullname_participant_assignsubmission_file_, a folder or the beginning of a name.
_MOODLE = re.compile(r"(?P<prefix>[^/]*?_(?P<id>\d+)_assignsubmission_[a-z]+)_?(?=/|[^/]*\Z)")
# Canvas: lastfirst_[LATE_]user_attachment_name.
_CANVAS = re.compile(r"(?P<prefix>[^/_]+(?:_[A-Za-z]+)*_(?P<id>\d+)_\d+)_[^/]+\Z")
# Blackboard: assignment_username_attempt_date_name.
_BLACKBOARD = re.compile(
    r"(?P<prefix>[^/]*_(?P<id>[^/_]+)_attempt_\d{4}(?:-\d\d){5})(?:_|\.)[^/]*\Z"
)


class WorksheetError(ValueError):
    """A table of grades that can't be filled in; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(say(message))
        self.message = message


@dataclass(frozen=True)
class Owner:
    """Whose a file is: the system's name ("" if none is known), the ID there, the file's prefix."""

    system: str = ""
    id: str = ""
    prefix: str = ""


def owner(name: str) -> Owner:
    """Read from a file's path whose it is.

    Examples
    --------
    >>> owner("hw.zip/Ana Ant_4711_assignsubmission_file_/ledger.json")
    Owner(system='moodle', id='4711', prefix='Ana Ant_4711_assignsubmission_file')
    >>> owner("antana_LATE_81_902_ledger-1.json").id
    '81'
    >>> owner("Lab_aa17_attempt_2026-03-02-09-30-00_ledger.json").id
    'aa17'
    """
    patterns = {"moodle": _MOODLE, "canvas": _CANVAS, "blackboard": _BLACKBOARD}
    for system, pattern in patterns.items():
        if found := pattern.search(name):
            return Owner(system, found["id"], found["prefix"])
    return Owner()


def feedback_name(name: str, track: str) -> str:
    """Name the feedback on a file so that its system knows whose it is.

    Examples
    --------
    >>> feedback_name("Ana Ant_4711_assignsubmission_file_/ledger.json", "cloud")
    'Ana Ant_4711_assignsubmission_file_feedback-cloud.html'
    >>> feedback_name("antana_81_902_ledger.json", "cloud")
    'antana_81_902_feedback-cloud.html'
    """
    prefix = owner(name).prefix or re.sub(r"[^\w .-]+", "_", name.rpartition(".")[0])
    return f"{prefix.lstrip('.')}_feedback-{track}.html"


# ---- Tables of grades ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """What goes back to one student: points in all (None while open), and the comment."""

    points: int | None
    comment: str = ""


@dataclass(frozen=True)
class Filled:
    """A worksheet with points: its bytes, how many rows were filled, IDs that stand in no row."""

    data: bytes
    rows: int
    left: tuple[str, ...]


_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@cache
def _systems() -> dict[str, dict[str, Any]]:
    """Read how each system names its columns."""
    text = Path(__file__).with_name("worksheets.toml").read_text("utf-8")
    return tomllib.loads(text)


def fill_worksheet(data: bytes, given: Mapping[str, Given], column: str = "") -> Filled:
    """Write points and comments into a copy of the table that a system gave.

    Parameters
    ----------
    data : the table: comma- or tab-separated, UTF-8 or UTF-16.
    given : by the ID in the system; points that are open leave their cell as it is.
    column : the column for the points; "" if the table has only one that can take them.

    Raises
    ------
    WorksheetError
        If it is no such table, or the column is not named and can't be told.
    """
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise WorksheetError(msg("mark-unreadable")) from None
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    head = [each.strip() for each in table[0]] if table else []
    system = next(
        (each for each in _systems().values() if _has(head, each["known"]) is not None), None
    )
    if system is None:
        known = [name for each in _systems().values() for name in each["known"]]
        raise WorksheetError(msg("mark-no-columns", columns=", ".join(known)))
    points = head.index(_points_column(system, head, column))
    key, comment = _has(head, system["whose"]), _has(head, system["comment"])
    if key is None:
        raise WorksheetError(msg("mark-no-columns", columns=", ".join(system["whose"])))
    filled = set()
    for row in table[1:]:
        who = row[key].rpartition(" ")[2] if len(row) > max(key, points) else ""
        if who not in given:
            continue
        filled.add(who)
        if given[who].points is not None:
            row[points] = str(given[who].points)
        if comment is not None and given[who].comment and len(row) > comment:
            row[comment] = given[who].comment
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    left = tuple(sorted(given.keys() - filled))
    return Filled(out.getvalue().encode(encoding), len(filled), left)


def _has(head: list[str], names: list[str]) -> int | None:
    """Give the place of the first column of these names, or None."""
    return next((head.index(each) for each in names if each in head), None)


def _points_column(system: Mapping[str, Any], head: list[str], column: str) -> str:
    """Tell which column takes the points: the one asked for, or the only one that can."""
    can = [each for each in head if re.fullmatch(system["points"], each)]
    if column in head:
        return column
    if column or len(can) != 1:
        raise WorksheetError(msg("mark-which-column", columns=", ".join(can)))
    return can[0]
