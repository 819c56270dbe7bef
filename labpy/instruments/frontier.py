"""LatencyThroughputFrontier: P99 latency against the rate of requests, with its knee."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
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

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.drawing import feed, paint
from labpy.instruments.figures.palette import FONT, LIGHT, Palette
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import number, percent, seconds

CEILING = 0.8  # the plan's practical ceiling: the 80% line
QUIET_LINE = {"line_width": 1.5, "line_alpha": 0.6}  # what is not in play stays quiet
CLOSE = 0.12  # of the axis: two names on lines nearer than this lie on each other
WORDS: dict[str, Any] = {
    "text_font": FONT,
    "text_font_size": "12px",
    "background_fill_alpha": 0.8,  # what lies behind still shows, and the words can be read
}
DASHES = ("solid", (8, 4), (2, 3), (10, 3, 2, 3))


@dataclass(frozen=True, eq=False)
class FrontierCurve:
    """One policy: `arrival_rate`, `p50_s`, `p99_s` of shape (n,); inf where it is overloaded.

    Its name stands at its end, or at `label_rate`.
    """

    key: str
    label: str
    arrival_rate: np.ndarray
    p50_s: np.ndarray
    p99_s: np.ndarray
    capacity: float
    knee_rate: float
    knee_p99_s: float
    label_rate: float | None = None


@dataclass(frozen=True, eq=False)
class Dots:
    """Simulated P99s: shape (n,) each; the spread is the lowest and the highest of the seeds."""

    arrival_rate: np.ndarray
    low_s: np.ndarray
    middle_s: np.ndarray
    high_s: np.ndarray
    requests: int
    seeds: int


@dataclass(frozen=True, eq=False)
class Frontier:
    """The picture: the curves, which one is in play, the operating point and the limit."""

    curves: tuple[FrontierCurve, ...]
    current: str
    arrival_rate: float
    p50_s: float
    p99_s: float
    utilization: float
    limit_s: float
    highest_rate: float
    mean_response_s: float
    dots: Dots | None = None

    @property
    def curve(self) -> FrontierCurve:
        """The curve of the policy in play."""
        return next(c for c in self.curves if c.key == self.current)

    def with_dots(self, dots: Dots) -> Frontier:
        """Give the same picture with the simulation's dots."""
        return replace(self, dots=dots)


