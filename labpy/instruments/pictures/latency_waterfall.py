"""The picture of two latencies by cause, held against their limits."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from labpy.words import Value, msg


@dataclass(frozen=True)
class Components:
    """Seconds of one latency by cause; inf where overloaded."""

    queue_s: float
    compute_s: float
    memory_s: float
    communication_s: float
    bubble_s: float
    overhead_s: float

    @property
    def total_s(self) -> float:
        """The sum of the components."""
        return sum(astuple(self))

    @property
    def largest(self) -> tuple[str, float]:
        """Cause (one of `CAUSES`) and seconds of the component that costs most."""
        return max(zip(CAUSES, astuple(self), strict=True), key=lambda pair: pair[1])


CAUSES = tuple(each.name.removesuffix("_s") for each in fields(Components))


START = msg("panel-start")


@dataclass(frozen=True)
class Waterfall:
    """The picture: both latencies now, their limits, and optionally another deployment's.

    `missing` says why there are no latencies, where the deployment cannot be made; `alone` tells
    what the first latency would be with nobody else there.
    """

    ttft: Components
    tpot: Components
    ttft_limit_s: float
    tpot_limit_s: float | None = None
    ghost_ttft: Components | None = None
    ghost_tpot: Components | None = None
    ghost_label: Value = START
    missing: Value = ""
    alone: Value = ""
