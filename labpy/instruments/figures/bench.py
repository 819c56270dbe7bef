"""The figures of the open bench: over time, as a distribution, and the search's frontier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from bokeh.models import ColumnDataSource, Model, Range1d, Span
from bokeh.plotting import figure

from labpy.instruments.figures.drawing import feed, paint
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.bench import Array, Bench, Found
from labpy.words import Message, msg, say

DASHES = ("solid", (8, 4))


class BenchFigures:
    """Three figures, fed with one fleet's or two fleets' times, and with what a search finds."""

    def __init__(self) -> None:
        self.course = _canvas(msg("bench-axis-time"), msg("bench-axis-ttft-p99"))
        self.distribution = _canvas(msg("bench-axis-share"), msg("bench-axis-ttft"))
        self.frontier = _canvas(msg("bench-axis-usd"), msg("bench-axis-ttft-p99"))
        self._lines = []
        for fig in (self.course, self.distribution):
            for dash in DASHES:
                source = ColumnDataSource({"x": [], "y": []})
                drawn = fig.line("x", "y", source=source, line_width=2.5, line_dash=dash)
                self._lines.append((source, drawn))
        self._found = ColumnDataSource({"x": [], "y": [], "marker": []})
        self._best = ColumnDataSource({"x": [], "y": []})
        self._step = self.frontier.step("x", "y", source=self._best, mode="after", line_width=2)
        self._dots = self.frontier.scatter(
            "x", "y", source=self._found, size=9, marker="marker", fill_alpha=0.7
        )
        self._limits = []
        for fig in (self.course, self.distribution, self.frontier):
            limit = Span(location=1, dimension="width", line_dash="dashed", line_width=1.5)
            fig.add_layout(limit)
            self._limits.append(limit)
        self.recolor(LIGHT)

    @property
    def all(self) -> dict[str, Model]:
        """The figures by name."""
        return {"course": self.course, "distribution": self.distribution, "search": self.frontier}

    def show(self, fleets: Sequence[Bench | None], limit_s: float) -> None:
        """Draw the fleets' times; None leaves a fleet's lines out."""
        for number, each in enumerate(fleets):
            course, distribution = self._lines[number][0], self._lines[2 + number][0]
            if each is None:
                feed(course, {"x": [], "y": []})
                feed(distribution, {"x": [], "y": []})
                continue
            feed(course, {"x": each.begin_s, "y": each.ttft_p99_s})
            feed(distribution, {"x": 100 * each.level, "y": each.ttft_s})
        for limit in self._limits:
            limit.location = limit_s
        drawn = [each for each in fleets if each is not None]
        if drawn:
            self.course.x_range.end = max(max(float(each.begin_s[-1]) for each in drawn), 1e-3)
            _fit(self.course, [each.ttft_p99_s for each in drawn], limit_s)
            _fit(self.distribution, [each.ttft_s for each in drawn], limit_s)

    def show_found(self, found: Found) -> None:
        """Draw what a search has found."""
        markers = ["circle" if each else "x" for each in found.meets]
        feed(self._found, {"x": found.usd_per_hour, "y": found.ttft_p99_s, "marker": markers})
        feed(self._best, {"x": found.frontier_usd, "y": found.frontier_s})
        if len(found.usd_per_hour):
            self.frontier.x_range.end = 1.1 * float(found.usd_per_hour.max())
            _fit(self.frontier, [found.ttft_p99_s], self._limits[-1].location)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of a theme."""
        for fig in self.all.values():
            paint(fig, palette)
        for number, (_, line) in enumerate(self._lines):
            line.glyph.line_color = palette.series[number % 2]
        self._dots.glyph.update(fill_color=palette.series[0], line_color=palette.series[0])
        self._step.glyph.line_color = palette.good
        for limit in self._limits:
            limit.line_color = palette.bad


def _fit(fig: Model, times: Sequence[Array], limit_s: float) -> None:
    """Let the axis hold all times and the limit."""
    every = np.concatenate([*times, [limit_s]])
    every = every[np.isfinite(every) & (every > 0)]
    fig.y_range.update(start=0.8 * float(every.min()), end=1.25 * float(every.max()))


def _canvas(x_title: Message, y_title: Message) -> Model:
    return figure(
        x_range=Range1d(0, 100),
        y_range=Range1d(0.01, 10),
        y_axis_type="log",
        x_axis_label=say(x_title),
        y_axis_label=say(y_title),
        sizing_mode="stretch_both",
        min_height=220,
        toolbar_location=None,
        tools="",
        output_backend="canvas",
    )
