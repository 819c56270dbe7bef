"""Where to cut a network between glasses and node: little should cross."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]


@dataclass(frozen=True)
class CutTable:
    """Latency of each cut: the last axis runs over 0 (all on the node) to layers (all on device).

    Attributes
    ----------
    device_s, node_s
        Compute before and after the cut, shape (layers + 1,).
    transfer_s
        Alpha, bytes that cross and bytes of the reply; 0 where nothing crosses.
    total_s
        Their sum.
    best_cut
        Layers on the device in the fastest cut; the fewest if several are.
    best_s
        Latency of that cut.
    """

    device_s: Array
    transfer_s: Array
    node_s: Array
    total_s: Array
    best_cut: NDArray[np.int64]
    best_s: Array


def choose_cut(
    device_layer_s: ArrayLike,
    node_layer_s: ArrayLike,
    crossing_bytes: ArrayLike,
    alpha_s: ArrayLike,
    bandwidth_bytes_per_s: ArrayLike,
    reply_bytes: float = 0.0,
) -> CutTable:
    """Latency of every cut and the best one.

    Parameters
    ----------
    device_layer_s, node_layer_s
        Time of each layer on either side, shape (layers,).
    crossing_bytes
        Bytes at each cut, shape (layers + 1,): the input, then what each layer passes on. The last
        is not sent, since the device then has the result.
    alpha_s, bandwidth_bytes_per_s
        Start-up of the exchange, its mean or a quantile of it, and rate of the channel; they
        broadcast, and the cuts follow as a new last axis.
    reply_bytes
        Size of the result.

    Notes
    -----
    Every cut but the last pays one alpha, so alpha decides whether to offload, and the bytes and
    the two speeds decide where. Source: Kang et al. 2017, Neurosurgeon (ASPLOS), which searches
    the same table.

    Examples
    --------
    A network that narrows: its third cut is the place, unless alpha is large.

    >>> device, node = [0.002, 0.004, 0.020, 0.020], [0.0002, 0.0004, 0.002, 0.002]
    >>> crossing = [600e3, 400e3, 40e3, 20e3, 100]
    >>> table = choose_cut(device, node, crossing, [0.003, 0.090], 75e6)
    >>> table.best_cut.tolist(), table.best_s.round(4).tolist()
    ([2, 4], [0.0135, 0.046])
    """
    device = _checks.non_negative("device_layer_s", device_layer_s)
    node = _checks.non_negative("node_layer_s", node_layer_s)
    crossing = _checks.non_negative("crossing_bytes", crossing_bytes)
    if device.ndim != 1 or device.size == 0:
        raise ValueError("device_layer_s must be a list with one time per layer")
    if node.shape != device.shape:
        raise ValueError(f"node_layer_s must have {device.size} entries, one per layer")
    if crossing.shape != (device.size + 1,):
        raise ValueError(
            f"crossing_bytes must have {device.size + 1} entries, one more than layers"
        )
    alpha = _checks.non_negative("alpha_s", alpha_s)[..., np.newaxis]
    rate = _checks.positive("bandwidth_bytes_per_s", bandwidth_bytes_per_s)[..., np.newaxis]
    reply = _checks.single_non_negative("reply_bytes", reply_bytes)
    before = np.concatenate([[0.0], np.cumsum(device)])
    after = np.concatenate([np.cumsum(node[::-1])[::-1], [0.0]])
    sends = np.arange(crossing.size) < device.size
    transfer = np.where(sends, alpha + (crossing + reply) / rate, 0.0)
    total = before + transfer + after
    return CutTable(before, transfer, after, total, np.argmin(total, axis=-1), total.min(axis=-1))
