"""RequestTimeline: which request holds which slot of the batch, and when a slot is idle."""

from __future__ import annotations

from dataclasses import dataclass
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

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.drawing import canvas, feed, hover, labels, paint, paint_titles
from labpy.instruments.figures.key import Key
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import number, percent, seconds

WIDE_ENOUGH = 0.05  # of the axis, for a request's number to fit in its bar
STEPS = 100
HATCHES = ("right_diagonal_line", "blank", "dot")  # prefill, decode, idle


@dataclass(frozen=True, eq=False)
class Schedule:
    """How one policy filled its slots; arrays of shape (requests,).

    A request holds `slot` (from 0) from `start_s` to `end_s`; its first token comes at
    `first_token_s`, which ends its prefill. `request` is its number in the order of arrival.
    """

    request: np.ndarray
    slot: np.ndarray
    start_s: np.ndarray
    first_token_s: np.ndarray
    end_s: np.ndarray

    def busy(self, slots: int, horizon_s: float) -> float:
        """Give the share of all slot time up to the horizon in which a request is worked on."""
        held = np.clip(self.end_s, 0, horizon_s) - np.clip(self.start_s, 0, horizon_s)
        return float(held.sum()) / (slots * horizon_s)

    def finished(self, horizon_s: float) -> int:
        """Count the requests that end by the horizon."""
        return int((self.end_s <= horizon_s).sum())


@dataclass(frozen=True, eq=False)
class Timeline:
    """The picture: one schedule for each policy of the figure, up to the same horizon."""

    schedules: tuple[Schedule, ...]
    horizon_s: float


class RequestTimeline(Instrument):
    """A Gantt chart of the slots for each policy, one above the other, on the same time axis."""

    name = "RequestTimeline"
    title = "Who holds the slots"

    def __init__(self, policies: tuple[str, ...], slots: int, duration_s: float) -> None:
        """Draw empty slots for each policy, named as given, on an axis of so many seconds."""
        self._policies, self._slots, self._duration_s = policies, slots, duration_s
        self._key = Key(HATCHES, columns=3)
        self._key.write(["Prefill", "Decode", "Idle slot"])
        self._range = Range1d(0, duration_s)
        self._panels = [self._add_panel(policy) for policy in policies]
        self._panels[-1]["figure"].xaxis.axis_label = "Time (s)"
        figures = [panel["figure"] for panel in self._panels]
        self._figure = Column(self._key.figure, *figures, sizing_mode="stretch_both", spacing=2)
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh layout of key and panels."""
        return self._figure

    def _add_panel(self, policy: str) -> dict[str, Any]:
        fig = canvas(
            (0, self._duration_s), (-0.5, self._slots - 0.5), min_height=100, title=policy,
            y_axis_label="Slot", min_border_right=14,
        )  # fmt: skip
        fig.x_range = self._range
        fig.y_range.update(start=self._slots - 0.5, end=-0.5)
        fig.yaxis.ticker = FixedTicker(ticks=list(range(self._slots)))
        fig.yaxis.major_label_overrides = {i: str(i + 1) for i in range(self._slots)}
        fig.grid.visible = False
        idle = fig.hbar(
            list(range(self._slots)), left=0, right=self._duration_s, height=0.8,
            hatch_pattern=HATCHES[2], hatch_scale=8, line_color=None,
        )  # fmt: skip
        names = ("slot", "start", "first", "end", "request", "started", "spoke", "ended")
        source = ColumnDataSource({name: [] for name in names})
        bars = []
        for left, right, hatch in (("start", "first", HATCHES[0]), ("first", "end", HATCHES[1])):
            bars.append(
                fig.hbar(
                    "slot", left=left, right=right, height=0.8, source=source, hatch_scale=8,
                    hatch_pattern=hatch, hatch_weight=1, line_width=1,
                )
            )  # fmt: skip
            said = [("Request", "@request"), ("Start", "@started"), ("First token", "@spoke")]
            hover(fig, bars[-1], [*said, ("End", "@ended")])
        words = ColumnDataSource({"x": [], "y": [], "text": []})
        numbers = labels(
            fig, words, text_align="center", text_baseline="middle", text_font_size="11px"
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
            busy = percent(each.busy(self._slots, picture.horizon_s))
            done = each.finished(picture.horizon_s)
            panel["figure"].title.text = f"{policy}: {busy} busy, {done} finished"

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
                "started": [seconds(float(t)) for t in each.start_s],
                "spoke": [seconds(float(t)) for t in each.first_token_s],
                "ended": [seconds(float(t)) for t in each.end_s],
            },
        )
        wide = right - first > WIDE_ENOUGH * self._duration_s
        feed(
            panel["words"],
            {
                "x": ((first + right) / 2)[wide],
                "y": each.slot[wide],
                "text": [str(int(r)) for r in each.request[wide]],
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

    def sentence(self, picture: Timeline) -> str:
        """Say for each policy how busy its slots were and what it finished."""
        said = [
            f"{policy.lower()} batching keeps its {self._slots} slots busy "
            f"{percent(each.busy(self._slots, picture.horizon_s))} of the time and finishes "
            f"{each.finished(picture.horizon_s)} requests"
            for policy, each in zip(self._policies, picture.schedules, strict=True)
        ]
        return f"In {seconds(picture.horizon_s)}, {'; '.join(said)}."

    def table(self, picture: Timeline) -> Table:
        """List each policy's requests by slot and time."""
        rows = []
        for policy, each in zip(self._policies, picture.schedules, strict=True):
            rows += [
                (
                    policy,
                    str(int(each.request[i])),
                    str(int(each.slot[i]) + 1),
                    seconds(float(each.start_s[i])),
                    seconds(float(each.first_token_s[i])),
                    seconds(float(each.end_s[i])),
                )
                for i in np.argsort(each.start_s, kind="stable")
            ]
        columns = ("Policy", "Request", "Slot", "Start", "First token", "End")
        return Table("Requests in the slots", columns, tuple(rows))

    def formulas(self, picture: Timeline) -> tuple[Formula, ...]:
        """Give the share of busy slot time with today's numbers."""
        whole = self._slots * picture.horizon_s
        numbers = "; ".join(
            f"{policy}: {number(each.busy(self._slots, picture.horizon_s) * whole)} s / "
            f"({self._slots} × {seconds(picture.horizon_s)}) = "
            f"{percent(each.busy(self._slots, picture.horizon_s))}"
            for policy, each in zip(self._policies, picture.schedules, strict=True)
        )
        spent = (
            m.sub(m.ident("t"), m.text("end")) + m.op("−") + m.sub(m.ident("t"), m.text("start"))
        )
        return (
            Formula(
                "Share of slot time in which a request is worked on",
                m.math(
                    m.ident("U"), m.op("="),
                    m.frac(m.op("∑") + m.row(m.op("("), spent, m.op(")")),
                           m.ident("B") + m.op("·") + m.ident("T")),
                ),
                numbers,
                "Yu et al., Orca: iteration-level scheduling (2022)",
            ),
        )  # fmt: skip
