"""KVCacheHeatmap: the memory of the KV cache by state, one frame at a time."""

from __future__ import annotations

import numpy as np
from bokeh.models import (
    Column,
    ColumnDataSource,
    FixedTicker,
    LinearColorMapper,
    Model,
    Span,
)

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import SECONDS
from labpy.instruments.figures.drawing import canvas, feed, hover, paint, time_ticks
from labpy.instruments.figures.key import Key
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.kv_cache_heatmap import BlockState, CacheFilm
from labpy.instruments.telling import kv_cache_heatmap as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.instruments.telling.kv_cache_heatmap import CACHE, ORDER
from labpy.words import Message, amounts, msg, say

MARKERS = {
    BlockState.RESERVED: "circle",
    BlockState.INTERNAL: "x",
    BlockState.EXTERNAL: "dash",
}
HATCHES = {
    BlockState.RESERVED: "ring",
    BlockState.INTERNAL: "diagonal_cross",
    BlockState.EXTERNAL: "horizontal_line",
}


class KVCacheHeatmap(Instrument):
    """A grid of cells for one frame, and beneath it the shares over time with a cursor."""

    name = "KVCacheHeatmap"
    title = msg("heatmap-title")
    words = CACHE

    def __init__(self, columns: int, rows: int, duration_s: float) -> None:
        """Draw an empty cache of `columns * rows` cells and a strip of so many seconds."""
        self._columns, self._rows = columns, rows
        self._film: CacheFilm | None = None
        self._frame = 0
        self._key = Key(
            tuple("blank" for _ in ORDER),
            columns=2,
            markers=tuple(MARKERS.get(s, "") for s in ORDER),
            note=True,
        )
        self._draw_grid()
        self._draw_strip(duration_s)
        self._figure = Column(
            self._key.figure, self._grid, self._strip, sizing_mode="stretch_both", spacing=2
        )
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh layout of key, grid and strip."""
        return self._figure

    @property
    def frame(self) -> int:
        """The frame that is shown."""
        return self._frame

    def _draw_grid(self) -> None:
        self._grid = canvas(
            (0, self._columns), (0, self._rows), min_height=64, min_border_left=44,
            min_border_right=14,
        )  # fmt: skip
        self._mapper = LinearColorMapper(
            low=-0.5, high=len(BlockState) - 0.5, palette=["white"] * 5
        )
        blank = np.zeros((self._rows, self._columns), dtype=np.uint8)
        self._image = ColumnDataSource({"image": [blank]})
        self._grid.image(
            "image", x=0, y=0, dw=self._columns, dh=self._rows, source=self._image,
            color_mapper=self._mapper,
        )  # fmt: skip
        self._marks = {}
        for state, marker in MARKERS.items():
            source = ColumnDataSource({"x": [], "y": []})
            mark = self._grid.scatter(
                "x", "y", source=source, marker=marker, size=5, line_width=1.2, fill_alpha=0
            )
            self._marks[state] = (source, mark)
        # The grid's lines lie over the image and part its cells.
        for axis, grid, count in (
            (self._grid.xaxis, self._grid.xgrid, self._columns),
            (self._grid.yaxis, self._grid.ygrid, self._rows),
        ):
            axis.ticker = FixedTicker(ticks=[])
            grid.ticker = FixedTicker(ticks=list(range(count + 1)))
            grid.level = "overlay"

    def _draw_strip(self, duration_s: float) -> None:
        self._strip = canvas(
            (0, duration_s), (0, 1), min_height=64, min_border_left=44, min_border_right=14,
        )  # fmt: skip
        # Three parts of what the key leaves are for the cells, one for the strip.
        self._grid.styles, self._strip.styles = {"flex": "3 1 0"}, {"flex": "1 1 0"}
        time_ticks(self._strip.xaxis[0], duration_s)
        ticks = [0, 0.5, 1]
        self._strip.yaxis.ticker = FixedTicker(ticks=ticks)
        self._strip.yaxis.major_label_overrides = {
            t: say(amounts.chosen(t, "share")) for t in ticks
        }
        names = [state.name for state in ORDER]
        self._shares = ColumnDataSource(
            {"time_s": [], **{n: [] for n in names}, **{f"to_{n}": [] for n in names}}
        )
        self._areas = {}
        below: str | int = 0
        for state in ORDER:
            self._areas[state] = self._strip.varea(
                "time_s", below, f"to_{state.name}", source=self._shares,
                hatch_pattern=HATCHES.get(state, "blank"), hatch_scale=8, hatch_weight=1.2,
            )  # fmt: skip
            below = f"to_{state.name}"
        self._used = self._strip.line("time_s", "to_TOKEN", source=self._shares, line_width=2)
        time = say(msg("axis-hover", field="@time_s{0.0}", unit=SECONDS.name))
        said = [(say(self.words.of(s)), f"@{s.name}{{0%}}") for s in ORDER]
        hover(self._strip, self._used, [(say(msg("heatmap-time")), time), *said], mode="vline")
        self._cursor = Span(location=0, dimension="height", line_width=2.5)
        self._strip.add_layout(self._cursor)

    def update(self, picture: CacheFilm) -> None:
        """Load another film; the frame that is shown stays where the new film has it too.

        ValueError if the film's cells do not fill the grid.
        """
        cells = self._columns * self._rows
        if picture.codes.ndim != 2 or picture.codes.shape[1] != cells:
            raise ValueError(f"codes must be of shape (frames, {cells}), not {picture.codes.shape}")
        frame = picture.first_frame if self._film is None else self._frame
        self._film = picture
        shares = picture.shares()
        columns = {"time_s": picture.time_s}
        total = np.zeros(picture.frames)
        for state in ORDER:
            total = total + shares[:, state]
            columns |= {state.name: shares[:, state], f"to_{state.name}": total}
        feed(self._shares, columns)
        if picture.frames:
            self.show_frame(min(frame, picture.frames - 1))
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        self._frame = 0
        feed(self._image, {"image": [np.zeros((self._rows, self._columns), dtype=np.uint8)]})
        for source, _ in self._marks.values():
            feed(source, {"x": [], "y": []})
        self._cursor.location = 0
        names = [say(self.words.short(state)) for state in ORDER]
        self._key.write([*names, say(self.words.memory)])

    def show_frame(self, frame: int) -> None:
        """Show one frame of the film.

        ValueError if there is no such frame.
        """
        film = self._film
        if film is None:
            raise ValueError(f"frame must exist, not {frame}: no film is loaded")
        if not 0 <= frame < film.frames:
            raise ValueError(f"frame must exist, not {frame}: frames are 0 to {film.frames - 1}")
        self._frame = frame
        # The first address is the top left cell, and an image begins at the bottom.
        cells = film.codes[frame].reshape(self._rows, self._columns)[::-1].astype(np.uint8)
        feed(self._image, {"image": [cells]})
        for state, (source, _) in self._marks.items():
            y, x = np.nonzero(cells == state)
            feed(source, {"x": x + 0.5, "y": y + 0.5})
        self._cursor.location = float(film.time_s[frame])
        said = [say(telling.swatch(film, frame, state, self.words)) for state in ORDER]
        self._key.write([*said, say(self.words.memory)])

    def steps(self, picture: CacheFilm) -> int:
        """Give the number of frames."""
        return picture.frames

    def first_step(self, picture: CacheFilm) -> int:
        """Give the frame that a film opens with."""
        return picture.first_frame

    def show_step(self, index: int) -> None:
        """Show one frame of the film; ValueError if there is no such frame."""
        self.show_frame(index)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for each in (self._grid, self._strip):
            paint(each, palette)
        fills = palette.fills
        colors = {
            BlockState.FREE: palette.grid,
            BlockState.TOKEN: fills[1],
            BlockState.RESERVED: fills[2],
            BlockState.INTERNAL: fills[3],
            BlockState.EXTERNAL: fills[4],
        }
        self._mapper.palette = [colors[state] for state in BlockState]
        self._key.recolor(palette, tuple(colors[state] for state in ORDER))
        self._grid.grid.grid_line_color = palette.ground
        self._grid.axis.axis_line_color = None
        for _, mark in self._marks.values():
            mark.glyph.line_color = palette.ground
        for state, area in self._areas.items():
            area.glyph.update(fill_color=colors[state], hatch_color=palette.ground)
        self._used.glyph.line_color = palette.text
        self._cursor.line_color = palette.bad

    def _shown(self, picture: CacheFilm) -> int:
        frame = self._frame if picture is self._film else picture.first_frame
        return min(frame, picture.frames - 1)

    def sentence(self, picture: CacheFilm) -> Message:
        """Say what the cache holds in the frame that is shown."""
        return telling.sentence(picture, self._shown(picture), self.words)

    def table(self, picture: CacheFilm) -> Table:
        """Give cells, share and memory by state in the frame that is shown."""
        return telling.table(picture, self._shown(picture), self.words)

    def formulas(self, picture: CacheFilm) -> tuple[Formula, ...]:
        """Give the share that holds token states with the numbers of the frame."""
        return telling.formulas(picture, self._shown(picture), self.words)
