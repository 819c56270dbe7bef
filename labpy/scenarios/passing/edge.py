"""Edge Guardian: frames in a window, the calls of a loop, stages of engines, a shared memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from labpy.instruments.pictures.flow import Count, Flow
from labpy.models.history import shared_read_s
from labpy.models.simulation.fan_out import LoopTrace, trace_loop
from labpy.models.simulation.memory import read_shared
from labpy.models.simulation.stations import in_turn
from labpy.models.tail import LoopLatency, frames_together
from labpy.scenarios.edge_loop import copy_after_s
from labpy.scenarios.passing.record import (
    Array,
    Index,
    Passage,
    busy_count,
    late_count,
    mean_count,
    record,
)
from labpy.words import Value, msg

if TYPE_CHECKING:
    from labpy.scenarios.base import Settings
    from labpy.scenarios.edge_knee import EdgeKnee
    from labpy.scenarios.edge_memory import EdgeMemory
    from labpy.scenarios.edge_sharding import EdgeSharding

LOOPS, READING_LOOPS, BATCHES = 1500, 900, 400  # of a run
# Of the loop's times, as `hedged_loop` states for its P99.9, and so of the copies that are sent.
MODEL_ERROR = 0.1
ENGINES = (msg("edge-flow-gpu"), msg("edge-flow-first-dla"), msg("edge-flow-second-dla"))


def loops(scenario: EdgeKnee, settings: Settings, seed: int, many: int = LOOPS) -> Flow:
    """Frames gather in a window, and leave as ten calls, each to its own engine."""
    rate = float(settings["frame_rate"]) * int(settings["cameras"])
    window_s = float(settings["batch_window"]) / 1e3
    after_s = copy_after_s(settings["hedge_after"], scenario.deadline_s)
    model = scenario.loop(rate, window_s, after_s)
    trace = trace_loop(
        scenario.call,
        scenario.per_frame_s * float(model.mean_batch[0]),
        window_frames(rate, window_s, many)[2],
        after_s,
        scenario.fan_out,
        seed,
    )
    counts = _loop_counts(trace, model, scenario.deadline_s, window_s, after_s)
    return _loop_record(
        scenario.deadline_s, window_s, window_frames(rate, window_s, many), trace, None, counts,
        bool(model.stable[0]) and not _tips(model, after_s),
    )  # fmt: skip


def _loop_record(
    deadline_s: float,
    window_s: float,
    frames: tuple[Array, Index, Array],
    trace: LoopTrace,
    read_s: Array | None,
    counts: Sequence[Count],
    stable: bool,
) -> Flow:
    """Show frames up to where their loop begins, and the calls from there on.

    `frames` are those of `window_frames`; `read_s` is when the past of each frame is read, if it
    is: what it still takes when the window has closed is seen.
    """
    frame_s, of_batch, closes_s = frames
    call = _calls(trace)
    many, gathered_s = len(frame_s), closes_s[of_batch]
    first_s = np.concatenate([frame_s, closes_s[call.loop] - window_s])
    late = np.append(np.zeros(many, bool), call.answer_s - first_s[many:] > deadline_s)
    none, nowhere = np.full(many, np.nan), np.zeros(many, np.intp)
    come_s = np.append(frame_s, call.ready_s)
    passages = [
        Passage(msg("edge-flow-window"), come_s, come_s, np.append(gathered_s, call.ready_s)),
        Passage(
            msg("edge-flow-engines"),
            np.append(none, call.ready_s),
            np.append(none, call.start_s),
            np.append(none, call.end_s),
            trace.start_s.shape[1],
            np.append(nowhere, call.engine),
        ),
    ]
    if read_s is not None:
        begun_s = np.append(gathered_s, call.ready_s)
        done_s = np.append(np.maximum(read_s, gathered_s), call.ready_s)
        passages.insert(1, Passage(msg("edge-flow-reading"), begun_s, begun_s, done_s))
    return record(
        msg("edge-flow-frames-and-calls"),
        passages,
        counts,
        deadline_s,
        late,
        first_s,
        stable,
        np.append(of_batch, np.full(len(call.loop), -1, np.intp)),
        np.append(np.full(many, -1, np.intp), np.where(call.counts, call.loop, -1)),
        np.append(of_batch, call.loop),
        wanted=3 * (trace.start_s.shape[1] + 3),
    )


def window_frames(rate: float, window_s: float, many: int) -> tuple[Array, Index, Array]:
    """Give the frames of each batch: even, a window opens with one and closes after so long.

    Returns
    -------
    tuple of ndarray
        Arrival of each frame in s, the batch of each, and when each batch closes in s.
    """
    size = int(frames_together(rate, window_s))
    frame_s = np.arange(1, many * size + 1) / rate
    of_batch = np.repeat(np.arange(many), size)
    return frame_s, of_batch, frame_s[::size] + window_s


@dataclass(frozen=True, eq=False)
class _Calls:
    """All copies of all calls, one after the other; arrays of shape (copies,)."""

    ready_s: Array
    start_s: Array
    end_s: Array
    answer_s: Array  # the first that either copy gives
    engine: Index
    loop: Index
    again: NDArray[np.bool_]  # whether it is a second copy
    counts: NDArray[np.bool_]  # whether it answers first: nobody waits for the other


def _calls(trace: LoopTrace) -> _Calls:
    many, engines = trace.start_s.shape
    loop = np.repeat(np.arange(many), engines)
    sent = np.flatnonzero(~np.isnan(trace.copy_sent_s).ravel())
    answer_s = np.fmin(trace.end_s, trace.copy_end_s)

    def both(first: Array, second: Array) -> Array:
        return np.concatenate([first.ravel(), second.ravel()[sent]])

    return _Calls(
        both(trace.dispatch_s[loop], trace.copy_sent_s),
        both(trace.start_s, trace.copy_start_s),
        both(trace.end_s, trace.copy_end_s),
        both(answer_s, answer_s),
        both(np.tile(np.arange(engines), many), trace.copy_engine),
        both(loop, loop),
        np.arange(len(loop) + len(sent)) >= len(loop),
        both(trace.end_s <= answer_s, trace.copy_end_s <= answer_s),
    )


def _tips(model: LoopLatency, after_s: float) -> bool:
    """Tell whether a pool that the model calls stable may tip into copying every call.

    Beyond a base utilization of one half there is always that second, worse state, and a run of bad
    luck leads into it: `hedged_loop` speaks of the time until then, a run of what comes after too.
    """
    return (
        math.isfinite(after_s) and bool(model.stable[0]) and bool(model.base_utilization[0] > 0.5)
    )


def _loop_counts(
    trace: LoopTrace, model: LoopLatency, deadline_s: float, window_s: float, after_s: float
) -> tuple[Count, ...]:
    took_s = trace.done_s - trace.dispatch_s + window_s
    start_s = np.append(trace.start_s, trace.copy_start_s)
    end_s = np.append(trace.end_s, trace.copy_end_s)
    known = math.nan if _tips(model, after_s) else 1.0
    mean_s, busy = float(model.mean_s[0]), float(model.utilization[0])
    late, sooner, later = (
        float(model.late(share * deadline_s)[0])
        for share in (1.0, 1.0 - MODEL_ERROR, 1.0 + MODEL_ERROR)
    )
    copied = busy - min(float(model.base_utilization[0]), 1.0)
    return (
        mean_count(
            msg("edge-flow-loop"), took_s, known * mean_s, "duration",
            MODEL_ERROR * mean_s if math.isfinite(mean_s) else 0.0,
        ),
        late_count(
            msg("flow-late-share"), took_s > deadline_s, known * late, sooner - later,
            not math.isinf(known * mean_s),
        ),
        busy_count(
            msg("edge-flow-busy"), start_s, end_s, trace.start_s.shape[1],
            known * busy, float(trace.dispatch_s[-1]), MODEL_ERROR * copied,
        ),
    )  # fmt: skip


def stages(scenario: EdgeSharding, settings: Settings, seed: int, many: int = BATCHES) -> Flow:
    """Evenly spaced frames pass the engines of a chip; nothing in the model is random."""
    del seed
    split, size = str(settings["split"]), int(settings["batch"])
    on = scenario.chip(float(settings["sync"]))
    stack = scenario.stack(int(settings["fused_layers"]), size)
    found = scenario.shard(split, int(settings["gpu_models"]), stack, on, size)
    frame_s = np.arange(many * size) / scenario.rate
    batch = np.arange(many * size) // size
    at_s = frame_s[size - 1 :: size]
    names: tuple[Value, ...] = (msg("edge-flow-all-engines"),)
    service_s = np.array([1.0 / found.result.throughput_per_s])
    handoff_s = 0.0
    if split != "tensor":
        used = np.flatnonzero(found.result.stage_s > 0)
        names = tuple(ENGINES[i] for i in used)
        service_s = found.result.stage_s[used]
        handoff_s = found.result.handoff_s / max(len(used) - 1, 1)
    passages = []
    if size > 1:
        gathered = at_s[batch]
        name = msg("edge-flow-gathering")
        passages.append(Passage(name, frame_s, frame_s, gathered, None, None))
    busiest = int(np.argmax(service_s))
    for name, each_s in zip(names, service_s, strict=True):
        start, end = in_turn(at_s, float(each_s))
        passages.append(
            Passage(name, at_s[batch], start[batch], end[batch], 1, np.zeros(len(batch), np.intp))
        )
        at_s = end + handoff_s
    took_s = end - frame_s[::size]
    frame = found.result.latency_s + (size - 1) / scenario.rate
    working = passages[busiest + (size > 1)]
    counts = (
        mean_count(msg("edge-flow-frame"), took_s, frame, "duration"),
        busy_count(
            msg("edge-flow-busiest"), working.start_s[::size], working.end_s[::size], 1,
            min(scenario.rate / found.result.throughput_per_s / size, 1.0), float(frame_s[-1]),
        ),
    )  # fmt: skip
    late = end[batch] - frame_s > scenario.latency_limit_s
    return record(
        msg("edge-flow-frames"),
        passages,
        counts,
        scenario.latency_limit_s,
        late,
        frame_s,
        found.result.stable,
        batch if size > 1 else None,
        wanted=20,
    )


def reading(scenario: EdgeMemory, settings: Settings, seed: int, many: int = READING_LOOPS) -> Flow:
    """Each frame reads its past from the shared memory; then its loop calls the engines.

    Frames read one after the other as they came, and the last of a batch begins as the window
    closes: the loop takes window, reading and engines in a row, as `EdgeMemory` has it. Who shares
    the memory with it: the frames before it, the weights of all calls, each read at a moment of
    its own, and second copies, which read the past again.
    """
    cameras, maps = int(settings["cameras"]), int(settings["maps"])
    after_s = copy_after_s(settings["hedge_after"], scenario.deadline_s)
    model = scenario.loop(cameras, after_s)
    window_s, engines = scenario.window_s, scenario.fan_out
    frames = window_frames(cameras * scenario.frame_rate, window_s, many)
    _, of_batch, closes_s = frames
    work_s = scenario.part.fixed["per_frame_ms"] / 1e3 * float(model.mean_batch[0])
    past = maps * scenario.map_bytes[np.arange(len(of_batch)) % cameras]

    def run(ready_s: Array) -> LoopTrace:
        return trace_loop(scenario.call, work_s, ready_s, after_s, engines, seed)

    # Reading delays all calls of a loop alike, and so hardly changes which are sent again.
    sent_s = run(closes_s).copy_sent_s
    at_s, size = _readings(frames, past, sent_s, float(scenario.part.fixed["weight_bytes"]), seed)
    ends_s = _read(at_s, size, scenario.bandwidth)
    read_s = ends_s[: len(of_batch)]
    ready_s = closes_s.copy()
    np.maximum.at(ready_s, of_batch, read_s)
    trace = run(np.maximum.accumulate(ready_s))
    load = sum(scenario.traffic(cameras, maps, model)) / scenario.bandwidth
    alone_s = float(past[:cameras].mean()) / scenario.bandwidth
    reading_s = float(shared_read_s(past[:cameras], scenario.bandwidth, load).mean())
    mean_s = float(model.mean_s[0]) + reading_s
    # Times of a shared memory are for who comes at random: frames that come like clockwork meet
    # each other less, down to not at all.
    off = MODEL_ERROR * float(model.mean_s[0]) + reading_s - alone_s
    known = math.nan if _tips(model, after_s) else 1.0
    counts = (
        mean_count(
            msg("edge-flow-loop"), trace.done_s - closes_s + window_s, known * mean_s, "duration",
            off if math.isfinite(mean_s) else 0.0,
        ),
        busy_count(
            msg("edge-flow-bandwidth"), *_in_use(at_s, ends_s), 1,
            known * min(load, 1.0),
            float(closes_s[-1]), MODEL_ERROR * min(load, 1.0),
        ),
    )  # fmt: skip
    return _loop_record(
        scenario.deadline_s,
        window_s,
        frames,
        trace,
        read_s,
        counts,
        math.isfinite(known * mean_s),
    )


def _readings(
    frames: tuple[Array, Index, Array], past: Array, sent_s: Array, weight_bytes: float, seed: int
) -> tuple[Array, Array]:
    """Give when each reading begins and its bytes: those of frames, of weights, of second copies.

    `past` are the bytes of each frame, `sent_s` the second copies of each loop's calls.
    """
    frame_s, of_batch, closes_s = frames
    many, engines = sent_s.shape
    last_s = np.zeros(many)
    np.maximum.at(last_s, of_batch, frame_s)
    begun_s = frame_s + (closes_s - last_s)[of_batch]
    moments = np.random.default_rng(seed + 1).random((many, engines))
    weights_s = (closes_s[:, None] + moments * (closes_s[1] - closes_s[0])).ravel()
    again = np.flatnonzero(~np.isnan(sent_s).ravel())
    of_loop = np.bincount(of_batch, past, many)
    at_s = np.concatenate([begun_s, weights_s, sent_s.ravel()[again]])
    weights = np.full(len(weights_s), weight_bytes)
    return at_s, np.concatenate([past, weights, of_loop[again // engines]])


def _in_use(at_s: Array, ends_s: Array) -> tuple[Array, Array]:
    """Give the times in which anything is read: the memory is then in use with all it has."""
    order = np.argsort(at_s, kind="stable")
    last_s = np.maximum.accumulate(ends_s[order])
    since_s = np.maximum(at_s[order], np.append(0.0, last_s[:-1]))
    return since_s, np.maximum(last_s, since_s)


def _read(at_s: Array, size: Array, bandwidth: float) -> Array:
    order = np.argsort(at_s, kind="stable")
    ends = np.empty(len(at_s))
    ends[order] = read_shared(at_s[order], size[order], bandwidth)
    return ends
