"""What of a part the reader has before their eyes, as the page tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Attention:
    """Names of the instruments in view, and of those whose table or Math Peek is open.

    None stands for all of them: a page that says nothing is taken to show everything.
    """

    seen: frozenset[str] | None = None
    tables: frozenset[str] | None = None
    math: frozenset[str] | None = None

    def sees(self, name: str) -> bool:
        """Tell whether an instrument is in view."""
        return self.seen is None or name in self.seen

    def reads_table(self, name: str) -> bool:
        """Tell whether an instrument's table is open."""
        return self.tables is None or name in self.tables

    def reads_math(self, name: str) -> bool:
        """Tell whether an instrument's Math Peek is open."""
        return self.math is None or name in self.math
