"""Hedged and tied requests while the load stands still (Dean and Barroso 2013)."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.tail.distributions import (
    Deterministic,
    LatencyDistribution,
    mid_quantiles,
    plain,
    quantile_by_bisection,
    times,
)

_NODES = 128
_MEAN_NODES = 20_000


def delay_s(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Check a delay: seconds of at least 0, where infinity means never."""
    array = np.asarray(value, dtype=float)
    if np.isnan(array).any() or (array < 0.0).any():
        raise ValueError(f"{name} must be 0 or greater (infinity for never), got {value!r}")
    return array


@dataclass(frozen=True)
class HedgeResult:
    """Latency of a request whose second copy is sent after ``hedge_after_s``.

    It is a latency distribution itself, so it can be fanned out or hedged again. With an array of
    delays, ``cdf`` and ``quantile_s`` broadcast their argument against it.

    Attributes
    ----------
    dist
        Latency of one copy.
    hedge_after_s
        Delay of the second copy.
    extra_load
        Second copies sent for each request.
    """

    dist: LatencyDistribution
    hedge_after_s: NDArray[np.float64] | float
    extra_load: NDArray[np.float64] | float

    def cdf(self, t_s: ArrayLike) -> NDArray[np.float64] | float:
        """Probability that the first answer of the two is there by ``t_s``."""
        t_s = times(t_s)
        first = np.asarray(self.dist.cdf(t_s))
        since = np.where(np.isinf(self.hedge_after_s), -1.0, t_s - _finite(self.hedge_after_s))
        second = np.where(since >= 0.0, self.dist.cdf(since), 0.0)
        # Written so that without a second copy the first's value comes back bit for bit.
        return plain(first + second * (1.0 - first))

    def quantile_s(self, p: ArrayLike) -> NDArray[np.float64] | float:
        """Latency that a share ``p`` of requests stays within, in seconds."""
        p = _checks.quantile_level("p", p)
        p, after = np.broadcast_arrays(p, np.asarray(self.hedge_after_s))
        alone = np.asarray(self.dist.quantile_s(p))
        if (alone <= after).all():
            return plain(alone)
        found = quantile_by_bisection(self.cdf, p, np.zeros_like(alone), alone)
        return plain(np.where(alone <= after, alone, found))

    @property
    def mean_s(self) -> float:
        """Mean latency from 20,000 quantiles (one delay only)."""
        return float(mid_quantiles(self, _MEAN_NODES).mean())

    def sample(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Draw ``n`` independent latencies in seconds (one delay only)."""
        first = self.dist.sample(rng, n)
        return np.minimum(first, self.hedge_after_s + self.dist.sample(rng, n))


def _finite(value: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(value, dtype=float)
    return np.where(np.isinf(array), 0.0, array)


def hedged(dist: LatencyDistribution, hedge_after_s: ArrayLike) -> HedgeResult:
    """Send a second copy to another server if no answer came within ``hedge_after_s``: exact.

    Parameters
    ----------
    dist
        Latency of one copy; the two copies are independent.
    hedge_after_s
        Delay in seconds, a number or an array; infinity never hedges.

    Returns
    -------
    HedgeResult
        ``extra_load`` is P(latency > hedge_after_s).

    Notes
    -----
    ``P(T <= t) = 1 - (1 - F(t)) (1 - F(t - d))``. The second copies are taken to leave the latency
    of a copy as it is; :func:`hedged_under_load` drops that assumption. Source: Dean and Barroso,
    "The Tail at Scale", CACM 56(2), 2013.

    Examples
    --------
    Hedging at the 95th percentile costs 5% more requests:

    >>> from labpy.models.tail import ShiftedLogNormal, WithStalls
    >>> leaf = WithStalls(ShiftedLogNormal(0.002, 0.003, 0.4), 0.01, 0.5)
    >>> hedge = hedged(leaf, leaf.quantile_s(0.95))
    >>> round(hedge.extra_load, 4)
    0.05
    >>> round(leaf.quantile_s(0.999), 3), round(hedge.quantile_s(0.999), 3)
    (0.507, 0.015)
    """
    after = delay_s("hedge_after_s", hedge_after_s)
    extra = np.where(np.isinf(after), 0.0, 1.0 - np.asarray(dist.cdf(_finite(after))))
    return HedgeResult(dist, plain(after), plain(extra))


@dataclass(frozen=True)
class TiedResult:
    """Latency of two copies in two queues, where the first to start cancels the other.

    Attributes
    ----------
    wait
        Time that one copy waits before its server starts it.
    service
        Time that it takes from then on.
    tie_after_s
        Delay of the second copy.
    extra_load
        Executions for each request beyond the first: both start within the cancellation delay.
    """

    wait: LatencyDistribution
    service: LatencyDistribution
    tie_after_s: float
    extra_load: float
    _service_nodes_s: NDArray[np.float64] = field(repr=False, compare=False)

    def cdf(self, t_s: ArrayLike) -> NDArray[np.float64] | float:
        """Probability of an answer by ``t_s``."""
        first_start = HedgeResult(self.wait, self.tie_after_s, 0.0)
        left = times(t_s)[..., None] - self._service_nodes_s
        return plain(np.asarray(first_start.cdf(left)).mean(axis=-1))

    def quantile_s(self, p: ArrayLike) -> NDArray[np.float64] | float:
        """Latency that a share ``p`` of requests stays within, in seconds."""
        p = _checks.quantile_level("p", p)
        first_start = HedgeResult(self.wait, self.tie_after_s, 0.0)
        if self._service_nodes_s.size == 1:
            return plain(np.asarray(first_start.quantile_s(p)) + self._service_nodes_s[0])
        half = 0.5 * (1.0 + p)
        high = np.asarray(first_start.quantile_s(half)) + np.asarray(self.service.quantile_s(half))
        return plain(quantile_by_bisection(self.cdf, p, np.zeros_like(p), high))

    @property
    def mean_s(self) -> float:
        """Mean latency, that of the start from 20,000 quantiles."""
        return HedgeResult(self.wait, self.tie_after_s, 0.0).mean_s + self.service.mean_s

    def sample(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Draw ``n`` independent latencies in seconds."""
        start = HedgeResult(self.wait, self.tie_after_s, 0.0).sample(rng, n)
        return start + self.service.sample(rng, n)


def tied(
    dist: LatencyDistribution,
    tie_after_s: float = 0.0,
    service: LatencyDistribution | None = None,
    cancel_s: float = 0.0,
) -> TiedResult:
    """Queue the request at two servers; the one that starts it first cancels the other.

    Parameters
    ----------
    dist
        Time that a copy waits in its server's queue.
    tie_after_s
        Delay of the second copy; infinity never sends it.
    service
        Time from the start of execution to the answer; none at all by default, so that the
        result is the time to the start.
    cancel_s
        Time that a cancellation takes to arrive. If both start within it, both run.

    Returns
    -------
    TiedResult
        ``extra_load`` counts executions, not messages: unlike :func:`hedged`, a copy cancelled
        in the queue costs a server nothing.

    Notes
    -----
    The start is exact; its sum with ``service`` is a quadrature over 128 slices of the latter, and
    a pair that runs twice is counted as if the first to start answered. A stall *during* service
    hits both copies' one execution: tying heals queues, hedging heals servers. Source: Dean and
    Barroso 2013.

    Examples
    --------
    >>> from labpy.models.tail import Exponential
    >>> round(Exponential(0.01).quantile_s(0.99), 4)
    0.0461
    >>> round(tied(Exponential(0.01)).quantile_s(0.99), 4)
    0.023
    """
    after = delay_s("tie_after_s", tie_after_s)
    if after.ndim:
        raise ValueError("tie_after_s must be one number, not an array")
    cancel_s = _checks.single_non_negative("cancel_s", cancel_s)
    service = Deterministic(0.0) if service is None else service
    nodes = _NODES if not isinstance(service, Deterministic) else 1
    extra = 0.0
    if cancel_s > 0.0 and np.isfinite(after):
        second_start = float(after) + mid_quantiles(dist, _NODES)
        earliest = np.maximum(second_start - cancel_s, float(after))
        extra = np.mean(np.asarray(dist.cdf(second_start + cancel_s)) - dist.cdf(earliest))
    return TiedResult(dist, service, float(after), float(extra), mid_quantiles(service, nodes))
