"""Makes the strip's record of simulated times: a slice to look at, counts over the whole run."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from labpy.instruments.pictures.flow import Count, Flow, Stage
from labpy.models.serving.load import Line
from labpy.models.simulation import ServingTrace
from labpy.words import Value, amounts, msg

Array = NDArray[np.float64]

BLOCKS = 10  # of a run, for the spread of its means
MOST_DRAWN = 64  # slots, one by one
MOST_ITEMS = 600  # in a slice: as many as a strip can show
MODEL_ERROR = 0.15  # of `open_loop`, as it states
ABOUT = np.array([1 - MODEL_ERROR, 1.0, 1 + MODEL_ERROR])  # a limit, as near as models know it
SETTLING = 0.2  # of a run, which found everything empty


def number_within(since_s: Array, until_s: Array, edges_s: Array) -> Array:
    """Give the mean number that is between its two moments, for each block between edges.

    Parameters
    ----------
    since_s, until_s : shape (items,), in s; NaN counts for nothing.
    edges_s : shape (blocks + 1,), ascending, in s.
    """
    been = ~np.isnan(since_s + until_s)
    passed = _time_since(since_s[been], edges_s) - _time_since(until_s[been], edges_s)
    return np.diff(passed) / np.diff(edges_s)


def _time_since(moments_s: Array, at_s: Array) -> Array:
    """Sum the time that has passed since each of some moments, at each of `at_s`, in s."""
    moments = np.sort(moments_s)
    count = np.searchsorted(moments, at_s)
    return count * at_s - np.append(0.0, np.cumsum(moments))[count]


def three_errors(blocks: Array) -> float:
    """Give three standard errors of the mean of blocks, by batch means (Law and Kelton 2000)."""
    return 3 * float(blocks.std(ddof=1)) / math.sqrt(len(blocks))


def mean_count(name: Value, blocks: Array, expected: float, error: float = 0.0) -> Count:
    """Count a mean number over blocks of a run, beside what the models say."""
    off = error * expected if math.isfinite(expected) else 0.0
    counted = float(blocks.mean())
    return Count(name, counted, float(expected), three_errors(blocks) + off, "average")


def late_count(name: Value, late: NDArray[np.bool_], expected: float, off: float = 0.0) -> Count:
    """Count the share of items that are late; `late` is in the order of arrival.

    `off` is how far off the models say the share may be. A share of hardly any or hardly all has
    no spread among blocks; three of so many items may then be missed (the rule of three).
    """
    blocks = np.array([each.mean() for each in np.array_split(late, BLOCKS)])
    spread = three_errors(blocks) + np.nan_to_num(off) + 3 / len(late)
    return Count(name, float(late.mean()), expected, float(spread), "share")


def blocks_of(until_s: float) -> Array:
    """Give the edges of the blocks of a run over which means are taken, in s."""
    return np.linspace(SETTLING * until_s, until_s, BLOCKS + 1)


def typical_start(span_s: float, until_s: float, *spans: tuple[Array, Array]) -> float:
    """Find where a slice begins that is like the whole run in the mean numbers within `spans`."""
    first = SETTLING * until_s
    begins = np.arange(first, max(until_s - span_s, first) + span_s / 2, span_s)
    off = np.zeros(len(begins))
    for since_s, until in spans:
        edges = np.append(begins, begins[-1] + span_s)
        numbers = number_within(since_s, until, edges)
        off += np.abs(numbers - numbers.mean()) / (1 + numbers.mean())
    return float(begins[np.argmin(off)])


def places(since_s: Array, until_s: Array) -> NDArray[np.intp]:
    """Give each item the lowest place that is free while it is there; `since_s` ascends."""
    free: list[int] = []
    taken: list[tuple[float, int]] = []
    found = np.zeros(len(since_s), dtype=np.intp)
    made = 0
    for i, (since, until) in enumerate(zip(since_s.tolist(), until_s.tolist(), strict=True)):
        while taken and taken[0][0] <= since:
            heapq.heappush(free, heapq.heappop(taken)[1])
        if not free:
            free.append(made)
            made += 1
        found[i] = heapq.heappop(free)
        heapq.heappush(taken, (until, found[i]))
    return found


def cut(
    stages: tuple[Stage, ...],
    begin_s: float,
    span_s: float,
    moments: Sequence[tuple[Array, Array, Array]],
    slots: Sequence[NDArray[np.intp]],
    late_s: Array,
    counts: tuple[Count, ...],
    batch: NDArray[np.intp] | None = None,
    late: Value = "",
    of: Value = "",
) -> Flow:
    """Cut a slice of requests out of a run.

    Parameters
    ----------
    stages, span_s, counts, late, of : of the record.
    begin_s : where the slice begins, in s.
    moments : enter, start and end for each stage, in s, each of shape (items,).
    slots : for each stage, shape (items,).
    late_s, batch : shape (items,), by the run's clock.
    """
    enter, start, end = (np.stack(each, axis=1) for each in zip(*moments, strict=True))
    here = np.flatnonzero((enter[:, 0] < begin_s + span_s) & (end[:, -1] > begin_s))
    here = here[:MOST_ITEMS]
    none = np.full(len(here), -1, dtype=np.intp)
    return Flow(
        noun=msg("flow-requests"),
        stages=stages,
        span_s=span_s,
        enter_s=enter[here] - begin_s,
        start_s=start[here] - begin_s,
        end_s=end[here] - begin_s,
        slot=np.stack(slots, axis=1)[here],
        batch=none if batch is None else batch[here],
        group=none,
        late_s=late_s[here] - begin_s,
        counts=counts,
        late=late,
        of=of,
    )


def of_replica(
    trace: ServingTrace,
    line: Line,
    stages: tuple[Stage, ...],
    span_s: float,
    limit_s: float,
    batches: bool,
    of: Value,
) -> Flow:
    """Show the run of one replica of a serving engine.

    Parameters
    ----------
    trace, line : the run, and what the models say of it, with the limit times `ABOUT`.
    stages, span_s, of : of the record; one stage, or the prompts and then the replies.
    limit_s : time to the first token beyond which a request is late.
    batches : whether those who start together leave together.
    """
    arrival_s, start_s = trace.arrival_s, trace.arrival_s + trace.start_s
    end_s, late = trace.arrival_s + trace.response_s, trace.ttft_s > limit_s
    until_s = float(arrival_s[-1])
    edges = blocks_of(until_s)
    waiting = number_within(arrival_s, start_s, edges)
    serving = number_within(start_s, end_s, edges)
    settled = late[int(SETTLING * len(late)) :]
    counts = (
        mean_count(msg("flow-waiting"), waiting, line.waiting, MODEL_ERROR),
        mean_count(msg("flow-in-service"), serving, line.in_service, MODEL_ERROR),
        late_count(msg("flow-late"), settled, float(line.late[1]), float(np.ptp(line.late))),
    )
    begin_s = 0.0  # what is overloaded is looked at while its line grows
    if not math.isinf(line.waiting):
        spans = (arrival_s, start_s), (start_s, end_s)
        begin_s = typical_start(span_s, until_s, *spans)
    moments, slots = [(arrival_s, start_s, end_s)], [trace.slot.astype(np.intp)]
    if len(stages) > 1:
        first_s = arrival_s + trace.ttft_s
        moments = [(arrival_s, start_s, first_s), (first_s, first_s, end_s)]
        slots.insert(0, places(start_s, first_s))
    flow = cut(
        stages,
        begin_s,
        span_s,
        moments,
        slots,
        np.where(late, arrival_s + limit_s, np.nan),
        counts,
        np.cumsum(trace.slot == 0) - 1 if batches else None,
        msg("flow-no-token", limit=amounts.chosen(limit_s, "duration")),
        of,
    )
    return drawn_in_part(flow)


def drawn_in_part(flow: Flow) -> Flow:
    """Draw of very many slots those that are taken in the slice."""
    taken = flow.slot.max(axis=0, initial=0) + 1
    stages = tuple(
        each if each.slots <= MOST_DRAWN else replace(each, drawn=int(most))
        for each, most in zip(flow.stages, taken, strict=True)
    )
    return replace(flow, stages=stages)
