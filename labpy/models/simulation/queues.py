"""Request-level simulation of queues in the order of arrival."""

from bisect import bisect_right
from dataclasses import dataclass
from heapq import heapify, heapreplace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]


@dataclass(frozen=True)
class QueueTrace:
    """One entry per request, in the order of arrival.

    ``batch_size`` is the size of the batch that served the request: 1 without batching.
    ``formation_s`` is the wait of a request whose batch was held for its window while a server
    was free, and 0 if its batch only waited for a server.
    """

    arrival_s: Array
    wait_s: Array
    response_s: Array
    batch_size: NDArray[np.int64]
    formation_s: Array

    def after(self, warm_up: float = 0.1) -> "QueueTrace":
        """Trace without the first share ``warm_up`` of the requests, which found it empty."""
        start = int(len(self.arrival_s) * float(_checks.probability("warm_up", warm_up)))
        return QueueTrace(*(array[start:] for array in vars(self).values()))


def poisson_arrivals(rng: np.random.Generator, arrival_rate: float, requests: int) -> Array:
    """Times of ``requests`` arrivals at ``arrival_rate`` a second, the first after one gap."""
    rate = _checks.single_positive("arrival_rate", arrival_rate)
    count = _checks.single_count("requests", requests)
    return np.cumsum(rng.exponential(1 / rate, count))


def simulate_queue(arrival_s: ArrayLike, service_s: ArrayLike, servers: int = 1) -> QueueTrace:
    """G/G/c queue: waits and responses of given arrivals and service times.

    ``arrival_s`` ascends; ``service_s`` broadcasts against it. One server follows Lindley's
    recursion as a running minimum (Lindley 1952), several the earliest free of a heap.
    """
    arrivals = _ascending(arrival_s)
    service = np.broadcast_to(_checks.non_negative("service_s", service_s), arrivals.shape)
    servers = _checks.single_count("servers", servers)
    if servers == 1:
        drift = np.concatenate([[0.0], np.cumsum(service[:-1] - np.diff(arrivals))])
        wait = drift - np.minimum.accumulate(drift)
    else:
        wait = _wait_for_heap(arrivals, service, servers)
    one = np.ones(len(arrivals), dtype=np.int64)
    return QueueTrace(arrivals, wait, wait + service, one, np.zeros(len(arrivals)))


def _ascending(arrival_s: ArrayLike) -> Array:
    arrivals = _checks.non_negative("arrival_s", arrival_s)
    if arrivals.ndim != 1 or arrivals.size == 0 or (np.diff(arrivals) < 0).any():
        raise ValueError("arrival_s must be a non-empty list of ascending times")
    return arrivals


def _wait_for_heap(arrivals: Array, service: Array, servers: int) -> Array:
    free = [0.0] * servers
    heapify(free)
    waits = []
    for arrival, duration in zip(arrivals.tolist(), service.tolist(), strict=True):
        start = max(free[0], arrival)
        heapreplace(free, start + duration)
        waits.append(start - arrival)
    return np.array(waits)


def simulate_batch_server(
    arrival_s: ArrayLike,
    fixed_time_s: float,
    per_request_time_s: float,
    max_batch: int,
    window_s: float,
    servers: int = 1,
) -> QueueTrace:
    """Batching servers with one queue, by the rules of ``queueing.batch_server``."""
    arrivals = _ascending(arrival_s)
    fixed = _checks.single_non_negative("fixed_time_s", fixed_time_s)
    per_request = _checks.single_non_negative("per_request_time_s", per_request_time_s)
    size = _checks.single_count("max_batch", max_batch)
    window = _checks.single_non_negative("window_s", window_s)
    service = fixed + per_request * np.arange(1, size + 1)
    return serve_batches(arrivals, service, window, _checks.single_count("servers", servers))


def serve_batches(arrivals: Array, service_s: Array, window: float, servers: int) -> QueueTrace:
    """Batching servers whose service of 1, 2, ... requests takes ``service_s``."""
    free = [0.0] * servers
    service, size = service_s.tolist(), len(service_s)
    times = arrivals.tolist()
    total = len(times)
    starts, ends, sizes, frees = [], [], [], []
    first = 0
    while first < total:
        full_s = times[first + size - 1] if first + size <= total else float("inf")
        start = max(free[0], min(times[first] + window, full_s))
        batch = bisect_right(times, start, first, min(first + size, total)) - first
        end = start + service[batch - 1]
        frees.append(free[0])
        heapreplace(free, end)
        starts.append(start)
        ends.append(end)
        sizes.append(batch)
        first += batch
    start_s = np.repeat(starts, sizes)
    wait_s = start_s - arrivals
    return QueueTrace(
        arrivals,
        wait_s,
        np.repeat(ends, sizes) - arrivals,
        np.repeat(sizes, sizes),
        np.where(start_s > np.repeat(frees, sizes), wait_s, 0.0),
    )
