"""Fan-out: a request that is answered when the slowest of its leaves is."""

from math import lgamma

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.tail.distributions import LatencyDistribution, plain


def prob_any_exceeds(p_leaf: ArrayLike, fan_out: ArrayLike) -> NDArray[np.float64] | float:
    """Probability that at least one of ``fan_out`` independent leaves is slow.

    Parameters
    ----------
    p_leaf
        Probability in [0, 1] that one leaf is slow.
    fan_out
        Number of leaves, whole, at least 1. Broadcasts with ``p_leaf``.

    Notes
    -----
    ``1 - (1 - p)**n``; Dean and Barroso, "The Tail at Scale", CACM 56(2), 2013.

    Examples
    --------
    >>> round(prob_any_exceeds(0.01, 100), 3), round(prob_any_exceeds(0.0001, 2000), 3)
    (0.634, 0.181)
    """
    p_leaf = _checks.probability("p_leaf", p_leaf)
    fan_out = _checks.count("fan_out", fan_out)
    with np.errstate(divide="ignore"):
        return plain(-np.expm1(fan_out * np.log1p(-p_leaf)))


def fan_out_quantile_s(
    dist: LatencyDistribution, fan_out: ArrayLike, p: ArrayLike
) -> NDArray[np.float64] | float:
    """Quantile of the slowest of ``fan_out`` independent leaves: exact.

    Parameters
    ----------
    dist
        Latency of a leaf; a hedged leaf (:class:`HedgeResult`) is one too.
    fan_out
        Number of leaves, whole, at least 1.
    p
        Quantile in [0, 1). Broadcasts with ``fan_out``.

    Notes
    -----
    All are within t with probability ``F(t)**n``, so the answer is the leaf's quantile at
    ``p**(1/n)``: the median of 100 leaves is each leaf's 99.3rd percentile.

    Examples
    --------
    >>> from labpy.models.tail import Exponential
    >>> round(fan_out_quantile_s(Exponential(0.001), 10, 0.999) * 1e3, 3)
    9.21
    """
    fan_out = _checks.count("fan_out", fan_out)
    p = _checks.quantile_level("p", p)
    with np.errstate(divide="ignore"):
        leaf = np.exp(np.log(p) / fan_out)
    return dist.quantile_s(np.minimum(leaf, np.nextafter(1.0, 0.0)))


def k_of_n_quantile_s(
    dist: LatencyDistribution, k: ArrayLike, n: ArrayLike, p: ArrayLike
) -> NDArray[np.float64] | float:
    """Quantile of the time by which ``k`` of ``n`` independent leaves have answered: exact.

    Parameters
    ----------
    dist
        Latency of a leaf.
    k, n
        Answers that are waited for and leaves that are asked, whole, ``1 <= k <= n``.
    p
        Quantile in [0, 1). All but ``dist`` broadcast.

    Notes
    -----
    The k-th of n order statistics is within t if at least k leaves are: the binomial tail
    ``P(Bin(n, F(t)) >= k)``, inverted for F(t). With ``k = n`` it is :func:`fan_out_quantile_s`.
    Dean and Barroso, "The Tail at Scale", CACM 56(2), 2013, table 1, measured what it buys: one
    leaf 1, 5 and 10 ms (P50, P95, P99), 95% of all leaves 12, 32 and 70 ms, all of them 40, 87 and
    140 ms. Their leaves are not independent (a leaf's P50 of 1 ms would put the P50 of 95% of
    many at about its own P95, 5 ms), so the law here is a lower bound for such a fleet.

    Examples
    --------
    Leaving out the five slowest of 100 leaves:

    >>> from labpy.models.tail import Exponential
    >>> [round(k_of_n_quantile_s(Exponential(0.001), k, 100, 0.99) * 1e3, 1) for k in (95, 100)]
    [4.0, 9.2]
    """
    needed = _checks.count("k", k)
    leaves = _checks.count("n", n)
    if (needed > leaves).any():
        raise ValueError(f"k must be at most n, got k = {k!r} and n = {n!r}")
    level = _checks.quantile_level("p", p)
    needed, leaves, level = np.broadcast_arrays(needed, leaves, level)
    found = [
        _leaf_level(int(a), int(b), float(c))
        for a, b, c in zip(needed.ravel(), leaves.ravel(), level.ravel(), strict=True)
    ]
    return dist.quantile_s(plain(np.reshape(found, level.shape)))


def _leaf_level(k: int, n: int, p: float) -> float:
    """Share of leaves within a time by which k of n are with probability ``p``.

    By bisection on ``log(u / (1 - u))``, so that levels next to 0 and to 1 keep their digits.
    """
    if p == 0.0:
        return 0.0
    answered = np.arange(k, n + 1)
    ways = lgamma(n + 1) - np.array([lgamma(i + 1) + lgamma(n - i + 1) for i in answered])
    low, high = -745.0, 745.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        within, late = -np.logaddexp(0.0, -middle), -np.logaddexp(0.0, middle)
        reached = np.exp(ways + answered * within + (n - answered) * late).sum() >= p
        low, high = (low, middle) if reached else (middle, high)
    return min(float(np.exp(-np.logaddexp(0.0, -high))), float(np.nextafter(1.0, 0.0)))
