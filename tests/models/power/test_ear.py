"""One ear: what it sends, its radio, its power budget and its delay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models import registry
from labpy.models.power import air_rate, ear_delay, ear_power, ear_split_s, radio, radio_power

RADIOS = registry.keys("radios")
SHORT = "bluetooth-le-short"
intervals = st.integers(3, 200).map(lambda n: n * 125e-6)


@pytest.mark.parametrize("key", RADIOS)
def test_every_number_of_a_radio_has_a_source(key):
    numbers = {name for name, value in vars(radio(key)).items() if isinstance(value, int | float)}
    assert numbers <= set(radio(key).sources)


@pytest.mark.parametrize(
    ("key", "allowed", "forbidden"),
    [
        ("bluetooth-le", [7.5e-3, 8.75e-3, 4.0], [5e-3, 8e-3, 4.1]),
        ("le-audio", [7.5e-3, 10e-3], [8.75e-3, 12.5e-3]),
        (SHORT, [375e-6, 500e-6, 7.5e-3], [250e-6, 400e-6]),
    ],
)
def test_a_radio_keeps_to_the_intervals_of_its_standard(key, allowed, forbidden):
    assert (radio_power(key, allowed, 100).power_w > 0).all()
    for interval in forbidden:
        with pytest.raises(ValueError, match=r"interval_s must be .* ms in steps of"):
            radio_power(key, interval, 100)


def test_features_are_a_fraction_of_raw_sound():
    raw, features = air_rate("raw", 0.010), air_rate("features", 0.010)
    assert raw.bytes_per_s == 32_000
    assert raw.bytes_per_s > 10 * features.bytes_per_s
    assert air_rate("lc3", 0.010).bytes_per_hop == 40


@given(st.floats(1e-4, 1), st.sampled_from(["raw", "features", "mask"]))
def test_bytes_of_a_hop_are_its_share_of_a_second(hop, kind):
    rate = air_rate(kind, hop)
    assert rate.bytes_per_hop == pytest.approx(rate.bytes_per_s * hop)


def test_coded_sound_comes_in_frames_of_its_own():
    with pytest.raises(ValueError, match="hop_s"):
        air_rate("lc3", 0.0025)
    with pytest.raises(ValueError, match="kind"):
        air_rate("mp3", 0.0075)


def test_an_event_costs_what_its_packets_do():
    power = radio_power("bluetooth-le", 0.010, 2500, 0)
    airtime = (25 + 15 + 15) / 250e3 + 150e-6
    joules = 1e-6 + 40 / 250e3 * 14.4e-3 + (15 / 250e3 + 150e-6) * 10.8e-3
    assert power.airtime_s == pytest.approx(airtime)
    assert power.power_w == pytest.approx(joules * 100 + 6e-6 * (1 - airtime / 0.010))


@given(intervals, intervals, st.floats(0, 5000), st.floats(0, 5000))
def test_rarer_wakeups_never_cost_more(one, other, sent, received):
    short, long = sorted((one, other))
    power = radio_power(SHORT, [short, long], sent, received)
    assert power.wake_w[1] <= power.wake_w[0] + 1e-15
    assert power.byte_w[0] == pytest.approx(power.byte_w[1])
    assert not np.isnan(power.energy_per_byte_j).any()


def test_more_than_the_air_carries_is_overload():
    power = radio_power("bluetooth-le", 0.010, [1e3, 300e3])
    assert power.stable.tolist() == [True, False]
    assert np.isinf(power.power_w[1])
    assert np.isinf(ear_power(power.power_w[1]).total_w)
    assert ear_power(power.power_w[1], duty=0).radio_w == 0


def test_waking_up_outweighs_features():
    rate = float(air_rate("features", 2.5e-3).bytes_per_s)
    power = radio_power(SHORT, 2.5e-3, rate, rate)
    assert power.wake_w > power.byte_w


@given(st.floats(0, 1), st.floats(0, 0.1), st.floats(0, 0.1))
def test_duty_scales_what_is_not_always_on(duty, air, network):
    power = ear_power(air, duty, network)
    always = power.microphone_w + power.features_w + power.sleep_w
    assert power.total_w == pytest.approx(always + duty * (air + network))
    assert power.total_w <= power.active_w * (1 + 1e-12)
    assert power.battery_s == pytest.approx(800 / power.total_w)


def test_a_published_neural_hearable_is_far_from_a_milliwatt():
    assert ear_power(0.0, network_w=71.6e-3).total_w > 70e-3
    assert ear_power(0.0).total_w < 1e-3


@given(intervals, st.floats(0, 0.1), st.floats(0, 1e-4))
def test_the_way_over_the_gateway_takes_whole_intervals(interval, inside, airtime):
    delay = ear_delay(interval, inside, airtime_s=airtime)
    steps = (delay.gateway_s + delay.downlink_wait_s + airtime) / interval
    assert steps == pytest.approx(round(float(steps)), abs=1e-6)
    assert delay.downlink_wait_s >= -1e-12
    assert delay.total_s - delay.mean_s == pytest.approx(interval / 2)


@given(intervals, st.floats(0, 0.1), st.floats(0, 0.1))
def test_a_slower_gateway_never_answers_sooner(interval, one, other):
    delay = ear_delay(interval, sorted((one, other)))
    assert delay.total_s[0] <= delay.total_s[1] + 1e-12


def test_the_classic_interval_has_no_mask_back_within_ten_milliseconds():
    assert ear_delay(7.5e-3, 0.0, "bluetooth-le", synchronised=True).total_s > 0.010


def test_overload_of_the_gateway_never_answers():
    delay = ear_delay(2.5e-3, np.inf)
    assert np.isinf(delay.total_s)
    assert not np.isnan(delay.downlink_wait_s)


def test_a_tensor_split_over_two_ears_is_ruled_out_by_the_interval():
    assert ear_split_s(1, 7.5e-3) > 0.010
    assert ear_split_s([1, 4], 7.5e-3) == pytest.approx([0.015, 0.060])


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("radio", lambda: radio("zigbee")),
        ("sent_bytes_per_s", lambda: radio_power("bluetooth-le", 0.0075, -1)),
        ("duty", lambda: ear_power(1e-3, 1.5)),
        ("radio_w", lambda: ear_power(float("nan"))),
        ("gateway_s", lambda: ear_delay(2.5e-3, float("nan"))),
        ("lookahead_s", lambda: ear_delay(2.5e-3, 0.001, lookahead_s=-1)),
        ("layers", lambda: ear_split_s(0, 7.5e-3)),
        ("bands", lambda: air_rate("mask", 0.01, bands=0)),
    ],
)
def test_a_bad_argument_is_named(name, call):
    with pytest.raises(ValueError, match=name):
        call()
