"""The picture of the strip: what passes through a fleet in a short slice of a simulated run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from labpy.instruments.pictures.felt import Echo, Motion
from labpy.words import Value


@dataclass(frozen=True)
class Stage:
    """A place that everything passes: a line to wait in, and slots in which it is served.

    `slots` are drawn one by one; what waits stands before them. Of very many only the first `drawn`
    are, those that are ever taken; 0 for all.
    """

    name: Value
    slots: int
    drawn: int = 0


@dataclass(frozen=True)
class Count:
    """A number that can be counted in the run, beside the same number as the models have it.

    `expected` is inf where the mean is without end, and NaN where the models say nothing. `spread`
    is how far apart the two may be: three standard errors of the run, from batch means, and what
    the models say they may be off.
    """

    name: Value
    counted: float
    expected: float
    spread: float
    quantity: str


@dataclass(frozen=True, eq=False)
class Flow:
    """What passed, and when; arrays have a row for each item, and a column for each stage.

    Attributes
    ----------
    noun : what the items are, in the plural ("requests", "frames").
    stages : in the order in which they are passed.
    span_s : length of the slice that is shown, in s; times count from its start.
    enter_s, start_s, end_s : shape (items, stages): when an item comes to a stage, when its service
        begins there and when it ends. NaN for a stage that it never reaches.
    slot : shape (items, stages), from 0: the slot in which it is served; items that are served as
        one batch have the same `batch`.
    batch, group : shape (items,): items that start and leave together; items that wait for each
        other at the end (the calls of a loop). -1 for none.
    late_s : shape (items,): the moment at which an item is beyond its limit; NaN if it never is.
    counts : over the whole run, of which the slice is a part.
    late : what it is that befalls an item at `late_s` ("late: no first token after 1 s"); "" for a
        strip in which nothing does.
    of : of what this is the run ("one of 2 replicas"); "" for the whole fleet.
    felt : what the same run is to ear or eye; None where it is neither heard nor seen.
    """

    noun: Value
    stages: tuple[Stage, ...]
    span_s: float
    enter_s: np.ndarray
    start_s: np.ndarray
    end_s: np.ndarray
    slot: np.ndarray
    batch: np.ndarray
    group: np.ndarray
    late_s: np.ndarray
    counts: tuple[Count, ...]
    late: Value = ""
    of: Value = ""
    felt: Echo | Motion | None = None
