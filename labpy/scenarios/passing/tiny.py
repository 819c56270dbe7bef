"""Tiny Pioneer: windows of sound from ear to gateway and back, and ears that want a place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from labpy.instruments.pictures.felt import Echo
from labpy.instruments.pictures.flow import Count, Flow
from labpy.models.power import Gateway
from labpy.models.queueing import batch_server
from labpy.models.simulation.queues import QueueTrace, poisson_arrivals, simulate_batch_server
from labpy.models.simulation.sessions import (
    SessionTrace,
    moments_beyond,
    on_and_off,
    placed_s,
)
from labpy.models.simulation.stations import batches_of
from labpy.scenarios.flows import number_within, three_errors
from labpy.scenarios.passing.record import (
    BLOCKS,
    WANTED,
    WARM_UP,
    Array,
    Passage,
    mean_count,
    positions,
    record,
)
from labpy.scenarios.passing.record import places as places_of
from labpy.words import Value, msg

if TYPE_CHECKING:
    from labpy.scenarios.base import Scenario, Settings
    from labpy.scenarios.tiny_memory import TinyMemory
    from labpy.scenarios.tiny_seesaw import TinySeesaw
    from labpy.scenarios.tiny_sharding import TinySharding

REQUESTS, SESSIONS = 6000, 3000  # of a run
MODEL_ERROR = 0.1  # of `batch_server`, as it states
SESSION_S = 20.0  # assumption: how long somebody isolates at a time, on average
PLACES = 48  # most that are shown
SHORTEST_RUN_S = 50 * SESSION_S  # so that blocks of a run are all but independent


@dataclass(frozen=True)
class _Box:
    """A gateway: its energies and times scaled by the work of a request, and its batches."""

    gateway: Gateway
    scale: float
    most: int
    window_s: float

    def run(self, arrival_s: Array) -> QueueTrace:
        """Serve requests in batches; the last ones, whose batch waits for others in vain, go."""
        box, scale = self.gateway, self.scale
        trace = simulate_batch_server(
            arrival_s, scale * box.batch_s, scale * box.inference_s, self.most, self.window_s
        )
        return QueueTrace(*(each[: -self.most] for each in vars(trace).values()))

    def counts(self, trace: QueueTrace, rate: float, known: bool = True) -> tuple[Count, ...]:
        """Count batch and power; the models know nothing of a rate that does not get through."""
        box, scale = self.gateway, self.scale
        capacity = self.most / (scale * (box.batch_s + self.most * box.inference_s))
        model = batch_server(
            rate, scale * box.batch_s, scale * box.inference_s, self.most, self.window_s
        )
        batch, served = float(model.mean_batch), min(rate, capacity)
        shared_w = served * scale * box.batch_j / batch
        power_w = box.idle_w + shared_w + served * scale * box.inference_j
        sizes = trace.batch_size[np.flatnonzero(np.diff(batches_of(_start_s(trace)), prepend=-1))]
        each_j = scale * (box.batch_j / trace.batch_size + box.inference_j)
        return (
            mean_count(
                msg("tiny-flow-batch"), sizes.astype(float), batch if known else math.nan,
                "average", MODEL_ERROR * batch,
            ),
            _power_count(
                trace.arrival_s + trace.response_s, each_j, box.idle_w,
                power_w if known else math.nan, MODEL_ERROR * shared_w,
            ),
        )  # fmt: skip

    def mean_s(self, rate: float) -> float:
        """Give the mean time of a request, as the models have it."""
        box, scale = self.gateway, self.scale
        return float(
            batch_server(
                rate, scale * box.batch_s, scale * box.inference_s, self.most, self.window_s
            ).mean_response_s
        )


def _start_s(trace: QueueTrace) -> Array:
    return trace.arrival_s + trace.wait_s


def _power_count(end_s: Array, each_j: Array, idle_w: float, expected: float, off: float) -> Count:
    """Count the power: the energy of what was served over the time that it took."""
    edges = np.linspace(int(WARM_UP * len(end_s)), len(end_s) - 1, BLOCKS + 1).astype(int)
    energy_j = np.diff(np.cumsum(each_j)[edges])
    took_s = np.diff(end_s[edges])
    counted = idle_w + float(energy_j.sum() / took_s.sum())
    blocks = energy_j / np.maximum(took_s, 1e-12)
    # Where a batch spans a block's end, the blocks differ by more than chance: 0 of a batch or 1.
    whole = float(each_j.max()) * len(end_s) / BLOCKS / float(took_s.sum())
    spread = min(three_errors(blocks), 3.0 * whole) + off + 1e-9
    return Count(msg("tiny-flow-power"), counted, expected, spread, "power")


def heard(flow: Flow | None, scenario: Scenario, settings: Settings) -> Flow | None:
    """Add what is heard: the sound comes back after the P99 delay that the light reads."""
    if flow is None:
        return None
    delay_s = scenario.quickly(settings).metrics["delay_p99_s"]
    return replace(flow, felt=Echo(delay_s))


def windows(scenario: TinySeesaw, settings: Settings, seed: int, many: int = REQUESTS) -> Flow:
    """Windows of sound wait for a radio slot, for the gateway's batch, and for the way back."""
    ears, payload = int(settings["hearables"]), str(settings["payload"])
    sizes = scenario.part.fixed["payloads"][payload]
    rate = scenario.rate(ears, payload)
    box = _Box(scenario.gateway, 1.0, scenario.slots, 1e-3 * float(settings["batch_window"]))
    outside_s = scenario.outside_s(payload)
    air_s = outside_s - sizes["capture_s"] - 2 * scenario.interval_s
    up = sizes["up_bytes"] / (sizes["up_bytes"] + sizes["down_bytes"])
    rng = np.random.default_rng(seed)
    trace = box.run(poisson_arrivals(rng, rate, many + box.most) + outside_s)
    arrival_s = trace.arrival_s
    ready_s = arrival_s - up * air_s - scenario.interval_s
    end_s = arrival_s + trace.response_s
    passages = (
        _stay(msg("tiny-flow-ear"), ready_s - sizes["capture_s"], ready_s),
        Passage(msg("tiny-flow-up"), ready_s, ready_s + scenario.interval_s, arrival_s),
        _batched(msg("tiny-flow-gateway"), trace, box.most),
        Passage(
            msg("tiny-flow-down"), end_s, end_s + scenario.interval_s,
            end_s + scenario.interval_s + (1 - up) * air_s,
        ),
    )  # fmt: skip
    mean_s = outside_s + box.mean_s(rate)
    return _way(
        scenario.limit("delay_p99_s"), passages, outside_s + trace.response_s, trace, mean_s,
        box.counts(trace, rate),
    )  # fmt: skip


