"""FrameTimeline: the last frames against their deadline, with every stutter marked and counted."""

from __future__ import annotations

import numpy as np
from bokeh.models import ColumnDataSource, Label, Model, Span

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MILLISECONDS
from labpy.instruments.figures.drawing import LABEL_TEXT, canvas, feed, hover, paint, paint_titles
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.frame_timeline import Frames
from labpy.instruments.telling import frame_timeline as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Value, msg, say
from labpy.words.amounts import count, duration


class FrameTimeline(Instrument):
    """One bar for each frame; a late one wears a triangle."""

    name = "FrameTimeline"
    title = msg("frames-title")

    def __init__(self, frames: int, longest_s: float) -> None:
        """Draw the empty figure for so many frames, with an axis that ends at `longest_s`."""
        self._frames, self._end_ms = frames, 1e3 * longest_s
        self._figure = canvas(
            (-0.5, frames - 0.5), (0, self._end_ms), min_height=200, title=" ",
            x_axis_label=say(msg("frames-number-axis", frames=count(frames))),
            y_axis_label=say(MILLISECONDS.title(msg("frames-time-axis"))), min_border_right=14,
        )  # fmt: skip
        self._figure.xgrid.visible = False
        self._bars = {}
        columns = {"x": [], "ms": [], "top": [], "said": []}
        for late in (False, True):
            source = ColumnDataSource(dict(columns))
            bar = self._figure.vbar("x", top="top", width=0.8, source=source, line_color=None)
            said = [(say(msg("frames-frame")), "@x"), (say(msg("frames-took")), "@said")]
            hover(self._figure, bar, said)
            self._bars[late] = (source, bar)
        self._marks = self._figure.scatter(
            "x", "top", source=self._bars[True][0], marker="inverted_triangle", size=8
        )
        self._deadline = Span(
            location=0, dimension="width", line_dash="dashed", line_width=1.5, name="deadline"
        )
        self._deadline_label = Label(
            x=5, x_units="screen", y=0, y_offset=3, text="", text_baseline="bottom",
            background_fill_alpha=0.9, tags=["x"], **LABEL_TEXT,
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
                    "said": [say(duration(each)) for each in newest[these]],
                },
            )
        self._deadline.location = self._deadline_label.y = 1e3 * picture.deadline_s
        said = msg("frames-deadline", deadline=telling.deadline(picture))
        self._deadline_label.text = say(said)
        self._figure.title.text = say(telling.heading(picture, self._frames))

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        paint_titles(self._figure, palette)
        self._figure.title.text_font_size = "12px"  # it counts, and is long
        self._bars[False][1].glyph.fill_color = palette.fills[1]
        self._bars[True][1].glyph.fill_color = palette.bad
        self._marks.glyph.update(fill_color=palette.bad, line_color=palette.ground)
        self._deadline.line_color = self._deadline_label.text_color = palette.warn
        self._deadline_label.background_fill_color = palette.ground

    def sentence(self, picture: Frames) -> Value:
        """Say the mean, which may be fine, and the stutters, which may not."""
        return telling.sentence(picture)

    def table(self, picture: Frames) -> Table:
        """Give the frames' mean, median, P99 and longest, and the stutters."""
        return telling.table(picture)

    def formulas(self, picture: Frames) -> tuple[Formula, ...]:
        """Give the share of late frames with today's numbers."""
        return telling.formulas(picture)
