"""A server that takes requests in batches, after a window or when a batch is full.

The rule: a free server dispatches when ``max_batch`` requests wait, or when the first of those
waiting has waited ``window_s``; serving ``b`` of them takes ``fixed_time_s + per_request_time_s
* b``.

The number present at a dispatch is a Markov chain; its transitions are exact for one server. The
response time follows from the chain, with arrivals spread over the service in which they fall.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.queueing import _chain
from labpy.models.queueing.deterministic import md1_wait_quantile
from labpy.models.queueing.result import Array, QueueResult

_SIMULATED = 40_000  # requests
HIGHEST_LOAD = 0.93  # beyond it, waits scale as 1 / (1 - load), as in heavy traffic


@dataclass(frozen=True)
class BatchResult(QueueResult):
    """Steady state of a batching server.

    ``utilization`` is the share of the highest throughput, that of full batches. ``mean_batch`` is
    the mean of the batches dispatched; ``mean_formation_s`` the mean over all requests of the wait
    of those whose batch was held for its window while a server was free. It is up to half too
    low if the window is longer than a service, since requests left over are then held as well.
    """

    mean_batch: Array
    mean_formation_s: Array


@dataclass(frozen=True)
class Solution:
    """Batching servers at several arrival rates: means, and response times as weighted points.

    Waits at utilizations beyond ``HIGHEST_LOAD`` are those at it times ``stretch``.
    """

    utilization: Array
    stretch: Array
    points: _chain.Waits
    max_batch: int

    @property
    def mean_batch(self) -> Array:
        """Mean batch; beyond ``HIGHEST_LOAD`` it approaches the largest in proportion."""
        return self.max_batch - (self.max_batch - self.points.mean_batch) / self.stretch

    def wait_quantile_s(self, p: Array) -> Array:
        """Quantile of the waiting time for each rate."""
        return weighted_quantile(
            self.points.wait_s * self.stretch[:, np.newaxis], self.points.weight, p
        )

    def response_quantile_s(self, p: Array) -> Array:
        """Quantile of the response time for each rate."""
        points = self.points
        response = points.wait_s * self.stretch[:, np.newaxis] + points.final_s
        return weighted_quantile(response, points.weight, p)


def weighted_quantile(time_s: Array, weight: Array, p: Array) -> Array:
    """Quantile of points along the last axis, each spread towards the one before it."""
    order = np.argsort(time_s, axis=-1)
    time_s = np.take_along_axis(time_s, order, axis=-1)
    cumulative = np.cumsum(np.take_along_axis(weight, order, axis=-1), axis=-1)
    p = np.broadcast_to(p, len(time_s)) * cumulative[:, -1]
    return np.array([np.interp(*row) for row in zip(p, cumulative, time_s, strict=True)])


def solve(rate: Array, service: Array, window: float, servers: int = 1) -> Solution:
    """Solve for each of ``rate``; ``service`` holds the times of batches of 1 to B."""
    size = len(service)
    capacity = servers * size / service[-1]
    utilization = rate / capacity
    load = np.minimum(utilization, HIGHEST_LOAD)
    used = np.maximum(load, 1e-9) * capacity
    if servers > 1:
        points = _simulated(used, service, window, servers)
    elif size == 1:
        points = _unbatched(used, service[0])
    else:
        states = _chain.states_needed(size, float(load.max(initial=0.0)))
        present = _chain.stationary(used, service, window, states)
        points = _chain.waits(used, service, window, present)
    stable = utilization < 1
    stretch = np.where(stable, (1 - load) / np.where(stable, 1 - utilization, 1.0), 1.0)
    return Solution(utilization, stretch, points, size)


def _unbatched(rate: Array, service_s: float) -> _chain.Waits:
    """Batches of one: M/D/1, by its exact quantiles."""
    levels = 1 - np.geomspace(1, 1e-6, 400)
    load = rate * service_s
    wait = md1_wait_quantile(load[:, np.newaxis], levels) * service_s
    nothing = np.zeros(len(rate))
    return _chain.Waits(
        wait_s=wait,
        final_s=np.full(wait.shape, service_s),
        weight=np.broadcast_to(np.diff(levels, prepend=0.0), wait.shape),
        mean_formation_s=nothing,
        wait_probability=load,
        mean_batch=nothing + 1,
    )


def _simulated(rate: Array, service: Array, window: float, servers: int) -> _chain.Waits:
    """Several servers: no theory is at hand, so a simulation with a fixed seed stands in."""
    from labpy.models.simulation.queues import serve_batches  # imports serving, so us

    gaps = np.cumsum(np.random.default_rng(0).exponential(size=_SIMULATED))
    traces = [serve_batches(gaps / each, service, window, servers).after(0.1) for each in rate]
    wait = np.array([trace.wait_s for trace in traces])
    batch = np.array([trace.batch_size for trace in traces])
    return _chain.Waits(
        wait_s=wait,
        final_s=np.array([trace.response_s - trace.wait_s for trace in traces]),
        weight=np.ones(wait.shape),
        mean_formation_s=np.array([trace.formation_s.mean() for trace in traces]),
        wait_probability=(wait > 0).mean(axis=1),
        mean_batch=1 / (1 / batch).mean(axis=1),
    )


def batch_server(
    arrival_rate: ArrayLike,
    fixed_time_s: ArrayLike,
    per_request_time_s: ArrayLike,
    max_batch: ArrayLike,
    window_s: ArrayLike,
    servers: ArrayLike = 1,
) -> BatchResult:
    """Batching servers with one queue in the order of arrival.

    Parameters
    ----------
    arrival_rate
        Poisson arrivals a second, 0 or more.
    fixed_time_s, per_request_time_s
        Service of a batch of ``b`` takes ``fixed + per_request * b``, 0 or more, not both 0.
    max_batch, servers
        Whole numbers.
    window_s
        Longest time that the first waiting request waits for company at a free server. All
        arguments broadcast.

    Errors: see the module; against simulation the p50 and p99 of the response are within 10% up to
    a utilization of 0.9. Source of the chain: Neuts 1967, A general class of bulk queues.
    """
    rate = _checks.non_negative("arrival_rate", arrival_rate)
    fixed = _checks.non_negative("fixed_time_s", fixed_time_s)
    per_request = _checks.non_negative("per_request_time_s", per_request_time_s)
    size = _checks.count("max_batch", max_batch)
    window = _checks.non_negative("window_s", window_s)
    servers = _checks.count("servers", servers)
    if (fixed + per_request <= 0).any():
        raise ValueError("fixed_time_s and per_request_time_s must not both be 0")
    rate, *setup = np.broadcast_arrays(rate, fixed, per_request, size, window, servers)
    table = np.stack([column.astype(float).ravel() for column in setup], axis=1)
    parts = []
    for row in np.unique(table, axis=0):
        chosen = np.flatnonzero((table == row).all(axis=1))
        service = row[0] + row[1] * np.arange(1, int(row[2]) + 1)
        parts.append((chosen, solve(rate.ravel()[chosen], service, row[3], int(row[4]))))
    return _result(rate, parts)


def _result(rate: Array, parts: list[tuple[NDArray[np.int64], Solution]]) -> BatchResult:
    """Put the solutions back into the shape of the arguments."""

    def gather(values: Callable[[Solution, NDArray[np.int64]], Array]) -> Array:
        out = np.empty(rate.size)
        for chosen, part in parts:
            out[chosen] = values(part, chosen)
        return out.reshape(rate.shape)

    def quantile(name: str) -> Callable[[Array], Array]:
        def of(p: Array) -> Array:
            levels = np.broadcast_arrays(p, rate)[0]
            if levels.shape == rate.shape:
                flat = levels.ravel()
                return gather(lambda part, chosen: getattr(part, name)(flat[chosen]))
            each = [of(level) for level in p.ravel()] if rate.ndim == 0 else None
            if each is None:
                raise ValueError("p must be one number or have the shape of the arguments")
            return np.array(each).reshape(p.shape)

        return of

    utilization = gather(lambda part, _: part.utilization)
    stable = utilization < 1
    waiting = gather(lambda part, _: part.points.wait_probability)
    wait = gather(lambda part, _: part.points.mean(part.points.wait_s) * part.stretch)
    wait = np.where(stable, wait, np.inf)
    response = wait + gather(lambda part, _: part.points.mean(part.points.final_s))
    return BatchResult(
        utilization=utilization,
        stable=stable,
        wait_probability=np.where(stable, waiting, 1.0),
        mean_wait_s=wait,
        mean_response_s=response,
        mean_in_system=np.where(stable, rate * np.where(stable, response, 0.0), np.inf),
        _wait_quantile=quantile("wait_quantile_s"),
        _response_quantile=quantile("response_quantile_s"),
        mean_batch=gather(lambda part, _: part.mean_batch),
        mean_formation_s=gather(lambda part, _: part.points.mean_formation_s),
    )
