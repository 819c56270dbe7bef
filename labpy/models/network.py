"""Time of messages and collectives in the alpha-beta model (Hockney 1994).

A message of ``n`` bytes takes ``alpha + n / beta``. Collectives of ``p`` devices follow Thakur,
Rabenseifner and Gropp 2005: ``log2 p`` start-ups, and the volume that each device must send.
Libraries switch protocols with the size; the fastest pair of the link's constants applies, so
that the time grows with the size without a jump. Against the medians on 8 H100 that the constants
derive from, the error is below 3% at 64 KiB, 1 MiB, 32 MiB and 512 MiB.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.registry import LanguageModel, Link, dtype_bytes
from labpy.models.registry import link as find_link

Array = NDArray[np.float64]


def _link(link: Link | str) -> Link:
    return find_link(link) if isinstance(link, str) else link


def point_to_point_s(
    size_bytes: ArrayLike, link: Link | str, alpha_s: float | None = None
) -> Array:
    """Time of one message between two devices.

    ``size_bytes`` of any shape; ``alpha_s`` replaces the link's start-up time.
    ValueError for a negative or non-finite argument.
    """
    link, size = _link(link), _checks.non_negative("size_bytes", size_bytes)
    alpha = link.alpha_s if alpha_s is None else _checks.single_non_negative("alpha_s", alpha_s)
    return alpha + size / (link.bandwidth_bytes_per_s * min(link.bulk_efficiency, 1.0))


def _collective(link: Link, volume: Array, participants: Array, alpha_s: float | None) -> Array:
    """Time to send ``volume`` from each device, by the faster of the two protocols."""
    bandwidth, doublings = link.bandwidth_bytes_per_s, np.log2(participants)
    bulk = volume / (bandwidth * link.bulk_efficiency)
    if alpha_s is not None:
        alpha = _checks.single_non_negative("alpha_s", alpha_s)
        return np.where(participants > 1, alpha + bulk, 0.0)
    quick = volume / (bandwidth * link.efficiency)
    return np.minimum(link.alpha_s * doublings + quick, link.bulk_alpha_s * doublings + bulk)


def all_reduce_s(
    size_bytes: ArrayLike,
    participants: ArrayLike,
    link: Link | str,
    alpha_s: float | None = None,
    custom_kernels: bool = False,
) -> Array:
    """Time to sum ``size_bytes`` over all participants and leave the sum with each.

    Parameters
    ----------
    size_bytes, participants
        Bytes on one device and number of devices; they broadcast. One device takes no time.
    link
        Key or record of the link.
    alpha_s
        Start-up time of the whole collective, in place of the link's: it spans 3 to 40 us by
        implementation on the same eight GPUs.
    custom_kernels
        Whether kernels in which devices read each other's memory may be used besides the
        library's, as serving engines do: one stage with ``(p - 1) n`` bytes and one start-up, or
        two stages with the ring's bytes. The fastest applies, so there is no jump.

    Source: ring volume ``2 (p - 1) / p * n`` (Patarasuk and Yuan 2009); one and two stages as in
    vLLM's ``custom_all_reduce.cuh``.
    """
    link = _link(link)
    size = _checks.non_negative("size_bytes", size_bytes)
    p = _checks.count("participants", participants).astype(float)
    return _all_reduce(size, p, link, alpha_s, custom_kernels)


def _all_reduce(
    size: Array, p: Array | float, link: Link, alpha_s: float | None, custom_kernels: bool
) -> Array:
    """``all_reduce_s`` without its checks."""
    volume = 2 * (p - 1) / p * size
    time = _collective(link, volume, p, alpha_s)
    if not custom_kernels or alpha_s is not None or link.one_shot_alpha_s == np.inf:
        return time
    beta = link.bandwidth_bytes_per_s
    one_shot = link.one_shot_alpha_s + (p - 1) * size / (beta * link.one_shot_efficiency)
    two_shot = link.two_shot_alpha_s + volume / (beta * link.two_shot_efficiency)
    return np.minimum(time, np.where(p > 1, np.minimum(one_shot, two_shot), 0.0))


def all_reduce_between_nodes_s(
    size_bytes: ArrayLike,
    node_size: int,
    nodes: int,
    link: Link | str,
    node_link: Link | str,
    custom_kernels: bool = False,
) -> Array:
    """Time to sum ``size_bytes`` over ``nodes`` of ``node_size`` devices each.

    Each node sums among its own devices, of which each then has a part that it sums with its
    peers in other nodes, through a network port of its own; at last the parts are gathered. So
    ``link`` carries an all-reduce and ``node_link`` one of a ``node_size``-th of the bytes.
    Source: NCCL's rings through one port for each device.
    """
    size = _checks.non_negative("size_bytes", size_bytes)
    inner = float(_checks.single_count("node_size", node_size))
    outer = float(_checks.single_count("nodes", nodes))
    within = _all_reduce(size, inner, _link(link), None, custom_kernels)
    return within + _all_reduce(size / inner, outer, _link(node_link), None, False)


def all_gather_s(
    size_bytes: ArrayLike, participants: ArrayLike, link: Link | str, alpha_s: float | None = None
) -> Array:
    """Time until each participant holds all ``size_bytes``, of which it had a p-th part."""
    size = _checks.non_negative("size_bytes", size_bytes)
    p = _checks.count("participants", participants).astype(float)
    return _collective(_link(link), (p - 1) / p * size, p, alpha_s)


def reduce_scatter_s(
    size_bytes: ArrayLike, participants: ArrayLike, link: Link | str, alpha_s: float | None = None
) -> Array:
    """Time until each participant holds its p-th part of the sum; the volume of an all-gather."""
    return all_gather_s(size_bytes, participants, link, alpha_s)


def all_to_all_s(
    size_bytes: ArrayLike, participants: ArrayLike, link: Link | str, alpha_s: float | None = None
) -> Array:
    """Time until each participant has sent an equal part of ``size_bytes`` to every other."""
    return all_gather_s(size_bytes, participants, link, alpha_s)


def weight_stationary_bytes(
    model: LanguageModel, batch_tokens: ArrayLike, participants: ArrayLike, dtype: str = "bf16"
) -> Array:
    """Bytes each device sends in one layer when weights stay put and activations are all-reduced.

    Two all-reduces a layer, after attention and after the feed-forward: the volume grows with the
    tokens. Source: Pope et al. 2022, Efficiently Scaling Transformer Inference.
    """
    tokens = _checks.non_negative("batch_tokens", batch_tokens)
    p = _checks.count("participants", participants).astype(float)
    return 2 * 2 * (p - 1) / p * tokens * model.hidden * dtype_bytes(dtype)


def weight_gathered_bytes(
    model: LanguageModel, participants: ArrayLike, weight_dtype: str = "bf16"
) -> Array:
    """Bytes each device receives in one layer when its weights are gathered and tokens stay put.

    The volume does not depend on the tokens. Source: Pope et al. 2022.
    """
    p = _checks.count("participants", participants).astype(float)
    return (p - 1) / p * model.layer_matrix_parameters * dtype_bytes(weight_dtype)


def gather_crossover_tokens(
    model: LanguageModel, dtype: str = "bf16", weight_dtype: str = "bf16"
) -> float:
    """Batch tokens above which gathering the weights sends fewer bytes than moving activations."""
    weights = model.layer_matrix_parameters * dtype_bytes(weight_dtype)
    return weights / (4 * model.hidden * dtype_bytes(dtype))
