"""Request-level simulation of servers behind a router, each with a queue of its own."""

from collections import deque

import numpy as np
from numpy.typing import ArrayLike

from labpy.models import _checks
from labpy.models.simulation.queues import QueueTrace, _ascending
from labpy.models.simulation.routers import make_router

_ROUTERS = ("random", "round_robin", "least_loaded", "power_of_two")


def simulate_routing(
    arrival_s: ArrayLike,
    service_s: ArrayLike,
    replicas: int,
    router: str = "random",
    seed: int = 0,
) -> QueueTrace:
    """Simulate servers that serve one request after the other, in the order of arrival.

    ``arrival_s`` ascends; ``service_s`` broadcasts against it. ``router`` is ``"random"``,
    ``"round_robin"``, ``"least_loaded"`` (the shortest queue, ties at random) or
    ``"power_of_two"`` (the shorter of two drawn at random); the seed is the router's.
    ValueError for a wrong argument.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> arrivals, service = np.cumsum(rng.exponential(1 / 7.2, 50_000)), rng.exponential(1, 50_000)
    >>> for router in ("random", "power_of_two", "least_loaded"):
    ...     print(router, simulate_routing(arrivals, service, 8, router).response_s.mean().round(1))
    random 9.9
    power_of_two 3.0
    least_loaded 2.1
    """
    arrivals = _ascending(arrival_s)
    service = np.broadcast_to(_checks.non_negative("service_s", service_s), arrivals.shape)
    count = _checks.single_count("replicas", replicas)
    _checks.choice("router", router, _ROUTERS)
    rng = np.random.default_rng(_checks.single_count("seed", seed, 0))
    ends: list[deque[float]] = [deque() for _ in range(count)]
    now = 0.0

    def load(replica: int) -> int:
        queue = ends[replica]
        while queue and queue[0] <= now:
            queue.popleft()
        return len(queue)

    choose = make_router(router, count, len(arrivals), load, rng)
    waits = []
    for request, (time, work) in enumerate(zip(arrivals.tolist(), service.tolist(), strict=True)):
        now = time
        replica = choose(request)
        queue = ends[replica]
        start = max(now, queue[-1]) if load(replica) else now
        queue.append(start + work)
        waits.append(start - now)
    wait = np.array(waits)
    one = np.ones(len(arrivals), dtype=np.int64)
    return QueueTrace(arrivals, wait, wait + service, one, np.zeros(len(arrivals)))
