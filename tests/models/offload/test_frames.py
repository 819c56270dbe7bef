from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpy.models import registry
from labpy.models.offload import (
    FRAME_S,
    FramePlan,
    channel_utilization,
    frame_latency,
    simulate_frames,
    wireless_channel,
)
from labpy.models.tail import Deterministic, ShiftedLogNormal, WithStalls

CHANNELS = registry.keys("wireless_channels")
CLEAN, MESH = "wifi6-clean-80mhz", "wifi6-home-mesh"


@pytest.mark.parametrize("key", CHANNELS)
def test_every_number_of_a_channel_has_a_source(key):
    channel = wireless_channel(key)
    numbers = {name for name, value in vars(channel).items() if isinstance(value, int | float)}
    assert numbers <= set(channel.sources)


def test_presets_have_the_published_tails():
    assert wireless_channel(MESH).alpha.quantile_s(0.99) == pytest.approx(0.090, rel=0.02)
    assert 0.008 < wireless_channel(CLEAN).alpha.quantile_s(0.99) < 0.010


def test_on_the_mesh_the_mean_is_fine_and_frames_stutter():
    frame = frame_latency(FramePlan(), MESH)
    assert frame.mean_s < FRAME_S
    assert frame.stutter_probability > 0.1


def test_on_a_clean_channel_one_exchange_stays_under_one_stutter_in_a_hundred():
    assert frame_latency(FramePlan(), CLEAN, 4).stutter_probability < 0.01


def test_overload_is_infinite_and_not_stable():
    frame = frame_latency(FramePlan(), CLEAN, [1, 100])
    assert frame.stable.tolist() == [True, False]
    assert np.isinf([frame.mean_s[1], frame.p99_s[1], frame.mean_wait_s[1]]).all()
    assert frame.stutter_probability[1] == 1.0
    assert np.isinf(frame.quantile_s(0.5)[1])
    timeline = simulate_frames(FramePlan(), CLEAN, 100, 10)
    assert not timeline.stable
    assert timeline.stutter.all()


def test_utilization_is_airtime():
    plan = FramePlan(exchanges=3)
    channel = wireless_channel(MESH)
    each = channel.airtime_s(np.array([40e3, 10e3]) / 3).sum()
    assert frame_latency(plan, MESH, 2).utilization == pytest.approx(2 * 60 * 3 * each)
    assert channel_utilization(MESH, 360, 1e3) == pytest.approx(360 * channel.airtime_s(1e3))


plans = st.builds(
    FramePlan,
    device_s=st.floats(0, 0.005),
    node_s=st.floats(0, 0.005),
    uplink_bytes=st.floats(0, 60e3),
    downlink_bytes=st.floats(0, 20e3),
    exchanges=st.integers(1, 4),
    order=st.sampled_from(["sequential", "parallel"]),
)


@given(plans, st.sampled_from(CHANNELS))
@settings(max_examples=25)
def test_more_glasses_never_stutter_less(plan, channel):
    frame = frame_latency(plan, channel, np.arange(1, 8))
    assert (np.diff(frame.stutter_probability) >= -2e-4).all()
    assert (np.diff(frame.utilization) > 0).all()
    assert not np.isnan(frame.mean_s).any()
    assert not np.isnan(frame.mean_alpha_s).any()


@given(plans, st.sampled_from(CHANNELS))
@settings(max_examples=25)
def test_fewer_larger_messages_never_stutter_more(plan, channel):
    fewer, more = plan, replace(plan, exchanges=plan.exchanges + 1)
    few = frame_latency(fewer, channel, 2).stutter_probability
    assert few <= frame_latency(more, channel, 2).stutter_probability + 2e-4


@given(plans)
@settings(max_examples=25)
def test_parallel_exchanges_are_no_slower_than_sequential_ones(plan):
    one = frame_latency(replace(plan, order="sequential"), CLEAN, 3)
    other = frame_latency(replace(plan, order="parallel"), CLEAN, 3)
    assert other.stutter_probability <= one.stutter_probability + 2e-4


