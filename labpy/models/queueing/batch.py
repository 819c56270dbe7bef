"""A server that takes requests in batches, after a window or when a batch is full.

The rule: a free server dispatches when ``max_batch`` requests wait, or when the first of those
waiting has waited ``window_s``; serving ``b`` of them takes ``fixed_time_s + per_request_time_s
* b``.

The number present at a dispatch is a Markov chain; its transitions are exact for one server. The
response time follows from the chain, with arrivals spread over the service in which they fall.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.queueing import _chain
from labpy.models.queueing.deterministic import md1_wait_quantile
from labpy.models.queueing.result import Array, QueueResult

_SIMULATED = 40_000  # requests
HIGHEST_LOAD = 0.98  # beyond it, waits lengthen as those of M/D/1
_LOADS = np.array([0.6, 0.8, 0.9, 0.95, HIGHEST_LOAD])  # up to each, as many states as it needs


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
    """Batching servers at several arrival rates: response times as weighted points, and means."""

    utilization: Array
    points: _chain.Waits

    @property
    def mean_batch(self) -> Array:
        """Mean of the batches dispatched, for each rate."""
        return self.points.mean_batch

    @property
    def response_s(self) -> Array:
        """Response times of the points, shape (rates, points)."""
        return self.points.wait_s + self.points.final_s

    def wait_quantile_s(self, p: Array) -> Array:
        """Quantile of the waiting time for each rate."""
        return weighted_quantile(self.points.wait_s, self.points.weight, p)

    def response_quantile_s(self, p: Array) -> Array:
        """Quantile of the response time for each rate."""
        return weighted_quantile(self.response_s, self.points.weight, p)


_NO_WEIGHT = 1e-10  # rounding of the chain's solution is far less


def weighted_quantile(time_s: Array, weight: Array, p: Array) -> Array:
    """Quantile of points along the last axis, each spread towards the one before it.

    Points with next to no weight don't count, not even as the one before: rows are padded with such
    points to the length of the longest, so a result would depend on its neighbours.
    """
    rows = zip(time_s, weight, np.broadcast_to(p, len(time_s)), strict=True)
    return np.array([_quantile(*row) for row in rows])


def _quantile(time_s: Array, weight: Array, p: float) -> float:
    there = weight > _NO_WEIGHT * weight.sum()
    time_s, weight = time_s[there], weight[there]
    order = np.argsort(time_s, kind="stable")
    cumulative = np.cumsum(weight[order])
    return float(np.interp(p * cumulative[-1], cumulative, time_s[order]))


def solve(rate: Array, service: Array, window: float, servers: int = 1) -> Solution:
    """Solve for each of ``rate``; ``service`` holds the times of batches of 1 to B."""
    size = len(service)
    capacity = servers * size / service[-1]
    utilization = rate / capacity
    load = np.minimum(utilization, 1 - 1e-9)  # what is overloaded has no use for its points
    if servers == size == 1:
        return Solution(utilization, _unbatched(load * capacity, service[0]))
    within = np.clip(load, 1e-9, HIGHEST_LOAD)
    used = within * capacity
    if servers > 1:
        points = _simulated(used, service, window, servers)
    else:
        points = _chained(used, within, service, window)
    return Solution(utilization, _beyond(points, load, within, service, capacity))


def _chained(rate: Array, load: Array, service: Array, window: float) -> _chain.Waits:
    """One server, by the chain; a rate's states depend on nothing but itself."""
    needs = np.searchsorted(_LOADS, load)
    groups = [np.flatnonzero(needs == need) for need in np.unique(needs)]
    found = []
    for group in groups:
        states = _chain.states_needed(len(service), float(_LOADS[needs[group[0]]]))
        present = _chain.stationary(rate[group], service, window, states)
        found.append(_chain.waits(rate[group], service, window, present))
    return _chain.joined(found, np.argsort(np.concatenate(groups)))


