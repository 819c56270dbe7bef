"""Frames against their deadline: how long each took, and how many may be late."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class FrameStatistics:
    """What the law of the frames says: its mean, its P99, and the share that is late."""

    mean_s: float
    p99_s: float
    late: float


@dataclass(frozen=True, eq=False)
class Frames:
    """`frame_s` of shape (n,) is how long each frame took, oldest first.

    inf is a frame that never came. `stutter_limit` is the share of late frames that is allowed.
    Where the frames are drawn from a law, `law` has what it says, which is what the lights go by.
    """

    frame_s: np.ndarray
    deadline_s: float
    stutter_limit: float
    law: FrameStatistics | None = None

    @property
    def late(self) -> np.ndarray:
        """Which frames missed the deadline; a frame that is not known counts as late."""
        return ~(self.frame_s <= self.deadline_s)

    @property
    def statistics(self) -> FrameStatistics:
        """What the law says; without one, what is counted. 0 where there are no frames."""
        if self.law is not None:
            return self.law
        if not self.frame_s.size:
            return FrameStatistics(0.0, 0.0, 0.0)
        # Without interpolation, since between a number and inf there is none.
        p99_s = float(np.quantile(self.frame_s, 0.99, method="inverted_cdf"))
        return FrameStatistics(float(self.frame_s.mean()), p99_s, float(self.late.mean()))

    @property
    def stutters_too_often(self) -> bool:
        """Whether more frames are late than is allowed."""
        return not self.statistics.late <= self.stutter_limit
