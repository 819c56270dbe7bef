"""The picture of the slots of a batch: which request holds which, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Schedule:
    """How one policy filled its slots; arrays of shape (requests,).

    A request holds `slot` (from 0) from `start_s` to `end_s`; its first token comes at
    `first_token_s`, which ends its prefill. `request` is its number in the order of arrival.
    """

    request: np.ndarray
    slot: np.ndarray
    start_s: np.ndarray
    first_token_s: np.ndarray
    end_s: np.ndarray

    def busy(self, slots: int, horizon_s: float) -> float:
        """Give the share of all slot time up to the horizon in which a request is worked on."""
        held = np.clip(self.end_s, 0, horizon_s) - np.clip(self.start_s, 0, horizon_s)
        return float(held.sum()) / (slots * horizon_s)

    def finished(self, horizon_s: float) -> int:
        """Count the requests that end by the horizon."""
        return int((self.end_s <= horizon_s).sum())


@dataclass(frozen=True, eq=False)
class Timeline:
    """The picture: one schedule for each policy of the figure, up to the same horizon."""

    schedules: tuple[Schedule, ...]
    horizon_s: float
