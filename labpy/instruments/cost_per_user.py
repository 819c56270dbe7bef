"""CostPerUser: what a user costs at the start and now, against the CFO's half."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bokeh.models import Model

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.axes import DOLLARS as AXIS
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.figures.waterfall_panel import WaterfallPanel
from labpy.instruments.quantities import DOLLARS
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import percent


@dataclass(frozen=True)
class UserCost:
    """The picture: dollars by part, at the start and now, in the order of the parts' names.

    `goal` is the share of the start's total that is asked for. `p99_held` tells whether P99 is no
    worse than at the start, which the challenge asks too.
    """

    start: tuple[float, ...]
    now: tuple[float, ...]
    goal: float = 0.5
    p99_held: bool = True

    @property
    def limit(self) -> float:
        """The dollars that are allowed."""
        return self.goal * sum(self.start)


class CostPerUser(Instrument):
    """The parts of the cost now, the start's thin beneath, and the line of the CFO."""

    name = "CostPerUser"
    title = "What a user costs"

    def __init__(self, names: tuple[str, ...], highest: float, per: str = "user-month") -> None:
        """Draw the empty figure: the parts, the axis's end in dollars, and what they are per."""
        self._names, self._per = names, per
        self._panel = WaterfallPanel(names, AXIS, highest, f"Cost per {per}", "Cost")
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._panel.figure

    def update(self, picture: UserCost) -> None:
        """Move the bars and the CFO's line to this picture."""
        label = f"CFO's {percent(picture.goal)} {DOLLARS.write(picture.limit)}"
        self._panel.update(picture.now, picture.limit, picture.start, "at the start", label)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._panel.recolor(palette)

    def sentence(self, picture: UserCost) -> str:
        """Say the cost at the start and now, and whether the challenge is met."""
        start, now = sum(picture.start), sum(picture.now)
        write = DOLLARS.write
        if not math.isfinite(now):
            return f"Nobody can be served as it is set, so a {self._per} has no finite cost."
        change = f" ({percent(now / start)} of it)" if start > 0 and math.isfinite(start) else ""
        met = now <= picture.limit
        verdict = "meets" if met and picture.p99_held else "misses"
        reasons = [f"by {write(now - picture.limit)}"] if not met else []
        reasons += ["since P99 got worse"] if not picture.p99_held else []
        why = " " + " and ".join(reasons) if reasons else ""
        return (
            f"A {self._per} cost {write(start)} at the start and costs {write(now)} now{change}, "
            f"which {verdict} the CFO's {write(picture.limit)}{why}."
        )

    def table(self, picture: UserCost) -> Table:
        """Give each part at the start and now."""
        starts = (*picture.start, sum(picture.start))
        nows = (*picture.now, sum(picture.now))
        rows = [
            (name, DOLLARS.write(start), DOLLARS.write(now))
            for name, start, now in zip((*self._names, "Total"), starts, nows, strict=True)
        ]
        asked = (f"CFO's {percent(picture.goal)}", "", DOLLARS.write(picture.limit))
        return Table(f"Cost per {self._per}", ("Part", "At the start", "Now"), (*rows, asked))

    def formulas(self, picture: UserCost) -> tuple[Formula, ...]:
        """Give the CFO's inequality with today's numbers."""
        start, now = sum(picture.start), sum(picture.now)
        holds = "≤" if now <= picture.limit else ">"
        cost = m.ident("C")
        return (
            Formula(
                "The CFO's challenge",
                m.math(
                    m.sub(cost, m.text("now")), m.op("≤"), m.num(picture.goal), m.op("·"),
                    m.sub(cost, m.text("start")),
                ),
                f"{DOLLARS.write(now)} {holds} {percent(picture.goal)} × {DOLLARS.write(start)} = "
                f"{DOLLARS.write(picture.limit)}",
                "The mission's challenge; the law behind it is serving cost dominance: over a "
                "fleet's life its operation costs more than its purchase",
            ),
        )  # fmt: skip