def test_a_constant_alpha_makes_a_constant_frame():
    plan = FramePlan(exchanges=2)
    frame = frame_latency(plan, CLEAN, alpha=Deterministic(0.003))
    total = plan.device_s + plan.node_s + 2 * 0.003 + frame.airtime_s
    assert frame.quantile_s(0.999) == pytest.approx(total)
    assert simulate_frames(plan, CLEAN, alpha=Deterministic(0.003)).latency_s == pytest.approx(
        np.full(1000, total)
    )


def test_parts_add_up_to_the_mean():
    for order in ("sequential", "parallel"):
        frame = frame_latency(FramePlan(exchanges=2, order=order), CLEAN, [1, 5])
        parts = frame.compute_s + frame.airtime_s + frame.mean_alpha_s + frame.mean_wait_s
        assert parts == pytest.approx(frame.mean_s)
    one = frame_latency(FramePlan(exchanges=3), CLEAN)
    assert one.mean_alpha_s == pytest.approx(3 * wireless_channel(CLEAN).alpha.mean_s)


@pytest.mark.parametrize("order", ["sequential", "parallel"])
@pytest.mark.parametrize(
    ("channel", "glasses", "exchanges"),
    [(CLEAN, 1, 1), (CLEAN, 6, 2), (CLEAN, 9, 1), (MESH, 1, 2), (MESH, 4, 1)],
)
def test_simulated_stutters_agree_with_the_law_within_sampling_error(
    channel, glasses, exchanges, order
):
    plan = FramePlan(exchanges=exchanges, order=order)
    expected = float(frame_latency(plan, channel, glasses).stutter_probability)
    timeline = simulate_frames(plan, channel, glasses, frames=40_000, seed=3)
    error = np.sqrt(expected * (1 - expected) / 40_000)
    assert abs(timeline.stutter_share - expected) < 4 * error
    assert timeline.stutter_share == timeline.stutter.mean()


def test_simulated_latencies_follow_the_law():
    plan, glasses = FramePlan(exchanges=2), 7
    stalls = WithStalls(ShiftedLogNormal(0.001, 0.001, 0.4), 0.02, 0.015)
    frame = frame_latency(plan, CLEAN, glasses, alpha=stalls)  # utilization 0.62
    timeline = simulate_frames(plan, CLEAN, glasses, 40_000, 5, alpha=stalls)
    for p in (0.1, 0.5, 0.9, 0.99):
        assert np.quantile(timeline.latency_s, p) == pytest.approx(frame.quantile_s(p), rel=0.01)
    assert timeline.latency_s.mean() == pytest.approx(float(frame.mean_s), rel=0.01)


def test_equal_seeds_give_equal_timelines():
    one, two = (simulate_frames(FramePlan(), MESH, 3, 200, seed=8) for _ in range(2))
    assert (one.latency_s == two.latency_s).all()
    assert (one.latency_s != simulate_frames(FramePlan(), MESH, 3, 200, seed=9).latency_s).any()


def test_late_probability_falls_with_the_deadline():
    frame = frame_latency(FramePlan(), MESH, [1, 3])
    late = frame.late_probability([0.010, FRAME_S, 0.050])
    assert late.shape == (2, 3)
    assert (np.diff(late, axis=1) < 0).all()
    assert late[:, 1] == pytest.approx(frame.stutter_probability)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("device_s", lambda: FramePlan(device_s=-1)),
        ("exchanges", lambda: FramePlan(exchanges=0)),
        ("order", lambda: FramePlan(order="random")),
        ("frames_per_s", lambda: FramePlan(frames_per_s=0)),
        ("glasses", lambda: frame_latency(FramePlan(), glasses=1.5)),
        ("deadline_s", lambda: frame_latency(FramePlan(), deadline_s=float("nan"))),
        ("frames", lambda: simulate_frames(FramePlan(), frames=0)),
        ("seed", lambda: simulate_frames(FramePlan(), seed=-1)),
        ("wireless_channel", lambda: wireless_channel("wifi7")),
        ("size_bytes", lambda: wireless_channel(CLEAN).airtime_s(-1)),
    ],
)
def test_a_bad_argument_is_named(name, call):
    with pytest.raises(ValueError, match=name):
        call()
