"""The rubric: its rows with their points, and the words of each level.

Its file is ``missions/teach/rubric.toml``, which no student's archive has.
"""

from __future__ import annotations

from dataclasses import dataclass

from labpy.missions import Place, Record, missions_root, worded
from labpy.missions.loader import read_toml

FILE = "teach/rubric.toml"


@dataclass(frozen=True)
class Criterion(Record):
    """One row of the rubric."""

    key: str
    points: int
    name: str = worded()
    looks_at: str = worded(".looks-at")
    good: str = worded(".good")
    partial: str = worded(".partial")
    weak: str = worded(".weak")


@dataclass(frozen=True)
class Rubric(Record):
    """The whole rubric: what is said before it, its rows, and how points become a mark."""

    criteria: tuple[Criterion, ...]
    introduction: str = worded("-introduction")
    marking: str = worded("-marking")

    def row(self, key: str) -> Criterion:
        """Give a row by its key; KeyError if there is none."""
        return {each.key: each for each in self.criteria}[key]


def load_rubric(words: Place | None = None) -> Rubric:
    """Read the rubric in the language in force; MissionError says what is wrong with its file."""
    return Rubric.from_table(read_toml(missions_root() / FILE), FILE, words or Place("rubric"))
