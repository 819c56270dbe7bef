import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpy.models.offload import (
    Channel,
    choose_cut,
    frame_time,
    home_mesh,
    remote_drafts,
    tensor_split_time,
    wifi6_clean,
)
from labpy.models.tail import Deterministic, ShiftedLogNormal

FRAME_S = 1 / 60


def queue(arrivals, service_s):
    """Departure times of a single server, first come, first served."""
    order = np.argsort(arrivals, kind="stable")
    departures, free = np.empty_like(arrivals), 0.0
    for i in order:
        free = max(free, arrivals[i]) + service_s
        departures[i] = free
    return departures


def simulated(channel, size, device_s, node_s, rate, messages, n=60_000):
    """Frames at random times through the channel's queue, the slowest alpha, the node's queue."""
    rng = np.random.default_rng(5)
    start = np.cumsum(rng.exponential(1 / rate, n))
    sent = np.repeat(start, messages) + rng.random(n * messages) / rate * messages
    aired = queue(sent, channel.air_time_s(size / messages)) - sent
    there = (aired + channel.alpha.sample(rng, n * messages)).reshape(n, messages).max(axis=1)
    at_node = start + device_s + there
    return queue(at_node, node_s) - start


def test_channels_have_the_measured_99th_percentiles():
    assert wifi6_clean().alpha.quantile_s(0.99) < 0.010
    assert home_mesh().alpha.quantile_s(0.99) == pytest.approx(0.090, rel=0.05)


@pytest.mark.parametrize("make", [wifi6_clean, home_mesh])
@pytest.mark.parametrize(("glasses", "messages"), [(4, 1), (16, 1), (4, 4)])
def test_p99_is_within_ten_percent_of_simulation(make, glasses, messages):
    channel = make()
    frame = frame_time(channel, 30e3, 0.003, 0.0009, glasses, messages=messages)
    drawn = simulated(channel, 30e3, 0.003, 0.0009, 60.0 * glasses, messages)
    assert max(frame.channel_utilization, frame.node_utilization) <= 0.9
    assert np.quantile(drawn, 0.99) == pytest.approx(frame.quantile_s(0.99), rel=0.1)
    assert drawn.mean() == pytest.approx(frame.mean_s, rel=0.1)


def test_the_mean_is_fine_and_the_frames_stutter():
    frame = frame_time(home_mesh(), 20e3, 0.003, 0.002, glasses=2)
    assert frame.mean_s < FRAME_S
    assert frame.stutter_probability() > 0.03


def test_fixed_parts_add_up():
    channel = Channel("still", Deterministic(0.002), 1e6, 0.0)
    frame = frame_time(channel, 1000.0, 0.003, 0.0, frame_rate=0.001)
    assert frame.mean_s == pytest.approx(0.002 + 0.003 + 0.001, rel=1e-3)
    assert frame.quantile_s(0.99) == pytest.approx(0.006, rel=1e-3)
    assert frame.stutter_probability([0.0055, 0.0065]) == pytest.approx([1.0, 0.0], abs=1e-4)


def test_fewer_larger_messages_stutter_less():
    stutter = [
        frame_time(home_mesh(), 40e3, 0.002, 0.002, 4, messages=m).stutter_probability()
        for m in (1, 4, 16)
    ]
    assert (np.diff(stutter) > 0).all()


def test_more_glasses_on_a_channel_stutter_more_until_it_is_full():
    frames = [frame_time(wifi6_clean(), 20e3, 0.002, 0.0005, n) for n in (1, 16, 30, 60)]
    stutter = [frame.stutter_probability() for frame in frames]
    assert (np.diff(stutter) > 0).all()
    assert not frames[-1].stable
    assert frames[-1].quantile_s(0.5) == math.inf
    assert stutter[-1] == 1.0


