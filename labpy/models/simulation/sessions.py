"""Sessions that come and go, each of which wants a place in memory while it lasts."""

import heapq
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks

Array = NDArray[np.float64]


@dataclass(frozen=True)
class SessionTrace:
    """One entry a session, in the order in which they begin; times in s.

    Attributes
    ----------
    user
        Whose session it is.
    begun_s, ended_s
        When it is wanted. What was on at 0 begins before.
    """

    user: NDArray[np.intp]
    begun_s: Array
    ended_s: Array


def on_and_off(
    users: int, active_fraction: float, mean_session_s: float, until_s: float, seed: int
) -> SessionTrace:
    """Users who are on and off by turns, independent of each other, as in the long run.

    Parameters
    ----------
    users
        Whole, at least 1.
    active_fraction
        Share of the time in which each is on, above 0 and at most 1; at 1 the next session follows
        at once.
    mean_session_s
        Sessions last exponential times, and so do the pauses.
    until_s
        Sessions that begin later are left out.
    seed
        The same seed, the same run.

    Notes
    -----
    Each user is on at 0 with the probability ``active_fraction``; exponential times have no memory,
    so what is left of a session or pause then has the law of a whole one. The number that is on is
    binomial at any moment.

    Examples
    --------
    >>> run = on_and_off(200, 0.3, 20.0, 1000.0, seed=1)
    >>> on = (run.begun_s <= 500.0) & (run.ended_s > 500.0)
    >>> bool(40 < on.sum() < 80)
    True
    """
    count = _checks.single_count("users", users)
    active = float(_checks.probability("active_fraction", active_fraction))
    mean_on = _checks.single_positive("mean_session_s", mean_session_s)
    until = _checks.single_positive("until_s", until_s)
    if active == 0.0:
        raise ValueError("active_fraction must be above 0")
    rng = np.random.default_rng(seed)
    mean_off = mean_on * (1.0 - active) / active
    expected = until / (mean_on + mean_off)
    cycles = int(expected + 6.0 * np.sqrt(expected)) + 8
    lasts = rng.exponential(mean_on, (count, cycles))
    pauses = rng.exponential(1.0, (count, cycles)) * mean_off
    pauses[rng.random(count) < active, 0] = 0.0
    ended = np.cumsum(lasts + pauses, axis=1)
    begun = np.hstack([np.zeros((count, 1)), ended[:, :-1]]) + pauses  # exact without a pause
    order = np.argsort(begun, axis=None, kind="stable")
    order = order[begun.ravel()[order] < until]
    return SessionTrace(order // cycles, begun.ravel()[order], ended.ravel()[order])


def moments_beyond(trace: SessionTrace, places: int) -> tuple[Array, Array]:
    """Begin and end of each time between two events in which more sessions are on than places.

    Parameters
    ----------
    trace
        The run.
    places
        Whole, at least 0.

    Returns
    -------
    tuple of ndarray
        Ascending, in s.
    """
    at = np.concatenate([trace.begun_s, trace.ended_s])
    order = np.argsort(at, kind="stable")
    on = np.cumsum(np.where(order < len(trace.begun_s), 1, -1))
    at = at[order]
    beyond = np.flatnonzero(on[:-1] > places)
    return at[beyond], at[beyond + 1]


def placed_s(trace: SessionTrace, places: int, since_s: float) -> Array:
    """When each session gets its place, in the order in which they ask.

    A session that ends before its turn comes goes without: its place "begins" at its end. Those
    that begin before ``since_s`` had theirs at once: at that time nobody may wait.
    """
    placed = trace.begun_s.copy()
    first = int(np.searchsorted(trace.begun_s, since_s))
    earlier = trace.ended_s[:first]
    ends = earlier[earlier > since_s].tolist()
    heapq.heapify(ends)
    line: deque[int] = deque()

    def serve(until: float) -> None:
        while ends and ends[0] <= until:
            free = heapq.heappop(ends)
            while line:
                session = line.popleft()
                placed[session] = min(free, trace.ended_s[session])
                if trace.ended_s[session] > free:
                    heapq.heappush(ends, float(trace.ended_s[session]))
                    break

    for session in range(first, len(placed)):
        serve(float(trace.begun_s[session]))
        if len(ends) < places:
            heapq.heappush(ends, float(trace.ended_s[session]))
        else:
            line.append(session)
    serve(np.inf)
    return placed
