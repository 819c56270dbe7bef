"""FrameTimeline: the last frames against their deadline, with every stutter marked and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from bokeh.models import ColumnDataSource, Label, Model, Span

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.drawing import LABEL_TEXT, canvas, feed, hover, paint, paint_titles
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.quantities import plain
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import percent, seconds


@dataclass(frozen=True, eq=False)
class Frames:
    """The picture: `frame_s` of shape (n,) is how long each frame took, oldest first.

    inf is a frame that never came. `stutter_limit` is the share of late frames that is allowed.
    """

    frame_s: np.ndarray
    deadline_s: float
    stutter_limit: float

    @property
    def late(self) -> np.ndarray:
        """Which frames missed the deadline; a frame that is not known counts as late."""
        return ~(self.frame_s <= self.deadline_s)

    @property
    def stutter(self) -> float:
        """The share of late frames; 0 where there are no frames."""
        return float(self.late.mean()) if self.frame_s.size else 0.0


class FrameTimeline(Instrument):
    """One bar for each frame; a late one wears a triangle."""

    name = "FrameTimeline"
    title = "Frame by frame"

    def __init__(self, frames: int, longest_s: float) -> None:
        """Draw the empty figure for so many frames, with an axis that ends at `longest_s`."""
        self._frames, self._end_ms = frames, 1e3 * longest_s
        self._figure = canvas(
            (-0.5, frames - 0.5), (0, self._end_ms), min_height=220, title=" ",
            x_axis_label=f"The last {frames} frames, oldest first",
            y_axis_label="Frame time (ms)", min_border_right=14,
        )  # fmt: skip
        self._figure.xgrid.visible = False
        self._bars = {}
        columns = {"x": [], "ms": [], "top": [], "said": []}
        for late in (False, True):
            source = ColumnDataSource(dict(columns))
            bar = self._figure.vbar("x", top="top", width=0.8, source=source, line_color=None)
            hover(self._figure, bar, [("Frame", "@x"), ("Took", "@said")])
            self._bars[late] = (source, bar)
        self._marks = self._figure.scatter(
            "x", "top", source=self._bars[True][0], marker="inverted_triangle", size=8
        )
        self._deadline = Span(location=0, dimension="width", line_dash="dashed", line_width=1.5)
        self._deadline_label = Label(
            x=5, x_units="screen", y=0, y_offset=3, text="", text_baseline="bottom",
            background_fill_alpha=0.9, **LABEL_TEXT,
        )  # fmt: skip
        self._figure.add_layout(self._deadline)
        self._figure.add_layout(self._deadline_label)
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def update(self, picture: Frames) -> None:
        """Show other frames; of more than the figure has room for, the newest."""
        newest = picture.frame_s[-self._frames :]
        late = picture.late[-self._frames :]
        number_of = np.arange(newest.size)
        for state, (source, _) in self._bars.items():
            these = late == state
            ms = 1e3 * newest[these]
            feed(
                source,
                {
                    "x": number_of[these],
                    "ms": ms,
                    # A longer frame ends just below the axis's end: its triangle stays whole.
                    "top": np.minimum(np.nan_to_num(ms, nan=np.inf), 0.965 * self._end_ms),
                    "said": [seconds(float(s)) for s in newest[these]],
                },
            )
        self._deadline.location = self._deadline_label.y = 1e3 * picture.deadline_s
        self._deadline_label.text = f"deadline {seconds(picture.deadline_s)}"
        many = int(late.sum())
        verdict = "allowed" if picture.stutter <= picture.stutter_limit else "too many"
        share = percent(picture.stutter)
        if picture.frame_s.size > newest.size:
            share += f" of all {plain(picture.frame_s.size)}"
        self._figure.title.text = (
            f"▼ {many} of {newest.size} late ({share}): {verdict}"
            if newest.size
            else "No frames yet"
        )

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        paint_titles(self._figure, palette)
        self._bars[False][1].glyph.fill_color = palette.fills[1]
        self._bars[True][1].glyph.fill_color = palette.bad
        self._marks.glyph.update(fill_color=palette.bad, line_color=palette.ground)
        self._deadline.line_color = self._deadline_label.text_color = palette.warn
        self._deadline_label.background_fill_color = palette.ground

    def sentence(self, picture: Frames) -> str:
        """Say the mean, which may be fine, and the stutters, which may not."""
        if not picture.frame_s.size:
            return "No frame has been drawn yet."
        verdict = "within" if picture.stutter <= picture.stutter_limit else "above"
        mean = float(picture.frame_s.mean())
        takes = f"The mean frame takes {seconds(mean)}"
        if not np.isfinite(mean):
            takes = "Some frames never come"
        return (
            f"{takes}, and {int(picture.late.sum())} of {picture.frame_s.size} frames "
            f"({percent(picture.stutter)}) miss {seconds(picture.deadline_s)}, {verdict} the "
            f"{percent(picture.stutter_limit)} that are allowed."
        )

    def table(self, picture: Frames) -> Table:
        """Give the frames' mean, median, P99 and longest, and the stutters."""
        frames = picture.frame_s
        rows = [("Frames", str(frames.size)), ("Late", str(int(picture.late.sum())))]
        if frames.size:
            # Without interpolation, since between a number and inf there is none.
            rows += [
                ("Share that is late", percent(picture.stutter)),
                ("Mean", seconds(float(frames.mean()))),
                *(
                    (name, seconds(float(np.quantile(frames, q, method="inverted_cdf"))))
                    for name, q in (("Median", 0.5), ("P99", 0.99), ("Longest", 1.0))
                ),
            ]
        caption = f"Frames against a deadline of {seconds(picture.deadline_s)}"
        return Table(caption, ("Of the frames", "Value"), tuple(rows))

    def formulas(self, picture: Frames) -> tuple[Formula, ...]:
        """Give the share of late frames with today's numbers."""
        if not picture.frame_s.size:
            return ()
        many, of = int(picture.late.sum()), picture.frame_s.size
        late = m.sub(m.ident("n"), m.text("late"))
        return (
            Formula(
                "Stutter",
                m.math(m.ident("s"), m.op("="), m.frac(late, m.ident("n"))),
                f"{many} / {of} = {percent(picture.stutter)}; the deadline is one frame at "
                f"{plain(1 / picture.deadline_s)} frames a second",
                "Definition; the limit is the mission's",
            ),
        )
