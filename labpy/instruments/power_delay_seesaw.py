"""PowerDelaySeesaw: what a larger batch saves in power, it costs in delay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from bokeh.models import BoxAnnotation, ColumnDataSource, Label, Model, Span

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.drawing import (
    LABEL_TEXT,
    canvas,
    feed,
    hover,
    labels,
    log_ticks,
    paint,
    within,
)
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.quantities import MILLISECONDS, MILLIWATTS, plain
from labpy.instruments.telling import mathml as m

CLOSE = 0.09  # of the axis


@dataclass(frozen=True)
class Measured:
    """A published point that stands beside the model's curve."""

    label: str
    delay_s: float
    power_w: float
    source: str


@dataclass(frozen=True, eq=False)
class Seesaw:
    """The picture: the curve as the batch grows, the operating point, and both limits.

    `batch`, `delay_s` and `power_w` are of shape (n,), in the order of the batch; the values that
    stand on the curve are those of `marked`, also of shape (n,), true where a batch is named.
    `model` are the formulas of the curve, with numbers, from whoever computed it.
    """

    batch: np.ndarray
    delay_s: np.ndarray
    power_w: np.ndarray
    marked: np.ndarray
    batch_unit: str
    batch_now: float
    delay_now_s: float
    power_now_w: float
    delay_limit_s: float
    power_limit_w: float
    measured: tuple[Measured, ...] = ()
    model: tuple[Formula, ...] = ()

    @property
    def sweet(self) -> np.ndarray:
        """Which points of the curve keep both limits."""
        return (self.delay_s <= self.delay_limit_s) & (self.power_w <= self.power_limit_w)


