"""Tiny Pioneer: what its three parts must show, and the laws they teach."""

import itertools

import numpy as np
import pytest

from labpy.missions import load_part, load_track
from labpy.models.power import NEURALAIDS_W, VOICE_ACTIVITY_W, radio, shared_air
from labpy.scenarios import scenario
from labpy.scenarios.tiny_memory import pool
from labpy.words import say

PARTS = load_track("tiny").parts
ONE = load_part("tiny", 1)


@pytest.fixture(scope="module")
def seesaw():
    return scenario(ONE)


def metrics(it, mission, **changes):
    return it.evaluate({**mission.winning, **changes}).metrics


def test_the_start_is_an_echo_of_which_the_window_is_nearly_all(seesaw):
    start = seesaw.evaluate(ONE.start())
    assert "echo" in {failure.key for failure in start.failures(ONE)}
    window_s = 1e-3 * ONE.start()["batch_window"]
    assert window_s / start.metrics["delay_p99_s"] > 0.8


def test_a_wider_window_always_saves_power_and_never_time(seesaw):
    found = [metrics(seesaw, ONE, batch_window=w) for w in (0.0, 1.0, 2.0, 4.0, 8.0, 12.0)]
    power = [each["gateway_power_w"] for each in found]
    delay = [each["delay_p99_s"] for each in found]
    assert power == sorted(power, reverse=True)
    assert delay == sorted(delay)


def test_the_sweet_spot_is_narrow_and_neither_end_is_in_it(seesaw):
    knob = ONE.knob("batch_window")
    windows = [
        knob.low + i * knob.step for i in range(round((knob.high - knob.low) / knob.step) + 1)
    ]
    passing = [
        w for w in windows if seesaw.evaluate({**ONE.winning, "batch_window": w}).passes(ONE)
    ]
    assert 1 <= len(passing) <= 5
    assert knob.low < min(passing)
    assert max(passing) < 5


def test_features_take_less_of_the_ear_than_audio_and_the_codec_is_late(seesaw):
    ear = {p: metrics(seesaw, ONE, payload=p) for p in ("audio", "lc3", "features")}
    limit = seesaw.limit("ear_power_w")
    assert ear["features"]["ear_power_w"] < limit < ear["audio"]["ear_power_w"]
    assert seesaw.outside_s("lc3") > seesaw.limit("delay_p99_s")


def test_with_a_window_the_delay_falls_with_load_and_without_it_rises(seesaw):
    ears = (8, 16, 40, 80, 160)
    windowed = [metrics(seesaw, ONE, hearables=n, batch_window=50.0)["delay_p99_s"] for n in ears]
    immediate = [metrics(seesaw, ONE, hearables=n, batch_window=0.0)["delay_p99_s"] for n in ears]
    assert windowed == sorted(windowed, reverse=True)
    assert immediate == sorted(immediate)


def test_the_lock_s_truth_is_what_the_workbench_shows(seesaw):
    start = ONE.start()
    share = 0.9 * seesaw.capacity / seesaw.rate(1, start["payload"])
    high = seesaw.evaluate({**start, "hearables": round(share)}).metrics["delay_p99_s"]
    low = seesaw.evaluate(start).metrics["delay_p99_s"]
    assert seesaw.truth().value == pytest.approx(high / low, rel=0.02)


@pytest.mark.parametrize("ears", [8, 40, 160, 320, 328, 400])  # from 328 on beyond the capacity
def test_the_curve_along_the_window_goes_through_the_operating_point(seesaw, ears):
    for window in (0.0, 3.0, 10.0, 50.0):
        changed = {"hearables": ears, "batch_window": window}
        picture = seesaw.evaluate({**ONE.winning, **changed}).pictures["PowerDelaySeesaw"]
        at = picture.batch.tolist().index(window)
        assert picture.delay_s[at] == pytest.approx(picture.delay_now_s, rel=1e-12)
        assert picture.power_w[at] == pytest.approx(picture.power_now_w, rel=1e-12)


def test_the_curve_along_the_rate_goes_through_the_operating_point(seesaw):
    picture = seesaw.evaluate(ONE.winning).pictures["LatencyThroughputFrontier"]
    for curve, window in zip(picture.curves, (ONE.winning["batch_window"], 0.0), strict=True):
        for rate, p99_s in zip(curve.arrival_rate[::3], curve.quantile_s[::3], strict=True):
            settings = {**ONE.winning, "batch_window": window}
            outside_s = seesaw.outside_s(settings["payload"])
            point = outside_s + float(seesaw._here(rate, 1e-3 * window).p99_s[0])
            assert p99_s == pytest.approx(point, rel=1e-9)


