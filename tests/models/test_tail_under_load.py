import math

import numpy as np
import pytest

from labpy.models.tail import (
    Deterministic,
    Exponential,
    ShiftedLogNormal,
    WithStalls,
    hedged_capacity,
    hedged_under_load,
    simulate_hedging,
    tied_under_load,
)

STALLS = WithStalls(ShiftedLogNormal(0.001, 0.001, 0.3), 0.01, 0.03)
SMOOTH = ShiftedLogNormal(0.002, 0.003, 0.5)


def test_without_hedging_it_is_an_mm1_queue():
    # Response time of M/M/1 is exponential with rate mu - lambda.
    for utilization in (0.3, 0.8, 0.9):
        pool = hedged_under_load(Exponential(0.01), 100 * utilization, math.inf)
        exact = -math.log(0.01) / (100 - 100 * utilization)
        assert pool.quantile_s(0.99) == pytest.approx(exact, rel=5e-3)
        assert pool.extra_load == 0.0


def test_without_hedging_it_is_an_md1_queue():
    # M/D/1, D = 1, utilization 0.8: the wait's p99 is 10.35589 (Crommelin's formula).
    pool = hedged_under_load(Deterministic(1.0), 0.8, math.inf)
    assert pool.quantile_s(0.99) == pytest.approx(1.0 + 10.35589, rel=5e-3)


@pytest.mark.parametrize(
    ("service", "utilization", "delay_means"),
    [
        (STALLS, 0.3, 1.5),
        (STALLS, 0.47, 4.0),
        (STALLS, 0.58, 8.0),
        (SMOOTH, 0.5, 3.0),
        (SMOOTH, 0.7, 8.0),
        (Exponential(0.005), 0.3, 1.5),
        (Deterministic(0.005), 0.7, 8.0),
        (SMOOTH, 0.44, 0.0),
    ],
)
def test_hedged_p99_is_within_ten_percent_of_simulation(service, utilization, delay_means):
    rate, after_s = utilization / service.mean_s, delay_means * service.mean_s
    pool = hedged_under_load(service, rate, after_s)
    run = simulate_hedging(service, rate, after_s, requests=200_000, seed=3)
    assert pool.feedback_gain <= 0.5
    assert pool.utilization <= 0.9
    assert np.quantile(run.response_s, 0.99) == pytest.approx(pool.quantile_s(0.99), rel=0.1)
    assert run.extra_load == pytest.approx(pool.extra_load, rel=0.1, abs=2e-3)


@pytest.mark.parametrize("service", [STALLS, SMOOTH, Exponential(0.005)])
@pytest.mark.parametrize(("utilization", "delay_means"), [(0.5, 0.0), (0.8, 0.0), (0.9, 2.0)])
def test_tied_p99_is_within_ten_percent_of_simulation(service, utilization, delay_means):
    rate, after_s = utilization / service.mean_s, delay_means * service.mean_s
    pool = tied_under_load(service, rate, after_s)
    run = simulate_hedging(service, rate, after_s, "tied", requests=60_000, seed=4)
    assert np.quantile(run.response_s, 0.99) == pytest.approx(pool.quantile_s(0.99), rel=0.1)
    assert run.extra_load == 0.0


def test_too_early_overloads_and_too_late_does_not_help():
    delays_s = (0.0005, 0.010, 0.060, math.inf)
    early, good, late, never = (
        hedged_under_load(STALLS, 200.0, d).quantile_s(0.999) for d in delays_s
    )
    assert good < 0.6 * never
    assert early > 2 * never
    assert late == pytest.approx(never, rel=0.02)
    assert not hedged_under_load(STALLS, 250.0, 0.003).stable


def test_overload_is_infinite_and_not_an_error():
    for pool in (hedged_under_load(SMOOTH, 1e4, 0.01), tied_under_load(SMOOTH, 1e4)):
        assert not pool.stable
        assert pool.quantile_s(0.5) == math.inf
        assert np.isinf(pool.quantile_s(np.array([0.1, 0.9]))).all()


def test_more_load_never_shortens_the_tail():
    p99 = [hedged_under_load(SMOOTH, rate, 0.02).quantile_s(0.99) for rate in (20, 60, 100, 130)]
    assert (np.diff(p99) > 0).all()


def test_the_same_seed_gives_the_same_run():
    one, two, other = (
        simulate_hedging(SMOOTH, 100, 0.01, requests=500, seed=s).response_s for s in (1, 1, 2)
    )
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: hedged_under_load(SMOOTH, 0.0, 0.01), "arrival_rate"),
        (lambda: hedged_under_load(SMOOTH, 1.0, -0.01), "hedge_after_s"),
        (lambda: tied_under_load(SMOOTH, 1.0, math.nan), "tie_after_s"),
        (lambda: simulate_hedging(SMOOTH, 1.0, 0.1, policy="both"), "policy"),
        (lambda: simulate_hedging(SMOOTH, 1.0, 0.1, servers=1), "servers"),
    ],
)
def test_a_wrong_argument_is_named(call, name):
    with pytest.raises(ValueError, match=name):
        call()


@pytest.mark.parametrize("utilization", [0.1, 0.5, 0.9])
def test_the_mean_response_is_that_of_mm1(utilization):
    pool = hedged_under_load(Exponential(0.01), 100 * utilization, math.inf)
    assert pool.mean_s == pytest.approx(0.01 / (1 - utilization), rel=1e-3)


@pytest.mark.parametrize("after_s", [0.01, 0.02, 0.1])
def test_the_mean_response_with_second_copies_is_the_simulation_s(after_s):
    pool = hedged_under_load(SMOOTH, 60.0, after_s)
    run = simulate_hedging(SMOOTH, 60.0, after_s, requests=200_000, seed=1)
    assert pool.mean_s == pytest.approx(run.response_s.mean(), rel=0.02)
    assert math.isinf(hedged_under_load(SMOOTH, 400.0, after_s).mean_s)


@pytest.mark.parametrize("after_s", [0.002, 0.010, 0.060])
def test_a_pool_is_stable_up_to_its_capacity_and_not_beyond(after_s):
    capacity = hedged_capacity(STALLS, after_s)
    assert 0.5 <= capacity * STALLS.mean_s <= 1.0
    assert hedged_under_load(STALLS, 0.99 * capacity, after_s).stable
    assert not hedged_under_load(STALLS, 1.01 * capacity, after_s).stable


def test_without_second_copies_a_pool_s_capacity_is_all_of_a_server():
    assert hedged_capacity(SMOOTH, math.inf) == pytest.approx(1 / SMOOTH.mean_s)
    capacities = [hedged_capacity(SMOOTH, after_s) for after_s in (0.0, 0.005, 0.02, 0.1)]
    assert capacities[0] == pytest.approx(0.5 / SMOOTH.mean_s)
    assert capacities == sorted(capacities)
