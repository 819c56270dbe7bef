"""The strip of requests: what passes obeys its rules, and its counts are those of the models."""

import json
import math

import numpy as np
import pytest

from labpy.instruments.pictures.flow import Flow
from labpy.instruments.telling import flow as telling
from labpy.missions import all_missions, load_part
from labpy.scenarios import scenario
from labpy.scenarios.flows import number_within, places

SEED = 20261123
PARTS = [(track.key, part) for track, parts in all_missions() for part in parts]
SETTINGS = ("start", "winning", "tempting", "overloaded")
# What brings more requests than can be served; none of Cloud 3's dials does, since its queue never
# runs dry.
OVERLOADED = {
    1: {"arrival_rate": 30.0},
    2: {
        "continuous_batching": False,
        "weight_dtype": "bf16",
        "link": "pcie5",
        "tensor_parallel_size": 8,
        "pipeline_parallel_size": 1,
    },
}


def flow_at(number: int, which: str) -> Flow | None:
    part = load_part("cloud", number)
    settings = part.start() | (getattr(part, which) if which in ("winning", "tempting") else {})
    settings |= OVERLOADED.get(number, {}) if which == "overloaded" else {}
    return scenario(part).flow(settings, SEED)


@pytest.mark.parametrize("which", SETTINGS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_counts_are_the_models_means_within_their_spread(number, which):
    flow = flow_at(number, which)
    for count in flow.counts:
        assert math.isfinite(count.counted)
        if math.isfinite(count.expected):
            assert abs(count.counted - count.expected) <= count.spread, count
    known = sum(not math.isnan(count.expected) for count in flow.counts)
    pipeline = number == 2 and which in ("start", "tempting")  # of which the formula says nothing
    assert known > 0 or pipeline


def test_what_is_overloaded_has_no_mean_and_says_so():
    flow = flow_at(1, "overloaded")
    waiting = flow.counts[0]
    assert waiting.expected == math.inf
    facts = telling.as_facts(flow)
    assert facts["counts"][0]["run"] == "grows without end"
    assert "grows without end" in facts["sentence"]
    early, late = number_within(
        flow.enter_s[:, 0], flow.start_s[:, 0], np.array([0.0, flow.span_s / 2, flow.span_s])
    )
    assert late > early


@pytest.mark.parametrize(("track", "part"), PARTS, ids=[f"{t}-{p.number}" for t, p in PARTS])
def test_an_item_waits_before_it_is_served_and_is_late_only_once_it_is_there(track, part):
    flow = scenario(part).flow(part.start(), SEED)
    if flow is None:
        return
    assert flow.enter_s.shape == flow.start_s.shape == flow.end_s.shape == flow.slot.shape
    with np.errstate(invalid="ignore"):
        assert not (flow.start_s < flow.enter_s - 1e-9).any()
        assert not (flow.end_s < flow.start_s - 1e-9).any()
        assert not (flow.enter_s[:, 1:] < flow.end_s[:, :-1] - 1e-9).any()
        assert not (flow.late_s < flow.enter_s[:, 0] - 1e-9).any()
    assert len(flow.batch) == len(flow.group) == len(flow.late_s) == len(flow.enter_s)
    assert (flow.slot < [stage.slots for stage in flow.stages]).all()
    json.dumps(telling.as_facts(flow), allow_nan=False)


@pytest.mark.parametrize("which", SETTINGS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_slot_serves_two_at_a_time(number, which):
    flow = flow_at(number, which)
    for stage in range(len(flow.stages)):
        order = np.lexsort((flow.start_s[:, stage], flow.slot[:, stage]))
        slot = flow.slot[order, stage]
        free = flow.start_s[order, stage][1:] - flow.end_s[order, stage][:-1]
        # A reply counts as served until the time outside the steps is over as well.
        assert (free[slot[1:] == slot[:-1]] >= -0.03).all()


def test_a_static_batch_forms_and_leaves_together_and_continuous_slots_refill():
    static = flow_at(1, "start")
    for batch in np.unique(static.batch):
        those = static.batch == batch
        assert np.ptp(static.start_s[those]) < 1e-6
        assert np.ptp(static.end_s[those]) < 1e-6
    sizes = np.unique(static.batch, return_counts=True)[1]
    assert sizes.max() > 1
    continuous = flow_at(1, "winning")
    assert (continuous.batch == -1).all()
    assert len(np.unique(continuous.end_s)) > len(continuous.end_s) / 2


def test_a_model_that_does_not_fit_has_no_strip():
    part = load_part("cloud", 2)
    settings = part.start() | {"tensor_parallel_size": 8, "pipeline_parallel_size": 8}
    assert scenario(part).flow(settings, SEED) is None


def test_who_is_thrown_out_of_the_cache_waits_again_from_that_moment():
    part = load_part("cloud", 3)
    made = scenario(part)
    stays = made._served("paged", "lru", 128, 4).run.stays
    thrown = stays[stays[:, 3] > 0]
    assert len(thrown)
    again = set(stays[:, 0].tolist())
    assert np.mean([left in again for left in thrown[:, 2].tolist()]) > 0.9


def test_mean_numbers_are_integrals_and_the_lowest_free_place_is_taken():
    since, until = np.array([0.0, 1.0, np.nan]), np.array([2.0, 4.0, 5.0])
    assert number_within(since, until, np.array([0.0, 2.0, 4.0])).tolist() == [1.5, 1.0]
    assert places(np.array([0.0, 1.0, 2.0]), np.array([2.0, 3.0, 4.0])).tolist() == [0, 1, 0]
