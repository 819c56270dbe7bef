"""What every queue returns."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]
Tail = Callable[[Array], Array]


@dataclass(frozen=True)
class QueueResult:
    """Steady state of a queue; arrays have the shape of the broadcast arguments.

    Where ``stable`` is False, ``utilization`` is the offered load (1 or more), times and
    ``mean_in_system`` are ``inf`` and ``wait_probability`` is 1. With no arrivals, figures are
    those that a first arrival would meet.
    """

    utilization: Array
    stable: NDArray[np.bool_]
    wait_probability: Array
    mean_wait_s: Array
    mean_response_s: Array
    mean_in_system: Array
    _wait_quantile: Tail = field(repr=False)
    _response_quantile: Tail = field(repr=False)

    def wait_quantile_s(self, p: ArrayLike) -> Array:
        """Waiting time that a share ``p`` of requests does not exceed; ``0 <= p < 1``.

        ``p`` broadcasts against the arguments of the queue.
        """
        return self._quantile(self._wait_quantile, p)

    def response_quantile_s(self, p: ArrayLike) -> Array:
        """Response time that a share ``p`` of requests does not exceed; ``0 <= p < 1``."""
        return self._quantile(self._response_quantile, p)

    def _quantile(self, quantile: Tail, p: ArrayLike) -> Array:
        level = _checks.quantile_level("p", p)
        with np.errstate(all="ignore"):
            return np.where(self.stable, quantile(level), np.inf)


def bisect(excess: Tail, low: Array, high: Array, steps: int = 60) -> Array:
    """Root of a function that falls from above zero at ``low`` to below it at ``high``."""
    for _ in range(steps):
        middle = (low + high) / 2
        above = excess(middle) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return (low + high) / 2
