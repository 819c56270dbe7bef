"""Routers: which of several replicas a request is sent to."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks

ROUTERS = ("random", "round_robin", "least_loaded", "power_of_two", "prefix")

# A load is looked up by the number of a replica; a choice is made for the number of a request.
Load = Callable[[int], float]
Choice = Callable[[int], int]


def check_router(router: str) -> str:
    """Return ``router``, or raise ValueError that lists the known ones."""
    return _checks.choice("router", router, ROUTERS)


def make_router(
    router: str,
    replicas: int,
    requests: int,
    load: Load,
    rng: np.random.Generator,
    prefix_id: NDArray[np.int64] | None = None,
    balance: tuple[float, float] = (64.0, 1.5),
) -> Choice:
    """Return the function that chooses a replica for each request, in the order of arrival.

    ``random`` and ``round_robin`` look at nothing. ``least_loaded`` joins the shortest queue, ties
    at random. ``power_of_two`` joins the shorter of two queues drawn at random (Mitzenmacher
    2001). ``prefix`` sends equal ``prefix_id`` to one replica, by rendezvous hashing (Thaler and
    Ravishankar 1998), unless the fullest replica has more requests than the emptiest by more than
    both thresholds of ``balance``, an absolute and a relative one: then, and for requests
    without a prefix (-1), to the least loaded.
    """
    if replicas == 1:
        return lambda _: 0
    if router == "random":
        return rng.integers(replicas, size=requests).tolist().__getitem__
    if router == "round_robin":
        return lambda request: request % replicas
    tie = rng.random(requests).tolist()
    everyone = range(replicas)

    def least_loaded(request: int) -> int:
        return _least([load(replica) for replica in everyone], tie[request])

    if router == "least_loaded":
        return least_loaded
    if router == "power_of_two":
        first = rng.integers(replicas, size=requests)
        second = (first + rng.integers(1, replicas, size=requests)) % replicas
        one, other = first.tolist(), second.tolist()

        def power_of_two(request: int) -> int:
            a, b = one[request], other[request]
            return a if load(a) <= load(b) else b

        return power_of_two
    home = _homes(prefix_id, replicas, rng)
    absolute, relative = balance

    def prefix(request: int) -> int:
        loads = [load(replica) for replica in everyone]
        low, high = min(loads), max(loads)
        if home[request] < 0 or (high - low > absolute and high > relative * low):
            return _least(loads, tie[request])
        return home[request]

    return prefix


def _least(loads: Sequence[float], tie: float) -> int:
    """Return the index of the least load; ``tie``, between 0 and 1, decides among equals."""
    low = min(loads)
    if loads.count(low) == 1:
        return loads.index(low)
    equal = [index for index, value in enumerate(loads) if value == low]
    return equal[int(tie * len(equal))]


def _homes(
    prefix_id: NDArray[np.int64] | None, replicas: int, rng: np.random.Generator
) -> list[int]:
    """Replica of each request's prefix: that with the highest random number; -1 for none."""
    ids, index = np.unique(prefix_id, return_inverse=True)
    home = rng.random((len(ids), replicas)).argmax(axis=1)
    return np.where(ids < 0, -1, home)[index].tolist()
