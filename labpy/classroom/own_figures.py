"""Which figures of a text are those of its writer's own run.

A figure is the run's if some metric, setting, prediction or outcome of the ledger, rounded as the
figure is, reads the same: with its unit where one is typed, in any unit of its kind where none is
(then it needs two digits that count, or it could be anything).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from labpy.missions import Knob, Part
from labpy.state.ledger import PartProgress, restored
from labpy.words import Message, say
from labpy.words.amounts import KINDS

_TYPED = re.compile(r"(?<![\w.,])(\$?)(\d[\d,.]*)\s?([%×]|[A-Za-zµ]+(?:/[A-Za-z]+)?)?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?\Z")


@dataclass(frozen=True)
class Typed:
    """A figure in a text: as it stands there, its number, its decimals, its unit ("" if none)."""

    text: str
    number: float
    places: int
    unit: str

    @property
    def tells(self) -> bool:
        """Whether it says enough to be told from any other without a unit."""
        digits = re.sub(r"\D", "", self.text).lstrip("0")
        return len(digits.rstrip("0") if "." not in self.text else digits) >= 2


@dataclass(frozen=True)
class Own:
    """A figure of a text that the writer's run has, and of which parts."""

    text: str
    parts: tuple[int, ...]


def figures(text: str) -> list[Typed]:
    """Find the figures of a text: "0.12 s", "1,214 tokens", "$0.49", "67%", "2,5"."""
    found = []
    units = _units()
    for dollar, digits, word in _TYPED.findall(text):
        digits = digits.rstrip(".,")
        plain = digits.replace(",", "") if _GROUPED.match(digits) else digits.replace(",", ".")
        if plain.count(".") > 1:
            continue  # a date or a version
        unit = "$" if dollar else word if word in units else ""
        shown = f"{dollar}{digits}" + (
            f" {unit}" if unit not in ("", "$", "%", "×") else unit if unit in ("%", "×") else ""
        )
        found.append(Typed(shown, float(plain), len(plain.partition(".")[2]), unit))
    return found


def own_figures(text: str, parts: list[PartProgress]) -> list[Own]:
    """Find the figures of a text that stand in the writer's own run, each once.

    Parameters
    ----------
    text : what was written.
    parts : the parts of the track, as the ledger has them.
    """
    readings = {part.part: list(_readings(part)) for part in parts}
    found: dict[str, Own] = {}
    for each in figures(text):
        where = tuple(number for number, told in readings.items() if _stands_in(each, told))
        if where:
            found.setdefault(each.text, Own(each.text, where))
    return list(found.values())


def _stands_in(typed: Typed, readings: list[tuple[float, str]]) -> bool:
    return any(_reads(typed, value, kind) for value, kind in readings)


def _reads(typed: Typed, value: float, kind: str) -> bool:
    if not typed.unit and not typed.tells:
        return False
    for scale in KINDS[kind].scales:
        if typed.unit and typed.unit != _unit(scale.unit):
            continue
        if round(value * scale.factor, typed.places) == typed.number:
            return True
    return False


def _readings(part: PartProgress) -> Iterator[tuple[float, str]]:
    """Give every figure of a part's run, in SI units, with its kind of quantity."""
    mission = part.mission
    if mission is None:
        return
    kinds = {each.metric: each.quantity for each in (*mission.log, *mission.targets)}
    runs = [(part.settings, part.metrics)]
    runs += [(each.get("settings", {}), each.get("metrics", {})) for each in part.deployments]
    for settings, metrics in runs:
        for key, value in metrics.items():
            yield from _number(restored(value), kinds.get(key, ""))
        for key, value in settings.items():
            yield from _setting(mission, key, value)
    for value in (part.predicted, part.actual):
        yield from _number(value, mission.lock.quantity)


def _setting(mission: Part, key: str, value: Any) -> Iterator[tuple[float, str]]:
    knob: Knob | None = next((each for each in mission.knobs if each.key == key), None)
    if knob and isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number(value * knob.si, knob.quantity)


def _number(value: Any, kind: str) -> Iterator[tuple[float, str]]:
    if kind and isinstance(value, int | float) and abs(value) < float("inf"):
        yield float(value), kind


def _units() -> set[str]:
    return {_unit(scale.unit) for kind in KINDS.values() for scale in kind.scales} - {""}


def _unit(key: str) -> str:
    """Give what stands beside the number of a unit in the language in force."""
    return say(Message(key, {"number": "2"})).replace("2", "", 1).strip()
