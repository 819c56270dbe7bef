"""The figures of the open bench: over time, as distributions, and the search's frontier."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from bokeh.models import (
    ColumnDataSource,
    GlyphRenderer,
    Label,
    LinearAxis,
    LinearScale,
    Model,
    Range1d,
    Span,
)
from bokeh.plotting import figure

from labpy.instruments.figures.drawing import (
    LABEL_TEXT,
    feed,
    labels,
    log_ticks,
    paint,
    time_ticks,
)
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.bench import Array, Bench, Found
from labpy.words import Message, amounts, msg, say

DASHES = ("solid", (8, 4))
FLEETS = ("a", "b")
TIMES = ("response_s", "ttft_s", "tpot_s")
NAMED_AT = (15, 60)  # percent: where the lines of each fleet's distributions have their names
ARRIVALS = "arrivals"
MANY = 1000  # times the lowest: an axis that goes so far has a tick a decade


class BenchFigures:
    """Three figures, fed with one fleet's or two fleets' times, and with what a search finds."""

    def __init__(self) -> None:
        self.course = _canvas(msg("bench-axis-time"), msg("bench-axis-ttft-p99"))
        self.distribution = _canvas(msg("bench-axis-share"), msg("bench-axis-seconds"))
        self.frontier = _canvas(msg("bench-axis-usd"), msg("bench-axis-ttft-p99"))
        self._add_arrivals()
        self._late = [_line(self.course, dash) for dash in DASHES]
        self._times = {name: [_line(self.distribution, dash) for dash in DASHES] for name in TIMES}
        self._names = [ColumnDataSource({"x": [], "y": [], "text": []}) for _ in range(2)]
        self._named = [
            labels(fig, source, "around", y_offset=4)
            for fig, source in zip((self.course, self.distribution), self._names, strict=True)
        ]
        self._found = ColumnDataSource({"x": [], "y": [], "marker": []})
        self._best = ColumnDataSource({"x": [], "y": []})
        self._step = self.frontier.step("x", "y", source=self._best, mode="after", line_width=2)
        self._dots = self.frontier.scatter(
            "x", "y", source=self._found, size=9, marker="marker", fill_alpha=0.7
        )
        first_token, token = msg("bench-limit-ttft"), msg("bench-limit-tpot")
        self._first_limits = [_Limit(fig, first_token) for fig in self.all.values()]
        self._token_limit = _Limit(self.distribution, token)
        self.recolor(LIGHT)

    def _add_arrivals(self) -> None:
        """Draw the rate of arrivals behind the course, by an axis of its own at the right."""
        self._rate = Range1d(0, 1)
        self.course.extra_y_ranges = {ARRIVALS: self._rate}
        self.course.extra_y_scales = {ARRIVALS: LinearScale()}  # a log one has no end at 0
        title = say(msg("bench-axis-arrivals"))
        self.course.add_layout(LinearAxis(y_range_name=ARRIVALS, axis_label=title), "right")
        self._arrivals = ColumnDataSource({"left": [], "right": [], "top": []})
        self._bars = self.course.quad(
            left="left",
            right="right",
            top="top",
            bottom=0,
            source=self._arrivals,
            y_range_name=ARRIVALS,
            line_color=None,
        )

    @property
    def all(self) -> dict[str, Model]:
        """The figures by name."""
        return {"course": self.course, "distribution": self.distribution, "search": self.frontier}

    def show(self, fleets: Sequence[Bench | None], ttft_s: float, tpot_s: float) -> None:
        """Draw the fleets' times and the limits; None leaves a fleet's lines out."""
        for number, each in enumerate(fleets):
            self._show_lines(number, each)
        for limit in self._first_limits:
            limit.put(ttft_s)
        self._token_limit.put(tpot_s)
        drawn = [each for each in fleets if each is not None]
        if not drawn:
            return
        self._show_arrivals(drawn[0])
        self._show_names(drawn)
        self._span(max(max(_end(each) for each in drawn), 1e-3))
        _fit(self.course, [each.ttft_p99_s for each in drawn], ttft_s)
        every = [times for each in drawn for times in each.times_s.values()]
        _fit(self.distribution, [*every, np.array([tpot_s])], ttft_s)

    def _span(self, end_s: float) -> None:
        self.course.x_range.end = end_s
        time_ticks(self.course.xaxis[0], end_s)

    def _show_lines(self, number: int, each: Bench | None) -> None:
        empty = {"x": [], "y": []}
        late = {"x": each.begin_s, "y": each.ttft_p99_s} if each else empty
        feed(self._late[number].data_source, late)
        for name, lines in self._times.items():
            times = {"x": 100 * each.level, "y": each.times_s[name]} if each else empty
            feed(lines[number].data_source, times)

    def _show_arrivals(self, each: Bench) -> None:
        """Draw how many arrive in each span; if all come at once there is no rate."""
        rate = each.arrivals_per_s
        left, right = each.begin_s, np.append(each.begin_s[1:], _end(each))
        if not np.isfinite(rate).all():
            left = right = rate = rate[:0]
        feed(self._arrivals, {"left": left, "right": right, "top": rate})
        self._rate.end = 3 * max(float(rate.max(initial=0.0)), 1e-9)  # low, behind the line

    def _show_names(self, drawn: Sequence[Bench]) -> None:
        """Name the lines where they are: the fleets, and which time it is."""
        several = len(drawn) > 1
        course, times = self._names
        ends = [(each.begin_s[-1], each.ttft_p99_s[-1]) for each in drawn] if several else []
        named = [say(msg("bench-line-fleet", fleet=fleet)) for fleet in FLEETS[: len(ends)]]
        feed(course, {"x": [x for x, _ in ends], "y": [y for _, y in ends], "text": named})
        found: dict[str, list] = {"x": [], "y": [], "text": []}
        for name in TIMES:
            for fleet, percent, each in zip(FLEETS, NAMED_AT, drawn, strict=False):
                at = int(np.abs(100 * each.level - percent).argmin())
                told = msg("bench-line-time", what=name, fleet=fleet if several else "alone")
                found["x"].append(float(100 * each.level[at]))
                found["y"].append(float(each.times_s[name][at]))
                found["text"].append(say(told))
        feed(times, found)

    def show_found(self, found: Found) -> None:
        """Draw what a search has found."""
        markers = ["circle" if each else "x" for each in found.meets]
        feed(self._found, {"x": found.usd_per_hour, "y": found.ttft_p99_s, "marker": markers})
        feed(self._best, {"x": found.frontier_usd, "y": found.frontier_s})
        if len(found.usd_per_hour):
            self.frontier.x_range.end = 1.1 * float(found.usd_per_hour.max())
            _fit(self.frontier, [found.ttft_p99_s], self._first_limits[-1].at_s)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of a theme."""
        for fig in self.all.values():
            paint(fig, palette)
        for number, line in enumerate(self._late):
            line.glyph.line_color = palette.series[number]
        for lines in self._times.values():
            for number, line in enumerate(lines):
                line.glyph.line_color = palette.series[number]
        for named in self._named:
            named.text_color = {"value": palette.text}
        self._bars.glyph.update(fill_color=palette.grid, fill_alpha=0.8)
        self._dots.glyph.update(fill_color=palette.series[0], line_color=palette.series[0])
        self._step.glyph.line_color = palette.good
        for limit in (*self._first_limits, self._token_limit):
            limit.recolor(palette)