def test_the_simulated_gateway_agrees_with_the_queue(seesaw):
    dots = seesaw.simulate(ONE.winning, 1)["LatencyThroughputFrontier"].dots
    share = seesaw.rate(1, "features")
    for rate, simulated in zip(dots.arrival_rate, dots.middle_s, strict=True):
        ears = rate / share
        window_s, outside_s = 1e-3 * ONE.winning["batch_window"], seesaw.outside_s("features")
        modelled = outside_s + float(seesaw._here(ears * share, window_s).p99_s[0])
        assert simulated == pytest.approx(modelled, rel=0.1)


def test_each_isolating_ear_takes_its_share_of_a_radio(seesaw):
    for payload in ("features", "audio"):
        found = metrics(seesaw, ONE, payload=payload)
        sizes = ONE.fixed["payloads"][payload]
        one = radio(
            ONE.fixed["radio_interval_s"],
            sizes["up_bytes"] / sizes["window_s"],
            sizes["down_bytes"] / sizes["window_s"],
        )
        ear = one.air_time_s / ONE.fixed["radio_interval_s"]
        isolating = ONE.fixed["active_fraction"] * ONE.winning["hearables"]
        assert found["radios"] == pytest.approx(isolating * ear)


def test_the_air_is_full_when_its_channels_are(seesaw):
    (air,) = (failure for failure in ONE.failures if failure.key == "air")
    assert air.threshold == ONE.fixed["gateway_radios"]


def test_in_overload_nobody_is_served_and_no_shorter_window_is_advised(seesaw):
    for window in (0.0, 50.0):
        outcome = seesaw.evaluate({**ONE.winning, "hearables": 400, "batch_window": window})
        assert outcome.metrics["served_ears"] == 0
        assert [failure.key for failure in outcome.failures(ONE)] == ["overload"]


def test_the_sweet_spot_is_told_only_to_who_has_found_it(seesaw):
    (drawn,) = (i for i in seesaw.instruments() if i.name == "PowerDelaySeesaw")
    for settings, told in ((ONE.start(), False), (ONE.winning, True)):
        picture = seesaw.evaluate(settings).pictures["PowerDelaySeesaw"]
        assert ("sweet spot" in say(drawn.sentence(picture))) is told


def test_the_first_milliseconds_of_a_window_save_most_and_the_later_ones_buy_delay(seesaw):
    found = [metrics(seesaw, ONE, batch_window=w) for w in (0.0, 1.0, 2.0, 3.0, 4.0, 50.0)]
    saved = -np.diff([each["gateway_power_w"] for each in found])
    delays = np.diff([each["delay_p99_s"] for each in found])
    assert np.all(saved > 0)
    assert np.all(np.diff(saved[:4]) < 0)
    assert np.all(delays > 0)


def test_part_1_s_reveal_says_what_a_batch_costs_and_what_the_codec_sends_and_waits_for(seesaw):
    reveal, sizes = ONE.words["Reveal"], ONE.fixed["payloads"]
    batch_mj, more_uj = 1e3 * seesaw.gateway.batch_j, 1e6 * seesaw.gateway.inference_j
    assert f"costs {batch_mj:.0f} mJ, and each request in it {more_uj:.0f} µJ more" in reveal
    audio, codec = (sizes[each]["up_bytes"] / sizes[each]["window_s"] for each in ("audio", "lc3"))
    assert "an eighth of the bytes" in reveal
    assert codec / audio == pytest.approx(1 / 8)
    ahead = 1e3 * (sizes["lc3"]["capture_s"] - sizes["lc3"]["window_s"])
    assert f"looks another {ahead:.0f} ms ahead" in reveal


TWO = load_part("tiny", 2)


@pytest.fixture(scope="module")
def sharding():
    return scenario(TWO)


def test_every_sum_over_the_air_waits_for_an_interval(sharding):
    parts = {}
    for interval in (1.0, 2.0):
        settings = {**TWO.winning, "cut": 2, "tensor_parallel_size": 2, "radio_interval": interval}
        parts[interval] = sharding.evaluate(settings).pictures["BudgetBars"].parts[2]
    sums = TWO.fixed["exchanges_per_block"]
    assert parts[2.0] - parts[1.0] == pytest.approx(sums * 1e-3)


