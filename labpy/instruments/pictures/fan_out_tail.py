"""Tails: how often one call and the slowest of many are late, with and without hedging."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from labpy.words import Value


@dataclass(frozen=True, eq=False)
class TailCurve:
    """One distribution: `exceed` of shape (n,) is the share of responses later than each time."""

    label: Value
    exceed: np.ndarray
    p99_s: float
    p999_s: float
    late: float  # the share beyond the deadline


@dataclass(frozen=True, eq=False)
class FanOut:
    """Curves over `time_s` of shape (n,).

    `leaf` is one call, `slowest` the slowest of `fan_out` calls, `hedged` the same with hedged
    calls, whose added load is `extra_load` (0.05 is 5%); None where there is no hedging.
    """

    time_s: np.ndarray
    fan_out: int
    deadline_s: float
    leaf: TailCurve
    slowest: TailCurve
    hedged: TailCurve | None = None
    extra_load: float = 0.0

    @property
    def curves(self) -> tuple[TailCurve | None, ...]:
        """The three curves in their fixed order."""
        return (self.leaf, self.slowest, self.hedged)

    @property
    def in_play(self) -> TailCurve:
        """The curve that the user of the loop gets."""
        return self.slowest if self.hedged is None else self.hedged
