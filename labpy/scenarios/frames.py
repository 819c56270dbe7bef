"""What the mobile scenarios share: a mesh between two measured ones, frames for a timeline."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from labpy.instruments.pictures.frame_timeline import Frames, FrameStatistics
from labpy.instruments.pictures.frontier import FrontierCurve
from labpy.models.offload import Channel, home_mesh, wifi6_clean
from labpy.models.tail import WithStalls

DRAWN = 240  # four seconds at 60 a second
COUNTED = 6000  # a hundred seconds: 1% of them can be told from 0.9%
LEVELS = (np.arange(COUNTED) + 0.5) / COUNTED
_SHUFFLED = np.random.default_rng(60).permutation(COUNTED)


@lru_cache(maxsize=64)
def mesh(stall_share: float) -> Channel:
    """Give a clean Wi-Fi 6 channel on which a share of the messages meets a home mesh's stall.

    Between no stalls (measured: P99 below 10 ms) and those of a home mesh (P99 about 90 ms) the
    share is what is turned.
    """
    clean, home = wifi6_clean(), home_mesh()
    if stall_share == 0:
        return clean
    return replace(clean, alpha=WithStalls(clean.alpha, stall_share, home.alpha.stall))


def home_stall_share() -> float:
    """Give the share of messages that meet a stall in the measured home mesh's model."""
    return home_mesh().alpha.stall_probability


def frames(
    quantiles_s: np.ndarray, deadline_s: float, stutter_limit: float, law: FrameStatistics
) -> Frames:
    """Give frames of a law, by its quantiles at `LEVELS`, in a random order that stays the same.

    The share of late ones is the law's to within one in `COUNTED`; `law` has it exactly. Frames
    are independent here; on a real mesh a stall takes several neighbours with it.
    """
    return Frames(quantiles_s[_SHUFFLED], deadline_s, stutter_limit, law)


def both(reference: FrontierCurve, now: FrontierCurve) -> tuple[FrontierCurve, FrontierCurve]:
    """Give both curves; where they are the same one, under one name that can be read."""
    if np.array_equal(reference.quantile_s, now.quantile_s):
        reference = replace(reference, label=now.label, phrase=now.phrase)
    return reference, now
