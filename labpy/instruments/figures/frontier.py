"""LatencyThroughputFrontier: a quantile of latency against the rate of arrivals, with its knee."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from bokeh.models import (
    BoxAnnotation,
    ColumnDataSource,
    FixedTicker,
    HoverTool,
    Label,
    LabelSet,
    Model,
    Range1d,
    Span,
)
from bokeh.plotting import figure

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import RATES, SECONDS, AxisUnit
from labpy.instruments.figures.drawing import feed, in_hand, labels, paint
from labpy.instruments.figures.palette import FONT, LIGHT, Palette
from labpy.instruments.pictures.frontier import CEILING, Frontier, FrontierCurve, Measure
from labpy.instruments.telling import frontier as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Message, amounts, msg, say

CLOSE = 0.12  # of the axis: two names on lines nearer than this lie on each other
WORDS: dict[str, Any] = {
    "text_font": FONT,
    "text_font_size": "12px",
    "background_fill_alpha": 0.8,  # what lies behind still shows, and the words can be read
}
DASHES = ("solid", (8, 4), (2, 3), (10, 3, 2, 3))


class LatencyThroughputFrontier(Instrument):
    """The rate of arrivals along x, a quantile of their latency along y (log)."""

    name = "LatencyThroughputFrontier"
    title = msg("frontier-title")

    def __init__(
        self,
        keys: tuple[str, ...],
        bounds_s: tuple[float, float],
        measure: Measure,
        dial: str = "",
    ) -> None:
        """Draw the empty figure.

        Parameters
        ----------
        keys : of the policies, in the order of their colours.
        bounds_s : lowest and highest latency of the axis, in s. They stay fixed, so that
            nothing jumps while a knob moves.
        measure : which quantile of which latency is drawn against which rate.
        dial : key of the knob that the rate is in proportion to; the operating point can be
            dragged for it. "" if there is none.
        """
        self._bounds_s, self._measure = bounds_s, measure
        unit = RATES[measure.rate]
        axis = msg("frontier-axis", quantile=measure.quantile_name, latency=measure.latency)
        self._figure = figure(
            y_axis_type="log",
            x_range=Range1d(0, 1),
            y_range=Range1d(*bounds_s),
            sizing_mode="stretch_both",
            min_height=200,
            toolbar_location=None,
            tools="",
            x_axis_label=say(unit.title(msg("frontier-rate"))),
            y_axis_label=say(axis),
            output_backend="canvas",
        )
        self._annotate()
        self._curves = {key: self._add_curve(i) for i, key in enumerate(keys)}
        self._add_points(dial)
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def _annotate(self) -> None:
        # A tint with an edge: the other policies' curves go on in it, and must stay readable.
        self._collapse = BoxAnnotation(left=1, fill_alpha=0.07, line_alpha=0, level="underlay")
        self._wall = Span(location=1, dimension="height", line_width=1.5, name="wall")
        self._limit = Span(
            location=1, dimension="width", line_dash="dashed", line_width=1.5, name="limit"
        )
        self._ceiling = Span(
            location=1, dimension="height", line_dash="dotted", line_width=1.5, name="ceiling"
        )
        low, high = self._bounds_s
        foot = low * (high / low) ** 0.02
        common = WORDS
        self._limit_label = Label(
            x=0, y=1, text="", y_offset=4, text_baseline="bottom", tags=["x"], **common
        )  # fmt: skip
        self._ceiling_label = Label(
            x=1,
            y=foot,
            x_offset=-5,
            text=say(amounts.chosen(CEILING, "share")),
            text_align="right",
            text_baseline="bottom",
            tags=["y"],
            **common,
        )
        self._collapse_label = Label(
            x=1, y=foot, x_offset=6, text="", text_baseline="bottom", tags=["y"], **common
        )
        for mark in (
            self._collapse, self._wall, self._limit, self._ceiling,
            self._limit_label, self._ceiling_label, self._collapse_label,
        ):  # fmt: skip
            self._figure.add_layout(mark)
        ticks = [
            t
            for t in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)
            if low <= t <= high
        ]
        self._figure.yaxis.ticker = FixedTicker(ticks=ticks)
        written = {t: say(amounts.chosen(t, "duration")) for t in ticks}
        self._figure.yaxis.major_label_overrides = written

    def _add_curve(self, index: int) -> dict[str, Any]:
        source = ColumnDataSource({"x": [], "p50": [], "quantile": []})
        dash = DASHES[index % len(DASHES)]
        places = "{0.00}" if self._bounds_s[1] > 1 else "{0.0000}"
        high = self._figure.line("x", "quantile", source=source, line_dash=dash, line_width=2.5)
        high.name = f"curve-{index}"
        p50 = self._figure.line("x", "p50", source=source, line_dash=dash, line_width=1)
        p50.name = f"median-{index}"
        ends = ColumnDataSource({"x": [], "y": [], "text": [], "dx": [], "align": []})
        label = LabelSet(
            x="x", y="y", text="text", source=ends, text_font={"value": FONT},
            text_font_size="12px", tags=[f"along:{high.name}"],
            text_font_style="bold", text_align="align", x_offset="dx", y_offset=-4,
            background_fill_alpha=WORDS["background_fill_alpha"],
        )  # fmt: skip
        self._figure.add_layout(label)
        self._figure.add_tools(
            HoverTool(
                renderers=[high],
                line_policy="nearest",
                tooltips=[
                    (say(msg("frontier-rate")), _hover("@x{0.0}", RATES[self._measure.rate])),
                    (self._measure.quantile_name, _hover(f"@quantile{places}", SECONDS)),
                    ("P50", _hover(f"@p50{places}", SECONDS)),
                ],
            )
        )
        return {"source": source, "quantile": high, "p50": p50, "ends": ends, "label": label}

    def _add_points(self, dial: str) -> None:
        self._dots = ColumnDataSource({"x": [], "low": [], "y": [], "high": []})
        self._spread = self._figure.segment("x", "low", "x", "high", source=self._dots)
        self._dot_marks = self._figure.scatter("x", "y", source=self._dots, size=7, marker="square")
        self._knee = ColumnDataSource({"x": [], "y": []})
        self._knee_mark = self._figure.scatter(
            "x", "y", source=self._knee, size=13, marker="diamond", line_width=2
        )
        self._knee_label = Label(
            x=0, y=1, text=say(msg("frontier-knee")), x_offset=10, y_offset=-18,
            tags=["around"], **WORDS
        )  # fmt: skip
        self._figure.add_layout(self._knee_label)
        self._middle = ColumnDataSource({"x": [], "y": [], "text": []})
        self._middle_label = labels(
            self._figure, self._middle, x_offset=-8, y_offset=4, text_align="right",
            background_fill_alpha=WORDS["background_fill_alpha"],
        )  # fmt: skip
        self._point = ColumnDataSource({"x": [], "y": []})
        self._point_mark = self._figure.scatter(
            "x", "y", source=self._point, size=16, line_width=3, **in_hand(dial)
        )
        self._point_label = Label(
            x=0, y=1, text="", y_offset=12, text_align="center", text_font_style="bold",
            tags=["around"],
            **WORDS | {"text_font_size": "13px"},
        )  # fmt: skip
        self._figure.add_layout(self._point_label)

    def update(self, picture: Frontier) -> None:
        """Move curves, lines and the operating point to this picture."""
        low, high = self._bounds_s
        self._figure.x_range.end = picture.highest_rate
        for curve in picture.curves:
            self._feed(curve, picture)
        now = picture.curve
        self._collapse.left = self._wall.location = now.capacity
        self._name_collapse(now.capacity / picture.highest_rate, picture.highest_rate)
        self._ceiling.location = self._ceiling_label.x = CEILING * now.capacity
        self._limit.location = picture.limit_s
        self._write_limit(picture)
        knee = math.isfinite(now.knee_s)
        feed(
            self._knee,
            {
                "x": [now.knee_rate] if knee else [],
                "y": [now.knee_s] if knee else [],
            },
        )
        self._knee_label.update(
            x=now.knee_rate if knee else 0,
            y=now.knee_s if knee else 1,
            text=say(msg("frontier-knee")) if knee else "",
        )
        stable = math.isfinite(picture.quantile_s)
        y = min(picture.quantile_s, high / 1.15) if stable else high / 1.15
        feed(self._point, {"x": [picture.arrival_rate], "y": [max(y, low)]})
        shown = say(telling.found(picture))
        below = y > low * (high / low) ** 0.85
        on_right = picture.arrival_rate > 0.85 * picture.highest_rate
        on_left = picture.arrival_rate < 0.08 * picture.highest_rate
        self._point_label.update(
            x=picture.arrival_rate, y=max(y, low), text=shown, y_offset=-26 if below else 12,
            text_align="right" if on_right else "left" if on_left else "center",
        )  # fmt: skip
        dots = picture.dots
        feed(
            self._dots,
            {
                "x": [] if dots is None else dots.arrival_rate,
                "low": [] if dots is None else dots.low_s,
                "y": [] if dots is None else dots.middle_s,
                "high": [] if dots is None else dots.high_s,
            },
        )

    def _name_collapse(self, begins: float, highest_rate: float) -> None:
        """Name what lies beyond the capacity; where that is narrow, the word ends with the axis."""
        narrow = begins > 0.8
        self._collapse_label.update(
            x=highest_rate if narrow else begins * highest_rate, x_offset=-6 if narrow else 6,
            text_align="right" if narrow else "left",
            text=say(msg("frontier-collapse")) if begins < 0.93 else "",
        )  # fmt: skip

    def _write_limit(self, picture: Frontier) -> None:
        """Name the limit at its left end, or at its right one while the point stands in the way."""
        low, high = self._bounds_s
        apart = abs(math.log(picture.quantile_s / picture.limit_s)) / math.log(high / low)
        on_right = apart < CLOSE and picture.arrival_rate < 0.45 * picture.highest_rate
        self._limit_label.update(
            x=picture.highest_rate if on_right else 0, y=picture.limit_s,
            x_offset=-6 if on_right else 6, text_align="right" if on_right else "left",
            text=say(
                msg(
                    "frontier-limit",
                    quantile=picture.measure.quantile_name,
                    limit=telling.limit(picture),
                )
            ),
        )  # fmt: skip

    def _feed(self, curve: FrontierCurve, picture: Frontier) -> None:
        drawn, highest_rate = self._curves[curve.key], picture.highest_rate
        current = curve.key == picture.current
        # Two policies may be one and the same at a setting: then one name is enough.
        named = current or curve.label != picture.curve.label
        finite = np.isfinite(curve.quantile_s) & (curve.arrival_rate <= highest_rate)
        x, high = curve.arrival_rate[finite], curve.quantile_s[finite]
        feed(drawn["source"], {"x": x, "p50": curve.p50_s[finite], "quantile": high})
        inside = np.flatnonzero(named & (high <= self._bounds_s[1] * 0.6))
        at = inside[-1] if inside.size else None
        if inside.size and curve.label_rate is not None:
            at = inside[np.argmin(np.abs(x[inside] - curve.label_rate))]
        on_right = at is not None and x[at] < 0.55 * highest_rate  # room there, on a phone too
        feed(
            drawn["ends"],
            {
                "x": [] if at is None else [x[at]],
                "y": [] if at is None else [high[at]],
                "text": [] if at is None else [say(curve.label)],
                "dx": [] if at is None else [10 if on_right else -10],
                "align": [] if at is None else ["left" if on_right else "right"],
            },
        )
        drawn["quantile"].glyph.line_width = 3 if current else 1.5
        drawn["p50"].visible = current
        if current:
            self._name_median(drawn["p50"], x, curve.p50_s[finite])

    def _name_median(self, line: Model, x: np.ndarray, p50_s: np.ndarray) -> None:
        low, high = self._bounds_s
        seen = np.flatnonzero((p50_s >= low) & (p50_s <= high))
        at = seen[[seen.size * 2 // 3]] if seen.size else seen
        self._middle_label.update(tags=[f"along:{line.name}"], text_color=line.glyph.line_color)
        words = [say(msg("frontier-median"))] * at.size
        feed(self._middle, {"x": x[at], "y": p50_s[at], "text": words})

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        for index, drawn in enumerate(self._curves.values()):
            color = palette.series[index % len(palette.series)]
            for line in (drawn["quantile"], drawn["p50"]):
                line.glyph.line_color = color
            drawn["label"].update(text_color=color, background_fill_color=palette.ground)
            if self._middle_label.tags == [f"along:{drawn['p50'].name}"]:
                self._middle_label.text_color = color
        self._middle_label.background_fill_color = palette.ground
        for label in (
            self._limit_label, self._ceiling_label, self._collapse_label, self._knee_label,
            self._point_label,
        ):  # fmt: skip
            label.background_fill_color = palette.ground
        self._collapse.fill_color = self._wall.line_color = palette.bad
        self._collapse_label.text_color = palette.bad
        self._limit.line_color = self._limit_label.text_color = palette.warn
        self._ceiling.line_color = self._ceiling_label.text_color = palette.quiet
        self._knee_mark.glyph.update(fill_color=palette.ground, line_color=palette.quiet)
        self._knee_label.text_color = palette.quiet
        self._point_mark.glyph.update(fill_color=palette.accent, line_color=palette.ground)
        self._point_label.text_color = palette.text
        self._spread.glyph.update(line_color=palette.text, line_width=1.5)
        self._dot_marks.glyph.update(fill_color=palette.ground, line_color=palette.text)

    def sentence(self, picture: Frontier) -> Message:
        """Say where the operating point stands between idle and collapse."""
        return telling.sentence(picture)

    def table(self, picture: Frontier) -> Table:
        """Give the quantile per policy at shares of the capacity, and the operating point."""
        return telling.table(picture)

    def formulas(self, picture: Frontier) -> tuple[Formula, ...]:
        """Give utilization, the hyperbola of the wait, and Little's law with today's numbers."""
        return telling.formulas(picture)


def _hover(field: str, unit: AxisUnit) -> str:
    return say(msg("axis-hover", field=field, unit=unit.name))
