"""M/G/1 from the mean and the variability of its service time."""

import numpy as np
from numpy.typing import ArrayLike

from labpy.models import _checks
from labpy.models.queueing.deterministic import md1_wait_quantile
from labpy.models.queueing.result import Array, QueueResult, bisect

_GRID = np.concatenate([[0.0], np.geomspace(1e-6, 1.0, 600)])  # of the service time, up to its top
_SLICES = 48


def mg1(arrival_rate: ArrayLike, service_time_s: ArrayLike, scv: ArrayLike) -> QueueResult:
    """M/G/1 queue in the order of arrival.

    Parameters
    ----------
    arrival_rate, service_time_s
        Per second (0 or more), and mean in seconds (above 0); they broadcast with ``scv``.
    scv
        Squared coefficient of variation of the service time, variance / mean**2: 0 deterministic,
        1 exponential. At most 25.

    Means are exact (Pollaczek and Khinchine). Two moments do not settle a quantile: the service
    time is taken as gamma-distributed, and the tail of the wait as two exponentials that have the
    exact probability of waiting, mean and asymptote (Tijms 1994, section 4.4). Against simulation
    with gamma service the p99 of the response is within 4% for utilizations of 0.1 to 0.9 and scv
    of 0.05 to 4. With lognormal service of the same two moments it is up to 12% too low for an scv
    of 1, and up to 30% too low for an scv of 4.
    """
    arrivals = _checks.non_negative("arrival_rate", arrival_rate)
    service = _checks.positive("service_time_s", service_time_s)
    scv = _checks.non_negative("scv", scv)
    if (scv > 25).any():
        raise ValueError(f"scv must be at most 25, got {scv!r}")
    arrivals, service, scv = np.broadcast_arrays(arrivals, service, scv)
    with np.errstate(over="ignore"):
        utilization = arrivals * service
    stable = utilization < 1
    load = np.where(stable, utilization, 0.0)
    mean_wait = load * (1 + scv) / (2 * (1 - load))  # in service times

    def wait_quantile(p: Array) -> Array:
        return _wait_quantile(load, scv, mean_wait, p) * service

    def response_quantile(p: Array) -> Array:
        return _response_quantile(load, scv, mean_wait, p) * service

    wait_s = np.where(stable, mean_wait * service, np.inf)
    return QueueResult(
        utilization=utilization,
        stable=stable,
        wait_probability=np.where(stable, utilization, 1.0),
        mean_wait_s=wait_s,
        mean_response_s=wait_s + service,
        mean_in_system=np.where(stable, arrivals * (wait_s + service), np.inf),
        _wait_quantile=wait_quantile,
        _response_quantile=response_quantile,
    )


def _tail(load: Array, scv: Array, mean_wait: Array) -> tuple[Array, Array, Array]:
    """Weight and rate of the slow exponential of P(wait > t), and the rate of the other."""
    shape = 1 / np.maximum(scv, 1e-6)
    load = np.maximum(load, 1e-9)

    def excess(z: Array) -> Array:  # z - load * (E exp(z S) - 1)
        return z - load * np.expm1(-shape * np.log1p(-np.minimum(z / shape, 1 - 1e-15)))

    slow = bisect(excess, np.zeros(load.shape), shape * (1 - 1e-12), 100)
    slope = np.exp(-(shape + 1) * np.log1p(-slow / shape))  # derivative of E exp(z S)
    weight = np.clip((1 - load) / (load * slope - 1), 0.0, None)
    left_mean = mean_wait - weight / slow
    left = load - weight
    fits = left * left_mean > 0
    fast = np.where(fits, left / np.where(fits, left_mean, 1.0), slow)
    fast = np.maximum(fast, slow)
    return np.where(fits, weight, load), slow, fast


def _exceeds(t: Array, load: Array, tail: tuple[Array, Array, Array]) -> Array:
    weight, slow, fast = tail
    inside = weight * np.exp(-slow * t) + (load - weight) * np.exp(-fast * t)
    return np.where(t < 0, 1.0, inside)


def _wait_quantile(load: Array, scv: Array, mean_wait: Array, p: Array) -> Array:
    load, scv, mean_wait, p = np.broadcast_arrays(load, scv, mean_wait, p)
    tail = _tail(load, scv, mean_wait)
    high = np.log(2 / (1 - p)) / tail[1]
    found = bisect(lambda t: _exceeds(t, load, tail) - (1 - p), 0 * high, high)
    smooth = np.where(p <= 1 - load, 0.0, found)
    return np.where(scv < 1e-6, md1_wait_quantile(load, p), smooth)


def _response_quantile(load: Array, scv: Array, mean_wait: Array, p: Array) -> Array:
    load, scv, mean_wait, p = np.broadcast_arrays(load, scv, mean_wait, p)
    tail = _tail(load, scv, mean_wait)
    edges, weights = _gamma_edges(scv)
    low, high = edges[:-1], edges[1:]

    def excess(t: Array) -> Array:
        done = np.clip((t - low) / (high - low), 0.0, 1.0)  # share of the slice served by t
        wait = t - (low + np.minimum(high, np.maximum(t, low))) / 2
        left = done * _exceeds(np.maximum(wait, 0.0), load, tail) + (1 - done)
        return (weights * left).sum(axis=0) - (1 - p)

    high_s = edges[-1] + np.log(2 / (1 - p)) / tail[1]
    smooth = bisect(excess, 0 * high_s, high_s)
    return np.where(scv < 1e-6, md1_wait_quantile(load, p) + 1, smooth)


def _gamma_edges(scv: Array) -> tuple[Array, Array]:
    """Gamma distribution of mean 1 cut into slices, finer towards its upper tail.

    Returns the edges of the slices, along a new first axis, and the probability of each.
    """
    shape = 1 / np.maximum(scv, 1e-6)
    top = 1 + np.maximum(8 * np.sqrt(scv), 30 * scv)
    grid = _GRID.reshape(-1, *([1] * scv.ndim)) * top
    middle = (grid[1:] + grid[:-1]) / 2
    log_density = (shape - 1) * np.log(middle) - shape * middle
    mass = np.exp(log_density - log_density.max(axis=0)) * np.diff(grid, axis=0)
    below = np.concatenate([0 * mass[:1], np.cumsum(mass, axis=0)])
    below = below / below[-1]
    body = np.linspace(0, 0.9, _SLICES // 2, endpoint=False)
    levels = np.concatenate([body, 1 - np.geomspace(0.1, 1e-5, _SLICES // 2), [1.0]])
    flat, points = below.reshape(len(below), -1), grid.reshape(len(grid), -1)
    columns = [np.interp(levels, flat[:, i], points[:, i]) for i in range(flat.shape[1])]
    edges = np.stack(columns, axis=-1).reshape(len(levels), *scv.shape)
    edges = edges + 1e-12 * np.arange(len(levels)).reshape(-1, *([1] * scv.ndim))
    return edges, np.diff(levels).reshape(-1, *([1] * scv.ndim))
