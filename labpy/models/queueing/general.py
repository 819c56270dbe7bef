"""M/G/1 from the mean and the variability of its service time."""

from collections.abc import Callable
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.queueing.deterministic import md1_wait_quantile
from labpy.models.queueing.result import Array, QueueResult, bisect

Complex = NDArray[np.complex128]
Transform = Callable[[Complex, Array, Array], Complex]

_RESOLVED = 0.02  # squared coefficient of variation of the least varied service that is inverted
_SMALLEST = 1e-6  # probability beyond which the tail is its exponential asymptote
_A, _TERMS, _AVERAGED = 20.0, 40, 11  # Abate and Whitt 1995: the error of the sum is exp(-A)


def _euler_weights() -> Array:
    """Signs of the terms, the last of them averaged with binomial weights."""
    binomial = np.array([comb(_AVERAGED, k) for k in range(_AVERAGED + 1)]) / 2.0**_AVERAGED
    last = np.cumsum(binomial[::-1])[::-1]  # the share of partial sums that a term is in
    weights = np.concatenate([np.ones(_TERMS), last])
    weights[0] = 0.5
    return weights * (-1.0) ** np.arange(weights.size) * np.exp(_A / 2)


_WEIGHTS = _euler_weights()
_NODES = (_A + 2j * np.pi * np.arange(_WEIGHTS.size)) / 2


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
    time is taken as gamma-distributed, and quantiles are then exact, to four digits, by inversion
    of their transform (Abate and Whitt 1995, Numerical inversion of Laplace transforms of
    probability distributions, ORSA Journal on Computing 7), for an ``scv`` of 0 or from 0.02 on;
    between, they are interpolated. With lognormal service of the same two moments the p99 of the
    response is up to 12% higher than here for an scv of 1, and up to 30% for an scv of 4.
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
        return _wait_quantile(load, scv, p) * service

    def response_quantile(p: Array) -> Array:
        return _response_quantile(load, scv, p) * service

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


def _wait_quantile(load: Array, scv: Array, p: Array) -> Array:
    load, scv, p = np.broadcast_arrays(load, scv, p)
    fixed = md1_wait_quantile(load, p)

    def solved(scv: Array) -> Array:
        found = _quantile(_wait_tail, load, scv, p)
        return np.where(p <= 1 - load, 0.0, found)

    return _between(fixed, solved, scv)


def _response_quantile(load: Array, scv: Array, p: Array) -> Array:
    load, scv, p = np.broadcast_arrays(load, scv, p)
    fixed = md1_wait_quantile(load, p) + 1
    return _between(fixed, lambda scv: _quantile(_response_tail, load, scv, p), scv)


def _between(fixed: Array, solved: Callable[[Array], Array], scv: Array) -> Array:
    """The quantile, in proportion to the deviation where that is too small to be resolved."""
    if (scv == 0).all():
        return fixed
    share = np.minimum(np.sqrt(scv / _RESOLVED), 1.0)
    return fixed + share * (solved(np.maximum(scv, _RESOLVED)) - fixed)


def _quantile(tail: Transform, load: Array, scv: Array, p: Array) -> Array:
    """Time, in service times, beyond which a share ``1 - p`` lies; the tail by its transform."""
    load = np.maximum(load, 1e-9)
    decay = _decay(load, scv)
    above = np.maximum(1 - p, _SMALLEST)
    # P(R > t) <= E exp(decay * S) * exp(-decay * t): Kingman's bound for the tail of a wait.
    high = 2 * (np.log1p(decay / load) - np.log(above)) / decay
    found = bisect(lambda t: _inverted(tail, t, load, scv) - above, 0 * high, high)
    return found + np.log(above / (1 - p)) / decay


def _decay(load: Array, scv: Array) -> Array:
    """Rate at which the tail falls in the end: ``z`` with ``z = load * (E exp(z S) - 1)``."""
    shape = 1 / scv

    def excess(z: Array) -> Array:
        return z - load * np.expm1(-shape * np.log1p(-np.minimum(z / shape, 1 - 1e-15)))

    root = bisect(excess, np.zeros(load.shape), shape * (1 - 1e-12), 100)
    spare = (1 - load) / load  # near 0 the digits above cancel; the first terms of its series
    second, third = (1 + scv) / 2, (1 + scv) * (1 + 2 * scv) / 6
    return np.where(spare < 1e-6, spare / second * (1 - spare * third / second**2), root)


def _inverted(tail: Transform, t: Array, load: Array, scv: Array) -> Array:
    """Probability of more than ``t`` from its transform, by Euler summation."""
    t = np.maximum(t, 1e-12)
    nodes = _NODES.reshape(-1, *([1] * t.ndim)) / t
    weights = _WEIGHTS.reshape(nodes.shape[:1] + (1,) * t.ndim)
    return (weights * tail(nodes, load, scv).real).sum(axis=0) / t


def _residual(s: Complex, scv: Array) -> tuple[Complex, Complex]:
    """Transform of the residual of a gamma service of mean 1, and one minus it."""
    whole = -np.expm1(-np.log1p(scv * s) / scv) / s
    series, term = 0.0 * s, -np.ones_like(s)
    for n in range(1, 9):  # moments of the service over (n + 1) factorial
        term = -term * s * (1 + n * scv) / (n + 1)
        series = series + term
    return whole, np.where(np.abs(s) * (1 + scv) < 1e-2, series, 1 - whole)


def _wait_tail(s: Complex, load: Array, scv: Array) -> Complex:
    """Transform of P(wait > t) (Pollaczek and Khinchine), without cancellation."""
    _, missing = _residual(s, scv)
    return load * missing / (s * (1 - load + load * missing))


def _response_tail(s: Complex, load: Array, scv: Array) -> Complex:
    """Transform of P(wait + service > t)."""
    residual, missing = _residual(s, scv)
    return _wait_tail(s, load, scv) + (1 - load) * residual / (1 - load + load * missing)