def _stay(name: Value, enter_s: Array, end_s: Array) -> Passage:
    return Passage(name, enter_s, enter_s, end_s)


def _batched(name: Value, trace: QueueTrace, most: int) -> Passage:
    batch = batches_of(_start_s(trace))
    end_s = trace.arrival_s + trace.response_s
    return Passage(name, trace.arrival_s, _start_s(trace), end_s, most, positions(batch))


def _way(
    limit_s: float,
    passages: Sequence[Passage],
    took_s: Array,
    trace: QueueTrace | None,
    mean_s: float,
    counts: tuple[Count, ...],
) -> Flow:
    """Show the way of windows of sound from ear to ear, late beyond `limit_s`."""
    heard_s = passages[0].enter_s
    stable = math.isfinite(mean_s)
    off = MODEL_ERROR * mean_s if stable and trace is not None else 0.0
    way = mean_count(msg("tiny-flow-way"), took_s, mean_s, "duration", off)
    return record(
        msg("tiny-flow-windows"),
        passages,
        (way, *counts),
        limit_s,
        took_s > limit_s,
        heard_s,
        stable,
        None if trace is None else batches_of(_start_s(trace)),
    )


def split_windows(
    scenario: TinySharding, settings: Settings, seed: int, many: int = REQUESTS
) -> Flow:
    """Windows of sound are begun on the ear, summed between two, and ended at the gateway."""
    cut, ears = int(settings["cut"]), int(settings["tensor_parallel_size"])
    interval_s, fixed = 1e-3 * float(settings["radio_interval"]), scenario.part.fixed
    continuous = bool(settings["continuous_batching"])
    split = scenario.split(cut, ears, interval_s, continuous)
    sound_s, compute_s, sums_s, crossing_s = split.parts_s[:4]
    up, down = scenario.crossing(cut)
    talking = fixed["ears"] * scenario.active
    rate, carried = talking / scenario.window_s, split.air_share <= 1
    box = _Box(
        scenario.gateway, 1.0 - scenario.on_ear(cut), fixed["max_batch"],
        0.0 if continuous else fixed["batch_window_s"],
    )  # fmt: skip
    heard_s = poisson_arrivals(np.random.default_rng(seed), rate, many + box.most)
    # More on the air than the time between two windows: each window of an ear waits for longer.
    turn = np.arange(len(heard_s)) // round(talking)
    queued_s = turn * scenario.window_s * max(split.air_share - 1.0, 0.0)
    ready_s = heard_s + sound_s + compute_s
    passages = [_stay(msg("tiny-flow-ear"), heard_s[:many], ready_s[:many])]
    if split.exchanges:
        begun_s = ready_s + queued_s
        summed_s = begun_s + sums_s
        sums = Passage(msg("tiny-flow-sums"), ready_s[:many], begun_s[:many], summed_s[:many])
        passages.append(sums)
        ready_s, queued_s = summed_s, 0.0 * queued_s
    limit_s = scenario.limit("delay_p99_s")
    if not up:
        mean_s = sound_s + compute_s + sums_s if carried else math.inf
        idle_w = box.gateway.idle_w
        power = Count(msg("tiny-flow-power"), idle_w, idle_w, 0.0, "power")
        return _way(limit_s, passages, (ready_s - heard_s)[:many], None, mean_s, (power,))
    air_s, each_way = crossing_s - 2 * interval_s, up / (up + down)
    sent_s = ready_s + queued_s + interval_s
    trace = box.run(sent_s + each_way * air_s)
    back_s = trace.arrival_s + trace.response_s
    end_s = back_s + interval_s + (1 - each_way) * air_s
    passages += [
        Passage(msg("tiny-flow-up"), ready_s[:many], sent_s[:many], trace.arrival_s),
        _batched(msg("tiny-flow-gateway"), trace, box.most),
        Passage(msg("tiny-flow-down"), back_s, back_s + interval_s, end_s),
    ]
    mean_s = sum(split.parts_s[:4]) + box.mean_s(rate) if carried else math.inf
    counts = box.counts(trace, rate, carried)
    return _way(limit_s, passages, end_s - heard_s[:many], trace, mean_s, counts)


