"""The answers that spare time prepares: to the steps that a reader is likely to take next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from labpy.missions import Knob
from labpy.scenarios import Outcome, Scenario
from labpy.scenarios.base import Settings

MOST_KEPT = 64  # outcomes; one holds some 10 to 100 kB of curves and frames


class Prepared:
    """Evaluates a scenario, keeps the latest outcomes, and looks ahead when it is told to.

    A scenario is pure, so an outcome serves whenever its settings come again.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._kept: OrderedDict[Hashable, Outcome] = OrderedDict()
        self._ahead: Iterator[Settings] = iter(())

    def get(self, settings: Settings) -> Outcome | None:
        """Give the outcome at these settings if it is at hand."""
        key = _key(settings)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def evaluate(self, settings: Settings) -> Outcome:
        """Give the outcome at these settings, out of what is at hand or anew."""
        outcome = self.get(settings)
        if outcome is None:
            outcome = self._scenario.evaluate(settings)
            self._kept[_key(settings)] = outcome
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return outcome

    def look_ahead(
        self, settings: Settings, knob: Knob | None = None, also: Iterable[Settings] = ()
    ) -> None:
        """Take what comes next to be a step of `knob`, `also`, and what the scenario names."""
        beside = steps_beside(knob, settings[knob.key]) if knob else ()
        steps = ({**settings, knob.key: value} for value in beside)
        self._ahead = chain(steps, also, self._scenario.ahead(settings))

    def prepare_one(self) -> bool:
        """Evaluate one setting of those ahead; False if there is none left."""
        for settings in self._ahead:
            if self.get(settings) is None:
                self.evaluate(settings)
                return True
        return False


def _key(settings: Settings) -> Hashable:
    return tuple(sorted(settings.items()))


def steps_beside(knob: Knob, value: Any) -> list[Any]:
    """Give the values that one key can bring: a slider's two neighbours, each other choice."""
    if knob.kind == "switch":
        return [not value]
    if knob.kind == "choice":
        return [each for each in knob.choices if each != value]
    # In decimals, as the slider counts: 0.1 + 0.2 is 0.3 to it.
    here, step = Decimal(str(value)), Decimal(str(knob.step))
    kind = int if knob.kind == "int" else float
    beside = (kind(each) for each in (here + step, here - step))
    return [each for each in beside if knob.low <= each <= knob.high]
