"""A key above a figure: swatches with hatch or mark, and words that may carry numbers."""

from __future__ import annotations

from bokeh.models import ColumnDataSource, Model

from labpy.instruments.figures.drawing import canvas, feed, labels, paint
from labpy.instruments.figures.palette import Palette

ROW_PX = 20
INSET = 0.06  # of a column, before a swatch


class Key:
    """Swatches in rows of `columns`, each with its words; a note may stand after the last."""

    def __init__(
        self,
        hatches: tuple[str, ...],
        columns: int,
        markers: tuple[str, ...] = (),
        note: bool = False,
    ) -> None:
        """Draw the key without words.

        Parameters
        ----------
        hatches : one for each swatch.
        columns : swatches in a row.
        markers : Bokeh markers on the swatches, "" for none, where a figure marks cells.
        note : whether words without a swatch take the place after the last one.
        """
        count = len(hatches)
        places = count + note
        rows = -(-places // columns)
        self._at = [i % columns + INSET for i in range(places)]
        self._down = [rows - 0.5 - i // columns for i in range(places)]
        at, down = self._at[:count], self._down[:count]
        height = ROW_PX * rows + 4
        self.figure: Model = canvas(
            (0, columns), (0, rows), min_height=height, x_axis_type=None, y_axis_type=None,
            min_border=0,
        )  # fmt: skip
        self.figure.update(sizing_mode="stretch_width", height=height)
        self.figure.grid.visible = False
        self._swatches = ColumnDataSource(
            {"x": at, "y": down, "color": ["white"] * count, "hatch": list(hatches)}
        )
        self._swatch_marks = self.figure.scatter(
            "x", "y", source=self._swatches, marker="square", size=14, fill_color="color",
            line_color=None, hatch_pattern="hatch", hatch_scale=7, hatch_weight=1,
        )  # fmt: skip
        marked = [i for i, marker in enumerate(markers) if marker]
        self._marks = self.figure.scatter(
            [at[i] for i in marked], [down[i] for i in marked], size=6, line_width=1.5,
            marker=[markers[i] for i in marked], fill_alpha=0,
        )  # fmt: skip
        self._dx = [12] * count + [-7] * note
        self._words = ColumnDataSource({"x": [], "y": [], "text": [], "dx": []})
        self._word_labels = labels(
            self.figure, self._words, x_offset="dx", text_baseline="middle", text_align="left"
        )

    def write(self, words: list[str]) -> None:
        """Write the words of the swatches and the note, in that order."""
        feed(self._words, {"x": self._at, "y": self._down, "text": words, "dx": self._dx})

    def recolor(self, palette: Palette, colors: tuple[str, ...]) -> None:
        """Take the colours of another theme; one for each swatch."""
        paint(self.figure, palette)
        feed(self._swatches, {**self._swatches.data, "color": list(colors)})
        self._swatch_marks.glyph.hatch_color = palette.ground
        self._marks.glyph.line_color = palette.ground
        self._word_labels.text_color = palette.text
