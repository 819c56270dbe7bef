"""What the open bench draws: plain arrays, for one fleet or two."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Bench:
    """A fleet's times: quantiles of the time to first token at ``level``, and its course."""

    level: Array
    ttft_s: Array
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
