"""Edge Guardian: the laws that its parts teach."""

import math
import re

import numpy as np
import pytest

from labpy.missions import load_part, load_track
from labpy.models.tail import frames_together
from labpy.scenarios import scenario
from labpy.words import say

PARTS = [load_part("edge", number) for number in load_track("edge").parts]
IDS = [f"part-{part.number}" for part in PARTS]
KNEE, SHARDING, MEMORY = (load_part("edge", number) for number in (1, 2, 3))


@pytest.fixture(scope="module")
def knee():
    return scenario(KNEE)


def at(made, part, **changed):
    return made.evaluate({**part.start(), **changed})


@pytest.mark.parametrize("part", PARTS, ids=IDS)
def test_the_tempting_setting_meets_a_failure_state(part):
    assert scenario(part).evaluate(part.tempting).failures(part)


# Part 1


def test_each_model_meets_its_deadline_and_the_loop_does_not(knee):
    start = at(knee, KNEE)
    limit = knee.deadline_s
    assert start.metrics["call_p999_s"] <= limit < start.metrics["loop_p999_s"]
    tail = start.pictures["FanOutTail"]
    assert tail.slowest.late == pytest.approx(1 - (1 - tail.leaf.late) ** 10)


def test_idle_engines_do_not_cure_the_tail(knee):
    idle = at(knee, KNEE, frame_rate=KNEE.knob("frame_rate").low)
    assert idle.metrics["base_utilization"] < 0.15
    assert idle.metrics["loop_p999_s"] > knee.deadline_s


def test_second_copies_cure_it_in_the_middle_only(knee):
    window = KNEE.winning["batch_window"]
    early, right, late = (
        at(knee, KNEE, batch_window=window, hedge_after=after).metrics["loop_p999_s"]
        for after in (1.0, KNEE.winning["hedge_after"], 8.0)
    )
    assert right < knee.deadline_s < min(early, late)


def test_the_window_eats_the_deadline(knee):
    copy = KNEE.winning["hedge_after"]
    passes = [
        at(knee, KNEE, batch_window=window, hedge_after=copy).passes(KNEE)
        for window in (0.0, KNEE.winning["batch_window"], 6.0)
    ]
    assert passes == [False, True, False]


def test_a_pass_without_room_for_every_copy_is_called_metastable(knee):
    outcome = at(knee, KNEE, batch_window=0.0, hedge_after=6.0)
    assert outcome.metrics["loop_p999_s"] < knee.deadline_s
    assert [failure.key for failure in outcome.failures(KNEE)] == ["metastable"]


def test_more_cameras_at_a_lower_rate_are_the_same_load(knee):
    few, many = at(knee, KNEE, cameras=6, frame_rate=60), at(knee, KNEE, cameras=9, frame_rate=40)
    assert few.metrics == many.metrics


def test_part_1_s_words_follow_the_models(knee):
    start, won = at(knee, KNEE).metrics, knee.evaluate(KNEE.winning).metrics
    assert won["extra_load"] == pytest.approx(0.01, abs=0.001)
    assert start["late"] == pytest.approx(0.008, abs=0.0005)


def test_the_wall_is_where_an_engine_is_always_busy(knee):
    for window in (0.0, 0.0025):
        loop = knee.loop(knee.wall(window), window, math.inf)
        assert loop.base_utilization[0] == pytest.approx(1.0)


def test_the_wall_and_the_knee_of_the_policy_in_play_lie_within_the_axis(knee):
    for settings in (KNEE.start(), KNEE.winning, KNEE.tempting):
        picture = knee.evaluate(settings).pictures["LatencyThroughputFrontier"]
        curve = next(each for each in picture.curves if each.key == picture.current)
        assert curve.knee_rate < curve.capacity < picture.highest_rate


def test_in_overload_only_the_overload_is_told():
    made = scenario(SHARDING)
    assert [f.key for f in at(made, SHARDING).failures(SHARDING)] == ["overload"]


def test_the_words_list_the_sub_models_by_their_operations():
    sizes = [f"{each / 1e9:g}" for each in SHARDING.fixed["operations"]]
    told = f"The ten take {', '.join(sizes[:-1])} and {sizes[-1]} billion operations"
    assert told in SHARDING.words["Dials"]
    total = sum(SHARDING.fixed["operations"]) / 1e9
    assert f"{total:.0f} in all" in SHARDING.words["Dials"]


