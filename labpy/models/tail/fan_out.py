"""Fan-out: a request that is answered when the slowest of its leaves is."""

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
