import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.power import (
    LE_2M,
    NEURALAIDS_W,
    Ear,
    Gateway,
    Radio,
    ear_to_ear,
    gateway,
    on_ear_power,
    radio,
    shared_air,
)

INTERVALS_S = np.array([0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 5, 7.5, 10])[:, None] * 1e-3
WINDOWS_S = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 5, 8, 50]) * 1e-3


def test_energy_of_a_byte_is_power_over_rate():
    assert LE_2M.transmit_j_per_byte == pytest.approx(3.4e-3 * 3 * 8 / 2e6)
    assert LE_2M.receive_j_per_byte == pytest.approx(2.7e-3 * 3 * 8 / 2e6)
    assert radio(1.0, 1000.0, 0.0).power_w == pytest.approx(
        1000 * LE_2M.transmit_j_per_byte + LE_2M.wake_j
    )


def test_sound_over_the_air_costs_more_than_features():
    sound, features = (ear_to_ear(4e-3, 2e-3, 2e-3, feature_bytes=b) for b in (128, 24))
    assert sound.ear_power_w > 1.5 * features.ear_power_w - Ear().active_w
    assert sound.latency_s > features.latency_s


def test_a_radio_too_slow_for_its_payload_does_not_fit():
    point = radio([1e-3, 10e-3], 300e3, 0.0)
    assert not point.fits.any()
    assert ear_to_ear(1e-3, 5e-3, 1e-3, feature_bytes=300).latency_s == math.inf


@given(st.floats(100, 3000), st.floats(0, 0.1), st.floats(1.01, 10))
def test_a_longer_window_never_costs_more_energy(rate, window_s, factor):
    short, long = gateway(rate, window_s), gateway(rate, window_s * factor + 1e-4)
    if short.stable:
        assert long.stable
        assert long.power_w <= short.power_w * (1 + 1e-9)
        assert long.energy_per_inference_j <= short.energy_per_inference_j * (1 + 1e-9)
        assert long.latency_s > short.latency_s


def test_the_mean_batch_is_that_of_a_simulated_gateway():
    rng = np.random.default_rng(2)
    arrivals = np.cumsum(rng.exponential(1 / 2000.0, 40_000))
    batches, first = 0, -1.0
    for at in arrivals.tolist():
        if first < 0 or at > first + 3e-3:
            first, batches = at, batches + 1
    point = gateway(2000.0, 3e-3)
    assert point.batch == pytest.approx(arrivals.size / batches, rel=0.02)
    spec = Gateway()
    energy = batches * spec.batch_j + arrivals.size * spec.inference_j
    assert point.power_w == pytest.approx(spec.idle_w + energy / arrivals[-1], rel=0.03)


def test_a_gateway_asked_for_too_much_is_unstable():
    point = gateway([1000.0, 100_000.0], 1e-3)
    assert point.stable.tolist() == [True, False]
    assert point.latency_s[1] == math.inf
    assert np.isfinite(point.power_w).all()


def test_the_seesaw_has_a_narrow_sweet_spot():
    grid = ear_to_ear(2e-3, INTERVALS_S, WINDOWS_S, active_fraction=0.3)
    in_time = grid.latency_s < 10e-3
    ear, box = grid.ear_power_w < 1e-3, grid.gateway_power_w < 0.6
    good = in_time & ear & box
    assert 0.02 < good.mean() < 0.1
    # Each limit alone leaves much more room, and each pulls another way.
    assert min(in_time.mean(), ear.mean(), box.mean()) > 0.3
    assert not ear[0].any()  # the radio that wakes most often
    assert not in_time[:, -1].any()  # fifty milliseconds of batching: the echo
    assert box[:, -1].all()
    assert not box[:, 0].any()  # no batching at all


def test_without_duty_cycling_no_setting_is_within_a_milliwatt():
    assert ear_to_ear(2e-3, INTERVALS_S, WINDOWS_S, active_fraction=1.0).ear_power_w.min() > 1e-3


def test_bluetooths_audio_interval_alone_breaks_ten_milliseconds():
    assert ear_to_ear(2e-3, 7.5e-3, 0.0).latency_s > 10e-3


def test_a_published_network_on_the_ear_is_seventy_times_the_budget():
    assert on_ear_power(1.0, ear_spec=Ear(0, 0, 0)) == NEURALAIDS_W == 71.6e-3
    assert on_ear_power(1.0) > 70e-3
    assert on_ear_power(0.0) < 1e-3


def test_forty_ears_take_more_than_two_gateway_radios():
    """One radio's interval holds four ears, so the quarter of forty that isolates needs 2.4."""
    air = shared_air(40, 0.25, 1.5e-3, 24 / 2e-3, 12 / 2e-3)
    assert air.ear_share == pytest.approx(0.25 / 1.5 + 18e3 / 250e3)
    assert air.radios == pytest.approx(10 * air.ear_share) == pytest.approx(2.4, abs=0.02)


@given(st.floats(5e-4, 1e-2), st.integers(1, 200), st.floats(0.01, 1.0))
def test_more_ears_and_shorter_intervals_take_more_air(interval_s, ears, active):
    few = shared_air(ears, active, interval_s, 12e3, 6e3).radios
    assert shared_air(ears + 1, active, interval_s, 12e3, 6e3).radios > few
    assert shared_air(ears, active, 0.9 * interval_s, 12e3, 6e3).radios > few


def test_parts_of_the_latency_add_up():
    point = ear_to_ear(2e-3, INTERVALS_S, WINDOWS_S[1:], ears=5)
    parts = point.capture_s + point.radio_s + point.batch_s + point.compute_s
    assert point.latency_s[point.stable] == pytest.approx(parts[point.stable])
    assert np.isinf(point.latency_s[~point.stable]).all()
    assert point.latency_s.shape == (11, 9)


@given(
    st.floats(1e-4, 1.0),
    st.floats(1e-4, 1.0),
    st.floats(0, 1.0),
    st.integers(1, 1000),
    st.floats(0, 1),
)
def test_finite_inputs_never_give_nan(capture_s, interval_s, window_s, ears, active):
    point = ear_to_ear(capture_s, interval_s, window_s, ears, active)
    for name in ("latency_s", "ear_power_w", "gateway_power_w", "energy_per_inference_j"):
        assert not math.isnan(getattr(point, name))
    assert point.latency_s > 0


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: radio(0.0, 1, 1), "interval_s"),
        (lambda: radio(1.0, -1, 1), "up_bytes_per_s"),
        (lambda: gateway(0.0, 1), "inferences_per_s"),
        (lambda: gateway(1.0, -1), "batch_window_s"),
        (lambda: ear_to_ear(0, 1, 1), "capture_s"),
        (lambda: ear_to_ear(1, 1, 1, ears=1.5), "ears"),
        (lambda: ear_to_ear(1, 1, 1, active_fraction=2), "active_fraction"),
        (lambda: ear_to_ear(1, 1, 1, mask_bytes=math.nan), "mask_bytes"),
        (lambda: on_ear_power(0.5, -1), "inference_w"),
        (lambda: Radio(bytes_per_s=0), "bytes_per_s"),
        (lambda: Gateway(idle_w=-1), "idle_w"),
        (lambda: Ear(active_w=math.inf), "active_w"),
    ],
)
def test_a_wrong_argument_is_named(call, name):
    with pytest.raises(ValueError, match=name):
        call()
