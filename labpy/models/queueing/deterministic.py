"""M/D/1, exact.

The classical series for the waiting time (Crommelin 1932) alternates in sign and loses all digits
for long waits. Here all terms are positive: the number in system by a cut of the embedded chain,
the waiting time from it by Franx 2001 (A simple solution for the M/D/c waiting time distribution,
Operations Research Letters 29). Beyond ``_EXACT`` service times the tail is its exponential
asymptote, whose relative error there is below 1e-15.
"""

import numpy as np
from numpy.typing import ArrayLike

from labpy.models import _checks
from labpy.models.queueing.result import Array, QueueResult, bisect

_EXACT = 40  # service times; the next poles lie at least 2 / service_time further left
_TERMS = 17  # of an exponential series with an argument of at most 1


def md1(arrival_rate: ArrayLike, service_time_s: ArrayLike) -> QueueResult:
    """M/D/1 queue, exact, in the order of arrival.

    ``arrival_rate`` (0 or more, per second) and the constant ``service_time_s`` (above 0)
    broadcast. Mean by Pollaczek and Khinchine; quantiles to a relative error below 1e-9.
    """
    arrivals = _checks.non_negative("arrival_rate", arrival_rate)
    service = _checks.positive("service_time_s", service_time_s)
    arrivals, service = np.broadcast_arrays(arrivals, service)
    with np.errstate(over="ignore"):
        utilization = arrivals * service
    stable = utilization < 1
    load = np.where(stable, utilization, 0.0)
    mean_wait = np.where(stable, load * service / (2 * (1 - load)), np.inf)

    def wait_quantile(p: Array) -> Array:
        return md1_wait_quantile(load, p) * service

    return QueueResult(
        utilization=utilization,
        stable=stable,
        wait_probability=np.where(stable, utilization, 1.0),
        mean_wait_s=mean_wait,
        mean_response_s=mean_wait + service,
        mean_in_system=np.where(stable, arrivals * (mean_wait + service), np.inf),
        _wait_quantile=wait_quantile,
        _response_quantile=lambda p: wait_quantile(p) + service,
    )


def md1_wait_quantile(load: Array, p: Array) -> Array:
    """Quantile of the waiting time in units of the service time, for ``load`` below 1."""
    load, p = np.broadcast_arrays(load, p)
    at_most = _at_most(load)
    whole = (at_most <= p).sum(axis=0)  # service times that the quantile exceeds
    exact = _within(load, p, at_most, np.minimum(whole, _EXACT - 1))
    tail = whole >= _EXACT
    if not tail.any():
        return exact
    decay = decay_rate(load)
    factor = (1 - load) / (decay + load - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(tail, np.log(factor / (1 - p)) / decay, exact)


def _at_most(load: Array) -> Array:
    """P(wait < k + 1 service times) = P(at most k + 1 in system), for k below ``_EXACT``.

    From the cut between n and n + 1 customers: a departure that leaves n against arrivals that
    lead from at most n to more than n.
    """
    arrivals = np.empty((_EXACT + 2, *load.shape))  # P(exactly k arrivals in a service time)
    arrivals[0] = np.exp(-load)
    for k in range(1, _EXACT + 2):
        arrivals[k] = arrivals[k - 1] * load / k
    more = np.flip(np.cumsum(np.flip(arrivals, 0), axis=0), 0)[1:]  # P(more than k)
    system = np.zeros((_EXACT + 1, *load.shape))
    system[0] = 1 - load
    for n in range(_EXACT):
        up = system[0] * more[n]
        up = up + (system[1 : n + 1] * more[n:0:-1]).sum(axis=0)
        system[n + 1] = up / arrivals[0]
    return np.cumsum(system, axis=0)[1:]


def _within(load: Array, p: Array, at_most: Array, whole: Array) -> Array:
    """Quantile between ``whole`` and ``whole + 1`` service times (Franx 2001, equation 7)."""
    coefficients, factorial = [], 1.0
    for j in range(_TERMS):
        factorial *= max(j, 1)
        index = np.maximum(whole - j, 0)[np.newaxis]
        value = np.take_along_axis(at_most, index, axis=0)[0]
        coefficients.append(np.where(whole >= j, value, 0.0) / factorial)

    def above(rest: Array) -> Array:
        """P(wait <= whole + 1 - rest / load) - p."""
        total = np.zeros_like(rest)
        for coefficient in reversed(coefficients):
            total = total * rest + coefficient
        return np.exp(-rest) * total - p

    rest = bisect(above, np.zeros(load.shape), load.copy())
    safe = np.where(load > 0, load, 1.0)
    inside = whole + 1 - np.where(load > 0, rest / safe, 1.0)
    return np.where(p <= 1 - load, 0.0, np.maximum(inside, 0.0))


def decay_rate(load: Array) -> Array:
    """Positive root ``z`` of ``load * (exp(z) - 1) = z``, the decay per service time.

    By Newton's method from above the root of a convex function; ``0 < load < 1``. So near a load
    of 1 that its digits cancel, by the first terms of the root's series.
    """
    load = np.maximum(load, 1e-12)
    z = 2 * (1 - load) - 2 * np.log(load)
    for _ in range(40):
        z = z - (np.expm1(z) - z / load) / (np.exp(z) - 1 / load)
    spare = 1 - load
    return np.where(spare < 1e-5, 2 * spare * (1 + spare / 3), z)
