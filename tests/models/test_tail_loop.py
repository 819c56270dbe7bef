"""The loop over a pool of engines, held to its simulation and to what is known by hand."""

import math

import numpy as np
import pytest

from labpy.models.tail import (
    Deterministic,
    ShiftedLogNormal,
    WithStalls,
    hedged_loop,
    loop_capacity,
    simulate_loop,
)

CALL = WithStalls(
    ShiftedLogNormal(0.0009, 0.0004, 0.5), 0.0015, ShiftedLogNormal(0.002, 0.0045, 0.3)
)
FRAME_S = 3e-4


def test_without_jitter_clocked_frames_never_wait():
    loop = hedged_loop(Deterministic(0.001), FRAME_S, [100.0, 700.0], 0.0, math.inf, 10)
    assert loop.quantile_s(0.999) == pytest.approx(0.0013, abs=1e-4)


def test_fan_out_is_one_minus_all_on_time():
    loop = hedged_loop(CALL, FRAME_S, 480.0, 0.0, math.inf, 10)
    p = loop.call_late(0.010)
    assert loop.late(0.010) == pytest.approx(1.0 - (1.0 - p) ** 10, rel=1e-12)
    one = hedged_loop(CALL, FRAME_S, 480.0, 0.0, math.inf, 1)
    assert one.late(0.010) == pytest.approx(p)


def test_load_and_batch_follow_from_the_window():
    """Frames like a clock's ticks: the next comes 2.1 ms after the first, the one after at 4.2."""
    for window, frames in ((0.002, 1.0), (0.0025, 2.0), (0.004, 2.0), (0.0042, 3.0)):
        loop = hedged_loop(CALL, FRAME_S, 480.0, window, math.inf, 10)
        assert loop.mean_batch == frames
        work_s = CALL.mean_s + frames * FRAME_S
        assert loop.base_utilization == pytest.approx(work_s * 480.0 / frames)


# Rate, window and delay; either the base load is below one half or nothing is copied.
SETTINGS = [
    (240.0, 0.0, math.inf),
    (480.0, 0.0, math.inf),
    (480.0, 0.0025, math.inf),
    (300.0, 0.0025, 0.005),
    (480.0, 0.0025, 0.003),
    (480.0, 0.0042, 0.004),
    (600.0, 0.004, 0.004),
]


@pytest.mark.parametrize(("rate", "window", "after"), SETTINGS)
def test_quantiles_agree_with_the_simulation(rate, window, after):
    loop = hedged_loop(CALL, FRAME_S, rate, window, after, 10)
    runs = [simulate_loop(CALL, FRAME_S, rate, window, after, 10, 40_000, s) for s in range(3)]
    seen = np.concatenate([run.latency_s for run in runs])
    assert loop.quantile_s(0.99)[0] == pytest.approx(np.quantile(seen, 0.99), rel=0.05)
    assert loop.quantile_s(0.999)[0] == pytest.approx(np.quantile(seen, 0.999), rel=0.10)
    utilization = np.mean([run.utilization for run in runs])
    assert loop.utilization[0] == pytest.approx(utilization, rel=0.02)


def test_copies_sent_at_once_overload_and_sent_too_late_do_not_help():
    alone = hedged_loop(CALL, FRAME_S, 480.0, 0.0, math.inf, 10).quantile_s(0.999)[0]
    early, middle, late = (
        hedged_loop(CALL, FRAME_S, 480.0, 0.0, after, 10) for after in (0.001, 0.006, 0.020)
    )
    assert not early.stable[0]
    assert math.isinf(early.extra_load[0])
    assert middle.quantile_s(0.999)[0] < 0.75 * alone
    assert late.quantile_s(0.999)[0] == pytest.approx(alone, rel=1e-3)


