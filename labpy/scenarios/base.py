"""The protocol of a scenario and the look-up by the name that a mission gives."""

from __future__ import annotations

import importlib
import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from labpy.instruments.base import Instrument
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.telling.facts import Formula
from labpy.missions import Failure, Part, Target
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.trusted import Trusted
from labpy.words import Value

Settings = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the models say: `metrics` in SI units, `pictures` by instrument name.

    `instead` is what a light reads in place of a metric that is not finite: "doesn't fit" for a
    deployment that can't be made. Empty, the light says that it is without end.
    """

    metrics: Mapping[str, float]
    pictures: Mapping[str, Any]
    meanings: Mapping[str, Value] = field(default_factory=dict)
    instead: Value = ""

    def reading(self, target: Target) -> Value:
        """Tell what a target's light reads."""
        value = self.metrics[target.metric]
        return self.instead if self.instead and math.isinf(value) else target.reading(value)

    def lights(self, part: Part) -> dict[str, bool]:
        """Tell for each target whether it is met."""
        return {t.key: t.passes(self.metrics[t.metric]) for t in part.targets}

    def failures(self, part: Part) -> tuple[Failure, ...]:
        """List the failure states that hold."""
        return tuple(f for f in part.failures if f.holds(self.metrics[f.metric]))

    def passes(self, part: Part) -> bool:
        """Tell whether every target is met and no failure state holds."""
        return all(self.lights(part).values()) and not self.failures(part)


@dataclass(frozen=True)
class Truth:
    """The lock's quantity as the models have it; the reveal sets it beside the prediction."""

    value: float
    sentence: Value

    def __post_init__(self) -> None:
        if math.isnan(self.value):
            raise ValueError("the truth of a lock must be a number, not NaN")


class Scenario(ABC):
    """The physics of one part.

    Parameters
    ----------
    part : the mission, whose `fixed` table and targets the scenario reads.
    """

    # The models that an instrument rests on, by its name: what its Math Peek says of them.
    trusts: ClassVar[Mapping[str, tuple[Trusted, ...]]] = {}

    def __init__(self, part: Part) -> None:
        self.part = part

    def limit(self, metric: str) -> float:
        """Give the limit of the target on a metric, in the metric's unit."""
        for target in self.part.targets:
            if target.metric == metric:
                return target.limit
        raise KeyError(f"no target of part {self.part.number} is on {metric!r}")

    @abstractmethod
    def evaluate(self, settings: Settings) -> Outcome:
        """Evaluate the models at these settings; pure, so equal settings give equal outcomes."""

    def sketch(self, settings: Settings) -> Outcome | None:  # noqa: ARG002
        """Evaluate for the moment that a knob still moves; None where `evaluate` is fast enough.

        A scenario whose models take long may draw its curves through fewer points here. Its
        metrics are those of `evaluate`.
        """
        return None

    def quickly(self, settings: Settings) -> Outcome:
        """Evaluate for the metrics: the curves may have fewer points."""
        return self.sketch(settings) or self.evaluate(settings)

    def ahead(self, settings: Settings) -> Iterator[Settings]:  # noqa: ARG002
        """Name settings that are worth evaluating in spare time: likely next, and long to take."""
        return iter(())

    def known(self, settings: Settings) -> tuple[Value, ...]:  # noqa: ARG002
        """Say what is known of a draft before it runs: whether it fits, what it takes, its price.

        Only a part with the 10-Iteration Rule has drafts.
        """
        return ()

    def unmade(self, settings: Settings) -> Value:  # noqa: ARG002
        """Tell why these settings make no deployment, for its row of the log; "" if they do."""
        return ""

    def derived(self, settings: Settings, outcome: Outcome) -> tuple[Formula, ...]:  # noqa: ARG002
        """Derive what the part turns on, for the Math Peek of its first instrument."""
        return ()

    @abstractmethod
    def truth(self) -> Truth:
        """Give the lock's quantity, computed by the models."""

    def overlay(self) -> Overlay | None:
        """Draw the lock's quantity as the models have it, along an axis; None without such one."""
        return None

    @abstractmethod
    def instruments(self) -> tuple[Instrument, ...]:
        """Make the instruments of the part, empty."""

    def simulate(self, settings: Settings, seed: int) -> Mapping[str, Any]:  # noqa: ARG002
        """Run the seeded simulation and give extra fields per instrument's picture."""
        return {}

    def flow(self, settings: Settings, seed: int) -> Flow | None:  # noqa: ARG002
        """Run the seeded simulation for the strip; None where a part has none."""
        return None


def scenario(part: Part) -> Scenario:
    """Make the scenario that a mission names: `SCENARIO` in `labpy.scenarios.<name>`."""
    name = part.scenario
    try:
        module = importlib.import_module(f"labpy.scenarios.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"labpy.scenarios.{name}":
            raise
        raise ValueError(f"no scenario {name!r}") from None
    return module.SCENARIO(part)


_kept: dict[tuple[str, int], Scenario] = {}


def kept_scenario(part: Part) -> Scenario:
    """Give the one scenario of a part that this process keeps, with all that it has cached.

    A scenario is pure, so it may serve every view of its part; a snapshot of Python's memory then
    holds what the start of each part needs. A `Part` that was changed gets its own.
    """
    key = (part.scenario, part.number)
    if key not in _kept or _kept[key].part is not part:
        _kept[key] = scenario(part)
    return _kept[key]
