"""FanOutTail: how often one call and the slowest of many are late, with and without hedging."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from bokeh.models import (
    BoxAnnotation,
    ColumnDataSource,
    FixedTicker,
    Label,
    Model,
    Span,
)

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MILLISECONDS
from labpy.instruments.figures.drawing import LABEL_TEXT, canvas, feed, hover, labels, paint
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.fan_out_tail import FanOut, TailCurve
from labpy.instruments.telling import fan_out_tail as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Value, language, msg, say
from labpy.words.amounts import count, share

DASHES = ("dashed", "solid", (10, 3, 2, 3))
MARKERS = ("circle", "diamond", "square")
QUANTILES = (("P99", 1e-2), ("P99.9", 1e-3))
ONE_IN = (1, 10, 100, 1000, 10_000)  # ticks of the axis
LEAST = 1e-5  # the lowest share that is drawn
END_COLUMNS = ("x", "y", "text", "align", "dx")
# Where the labels stand on their curves: at heights of their own, so that they never meet.
LABEL_HEIGHTS = (3 * LEAST, 0.25, 2.2e-4)


class FanOutTail(Instrument):
    """Time along x, the share of responses that take longer along y (log)."""

    name = "FanOutTail"
    title = msg("fan-out-title")

    def __init__(self, longest_s: float) -> None:
        """Draw the empty figure; the time axis ends at `longest_s`."""
        self._end_ms = 1e3 * longest_s
        self._figure = canvas(
            (0, self._end_ms), (LEAST, 2), min_height=200, y_axis_type="log", min_border_right=14,
            x_axis_label=say(MILLISECONDS.title(msg("fan-out-time-axis"))),
            y_axis_label=say(msg("fan-out-share-axis")),
        )  # fmt: skip
        self._figure.yaxis.ticker = FixedTicker(ticks=[1 / n for n in ONE_IN])
        self._figure.yaxis.major_label_overrides = {1 / n: _tick(n) for n in ONE_IN}
        self._annotate()
        self._curves = [self._add_curve(i) for i in range(len(DASHES))]
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def _annotate(self) -> None:
        self._late = BoxAnnotation(
            left=2 * self._end_ms, fill_alpha=0.07, line_alpha=0, level="underlay",
        )  # fmt: skip
        self._deadline = Span(
            location=0, dimension="height", line_dash="dashed", line_width=1.5, name="deadline"
        )
        self._deadline_label = Label(
            x=0, y=1.9, text="", x_offset=6, text_baseline="top", background_fill_alpha=0.9,
            tags=["y"], **LABEL_TEXT,
        )  # fmt: skip
        marks: list[Any] = [self._late, self._deadline, self._deadline_label]
        self._quantile_lines = []
        self._quantile_labels = []
        for name, at in QUANTILES:
            self._quantile_lines.append(
                Span(location=at, dimension="width", line_dash="dotted", line_width=1.2)
            )
            self._quantile_labels.append(
                Label(
                    x=5, x_units="screen", y=at, text=name, y_offset=2, text_baseline="bottom",
                    tags=["x"], **LABEL_TEXT,
                )
            )  # fmt: skip
        for mark in (*marks, *self._quantile_lines, *self._quantile_labels):
            self._figure.add_layout(mark)

    def _add_curve(self, index: int) -> dict[str, Any]:
        source = ColumnDataSource({"x": [], "y": [], "words": []})
        line = self._figure.line("x", "y", source=source, line_dash=DASHES[index], line_width=2.5)
        line.name = f"curve-{index}"
        time = say(msg("axis-hover", field="@x{0.0}", unit=MILLISECONDS.name))
        said = [(say(msg("fan-out-time")), time), (say(msg("fan-out-longer")), "@words")]
        hover(self._figure, line, said, line_policy="nearest")
        points = ColumnDataSource({"x": [], "y": []})
        marks = self._figure.scatter(
            "x", "y", source=points, marker=MARKERS[index], size=10, line_width=2
        )
        ends = ColumnDataSource({name: [] for name in END_COLUMNS})
        below = {"y_offset": -20} if index == 0 else {"text_baseline": "middle"}
        label = labels(
            self._figure, ends, f"along:{line.name}", text_font_style="bold",
            background_fill_alpha=0.85,
            text_align="align", x_offset="dx", **below,
        )  # fmt: skip
        return {"source": source, "line": line, "points": points, "marks": marks, "ends": ends,
                "label": label}  # fmt: skip

    def update(self, picture: FanOut) -> None:
        """Move the curves, their marks and the deadline to this picture."""
        deadline = 1e3 * picture.deadline_s
        self._late.left = self._deadline.location = self._deadline_label.x = deadline
        self._deadline_label.text = say(msg("fan-out-too-late", deadline=telling.deadline(picture)))
        for drawn, curve, height in zip(self._curves, picture.curves, LABEL_HEIGHTS, strict=True):
            self._feed(drawn, curve, picture.time_s, height)

    def _feed(
        self, drawn: dict[str, Any], curve: TailCurve | None, time_s: np.ndarray, height: float
    ) -> None:
        if curve is None:
            feed(drawn["source"], {"x": [], "y": [], "words": []})
            feed(drawn["points"], {"x": [], "y": []})
            feed(drawn["ends"], {name: [] for name in END_COLUMNS})
            return
        seen = np.isfinite(curve.exceed) & (curve.exceed >= LEAST)
        x, y = 1e3 * time_s[seen], curve.exceed[seen]
        feed(drawn["source"], {"x": x, "y": y, "words": [_longer(each) for each in y.tolist()]})
        quantiles = np.array([1e3 * curve.p99_s, 1e3 * curve.p999_s])
        inside = quantiles <= self._end_ms
        shares = np.array([each for _, each in QUANTILES])
        feed(drawn["points"], {"x": quantiles[inside], "y": shares[inside]})
        at = np.flatnonzero((y >= height) & (x <= self._end_ms))[-1:]
        # The lowest curve's label stands to its left, as one does that has no room to its right.
        left = height == LABEL_HEIGHTS[0] or bool((x[at] > 0.6 * self._end_ms).any())
        feed(
            drawn["ends"],
            {
                "x": x[at],
                "y": y[at],
                "text": [say(curve.label)] * at.size,
                "align": ["right" if left else "left"] * at.size,
                "dx": [-4 if left else 8] * at.size,
            },
        )

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        for drawn, color in zip(self._curves, palette.series, strict=False):
            drawn["line"].glyph.line_color = color
            drawn["marks"].glyph.update(fill_color=palette.ground, line_color=color)
            drawn["label"].update(text_color=color, background_fill_color=palette.ground)
        self._late.fill_color = palette.bad
        self._deadline.line_color = self._deadline_label.text_color = palette.warn
        self._deadline_label.background_fill_color = palette.ground
        for line, label in zip(self._quantile_lines, self._quantile_labels, strict=True):
            line.line_color = label.text_color = palette.quiet

    def sentence(self, picture: FanOut) -> Value:
        """Say how often one call and the whole loop are late."""
        return telling.sentence(picture)

    def table(self, picture: FanOut) -> Table:
        """Give P99, P99.9 and the share beyond the deadline of each curve."""
        return telling.table(picture)

    def formulas(self, picture: FanOut) -> tuple[Formula, ...]:
        """Give the chance that any of many calls is late, with today's numbers."""
        return telling.formulas(picture)


def _longer(exceed: float) -> str:
    """Say a share of a curve; hundreds at each update, so what reads the same is said once."""
    return _said(float(f"{exceed:.2g}") if exceed < 0.95 else exceed, language())


@lru_cache(maxsize=1024)
def _said(exceed: float, language: str) -> str:  # noqa: ARG001
    return say(share(exceed))


def _tick(n: int) -> str:
    return say(msg("fan-out-all") if n == 1 else msg("fan-out-one-in", n=count(n)))
