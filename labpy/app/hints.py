"""What helps where a part does not pass: a remedy for the setting that is shown.

Remedies are found by trying. First a step of each dial is evaluated. Where none helps, or each
helps hardly, dials are moved together to where the part is known to pass: two first, then more.
So each remedy leaves less to do than before, and whoever follows them comes to a pass.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Any

from labpy.app.prepared import steps_beside
from labpy.missions import Failure, Knob, Part, Target
from labpy.scenarios import Outcome
from labpy.scenarios.base import Settings

STRIDES = (Decimal("0.1"), Decimal("0.5"))  # of a slider's way: its longer steps that are tried
WORTH = 0.15  # of what is lacking: a step that takes off less hardly helps
Held = Target | Failure
Moves = tuple[tuple[Knob, Any], ...]
Lacks = tuple[float, ...]


@dataclass(frozen=True)
class Step:
    """One dial moved from the present setting, or some together, and what the models make of it."""

    moves: Moves
    outcome: Outcome


@dataclass(frozen=True)
class Remedy:
    """A step that brings what is `held` nearer to its limit, and the lights that it turns red."""

    held: Held
    step: Step
    costs: tuple[Target, ...] = ()

    def taken(self, settings: Settings) -> dict[str, Any]:
        """Give the settings after the step."""
        return moved(settings, self.step.moves)


def moved(settings: Settings, moves: Moves) -> dict[str, Any]:
    """Give the settings with dials moved."""
    return {**settings, **{knob.key: value for knob, value in moves}}


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


def singles(mission: Part, settings: Settings) -> list[Moves]:
    """Give every step of one dial that is tried."""
    return [((k, value),) for k in mission.knobs for value in tried(k, settings[k.key])]


def together(mission: Part, settings: Settings, count: int) -> list[Moves]:
    """Give each choice of so many dials moved to where the part is known to pass."""
    there = {**mission.start(), **mission.winning}
    apart = [(k, there[k.key]) for k in mission.knobs if settings[k.key] != there[k.key]]
    return list(combinations(apart, count))


def lack(held: Held, metrics: Mapping[str, float]) -> float:
    """Tell how far a metric is on the wrong side of its limit: 0 if it is not.

    A factor counts by its logarithm, so that three times too slow is as far as three times too few.
    What never settles is infinitely far.
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


def worst(mission: Part, outcome: Outcome) -> list[Held]:
    """Give what is not met, targets before failures, the farthest first."""
    held = [each for each in _all(mission) if lack(each, outcome.metrics) > 0]
    return sorted(held, key=lambda each: (isinstance(each, Failure), -lack(each, outcome.metrics)))


def _all(mission: Part) -> tuple[Held, ...]:
    return (*mission.targets, *mission.failures)


def _lacks(mission: Part, outcome: Outcome) -> Lacks:
    return tuple(lack(each, outcome.metrics) for each in _all(mission))


def badness(lacks: Lacks) -> tuple[int, float, float]:
    """Order settings from good to bad: what never settles, then the worst, then all together."""
    finite = [each for each in lacks if math.isfinite(each)]
    return (len(lacks) - len(finite), max(finite, default=0.0), sum(finite))


