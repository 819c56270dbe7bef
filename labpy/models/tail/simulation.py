"""Event simulation of a pool of servers with hedged or tied requests."""

import heapq
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks
from labpy.models.tail.distributions import LatencyDistribution
from labpy.models.tail.hedging import delay_s

_ARRIVE, _SECOND, _FINISH = 0, 1, 2


@dataclass(frozen=True)
class HedgeSimulation:
    """What one seeded run saw, the first tenth of the requests left out as warm-up.

    Attributes
    ----------
    response_s
        Response times in order of arrival, shape (requests,).
    extra_load
        Second copies executed for each request.
    utilization
        Mean share of time that a server was busy.
    """

    response_s: NDArray[np.float64]
    extra_load: float
    utilization: float


def simulate_hedging(
    service: LatencyDistribution,
    arrival_rate: float,
    second_after_s: float,
    policy: str = "hedged",
    servers: int = 30,
    requests: int = 50_000,
    seed: int = 0,
) -> HedgeSimulation:
    """Simulate a pool of first-come-first-served servers with second copies.

    Parameters
    ----------
    service
        Service time of one execution.
    arrival_rate
        Requests a second for each server.
    second_after_s
        Delay of the second copy; infinity never sends one.
    policy
        ``"hedged"``: the second copy goes out if no answer came, both run to their end.
        ``"tied"``: it goes out if the first has not started, and the first start cancels the other.
    servers, requests
        Size of the pool, at least 2, and number of requests, at least 10.
    seed
        Seed of the random generator: the same seed, the same run.

    Examples
    --------
    >>> from labpy.models.tail import Exponential
    >>> run = simulate_hedging(Exponential(0.01), 50.0, 0.05, servers=10, requests=2000)
    >>> run.response_s.shape, bool(0 < run.extra_load < 0.3)
    ((1800,), True)
    """
    arrival_rate = _checks.single_positive("arrival_rate", arrival_rate)
    after_s = float(delay_s("second_after_s", second_after_s))
    _checks.choice("policy", policy, ("hedged", "tied"))
    servers = _checks.single_count("servers", servers, 2)
    requests = _checks.single_count("requests", requests, 10)
    pool = _Pool(service, arrival_rate, after_s, policy == "tied", servers, requests, seed)
    pool.run()
    warm = requests // 10
    return HedgeSimulation(
        pool.finished[warm:] - pool.arrivals[warm:],
        float(pool.executions[warm:].mean() - 1.0),
        pool.busy_s / (servers * pool.now),
    )


class _Pool:
    """Servers, their queues and a calendar of events."""

    def __init__(
        self,
        service: LatencyDistribution,
        arrival_rate: float,
        after_s: float,
        tied: bool,
        servers: int,
        requests: int,
        seed: int,
    ) -> None:
        rng = np.random.default_rng(seed)
        self.arrivals = np.cumsum(rng.exponential(1.0 / (arrival_rate * servers), requests))
        self.service_s = service.sample(rng, 2 * requests).reshape(requests, 2).tolist()
        first = rng.integers(servers, size=requests)
        second = (first + rng.integers(1, servers, size=requests)) % servers
        self.choice = np.stack((first, second), axis=1).tolist()
        self.after_s, self.tied = after_s, tied
        self.finished = np.full(requests, np.inf)
        self.executions = np.zeros(requests, dtype=int)
        self.started = [False] * requests
        self.queues: list[deque[tuple[int, int]]] = [deque() for _ in range(servers)]
        self.serving = [False] * servers
        self.busy_s = 0.0
        self.now = 0.0

    def run(self) -> None:
        """Work through the calendar until nothing is left."""
        calendar = [(at, _ARRIVE, job, 0) for job, at in enumerate(self.arrivals.tolist())]
        while calendar:
            self.now, kind, job, server = heapq.heappop(calendar)
            if kind == _ARRIVE:
                if np.isfinite(self.after_s):
                    heapq.heappush(calendar, (self.now + self.after_s, _SECOND, job, 0))
                self._enqueue(calendar, job, 0)
            elif kind == _SECOND:
                answered = self.started[job] if self.tied else self.finished[job] <= self.now
                if not answered:
                    self._enqueue(calendar, job, 1)
            else:
                self.finished[job] = min(self.finished[job], self.now)
                self.serving[server] = False
                self._start_next(calendar, server)

    def _enqueue(self, calendar: list, job: int, copy: int) -> None:
        server = self.choice[job][copy]
        self.queues[server].append((job, copy))
        if not self.serving[server]:
            self._start_next(calendar, server)

    def _start_next(self, calendar: list, server: int) -> None:
        queue = self.queues[server]
        while queue:
            job, copy = queue.popleft()
            if self.tied and self.started[job]:
                continue  # the twin has started elsewhere and cancelled this one
            self.started[job] = True
            self.executions[job] += 1
            self.serving[server] = True
            duration = self.service_s[job][copy]
            self.busy_s += duration
            heapq.heappush(calendar, (self.now + duration, _FINISH, job, server))
            return
