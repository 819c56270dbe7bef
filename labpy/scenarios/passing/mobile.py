"""Mobile Nomad: regions in a window and on the air, frames that are cut, captions in rounds."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labpy.instruments.figures.frame_timeline import FrameTimeline
from labpy.instruments.pictures.felt import Motion, motion
from labpy.instruments.pictures.flow import Flow
from labpy.models.simulation.captions import rounds_until, trace_rounds
from labpy.models.simulation.queues import poisson_arrivals
from labpy.models.simulation.radio import (
    even_until_s,
    exchange_rounds,
    frames_begun,
    trace_gathered,
)
from labpy.models.simulation.stations import in_turn
from labpy.scenarios.frames import mesh
from labpy.scenarios.passing.record import (
    WARM_UP,
    Array,
    Passage,
    busy_count,
    late_count,
    mean_count,
    record,
)
from labpy.words import Value, msg
from labpy.words.amounts import count

if TYPE_CHECKING:
    from labpy.scenarios.base import Settings
    from labpy.scenarios.mobile_cut import MobileCut
    from labpy.scenarios.mobile_knee import MobileKnee
    from labpy.scenarios.mobile_sessions import MobileSessions

FRAMES, CAPTIONS = 2500, 800  # of a run
BURSTS = 9000  # rounds of messages in a run, so that a split takes no longer than one message
MODEL_ERROR = 0.1  # of a frame's times, as tests/models/test_gathering.py holds the P99 to
# Of a caption's mean and of the node's batch, and of its times about the deadline, as
# tests/models/test_rounds.py holds them.
ROUNDS_ERROR, ROUNDS_TIMES = 0.05, (1.0, 1.0 / 1.1, 1.1)
TIMES = (1.0, 1.0 - MODEL_ERROR, 1.0 + MODEL_ERROR)
SEEN = 600  # frames, at most, that move a picture: ten seconds at 60 a second


def _seen(noun: Value, period_s: float, due_s: float, took_s: Array, stable: bool) -> Motion:
    """Make the motion of what comes after the warm-up, or of the beginning of an overload."""
    first = int(WARM_UP * len(took_s)) if stable else 0
    return motion(noun, period_s, due_s, took_s[first : first + SEEN])


def regions(scenario: MobileKnee, settings: Settings, seed: int, many: int = FRAMES) -> Flow:
    """Regions of frames gather in the glasses' window, share the air, and meet at the node."""
    glasses, window_ms = int(settings["glasses"]), float(settings["batch_window"])
    stalls, fixed = float(settings["stalls"]), scenario.part.fixed
    sent = scenario.sent(window_ms)
    trace = trace_gathered(
        mesh(stalls / 100), glasses, fixed["frame_bytes"], fixed["node_s"], sent, many,
        scenario.frame_rate, seed,
    )  # fmt: skip
    frames, each = len(trace.begun_s), int(fixed["regions"])
    of_frame = np.repeat(np.arange(frames), each)
    message = np.tile(np.repeat(np.arange(sent.messages), sent.regions), frames)
    scanned = np.tile(fixed["scan_s"] * np.arange(1, each + 1) / each, frames)
    found_s = trace.begun_s[of_frame] + scanned
    at = (of_frame, message)
    here = np.zeros(len(of_frame), np.intp)
    passages = (
        Passage(msg("mobile-flow-window"), found_s, found_s, trace.sent_s[at]),
        Passage(
            msg("mobile-flow-air"), trace.sent_s[at], trace.air_start_s[at], trace.air_end_s[at],
            1, here,
        ),
        Passage(
            msg("mobile-flow-start-up"), trace.air_end_s[at], trace.air_end_s[at],
            trace.arrived_s[at],
        ),
        Passage(
            msg("mobile-flow-node"), trace.arrived_s[at], trace.node_start_s[of_frame],
            trace.node_end_s[of_frame], each, np.tile(np.arange(each), frames),
        ),
    )  # fmt: skip
    law = scenario.law(np.array([glasses * scenario.frame_rate]), window_ms, stalls)
    took_s = trace.node_end_s - trace.begun_s
    mean_s = float(law.mean_s[0])
    share, sooner, later = (float(law.stutter(k * scenario.deadline_s)[0]) for k in TIMES)
    late = took_s > scenario.deadline_s
    until_s = even_until_s(frames // glasses, scenario.frame_rate)
    counts = (
        mean_count(
            msg("mobile-flow-frame"), took_s, mean_s, "duration",
            MODEL_ERROR * mean_s if math.isfinite(mean_s) else 0.0,
        ),
        late_count(msg("flow-late-share"), late, share, sooner - later, bool(law.stable[0])),
        busy_count(
            msg("mobile-flow-on-air"), trace.air_start_s.ravel(), trace.air_end_s.ravel(), 1,
            min(float(law.channel_utilization[0]), 1.0), until_s,
        ),
    )  # fmt: skip
    _, whose = frames_begun(
        np.random.default_rng(seed), glasses, frames // glasses, scenario.frame_rate
    )
    flow = record(
        msg("mobile-flow-regions"),
        passages,
        counts,
        scenario.deadline_s,
        late[of_frame],
        trace.begun_s[of_frame],
        bool(law.stable[0]),
        of_frame * sent.messages + message,
        family=of_frame,
        wanted=12 * each,
    )
    seen = _seen(
        msg("mobile-felt-frames"), scenario.deadline_s, scenario.deadline_s, took_s[whose == 0],
        bool(law.stable[0]),
    )  # fmt: skip
    return replace(flow, felt=seen)


def cut_frames(scenario: MobileCut, settings: Settings, seed: int, many: int = FRAMES) -> Flow:
    """Frames are begun on the glasses, sent in messages and exchanges, and ended at the node."""
    glasses, ways = int(settings["glasses"]), int(settings["ways"])
    plan = scenario.plan(int(settings["cut"]), ways, int(settings["messages"]))
    frame_rate = float(scenario.part.fixed["frame_rate"])
    rng = np.random.default_rng(seed)
    each = -(-min(many, many * BURSTS // (FRAMES * (1 + plan.exchanges))) // glasses)
    begun_s, whose = frames_begun(rng, glasses, each, frame_rate)
    start_s, ready_s = (np.empty(len(begun_s)) for _ in range(2))
    for pair in range(glasses):
        own = whose == pair
        start_s[own], ready_s[own] = in_turn(begun_s[own], plan.device_s)
    passages = [
        Passage(msg("mobile-flow-glasses"), begun_s, start_s, ready_s, glasses, whose),
    ]
    end_s, own_air_s, split_air_s = ready_s, 0.0, 0.0
    on_air = 0.0
    if plan.messages:
        own_air_s = scenario.air_s(plan.sent_bytes, plan.messages)
        if plan.exchanges:
            split_air_s = scenario.air_s(plan.exchange_bytes, 1)
        first, further = (plan.messages, own_air_s), (plan.partners, split_air_s)
        sent_s, arrived_s, rounds_s = exchange_rounds(
            scenario.channel, ready_s, first, further, plan.exchanges, rng
        )
        node_s, end_s = in_turn(arrived_s, plan.node_s)
        here = np.zeros(len(begun_s), np.intp)
        passages += [
            Passage(msg("mobile-flow-way"), ready_s, sent_s, arrived_s),
            Passage(msg("mobile-flow-nodes", nodes=count(ways)), arrived_s, node_s, end_s, 1, here),
        ]
        lengths = np.array([first[0] * first[1]] + [further[0] * further[1]] * plan.exchanges)
        sent = glasses * min(frame_rate, 1.0 / max(plan.device_s, 1e-9))  # frames a second
        on_air = float(sent * lengths.sum())
        air = rounds_s.ravel(), (rounds_s + lengths).ravel()
    else:
        air = np.full(1, np.nan), np.full(1, np.nan)
    outcome = scenario.evaluate(settings)
    law_s = outcome.pictures[FrameTimeline.name].frame_s
    took_s, mean_s = end_s - begun_s, outcome.metrics["mean_frame_s"]
    late, stable = took_s > scenario.deadline_s, math.isfinite(mean_s)
    sooner, later = (float((law_s > k * scenario.deadline_s).mean()) for k in TIMES[1:])
    share = outcome.metrics["stutter"]
    until_s = even_until_s(each, frame_rate)
    counts = (
        mean_count(
            msg("mobile-flow-frame"), took_s, mean_s, "duration",
            MODEL_ERROR * mean_s if stable else 0.0,
        ),
        late_count(msg("flow-late-share"), late, share, sooner - later, stable),
        busy_count(msg("mobile-flow-on-air"), *air, 1, min(on_air, 1.0), until_s),
    )  # fmt: skip
    flow = record(
        msg("mobile-flow-frames"), passages, counts, scenario.deadline_s, late, begun_s, stable
    )
    seen = _seen(
        msg("mobile-felt-frames"), 1.0 / frame_rate, scenario.deadline_s, took_s[whose == 0], stable
    )
    return replace(flow, felt=seen)


def captions(scenario: MobileSessions, settings: Settings, seed: int, many: int = CAPTIONS) -> Flow:
    """Rounds of captions are drafted on the glasses, sent, and verified in the node's batch."""
    fixed, drafts = scenario.part.fixed, int(settings["draft_tokens"])
    token_bytes = scenario.session_bytes(
        int(settings["block_tokens"]), int(settings["context_tokens"])
    )
    rate = int(settings["sessions"]) * scenario.captions_per_session
    rates = np.array([rate])
    model = scenario.captions(rates, drafts, token_bytes)
    rng = np.random.default_rng(seed)
    arrival_s = poisson_arrivals(rng, rate, many)
    rounds = rounds_until(rng, many, fixed["caption_tokens"], fixed["acceptance"], drafts)
    trace = trace_rounds(
        scenario.channel, arrival_s, rounds, drafts * scenario.draft_s(), scenario.air_s(drafts),
        scenario.service_s(drafts, token_bytes), rng,
    )  # fmt: skip
    done_s = np.zeros(many)
    np.maximum.at(done_s, trace.caption, trace.end_s)
    took_s, stable = done_s - arrival_s, bool(model.busy[0] < 1)
    mean_s = float(model.mean_s[0])
    late = took_s > scenario.deadline_s
    first = np.flatnonzero(np.diff(np.sort(trace.batch), prepend=-1))
    sizes = np.diff(first, append=len(trace.batch))
    over = trace.end_s - arrival_s[trace.caption] > scenario.deadline_s
    batch = float(model.batch[0]) if stable else math.nan  # a run fills it up by and by
    share, sooner, later = (
        float(scenario.captions(rates, drafts, token_bytes, scenario.deadline_s * k).late[0])
        for k in ROUNDS_TIMES
    )
    counts = (
        mean_count(
            msg("mobile-flow-caption"), took_s, mean_s, "duration",
            ROUNDS_ERROR * mean_s if stable else 0.0,
        ),
        mean_count(
            msg("mobile-flow-batch"), sizes.astype(float), batch, "average",
            ROUNDS_ERROR * batch if stable else 0.0,
        ),
        late_count(msg("flow-late-share"), late, share, sooner - later, stable),
    )  # fmt: skip
    passages = (
        Passage(msg("mobile-flow-drafting"), trace.begun_s, trace.begun_s, trace.sent_s),
        Passage(
            msg("mobile-flow-air"), trace.sent_s, trace.air_start_s, trace.air_end_s, 1,
            np.zeros(len(over), np.intp),
        ),
        Passage(
            msg("mobile-flow-start-up"), trace.air_end_s, trace.air_end_s, trace.arrived_s
        ),
        Passage(
            msg("mobile-flow-verifying"), trace.arrived_s, trace.start_s, trace.end_s,
            fixed["max_batch"],
        ),
    )  # fmt: skip
    flow = record(
        msg("mobile-flow-rounds"),
        passages,
        counts,
        scenario.deadline_s,
        over,
        arrival_s[trace.caption],
        stable,
        trace.batch,
    )
    period_s = 1.0 / scenario.captions_per_session
    seen = _seen(msg("mobile-felt-captions"), period_s, scenario.deadline_s, took_s, stable)
    return replace(flow, felt=seen)
