"""The small tasks at the bench: which of them a setting meets."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from labpy.missions import Challenge, Part
from labpy.scenarios import Outcome
from labpy.scenarios.base import Settings

Evaluate = Callable[[Settings], Outcome]
AtHand = Callable[[Settings], Outcome | None]


class Challenges:
    """Follows a reader's settings in one part, and tells which challenges they meet.

    Parameters
    ----------
    mission : the part.
    evaluate : gives the outcome of settings, out of what is at hand if it can.
    at_hand : gives the outcome of settings if it is known. What lies to either side of a dial is
        not computed while the reader waits: `wanted` names it for spare time.
    """

    def __init__(self, mission: Part, evaluate: Evaluate, at_hand: AtHand) -> None:
        self._mission = mission
        self._evaluate = evaluate
        self._at_hand = at_hand
        self._broken: set[str] = set()

    def met(self, settings: Settings, outcome: Outcome, done: Collection[str]) -> list[Challenge]:
        """Give those of the open challenges that are met now.

        Parameters
        ----------
        settings, outcome : what lights and figures show.
        done : keys of the challenges that were met before.
        """
        self._broken |= {failure.key for failure in outcome.failures(self._mission)}
        return [each for each in self._open(done) if self._meets(each, settings, outcome)]

    def wanted(self, settings: Settings, done: Collection[str]) -> list[dict[str, Any]]:
        """Name the settings that spare time should evaluate, for `met` to be sure."""
        best = (each for each in self._open(done) if each.kind == "best")
        return [there for each in best for there in beside_of(self._mission, each, settings)]

    def _open(self, done: Collection[str]) -> list[Challenge]:
        return [each for each in self._mission.challenges if each.key not in done]

    def _meets(self, each: Challenge, settings: Settings, outcome: Outcome) -> bool:
        if each.kind == "breaks":
            return len(self._broken) >= each.ways
        if each.kind == "best":
            return self._is_best(each, settings, outcome)
        start = self._mission.start()
        if each.alone and any(settings[k] != v for k, v in start.items() if k != each.alone):
            return False
        if any(settings[key] != value for key, value in each.held.items()):
            return False
        before = self._evaluate(start)
        return all(
            condition.holds(outcome.metrics[condition.metric], before.metrics[condition.metric])
            for condition in each.conditions
        )

    def _is_best(self, each: Challenge, settings: Settings, outcome: Outcome) -> bool:
        """Tell whether the dial stands between two settings that are both worse."""
        here = outcome.metrics[each.best]
        known = map(self._at_hand, beside_of(self._mission, each, settings))
        beside = [outcome.metrics[each.best] for outcome in known if outcome is not None]
        return len(beside) == 2 and min(beside) > here


def beside_of(mission: Part, each: Challenge, settings: Settings) -> list[dict[str, Any]]:
    """Give the settings a stride to either side of a dial, where the dial goes so far."""
    knob = mission.knob(each.dial)
    kind = int if knob.kind == "int" else float
    values = (settings[knob.key] + way * each.stride for way in (-1, 1))
    return [
        {**settings, knob.key: kind(round(value, 9))}
        for value in values
        if knob.low <= value <= knob.high
    ]