def sessions(
    scenario: TinyMemory, settings: Settings, seed: int, many: int = SESSIONS
) -> Flow | None:
    """Ears isolate for a while, and need a place in the module's memory as long as they do.

    With eviction the ears share the places, and one that finds none waits; else each ear has a
    place of its own. None where not even one ear fits.
    """
    active, shared = float(settings["active_fraction"]), settings["buffers"] == "evict"
    fit = scenario.fit_of(settings)
    if not fit.ears:
        return None
    asked = fit.ears * active / SESSION_S
    until_s = max(many / asked, SHORTEST_RUN_S)
    trace = on_and_off(fit.ears, active, SESSION_S, until_s, seed)
    edges = np.linspace(0.0, until_s, BLOCKS + 1)  # it begins as in the long run: no warm-up
    on = number_within(trace.begun_s, trace.ended_s, edges)
    since_s, to_s = moments_beyond(trace, fit.places)
    beyond = number_within(since_s, to_s, edges)
    expected = blocked(fit.ears, fit.places, active)
    counts = (
        Count(
            msg("tiny-flow-isolating"), float(on.mean()), fit.ears * active,
            three_errors(on) + 1e-9 * fit.ears, "average",
        ),
        Count(
            msg("tiny-flow-full"), float(beyond.mean()), expected,
            three_errors(beyond) + (3 * SESSION_S / until_s if shared else 1e-9), "share",
        ),
    )  # fmt: skip
    waiting = since_s[(to_s > since_s) & (since_s < until_s)]
    about_s = float(waiting[0]) if shared and len(waiting) else WARM_UP * until_s
    return _some_places(scenario, trace, fit.places, shared, about_s, 1.0 / asked, counts)


def blocked(ears: int, places: int, active: float) -> float:
    """Probability that more of the ears isolate than there are places, by the binomial law."""
    if places >= ears or active >= 1:
        return 0.0
    k = np.arange(1, ears + 1)
    logs = np.append(0.0, np.cumsum(np.log((ears - k + 1) / k))) + np.arange(ears + 1) * math.log(
        active
    )
    logs += (ears - np.arange(ears + 1)) * math.log1p(-active)
    return float(np.exp(logs[places + 1 :]).sum())


def _some_places(
    scenario: TinyMemory,
    trace: SessionTrace,
    places: int,
    shared: bool,
    about_s: float,
    gap_s: float,
    counts: tuple[Count, ...],
) -> Flow:
    """Show the places about a moment: all, or one in so many, with whoever has them."""
    limit_s, kept = scenario.limit("delay_p99_s"), math.ceil(places / PLACES)
    begin_s = max(about_s - WANTED * gap_s * kept, 0.0)
    here = (trace.ended_s > begin_s) & (trace.begun_s < about_s + WANTED * gap_s * kept)
    some = SessionTrace(trace.user[here], trace.begun_s[here], trace.ended_s[here])
    placed = placed_s(some, places, about_s) if shared else some.begun_s
    slot = places_of(placed, some.ended_s) if shared else some.user
    mine = slot % kept == 0
    never = placed >= some.ended_s
    mine[never] = np.flatnonzero(never) % kept == 0
    slot[never] = 0
    passage = Passage(
        msg("tiny-flow-places"), some.begun_s[mine], placed[mine], some.ended_s[mine],
        -(-places // kept), slot[mine] // kept,
    )  # fmt: skip
    waits = (placed - some.begun_s > limit_s)[mine]
    return record(
        msg("tiny-flow-sessions"), (passage,), counts, limit_s, waits, some.begun_s[mine], True,
        first_s=begin_s, kept=kept,
    )  # fmt: skip
