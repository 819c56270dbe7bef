"""What the open bench draws: plain arrays, for one fleet or two."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Bench:
    """A fleet's times: quantiles at ``level`` of those in ``times_s``, by name, and its course.

    The names are ``ttft_s``, ``tpot_s`` and ``response_s``.
    """

    level: Array
    times_s: Mapping[str, Array]
    begin_s: Array
    ttft_p99_s: Array
    arrivals_per_s: Array


@dataclass(frozen=True)
class Found:
    """Fleets that a search has simulated, and which of them nothing beats."""

    usd_per_hour: Array
    ttft_p99_s: Array
    meets: NDArray[np.bool_]
    frontier_usd: Array
    frontier_s: Array
