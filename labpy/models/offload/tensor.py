"""Tensor parallelism over Wi-Fi: two all-reduces a layer, each with its own alpha."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TensorSplit:
    """Time of one forward pass split over several nodes; fields broadcast.

    Attributes
    ----------
    compute_s
        Time of each node's part.
    startup_s, bytes_s
        Alphas and bytes of all all-reduces.
    total_s
        The sum.
    speedup
        Time on one node over ``total_s``: below 1 the split loses.
    break_even_alpha_s
        Start-up of a message at which the split neither wins nor loses; 0 if the bytes alone
        already lose, ``inf`` for one node, where no alpha is paid.
    """

    compute_s: Array
    startup_s: Array
    bytes_s: Array
    total_s: Array
    speedup: Array
    break_even_alpha_s: Array


def tensor_split(
    compute_s: ArrayLike,
    layers: ArrayLike,
    nodes: ArrayLike,
    size_bytes: ArrayLike,
    alpha_s: ArrayLike,
    bandwidth_bytes_per_s: ArrayLike = 75e6,
) -> TensorSplit:
    """Split every layer over ``nodes`` that share one wireless channel.

    Parameters
    ----------
    compute_s
        Time of the whole pass on one node.
    layers, nodes
        Layers, each with two all-reduces, and nodes; whole, at least 1.
    size_bytes
        Activations that an all-reduce sums.
    alpha_s, bandwidth_bytes_per_s
        Start-up of a message (mean) and rate of the channel. All arguments broadcast.

    Notes
    -----
    ``compute / p + 2 L (alpha log2 p + 2 (p - 1) n / beta)``: start-ups as in Thakur et al. 2005;
    on a shared medium the p nodes send in turn, so the volume is p times that of one node's ring.

    Examples
    --------
    >>> split = tensor_split(0.020, 32, [1, 2, 4], 8192, alpha_s=0.003)
    >>> split.total_s.round(3).tolist(), split.speedup.round(2).tolist()
    ([0.02, 0.216, 0.431], [1.0, 0.09, 0.05])
    >>> round(float(tensor_split(0.020, 32, 2, 8192, 0.003).break_even_alpha_s), 6)
    0.0
    """
    compute = _checks.positive("compute_s", compute_s)
    collectives = 2.0 * _checks.count("layers", layers)
    p = _checks.count("nodes", nodes).astype(float)
    size = _checks.non_negative("size_bytes", size_bytes)
    alpha = _checks.non_negative("alpha_s", alpha_s)
    rate = _checks.positive("bandwidth_bytes_per_s", bandwidth_bytes_per_s)
    startups = collectives * np.log2(p)
    sent = collectives * 2.0 * (p - 1.0) * size / rate
    part = compute / p
    total = part + startups * alpha + sent
    gain = np.maximum(compute - part - sent, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        even = np.where(startups > 0, gain / startups, np.inf)
    fields = np.broadcast_arrays(part, startups * alpha, sent, total, compute / total, even)
    return TensorSplit(*(np.array(values) for values in fields))
