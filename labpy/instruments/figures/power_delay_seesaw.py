"""PowerDelaySeesaw: what a larger batch saves in power, it costs in delay."""

from __future__ import annotations

from typing import Any

import numpy as np
from bokeh.models import BoxAnnotation, ColumnDataSource, Label, Model, Span

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MILLISECONDS, MILLIWATTS, AxisUnit
from labpy.instruments.figures.drawing import (
    ALONG,
    LABEL_TEXT,
    canvas,
    feed,
    hover,
    in_hand,
    labels,
    log_ticks,
    paint,
    within,
)
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.power_delay_seesaw import Seesaw
from labpy.instruments.telling import power_delay_seesaw as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Value, msg, say

CLOSE = 0.09  # of the axis


class PowerDelaySeesaw(Instrument):
    """Delay along x, power along y, both log; the sweet spot is what both limits leave."""

    name = "PowerDelaySeesaw"
    title = msg("seesaw-title")

    def __init__(
        self,
        delay_bounds_s: tuple[float, float],
        power_bounds_w: tuple[float, float],
        swept: Value,
        dial: str = "",
    ) -> None:
        """Draw the empty figure with these fixed axes.

        Parameters
        ----------
        delay_bounds_s, power_bounds_w : ends of the axes, in s and W.
        swept : names what runs along the curve.
        dial : key of the knob whose value is that of `Seesaw.batch`; the operating point can be
            dragged along the curve for it. "" if there is none.
        """
        self._swept = swept
        self._ms = tuple(MILLISECONDS.shown(each) for each in delay_bounds_s)
        self._mw = tuple(MILLIWATTS.shown(each) for each in power_bounds_w)
        self._figure = canvas(
            self._ms, self._mw, min_height=200, x_axis_type="log", y_axis_type="log",
            x_axis_label=_axis(msg("seesaw-delay"), MILLISECONDS),
            y_axis_label=_axis(msg("seesaw-power"), MILLIWATTS),
            min_border_right=14,
        )  # fmt: skip
        log_ticks(self._figure.xaxis[0], self._ms)
        log_ticks(self._figure.yaxis[0], self._mw)
        self._annotate()
        self._add_curve()
        self._add_points(dial)
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def _annotate(self) -> None:
        common: dict[str, Any] = {"fill_alpha": 0.07, "line_alpha": 0, "level": "underlay"}
        late_from, hot_from = self._ms[1], self._mw[1]
        self._late = BoxAnnotation(left=late_from, **common)
        self._hot = BoxAnnotation(bottom=hot_from, **common)
        self._sweet = BoxAnnotation(right=late_from, top=hot_from, **common)
        self._delay_limit = Span(
            dimension="height", line_dash="dashed", line_width=1.5, name="delay-limit"
        )
        self._power_limit = Span(
            dimension="width", line_dash="dashed", line_width=1.5, name="power-limit"
        )
        words = {"background_fill_alpha": 0.85, **LABEL_TEXT}
        self._late_label = Label(
            x=1,
            y=self._mw[0],
            text="",
            text_align="left",
            x_offset=5,
            y_offset=3,
            tags=["y"],
            **words,
        )
        # At the right: a falling curve comes from the upper left.
        self._hot_label = Label(
            x=self._ms[1],
            y=1,
            text="",
            text_align="right",
            x_offset=-6,
            y_offset=3,
            tags=["x"],
            **words,
        )
        self._sweet_label = Label(
            x=self._ms[0], y=self._mw[0], text=say(msg("seesaw-sweet")), x_offset=6, y_offset=3,
            tags=["x"], **words,
        )  # fmt: skip
        for mark in (
            self._late, self._hot, self._sweet, self._delay_limit, self._power_limit,
            self._late_label, self._hot_label, self._sweet_label,
        ):  # fmt: skip
            self._figure.add_layout(mark)

    def _add_curve(self) -> None:
        columns = ("x", "y", "batch")
        self._curve = ColumnDataSource({name: [] for name in columns})
        self._line = self._figure.line("x", "y", source=self._curve, line_width=2.5, name=ALONG)
        said = [
            (say(self._swept), "@batch{0.0}"),
            (say(msg("seesaw-delay")), _under_pointer("@x{0.0}", MILLISECONDS)),
            (say(msg("seesaw-power")), _under_pointer("@y{0.00}", MILLIWATTS)),
        ]
        hover(self._figure, self._line, said, line_policy="nearest")
        self._stops = ColumnDataSource({"x": [], "y": [], "text": []})
        self._stop_marks = self._figure.scatter(
            "x", "y", source=self._stops, size=7, marker="square", line_width=1.5
        )
        self._stop_labels = labels(
            self._figure, self._stops, "around", x_offset=7, y_offset=3, background_fill_alpha=0.7
        )

    def _add_points(self, dial: str) -> None:
        names = ("x", "y", "text", "source", "align", "dx")
        self._measured = ColumnDataSource({name: [] for name in names})
        self._measured_marks = self._figure.scatter(
            "x", "y", source=self._measured, size=11, marker="triangle", line_width=2
        )
        said = [(say(msg("seesaw-measured")), "@text"), (say(msg("seesaw-source")), "@source")]
        hover(self._figure, self._measured_marks, said)
        self._measured_labels = labels(
            self._figure, self._measured, "around", text_align="align", x_offset="dx",
            text_baseline="middle", background_fill_alpha=0.85,
        )  # fmt: skip
        self._point = ColumnDataSource({"x": [], "y": [], "text": []})
        self._point_mark = self._figure.scatter(
            "x", "y", source=self._point, size=16, line_width=3, **in_hand(dial)
        )
        self._point_label = labels(
            self._figure, self._point, "around", text_font_style="bold", text_align="right",
            x_offset=-12,
            y_offset=-8, text_baseline="top", background_fill_alpha=0.85,
        )  # fmt: skip

    def update(self, picture: Seesaw) -> None:
        """Move the curve, the operating point and both limits to this picture."""
        delay, power = 1e3 * picture.delay_s, 1e3 * picture.power_w
        x, y = within(delay, power)
        seen = np.isfinite(delay) & np.isfinite(power)
        feed(self._curve, {"x": x, "y": y, "batch": picture.batch[seen]})
        self._mark_stops(picture, seen & picture.marked)
        self._move_limits(picture)
        self._move_point(picture)
        known = picture.measured
        left = [1e3 * each.delay_s > np.sqrt(self._ms[0] * self._ms[1]) for each in known]
        feed(
            self._measured,
            {
                "x": [1e3 * each.delay_s for each in known],
                "y": [1e3 * each.power_w for each in known],
                "text": [say(each.label) for each in known],
                "source": [each.source for each in known],
                "align": ["right" if each else "left" for each in left],
                "dx": [-10 if each else 10 for each in left],
            },
        )

    def _mark_stops(self, picture: Seesaw, stops: np.ndarray) -> None:
        delay, power = picture.delay_s[stops], picture.power_w[stops]
        # A name beside the operating point would lie under its label.
        low, high = self._ms
        here = _hold(1e3 * picture.delay_now_s, self._ms)
        apart = np.abs(np.log(1e3 * delay / here)) > CLOSE * np.log(high / low)
        feed(
            self._stops,
            {
                "x": 1e3 * delay,
                "y": 1e3 * power,
                "text": _names(picture, picture.batch[stops], apart),
            },
        )

    def _move_limits(self, picture: Seesaw) -> None:
        delay_ms, power_mw = 1e3 * picture.delay_limit_s, 1e3 * picture.power_limit_w
        delay, power = telling.limits(picture)
        self._late.left = self._sweet.right = self._delay_limit.location = delay_ms
        self._hot.bottom = self._sweet.top = self._power_limit.location = power_mw
        self._late_label.update(x=delay_ms, text=say(msg("seesaw-too-late", limit=delay)))
        self._hot_label.update(y=power_mw, text=say(msg("seesaw-too-hot", limit=power)))

    def _move_point(self, picture: Seesaw) -> None:
        delay, power = 1e3 * picture.delay_now_s, 1e3 * picture.power_now_w
        # What lies off the axes, or has no end, stands at their edge.
        at_x = _hold(delay, self._ms)
        at_y = _hold(power, self._mw)
        # A falling curve leaves room below and to the left, but at the axis's own edge.
        low, high = self._ms
        room = np.log(at_x / low) / np.log(high / low) > 0.25
        self._point_label.update(
            text_align="right" if room else "left", x_offset=-10 if room else 12,
            text_baseline="top" if room else "bottom", y_offset=-6 if room else 4,
        )  # fmt: skip
        said = (
            telling.delay(picture, picture.delay_now_s),
            telling.watts(picture, picture.power_now_w),
        )
        feed(self._point, {"x": [at_x], "y": [at_y], "text": ["\n".join(map(say, said))]})

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        for box in (self._late, self._hot):
            box.fill_color = palette.bad
        self._sweet.fill_color = palette.good
        for line, label in (
            (self._delay_limit, self._late_label), (self._power_limit, self._hot_label)
        ):  # fmt: skip
            line.line_color = label.text_color = palette.warn
            label.background_fill_color = palette.ground
        self._sweet_label.update(text_color=palette.good, background_fill_color=palette.ground)
        self._line.glyph.line_color = palette.series[0]
        self._stop_marks.glyph.update(fill_color=palette.ground, line_color=palette.series[0])
        self._measured_marks.glyph.update(fill_color=palette.ground, line_color=palette.text)
        self._point_mark.glyph.update(fill_color=palette.accent, line_color=palette.ground)
        quiet = {"background_fill_color": palette.ground}
        self._stop_labels.update(text_color=palette.quiet, **quiet)
        self._measured_labels.update(text_color=palette.text, **quiet)
        self._point_label.update(text_color=palette.text, **quiet)

    def sentence(self, picture: Seesaw) -> Value:
        """Say both values against their limits, and where the sweet spot is."""
        return telling.sentence(picture)

    def table(self, picture: Seesaw) -> Table:
        """Give delay and power at the operating point, at the named batches and as measured."""
        return telling.table(picture, self._swept)

    def formulas(self, picture: Seesaw) -> tuple[Formula, ...]:
        """Give both limits with today's numbers, and the formulas of the model."""
        return telling.formulas(picture)


def _axis(words: Value, unit: AxisUnit) -> str:
    return say(msg("seesaw-axis", words=words, unit=unit.name))


def _under_pointer(field: str, unit: AxisUnit) -> str:
    return say(msg("axis-hover", field=field, unit=unit.name))


def _names(picture: Seesaw, stops: np.ndarray, told: np.ndarray) -> list[str]:
    """Name the stops that are told; the first says what it counts, "4 ms of window", the rest less.

    Names as long as the first one run into each other on a phone.
    """
    first = int(np.argmax(told)) if told.any() else -1
    return [
        say(picture.named(stop, "long" if i == first else "short")) if told[i] else ""
        for i, stop in enumerate(stops)
    ]


def _hold(value: float, bounds: tuple[float, ...]) -> float:
    low, high = bounds
    return low if np.isnan(value) else float(min(max(value, low * 1.06), high / 1.06))
