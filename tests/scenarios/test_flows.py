"""Laws of the strip's records in Edge, Mobile and Tiny: what is counted is what the models say."""

import dataclasses
import math
import random

import numpy as np
import pytest

from labpy.instruments.pictures.flow import Flow
from labpy.instruments.telling.flow import counted, said_by_models, sentences
from labpy.missions import load_part
from labpy.scenarios import scenario
from labpy.scenarios.passing import edge, mobile, record, tiny
from labpy.words import say
from tests.scenarios.test_all_parts import levels

MAKERS = {
    ("edge", 1): edge.loops,
    ("edge", 2): edge.stages,
    ("edge", 3): edge.reading,
    ("mobile", 1): mobile.regions,
    ("mobile", 2): mobile.cut_frames,
    ("mobile", 3): mobile.captions,
    ("tiny", 1): tiny.windows,
    ("tiny", 2): tiny.split_windows,
    ("tiny", 3): tiny.sessions,
}
# Of each part a setting between its start and its winning one.
BETWEEN = {
    ("edge", 1): {"batch_window": 1.5, "hedge_after": 5.0},
    ("edge", 2): {"split": "stages", "gpu_models": 6, "fused_layers": 2, "batch": 2},
    ("edge", 3): {"policy": "keyframes", "maps": 12, "cameras": 9},
    ("mobile", 1): {"glasses": 7, "batch_window": 2.0},
    ("mobile", 2): {"cut": 4, "ways": 1, "glasses": 3, "messages": 4},
    ("mobile", 3): {"sessions": 35, "block_tokens": 64, "draft_tokens": 1},
    ("tiny", 1): {"hearables": 24, "batch_window": 10.0, "payload": "features"},
    ("tiny", 2): {"cut": 3, "tensor_parallel_size": 1, "radio_interval": 2.0},
    ("tiny", 3): {"buffers": "evict", "active_fraction": 0.4, "state_bits": 8},
}
# Beyond capacity: the lines grow for as long as the run lasts.
OVERLOADED = {
    ("edge", 1): {"frame_rate": 90, "cameras": 12, "batch_window": 0.0},
    ("edge", 2): {"split": "whole"},
    ("edge", 3): {"maps": 40, "cameras": 36},
    ("mobile", 1): {"glasses": 16, "batch_window": 0.0},
    ("mobile", 2): {"cut": 0, "ways": 4, "glasses": 8},
    ("mobile", 3): {"sessions": 120, "draft_tokens": 8},
    ("tiny", 1): {"hearables": 400, "batch_window": 3.0, "payload": "features"},
    ("tiny", 2): {"cut": 4, "tensor_parallel_size": 2, "radio_interval": 0.5},
}
IDS = [f"{track}-{number}" for track, number in MAKERS]
DRAWN = 60
MARGIN_S = 1e-9  # of sums of floats
every_part = pytest.mark.parametrize("key", MAKERS, ids=IDS)


def settings_of(key: tuple[str, int]) -> dict[str, dict]:
    part = load_part(*key)
    start = part.start()
    return {
        "start": start,
        "winning": {**start, **part.winning},
        "tempting": {**start, **part.tempting},
        "between": {**start, **BETWEEN[key]},
    }


def flows_of(key: tuple[str, int], seed: int = 1) -> dict[str, Flow]:
    model = scenario(load_part(*key))
    return {name: model.flow(each, seed) for name, each in settings_of(key).items()}


@every_part
def test_what_is_counted_is_what_the_models_say(key):
    for flow in flows_of(key).values():
        assert flow.counts
        for each in flow.counts:
            assert math.isfinite(each.counted)
            if math.isfinite(each.expected):
                assert abs(each.counted - each.expected) <= each.spread, say(each.name)


@every_part
def test_other_seeds_agree_with_the_models_too(key):
    """Three standard errors hold 997 of 1,000; so few counts may all be asked to."""
    model, found = scenario(load_part(*key)), settings_of(key)
    for name in ("winning", "between"):
        for seed in range(2, 6):
            for each in model.flow(found[name], seed).counts:
                if math.isfinite(each.expected):
                    assert abs(each.counted - each.expected) <= each.spread, say(each.name)


