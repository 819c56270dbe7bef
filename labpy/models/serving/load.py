"""What both batching policies return to the open loop, and quantiles of weighted points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# levels of a distribution at the middles of slices that get thinner towards the tail
_BODY = [0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.83, 0.9, 0.935]
_TAIL = [0.955, 0.97, 0.98, 0.986, 0.99, 0.993, 0.996, 0.9985, 1.0]
EDGES = np.array([*_BODY, *_TAIL])
LEVELS = (EDGES[1:] + EDGES[:-1]) / 2
LEVEL_WEIGHTS = np.diff(EDGES)
# the same of a normal distribution: five slices
_BINS = 1024
_PLACES, _BOTH = np.arange(float(_BINS))[np.newaxis], np.array([0.5, 0.99])
NORMAL = np.array([-1.6, -0.7, 0.0, 0.7, 1.6])
NORMAL_WEIGHTS = np.array([0.13, 0.22, 0.3, 0.22, 0.13])


@dataclass(frozen=True)
class Latency:
    """Quantiles of latency, and the mean batch, at several arrival rates.

    ``trusted`` is 1 where they are within the policy's stated error, else 0.
    """

    ttft_p50_s: Array
    ttft_p99_s: Array
    tpot_p50_s: Array
    tpot_p99_s: Array
    response_p50_s: Array
    response_p99_s: Array
    mean_batch: Array
    trusted: Array


@dataclass(frozen=True)
class Line:
    """Means of one replica in the steady state, and the share of requests that come late.

    ``waiting`` and ``in_service`` are mean numbers of requests; a request waits until its prompt
    is begun. ``late`` is the share whose first token comes later than each of some limits, NaN
    where it is not known. In overload the line is without end: ``waiting`` is ``inf``, all slots
    are taken and everyone is late.
    """

    waiting: float
    in_service: float
    late: Array


def interp_rows(to: Array, at: Array, values: Array) -> Array:
    """Interpolate ``values`` given at ``at``, row by row; all broadcast to the same rows.

    Each row of ``at`` ascends. One call of ``interp`` does all rows, set side by side.
    """
    rows = max(len(to) if to.ndim > 1 else 1, len(at) if at.ndim > 1 else 1, len(values))
    low, high = at[..., :1], at[..., -1:]
    shift = 2 * ((high - low).max() + 1) * np.arange(rows)[:, np.newaxis] - low
    inside = np.minimum(np.maximum(to, low), high) + shift
    at = at + shift
    if values.shape != at.shape:
        values = np.repeat(values, rows, axis=0)
    return np.interp(inside.ravel(), at.ravel(), values.ravel()).reshape(inside.shape)


def median_and_p99(time_s: Array, weight: Array) -> tuple[Array, Array]:
    """Of weighted points along the last axis, by a logarithmic histogram of each row.

    Times are above 0. A bin is at most a few tenths of a per cent wide, and faster than sorting.
    """
    rows = len(time_s)
    logs = np.log(time_s)
    low = logs.min(axis=1, keepdims=True)
    width = np.maximum(logs.max(axis=1, keepdims=True) - low, 1e-9) / (_BINS - 1)
    place = ((logs - low) / width + 0.5).astype(np.int64) + _BINS * np.arange(rows)[:, np.newaxis]
    weight = np.broadcast_to(weight, time_s.shape)
    mass = np.bincount(place.ravel(), weight.ravel(), rows * _BINS).reshape(rows, _BINS)
    total = np.cumsum(mass, axis=1)
    total = (total - mass / 2) / total[:, -1:]  # a point stands for a slice around it
    found = interp_rows(_BOTH, total, _PLACES)
    median, p99 = np.exp(low + width * found).T
    return median, p99
