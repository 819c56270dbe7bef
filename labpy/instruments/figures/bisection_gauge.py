"""BisectionGauge: how much of the fabric's bisection bandwidth each sharding takes."""

from __future__ import annotations

import math

from bokeh.models import BoxAnnotation, ColumnDataSource, FixedTicker, Label, Model

from labpy.instruments.base import Instrument
from labpy.instruments.figures.drawing import LABEL_TEXT, canvas, feed, hover, labels, paint
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.bisection_gauge import SATURATED, Bisection
from labpy.instruments.telling import bisection_gauge as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Message, Value, amounts, msg, say

END = 1.45


class BisectionGauge(Instrument):
    """One bar for each sharding, as a share of what is available."""

    name = "BisectionGauge"
    title = msg("bisection-title")

    def __init__(self, shardings: tuple[Value, ...]) -> None:
        """Draw empty gauges for the shardings, named as given."""
        self._shardings = shardings
        self._palette = LIGHT
        self._current = 0
        self._saturated: list[bool] = []
        rows = len(shardings)
        self._figure = canvas(
            (0, END), (-0.65, rows - 0.1), min_height=34 * rows + 60, min_border_right=14,
            x_axis_label=say(msg("bisection-axis")),
        )  # fmt: skip
        self._figure.ygrid.visible = False
        self._figure.yaxis.ticker = FixedTicker(ticks=list(range(rows)))
        names = {rows - 1 - i: say(name) for i, name in enumerate(shardings)}
        self._figure.yaxis.major_label_overrides = names
        ticks = [0, 0.25, 0.5, 0.75, 1]
        self._figure.xaxis.ticker = FixedTicker(ticks=ticks)
        self._figure.xaxis.major_label_overrides = {
            t: say(amounts.chosen(t, "share")) for t in ticks
        }
        self._add_bars(rows)
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def _add_bars(self, rows: int) -> None:
        self._full = BoxAnnotation(
            left=SATURATED, fill_alpha=0.07,
            line_alpha=0, level="underlay",
        )  # fmt: skip
        self._full_label = Label(
            x=SATURATED, y=rows - 0.12, text=say(msg("bisection-saturated")), x_offset=5,
            text_baseline="top", background_fill_alpha=0.9, tags=["y"],
            **LABEL_TEXT,
        )  # fmt: skip
        self._figure.add_layout(self._full)
        self._figure.add_layout(self._full_label)
        self._troughs = self._figure.hbar(
            list(range(rows)), left=0, right=1, height=0.3, line_width=1
        )
        columns = ("y", "right", "color", "hatch", "text", "style", "label_y", "name")
        self._bars = ColumnDataSource({name: [] for name in columns})
        self._bar_marks = self._figure.hbar(
            "y", left=0, right="right", height=0.3, source=self._bars, fill_color="color",
            line_color="color", hatch_pattern="hatch", hatch_scale=7, hatch_weight=1.4,
        )  # fmt: skip
        hover(self._figure, self._bar_marks, [("@name", "@text")])
        self._over = ColumnDataSource({"x": [], "y": []})
        self._over_marks = self._figure.scatter(
            "x", "y", source=self._over, marker="triangle", angle=-math.pi / 2, size=13
        )
        self._words = labels(
            self._figure, self._bars, "row", x_offset=2, text_baseline="bottom",
            text_font_style={"field": "style"}, background_fill_alpha=0.9,
        )  # fmt: skip
        self._words.x, self._words.y = 0, {"field": "label_y"}

    def update(self, picture: Bisection) -> None:
        """Move the bars; ValueError if there is not one use for each sharding."""
        rows = len(self._shardings)
        if len(picture.uses) != rows:
            raise ValueError(f"uses must be {rows}, one for each sharding, not {len(picture.uses)}")
        self._current = picture.current
        down = [rows - 1 - i for i in range(rows)]
        full = [each.saturated for each in picture.uses]
        self._saturated = full
        feed(
            self._bars,
            {
                "y": down,
                "right": [min(each.share, END) for each in picture.uses],
                "color": self._colors(full),
                "hatch": ["diagonal_cross" if each else "blank" for each in full],
                "text": [say(telling.bar(each)) for each in picture.uses],
                "style": ["bold" if i == picture.current else "normal" for i in range(rows)],
                "label_y": [y + 0.18 for y in down],
                "name": [say(each) for each in self._shardings],
            },
        )
        over = [y for y, each in zip(down, picture.uses, strict=True) if each.share > END]
        feed(self._over, {"x": [END * 0.985] * len(over), "y": over})

    def _colors(self, full: list[bool]) -> list[str]:
        palette = self._palette
        return [
            palette.bad if is_full else palette.accent if i == self._current else palette.quiet
            for i, is_full in enumerate(full)
        ]

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        paint(self._figure, palette)
        self._figure.yaxis.update(
            major_label_text_color=palette.text, axis_line_color=None, major_tick_line_color=None
        )
        if len(self._bars.data["y"]):
            feed(self._bars, {**self._bars.data, "color": self._colors(self._saturated)})
        self._bar_marks.glyph.hatch_color = palette.ground
        self._troughs.glyph.update(fill_color=palette.ground, line_color=palette.quiet)
        self._over_marks.glyph.update(fill_color=palette.bad, line_color=palette.ground)
        self._full.fill_color = palette.bad
        self._full_label.update(text_color=palette.bad, background_fill_color=palette.ground)
        self._words.update(text_color=palette.text, background_fill_color=palette.ground)

    def sentence(self, picture: Bisection) -> Message:
        """Say the share in use and whether the fabric is saturated."""
        return telling.sentence(picture, self._shardings)

    def table(self, picture: Bisection) -> Table:
        """Give used, available and state of each sharding."""
        return telling.table(picture, self._shardings)

    def formulas(self, picture: Bisection) -> tuple[Formula, ...]:
        """Give the share in use with today's numbers."""
        return telling.formulas(picture)
