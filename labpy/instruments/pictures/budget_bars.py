"""A budget: parts that add up against a limit, of time, memory or power."""

from __future__ import annotations

from dataclasses import dataclass

from labpy.words import Value, msg

START = msg("panel-start")
SUM = msg("budget-source")


@dataclass(frozen=True)
class Budget:
    """The parts in SI units, in the order of the instrument's names, and what they may add up to.

    `ghosts` are the parts of another setting, drawn thin beneath, which `ghost_label` names.
    `source` says where the parts come from.
    """

    parts: tuple[float, ...]
    limit: float
    ghosts: tuple[float, ...] | None = None
    ghost_label: Value = START
    source: Value = SUM

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return sum(self.parts)

    @property
    def slack(self) -> float:
        """What is left of the limit; negative when it is exceeded."""
        return self.limit - self.total
