"""The picture of what each sharding sends across the middle of the fabric."""

from __future__ import annotations

import math
from dataclasses import dataclass

SATURATED = 0.95  # of what is available; from here on a message waits for another


@dataclass(frozen=True)
class FabricUse:
    """One sharding: what it sends across the middle of the fabric and what that can carry."""

    used_bytes_per_s: float
    available_bytes_per_s: float

    @property
    def share(self) -> float:
        """Used against available; inf where something is sent and nothing is there."""
        if self.available_bytes_per_s > 0:
            return self.used_bytes_per_s / self.available_bytes_per_s
        return math.inf if self.used_bytes_per_s > 0 else 0.0

    @property
    def saturated(self) -> bool:
        """Whether messages wait for each other."""
        return self.share >= SATURATED


@dataclass(frozen=True)
class Bisection:
    """The picture: one use for each of the figure's shardings, and which is in play."""

    uses: tuple[FabricUse, ...]
    current: int

    @property
    def now(self) -> FabricUse:
        """The use of the sharding in play."""
        return self.uses[self.current]
