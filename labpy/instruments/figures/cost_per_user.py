"""CostPerUser: what a user costs at the start and now, against the CFO's half."""

from __future__ import annotations

from bokeh.models import Model

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import DOLLARS
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.figures.waterfall_panel import WaterfallPanel
from labpy.instruments.pictures.cost_per_user import UserCost
from labpy.instruments.telling import cost_per_user as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Message, Value, msg


class CostPerUser(Instrument):
    """The parts of the cost now, the start's thin beneath, and the line of the CFO."""

    name = "CostPerUser"
    title = msg("cost-title")

    def __init__(self, names: tuple[Value, ...], highest: float) -> None:
        """Draw the empty figure: the parts, and the axis's end in dollars."""
        self._names = names
        self._panel = WaterfallPanel(names, DOLLARS, highest, msg("cost-panel"), msg("cost-axis"))
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._panel.figure

    def update(self, picture: UserCost) -> None:
        """Move the bars and the CFO's line to this picture."""
        limit = telling.asked(picture)
        self._panel.update(picture.now, picture.limit, picture.start, msg("cost-ghosts"), limit)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._panel.recolor(palette)

    def sentence(self, picture: UserCost) -> Message:
        """Say the cost at the start and now, and whether the challenge is met."""
        return telling.sentence(picture)

    def table(self, picture: UserCost) -> Table:
        """Give each part at the start and now."""
        return telling.table(picture, self._names)

    def formulas(self, picture: UserCost) -> tuple[Formula, ...]:
        """Give the CFO's inequality with today's numbers."""
        return telling.formulas(picture)