def _beyond(
    points: _chain.Waits, load: Array, within: Array, service: Array, capacity: float
) -> _chain.Waits:
    """Points at ``load``, from those at a load within which they were solved.

    Services do not vary, so a queue beyond full batches comes from the arrivals alone: it is that
    of M/D/1 with the same capacity, exactly for batches of one and in heavy traffic for all.
    Batches grow until the servers, always busy, keep up: ``1 / batch`` is linear in ``1 / load``.
    """
    far = np.flatnonzero(load > within)
    if not far.size:
        return points
    size = len(service)
    batch = points.mean_batch.copy()
    spare = (1 / load[far] - 1) / (1 / within[far] - 1)
    batch[far] = 1 / (1 / size + (1 / batch[far] - 1 / size) * spare)
    sizes = np.arange(1, size + 1)
    longer = np.interp(batch, sizes, service) / np.interp(points.mean_batch, sizes, service)
    wait, final = points.wait_s.copy(), points.final_s.copy()
    for i in far:
        more = _md1_waits(float(load[i])) - _md1_waits(float(within[i]))
        rank = _ranks(points.wait_s[i], points.weight[i])
        wait[i] = wait[i] * longer[i] + np.interp(rank, _LEVELS, more) / capacity
        final[i] = np.minimum(final[i] * longer[i], service[-1])
    return replace(points, wait_s=wait, final_s=final, mean_batch=batch)


_LEVELS = 1 - np.geomspace(1, 1e-6, 400)


def _md1_waits(load: float) -> Array:
    """Waits of M/D/1 in service times, at ``_LEVELS``."""
    return md1_wait_quantile(np.full(_LEVELS.shape, load), _LEVELS)


def _ranks(time_s: Array, weight: Array) -> Array:
    """Share of the weight before each point, half of its own included, in the order of time."""
    order = np.argsort(time_s, kind="stable")
    ranks = np.empty(time_s.shape)
    cumulative = np.cumsum(weight[order])
    ranks[order] = (cumulative - 0.5 * weight[order]) / cumulative[-1]
    return ranks


def _unbatched(rate: Array, service_s: float) -> _chain.Waits:
    """Batches of one: M/D/1, by its exact quantiles."""
    load = rate * service_s
    wait = md1_wait_quantile(load[:, np.newaxis], _LEVELS) * service_s
    nothing = np.zeros(len(rate))
    return _chain.Waits(
        wait_s=wait,
        final_s=np.full(wait.shape, service_s),
        weight=np.broadcast_to(np.diff(_LEVELS, prepend=0.0), wait.shape),
        mean_formation_s=nothing,
        wait_probability=load,
        mean_batch=nothing + 1,
    )


def _simulated(rate: Array, service: Array, window: float, servers: int) -> _chain.Waits:
    """Several servers: no theory is at hand, so a simulation with a fixed seed stands in.

    What a run of that length saw too much or too little of is known from M/D/1 with the same
    capacity and the same arrivals, whose law is exact: the waits are corrected by its error, rank
    by rank (a control variate).
    """
    from labpy.models.simulation.queues import serve_batches, simulate_queue  # imports us

    size = len(service)
    one_s = service[-1] / (servers * size)
    gaps = np.cumsum(np.random.default_rng(0).exponential(size=_SIMULATED))
    traces = [serve_batches(gaps / each, service, window, servers).after(0.1) for each in rate]
    wait = np.array([trace.wait_s for trace in traces])
    final = np.array([trace.response_s - trace.wait_s for trace in traces])
    batch = np.array([trace.batch_size for trace in traces])
    at_once = (wait <= 0).mean(axis=1)
    rank = (np.arange(wait.shape[1]) + 0.5) / wait.shape[1]
    for i, each in enumerate(rate):
        seen = np.sort(simulate_queue(gaps / each, one_s).after(0.1).wait_s)
        exact = np.interp(rank, _LEVELS, _md1_waits(float(each * one_s))) * one_s
        order = np.argsort(wait[i], kind="stable")
        wait[i, order] = np.maximum(wait[i, order] + exact - seen, 0.0)
    return _chain.Waits(
        wait_s=wait,
        final_s=final,
        weight=np.ones(wait.shape),
        mean_formation_s=np.array([trace.formation_s.mean() for trace in traces]),
        wait_probability=1 - at_once,
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
    a utilization of 0.98, for several servers as for one. Source of the chain: Neuts 1967, A
    general class of bulk queues.
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
    wait = gather(lambda part, _: part.points.mean(part.points.wait_s))
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
