"""A waterfall panel: parts that add up to a total, held against a limit; one unit, fixed axis."""

from __future__ import annotations

import math

from bokeh.models import (
    BoxAnnotation,
    ColumnDataSource,
    FixedTicker,
    Label,
    Model,
    Span,
)

from labpy.instruments.figures.axes import AxisUnit
from labpy.instruments.figures.drawing import (
    FILL_HATCHES,
    LABEL_TEXT,
    canvas,
    clip,
    feed,
    hover,
    labels,
    paint,
    paint_titles,
)
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.words import Value, amounts, msg, say

EMPTY_BARS = ("y", "left", "right", "color", "hatch", "name", "value")


class WaterfallPanel:
    """One row for each part, floating where the part before it ended, and a row for the total."""

    def __init__(
        self,
        names: tuple[Value, ...],
        unit: AxisUnit,
        highest: float,
        title: Value,
        axis: Value | None,
        limit: str = "limit",
    ) -> None:
        """Draw the empty panel.

        Parameters
        ----------
        names : the parts, from top to bottom; their number stays fixed.
        unit : of the axis.
        highest : end of the axis, SI. It stays fixed; what is longer ends in an arrow.
        title, axis : the panel's title and the axis's title without the unit. Without a title of
            the axis, where another panel needs the room, the unit stands in the panel's.
        limit : what the limit's line is called, by which the page finds it.
        """
        self._names, self._unit = tuple(map(say, names)), unit
        self._end = unit.shown(highest)
        self._palette = LIGHT
        self._over_limit = False
        self._text_px = 11 if axis is None else 12
        self._text = LABEL_TEXT | {"text_font_size": f"{self._text_px}px"}
        self._instead: Value = ""
        rows = len(names)
        self.figure: Model = canvas(
            (0, self._end), (-0.62 if axis is None else -1.25, rows + 1.25),
            min_height=11 * rows + 46, min_border_right=14,
            title=say(unit.title(title) if axis is None else title),
            x_axis_label=None if axis is None else say(unit.title(axis)),
        )  # fmt: skip
        self.figure.yaxis.ticker = FixedTicker(ticks=list(range(rows + 1)))
        names_by_row = {rows - i: name for i, name in enumerate(self._names)}
        self.figure.yaxis.major_label_overrides = {0: say(msg("panel-total")), **names_by_row}
        self.figure.ygrid.visible = False
        self.figure.xaxis.ticker.desired_num_ticks = 5
        self._annotate(rows, limit)
        self._add_bars()
        self.recolor(LIGHT)

    def _annotate(self, rows: int, limit: str) -> None:
        self._beyond = BoxAnnotation(
            left=self._end * 2, fill_alpha=0.07, line_alpha=0, level="underlay"
        )
        self._limit = Span(
            location=self._end * 2,
            dimension="height",
            line_dash="dashed",
            line_width=1.5,
            name=limit,
        )
        self._limit_label = Label(
            x=0, y=rows + 1.2, text="", text_baseline="top", x_offset=-5, text_align="right",
            background_fill_alpha=0.9, tags=["y"], **self._text,
        )  # fmt: skip
        self._ghost_label = Label(
            x=0,
            y=-0.86,
            text="",
            text_baseline="middle",
            background_fill_alpha=0.9,
            tags=["free"],
            **self._text,
        )
        for mark in (self._beyond, self._limit, self._limit_label, self._ghost_label):
            self.figure.add_layout(mark)

    def _add_bars(self) -> None:
        self._ghosts = ColumnDataSource({"y": [], "left": [], "right": []})
        self._ghost_bars = self.figure.hbar(
            "y", height=0.16, left="left", right="right", source=self._ghosts, line_width=1.2
        )
        self._steps = ColumnDataSource({"x": [], "y0": [], "y1": []})
        self._step_lines = self.figure.segment(
            "x", "y0", "x", "y1", source=self._steps, line_width=1
        )
        self._bars = ColumnDataSource({name: [] for name in EMPTY_BARS})
        self._bar_marks = self.figure.hbar(
            "y", height=0.56, left="left", right="right", source=self._bars, fill_color="color",
            line_color="color", hatch_pattern="hatch", hatch_scale=7, hatch_weight=1.4,
        )  # fmt: skip
        hover(self.figure, self._bar_marks, [("@name", "@value")])
        self._over = ColumnDataSource({"x": [], "y": []})
        self._over_marks = self.figure.scatter(
            "x", "y", source=self._over, marker="triangle", angle=-math.pi / 2, size=14
        )
        columns = ("x", "y", "text", "dx", "align", "style")
        self._values = ColumnDataSource({name: [] for name in columns})
        self._value_labels = labels(
            self.figure, self._values, "row", x_offset="dx", text_align="align",
            text_baseline="middle",
            text_font_size=f"{self._text_px}px", text_font_style={"field": "style"},
            background_fill_alpha=0.9,
        )  # fmt: skip

    def update(
        self,
        values: tuple[float, ...],
        limit: float | None = None,
        ghosts: tuple[float, ...] | None = None,
        ghost_label: Value = "",
        limit_label: Value | None = None,
        instead: Value = "",
    ) -> None:
        """Show other parts (SI, inf where overloaded) in the rows that are there.

        `ghosts` are the parts of another deployment, drawn thin beneath; `limit_label` names the
        limit if it is a special one; `instead` stands at the total where there are no figures.
        ValueError if there are not as many parts as rows.
        """
        self._instead = instead
        for each in (values, ghosts or values):
            if len(each) != len(self._names):
                raise ValueError(f"values and ghosts must have {len(self._names)} parts each")
        shown = [self._unit.shown(v) for v in values]
        total = sum(shown)
        self._over_limit = limit is not None and not sum(values) <= limit
        spans = self._spans(shown)
        rows = len(shown)
        feed(
            self._bars,
            {
                "y": [rows - i for i in range(rows + 1)],
                "left": [left for left, _ in spans],
                "right": [right for _, right in spans],
                "color": self._colors(),
                "hatch": [
                    *(_hatch(i) for i in range(rows)),
                    "cross" if self._over_limit else "blank",
                ],
                "name": [*self._names, say(msg("panel-total"))],
                "value": self._written(values, limit),
            },
        )
        feed(
            self._steps,
            {
                "x": [right for _, right in spans[:-1]],
                "y0": [rows - i + 0.28 for i in range(rows)],
                "y1": [rows - i - 1 - 0.28 for i in range(rows)],
            },
        )
        beyond = [i for i, v in enumerate((*_sums(shown), total)) if not v <= self._end]
        feed(
            self._over,
            {
                "x": [self._end * 0.985] * len(beyond),
                "y": [rows - i for i in beyond],
            },
        )
        self._show_ghosts(ghosts, ghost_label, rows)
        self._write_values(spans, values, limit)
        self._move_limit(limit, limit_label)

    def _spans(self, shown: list[float]) -> list[tuple[float, float]]:
        spans, before = [], 0.0
        for end in _sums(shown):
            spans.append((clip(before, self._end), clip(end, self._end)))
            before = end
        spans.append((0.0, clip(before, self._end)))
        return spans

    def _written(self, values: tuple[float, ...], limit: float | None) -> list[str]:
        """Write the parts and the total as it is read beside the limit, or what stands instead."""
        if self._instead:
            return [*("" for _ in values), say(self._instead)]
        total = amounts.beside(self._unit.amount(sum(values)), limit)
        return [*(say(self._unit.amount(value)) for value in values), say(total)]

    def _show_ghosts(self, ghosts: tuple[float, ...] | None, label: Value, rows: int) -> None:
        said = ""
        if ghosts is not None:
            said = say(msg("panel-ghosts", whose=label, total=self._unit.amount(sum(ghosts))))
        self._ghost_label.text = said
        spans = [] if ghosts is None else self._spans([self._unit.shown(v) for v in ghosts])
        feed(
            self._ghosts,
            {
                "y": [rows - i - 0.4 for i in range(len(spans))],
                "left": [left for left, _ in spans],
                "right": [right for _, right in spans],
            },
        )

    def _write_values(
        self, spans: list[tuple[float, float]], values: tuple[float, ...], limit: float | None
    ) -> None:
        rows = len(values)
        at, dx, align = [], [], []
        for left, right in spans:
            if right <= 0.7 * self._end:
                side = (right, 6, "left")
            elif left >= 0.3 * self._end:
                side = (left, -6, "right")
            else:
                side = (right, -16, "right")
            for column, value in zip((at, dx, align), side, strict=True):
                column.append(value)
        feed(
            self._values,
            {
                "x": at,
                "y": [rows - i for i in range(rows + 1)],
                "text": self._written(values, limit),
                "dx": dx,
                "align": align,
                "style": ["normal"] * rows + ["bold"],
            },
        )

    def _move_limit(self, limit: float | None, label: Value | None) -> None:
        if limit is None:
            self._limit.location = self._beyond.left = 2 * self._end
            self._limit_label.text = ""
            return
        if label is None:
            label = msg("panel-limit", limit=amounts.chosen(limit, self._unit.kind))
        at = self._unit.shown(limit)
        self._limit.location = self._beyond.left = at
        on_right = at < 0.4 * self._end
        self._limit_label.update(
            x=at, text=say(label), x_offset=5 if on_right else -5,
            text_align="left" if on_right else "right",
        )  # fmt: skip

    def _colors(self) -> list[str]:
        fills = self._palette.fills
        parts = [fills[i % len(fills)] for i in range(len(self._names))]
        return [*parts, self._palette.bad if self._over_limit else self._palette.accent]

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        paint(self.figure, palette)
        paint_titles(self.figure, palette)
        self.figure.yaxis.update(
            major_label_text_color=palette.text, axis_line_color=None, major_tick_line_color=None
        )
        self.figure.axis.major_label_text_font_size = f"{self._text_px}px"
        if len(self._bars.data["y"]):
            feed(self._bars, {**self._bars.data, "color": self._colors()})
        self._bar_marks.glyph.hatch_color = palette.ground
        self._step_lines.glyph.line_color = palette.quiet
        self._ghost_bars.glyph.update(fill_color=palette.grid, line_color=palette.quiet)
        self._over_marks.glyph.update(fill_color=palette.bad, line_color=palette.ground)
        self._value_labels.update(text_color=palette.text, background_fill_color=palette.ground)
        self._beyond.fill_color = palette.bad
        self._ghost_label.text_color = palette.quiet
        for label in (self._ghost_label, self._limit_label):
            label.background_fill_color = palette.ground
        self._limit.line_color = self._limit_label.text_color = palette.warn


def _hatch(index: int) -> str:
    return FILL_HATCHES[index % len(FILL_HATCHES)]


def _sums(values: list[float]) -> list[float]:
    sums, total = [], 0.0
    for value in values:
        total += value
        sums.append(total)
    return sums
