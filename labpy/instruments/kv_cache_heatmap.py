"""KVCacheHeatmap: the blocks of the KV cache by state, one frame at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from bokeh.models import (
    Column,
    ColumnDataSource,
    FixedTicker,
    LinearColorMapper,
    Model,
    Span,
)

from labpy.instruments import mathml as m
from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.drawing import canvas, hover, paint
from labpy.instruments.key import Key
from labpy.instruments.palette import LIGHT, Palette
from labpy.instruments.units import number, percent, seconds


class BlockState(IntEnum):
    """What a block holds; the codes of a film."""

    FREE = 0
    TOKEN = 1
    RESERVED = 2
    INTERNAL = 3
    EXTERNAL = 4


WORDS = {
    BlockState.FREE: "Free",
    BlockState.TOKEN: "Token states",
    BlockState.RESERVED: "Reserved",
    BlockState.INTERNAL: "Internal fragmentation",
    BlockState.EXTERNAL: "External fragmentation",
}
# The key must fit a phone.
SHORT = {s: words.replace("fragmentation", "frag.") for s, words in WORDS.items()}
# A state has its mark on a cell and the like hatch in the strip, so colour is never alone.
ORDER = (
    BlockState.TOKEN,
    BlockState.RESERVED,
    BlockState.INTERNAL,
    BlockState.EXTERNAL,
    BlockState.FREE,
)
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


@dataclass(frozen=True, eq=False)
class CacheFilm:
    """The picture: block states over time.

    `codes` is of shape (frames, blocks) with the values of `BlockState`, blocks in the order of
    their addresses. `time_s`, `running`, `waiting` and `preempted` are of shape (frames,);
    `preempted` counts from the start. `block_tokens` and `block_bytes` are of one cell.
    `first_frame` is shown when the film is the first.
    """

    codes: np.ndarray
    time_s: np.ndarray
    running: np.ndarray
    waiting: np.ndarray
    preempted: np.ndarray
    block_tokens: int
    block_bytes: float
    allocator: str
    first_frame: int = 0

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return len(self.codes)

    def counts(self, frame: int) -> dict[BlockState, int]:
        """Count the blocks of a frame by state."""
        counted = np.bincount(self.codes[frame].astype(np.intp), minlength=len(BlockState))
        return {state: int(counted[state]) for state in BlockState}

    def fractions(self) -> np.ndarray:
        """Give the share of each state in each frame, of shape (states, frames)."""
        return np.array([(self.codes == state).mean(axis=1) for state in BlockState])


class KVCacheHeatmap(Instrument):
    """A grid of blocks for one frame, and beneath it the shares over time with a cursor."""

    name = "KVCacheHeatmap"
    title = "The KV cache, block by block"

    def __init__(self, columns: int, rows: int, duration_s: float) -> None:
        """Draw an empty cache of `columns * rows` blocks and a strip of so many seconds."""
        self._columns, self._rows = columns, rows
        self._film: CacheFilm | None = None
        self._frame = 0
        self._key = Key(
            tuple("blank" for _ in ORDER),
            columns=2,
            markers=tuple(MARKERS.get(s, "") for s in ORDER),
            lines=1,
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
            (0, self._columns), (0, self._rows), min_height=180, min_border_left=44,
            min_border_right=14, x_axis_label="KV-cache blocks in address order",
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
            (0, duration_s), (0, 1), min_height=112, min_border_left=44, min_border_right=14,
            x_axis_label="Time (s)",
        )  # fmt: skip
        self._strip.update(sizing_mode="stretch_width", height=112)
        self._strip.yaxis.ticker = FixedTicker(ticks=[0, 0.5, 1])
        self._strip.yaxis.major_label_overrides = {0: "0%", 0.5: "50%", 1: "100%"}
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
        said = [(WORDS[s], f"@{s.name}{{0%}}") for s in ORDER]
        hover(self._strip, self._used, [("Time", "@time_s{0.0} s"), *said], mode="vline")
        self._cursor = Span(location=0, dimension="height", line_width=2.5)
        self._strip.add_layout(self._cursor)

    def update(self, picture: CacheFilm) -> None:
        """Load another film; the frame that is shown stays where the new film has it too.

        ValueError if the film's blocks do not fill the grid.
        """
        cells = self._columns * self._rows
        if picture.codes.ndim != 2 or picture.codes.shape[1] != cells:
            raise ValueError(f"codes must be of shape (frames, {cells}), not {picture.codes.shape}")
        frame = picture.first_frame if self._film is None else self._frame
        self._film = picture
        shares = picture.fractions()
        columns = {"time_s": picture.time_s}
        total = np.zeros(picture.frames)
        for state in ORDER:
            total = total + shares[state]
            columns |= {state.name: shares[state], f"to_{state.name}": total}
        self._shares.data = columns
        if picture.frames:
            self.show_frame(min(frame, picture.frames - 1))
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        self._frame = 0
        self._image.data = {"image": [np.zeros((self._rows, self._columns), dtype=np.uint8)]}
        for source, _ in self._marks.values():
            source.data = {"x": [], "y": []}
        self._cursor.location = 0
        self._key.write([*(SHORT[s] for s in ORDER), "No frames"])

    def show_frame(self, frame: int) -> None:
        """Show one frame of the film.

        ValueError if there is no such frame.
        """
        film = self._film
        if film is None or not 0 <= frame < film.frames:
            last = "no film is loaded" if film is None else f"frames are 0 to {film.frames - 1}"
            raise ValueError(f"frame must exist, not {frame}: {last}")
        self._frame = frame
        # The first address is the top left cell, and an image begins at the bottom.
        cells = film.codes[frame].reshape(self._rows, self._columns)[::-1].astype(np.uint8)
        self._image.data = {"image": [cells]}
        for state, (source, _) in self._marks.items():
            y, x = np.nonzero(cells == state)
            source.data = {"x": x + 0.5, "y": y + 0.5}
        self._cursor.location = float(film.time_s[frame])
        counts, total = film.counts(frame), film.codes.shape[1]
        self._key.write(
            [*(f"{SHORT[s]} {percent(counts[s] / total)}" for s in ORDER), _status(film, frame)]
        )

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

    def sentence(self, picture: CacheFilm) -> str:
        """Say what the cache holds in the frame that is shown."""
        if not picture.frames:
            return "The film has no frames, so the cache's state is not known."
        frame = self._shown(picture)
        counts, total = picture.counts(frame), picture.codes.shape[1]
        lost = total - counts[BlockState.TOKEN] - counts[BlockState.FREE]
        return (
            f"After {seconds(float(picture.time_s[frame]))} with the {picture.allocator} "
            f"allocator, {percent(counts[BlockState.TOKEN] / total)} of the cache holds "
            "token states, "
            f"{percent(lost / total)} is taken and holds nothing, and "
            f"{percent(counts[BlockState.FREE] / total)} is free; "
            f"{int(picture.running[frame])} requests run, {int(picture.waiting[frame])} wait and "
            f"{int(picture.preempted[frame])} have been preempted."
        )

    def table(self, picture: CacheFilm) -> Table:
        """Count the blocks by state in the frame that is shown."""
        columns = ("State", "Blocks", "Share", "Memory")
        if not picture.frames:
            return Table("Blocks by state", columns, ())
        frame = self._shown(picture)
        counts, total = picture.counts(frame), picture.codes.shape[1]
        rows = tuple(
            (
                WORDS[state],
                str(counts[state]),
                percent(counts[state] / total),
                f"{number(counts[state] * picture.block_bytes / 1e9)} GB",
            )
            for state in ORDER
        )
        caption = f"Blocks by state, frame {frame + 1} of {picture.frames}"
        return Table(caption, columns, rows)

    def formulas(self, picture: CacheFilm) -> tuple[Formula, ...]:
        """Give the share that holds token states with the numbers of the frame."""
        if not picture.frames:
            return ()
        counts, total = picture.counts(self._shown(picture)), picture.codes.shape[1]
        used = counts[BlockState.TOKEN]
        top, bottom = m.text("blocks of token states"), m.text("all blocks")
        return (
            Formula(
                "Share of the cache that holds token states",
                m.math(m.ident("u"), m.op("="), m.frac(top, bottom)),
                f"{used} / {total} = {percent(used / total)}; a block is "
                f"{picture.block_tokens} tokens, {number(picture.block_bytes / 1e6)} MB",
                "Kwon et al., Efficient Memory Management for LLM Serving with PagedAttention "
                "(2023): 20.4% to 38.2% in the systems before, 96.3% paged",
            ),
        )


def _status(film: CacheFilm, frame: int) -> str:
    return (
        f"{seconds(float(film.time_s[frame]), 2)}: {int(film.running[frame])} running, "
        f"{int(film.waiting[frame])} waiting, {int(film.preempted[frame])} preempted"
    )
