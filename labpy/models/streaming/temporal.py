"""Temporal features of cameras: how far back a stack may look before DRAM or its bandwidth ends."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.registry import dtype_bytes

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TemporalPlan:
    """Memory of the features of earlier frames; fields broadcast.

    Attributes
    ----------
    map_bytes
        One feature map.
    frames_kept
        Of each stream.
    stream_bytes, total_bytes
        Of one stream and of all.
    read_bytes_per_s
        What all streams read of them, each kept frame once for every new one.
    max_streams, max_frames
        As many as the budget holds, the other of the two left as asked for.
    fits
        Whether ``total_bytes`` are within the budget.
    """

    map_bytes: Array
    frames_kept: NDArray[np.int64]
    stream_bytes: Array
    total_bytes: Array
    read_bytes_per_s: Array
    max_streams: NDArray[np.int64]
    max_frames: NDArray[np.int64]
    fits: NDArray[np.bool_]


def temporal_memory(
    streams: ArrayLike,
    history_s: ArrayLike,
    frame_rate: ArrayLike,
    budget_bytes: ArrayLike,
    rows: ArrayLike = 113,
    columns: ArrayLike = 200,
    channels: ArrayLike = 256,
    dtype: str = "fp16",
    keep_every: ArrayLike = 1,
) -> TemporalPlan:
    """Features of the last ``history_s`` seconds of each camera against a budget of DRAM.

    Parameters
    ----------
    streams
        Cameras, whole, at least 1.
    history_s, frame_rate
        How far back features are kept, and frames a second of a camera.
    budget_bytes
        DRAM that may hold them.
    rows, columns, channels, dtype
        Of one feature map; by default an eighth of 1600 x 900 pixels (the camera of nuScenes,
        Caesar et al. 2020) with the 256 channels of BEVFormer (Li et al. 2022, arXiv:2203.17270),
        whose bird's-eye grid would be 200 x 200 x 256.
    keep_every
        1 keeps every frame (dense), n each n-th (keyframes): the same span in an n-th of the
        memory, with coarser motion.

    Examples
    --------
    Eight cameras over a second: dense features don't fit 8 GB, keyframes do.

    >>> plan = temporal_memory(8, 1.0, 100, 8e9, keep_every=[1, 5])
    >>> (plan.total_bytes / 1e9).round(2).tolist(), plan.fits.tolist()
    ([9.26, 1.85], [False, True])
    """
    count = _checks.count("streams", streams)
    history = _checks.non_negative("history_s", history_s)
    rate = _checks.positive("frame_rate", frame_rate)
    budget = _checks.non_negative("budget_bytes", budget_bytes)
    step = _checks.count("keep_every", keep_every)
    sizes = [
        _checks.count(name, value).astype(float)
        for name, value in (("rows", rows), ("columns", columns), ("channels", channels))
    ]
    one = sizes[0] * sizes[1] * sizes[2] * dtype_bytes(dtype)
    kept = np.ceil(history * rate / step - 1e-9)
    stream = kept * one
    total = count * stream
    each = np.where(stream > 0, stream, 1.0)
    most = np.where(stream > 0, np.floor(budget / each + 1e-9), count)
    frames = np.floor(budget / (count * one) + 1e-9)
    fields = np.broadcast_arrays(
        one, kept, stream, total, total * rate, most, frames, total <= budget
    )
    whole = (1, 5, 6)
    return TemporalPlan(
        *(np.array(f, dtype=np.int64) if i in whole else np.array(f) for i, f in enumerate(fields))
    )
