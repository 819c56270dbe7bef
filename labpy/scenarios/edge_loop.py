"""What the parts of Edge Guardian share: the ten engines' calls and their loop."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from labpy.models.tail import LatencyDistribution, LoopLatency, ShiftedLogNormal, WithStalls
from labpy.words import Value, msg
from labpy.words.amounts import share

QUANTILE = 0.999


def engine_call(fixed: Mapping[str, Any]) -> LatencyDistribution:
    """Give the engine time of a call without its frames, from a mission's `fixed` table."""
    return WithStalls(
        ShiftedLogNormal(fixed["floor_ms"] / 1e3, fixed["jitter_ms"] / 1e3, fixed["jitter_sigma"]),
        fixed["stall_probability"],
        ShiftedLogNormal(
            fixed["stall_floor_ms"] / 1e3, fixed["stall_ms"] / 1e3, fixed["stall_sigma"]
        ),
    )


def copy_after_s(hedge_after_ms: float, deadline_s: float) -> float:
    """Give the delay of a second copy; one at the deadline or beyond is never sent."""
    after = hedge_after_ms / 1e3
    return after if after < deadline_s else math.inf


def copies_sent(loop: LoopLatency) -> Value:
    """Say for how many of the calls a second copy is sent."""
    if not loop.stable[0]:
        return msg("edge-copies-outrun")
    return msg("edge-copies-sent", share=share(float(loop.extra_load[0])))
