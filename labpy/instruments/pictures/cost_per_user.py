"""The picture of what a user costs, at the start and now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UserCost:
    """The picture: dollars by part, at the start and now, in the order of the parts' names.

    `goal` is the share of the start's total that is asked for. `p99_held` tells whether P99 keeps
    what the challenge asks of it.
    """

    start: tuple[float, ...]
    now: tuple[float, ...]
    goal: float = 0.5
    p99_held: bool = True

    @property
    def limit(self) -> float:
        """The dollars that are allowed."""
        return self.goal * sum(self.start)
