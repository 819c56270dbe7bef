"""N*D/D/1, exact: even streams that know nothing of each other at a server with one service time.

Each source sends once a period, at a phase of its own that any is as likely to be. What one finds
is the work that the others left, whose law is known in closed form (Eckberg 1979, The single server
queue with periodic arrival process and deterministic service times, IEEE Transactions on
Communications 27; as in Roberts, Mocci and Virtamo 1996, Broadband Network Teletraffic, chapter
15). Even streams wait for far less than arrivals at random: two never meet more than once a period.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from labpy.models import _checks
from labpy.models.queueing.result import Array, QueueResult, bisect


def _gauss_legendre(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Give nodes and weights of the rule on [-1, 1], by Newton from Chebyshev's points.

    `numpy.polynomial` has them too, but is not among what the browser gets of numpy.
    """
    x = np.cos(math.pi * (np.arange(count, 0, -1) - 0.25) / (count + 0.5))
    for _ in range(8):
        before, now = np.ones(count), x
        for n in range(2, count + 1):
            before, now = now, ((2 * n - 1) * x * now - (n - 1) * before) / n
        slope = count * (x * now - before) / (x * x - 1)
        x = x - now / slope
    return x, 2 / ((1 - x * x) * slope * slope)


_NODES, _WEIGHTS = _gauss_legendre(12)
_NEGLIGIBLE = 1e-14


def ndd1(sources: ArrayLike, period_s: ArrayLike, service_time_s: ArrayLike) -> QueueResult:
    """Even streams with random phases at one server, exact, in the order of arrival.

    Parameters
    ----------
    sources
        How many there are, whole, at least 1; each sends once a period.
    period_s, service_time_s
        Above 0. All arguments broadcast.

    Notes
    -----
    Probabilities are over the phases; those of given sources stay as they are, unless clocks
    drift. As sources grow in number and thin out, it becomes M/D/1, from below. Full but not
    overloaded (``sources * service_time_s == period_s``) it is stable, as nothing varies.

    Examples
    --------
    Six at a load of 0.72 wait for two fifths of what arrivals at random do:

    >>> from labpy.models.queueing import md1
    >>> even, poisson = ndd1(6, 1 / 60, 0.002), md1(360.0, 0.002)
    >>> [round(1e3 * float(each.mean_wait_s), 2) for each in (even, poisson)]
    [1.02, 2.57]
    """
    count = _checks.count("sources", sources)
    period = _checks.positive("period_s", period_s)
    service = _checks.positive("service_time_s", service_time_s)
    count, period, service = np.broadcast_arrays(count, period, service)
    load = count * service / period
    stable = load <= 1.0 + 1e-12
    # Of an overloaded queue nothing is asked, and alone it is stable.
    others = np.where(stable, count - 1, 0)
    spaces = np.where(stable, np.maximum(period / service, count), 1.0)
    flat = [*zip(others.ravel().tolist(), spaces.ravel().tolist(), strict=True)]
    mean = np.reshape([_mean(*each) for each in flat], count.shape) * service
    waits = np.reshape([_beyond(np.zeros(1), *each)[0] for each in flat], count.shape)
    mean_wait = np.where(stable, mean, np.inf)

    def wait_quantile(p: Array) -> Array:
        level, left, room, one = np.broadcast_arrays(p, others, spaces, service)
        cells = zip(level.ravel(), left.ravel(), room.ravel(), strict=True)
        return np.reshape([_quantile(*each) for each in cells], level.shape) * one

    return QueueResult(
        utilization=load,
        stable=stable,
        wait_probability=np.where(stable, waits, 1.0),
        mean_wait_s=mean_wait,
        mean_response_s=mean_wait + service,
        mean_in_system=np.where(stable, load * (1.0 + mean), np.inf),
        _wait_quantile=wait_quantile,
        _response_quantile=lambda p: wait_quantile(p) + service,
    )


def ndd1_longer_than(wait_s: Array, sources: int, period_s: float, service_s: float) -> Array:
    """Probability that a wait of :func:`ndd1` is longer, of the shape of ``wait_s``; stable."""
    spaces = max(period_s / service_s, float(sources))
    return _beyond(np.asarray(wait_s, dtype=float) / service_s, sources - 1, spaces)


def _beyond(wait: Array, others: int, spaces: float) -> Array:
    """P(work of `others` > wait), in service times; the period is so many ``spaces``.

    The sum is over how many of the others have come since the server was last free.
    """
    if others == 0:
        return np.zeros(wait.shape)
    n = np.arange(1, others + 1)[:, np.newaxis]
    logs = np.log(np.arange(1, others + 1))
    chosen = np.cumsum(logs[::-1] - logs)[:, np.newaxis]  # of the binomial coefficient
    span = np.clip((n - wait) / spaces, 0.0, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = np.where(n < others, (others - n) * np.log1p(-span), 0.0)
        each = np.exp(chosen + n * np.log(span) + rest)
        free = (spaces - others + wait) / (spaces - n + wait)
    return np.minimum(np.where(n > wait, each * free, 0.0).sum(axis=0), 1.0)


def _mean(others: int, spaces: float) -> float:
    """Mean wait in service times: the tail's integral, between its kinks at whole numbers."""
    total = 0.0
    for k in range(int(others)):
        at = k + 0.5 * (_NODES + 1.0)
        part = 0.5 * float(_WEIGHTS @ _beyond(at, int(others), spaces))
        total += part
        if part < _NEGLIGIBLE:
            break
    return total


def _quantile(p: float, others: int, spaces: float) -> float:
    def above(wait: Array) -> Array:
        return _beyond(wait, int(others), spaces) - (1.0 - p)

    if above(np.zeros(1))[0] <= 0.0:
        return 0.0
    return float(bisect(above, np.zeros(1), np.full(1, float(others)))[0])
