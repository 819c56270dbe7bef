"""KVCacheHeatmap: the memory of the KV cache by state, one frame at a time."""

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

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.drawing import canvas, feed, hover, paint
from labpy.instruments.figures.key import Key
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.quantities import GIGABYTES, MEGABYTES, plain
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import percent, seconds


class BlockState(IntEnum):
    """What a cell holds; the codes are those of `labpy.models.kv_cache`."""

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
    """The picture: the states of the cache's cells over time.

    `codes` is of shape (frames, cells) with the values of `BlockState`, cells in the order of
    their addresses; a cell is `cell_tokens` of room and `cell_bytes`. `time_s`, `running` and
    `waiting` are of shape (frames,); `preemptions` is of the whole run. `fractions`, of shape
    (frames, states), are exact shares, where a cell can show only the state in its middle; without
    them the cells are counted. `first_frame` is shown when the film is the first.
    """

    codes: np.ndarray
    time_s: np.ndarray
    running: np.ndarray
    waiting: np.ndarray
    preemptions: int
    cell_tokens: float
    cell_bytes: float
    allocator: str
    fractions: np.ndarray | None = None
    first_frame: int = 0

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return len(self.codes)

    @property
    def cells(self) -> int:
        """How many cells a frame has."""
        return self.codes.shape[1]

    def counts(self, frame: int) -> np.ndarray:
        """Count the cells of a frame by state, shape (states,)."""
        return np.bincount(self.codes[frame].astype(np.intp), minlength=len(BlockState))

    def shares(self) -> np.ndarray:
        """Give the share of each state in each frame, shape (frames, states)."""
        if self.fractions is not None:
            return self.fractions
        return np.stack([(self.codes == state).mean(axis=1) for state in BlockState], axis=1)


@dataclass(frozen=True)
class MemoryWords:
    """What the memory is of, for an instrument that shows another memory the same way."""

    memory: str = "KV-cache memory"
    short: str = "cache"
    held: str = "token states"
    room: str = "tokens"
    source: str = (
        "Kwon et al., Efficient Memory Management for LLM Serving with PagedAttention "
        "(2023): 20.4% to 38.2% in the systems before, 96.3% paged"
    )

    def of(self, state: BlockState) -> str:
        """Name a state."""
        return self.held.capitalize() if state == BlockState.TOKEN else WORDS[state]


def sampled(codes: np.ndarray, cells: int) -> np.ndarray:
    """Give the codes of so many cells, evenly taken from frames of shape (frames, blocks).

    A cache has more blocks than a figure has room for; each cell shows the block in the middle of
    its span of addresses. ValueError if there are no cells or no blocks.
    """
    blocks = codes.shape[1]
    if cells < 1 or blocks < 1:
        raise ValueError(f"cells and blocks must be at least 1, not {cells} and {blocks}")
    return codes[:, ((np.arange(cells) + 0.5) * blocks / cells).astype(int)]


class KVCacheHeatmap(Instrument):
    """A grid of cells for one frame, and beneath it the shares over time with a cursor."""

    name = "KVCacheHeatmap"
    title = "The KV cache, cell by cell"
    words = MemoryWords()

    def __init__(self, columns: int, rows: int, duration_s: float) -> None:
        """Draw an empty cache of `columns * rows` cells and a strip of so many seconds."""
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
            min_border_right=14, x_axis_label=f"{self.words.memory} in address order",
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
        said = [(self.words.of(s), f"@{s.name}{{0%}}") for s in ORDER]
        hover(self._strip, self._used, [("Time", "@time_s{0.0} s"), *said], mode="vline")
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
        self._key.write([*(self._short(s) for s in ORDER), "No frames"])

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
        feed(self._image, {"image": [cells]})
        for state, (source, _) in self._marks.items():
            y, x = np.nonzero(cells == state)
            feed(source, {"x": x + 0.5, "y": y + 0.5})
        self._cursor.location = float(film.time_s[frame])
        share = film.shares()[frame]
        said = [f"{self._short(s)} {percent(share[s], 2 if share[s] >= 0.1 else 1)}" for s in ORDER]
        self._key.write([*said, self._status(film, frame)])

    def _short(self, state: BlockState) -> str:
        """Name a state in the key, which must fit a phone."""
        return self.words.of(state).replace("fragmentation", "frag.")

    def _status(self, film: CacheFilm, frame: int) -> str:
        return (
            f"{seconds(float(film.time_s[frame]), 2)}: {int(film.running[frame])} running, "
            f"{int(film.waiting[frame])} waiting"
        )

    def _activity(self, film: CacheFilm, frame: int) -> str:
        """Say who uses the memory: the end of the sentence."""
        return (
            f"{int(film.running[frame])} requests run and {int(film.waiting[frame])} wait, and "
            f"the whole run has {film.preemptions} preemptions"
        )

    def steps(self, picture: CacheFilm) -> int:
        """Give the number of frames."""
        return picture.frames

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

    def sentence(self, picture: CacheFilm) -> str:
        """Say what the cache holds in the frame that is shown."""
        if not picture.frames:
            return f"The film has no frames, so the {self.words.short}'s state is not known."
        frame = self._shown(picture)
        share = picture.shares()[frame]
        lost = 1 - share[BlockState.TOKEN] - share[BlockState.FREE]
        return (
            f"After {seconds(float(picture.time_s[frame]))} with the {picture.allocator} "
            f"allocator, {percent(share[BlockState.TOKEN])} of the {self.words.short} holds "
            f"{self.words.held}, {percent(lost)} is taken or stranded and holds nothing, and "
            f"{percent(share[BlockState.FREE])} is free; {self._activity(picture, frame)}."
        )

    def table(self, picture: CacheFilm) -> Table:
        """Give cells, share and memory by state in the frame that is shown."""
        columns = ("State", "Cells", "Share", "Memory")
        if not picture.frames:
            return Table("Cells by state", columns, ())
        frame = self._shown(picture)
        counts, share = picture.counts(frame), picture.shares()[frame]
        memory = picture.cells * picture.cell_bytes
        rows = tuple(
            (
                self.words.of(state),
                str(counts[state]),
                percent(share[state]),
                GIGABYTES.write(share[state] * memory),
            )
            for state in ORDER
        )
        return Table(f"Cells by state, frame {frame + 1} of {picture.frames}", columns, rows)

    def formulas(self, picture: CacheFilm) -> tuple[Formula, ...]:
        """Give the share that holds token states with the numbers of the frame."""
        if not picture.frames:
            return ()
        share = picture.shares()[self._shown(picture)][BlockState.TOKEN]
        memory = picture.cells * picture.cell_bytes
        top = m.text(f"memory of {self.words.held}")
        bottom = m.text(f"memory of the {self.words.short}")
        return (
            Formula(
                f"Share of the {self.words.short} that holds {self.words.held}",
                m.math(m.ident("u"), m.op("="), m.frac(top, bottom)),
                f"{GIGABYTES.write(share * memory)} / {GIGABYTES.write(memory)} = "
                f"{percent(share)}; a cell is {plain(picture.cell_tokens)} {self.words.room}, "
                f"{MEGABYTES.write(picture.cell_bytes)}",
                self.words.source,
            ),
        )
