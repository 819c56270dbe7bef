"""Trace of a loop that calls a pool of engines at once: each call, and each second copy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks
from labpy.models.tail.distributions import LatencyDistribution

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LoopTrace:
    """Calls of each loop, shape (loops, engines) each; times in s.

    Attributes
    ----------
    dispatch_s
        When the calls of a loop were ready, shape (loops,).
    start_s, end_s
        Of the first copies: call k runs on engine k.
    copy_sent_s, copy_start_s, copy_end_s
        Of the second copies; NaN where none was sent.
    copy_engine
        Where the second copy of a call runs.
    """

    dispatch_s: Array
    start_s: Array
    end_s: Array
    copy_sent_s: Array
    copy_start_s: Array
    copy_end_s: Array
    copy_engine: NDArray[np.intp]

    @property
    def done_s(self) -> Array:
        """When the last call of a loop has its first answer, shape (loops,)."""
        return np.fmin(self.end_s, self.copy_end_s).max(axis=1)


def trace_loop(
    call: LatencyDistribution,
    work_s: float,
    ready_s: Array,
    hedge_after_s: float,
    engines: int,
    seed: int,
) -> LoopTrace:
    """Run loops whose calls are ready at given moments, copies as in ``simulate_loop``.

    Parameters
    ----------
    call
        Engine time of a call without its frames; drawn anew for each copy.
    work_s
        Engine time of the frames in a call.
    ready_s
        Ascending, shape (loops,), in s.
    hedge_after_s
        Time after which a call without an answer goes to another engine too; inf never sends.
    engines
        One for each call of a loop, at least 1. An engine serves in the order of arrival.
    seed
        The same seed, the same run.

    Examples
    --------
    >>> from labpy.models.tail import Deterministic
    >>> run = trace_loop(Deterministic(0.004), 0.001, np.arange(3) * 0.02, np.inf, 2, seed=1)
    >>> (run.done_s - run.dispatch_s).round(6).tolist()
    [0.005, 0.005, 0.005]
    """
    rng = np.random.default_rng(seed)
    loops = len(ready_s)
    size = _checks.single_count("engines", engines)
    drawn = call.sample(rng, 2 * loops * size).reshape(2, loops, size) + work_s
    aside = rng.integers(1, max(size, 2), size=(loops, size))
    engine = (np.arange(size) + aside) % size
    first, second, other = drawn[0].tolist(), drawn[1].tolist(), engine.tolist()
    free = [0.0] * size
    starts, ends = ([[0.0] * size for _ in range(loops)] for _ in range(2))
    copies = np.full((3, loops, size), np.nan)
    pending: list[tuple[float, int, int]] = []  # in the order of time: the delay is constant
    following = 0
    for loop, ready in enumerate([*ready_s.tolist(), np.inf]):
        while following < len(pending) and pending[following][0] <= ready:
            sent, job, home = pending[following]
            following += 1
            at = other[job][home]
            start = max(free[at], sent)
            free[at] = start + second[job][home]
            copies[:, job, home] = sent, start, free[at]
        if loop == loops:
            break
        for at in range(size):
            start = starts[loop][at] = max(free[at], ready)
            free[at] = ends[loop][at] = start + first[loop][at]
            if free[at] > ready + hedge_after_s:
                pending.append((ready + hedge_after_s, loop, at))
    return LoopTrace(
        ready_s, np.array(starts), np.array(ends), *copies, copy_engine=engine.astype(np.intp)
    )
