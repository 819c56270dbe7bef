"""Curves in two grades: rough while a knob moves, exact when it rests."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from labpy.instruments.pictures.frontier import FrontierCurve


class Graded[T]:
    """Remembers what a function gave, through all points of a grid and through a few of them.

    Parameters
    ----------
    solve : called with the arguments and, at last, the grid.
    grid : all points, shape (n,).
    rough : how many of them do while a knob moves; the first and the last are among them.
    size : how many results of each grade are remembered, the newest ones.
    roughen : what a rough result is told to leave out, since a few points can't say it.
    """

    def __init__(
        self,
        solve: Callable[..., T],
        grid: np.ndarray,
        rough: int,
        size: int = 64,
        roughen: Callable[[T], T] = lambda made: made,
    ) -> None:
        if not 2 <= rough <= len(grid):
            raise ValueError(f"rough must be from 2 to the {len(grid)} points of the grid")
        self._solve, self._grid, self._size, self._roughen = solve, grid, size, roughen
        self._few = grid[np.linspace(0, len(grid) - 1, rough).round().astype(int)]
        self._exact: OrderedDict[tuple[Any, ...], T] = OrderedDict()
        self._rough: OrderedDict[tuple[Any, ...], T] = OrderedDict()

    def __call__(self, *arguments: Any, rough: bool = False) -> T:
        """Give the result; where the exact one is known, it is given as the rough one too."""
        rough = rough and arguments not in self._exact
        known = self._rough if rough else self._exact
        if arguments not in known:
            made = self._solve(*arguments, self._few if rough else self._grid)
            known[arguments] = self._roughen(made) if rough else made
            if len(known) > self._size:
                known.popitem(last=False)
        known.move_to_end(arguments)
        return known[arguments]


def without_knee(curve: FrontierCurve) -> FrontierCurve:
    """Leave a curve's knee out: read from a few points, it would jump about."""
    return replace(curve, knee_s=math.inf)
