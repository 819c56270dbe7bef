"""M/M/1 and M/M/c, exact."""

import numpy as np
from numpy.typing import ArrayLike

from labpy.models import _checks
from labpy.models.queueing.result import Array, QueueResult, bisect


def mm1(arrival_rate: ArrayLike, service_rate: ArrayLike) -> QueueResult:
    """M/M/1 queue, exact: the response time is exponential with rate ``mu - lambda``.

    ``arrival_rate`` (0 or more) and ``service_rate`` (above 0) are per second and broadcast.
    Source: Kleinrock 1975, Queueing Systems 1, section 3.2.
    """
    return mmc(arrival_rate, service_rate, 1)


def erlang_c(servers: ArrayLike, offered_load: ArrayLike) -> Array:
    """Probability that an arrival waits in M/M/c with ``offered_load`` erlangs; 1 in overload.

    By the recursion of Erlang B, ``1/B(k) = 1 + k/a / B(k-1)``, which does not overflow.
    """
    servers = _checks.count("servers", servers)
    load = _checks.non_negative("offered_load", offered_load)
    servers, load = np.broadcast_arrays(servers, load)
    blocking = np.ones(load.shape)
    for k in range(1, int(servers.max(initial=1)) + 1):
        blocking = np.where(k <= servers, load * blocking / (k + load * blocking), blocking)
    free = 1 - load / servers
    with np.errstate(divide="ignore", invalid="ignore"):
        waiting = blocking / (free + load / servers * blocking)
    return np.where(free > 0, waiting, 1.0)


def mmc(arrival_rate: ArrayLike, service_rate: ArrayLike, servers: ArrayLike) -> QueueResult:
    """M/M/c queue, exact, in the order of arrival.

    ``arrival_rate`` (0 or more) and ``service_rate`` of one server (above 0) are per second;
    ``servers`` is a whole number. They broadcast. Source: Erlang 1917; for the response time
    Gross and Harris, Fundamentals of Queueing Theory, section 2.3.
    """
    arrivals = _checks.non_negative("arrival_rate", arrival_rate)
    rate = _checks.positive("service_rate", service_rate)
    servers = _checks.count("servers", servers)
    arrivals, rate, servers = np.broadcast_arrays(arrivals, rate, servers)
    with np.errstate(over="ignore"):
        utilization = arrivals / rate / servers
    stable = utilization < 1
    load = np.where(stable, utilization * servers, 0.0)
    waits = np.where(stable, erlang_c(servers, load), 1.0)
    drain = np.where(stable, servers * rate * (1 - np.where(stable, utilization, 0.0)), 1.0)
    mean_wait = np.where(stable, waits / drain, np.inf)

    def wait_quantile(p: Array) -> Array:
        return np.maximum(np.log(waits / (1 - p)), 0.0) / drain

    def response_quantile(p: Array) -> Array:
        # P(S + W > a + b) <= P(S > a) + P(W > b): each half of the tail bounds the root from above
        half = (1 - p) / 2
        high = -np.log(half) / rate + np.maximum(np.log(waits / half), 0.0) / drain
        return bisect(lambda t: _response_tail(t, waits, drain, rate) - (1 - p), 0.0 * high, high)

    return QueueResult(
        utilization=utilization,
        stable=stable,
        wait_probability=waits,
        mean_wait_s=mean_wait,
        mean_response_s=mean_wait + 1 / rate,
        mean_in_system=np.where(stable, arrivals * (mean_wait + 1 / rate), np.inf),
        _wait_quantile=wait_quantile,
        _response_quantile=response_quantile,
    )


def _response_tail(t: Array, waits: Array, drain: Array, rate: Array) -> Array:
    """P(response > t): service alone, or service after an exponential wait of rate ``drain``.

    Written with ``expm1`` of the rates' distance so that it also holds where they are equal.
    """
    gap = np.abs(drain - rate) * t
    equal = gap < 1e-12
    ratio = np.where(equal, 1.0, -np.expm1(-gap) / np.where(equal, 1.0, gap))
    return np.exp(-rate * t) + waits * rate * t * np.exp(-np.minimum(rate, drain) * t) * ratio
