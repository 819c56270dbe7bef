"""From the moments of a simulated run to the strip's record: a slice, and counts of the whole.

The slice is chosen by one rule: it begins so that the run's first late item (after the warm-up,
unless the run is overloaded) turns late when three fifths of it have passed; where none is late,
it begins right after the warm-up. It is as long as `WANTED` items take to come. Where more than
`MOST` would be seen, it is made shorter, but for no fewer than `LEAST` items and, where items don't
wait for each other, for no less than `LIMITS` times the limit, or nothing would seem to move. Where
that is still too much, one in so many items is shown, and the record says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.instruments.pictures.flow import Count, Flow, Stage
from labpy.scenarios import flows
from labpy.scenarios.flows import number_within, three_errors
from labpy.words import Value, msg
from labpy.words.amounts import chosen, count

Array = NDArray[np.float64]
Index = NDArray[np.intp]

WARM_UP = 0.1  # of a run, which found everything empty
BLOCKS = 15  # of a run, for the spread of its means
WANTED, LEAST, MOST = 45, 15, 150  # items of a slice
DRAWN = 12  # slots, of which all are drawn; of more those that are ever taken
LIMITS = 1.5
BEFORE_LATE = 0.6  # of a slice, before its late item turns late


@dataclass(frozen=True, eq=False)
class Passage:
    """One stage of a run.

    Attributes
    ----------
    name : of the stage.
    enter_s, start_s, end_s : shape (items,), on the run's clock, in s; NaN if never reached.
    slots : how many there are; None for as many as are needed (nothing waits for one).
    slot : shape (items,), which one serves; None for the lowest that is free.
    """

    name: Value
    enter_s: Array
    start_s: Array
    end_s: Array
    slots: int | None = None
    slot: Index | None = None


def mean_count(
    name: Value, values: Array, expected: float, quantity: str, off: float = 0.0
) -> Count:
    """Count a mean over what a run saw after its warm-up, beside what the models say.

    Parameters
    ----------
    values : shape (seen,), in the order of time.
    off : how far off the models say that they may be, in the unit of the values.
    """
    settled = values[int(WARM_UP * len(values)) :]
    blocks = np.array([each.mean() for each in np.array_split(settled, min(BLOCKS, len(settled)))])
    counted = float(settled.mean())
    spread = three_errors(blocks) + off + 1e-9 * abs(counted)  # rounding
    return Count(name, counted, float(expected), spread, quantity)


def late_count(
    name: Value,
    late: NDArray[np.bool_],
    expected: float,
    off: float = 0.0,
    stable: bool = True,
) -> Count:
    """Count the share that is late; a run that sees hardly any (or hardly all) may miss three.

    Unless it is stable, all are late in the end, and a run has seen but its beginning: then what
    the models expect is infinite, which is how a count says that it grows.

    By the rule of three: none in n is what 3 in n let happen once in twenty (Hanley and
    Lippman-Hand 1983); blocks of a run without a single one have no spread.
    """
    counted = mean_count(name, late.astype(float), expected, "share", off)
    seen = (1 - WARM_UP) * len(late)
    spread = counted.spread + 3 / seen
    expected = counted.expected if stable else math.inf
    return Count(name, counted.counted, expected, spread, counted.quantity)


def busy_count(
    name: Value,
    start_s: Array,
    end_s: Array,
    servers: int,
    expected: float,
    until_s: float,
    off: float = 0.0,
) -> Count:
    """Count the share of time that servers are busy between the warm-up and `until_s`."""
    edges = np.linspace(WARM_UP * until_s, until_s, BLOCKS + 1)
    blocks = number_within(start_s, end_s, edges) / servers
    spread = three_errors(blocks) + off + 1e-9
    return Count(name, float(blocks.mean()), float(expected), spread, "share")


def places(start_s: Array, end_s: Array) -> Index:
    """Give each item the lowest place that is free while it is there; 0 to one that only passes.

    Parameters
    ----------
    start_s, end_s : shape (items,), in s; NaN for what never is.
    """
    staying = np.flatnonzero(end_s > start_s)
    staying = staying[np.argsort(start_s[staying], kind="stable")]
    found = np.zeros(len(start_s), dtype=np.intp)
    found[staying] = flows.places(start_s[staying], end_s[staying])
    return found


def positions(batch: Index) -> Index:
    """Give each item its place in its batch; items of a batch follow one another."""
    first = np.flatnonzero(np.diff(batch, prepend=batch[0] - 1))
    sizes = np.diff(first, append=len(batch)).astype(np.intp)
    return np.arange(len(batch)) - np.repeat(first, sizes)


def record(
    noun: Value,
    passages: Sequence[Passage],
    counts: Sequence[Count],
    limit_s: float,
    late: NDArray[np.bool_],
    since_s: Array,
    stable: bool,
    batch: Index | None = None,
    group: Index | None = None,
    family: Index | None = None,
    wanted: int = WANTED,
    first_s: float | None = None,
    kept: int = 1,
) -> Flow:
    """Cut a slice out of a run by the rule of this module.

    Parameters
    ----------
    noun, passages, counts : of the record.
    limit_s : how long after `since_s` an item is late.
    late, since_s : shape (items,): whether it is late in the end, and from when time counts.
    stable : False for a run whose lines grow without end.
    batch, group : shape (items,), or None.
    family : shape (items,): those that are shown together or not at all; None for each by itself.
    wanted : items of the slice.
    first_s : where a slice may begin at the earliest, in place of the end of the warm-up.
    kept : the items given are one in so many.
    """
    enter, end = _span_of(passages)
    # A second copy that is sent after the deadline is late as it comes.
    late_s = np.where(late, np.maximum(since_s + limit_s, enter), np.nan)
    if first_s is None:
        ordered = np.sort(enter)
        first_s = float(ordered[int(WARM_UP * len(ordered))] if stable else ordered[0])
    shortest_s = LIMITS * limit_s if family is None else 0.0
    here, begin_s, span_s = _slice(enter, end, late_s, first_s, wanted, shortest_s)
    here, thinned = _thinned(here, family)
    kept *= thinned
    none = np.full(len(here), -1, dtype=np.intp)
    slots = [_slots(each, here) for each in passages]
    stages = tuple(
        _stage(each, int(slot.max(initial=0)) + 1)
        for each, slot in zip(passages, slots, strict=True)
    )
    return Flow(
        noun=noun,
        stages=stages,
        span_s=span_s,
        enter_s=np.stack([each.enter_s[here] for each in passages], axis=1) - begin_s,
        start_s=np.stack([each.start_s[here] for each in passages], axis=1) - begin_s,
        end_s=np.stack([each.end_s[here] for each in passages], axis=1) - begin_s,
        slot=np.stack(slots, axis=1),
        batch=none if batch is None else batch[here],
        group=none if group is None else group[here],
        late_s=late_s[here] - begin_s,
        counts=tuple(counts),
        late=msg("flow-late-after", limit=chosen(limit_s, "duration")),
        of="" if kept == 1 else msg("flow-one-in", items=count(kept)),
    )


def _span_of(passages: Sequence[Passage]) -> tuple[Array, Array]:
    """Give when each item comes and when it has left; one that gets no service leaves never."""
    enter = passages[0].enter_s
    end = np.full(len(enter), -np.inf)
    for each in passages:
        end = np.fmax(end, np.where(np.isnan(each.enter_s), np.nan, each.end_s))
    return enter, end


def _slice(
    enter: Array, end: Array, late_s: Array, first_s: float, wanted: int, shortest_s: float
) -> tuple[Index, float, float]:
    """Choose a slice: the items that are there at some time of it, its begin and its length."""
    last_s = float(enter.max())
    gap_s = (last_s - first_s) / max(int((enter > first_s).sum()), 1)
    least = max(LEAST, math.ceil(shortest_s / gap_s))
    wanted = max(wanted, least)
    turning = late_s[(late_s >= first_s) & (late_s <= last_s)]
    while True:
        span_s, begin_s = wanted * gap_s, first_s
        if turning.size:
            begin_s = max(float(turning.min()) - BEFORE_LATE * span_s, first_s)
        here = np.flatnonzero((enter < begin_s + span_s) & (end > begin_s))
        if len(here) <= MOST or wanted <= least:
            return here[np.argsort(enter[here], kind="stable")], begin_s, span_s
        wanted = max(int(0.8 * wanted), least)


def _thinned(here: Index, family: Index | None) -> tuple[Index, int]:
    """Keep one in so many where there are too many; a family is kept whole or not at all."""
    kept = math.ceil(len(here) / MOST)
    while True:
        shown = here[::kept] if family is None else here[family[here] % kept == 0]
        if len(shown) <= MOST:
            return shown, kept
        kept += 1


def _stage(each: Passage, taken: int) -> Stage:
    slots = each.slots or taken
    return Stage(each.name, slots, taken if slots > DRAWN else 0)


def _slots(each: Passage, here: Index) -> Index:
    if each.slot is not None:
        return each.slot[here]
    return places(each.start_s[here], each.end_s[here])