class PowerDelaySeesaw(Instrument):
    """Delay along x, power along y, both log; the sweet spot is what both limits leave."""

    name = "PowerDelaySeesaw"
    title = "Power against delay"

    def __init__(
        self,
        delay_bounds_s: tuple[float, float],
        power_bounds_w: tuple[float, float],
        swept: str = "Batch",
    ) -> None:
        """Draw the empty figure with these fixed axes; `swept` names what runs along the curve."""
        self._swept = swept
        self._ms = tuple(MILLISECONDS.shown(each) for each in delay_bounds_s)
        self._mw = tuple(MILLIWATTS.shown(each) for each in power_bounds_w)
        self._figure = canvas(
            self._ms, self._mw, min_height=260, x_axis_type="log", y_axis_type="log",
            x_axis_label="Delay (ms, log scale)", y_axis_label="Power (mW, log scale)",
            min_border_right=14,
        )  # fmt: skip
        log_ticks(self._figure.xaxis[0], self._ms)
        log_ticks(self._figure.yaxis[0], self._mw)
        self._annotate()
        self._add_curve()
        self._add_points()
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def _annotate(self) -> None:
        common: dict[str, Any] = {"fill_alpha": 0.07, "line_alpha": 0, "level": "underlay"}
        late_from, hot_from = self._ms[1], self._mw[1]
        self._late = BoxAnnotation(
            left=late_from, hatch_pattern="/", hatch_scale=14, hatch_alpha=0.09, **common
        )
        self._hot = BoxAnnotation(
            bottom=hot_from, hatch_pattern="\\", hatch_scale=14, hatch_alpha=0.09, **common
        )
        self._sweet = BoxAnnotation(right=late_from, top=hot_from, **common)
        self._delay_limit = Span(dimension="height", line_dash="dashed", line_width=1.5)
        self._power_limit = Span(dimension="width", line_dash="dashed", line_width=1.5)
        words = {"background_fill_alpha": 0.85, **LABEL_TEXT}
        self._late_label = Label(
            x=1, y=self._mw[0], text="", text_align="left", x_offset=5, y_offset=3, **words
        )
        # At the right: a falling curve comes from the upper left.
        self._hot_label = Label(
            x=self._ms[1], y=1, text="", text_align="right", x_offset=-6, y_offset=3, **words
        )
        self._sweet_label = Label(
            x=self._ms[0], y=self._mw[0], text="sweet spot", x_offset=6, y_offset=3, **words
        )
        for mark in (
            self._late, self._hot, self._sweet, self._delay_limit, self._power_limit,
            self._late_label, self._hot_label, self._sweet_label,
        ):  # fmt: skip
            self._figure.add_layout(mark)

    def _add_curve(self) -> None:
        columns = ("x", "y", "batch")
        self._curve = ColumnDataSource({name: [] for name in columns})
        self._line = self._figure.line("x", "y", source=self._curve, line_width=2.5)
        said = [(self._swept, "@batch{0.0}"), ("Delay", "@x{0.0} ms"), ("Power", "@y{0.00} mW")]
        hover(self._figure, self._line, said, line_policy="nearest")
        self._stops = ColumnDataSource({"x": [], "y": [], "text": []})
        self._stop_marks = self._figure.scatter(
            "x", "y", source=self._stops, size=7, marker="square", line_width=1.5
        )
        self._stop_labels = labels(
            self._figure, self._stops, x_offset=7, y_offset=3, background_fill_alpha=0.7
        )

    def _add_points(self) -> None:
        names = ("x", "y", "text", "source", "align", "dx")
        self._measured = ColumnDataSource({name: [] for name in names})
        self._measured_marks = self._figure.scatter(
            "x", "y", source=self._measured, size=11, marker="triangle", line_width=2
        )
        said = [("Measured", "@text"), ("Source", "@source")]
        hover(self._figure, self._measured_marks, said)
        self._measured_labels = labels(
            self._figure, self._measured, text_align="align", x_offset="dx",
            text_baseline="middle", background_fill_alpha=0.85,
        )  # fmt: skip
        self._point = ColumnDataSource({"x": [], "y": [], "text": []})
        self._point_mark = self._figure.scatter("x", "y", source=self._point, size=16, line_width=3)
        self._point_label = labels(
            self._figure, self._point, text_font_style="bold", text_align="right", x_offset=-12,
            y_offset=-8, text_baseline="top", background_fill_alpha=0.85,
        )  # fmt: skip

    def update(self, picture: Seesaw) -> None:
        """Move the curve, the operating point and both limits to this picture."""
        delay, power = 1e3 * picture.delay_s, 1e3 * picture.power_w
        x, y = within(delay, power)
        seen = np.isfinite(delay) & np.isfinite(power)
        feed(self._curve, {"x": x, "y": y, "batch": picture.batch[seen]})
        self._mark_stops(picture, seen & picture.marked)
        self._move_limits(1e3 * picture.delay_limit_s, 1e3 * picture.power_limit_w)
        self._move_point(picture)
        known = picture.measured
        left = [1e3 * each.delay_s > np.sqrt(self._ms[0] * self._ms[1]) for each in known]
        feed(
            self._measured,
            {
                "x": [1e3 * each.delay_s for each in known],
                "y": [1e3 * each.power_w for each in known],
                "text": [each.label for each in known],
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
                "text": _names(picture.batch[stops], apart, picture.batch_unit),
            },
        )

    def _move_limits(self, delay_ms: float, power_mw: float) -> None:
        self._late.left = self._sweet.right = self._delay_limit.location = delay_ms
        self._hot.bottom = self._sweet.top = self._power_limit.location = power_mw
        self._late_label.update(x=delay_ms, text=f"too late: > {plain(delay_ms)} ms")
        self._hot_label.update(y=power_mw, text=f"over {plain(power_mw)} mW")

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
        delay_words = MILLISECONDS.write(picture.delay_now_s)
        feed(
            self._point,
            {
                "x": [at_x],
                "y": [at_y],
                "text": [f"{delay_words}\n{MILLIWATTS.write(picture.power_now_w)}"],
            },
        )

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        for box in (self._late, self._hot):
            box.update(fill_color=palette.bad, hatch_color=palette.bad)
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

    def sentence(self, picture: Seesaw) -> str:
        """Say both values against their limits, and where the sweet spot is."""
        late = picture.delay_now_s > picture.delay_limit_s
        hot = picture.power_now_w > picture.power_limit_w
        verdict = {
            (False, False): "both limits hold",
            (True, False): "the power holds, the delay does not",
            (False, True): "the delay holds, the power does not",
            (True, True): "neither limit holds",
        }[late, hot]
        sweet = picture.batch[picture.sweet]
        where = f"no {self._swept.lower()} keeps both"
        if sweet.size:
            low, high = plain(float(sweet.min())), plain(float(sweet.max()))
            span = low if low == high else f"{low} to {high}"
            where = f"the sweet spot is {span} {picture.batch_unit}"
        return (
            f"At {plain(picture.batch_now)} {picture.batch_unit} the delay is "
            f"{MILLISECONDS.write(picture.delay_now_s)} and the power "
            f"{MILLIWATTS.write(picture.power_now_w)}: {verdict}; {where}."
        )

    def table(self, picture: Seesaw) -> Table:
        """Give delay and power at the operating point, at the named batches and as measured."""
        now = (
            f"{plain(picture.batch_now)} {picture.batch_unit} (now)",
            MILLISECONDS.write(picture.delay_now_s),
            MILLIWATTS.write(picture.power_now_w),
            _both(picture.delay_now_s <= picture.delay_limit_s,
                  picture.power_now_w <= picture.power_limit_w),
        )  # fmt: skip
        rows = [
            (
                f"{plain(float(picture.batch[i]))} {picture.batch_unit}",
                MILLISECONDS.write(float(picture.delay_s[i])),
                MILLIWATTS.write(float(picture.power_w[i])),
                _both(
                    bool(picture.delay_s[i] <= picture.delay_limit_s),
                    bool(picture.power_w[i] <= picture.power_limit_w),
                ),
            )
            for i in np.flatnonzero(picture.marked)
        ]
        rows += [
            (
                f"{each.label} (measured)",
                MILLISECONDS.write(each.delay_s),
                MILLIWATTS.write(each.power_w),
                each.source,
            )
            for each in picture.measured
        ]
        limits = f"{MILLISECONDS.write(picture.delay_limit_s)} and "
        return Table(
            f"Delay and power against {limits}{MILLIWATTS.write(picture.power_limit_w)}",
            (self._swept, "Delay", "Power", "Limits"),
            (now, *rows),
        )

    def formulas(self, picture: Seesaw) -> tuple[Formula, ...]:
        """Give both limits with today's numbers, and the formulas of the model."""
        write = {"D": MILLISECONDS.write, "P": MILLIWATTS.write}
        pairs = {
            "D": (picture.delay_now_s, picture.delay_limit_s),
            "P": (picture.power_now_w, picture.power_limit_w),
        }
        said = [
            f"{name} = {write[name](now)} {'≤' if now <= limit else '>'} {write[name](limit)}"
            for name, (now, limit) in pairs.items()
        ]
        bounds = [
            m.ident(name) + m.op("≤") + m.sub(m.ident(name), m.text("limit")) for name in pairs
        ]
        return (
            Formula(
                "The sweet spot: delay and power within their limits at once",
                m.math(bounds[0], m.text("and"), m.text(" "), bounds[1]),
                "; ".join(said),
                "The mission's limits",
            ),
            *picture.model,
        )


def _names(stops: np.ndarray, told: np.ndarray, unit: str) -> list[str]:
    """Name the stops that are told; the first says what it counts, "4 ms of window", the rest less.

    Names as long as the first one run into each other on a phone.
    """
    names = [f"{plain(float(stop))} {unit.partition(' of ')[0]}" for stop in stops]
    for first in np.flatnonzero(told)[:1]:
        names[first] = f"{plain(float(stops[first]))} {unit}"
    return [name if tell else "" for name, tell in zip(names, told, strict=True)]


def _hold(value: float, bounds: tuple[float, ...]) -> float:
    low, high = bounds
    return low if np.isnan(value) else float(min(max(value, low * 1.06), high / 1.06))


def _both(delay: bool, power: bool) -> str:
    if delay and power:
        return "both hold"
    if delay or power:
        return "too much power" if delay else "too late"
    return "neither holds"