class NotKnown(LookupError):
    """These settings have to be evaluated first."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self.settings = settings


class Search:
    """Looks for the remedy at one setting, with what is known of others.

    Parameters
    ----------
    mission : the part.
    outcome, settings : what is shown.
    at_hand : gives the outcome of settings, or None where it is not known yet.
    """

    def __init__(
        self,
        mission: Part,
        outcome: Outcome,
        settings: Settings,
        at_hand: Callable[[Settings], Outcome | None],
    ) -> None:
        self.mission = mission
        self.outcome = outcome
        self.settings = dict(settings)
        self._at_hand = at_hand
        self._before = _lacks(mission, outcome)
        self._worst = next(iter(worst(mission, outcome)), None)
        self._known: dict[tuple[Any, ...], Outcome] = {}

    def remedy(self) -> Remedy | None:
        """Choose the step that leaves the worst target least far from its limit.

        A step of one dial is preferred that brings the worst nearer and is worth its while, at
        first one that turns no green light red; else its costs have to be said. Then two dials
        together, then any step that helps, then more dials. None if nothing is to be remedied.

        Raises
        ------
        NotKnown : the outcome of a setting is needed that is not at hand.
        """
        if not any(self._before):
            return None
        far = together(self.mission, self.settings, 1)
        ones = self._steps([*singles(self.mission, self.settings), *far])
        best = self._best(ones)
        for found in (best, self._best(ones, at_a_cost=True)):
            if found and self._is_worth(found) and found.held is self._worst:
                return found
        for count in (1, 2):
            joint = self._best(self._steps(together(self.mission, self.settings, count)))
            if joint and self._is_worth(joint):
                return joint
        best = best or self._best(ones, at_a_cost=True)
        count = 2
        while best is None and count < len(self.mission.knobs):  # at last all, where it passes
            count += 1
            best = self._best(self._steps(together(self.mission, self.settings, count)))
        return best

    def toward(self, there: Settings) -> Remedy | None:
        """Give what is left of a way that was advised before; None if it no longer helps.

        Raises
        ------
        NotKnown : the outcome at its end is not at hand.
        """
        knobs = self.mission.knobs
        left = tuple((k, there[k.key]) for k in knobs if self.settings[k.key] != there[k.key])
        return self._best(self._steps([left]), at_a_cost=True) if left else None

    def _steps(self, choices: Iterable[Moves]) -> list[Step]:
        return [Step(moves, self._evaluate(moves)) for moves in choices]

    def _evaluate(self, moves: Moves) -> Outcome:
        settings = moved(self.settings, moves)
        key = tuple(settings.values())
        if key not in self._known:
            outcome = self._at_hand(settings)
            if outcome is None:
                raise NotKnown(settings)
            self._known[key] = replace(outcome, pictures={})  # which are most of its size
        return self._known[key]

    def _best(self, found: Iterable[Step], *, at_a_cost: bool = False) -> Remedy | None:
        """Give the remedy that leaves least, of those that leave less than there is."""
        here = badness(self._before)
        better = [
            (step, after)
            for step in found
            for after in [_lacks(self.mission, step.outcome)]
            if badness(after) < here and (at_a_cost or not self._costs(after))
        ]
        if not better:
            return None
        step, after = min(better, key=self._order)
        return Remedy(self._helped(after)[0], step, self._costs(after))

    def _order(self, found: tuple[Step, Lacks]) -> tuple[Any, ...]:
        """Put what breaks nothing first, then the dials in sight, then what harms nothing."""
        step, after = found
        pairs = list(zip(self._before, after, strict=True))
        breaks = any(was == 0 < now for was, now in pairs)
        harms = any(now > was for was, now in pairs)
        hidden = any(knob.advanced for knob, _ in step.moves)
        return (breaks, hidden, harms, badness(after))

    def _costs(self, after: Lacks) -> tuple[Target, ...]:
        """Give the lights that are green and would turn red."""
        lights = zip(self.mission.targets, self._before, after, strict=False)
        return tuple(target for target, was, now in lights if was == 0 < now)

    def _helped(self, after: Lacks) -> list[Held]:
        """Give what comes nearer, the worst first."""
        every = _all(self.mission)
        nearer = {
            index
            for index, (was, now) in enumerate(zip(self._before, after, strict=True))
            if now < was
        }
        return [each for each in worst(self.mission, self.outcome) if every.index(each) in nearer]

    def _is_worth(self, found: Remedy) -> bool:
        """Tell whether a remedy takes off a fair share of what is lacking."""
        ends, most, every = badness(self._before)
        left = badness(_lacks(self.mission, found.step.outcome))
        if left[0] < ends or left[:2] == (0, 0.0):
            return True
        return left[1] <= (1 - WORTH) * most or left[2] <= (1 - WORTH) * every
