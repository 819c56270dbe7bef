"""BudgetBars: parts that add up against a limit, of time, memory or power."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bokeh.models import Model

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.axes import AxisUnit
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.figures.waterfall_panel import WaterfallPanel
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import percent
from labpy.words import say


@dataclass(frozen=True)
class Budget:
    """The picture: the parts in SI units, in the order of the names, and what they may add up to.

    `ghosts` are the parts of another setting, drawn thin beneath.
    """

    parts: tuple[float, ...]
    limit: float
    ghosts: tuple[float, ...] | None = None
    ghost_label: str = "start"
    source: str = ""

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return sum(self.parts)

    @property
    def slack(self) -> float:
        """What is left of the limit; negative when it is exceeded."""
        return self.limit - self.total


class BudgetBars(Instrument):
    """One waterfall of the parts, with the limit."""

    name = "BudgetBars"
    title = "The budget"

    def __init__(
        self, title: str, axis: str, names: tuple[str, ...], quantity: AxisUnit, highest: float
    ) -> None:
        """Draw the empty figure.

        Parameters
        ----------
        title : what the budget is of, such as "Ear to ear".
        axis : the axis's title without its unit, such as "Delay".
        names : the parts, fixed for the life of the figure.
        quantity, highest : the unit of the axis and its end in SI units.
        """
        self._title, self._names, self._quantity = title, names, quantity
        self._panel = WaterfallPanel(names, quantity, highest, title, axis)
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._panel.figure

    def update(self, picture: Budget) -> None:
        """Move the bars and the limit to this picture."""
        self._panel.update(picture.parts, picture.limit, picture.ghosts, picture.ghost_label)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._panel.recolor(palette)

    def _write(self, value: float) -> str:
        return say(self._quantity.amount(value))

    def sentence(self, picture: Budget) -> str:
        """Say the total, what is left or over, and the largest part."""
        write, total = self._write, picture.total
        if not math.isfinite(total):
            return (
                f"{self._title}: the total has no end, beyond the limit of {write(picture.limit)}."
            )
        if abs(picture.slack) < 1e-3 * picture.limit:
            verdict = f"all of the limit of {write(picture.limit)}"
        elif picture.slack >= 0:
            verdict = f"{write(picture.slack)} less than the limit of {write(picture.limit)}"
        else:
            verdict = f"{write(-picture.slack)} over the limit of {write(picture.limit)}"
        name, value = self._largest(picture)
        share = f" ({percent(value / total)})" if total > 0 else ""
        return f"{self._title}: {write(total)}, {verdict}; the largest part is {name}{share}."

    def _largest(self, picture: Budget) -> tuple[str, float]:
        pairs = zip(self._names, picture.parts, strict=True)
        name, value = max(pairs, key=lambda pair: pair[1], default=("none", 0.0))
        return name.lower(), value

    def table(self, picture: Budget) -> Table:
        """Give each part with its share of the limit, and the total."""
        ghosts = () if picture.ghosts is None else (*picture.ghosts, sum(picture.ghosts))
        values = (*picture.parts, picture.total)
        rows = []
        for i, (name, value) in enumerate(zip((*self._names, "Total"), values, strict=True)):
            share = percent(value / picture.limit) if picture.limit > 0 else "not known"
            before = (self._write(ghosts[i]),) if ghosts else ()
            rows.append((name, self._write(value), share, *before))
        extra = (picture.ghost_label.capitalize(),) if ghosts else ()
        return Table(
            f"{self._title} against a limit of {self._write(picture.limit)}",
            ("Part", "Now", "Of the limit", *extra),
            tuple(rows),
        )

    def formulas(self, picture: Budget) -> tuple[Formula, ...]:
        """Give the sum against the limit with today's numbers."""
        write = self._write
        added = " + ".join(write(v) for v in picture.parts) or write(0)
        holds = "≤" if picture.total <= picture.limit else ">"
        return (
            Formula(
                f"{self._title}: the parts against the limit",
                m.math(
                    m.op("∑"), m.sub(m.ident("x"), m.ident("i")), m.op("≤"), m.text("limit")
                ),
                f"{added} = {write(picture.total)} {holds} {write(picture.limit)}",
                picture.source or "A sum; each part's source stands with its model",
            ),
        )  # fmt: skip
