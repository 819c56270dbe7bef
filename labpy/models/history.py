"""Which frames of the past a stream keeps, how far back they reach, and what reading them costs.

Three policies over so many maps a stream: the newest (``"newest"``), every ``stride``-th frame
(``"keyframes"``), and a cascade in which each map is refreshed half as often as the one before it
(``"thinning"``), so that gaps double with age.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.registry import dtype_bytes

Array = NDArray[np.float64]
POLICIES = ("newest", "keyframes", "thinning")


def map_bytes(rows: int, columns: int, channels: int, dtype: str = "int8") -> float:
    """Bytes of one feature map; whole numbers of at least 1, and a dtype of the registry.

    Examples
    --------
    An eighth of a 4K picture with 128 channels, in MB:

    >>> map_bytes(270, 480, 128) / 1e6
    16.5888
    """
    sizes = {"rows": rows, "columns": columns, "channels": channels}
    numbers = np.prod([_checks.single_count(name, value) for name, value in sizes.items()])
    return float(numbers) * dtype_bytes(dtype)


def kept_ages(policy: str, maps: int, stride: int = 1) -> NDArray[np.int64]:
    """Ages that the kept maps have at least, in frames, shape (maps,), newest first.

    Parameters
    ----------
    policy
        ``"newest"``, ``"keyframes"`` or ``"thinning"``; ValueError for another.
    maps
        Maps kept, whole, at least 1.
    stride
        Frames from one keyframe to the next; ignored by the other policies.

    Notes
    -----
    Ages breathe as maps are refreshed: a keyframe's by ``stride - 1``, and the i-th map of a
    cascade, taken over from the one before it every ``2**i`` frames, by ``2**i - 1``. These are
    the least, so the last of them is the reach that is always there. The cascade is the
    exponential histogram of Datar, Gionis, Indyk and Motwani 2002 with one map a size.

    Examples
    --------
    >>> kept_ages("thinning", 5)
    array([ 1,  2,  4,  8, 16])
    >>> kept_ages("keyframes", 3, stride=5)
    array([ 1,  6, 11])
    """
    _checks.choice("policy", policy, POLICIES)
    count = np.arange(_checks.single_count("maps", maps))
    stride = _checks.single_count("stride", stride)
    if policy == "thinning":
        return 2**count
    return 1 + count * (stride if policy == "keyframes" else 1)


def newest_age(policy: str, stride: int = 1) -> int:
    """Greatest age in frames that the newest map reaches before the next one replaces it."""
    _checks.choice("policy", policy, POLICIES)
    return _checks.single_count("stride", stride) if policy == "keyframes" else 1


def maps_after(policy: str, maps: int, frames: ArrayLike, stride: int = 1) -> NDArray[np.int64]:
    """Maps that a stream holds after so many frames from its start, in the shape of ``frames``."""
    ages = kept_ages(policy, maps, stride)
    return np.searchsorted(ages, _checks.count("frames", frames, 0), side="right")


def shared_read_s(
    size_bytes: ArrayLike, bandwidth_bytes_per_s: float, utilization: ArrayLike
) -> Array:
    """Mean time to read from a memory that is shared with others; ``inf`` from saturation on.

    ``size / bandwidth / (1 - utilization)``: processor sharing, in which the mean time of a job
    depends on its size and the load alone (Kleinrock 1976, Queueing Systems II, section 4.4).
    Arguments broadcast; ``utilization`` counts all traffic, this read's included.

    Examples
    --------
    >>> float(shared_read_s(133e6, 164e9, 0.5))  # doctest: +ELLIPSIS
    0.00162...
    """
    size = _checks.non_negative("size_bytes", size_bytes)
    bandwidth = _checks.single_positive("bandwidth_bytes_per_s", bandwidth_bytes_per_s)
    load = _checks.non_negative("utilization", utilization)
    left = np.maximum(1.0 - load, 0.0)
    return np.where(left > 0.0, size / bandwidth / np.where(left > 0.0, left, 1.0), np.inf)