def test_a_passing_loop_passes_by_more_than_the_model_is_off(knee):
    """On the engines' part of the loop, which can be simulated; part 3 adds a reading to it."""
    won = KNEE.winning
    window_s, after_s = won["batch_window"] / 1e3, won["hedge_after"] / 1e3
    runs = [np.quantile(knee._run(480.0, window_s, after_s, seed), 0.999) for seed in range(6)]
    model_s = knee.evaluate(won).metrics["loop_p999_s"]
    off_s = abs(float(np.mean(runs)) - model_s)
    third = scenario(MEMORY).evaluate(MEMORY.winning).metrics["loop_p999_s"]
    assert off_s < 0.5 * (knee.deadline_s - third)
    assert off_s < 0.1 * (knee.deadline_s - model_s)


@pytest.mark.parametrize("window", [0.0, 1.0, 2.5, 4.0])
def test_the_capacity_that_is_shown_is_where_the_curve_s_loop_ceases_to_be_stable(knee, window):
    for after in (10.0, 2.0, 3.0, 6.0):
        picture = at(knee, KNEE, batch_window=window, hedge_after=after).pictures[
            "LatencyThroughputFrontier"
        ]
        delay_s = after / 1e3 if after < 10 else math.inf
        capacity = picture.curve.capacity
        if after == 10.0:  # without copies, where an engine is always busy
            busy = knee.loop(capacity, window / 1e3, delay_s).base_utilization[0]
            assert busy == pytest.approx(1.0)
        else:
            stable = knee.loop([0.999 * capacity, 1.001 * capacity], window / 1e3, delay_s).stable
            assert stable.tolist() == [True, False]


def test_littles_law_is_told_with_the_mean(knee):
    picture = at(knee, KNEE).pictures["LatencyThroughputFrontier"]
    means_s = [knee._run(480.0, 0.0, math.inf, seed).mean() for seed in range(6)]
    assert picture.mean_response_s == pytest.approx(sum(means_s) / 6, rel=0.02)
    assert picture.mean_response_s > 1.2 * picture.p50_s


def test_the_simulation_agrees_with_the_curve_below_one_half(knee):
    picture = knee.simulate(KNEE.winning, 1)["LatencyThroughputFrontier"]
    compared = 0
    for rate, low, high in zip(
        picture.dots.arrival_rate, picture.dots.low_s, picture.dots.high_s, strict=True
    ):
        settings = {**KNEE.winning, "cameras": 1, "frame_rate": rate}
        metrics = knee.evaluate(settings).metrics
        if metrics["copied_utilization"] < 1.0:
            assert 0.9 * low <= metrics["loop_p999_s"] <= 1.1 * high
            compared += 1
    assert compared == 2


def test_beyond_one_half_the_simulation_falls_into_the_state_that_the_curve_does_not_know(knee):
    without = {**KNEE.winning, "batch_window": 0.0, "hedge_after": 6.0}
    picture = knee.simulate(without, 1)["LatencyThroughputFrontier"]
    settings = {**without, "cameras": 1, "frame_rate": picture.dots.arrival_rate[-1]}
    metrics = knee.evaluate(settings).metrics
    assert metrics["copied_utilization"] > 1.0
    assert picture.dots.low_s[-1] > 10 * metrics["loop_p999_s"]


def test_littles_law_takes_the_mean_that_the_simulation_finds(knee):
    picture = knee.evaluate(KNEE.start()).pictures["LatencyThroughputFrontier"]
    found = knee._run(picture.arrival_rate, 0.0, math.inf, 3).mean()
    assert picture.mean_response_s == pytest.approx(found, rel=0.02)


def test_frames_of_a_batch_are_in_the_house_from_their_own_arrival_on(knee):
    """A loop counts from its batch's first frame; the others come evenly spaced."""
    won = KNEE.winning
    window_s, after_s = won["batch_window"] / 1e3, won["hedge_after"] / 1e3
    picture = knee.evaluate(won).pictures["LatencyThroughputFrontier"]
    loops = knee._run(picture.arrival_rate, window_s, after_s, 3).mean()
    frames = float(frames_together(picture.arrival_rate, window_s))
    later_s = (frames - 1.0) / (2.0 * picture.arrival_rate)
    assert picture.mean_response_s == pytest.approx(loops - later_s, rel=0.02)


# Part 3


@pytest.fixture(scope="module")
def memory():
    return scenario(MEMORY)


def won(made, part, **changed):
    return made.evaluate({**part.winning, **changed})


def test_pages_take_less_room_and_keep_no_more_cameras_on_time(memory):
    maps = MEMORY.winning["maps"]
    slots, slots_on_time = memory.served(maps, "slots", 0.003)
    pages, pages_on_time = memory.served(maps, "pages", 0.003)
    assert pages > 2 * slots
    assert pages_on_time == slots_on_time < slots
    assert memory.truth().value == 1.0