def test_no_setting_with_a_block_shared_by_two_ears_passes(sharding):
    for cut, interval, continuous in itertools.product(
        range(2, 8), TWO.knob("radio_interval").choices, (False, True)
    ):
        settings = {
            "cut": cut, "tensor_parallel_size": 2, "radio_interval": interval,
            "continuous_batching": continuous,
        }  # fmt: skip
        assert not sharding.evaluate(settings).passes(TWO)


def test_sharing_a_block_halves_its_time_and_never_saves_the_ear_power(sharding):
    alone = sharding.evaluate({**TWO.winning, "cut": 2})
    both = sharding.evaluate({**TWO.winning, "cut": 2, "tensor_parallel_size": 2})
    computing = [each.pictures["BudgetBars"].parts[1] for each in (alone, both)]
    assert computing[1] == pytest.approx(computing[0] / 2)
    assert both.metrics["ear_power_w"] > alone.metrics["ear_power_w"]


def test_all_on_the_ear_is_the_fastest_and_takes_many_times_the_limit(sharding):
    cuts = [metrics(sharding, TWO, cut=cut) for cut in range(8)]
    assert min(cuts, key=lambda each: each["delay_p99_s"]) == cuts[-1]
    assert cuts[-1]["ear_power_w"] > 10 * sharding.limit("ear_power_w")


def test_the_best_cut_for_the_ear_lies_inside_the_network(sharding):
    powers = [metrics(sharding, TWO, cut=cut)["ear_power_w"] for cut in range(8)]
    assert int(np.argmin(powers)) == 1


def test_the_stages_are_the_whole_network(sharding):
    assert sharding.on_ear(len(sharding.stages)) == pytest.approx(1.0)


def test_a_full_radio_has_no_delay_to_show(sharding):
    found = metrics(sharding, TWO, cut=7, tensor_parallel_size=2)
    assert found["air_share"] > 1
    assert found["delay_p99_s"] == float("inf")


def test_a_full_radio_is_told_without_the_advice_to_wake_it_more_often(sharding):
    outcome = sharding.evaluate({**TWO.winning, "cut": 7, "tensor_parallel_size": 2})
    assert [failure.key for failure in outcome.failures(TWO)] == ["air", "hot"]


def test_the_truth_about_tensor_parallelism_is_of_one_request_alone(sharding):
    whole = sharding.evaluate({**TWO.start(), "cut": 1}).metrics["delay_p99_s"]
    assert sharding.truth().value > 2
    assert f"{1e3 * whole:.1f} ms" in say(sharding.truth().sentence)


def test_an_ear_spends_least_where_little_crosses_and_little_was_computed(sharding):
    powers = [metrics(sharding, TWO, cut=cut)["ear_power_w"] for cut in (0, 1, 2, 3, 4, 7)]
    assert min(powers) == powers[TWO.winning["cut"]]
    assert sorted(powers[1:]) == powers[1:]


def test_a_start_of_the_accelerator_for_each_request_empties_the_battery(sharding):
    outcome = sharding.evaluate({**TWO.winning, "continuous_batching": True})
    assert [failure.key for failure in outcome.failures(TWO)] == ["battery"]
    window = sharding.evaluate(TWO.winning).metrics
    requests = sharding.part.fixed["ears"] * sharding.active / sharding.window_s
    box = sharding.gateway
    batches = [
        box.batch_j / ((each["gateway_power_w"] - box.idle_w) / requests - box.inference_j)
        for each in (outcome.metrics, window)
    ]
    assert 1.0 <= batches[0] < batches[1]
    assert window["delay_p99_s"] > outcome.metrics["delay_p99_s"]


THREE = load_part("tiny", 3)


def test_the_power_of_a_network_on_the_ear_and_of_a_detector_are_the_published_ones():
    published = f"{1e3 * NEURALAIDS_W:.1f} mW"
    for told in (TWO.words["Reveal"], THREE.words["Reveal"]):
        assert published in told
    assert f"a detector of {1e3 * VOICE_ACTIVITY_W:.2f} mW" in THREE.words["Dials"]


def test_from_16_bits_to_8_the_ears_double(memory):
    assert "From 16 bits to 8 the ears double" in THREE.words["Reveal"]
    by_bits = {bits: metrics(memory, THREE, state_bits=bits)["ears"] for bits in (16, 8)}
    assert by_bits[8] == pytest.approx(2 * by_bits[16], abs=1)


@pytest.fixture(scope="module")
def memory():
    return scenario(THREE)


def test_at_the_start_more_than_half_of_the_sram_in_use_holds_nothing(memory):
    start = memory.evaluate(THREE.start())
    weights, scratch, used, empty = start.pictures["BudgetBars"].parts
    assert empty > 0.5 * (weights + scratch + used + empty)


