"""The picture of a cache: the state of each cell over time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from labpy.words import Value


class BlockState(IntEnum):
    """What a cell holds; the codes are those of `labpy.models.kv_cache`."""

    FREE = 0
    TOKEN = 1
    RESERVED = 2
    INTERNAL = 3
    EXTERNAL = 4


@dataclass(frozen=True, eq=False)
class CacheFilm:
    """The picture: the states of the cache's cells over time.

    `codes` is of shape (frames, cells) with the values of `BlockState`, cells in the order of
    their addresses; a cell is `cell_tokens` of room and `cell_bytes`. `time_s`, `running` and
    `waiting` are of shape (frames,); `preemptions` is of the whole run. `fractions`, of shape
    (frames, states), are exact shares, where a cell can show only the state in its middle; without
    them the cells are counted. `first_frame` is shown when the film is the first. `note` says what
    of the memory is filmed, after what a frame holds.
    """

    codes: np.ndarray
    time_s: np.ndarray
    running: np.ndarray
    waiting: np.ndarray
    preemptions: int
    cell_tokens: float
    cell_bytes: float
    allocator: Value
    fractions: np.ndarray | None = None
    first_frame: int = 0
    note: Value = ""

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


def sampled(codes: np.ndarray, cells: int) -> np.ndarray:
    """Give the codes of so many cells, evenly taken from frames of shape (frames, blocks).

    A cache has more blocks than a figure has room for; each cell shows the block in the middle of
    its span of addresses. ValueError if there are no cells or no blocks.
    """
    blocks = codes.shape[1]
    if cells < 1 or blocks < 1:
        raise ValueError(f"cells and blocks must be at least 1, not {cells} and {blocks}")
    return codes[:, ((np.arange(cells) + 0.5) * blocks / cells).astype(int)]
