"""What an instrument tells beside its sentence: a table, and the entries of the Math Peek."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from labpy.words import Value, say


@dataclass(frozen=True)
class Table:
    """The data of a figure in words and numbers; `rows` are as wide as `columns`."""

    caption: Value
    columns: tuple[Value, ...]
    rows: tuple[tuple[Value, ...], ...]

    def as_facts(self) -> dict[str, Any]:
        """Say the table, as JSON for the page."""
        return {
            "caption": say(self.caption),
            "columns": [say(each) for each in self.columns],
            "rows": [[say(each) for each in row] for row in self.rows],
        }


@dataclass(frozen=True)
class Formula:
    """One entry of the Math Peek: MathML, the same with today's numbers, and where it is from."""

    title: Value
    mathml: str
    numbers: Value
    source: Value

    def as_facts(self) -> dict[str, str]:
        """Say the formula, as JSON for the page."""
        return {
            "title": say(self.title),
            "mathml": self.mathml,
            "numbers": say(self.numbers),
            "source": say(self.source),
        }