def test_the_film_holds_what_the_maps_take(memory):
    for allocator in ("slots", "pages"):
        outcome = won(memory, MEMORY, allocator=allocator)
        film = outcome.pictures["FeatureMemory"]
        taken = 1.0 - film.shares()[-1][0]
        assert taken == pytest.approx(outcome.metrics["room_share"])
        cells = 1.0 - film.counts(film.frames - 1)[0] / film.cells
        assert cells == pytest.approx(taken, abs=0.02)


def test_thinning_reaches_further_than_the_newest_and_is_younger_than_keyframes(memory):
    newest, keyframes, thinning = (
        won(memory, MEMORY, policy=policy).metrics for policy in ("newest", "keyframes", "thinning")
    )
    assert newest["reach_s"] < keyframes["reach_s"] < thinning["reach_s"]
    assert thinning["newest_s"] == newest["newest_s"] < keyframes["newest_s"]
    assert newest["loop_p999_s"] == thinning["loop_p999_s"]


def test_cost_per_camera_is_halved(memory):
    start, now = at(memory, MEMORY).metrics, memory.evaluate(MEMORY.winning).metrics
    assert now["cost_per_camera"] == pytest.approx(start["cost_per_camera"] / 2)


def test_early_copies_read_the_past_until_the_memory_is_saturated(memory):
    outcome = won(memory, MEMORY, hedge_after=2.0)
    assert outcome.metrics["dram_load"] > 1.0
    assert math.isinf(outcome.metrics["loop_p999_s"])
    assert not won(memory, MEMORY, hedge_after=10.0).passes(MEMORY)


# Part 2


@pytest.fixture(scope="module")
def sharding():
    return scenario(SHARDING)


def test_neither_way_of_sharding_makes_a_lone_frame_faster(sharding):
    gpu, tensor, stages = (
        sharding.shard(split, 4, sharding.stack(1, 1), sharding.chip(50.0), 1).result
        for split in ("whole", "tensor", "stages")
    )
    assert gpu.stage_s.sum() < stages.stage_s.sum() < tensor.handoff_s
    assert stages.throughput_per_s > gpu.throughput_per_s > tensor.throughput_per_s
    assert sharding.truth().value == pytest.approx(4.6, abs=0.1)


def test_with_cheap_hand_offs_and_fused_layers_the_tensor_split_wins_a_frame(sharding):
    whole = at(sharding, SHARDING)
    split = at(sharding, SHARDING, split="tensor", sync=5, fused_layers=10)
    assert split.metrics["interval_s"] < whole.metrics["interval_s"]
    assert split.metrics["busiest"] > 1.0


def test_fusing_layers_has_a_best_number(sharding):
    intervals = [
        won(sharding, SHARDING, fused_layers=fused).metrics["interval_s"] for fused in range(1, 8)
    ]
    assert 0 < intervals.index(min(intervals)) < 6


def test_a_batch_frees_the_memory_and_eats_the_deadline(sharding):
    one, two = won(sharding, SHARDING), won(sharding, SHARDING, batch=2)
    assert two.metrics["dram_share"] < 0.7 * one.metrics["dram_share"]
    assert two.metrics["frame_s"] > 2 * one.metrics["frame_s"]
    assert two.metrics["busiest"] == pytest.approx(one.metrics["busiest"])


@pytest.mark.parametrize("split", ["tensor", "stages"])
@pytest.mark.parametrize("batch", [1, 2])
def test_the_components_add_up(sharding, split, batch):
    outcome = won(sharding, SHARDING, split=split, batch=batch, sync=5, fused_layers=2)
    waterfall = outcome.pictures["LatencyWaterfall"]
    assert waterfall.tpot.total_s == pytest.approx(outcome.metrics["interval_s"])
    assert waterfall.ttft.total_s == pytest.approx(outcome.metrics["frame_s"])


def test_every_cut_places_all_sub_models(sharding):
    for first in range(11):
        outcome = won(sharding, SHARDING, gpu_models=first)
        assert outcome.metrics["busiest"] > 0
        placed = [int(n) for n in re.findall(r"\d+", say(outcome.meanings["gpu_models"]))]
        gpu, operations, *accelerators = placed
        assert gpu == first
        assert gpu + sum(accelerators) == 10
        done = sum(SHARDING.fixed["operations"][:first]) / sum(SHARDING.fixed["operations"])
        assert operations == round(100 * done)


def test_part_2_s_words_follow_the_models(sharding):
    start = at(sharding, SHARDING).metrics
    assert f"at {100 * start['busiest']:.0f}%" in SHARDING.words["Message"]
