"""Prove the limits that a teacher may assign: ``uv run python -m tools.assignable [TRACK-N …]``.

For each limit a mission calls `assignable`, some setting has to pass with it and with room, and the
start and the tempting one have to fail. What ``missions/teach/assignable.toml`` has and what still
proves something stays; what is lacking is searched for, and the file is written anew. What can't be
proven is said, and the exit code is 1. A test holds the file to what this writes.
"""

from __future__ import annotations

import heapq
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from buildlib.assigning import MARGIN, Passing, Tried, proofs, tried
from buildlib.paths import TEACHERS_FOLDER
from labpy.app.hints import tried as values_beside
from labpy.missions import Part, Target, all_missions, allowed_limits, missions_root

FILE = missions_root() / TEACHERS_FOLDER / "assignable.toml"
HEAD = """\
# Settings that pass, found by `uv run python -m tools.assignable`: with them the page that makes
# assignments proves that limits can be met together. tests/scenarios/test_assignable.py holds each
# to the models.
"""
MOST = 600  # settings that are tried for one limit

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Goal:
    """A limit to prove: the part's targets, of which the one named `key` has it."""

    key: str
    limit: float
    targets: tuple[Target, ...]

    def lacks(self, found: Tried) -> float:
        """Give how far a setting is from proving it, in shares of the limits; 0 if it does."""
        if not found.sound:
            return math.inf
        own = [each for each in self.targets if each.key == self.key]
        others = [each for each in self.targets if each.key != self.key]
        missed = [_lack(each, found.metrics[each.key], 0) for each in others]
        if not found.meets(own):
            missed += [_lack(each, found.metrics[each.key], MARGIN) + 1e-9 for each in own]
        return sum(missed)


def _lack(target: Target, value: float, room: float) -> float:
    """Give how far a reading misses a limit less its room, as a share of the limit."""
    scale = abs(target.limit) or 1.0
    over = value - target.limit if target.sense == "at_most" else target.limit - value
    lack = max(0.0, over / scale + room)
    return lack if math.isfinite(lack) else math.inf


def goals(part: Part) -> tuple[Goal, ...]:
    """List every limit that may be assigned and is not the part's own."""
    return tuple(
        Goal(target.key, limit, tuple(_limited(each, target, limit) for each in part.targets))
        for target in part.targets
        for limit in allowed_limits(target).values()
        if limit != target.limit
    )


def _limited(each: Target, target: Target, limit: float) -> Target:
    return replace(each, limit=limit) if each is target else each


class Bench:
    """Evaluates settings of one part, each once."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._known: dict[tuple[Any, ...], Tried] = {}

    def of(self, settings: Settings) -> Tried:
        """Evaluate a setting by the part's own models."""
        key = tuple(settings[knob.key] for knob in self.part.knobs)
        if key not in self._known:
            self._known[key] = tried(self.part, dict(settings))
        return self._known[key]

    def beside(self, settings: Settings) -> Iterator[dict[str, Any]]:
        """Give the settings that are one dial away, by a short or a long step."""
        for knob in self.part.knobs:
            for value in values_beside(knob, settings[knob.key]):
                yield {**settings, knob.key: value}


def search(bench: Bench, goal: Goal, begin: Iterable[Settings], most: int = MOST) -> Any:
    """Walk from settings towards one that proves a limit, the nearest first; None if none comes."""
    order, seen, tries = count(), set(), 0
    line = [(goal.lacks(bench.of(each)), next(order), dict(each)) for each in begin]
    heapq.heapify(line)
    while line and tries < most:
        lack, _, here = heapq.heappop(line)
        if lack == 0:
            return here
        for each in bench.beside(here):
            key = tuple(each.values())
            if key not in seen:
                seen.add(key)
                tries += 1
                heapq.heappush(line, (goal.lacks(bench.of(each)), next(order), each))
    return None


def prove(part: Part, known: Sequence[Settings]) -> tuple[list[Settings], list[Goal]]:
    """Prove a part's limits: give the settings that do, and the limits that are not proven."""
    bench, wanted = Bench(part), goals(part)
    kept = [each for each in known if any(goal.lacks(bench.of(each)) == 0 for goal in wanted)]
    unproven = []
    for goal in wanted:
        if any(goal.lacks(bench.of(each)) == 0 for each in kept):
            continue
        found = search(bench, goal, [part.winning, *kept])
        if found is None:
            unproven.append(goal)
        else:
            kept.append(found)
    failing = [bench.of(each) for each in (part.start(), part.tempting)]
    unproven += [g for g in wanted if not all(each.misses(g.targets) for each in failing)]
    return kept, unproven


def write(found: Iterable[Passing]) -> str:
    """Write the file."""
    return HEAD + "".join(
        f'\n[[passing]]\ntrack = "{each.track}"\npart = {each.part}\nsettings = {{ '
        + ", ".join(f"{key} = {_toml(value)}" for key, value in each.settings.items())
        + " }\n"
        for each in found
    )


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else repr(value)


def main(arguments: Sequence[str]) -> int:
    """Prove the limits of the parts that are named, of all if none is; give the exit code."""
    told: list[Passing] = []
    failed = 0
    for track, parts in all_missions():
        for part in parts:
            known = [e for e in proofs() if (e.track, e.part) == (track.key, part.number)]
            if not arguments or f"{track.key}-{part.number}" in arguments:
                kept, unproven = prove(part, [each.settings for each in known])
                known = [Passing(track.key, part.number, dict(each)) for each in kept]
                failed += len(unproven)
                for goal in unproven:
                    print(f"{track.key} {part.number}: {goal.key} = {goal.limit:g} is not proven")
            told += known
    FILE.write_text(write(told), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