def test_the_goal_is_half_of_the_start_s_power_per_ear(memory):
    start = memory.evaluate(THREE.start()).metrics["power_per_ear_w"]
    assert memory.limit("power_per_ear_w") == pytest.approx(start / 2, rel=0.01)


def test_the_truth_is_the_difference_that_the_workbench_shows(memory):
    start = THREE.start()
    ears = {b: memory.evaluate({**start, "buffers": b}).metrics["ears"] for b in ("slots", "ring")}
    assert memory.truth().value == ears["ring"] - ears["slots"] > 0


def test_a_ring_s_share_of_the_slots_is_two_over_the_layers(memory):
    """The buffers are 1 + 2 + ... + 2^(n-1), and the slots n times the last."""
    for layers in (4, 7, 10):
        network = memory._network(layers, 64, 8)
        share = network.memory.state_bytes / network.slot_bytes
        assert share == pytest.approx((2 - 2 ** (1 - layers)) / layers)


def test_the_parts_never_exceed_the_sram_where_an_ear_fits(memory):
    for layers, buffers in itertools.product(range(4, 11), ("slots", "ring", "evict")):
        outcome = memory.evaluate({**THREE.winning, "layers": layers, "buffers": buffers})
        budget = outcome.pictures["BudgetBars"]
        assert (budget.total <= budget.limit) == (outcome.metrics["ears"] >= 1)


def test_a_pool_is_blocked_as_often_as_promised_and_one_more_ear_too_often():
    places, active, allowed = 12, 0.3, 0.01
    rng = np.random.default_rng(3)
    ears = pool(places, active, allowed)

    def blocked(n: int) -> float:
        return float((rng.binomial(n, active, 400_000) > places).mean())

    assert blocked(ears) < allowed < blocked(ears + 1)


def test_a_pool_of_ears_that_never_sleep_has_a_place_for_each():
    assert pool(12, 1.0, 0.01) == 12
    assert pool(0, 0.3, 0.01) == 0


def test_a_layer_doubles_the_past_and_halves_the_ears(memory):
    seven, eight = (metrics(memory, THREE, layers=n) for n in (7, 8))
    assert eight["past_s"] == pytest.approx(2 * seven["past_s"], rel=0.01)
    assert eight["ears"] < 0.55 * seven["ears"]


def test_a_module_has_more_than_one_radio_and_each_takes_half_a_milliwatt():
    fixed = THREE.fixed
    up, down = (fixed[key] / fixed["window_s"] for key in ("up_bytes", "down_bytes"))
    air = shared_air(25, 0.3, fixed["radio_interval_s"], up, down)
    assert air.radios > 1.0  # one radio does not serve a module
    listened = radio(fixed["radio_interval_s"], down, up).power_w  # it hears what the ears send
    assert 0.3 * listened == pytest.approx(0.5e-3, abs=0.05e-3)


def test_the_tempting_setting_turns_every_light_green_and_still_fails(memory):
    outcome = memory.evaluate(THREE.tempting)
    assert all(outcome.lights(THREE).values())
    assert [failure.key for failure in outcome.failures(THREE)] == ["hiss"]


def test_a_longer_window_saves_power_and_is_heard(memory):
    short, long = (metrics(memory, THREE, batch_window=w) for w in (3.0, 10.0))
    assert long["power_per_ear_w"] < short["power_per_ear_w"]
    assert long["delay_p99_s"] > memory.limit("delay_p99_s") > short["delay_p99_s"]


def test_each_layer_doubles_the_past_and_takes_ears(memory):
    found = [metrics(memory, THREE, layers=n) for n in (6, 7, 8, 9)]
    past, ears = ([each[key] for each in found] for key in ("past_s", "ears"))
    assert np.divide(past[1:], past[:-1]) == pytest.approx([2] * 3, rel=0.03)
    assert sorted(ears, reverse=True) == ears


@pytest.mark.parametrize("mission", [ONE, TWO, THREE])
def test_the_briefing_s_figures_are_those_of_the_start(mission):
    start = scenario(mission).evaluate(mission.start()).metrics
    said = {1: f"{1e3 * start['delay_p99_s']:.0f} ms", 2: f"{1e3 * start['delay_p99_s']:.0f} ms"}
    if mission.number == 3:
        said[3] = f"full with {start['ears']:.0f} ears"
        assert f"{1e3 * start['power_per_ear_w']:.0f} mW" in mission.words["Briefing"]
    assert said[mission.number] in mission.words["Briefing"]
