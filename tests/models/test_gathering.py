"""Gathered messages and the times beneath them, against the finer model, theory, simulation."""

import numpy as np
import pytest

from labpy.models.gathering import (
    Departures,
    departures,
    gathered_frames,
    simulate_gathered,
    stalled_frames,
)
from labpy.models.offload import frame_time, home_mesh, wifi6_clean
from labpy.models.queueing import md1
from labpy.models.spectra import SPAN_S, fixed, mixture, queue, random, slowest, weighted


@pytest.mark.parametrize("load", [0.2, 0.5, 0.8, 0.95])
def test_the_queue_is_m_d_1(load):
    times, exact = queue([load / 1e-3], 1e-3), md1(load / 1e-3, 1e-3)
    assert times.mean_s[0] == pytest.approx(float(exact.mean_response_s), rel=0.01)
    expected = float(exact.response_quantile_s(0.99))
    assert times.quantile_s(0.99)[0, 0] == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("channel", [wifi6_clean(), home_mesh()], ids=["clean", "home"])
def test_one_message_is_what_the_offload_model_says(channel):
    frames = gathered_frames(channel, [480.0], 20e3, 1e-3, Departures((0.0,), (8,)))
    finer = frame_time(channel, 20e3, 0.0, 1e-3, glasses=8)
    assert frames.mean_s[0] == pytest.approx(finer.mean_s, rel=0.02)
    assert frames.quantile_s(0.99)[0] == pytest.approx(finer.quantile_s(0.99), rel=0.02)
    assert frames.stutter()[0] == pytest.approx(finer.stutter_probability(), rel=0.05)


@pytest.mark.parametrize("window_s", [0.0, 0.0015, 0.003, 0.0035, 0.005])
def test_p99_is_within_10_percent_of_simulation(window_s):
    sent = departures(8, 0.004, window_s)
    law = gathered_frames(wifi6_clean(), [480.0], 20e3, 1e-3, sent)
    runs = [simulate_gathered(wifi6_clean(), 8, 20e3, 1e-3, sent, seed=seed) for seed in range(20)]
    simulated = float(np.quantile(np.concatenate(runs), 0.99))
    assert law.quantile_s(0.99)[0] == pytest.approx(simulated, rel=0.1)


def test_every_region_leaves_once_and_none_before_it_is_found():
    for window_s in np.linspace(0.0, 0.01, 21):
        sent = departures(8, 0.004, float(window_s))
        assert sum(sent.regions) == 8
        found = np.cumsum(sent.regions) * 0.0005
        assert (np.array(sent.at_s) >= found - 1e-9).all()


def test_the_slowest_of_equal_times_is_their_cdf_to_that_power():
    one = random(wifi6_clean().alpha)
    np.testing.assert_allclose(slowest([one] * 4, [0.0] * 4).cdf, one.cdf**4, atol=1e-9)


def test_sums_and_repeats_add_up():
    once = random(wifi6_clean().alpha) + fixed(0.002)
    assert once.repeated(3).mean_s[0] == pytest.approx(3 * once.mean_s[0], rel=0.01)


def test_overload_is_infinite_and_every_frame_late():
    frames = gathered_frames(wifi6_clean(), [480.0, 1200.0], 20e3, 1e-3, departures(8, 4e-3, 0.0))
    assert frames.stable.tolist() == [True, False]
    assert np.isinf(frames.mean_s[1])
    assert frames.stutter()[1] == 1.0


def test_a_queue_beyond_its_capacity_is_refused_by_name():
    with pytest.raises(ValueError, match="arrival_rate must be below"):
        queue([1000.0], 1e-3)


def test_as_many_starts_as_times():
    with pytest.raises(ValueError, match="times and starts_s"):
        slowest([fixed(0.1)], [0.0, 0.1])


def test_weighted_points_keep_their_mean_and_what_is_beyond_the_grid_is_late():
    times = weighted([[0.00012, 0.00357, np.inf]], [[1.0, 1.0, 2.0]])
    assert times.later_than(0.1)[0] == pytest.approx(0.5)
    within = weighted([[0.00112, 0.00357]], [[1.0, 1.0]])
    assert within.mean_s[0] == pytest.approx(0.002345, abs=1e-6)


def test_a_mixture_is_its_shares_and_they_add_up():
    mixed = mixture([fixed(0.001), fixed(0.003)], [0.25, 0.75])
    assert mixed.mean_s[0] == pytest.approx(0.0025, abs=1e-5)
    with pytest.raises(ValueError, match="shares"):
        mixture([fixed(0.001)], [0.5])


def test_beyond_the_grid_a_quantile_is_the_grid_s_end():
    assert weighted([[1.0]], [[1.0]]).quantile_s(0.5)[0, 0] == SPAN_S


def test_stalls_of_whole_frames_leave_nothing_for_bundling_to_win():
    assert stalled_frames(0.01, 8, 0.0) == pytest.approx(1 - 0.99**8)
    for together in (0.0, 0.3, 1.0):
        assert stalled_frames(0.01, 1, together) == pytest.approx(0.01)
    assert stalled_frames(0.01, 8, 1.0) == pytest.approx(0.01)
    assert (np.diff(stalled_frames(0.01, 8, np.linspace(0, 1, 11))) < 0).all()


def test_stalled_frames_are_as_many_as_drawn_ones():
    rng, frames, together, share = np.random.default_rng(2), 400_000, 0.4, 0.05
    whole = rng.random(frames) < together * share
    alone = (share - together * share) / (1 - together * share)
    messages = whole[:, None] | (rng.random((frames, 4)) < alone)
    assert messages.mean() == pytest.approx(share, rel=0.03)
    found = float(stalled_frames(share, 4, together))
    assert messages.any(axis=1).mean() == pytest.approx(found, rel=0.03)
