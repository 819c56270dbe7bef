"""BisectionGauge: how much of the fabric's bisection bandwidth each sharding takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bokeh.models import BoxAnnotation, ColumnDataSource, FixedTicker, Label, Model

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.drawing import LABEL_TEXT, canvas, feed, hover, labels, paint
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.quantities import GIGABYTES_PER_S
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import number, percent

SATURATED = 0.95  # of what is available; from here on a message waits for another
END = 1.45


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
    def state(self) -> str:
        """The state in a word."""
        return "saturated" if self.share >= SATURATED else "not saturated"


@dataclass(frozen=True)
class Bisection:
    """The picture: one use for each of the figure's shardings, and which is in play."""

    uses: tuple[FabricUse, ...]
    current: int

    @property
    def now(self) -> FabricUse:
        """The use of the sharding in play."""
        return self.uses[self.current]


class BisectionGauge(Instrument):
    """One bar for each sharding, as a share of what is available."""

    name = "BisectionGauge"
    title = "Bisection bandwidth in use"

    def __init__(self, shardings: tuple[str, ...]) -> None:
        """Draw empty gauges for the shardings, named as given."""
        self._shardings = shardings
        self._palette = LIGHT
        self._current = 0
        self._saturated: list[bool] = []
        rows = len(shardings)
        self._figure = canvas(
            (0, END), (-0.65, rows - 0.1), min_height=52 * rows + 60, min_border_right=14,
            x_axis_label="Of the available bisection bandwidth",
        )  # fmt: skip
        self._figure.ygrid.visible = False
        self._figure.yaxis.ticker = FixedTicker(ticks=list(range(rows)))
        names = {rows - 1 - i: name for i, name in enumerate(shardings)}
        self._figure.yaxis.major_label_overrides = names
        ticks = [0, 0.25, 0.5, 0.75, 1]
        self._figure.xaxis.ticker = FixedTicker(ticks=ticks)
        self._figure.xaxis.major_label_overrides = {t: f"{t:.0%}" for t in ticks}
        self._add_bars(rows)
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def _add_bars(self, rows: int) -> None:
        self._full = BoxAnnotation(
            left=SATURATED, hatch_pattern="/", hatch_scale=14, fill_alpha=0.07, hatch_alpha=0.12,
            line_alpha=0, level="underlay",
        )  # fmt: skip
        self._full_label = Label(
            x=SATURATED, y=rows - 0.12, text="saturated", x_offset=5, text_baseline="top",
            background_fill_alpha=0.9, **LABEL_TEXT,
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
            self._figure, self._bars, x_offset=2, text_baseline="bottom",
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
        full = [each.share >= SATURATED for each in picture.uses]
        self._saturated = full
        feed(
            self._bars,
            {
                "y": down,
                "right": [min(each.share, END) for each in picture.uses],
                "color": self._colors(full),
                "hatch": ["diagonal_cross" if each else "blank" for each in full],
                "text": [_words(each) for each in picture.uses],
                "style": ["bold" if i == picture.current else "normal" for i in range(rows)],
                "label_y": [y + 0.18 for y in down],
                "name": list(self._shardings),
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
        self._full.update(fill_color=palette.bad, hatch_color=palette.bad)
        self._full_label.update(text_color=palette.bad, background_fill_color=palette.ground)
        self._words.update(text_color=palette.text, background_fill_color=palette.ground)

    def sentence(self, picture: Bisection) -> str:
        """Say the share in use and whether the fabric is saturated."""
        now, name = picture.now, self._shardings[picture.current]
        if not math.isfinite(now.share):
            return f"{name} sends across a fabric that can carry nothing: saturated."
        return (
            f"{name} sends {GIGABYTES_PER_S.write(now.used_bytes_per_s)} across the middle of the "
            f"fabric, {percent(now.share)} of the "
            f"{GIGABYTES_PER_S.write(now.available_bytes_per_s)} available: {now.state}."
        )

    def table(self, picture: Bisection) -> Table:
        """Give used, available and state of each sharding."""
        rows = tuple(
            (
                f"{name} (now)" if i == picture.current else name,
                GIGABYTES_PER_S.write(each.used_bytes_per_s),
                GIGABYTES_PER_S.write(each.available_bytes_per_s),
                percent(each.share),
                each.state,
            )
            for i, (name, each) in enumerate(zip(self._shardings, picture.uses, strict=True))
        )
        columns = ("Sharding", "Used", "Available", "Share", "State")
        return Table("Bisection bandwidth by sharding", columns, rows)

    def formulas(self, picture: Bisection) -> tuple[Formula, ...]:
        """Give the share in use with today's numbers."""
        now = picture.now
        return (
            Formula(
                "Share of the bisection bandwidth in use",
                m.math(
                    m.ident("u"), m.op("="),
                    m.frac(m.text("bytes across the middle each second"),
                           m.text("bisection bandwidth")),
                ),
                f"{GIGABYTES_PER_S.write(now.used_bytes_per_s)} / "
                f"{GIGABYTES_PER_S.write(now.available_bytes_per_s)} = {percent(now.share)}",
                "Dally and Towles, Principles and Practices of Interconnection Networks (2004)",
            ),
        )  # fmt: skip


def _words(use: FabricUse) -> str:
    if not math.isfinite(use.share):
        return "nothing to send over: saturated"
    used = number(GIGABYTES_PER_S.shown(use.used_bytes_per_s))
    available = GIGABYTES_PER_S.write(use.available_bytes_per_s)
    return f"{percent(use.share)}: {used} of {available}"
