"""WeightGather: what a layer sends when its weights stay, and when they are gathered."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from bokeh.models import BoxAnnotation, ColumnDataSource, Label, Model, Span

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MEGABYTES
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
from labpy.instruments.pictures.weight_gather import GatherVolumes
from labpy.instruments.telling import weight_gather as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Message, Value, msg, say


class WeightGather(Instrument):
    """Batch tokens along x, MB per layer along y, both log."""

    name = "WeightGather"
    title = msg("gather-title")

    def __init__(self, tokens: tuple[float, float], volume_bytes: tuple[float, float]) -> None:
        """Draw the empty figure with fixed axes: tokens of a batch, and bytes of a layer."""
        low_mb, high_mb = (MEGABYTES.shown(each) for each in volume_bytes)
        self._tokens, self._mb = tokens, (low_mb, high_mb)
        log = msg("gather-axis-log", unit=MEGABYTES.name)
        self._figure = canvas(
            tokens, self._mb, min_height=200, x_axis_type="log", y_axis_type="log",
            x_axis_label=say(msg("gather-axis-tokens")), min_border_right=14,
            y_axis_label=say(msg("axis-title", words=msg("gather-axis-sent"), unit=log)),
        )  # fmt: skip
        log_ticks(self._figure.xaxis[0], tokens, (1,))
        log_ticks(self._figure.yaxis[0], self._mb, (1,))
        self._annotate()
        below = {"text_baseline": "top", "y_offset": -2}
        above = {"text_baseline": "bottom", "y_offset": 4}
        self._stationary = self._add_line("solid", "circle", **below)
        self._gathered = self._add_line("dashed", "square", **above)
        self._crossing = ColumnDataSource({"x": [], "y": [], "text": []})
        self._crossing_mark = self._figure.scatter(
            "x", "y", source=self._crossing, marker="diamond", size=15, line_width=2
        )
        self._crossing_label = labels(
            self._figure, self._crossing, "around", text_align="center",
            text_baseline="top", y_offset=-12,
            background_fill_alpha=0.85,
        )  # fmt: skip
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def _annotate(self) -> None:
        low, high = self._mb
        self._less = BoxAnnotation(
            left=2 * self._tokens[1], fill_alpha=0.07, line_alpha=0, level="underlay",
        )  # fmt: skip
        self._less_label = Label(
            x=self._tokens[1], y=low * (high / low) ** 0.02, text="", text_align="right",
            x_offset=-6, background_fill_alpha=0.85, tags=["x"], **LABEL_TEXT,
        )  # fmt: skip
        self._now = Span(location=1, dimension="height", line_dash="dotted", line_width=1.5)
        self._now_label = Label(
            x=1, y=high, text="", text_baseline="top", y_offset=-2, background_fill_alpha=0.85,
            tags=["y"], **LABEL_TEXT,
        )  # fmt: skip
        for mark in (self._less, self._now, self._less_label, self._now_label):
            self._figure.add_layout(mark)

    def _add_line(self, dash: str, marker: str, **where: Any) -> dict[str, Any]:
        source = ColumnDataSource({"x": [], "y": []})
        line = self._figure.line("x", "y", source=source, line_dash=dash, line_width=2.5)
        line.name = f"curve-{marker}"
        sent = say(msg("axis-hover", field="@y{0,0.0}", unit=MEGABYTES.name))
        said = [
            (say(msg("gather-hover-tokens")), "@x{0,0}"),
            (say(msg("gather-hover-sent")), sent),
        ]
        hover(self._figure, line, said, line_policy="nearest")
        point = ColumnDataSource({"x": [], "y": []})
        mark = self._figure.scatter("x", "y", source=point, marker=marker, size=13, line_width=2)
        ends = ColumnDataSource({"x": [], "y": [], "text": []})
        label = labels(
            self._figure, ends, f"along:{line.name}", text_font_style="bold", x_offset=8,
            background_fill_alpha=0.85,
            **where,
        )  # fmt: skip
        return {"source": source, "line": line, "point": point, "mark": mark, "ends": ends,
                "label": label}  # fmt: skip

    def update(self, picture: GatherVolumes) -> None:
        """Move the lines, their crossing and the operating point to this picture."""
        low, high = self._tokens
        self._feed(
            self._stationary, picture, picture.stationary_bytes, picture.stationary_now_bytes,
            msg("gather-line-stay"), 0.2,
        )  # fmt: skip
        self._feed(
            self._gathered, picture, picture.gathered_bytes, picture.gathered_now_bytes,
            msg("gather-line-gather"), 0.0,
        )  # fmt: skip
        crossing = picture.crossover_tokens
        seen = picture.batch_tokens.size > 0 and low <= crossing <= high
        at_y = np.interp(crossing, picture.batch_tokens, picture.gathered_bytes) if seen else 0
        named = msg("gather-crossing", tokens=telling.tokens(crossing))
        feed(
            self._crossing,
            {
                "x": [crossing] if seen else [],
                "y": [MEGABYTES.shown(float(at_y))] if seen else [],
                "text": [say(named)] if seen else [],
            },
        )
        self._less.left = max(crossing, low) if crossing <= high else 2 * high
        self._less_label.text = say(msg("gather-region")) if crossing <= high else ""
        at = min(max(picture.tokens_now, low), high)
        right = at > math.sqrt(low * high)
        now = msg("gather-now", tokens=telling.tokens(picture.tokens_now))
        self._now.location = at
        self._now_label.update(
            x=at, text=say(now), x_offset=-5 if right else 5,
            text_align="right" if right else "left",
        )  # fmt: skip

    def _feed(
        self, drawn: dict[str, Any], picture: GatherVolumes, volume: np.ndarray, now: float,
        name: Value, height: float,
    ) -> None:  # fmt: skip
        x, y = within(picture.batch_tokens, MEGABYTES.shown(1) * volume)
        x, y = x[y > 0], y[y > 0]
        feed(drawn["source"], {"x": x, "y": y})
        shown = MEGABYTES.shown(now)
        low, high = self._mb
        # A single device sends nothing, and a log axis has no place for that.
        points = [(picture.tokens_now, shown)] if shown > 0 else []
        feed(drawn["point"], {"x": [x for x, _ in points], "y": [y for _, y in points]})
        inside = np.flatnonzero((y >= low * (high / low) ** height) & (y <= high))
        at = inside[:1]
        feed(drawn["ends"], {"x": x[at], "y": y[at], "text": [say(name)] * at.size})

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        for drawn, color in zip((self._stationary, self._gathered), palette.series, strict=False):
            drawn["line"].glyph.line_color = color
            drawn["mark"].glyph.update(fill_color=color, line_color=palette.ground)
            drawn["label"].update(text_color=color, background_fill_color=palette.ground)
        self._crossing_mark.glyph.update(fill_color=palette.ground, line_color=palette.text)
        self._crossing_label.update(text_color=palette.text, background_fill_color=palette.ground)
        self._less.fill_color = palette.good
        self._less_label.text_color = palette.good
        self._now.line_color = self._now_label.text_color = palette.quiet
        for label in (self._less_label, self._now_label):
            label.background_fill_color = palette.ground

    def sentence(self, picture: GatherVolumes) -> Message:
        """Say which of both sends less now, by how much, and where that changes."""
        return telling.sentence(picture)

    def table(self, picture: GatherVolumes) -> Table:
        """Give both volumes at the operating point and along the axis."""
        return telling.table(picture)

    def formulas(self, picture: GatherVolumes) -> tuple[Formula, ...]:
        """Give both volumes with today's numbers."""
        return telling.formulas(picture)