@pytest.mark.parametrize("key", OVERLOADED, ids=[f"{t}-{n}" for t, n in OVERLOADED])
def test_beyond_capacity_the_mean_grows_along_the_run(key):
    model = scenario(load_part(*key))
    settings = {**model.part.start(), **OVERLOADED[key]}
    short, long = (MAKERS[key](model, settings, 1, many) for many in (1600, 6400))
    assert math.isinf(short.counts[0].expected)
    assert long.counts[0].counted > 1.5 * short.counts[0].counted
    assert (~np.isnan(short.late_s)).any()


@pytest.mark.parametrize("key", [("edge", 1), ("mobile", 1), ("mobile", 2), ("mobile", 3)])
def test_beyond_capacity_a_run_s_late_share_is_said_to_grow_to_all_as_the_light_has_it(key):
    model = scenario(load_part(*key))
    flow = model.flow({**model.part.start(), **OVERLOADED[key]}, 1)
    late = next(each for each in flow.counts if each.name.key == "flow-late-share")
    assert "so far" in say(counted(late))
    assert say(said_by_models(late)) == "100%"
    assert "in the end all" in " ".join(say(each) for each in sentences(flow))


@every_part
def test_times_ascend_and_nothing_starts_before_it_has_come(key):
    for flow in flows_of(key).values():
        before = np.full(len(flow.late_s), -np.inf)
        for enter, start, end in zip(flow.enter_s.T, flow.start_s.T, flow.end_s.T, strict=True):
            there = ~np.isnan(enter)
            assert (enter[there] >= before[there] - MARGIN_S).all()
            assert (start[there] >= enter[there] - MARGIN_S).all()
            assert (end[there] >= start[there] - MARGIN_S).all()
            before = np.fmax(before, end)


@every_part
def test_no_slot_serves_two_at_once_unless_they_are_a_batch(key):
    for flow in flows_of(key).values():
        for column, stage in enumerate(flow.stages):
            start, end = flow.start_s[:, column], flow.end_s[:, column]
            slot = flow.slot[:, column]
            served = np.flatnonzero(end > start + MARGIN_S)
            assert (slot[served] >= 0).all()
            assert (slot[served] < stage.slots).all()
            for one in served:
                others = served[(slot[served] == slot[one]) & (served > one)]
                others = others[(start[others] < end[one] - MARGIN_S)]
                others = others[(end[others] > start[one] + MARGIN_S)]
                same = (flow.batch[others] == flow.batch[one]) & (flow.batch[one] >= 0)
                assert same.all()


@every_part
def test_those_of_a_batch_leave_the_window_or_server_together(key):
    for flow in flows_of(key).values():
        for batch in np.unique(flow.batch[flow.batch >= 0]):
            end_s = flow.end_s[flow.batch == batch]
            assert (np.ptp(end_s, axis=0) <= MARGIN_S)[~np.isnan(end_s).any(axis=0)].any()


@every_part
def test_a_slice_shows_enough_and_not_too_much(key):
    for flow in flows_of(key).values():
        assert 15 <= len(flow.late_s) <= record.MOST
        assert flow.span_s > 0
        assert (flow.enter_s[:, 0] < flow.span_s).all()
        rows = {"enter_s", "start_s", "end_s", "slot"}
        for name in rows:
            assert getattr(flow, name).shape == (len(flow.late_s), len(flow.stages))


@every_part
def test_an_item_turns_late_while_it_is_there(key):
    for flow in flows_of(key).values():
        late = ~np.isnan(flow.late_s)
        last = np.nanmax(np.where(late[:, None], flow.end_s, np.inf), axis=1)
        assert (flow.late_s[late] <= last[late] + MARGIN_S).all()
        assert (flow.late_s[late] >= flow.enter_s[late, 0] - MARGIN_S).all()


