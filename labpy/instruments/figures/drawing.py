"""What the figures share: fixed axes, text, and marks that differ by more than their colour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from bokeh.models import (
    BasicTickFormatter,
    ColumnDataSource,
    FixedTicker,
    HoverTool,
    LabelSet,
    Model,
    Range1d,
)
from bokeh.plotting import figure

from labpy.instruments.figures.palette import FONT, Palette
from labpy.words import amounts, msg, say

__all__ = [
    "ALONG", "FILL_HATCHES", "LABEL_TEXT", "canvas", "clip", "feed", "hover", "in_hand",
    "labels", "log_ticks", "paint", "paint_titles", "time_ticks", "within",
]  # fmt: skip

# What the page's drag.js finds by name: the operating point, and the curve that it runs along.
HERE, ALONG = "here", "along"
MOST_TIMES = 6
TIME_STEPS_S = [s * 10.0**d for d in range(-3, 6) for s in (1, 2, 3, 6)]
LABEL_TEXT: dict[str, Any] = {"text_font": FONT, "text_font_size": "12px"}

# One hatch for each of the palette's fills, in its order.
FILL_HATCHES = (
    "dot",
    "blank",
    "right_diagonal_line",
    "vertical_line",
    "diagonal_cross",
    "horizontal_line",
    "cross",
)


def canvas(
    x: tuple[float, float], y: tuple[float, float], *, min_height: int = 120, **options: Any
) -> Model:
    """Make a figure with fixed axes, no toolbar and no gesture that takes the page's scroll."""
    return figure(
        x_range=Range1d(*x), y_range=Range1d(*y), sizing_mode="stretch_both", tools="",
        min_height=min_height, toolbar_location=None, output_backend="canvas", **options,
    )  # fmt: skip


def paint(fig: Model, palette: Palette) -> None:
    """Give a figure the theme's ground, grid, axes and fonts; shared by all instruments."""
    fig.background_fill_color = fig.border_fill_color = palette.ground
    fig.outline_line_color = None
    fig.grid.grid_line_color = palette.grid
    for axis in (*fig.xaxis, *fig.yaxis):
        axis.update(
            axis_line_color=palette.quiet, major_tick_line_color=palette.quiet,
            minor_tick_line_color=None, major_label_text_color=palette.quiet,
            axis_label_text_color=palette.quiet, major_label_text_font=FONT,
            axis_label_text_font=FONT, axis_label_text_font_style="normal",
            axis_label_text_font_size="13px", major_label_text_font_size="12px",
        )  # fmt: skip


def labels(fig: Model, source: Model, goes: str = "", **options: Any) -> LabelSet:
    """Write the source's `text` column at its `x` and `y`.

    Where a text would cover another, a line or an edge, the page's place-labels.js moves it as
    far as `goes` allows: "row" along its row, "x" or "y" along a line across the figure, "around"
    its mark, "along:NAME" the curve of that name, "free" anywhere; "fits" leaves it out where its
    row is too low for it; "" keeps it. A `Label` says the same by its tag.
    """
    made = LabelSet(
        x="x", y="y", text="text", source=source, text_font={"value": FONT},
        tags=[goes] if goes else [],
        **({"text_font_size": "12px"} | options),
    )  # fmt: skip
    fig.add_layout(made)
    return made


def feed(source: ColumnDataSource, data: Mapping[str, Any]) -> None:
    """Give a source its columns, unless it has the very same: each set is sent and painted."""
    old = source.data
    if set(old) != set(data) or not all(_same(old[name], data[name]) for name in data):
        source.data = dict(data)


def _same(old: Any, new: Any) -> bool:
    if old is new:
        return True
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        floats = old.dtype.kind == new.dtype.kind == "f"
        return np.array_equal(old, new, equal_nan=floats)
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return len(old) == len(new) and all(map(_same, old, new))
    return type(old) is type(new) and bool(old == new)


def hover(fig: Model, renderer: Model, tooltips: list[tuple[str, str]], **options: Any) -> None:
    """Say a mark's numbers under the pointer."""
    fig.add_tools(HoverTool(renderers=[renderer], tooltips=tooltips, **options))


def in_hand(dial: str) -> dict[str, Any]:
    """Give what lets the page drag a mark for the dial of this key; "" if there is none."""
    return {"name": HERE, "tags": [dial]} if dial else {}


def paint_titles(fig: Model, palette: Palette) -> None:
    """Give a figure's own title the theme's text."""
    fig.title.update(text_color=palette.text, text_font=FONT, text_font_size="13px")


def log_ticks(
    axis: Model, bounds: tuple[float, float], steps: tuple[float, ...] = (1, 2, 5)
) -> None:
    """Put 1-2-5 ticks on a log axis and write them short."""
    low, high = bounds
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [s * 10.0**d for d in decades for s in steps if low <= s * 10.0**d <= high * 1.0001]
    axis.ticker = FixedTicker(ticks=ticks)
    axis.major_label_overrides = {t: _tick(t) for t in ticks}
    axis.formatter = BasicTickFormatter()


def time_ticks(axis: Model, end_s: float) -> None:
    """Put few ticks on an axis of seconds that begins at 0, each with its unit.

    The axis then needs no title, which would take room from what is drawn.
    """
    step = next(s for s in TIME_STEPS_S if end_s / s <= MOST_TIMES)
    ticks = [i * step for i in range(1, int(end_s / step) + 1)]
    axis.ticker = FixedTicker(ticks=[0, *ticks])
    written = {t: say(amounts.chosen(t, "duration")) for t in ticks}
    axis.major_label_overrides = {0: say(amounts.count(0)), **written}


def _tick(value: float) -> str:
    """Write a tick of a log axis: 0.1, 10, 10k, 1M."""
    for step, key in ((1e9, "axis-billion"), (1e6, "axis-million"), (1e3, "axis-thousand")):
        if value >= step:
            return say(msg(key, number=amounts.chosen(value / step, "number")))
    return say(amounts.chosen(value, "number"))


def clip(value: float, high: float) -> float:
    """Keep a length on the axis: inf ends at the axis, what is not known has no length."""
    return 0.0 if math.isnan(value) else min(max(value, 0.0), high)


def within(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep the points that can be drawn."""
    finite = np.isfinite(x) & np.isfinite(y)
    return x[finite], y[finite]