def test_the_best_cut_is_where_little_crosses():
    device, node = [1e-3, 1e-3, 8e-3, 9e-3], [1e-4, 1e-4, 8e-4, 9e-4]
    crossing = [600e3, 300e3, 8e3, 40e3]
    choice = choose_cut(wifi6_clean(), device, node, crossing, glasses=4)
    assert choice.best == 2
    assert choice.stutter_probability.shape == (5,)
    assert choice.stutter_probability[2] == choice.stutter_probability.min()
    assert choice.mean_s[4] == pytest.approx(19e-3, rel=1e-3)  # all on the glasses: no message


def test_a_fast_device_keeps_all_of_it():
    assert choose_cut(home_mesh(), [1e-3, 1e-3], [1e-4, 1e-4], [1e5, 1e4]).best == 2


def test_drafting_on_the_glasses_pays_one_alpha_for_several_tokens():
    each, drafted = (remote_drafts(home_mesh(), 0.8, k, 0.002, 0.004) for k in (0, 4))
    assert each.alphas_per_token == 1.0
    assert drafted.alphas_per_token == pytest.approx(1 / drafted.tokens_per_round)
    assert drafted.mean_s_per_token < 0.6 * each.mean_s_per_token
    useless = remote_drafts(home_mesh(), 0.0, 4, 0.002, 0.004)
    assert useless.mean_s_per_token > each.mean_s_per_token


def test_tensor_split_over_wifi_loses_to_alpha():
    alone, two, four = (
        tensor_split_time(wifi6_clean(), 12, 0.020, n, 4e3, frame_rate=5) for n in (1, 2, 4)
    )
    assert two.mean_s > 4 * alone.mean_s
    assert four.mean_s > two.mean_s
    assert two.mean_s > 2 * 12 * wifi6_clean().alpha.mean_s


@settings(max_examples=40, deadline=None)
@given(
    st.floats(1, 1e6),
    st.floats(0, 0.02),
    st.floats(0, 0.02),
    st.integers(1, 50),
    st.integers(1, 8),
    st.floats(0, 1.5),
)
def test_times_are_never_nan_and_p99_is_at_least_p50(size, device, node, glasses, parts, sigma):
    channel = Channel("any", ShiftedLogNormal(1e-3, 2e-3, sigma), 5e7, 1e-4)
    frame = frame_time(channel, size, device, node, glasses, messages=parts)
    p50, p99 = frame.quantile_s(np.array([0.5, 0.99]))
    assert not math.isnan(frame.mean_s)
    assert p99 >= p50 >= device * (1 - 1e-3)
    assert 0.0 <= frame.stutter_probability() <= 1.0


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: frame_time(wifi6_clean(), -1, 0, 0), "message_bytes"),
        (lambda: frame_time(wifi6_clean(), 1, math.nan, 0), "device_s"),
        (lambda: frame_time(wifi6_clean(), 1, 0, -1), "node_s"),
        (lambda: frame_time(wifi6_clean(), 1, 0, 0, glasses=0), "glasses"),
        (lambda: frame_time(wifi6_clean(), 1, 0, 0, frame_rate=0), "frame_rate"),
        (lambda: frame_time(wifi6_clean(), 1, 0, 0, messages=0), "messages"),
        (lambda: frame_time(wifi6_clean(), 1, 0, 0, round_trips=0.5), "round_trips"),
        (lambda: choose_cut(wifi6_clean(), [1.0], [1.0, 2.0], [1.0]), "one entry a layer"),
        (lambda: remote_drafts(wifi6_clean(), 2.0, 1, 0.1, 0.1), "acceptance"),
        (lambda: tensor_split_time(wifi6_clean(), 0, 1, 2, 1), "layers"),
        (lambda: Channel("x", Deterministic(0), 0.0, 0.0), "beta_bytes_per_s"),
        (lambda: wifi6_clean().air_time_s(-1), "message_bytes"),
    ],
)
def test_a_wrong_argument_is_named(call, name):
    with pytest.raises(ValueError, match=name):
        call()
