"""BudgetBars: parts that add up against a limit, of time, memory or power."""

from __future__ import annotations

from bokeh.models import Model

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import AxisUnit
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.figures.waterfall_panel import WaterfallPanel
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.telling import budget_bars as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Value, msg


class BudgetBars(Instrument):
    """One waterfall of the parts, with the limit."""

    name = "BudgetBars"
    title = msg("budget-title")

    def __init__(
        self,
        title: Value,
        quantity: Value,
        names: tuple[Value, ...],
        unit: AxisUnit,
        highest: float,
    ) -> None:
        """Draw the empty figure.

        Parameters
        ----------
        title : what the budget is of, such as "Ear to ear".
        quantity : the axis's title without its unit, such as "Delay".
        names : the parts, fixed for the life of the figure.
        unit, highest : of the axis: its unit, and its end in SI units.
        """
        self._of = telling.BudgetOf(title, names, unit.kind)
        self._panel = WaterfallPanel(names, unit, highest, title, quantity)
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

    def sentence(self, picture: Budget) -> Value:
        """Say the total, what is left or over, and the largest part."""
        return telling.sentence(picture, self._of)

    def table(self, picture: Budget) -> Table:
        """Give each part with its share of the limit, and the total."""
        return telling.table(picture, self._of)

    def formulas(self, picture: Budget) -> tuple[Formula, ...]:
        """Give the sum against the limit with today's numbers."""
        return telling.formulas(picture, self._of)
