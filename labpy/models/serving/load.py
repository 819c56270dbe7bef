"""What both batching policies return to the open loop, and quantiles of weighted points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# levels of a distribution at the middles of slices that get thinner towards the tail
_BODY = [0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.83, 0.9, 0.935]
_TAIL = [0.955, 0.97, 0.98, 0.986, 0.99, 0.993, 0.996, 0.9985, 1.0]
_EDGES = np.array([*_BODY, *_TAIL])
LEVELS = (_EDGES[1:] + _EDGES[:-1]) / 2
LEVEL_WEIGHTS = np.diff(_EDGES)
# the same of a normal distribution: five slices
NORMAL = np.array([-1.6, -0.7, 0.0, 0.7, 1.6])
NORMAL_WEIGHTS = np.array([0.13, 0.22, 0.3, 0.22, 0.13])


@dataclass(frozen=True)
class Latency:
    """Quantiles of latency, and the mean batch, at several arrival rates."""

    ttft_p50_s: Array
    ttft_p99_s: Array
    tpot_p50_s: Array
    tpot_p99_s: Array
    response_p50_s: Array
    response_p99_s: Array
    mean_batch: Array


def median_and_p99(time_s: Array, weight: Array) -> tuple[Array, Array]:
    """Of weighted points along the last axis."""
    order = np.argsort(time_s, axis=-1)
    time_s = np.take_along_axis(time_s, order, axis=-1)
    weight = np.take_along_axis(np.broadcast_to(weight, time_s.shape), order, axis=-1)
    total = np.cumsum(weight, axis=-1)
    middle = (total - weight / 2) / total[:, -1:]
    found = [np.interp((0.5, 0.99), *row) for row in zip(middle, time_s, strict=True)]
    median, p99 = np.array(found).T
    return median, p99
