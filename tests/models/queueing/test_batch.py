import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpy.models.queueing import batch_server, md1
from labpy.models.simulation import poisson_arrivals, simulate_batch_server

FIXED_S = 1.0


def simulated(rate, per_request, size, window, servers=1, requests=60_000):
    arrivals = poisson_arrivals(np.random.default_rng(5), rate, requests)
    trace = simulate_batch_server(arrivals, FIXED_S, per_request, size, window, servers)
    return trace.after(0.1)


@pytest.mark.parametrize("utilization", [0.1, 0.4, 0.7, 0.9])
@pytest.mark.parametrize("window", [0.0, 0.2, 1.0, 3.0])
@pytest.mark.parametrize(("size", "per_request"), [(2, 0.1), (8, 0.02), (32, 0.001), (64, 0.05)])
def test_response_is_within_ten_percent_of_simulation(size, per_request, window, utilization):
    rate = utilization * size / (FIXED_S + per_request * size)
    trace = simulated(rate, per_request, size, window, requests=200_000 if size < 8 else 60_000)
    queue = batch_server(rate, FIXED_S, per_request, size, window)
    for p in (0.5, 0.99):
        expected = np.quantile(trace.response_s, p)
        assert queue.response_quantile_s(p) == pytest.approx(expected, rel=0.10)
    assert queue.mean_response_s == pytest.approx(trace.response_s.mean(), rel=0.06)
    if window < FIXED_S:  # beyond a service, requests left over are held too, and not counted
        formation = trace.formation_s.mean()
        assert queue.mean_formation_s == pytest.approx(formation, rel=0.10, abs=0.005)
    batches = len(trace.batch_size) / (1 / trace.batch_size).sum()
    assert queue.mean_batch == pytest.approx(batches, rel=0.05)


@pytest.mark.parametrize("servers", [2, 4])
@pytest.mark.parametrize("utilization", [0.3, 0.85])
def test_several_servers_are_within_ten_percent_of_simulation(servers, utilization):
    rate = utilization * servers * 16 / (FIXED_S + 0.02 * 16)
    trace = simulated(rate, 0.02, 16, 0.3, servers)
    queue = batch_server(rate, FIXED_S, 0.02, 16, 0.3, servers)
    expected = np.quantile(trace.response_s, 0.99)
    assert queue.response_quantile_s(0.99) == pytest.approx(expected, rel=0.10)


@given(st.floats(0.05, 0.99))
def test_batches_of_one_are_md1(load):
    batch, single = batch_server(load, 1.0, 0.0, 1, 0.5), md1(load, 1.0)
    for p in (0.5, 0.99):
        expected = single.response_quantile_s(p)
        capped = min(load, 0.93)  # beyond, the batching server scales as in heavy traffic
        assert batch.response_quantile_s(p) == pytest.approx(expected, rel=0.02 + (load - capped))


@settings(deadline=None, max_examples=40)
@given(st.floats(0.0, 0.85), st.integers(1, 40), st.floats(0, 5), st.floats(0, 0.2))
def test_quantiles_ascend_and_nobody_beats_a_lone_service(load, size, window, per_request):
    rate = load * size / (FIXED_S + per_request * size)
    queue = batch_server(rate, FIXED_S, per_request, size, window)
    times = np.array([queue.response_quantile_s(p) for p in (0.0, 0.1, 0.5, 0.9, 0.99)])
    assert np.isfinite(times).all()
    assert (np.diff(times) >= -1e-9).all()
    assert times[0] >= FIXED_S + per_request - 1e-9
    assert 1 - 1e-6 <= queue.mean_batch <= size + 1e-6
    assert queue.mean_in_system == pytest.approx(rate * queue.mean_response_s)
    assert 0 <= queue.mean_formation_s <= queue.mean_wait_s + 1e-9
    assert 0 <= queue.wait_probability <= 1


def test_the_knee_of_a_batch_is_fixed_over_per_request():
    """Capacity at the batch of t0 / t_req = 40 / 0.5 = 80 is half of what any batch can reach."""
    queue = batch_server(1.0, 40e-3, 0.5e-3, 80, 0.0)
    assert 1 / queue.utilization == pytest.approx(0.5 / 0.5e-3)


def test_a_longer_window_makes_batches_bigger_and_light_load_slower():
    queue = batch_server(2.0, 0.1, 0.001, 32, np.array([0.0, 0.1, 0.5]))
    assert (np.diff(queue.mean_batch) > 0).all()
    assert (np.diff(queue.response_quantile_s(0.5)) > 0).all()
    assert (np.diff(queue.mean_formation_s) > 0).all()


def test_a_window_too_short_for_company_costs_only_itself():
    queue = batch_server(1e-6, 0.1, 0.0, 8, 0.25)
    assert queue.mean_response_s == pytest.approx(0.35, rel=1e-3)


def test_overload_is_infinite():
    queue = batch_server([1.0, 50.0], 0.1, 0.1, 8, 0.0)
    assert queue.stable.tolist() == [True, False]
    assert queue.response_quantile_s(0.99)[1] == queue.mean_wait_s[1] == np.inf


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((-1, 1, 1, 8, 0), "arrival_rate"),
        ((1, -1, 1, 8, 0), "fixed_time_s"),
        ((1, 0, 0, 8, 0), "fixed_time_s and per_request_time_s"),
        ((1, 1, 1, 0, 0), "max_batch"),
        ((1, 1, 1, 8, float("inf")), "window_s"),
        ((1, 1, 1, 8, 0, 0), "servers"),
    ],
)
def test_a_wrong_argument_is_named(arguments, name):
    with pytest.raises(ValueError, match=name):
        batch_server(*arguments)
