"""RequestTimeline: which request holds which slot of the batch, and when a slot is idle."""

from __future__ import annotations

from typing import Any

import numpy as np
from bokeh.models import (
    BoxAnnotation,
    Column,
    ColumnDataSource,
    FixedTicker,
    Model,
    Range1d,
    Span,
)

from labpy.instruments.base import Instrument
from labpy.instruments.figures.drawing import (
    canvas,
    feed,
    hover,
    labels,
    paint,
    paint_titles,
    time_ticks,
)
from labpy.instruments.figures.key import Key
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.request_timeline import Schedule, Timeline
from labpy.instruments.telling import request_timeline as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.instruments.telling.request_timeline import Policy
from labpy.words import Message, amounts, msg, say

WIDE_ENOUGH = 0.05  # of the axis, for a request's number to fit in its bar
STEPS = 100
HATCHES = ("right_diagonal_line", "blank", "dot")  # prefill, decode, idle


class RequestTimeline(Instrument):
    """A Gantt chart of the slots for each policy, one above the other, on the same time axis."""

    name = "RequestTimeline"
    title = msg("timeline-title")

    def __init__(self, policies: tuple[Policy, Policy], slots: int, duration_s: float) -> None:
        """Draw empty slots for each of two policies, on an axis of so many seconds."""
        self._policies, self._slots, self._duration_s = policies, slots, duration_s
        self._key = Key(HATCHES, columns=3)
        words = (msg("timeline-prefill"), msg("timeline-decode"), msg("timeline-idle"))
        self._key.write([say(each) for each in words])
        self._range = Range1d(0, duration_s)
        self._panels = [self._add_panel(policy) for policy in policies]
        figures = [panel["figure"] for panel in self._panels]
        self._figure = Column(self._key.figure, *figures, sizing_mode="stretch_both", spacing=2)
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh layout of key and panels."""
        return self._figure

    def _add_panel(self, policy: Policy) -> dict[str, Any]:
        fig = canvas(
            (0, self._duration_s), (-0.5, self._slots - 0.5), min_height=100,
            title=say(policy.name), y_axis_label=say(msg("timeline-slot")), min_border_right=14,
        )  # fmt: skip
        fig.x_range = self._range
        fig.y_range.update(start=self._slots - 0.5, end=-0.5)
        time_ticks(fig.xaxis[0], self._duration_s)
        fig.yaxis.ticker = FixedTicker(ticks=list(range(self._slots)))
        fig.yaxis.major_label_overrides = {i: say(amounts.count(i + 1)) for i in range(self._slots)}
        fig.grid.visible = False
        idle = fig.hbar(
            list(range(self._slots)), left=0, right=self._duration_s, height=0.8,
            hatch_pattern=HATCHES[2], hatch_scale=8, line_color=None,
        )  # fmt: skip
        names = ("slot", "start", "first", "end", "request", "started", "spoke", "ended")
        source = ColumnDataSource({name: [] for name in names})
        bars = []
        said = [
            (say(msg("timeline-request")), "@request"),
            (say(msg("timeline-start")), "@started"),
            (say(msg("timeline-first-token")), "@spoke"),
            (say(msg("timeline-end")), "@ended"),
        ]
        for left, right, hatch in (("start", "first", HATCHES[0]), ("first", "end", HATCHES[1])):
            bars.append(
                fig.hbar(
                    "slot", left=left, right=right, height=0.8, source=source, hatch_scale=8,
                    hatch_pattern=hatch, hatch_weight=1, line_width=1,
                )
            )  # fmt: skip
            hover(fig, bars[-1], said)
        words = ColumnDataSource({"x": [], "y": [], "text": []})
        numbers = labels(
            fig, words, "fits", text_align="center", text_baseline="middle", text_font_size="11px"
        )
        veil = BoxAnnotation(left=self._duration_s * 2, fill_alpha=0.85, line_alpha=0)
        cursor = Span(location=self._duration_s * 2, dimension="height", line_width=2)
        fig.add_layout(veil)
        fig.add_layout(cursor)
        return {
            "figure": fig, "idle": idle, "source": source, "bars": bars, "words": words,
            "numbers": numbers, "veil": veil, "cursor": cursor,
        }  # fmt: skip

    def update(self, picture: Timeline) -> None:
        """Show other schedules; ValueError if there is not one for each policy."""
        if len(picture.schedules) != len(self._policies):
            raise ValueError(
                f"schedules must be {len(self._policies)}, one for each policy, "
                f"not {len(picture.schedules)}"
            )
        for policy, panel, each in zip(
            self._policies, self._panels, picture.schedules, strict=True
        ):
            self._feed(panel, each)
            title = telling.title(policy, each, self._slots, picture.horizon_s)
            panel["figure"].title.text = say(title)

    def _feed(self, panel: dict[str, Any], each: Schedule) -> None:
        right = np.minimum(each.end_s, self._duration_s)
        first = np.minimum(each.first_token_s, self._duration_s)
        feed(
            panel["source"],
            {
                "slot": each.slot,
                "start": each.start_s,
                "first": first,
                "end": right,
                "request": each.request,
                "started": _written(each.start_s),
                "spoke": _written(each.first_token_s),
                "ended": _written(each.end_s),
            },
        )
        wide = right - first > WIDE_ENOUGH * self._duration_s
        feed(
            panel["words"],
            {
                "x": ((first + right) / 2)[wide],
                "y": each.slot[wide],
                "text": [say(amounts.count(r)) for r in each.request[wide]],
            },
        )

    def show_time(self, time_s: float | None) -> None:
        """Veil what comes after a time, for playing; None shows all."""
        at = 2 * self._duration_s if time_s is None else time_s
        for panel in self._panels:
            panel["veil"].left = panel["cursor"].location = at

    def steps(self, picture: Timeline) -> int:  # noqa: ARG002
        """Give the number of steps of a play through the whole time."""
        return STEPS

    def show_step(self, index: int) -> None:
        """Show what has happened up to a step; the last shows all."""
        if not 0 <= index < STEPS:
            raise ValueError(f"index must be from 0 to {STEPS - 1}, not {index}")
        last = index == STEPS - 1
        self.show_time(None if last else self._duration_s * (index + 1) / STEPS)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        prefill, decode = palette.fills[2], palette.fills[1]
        self._key.recolor(palette, (prefill, decode, palette.grid))
        for panel in self._panels:
            paint(panel["figure"], palette)
            paint_titles(panel["figure"], palette)
            panel["idle"].glyph.update(fill_color=palette.grid, hatch_color=palette.quiet)
            panel["idle"].glyph.hatch_alpha = 0.5
            for bar, color in zip(panel["bars"], (prefill, decode), strict=True):
                bar.glyph.update(
                    fill_color=color, line_color=palette.ground, hatch_color=palette.ground
                )
            panel["numbers"].text_color = palette.ground
            panel["veil"].fill_color = palette.ground
            panel["cursor"].line_color = palette.bad

    def sentence(self, picture: Timeline) -> Message:
        """Say for each policy how busy its slots were and what it finished."""
        return telling.sentence(picture, self._policies, self._slots)

    def table(self, picture: Timeline) -> Table:
        """List each policy's requests by slot and time."""
        return telling.table(picture, self._policies)

    def formulas(self, picture: Timeline) -> tuple[Formula, ...]:
        """Give the share of busy slot time with today's numbers."""
        return telling.formulas(picture, self._policies, self._slots)


def _written(times_s: np.ndarray) -> list[str]:
    return [say(amounts.duration(each)) for each in times_s]