@every_part
def test_what_is_late_in_the_run_is_in_the_slice(key):
    """Or the strip of a rare stall would hardly ever show one."""
    model = scenario(load_part(*key))
    for settings in settings_of(key).values():
        flow = model.flow(settings, 3)
        shares = [each for each in flow.counts if each.name.key == "flow-late-share"]
        if shares and shares[0].counted > 0:
            assert ((flow.late_s >= 0) & (flow.late_s <= flow.span_s)).any()


@every_part
def test_every_setting_has_a_record_that_can_be_drawn(key):
    """At settings drawn at random: no warning, enough and not too much, all in order, in time."""
    model, draw = scenario(load_part(*key)), random.Random(7)
    for _ in range(DRAWN):
        settings = {knob.key: draw.choice(levels(knob)) for knob in model.part.knobs}
        flow = model.flow(settings, 1)
        if flow is None:
            assert key == ("tiny", 3)
            continue
        assert 1 <= len(flow.late_s) <= record.MOST
        assert 0 < flow.span_s < math.inf
        with np.errstate(invalid="ignore"):
            assert not (flow.start_s < flow.enter_s - MARGIN_S).any()
            assert not (flow.end_s < flow.start_s - MARGIN_S).any()
            assert not (flow.enter_s[:, 1:] < flow.end_s[:, :-1] - MARGIN_S).any()
        assert (flow.slot < [stage.slots for stage in flow.stages]).all()
        assert all(math.isfinite(each.counted) for each in flow.counts)
        assert all(each.spread >= 0 for each in flow.counts)


@every_part
def test_equal_seeds_give_equal_flows_and_others_differ(key):
    one, same, other = (flows_of(key, seed)["winning"] for seed in (4, 4, 5))
    for field in dataclasses.fields(Flow):
        left, right = getattr(one, field.name), getattr(same, field.name)
        if isinstance(left, np.ndarray):
            np.testing.assert_array_equal(left, right)
        else:
            assert left == right
    if key != ("edge", 2):  # nothing is random in it
        assert one.counts != other.counts


@every_part
def test_names_and_nouns_are_in_the_book(key):
    for flow in flows_of(key).values():
        said = [say(flow.noun), say(flow.late), *(say(each.name) for each in flow.stages)]
        assert all([*said, *(say(each.name) for each in flow.counts)])


def test_no_ear_that_fits_is_no_flow():
    model = scenario(load_part("tiny", 3))
    settings = {**model.part.start(), "layers": 10}
    assert model.evaluate(settings).metrics["ears"] == 0
    assert model.flow(settings, 1) is None


def test_a_loop_is_held_by_the_slowest_of_its_ten_first_answers():
    model = scenario(load_part("edge", 1))
    flow = model.flow({**model.part.start(), **model.part.winning, "hedge_after": 2.0}, 2)
    for loop in np.unique(flow.group[flow.group >= 0]):
        mine = flow.group == loop
        assert mine.sum() == 10  # the copy that answers second is nobody's
    copies = (flow.group < 0) & ~np.isnan(flow.start_s[:, 1])
    assert copies.any()
    assert flow.stages[1].slots == 10


def test_a_window_opens_with_a_frame_and_takes_those_that_come_until_it_closes():
    for window_s, size in ((0.0, 1), (2.0e-3, 1), (2.5e-3, 2), (4.2e-3, 3)):
        frame_s, of_batch, closes_s = edge.window_frames(480.0, window_s, 50)
        np.testing.assert_allclose(np.diff(frame_s), 1 / 480.0)
        assert (np.bincount(of_batch) == size).all()
        first = np.flatnonzero(np.diff(of_batch, prepend=-1))
        np.testing.assert_allclose(closes_s - frame_s[first], window_s, atol=1e-12)
        assert (closes_s[of_batch] >= frame_s - 1e-12).all()
        assert (closes_s[:-1] < frame_s[first[1:]]).all()


def test_the_share_blocked_is_the_binomial_tail():
    assert tiny.blocked(2, 1, 0.5) == pytest.approx(0.25)
    assert tiny.blocked(3, 1, 0.5) == pytest.approx(0.5)
    assert tiny.blocked(5, 5, 0.5) == 0.0
