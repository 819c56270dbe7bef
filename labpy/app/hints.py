"""What is told where a part does not pass: the gap, and one remedy that helps at this setting.

The remedy is found by trying: a step of each dial from the present setting is evaluated, and the
one that leaves the worst target least far from its limit is named.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from labpy.app.prepared import steps_beside
from labpy.missions import Failure, Knob, Part, Target
from labpy.scenarios import Outcome
from labpy.scenarios.base import Settings
from labpy.words import Message, Value, msg

STRIDES = (Decimal("0.1"), Decimal("0.5"))  # of a slider's way: its longer steps that are tried
Held = Target | Failure


@dataclass(frozen=True)
class Step:
    """One dial moved from the present setting, and what the models make of it."""

    knob: Knob
    value: Any
    outcome: Outcome


@dataclass(frozen=True)
class Remedy:
    """A step that brings what is `held` nearer to its limit."""

    held: Held
    step: Step


def tried(knob: Knob, value: Any) -> list[Any]:
    """Give the values to try: one key's worth each way, and for a slider longer strides too."""
    values = steps_beside(knob, value)
    if knob.kind in ("switch", "choice"):
        return values
    here, step = Decimal(str(value)), Decimal(str(knob.step))
    way = Decimal(str(knob.high)) - Decimal(str(knob.low))
    kind = int if knob.kind == "int" else float
    for share in STRIDES:
        stride = step * max(Decimal(1), (share * way / step).quantize(Decimal(1), ROUND_HALF_UP))
        far = (kind(each) for each in (here + stride, here - stride))
        values += [x for x in far if knob.low <= x <= knob.high and x not in values]
    return values


def steps(mission: Part, settings: Settings) -> Iterator[tuple[Knob, Any, dict[str, Any]]]:
    """Give every step to try: its dial, the dial's value, and the settings that it makes."""
    for knob in mission.knobs:
        for value in tried(knob, settings[knob.key]):
            yield knob, value, {**settings, knob.key: value}


def lack(held: Held, metrics: Mapping[str, float]) -> float:
    """Tell how far a metric is on the wrong side of its limit: 0 if it is not.

    A factor counts by its logarithm, so that three times too slow is as far as three times too few.
    Without end it is infinite.
    """
    value = float(metrics[held.metric])
    if isinstance(held, Target):
        good, limit, most = held.passes(value), held.limit, held.sense == "at_most"
    else:
        good, limit, most = not held.holds(value), held.threshold, held.fails_when == "above"
    if good:
        return 0.0
    if not math.isfinite(value):
        return math.inf
    if limit > 0:
        return abs(math.log(value / limit)) if value > 0 else math.inf
    return value - limit if most else limit - value


def _lacks(mission: Part, outcome: Outcome) -> list[float]:
    return [lack(each, outcome.metrics) for each in _all(mission)]


def _all(mission: Part) -> tuple[Held, ...]:
    return (*mission.targets, *mission.failures)


def _badness(lacks: list[float]) -> tuple[int, float, float]:
    """Order settings from good to bad: what has no end, then the worst, then all together."""
    finite = [each for each in lacks if math.isfinite(each)]
    return (len(lacks) - len(finite), max(finite, default=0.0), sum(finite))


def worst(mission: Part, outcome: Outcome) -> list[Held]:
    """Give what is not met, targets before failures, the farthest first."""
    held = [each for each in _all(mission) if lack(each, outcome.metrics) > 0]
    return sorted(held, key=lambda each: (isinstance(each, Failure), -lack(each, outcome.metrics)))


def remedy(mission: Part, outcome: Outcome, found: Iterable[Step]) -> Remedy | None:
    """Choose the step that leaves the worst target least far from its limit.

    A step that turns a green light red is none. One that brings about no failure is preferred, then
    a dial in sight, then a step that takes nothing farther from its limit. If no step brings the
    worst nearer, one that helps another target and harms nothing is taken.
    None if there is no such step either, or nothing to remedy.
    """
    before, every = _lacks(mission, outcome), _all(mission)
    found = list(found)
    after = {id(step): _lacks(mission, step.outcome) for step in found}

    def helped(step: Step) -> list[Held]:
        """What a step brings nearer, the worst first."""
        nearer = {
            index
            for index, (was, now) in enumerate(zip(before, after[id(step)], strict=True))
            if now < was
        }
        return [each for each in worst(mission, outcome) if every.index(each) in nearer]

    here = _badness(before)[:2]
    lights = len(mission.targets)
    found = [each for each in found if not _breaks(before[:lights], after[id(each)][:lights])]
    better = [each for each in found if _badness(after[id(each)])[:2] < here and helped(each)]
    if not better:
        better = [each for each in found if helped(each) and not _harms(before, after[id(each)])]
    if not better:
        return None

    def order(step: Step) -> tuple[bool, bool, bool, tuple[int, float, float]]:
        now = after[id(step)]
        return (_breaks(before, now), step.knob.advanced, _harms(before, now), _badness(now))

    best = min(better, key=order)
    return Remedy(helped(best)[0], best)


def _breaks(before: list[float], after: list[float]) -> bool:
    """Tell whether something that is met no longer is."""
    return any(was == 0 < now for was, now in zip(before, after, strict=True))


def _harms(before: list[float], after: list[float]) -> bool:
    """Tell whether something comes farther from its limit."""
    return any(now > was for was, now in zip(before, after, strict=True))


def gap(mission: Part, outcome: Outcome) -> Value:
    """Tell what is farthest from its limit, and how far; "" if nothing is."""
    held = worst(mission, outcome)
    return _gap(held[0], outcome) if held else ""


def _gap(held: Held, outcome: Outcome) -> Message:
    if isinstance(held, Failure):
        return msg("hint-failure", title=held.title)
    return msg("hint-gap", target=held.label, reading=outcome.reading(held), bound=held.bound)


def hint(mission: Part, outcome: Outcome, settings: Settings, found: Remedy | None) -> Value:
    """Tell the gap and the remedy; under the 10-Iteration Rule only which way it lies."""
    if found is None:
        return msg("hint-none", gap=gap(mission, outcome))
    knob, value = found.step.knob, found.step.value
    told = _gap(found.held, outcome)
    if mission.iterations:
        return msg("hint-way", gap=told, way=_way(knob, settings[knob.key], value))
    if isinstance(found.held, Failure):
        return msg("hint-eases", gap=told, dial=knob.label, value=knob.reading(value))
    after = found.step.outcome.reading(found.held)
    return msg("hint-step", gap=told, dial=knob.label, value=knob.reading(value), after=after)


def _way(knob: Knob, now: Any, value: Any) -> Message:
    if knob.kind == "switch":
        return msg("hint-switch", dial=knob.label, value=knob.reading(value))
    ordered = isinstance(value, int | float) and not isinstance(value, bool)
    if not ordered:
        return msg("hint-other", dial=knob.label)
    return msg("hint-up", dial=knob.label) if value > now else msg("hint-down", dial=knob.label)
