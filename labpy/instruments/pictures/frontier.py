"""The picture of a frontier: latency against the rate of arrivals, one curve for each policy."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from labpy.instruments.pictures.dots import Dots
from labpy.words import Value

CEILING = 0.8  # of the capacity: the plan's practical ceiling


@dataclass(frozen=True)
class Measure:
    """What is held against what: a quantile of a latency, at a rate.

    Parameters
    ----------
    latency : which latency it is, as it stands in a sentence ("time to first token").
    quantile : which of its quantiles the limit is on.
    rate : kind of the rate, one of `labpy.words.amounts.KINDS`.
    """

    latency: Value
    quantile: float = 0.99
    rate: str = "requests_per_s"

    @property
    def quantile_name(self) -> str:
        """How the quantile is called: P99, P99.9."""
        return f"P{100 * self.quantile:g}"


@dataclass(frozen=True, eq=False)
class FrontierCurve:
    """One policy: `arrival_rate`, `p50_s`, `quantile_s` of shape (n,); inf where overloaded.

    `label` names it at its end, or at `label_rate`; `phrase` within a sentence.
    """

    key: str
    label: Value
    phrase: Value
    arrival_rate: np.ndarray
    p50_s: np.ndarray
    quantile_s: np.ndarray
    capacity: float
    knee_rate: float
    knee_s: float
    label_rate: float | None = None


@dataclass(frozen=True, eq=False)
class Frontier:
    """The picture: the curves, which one is in play, the operating point and the limit.

    `quantile_s` is the quantile that `measure` names. `mean_response_s` is the mean time from
    arrival to the end, which Little's law takes; None where the model gives none. `notes` are
    sentences that are said after the picture's own.
    """

    measure: Measure
    curves: tuple[FrontierCurve, ...]
    current: str
    arrival_rate: float
    p50_s: float
    quantile_s: float
    utilization: float
    limit_s: float
    highest_rate: float
    mean_response_s: float | None = None
    dots: Dots | None = None
    notes: tuple[Value, ...] = ()

    @property
    def curve(self) -> FrontierCurve:
        """The curve of the policy in play."""
        return next(c for c in self.curves if c.key == self.current)

    def with_dots(self, dots: Dots) -> Frontier:
        """Give the same picture with the simulation's dots."""
        return replace(self, dots=dots)