class LatencyThroughputFrontier(Instrument):
    """Requests per second along x, P99 response along y (log)."""

    name = "LatencyThroughputFrontier"
    title = "Latency against throughput"

    def __init__(
        self,
        labels: tuple[tuple[str, str], ...],
        bounds_s: tuple[float, float],
        latency: str = "response",
        quantile: str = "P99",
        unit: str = "requests/s",
        policy: str = "batching",
    ) -> None:
        """Draw the empty figure.

        Parameters
        ----------
        labels : pairs of key and label of each policy, in the order of their colours.
        latency : which latency is drawn, in words ("response", "time to first token").
        quantile : what `p99_s` of the records holds, if the limit is on another quantile.
        unit : of the arrival rate.
        policy : the noun that follows a curve's label in a sentence; may be empty.
        bounds_s : lowest and highest latency of the axis, in s. They stay fixed, so that
            nothing jumps while a knob moves.
        """
        self._bounds_s = bounds_s
        self._latency, self._quantile, self._unit = latency, quantile, unit
        self._policy = f" {policy}" if policy else ""
        self._figure = figure(
            y_axis_type="log",
            x_range=Range1d(0, 1),
            y_range=Range1d(*bounds_s),
            sizing_mode="stretch_both",
            min_height=280,
            toolbar_location=None,
            tools="",
            x_axis_label=f"Arrival rate ({unit})",
            y_axis_label=f"{quantile} {latency} (log scale)",
            output_backend="canvas",
        )
        self._annotate()
        self._curves = {key: self._add_curve(i) for i, (key, _) in enumerate(labels)}
        self._add_points()
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def _annotate(self) -> None:
        self._collapse = BoxAnnotation(
            left=1, hatch_pattern="/", hatch_scale=16, fill_alpha=0.05, hatch_alpha=0.14,
            line_alpha=0,
        )  # fmt: skip
        self._limit = Span(location=1, dimension="width", line_dash="dashed", line_width=1.5)
        self._ceiling = Span(location=1, dimension="height", line_dash="dotted", line_width=1.5)
        low, high = self._bounds_s
        foot = low * (high / low) ** 0.02
        common = WORDS
        self._limit_label = Label(x=0, y=1, text="", y_offset=4, text_baseline="bottom", **common)
        self._ceiling_label = Label(
            x=1,
            y=foot,
            x_offset=-5,
            text="80%",
            text_align="right",
            text_baseline="bottom",
            **common,
        )
        self._collapse_label = Label(
            x=1, y=foot, x_offset=6, text="collapse", text_baseline="bottom", **common
        )
        for mark in (
            self._collapse, self._limit, self._ceiling,
            self._limit_label, self._ceiling_label, self._collapse_label,
        ):  # fmt: skip
            self._figure.add_layout(mark)
        ticks = [
            t
            for t in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)
            if low <= t <= high
        ]
        self._figure.yaxis.ticker = FixedTicker(ticks=ticks)
        self._figure.yaxis.major_label_overrides = {t: seconds(t, 1) for t in ticks}

    def _add_curve(self, index: int) -> dict[str, Any]:
        source = ColumnDataSource({"x": [], "p50": [], "p99": []})
        dash = DASHES[index % len(DASHES)]
        places = "{0.00}" if self._bounds_s[1] > 1 else "{0.0000}"
        p99 = self._figure.line("x", "p99", source=source, line_dash=dash, line_width=2.5)
        p50 = self._figure.line("x", "p50", source=source, line_dash=dash, line_width=1)
        ends = ColumnDataSource({"x": [], "y": [], "text": [], "dx": [], "align": []})
        label = LabelSet(
            x="x", y="y", text="text", source=ends, text_font={"value": FONT},
            text_font_size="12px",
            text_font_style="bold", text_align="align", x_offset="dx", y_offset=-4,
            background_fill_alpha=WORDS["background_fill_alpha"],
        )  # fmt: skip
        self._figure.add_layout(label)
        self._figure.add_tools(
            HoverTool(
                renderers=[p99],
                line_policy="nearest",
                tooltips=[
                    ("Arrival rate", f"@x{{0.0}} {self._unit}"),
                    (self._quantile, f"@p99{places} s"),
                    ("P50", f"@p50{places} s"),
                ],
            )
        )
        return {"source": source, "p99": p99, "p50": p50, "ends": ends, "label": label}

    def _add_points(self) -> None:
        self._dots = ColumnDataSource({"x": [], "low": [], "y": [], "high": []})
        self._spread = self._figure.segment("x", "low", "x", "high", source=self._dots)
        self._dot_marks = self._figure.scatter("x", "y", source=self._dots, size=7, marker="square")
        self._knee = ColumnDataSource({"x": [], "y": []})
        self._knee_mark = self._figure.scatter(
            "x", "y", source=self._knee, size=13, marker="diamond", line_width=2
        )
        self._knee_label = Label(
            x=0, y=1, text="knee", x_offset=10, y_offset=-18, **WORDS
        )  # fmt: skip
        self._figure.add_layout(self._knee_label)
        self._point = ColumnDataSource({"x": [], "y": []})
        self._point_mark = self._figure.scatter("x", "y", source=self._point, size=16, line_width=3)
        self._point_label = Label(
            x=0, y=1, text="", y_offset=12, text_align="center", text_font_style="bold",
            **WORDS | {"text_font_size": "13px"},
        )  # fmt: skip
        self._figure.add_layout(self._point_label)

    def update(self, picture: Frontier) -> None:
        """Move curves, lines and the operating point to this picture."""
        low, high = self._bounds_s
        self._figure.x_range.end = picture.highest_rate
        for curve in picture.curves:
            self._feed(curve, curve.key == picture.current, picture.highest_rate)
        now = picture.curve
        self._collapse.left = now.capacity
        self._name_collapse(now.capacity / picture.highest_rate, picture.highest_rate)
        self._ceiling.location = self._ceiling_label.x = CEILING * now.capacity
        self._limit.location = picture.limit_s
        self._write_limit(picture)
        knee = math.isfinite(now.knee_p99_s)
        feed(
            self._knee,
            {
                "x": [now.knee_rate] if knee else [],
                "y": [now.knee_p99_s] if knee else [],
            },
        )
        self._knee_label.update(
            x=now.knee_rate if knee else 0,
            y=now.knee_p99_s if knee else 1,
            text="knee" if knee else "",
        )
        stable = math.isfinite(picture.p99_s)
        y = min(picture.p99_s, high / 1.15) if stable else high / 1.15
        feed(self._point, {"x": [picture.arrival_rate], "y": [max(y, low)]})
        shown = seconds(picture.p99_s, 2) if stable else "∞"
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
            text_align="right" if narrow else "left", text="collapse" if begins < 0.93 else "",
        )  # fmt: skip

    def _write_limit(self, picture: Frontier) -> None:
        """Name the limit at its left end, or at its right one while the point stands in the way."""
        low, high = self._bounds_s
        apart = abs(math.log(picture.p99_s / picture.limit_s)) / math.log(high / low)
        on_right = apart < CLOSE and picture.arrival_rate < 0.45 * picture.highest_rate
        self._limit_label.update(
            x=picture.highest_rate if on_right else 0, y=picture.limit_s,
            x_offset=-6 if on_right else 6, text_align="right" if on_right else "left",
            text=f"SLA: {self._quantile} ≤ {seconds(picture.limit_s, 2)}",
        )  # fmt: skip

    def _feed(self, curve: FrontierCurve, current: bool, highest_rate: float) -> None:
        drawn = self._curves[curve.key]
        finite = np.isfinite(curve.p99_s) & (curve.arrival_rate <= highest_rate)
        x, p99 = curve.arrival_rate[finite], curve.p99_s[finite]
        feed(drawn["source"], {"x": x, "p50": curve.p50_s[finite], "p99": p99})
        inside = np.flatnonzero(p99 <= self._bounds_s[1] * 0.6)
        at = inside[-1] if inside.size else None
        if inside.size and curve.label_rate is not None:
            at = inside[np.argmin(np.abs(x[inside] - curve.label_rate))]
        on_right = at is not None and x[at] < 0.55 * highest_rate  # room there, on a phone too
        feed(
            drawn["ends"],
            {
                "x": [] if at is None else [x[at]],
                "y": [] if at is None else [p99[at]],
                "text": [] if at is None else [curve.label],
                "dx": [] if at is None else [10 if on_right else -10],
                "align": [] if at is None else ["left" if on_right else "right"],
            },
        )
        drawn["p99"].glyph.line_width = 3 if current else 1.5
        drawn["p50"].visible = current

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        for index, drawn in enumerate(self._curves.values()):
            color = palette.series[index % len(palette.series)]
            for line in (drawn["p99"], drawn["p50"]):
                line.glyph.line_color = color
            drawn["label"].update(text_color=color, background_fill_color=palette.ground)
        for label in (
            self._limit_label, self._ceiling_label, self._collapse_label, self._knee_label,
            self._point_label,
        ):  # fmt: skip
            label.background_fill_color = palette.ground
        self._collapse.update(fill_color=palette.bad, hatch_color=palette.bad)
        self._collapse_label.text_color = palette.bad
        self._limit.line_color = self._limit_label.text_color = palette.warn
        self._ceiling.line_color = self._ceiling_label.text_color = palette.quiet
        self._knee_mark.glyph.update(fill_color=palette.ground, line_color=palette.quiet)
        self._knee_label.text_color = palette.quiet
        self._point_mark.glyph.update(fill_color=palette.accent, line_color=palette.ground)
        self._point_label.text_color = palette.text
        self._spread.glyph.update(line_color=palette.text, line_width=1.5)
        self._dot_marks.glyph.update(fill_color=palette.ground, line_color=palette.text)

    def sentence(self, picture: Frontier) -> str:
        """Say where the operating point stands between idle and collapse."""
        now = picture.curve
        where = (
            f"At {number(picture.arrival_rate)} {self._unit}, {percent(picture.utilization)} of "
            f"the {number(now.capacity)} that {now.label.lower()}{self._policy} can finish"
        )
        if not math.isfinite(picture.p99_s):
            return f"{where}: the queue grows without end, so no {self._quantile} exists."
        verdict = "within" if picture.p99_s <= picture.limit_s else "beyond"
        return (
            f"{where}, the {self._quantile} {self._latency} is {seconds(picture.p99_s)}, "
            f"{verdict} the limit of {seconds(picture.limit_s)}."
        )

    def table(self, picture: Frontier) -> Table:
        """Give P99 per policy at tenths of the current capacity, and the operating point."""
        rates = picture.curve.capacity * np.array([0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95])
        rows = [
            (number(rate), percent(rate / picture.curve.capacity), *self._read(picture, rate))
            for rate in rates
        ]
        here = (
            f"{number(picture.arrival_rate)} (now)",
            percent(picture.utilization),
            *self._read(picture, picture.arrival_rate),
        )
        rows += self._simulated(picture)
        columns = (f"Arrival rate ({self._unit})", "Of capacity")
        return Table(
            f"{self._quantile} {self._latency} by arrival rate",
            (*columns, *(f"{curve.label}: {self._quantile}" for curve in picture.curves)),
            (here, *rows),
        )

    def _simulated(self, picture: Frontier) -> list[tuple[str, ...]]:
        dots = picture.dots
        if dots is None:
            return []
        found = []
        for rate, low, middle, high in zip(
            dots.arrival_rate, dots.low_s, dots.middle_s, dots.high_s, strict=True
        ):
            spread = f"{seconds(middle)} ({seconds(low)} to {seconds(high)})"
            cells = [spread if c.key == picture.current else "–" for c in picture.curves]
            share = percent(rate / picture.curve.capacity)
            found.append((f"{number(rate)} (simulated)", share, *cells))
        return found

    def _read(self, picture: Frontier, rate: float) -> tuple[str, ...]:
        cells = []
        for curve in picture.curves:
            if rate >= curve.capacity:
                cells.append("collapse")
            elif curve.key == picture.current and rate == picture.arrival_rate:
                cells.append(seconds(picture.p99_s))
            else:
                cells.append(seconds(_interpolate(rate, curve)))
        return tuple(cells)

    def formulas(self, picture: Frontier) -> tuple[Formula, ...]:
        """Give utilization, the hyperbola of the wait, and Little's law with today's numbers."""
        rho, rate = picture.utilization, picture.arrival_rate
        wait = 1 / (1 - rho) if rho < 1 else math.inf
        return (
            Formula(
                "Utilization",
                m.math(m.ident("ρ"), m.op("="), m.frac(m.ident("λ"), m.ident("μ"))),
                f"{number(rate)} / {number(picture.curve.capacity)} = {number(rho)}",
                "Kleinrock, Queueing Systems I (1975)",
            ),
            Formula(
                "Why there is a wall: M/M/1 response against service",
                m.math(
                    m.frac(m.ident("R"), m.ident("S")), m.op("="),
                    m.frac(m.num("1"), m.row(m.num("1"), m.op("−"), m.ident("ρ"))),
                ),
                f"1 / (1 − {number(rho)}) = {number(wait, 2)}; at 0.8 it is 5, at 0.9 it is 10",
                "Kleinrock (1975), M/M/1. The curve itself comes from the batching model, "
                "not from this formula",
            ),
            Formula(
                "Little's law: requests in the house",
                m.math(m.ident("N"), m.op("="), m.ident("λ"), m.op("·"), m.ident("R")),
                f"{number(rate)}/s × {seconds(picture.mean_response_s)} = "
                f"{number(rate * picture.mean_response_s)}",
                "Little (1961)",
            ),
        )  # fmt: skip


def _interpolate(rate: float, curve: FrontierCurve) -> float:
    finite = np.isfinite(curve.p99_s)
    if not finite.any():
        return math.inf
    logs = np.interp(rate, curve.arrival_rate[finite], np.log(curve.p99_s[finite]))
    return float(np.exp(logs))