class _Limit:
    """A dashed line across a figure, with its name."""

    def __init__(self, fig: Model, name: Message) -> None:
        self.at_s = 1.0
        self._line = Span(location=1, dimension="width", line_dash="dashed", line_width=1.5)
        self._label = Label(
            x=0, y=1, text=say(name), x_offset=4, y_offset=2, tags=["x"], **LABEL_TEXT
        )
        fig.add_layout(self._line)
        fig.add_layout(self._label)

    def put(self, at_s: float) -> None:
        """Move it."""
        self.at_s = self._line.location = self._label.y = at_s

    def recolor(self, palette: Palette) -> None:
        """Take the colours of a theme."""
        self._line.line_color = self._label.text_color = palette.bad


def _line(fig: Model, dash: str | tuple[int, int]) -> GlyphRenderer:
    source = ColumnDataSource({"x": [], "y": []})
    return fig.line("x", "y", source=source, line_width=2.5, line_dash=dash)


def _end(each: Bench) -> float:
    """Return the end of the last span."""
    begin = each.begin_s
    return float(begin[-1] + (begin[1] - begin[0] if len(begin) > 1 else 0.0))


def _fit(fig: Model, times: Sequence[Array], limit_s: float) -> None:
    """Let the axis hold all times and the limit."""
    every = np.concatenate([*times, [limit_s]])
    every = every[np.isfinite(every) & (every > 0)]
    bounds = 0.8 * float(every.min()), 1.6 * float(every.max())
    fig.y_range.update(start=bounds[0], end=bounds[1])
    axis = fig.yaxis[0]
    wide = bounds[1] > MANY * bounds[0]
    log_ticks(axis, bounds, (1,) if wide else (1, 2, 5))
    written = {t: say(amounts.chosen(t, "duration")) for t in axis.ticker.ticks}
    axis.major_label_overrides = written


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