def test_a_pool_above_one_half_can_tip_into_a_state_that_it_does_not_leave():
    runs = [simulate_loop(CALL, FRAME_S, 480.0, 0.0, 0.006, 10, 8_000, s) for s in range(5)]
    tipped = [run for run in runs if run.extra_load > 0.2]
    assert tipped
    assert all(run.latency_s[-1] > 1.0 for run in tipped)


def test_below_one_half_a_copy_of_everything_is_stable():
    loop = hedged_loop(CALL, FRAME_S, 480.0, 0.0025, 0.0, 10)
    assert loop.base_utilization[0] < 0.5
    assert loop.stable[0]
    assert loop.extra_load[0] == pytest.approx(1.0, abs=0.02)


def test_overload_is_a_result_and_no_error():
    loop = hedged_loop(CALL, FRAME_S, [100.0, 900.0], 0.0, 0.004, 10)
    assert loop.stable.tolist() == [True, False]
    assert math.isinf(loop.quantile_s(0.5)[1])
    assert loop.late(0.010)[1] == 1.0


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"arrival_rate": 0.0}, "arrival_rate"),
        ({"per_frame_s": -1.0}, "per_frame_s"),
        ({"window_s": math.nan}, "window_s"),
        ({"hedge_after_s": -0.001}, "hedge_after_s"),
        ({"fan_out": 0}, "fan_out"),
        ({"step_s": 0.0}, "step_s"),
    ],
)
def test_a_bad_argument_is_named(change, named):
    arguments = {
        "call": CALL, "per_frame_s": FRAME_S, "arrival_rate": 480.0, "window_s": 0.0,
        "hedge_after_s": 0.004, "fan_out": 10,
    }  # fmt: skip
    with pytest.raises(ValueError, match=named):
        hedged_loop(**{**arguments, **change})


@pytest.mark.parametrize("window", [0.0, 0.001, 0.0025])
def test_without_copies_the_capacity_is_where_an_engine_is_always_busy(window):
    capacity = loop_capacity(CALL, FRAME_S, window, math.inf)
    loop = hedged_loop(CALL, FRAME_S, capacity, window, math.inf, 10)
    assert loop.base_utilization[0] == pytest.approx(1.0)


@pytest.mark.parametrize("window", [0.0, 0.001, 0.0025])
@pytest.mark.parametrize("after", [0.001, 0.003, 0.006])
def test_a_loop_is_stable_up_to_its_capacity_and_not_beyond(window, after):
    capacity = loop_capacity(CALL, FRAME_S, window, after)
    rates = capacity * np.array([*np.linspace(0.2, 0.99, 20), 0.999, 1.001])
    stable = hedged_loop(CALL, FRAME_S, rates, window, after, 10).stable
    assert stable[:-1].all()
    assert not stable[-1]


def test_a_later_copy_and_a_longer_window_raise_the_capacity():
    for window in (0.0, 0.0025):
        found = [loop_capacity(CALL, FRAME_S, window, d / 1e3) for d in (1, 2, 3, 4.5, 6, 9)]
        assert found == sorted(found)
    found = [loop_capacity(CALL, FRAME_S, w, 0.004) for w in (0.0, 0.0005, 0.001, 0.002)]
    assert found == sorted(found)


def test_a_window_that_outweighs_every_batch_has_no_capacity():
    assert math.isinf(loop_capacity(CALL, 0.0, 0.01, math.inf))


@pytest.mark.parametrize(("rate", "window", "after"), SETTINGS)
def test_the_mean_is_the_simulation_s(rate, window, after):
    loop = hedged_loop(CALL, FRAME_S, rate, window, after, 10)
    run = simulate_loop(CALL, FRAME_S, rate, window, after, 10, 20_000, 1)
    assert loop.mean_s[0] == pytest.approx(run.latency_s.mean(), rel=0.02)
    assert loop.mean_response_s[0] == pytest.approx(
        loop.mean_s[0] - (loop.mean_batch[0] - 1) / rate / 2
    )
    assert math.isinf(hedged_loop(CALL, FRAME_S, 900.0, 0.0, after, 10).mean_s[0])
