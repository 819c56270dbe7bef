"""The open bench's knobs: `missions/fleet/bench.toml`, with their words from the book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from labpy.missions.loader import missions_root, read_toml, recorded_keys
from labpy.missions.records import Place, Record
from labpy.missions.schema import Knob
from labpy.words import language

WHERE = "fleet/bench.toml"
SECOND = "_b"  # ends the keys of the second fleet's knobs


@dataclass(frozen=True)
class Group(Record):
    """Knobs that stand together."""

    key: str
    knobs: tuple[Knob, ...]


@dataclass(frozen=True)
class Bench(Record):
    """The groups of knobs: the first is the fleet's, and a second fleet has it once more."""

    groups: tuple[Group, ...]

    scenario = "bench"  # what a class of states is named by

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """All knobs, in their order."""
        return tuple(knob for group in self.groups for knob in group.knobs)

    @property
    def second(self) -> tuple[Knob, ...]:
        """The knobs of a second fleet."""
        return tuple(replace(knob, key=knob.key + SECOND) for knob in self.groups[0].knobs)

    def knob(self, key: str) -> Knob:
        """Give the knob of that key; KeyError if there is none."""
        return {knob.key: knob for knob in self.knobs}[key]


def load_bench() -> Bench:
    """Load the bench in the language in force."""
    return _bench(language())


@cache
def _bench(_language: str) -> Bench:
    return _read(Place("bench"))


def _read(words: Place) -> Bench:
    return Bench.from_table(read_toml(missions_root() / WHERE), WHERE, words)


def word_keys() -> tuple[str, ...]:
    """List the messages that the bench asks the book for."""
    return recorded_keys(lambda words: _read(words.at("bench")))
