import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpy.models.queueing import batch_server, md1
from labpy.models.simulation import poisson_arrivals, simulate_batch_server, simulate_queue

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


@given(st.floats(0.05, 0.9999))
def test_batches_of_one_are_md1(load):
    batch, single = batch_server(load, 1.0, 0.0, 1, 0.5), md1(load, 1.0)
    for p in (0.5, 0.99):
        expected = single.response_quantile_s(p)
        assert batch.response_quantile_s(p) == pytest.approx(expected, rel=0.01)


def drawn(seed, count):
    """Batching servers at random: servers, size, time of a request, window, load."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield (
            int(rng.choice([1, 1, 2, 4, 8])),
            int(rng.choice([1, 2, 4, 8, 16, 48])),
            float(10 ** rng.uniform(-3, 0.7)),
            float(rng.choice([0.0, 0.1, 0.5, 1.0, 2.0, 5.0])),
            float(rng.choice([0.05, 0.3, 0.6, 0.8, 0.9, 0.94, 0.96, 0.98])),
        )


@pytest.mark.parametrize(("servers", "size", "per_request", "window", "load"), list(drawn(21, 40)))
def test_any_batching_server_is_within_ten_percent_of_simulation(
    servers, size, per_request, window, load
):
    capacity = servers * size / (FIXED_S + per_request * size)
    arrivals = poisson_arrivals(np.random.default_rng(17), load * capacity, 300_000)
    trace = simulate_batch_server(arrivals, FIXED_S, per_request, size, window, servers).after(0.1)
    queue = batch_server(load * capacity, FIXED_S, per_request, size, window, servers)
    alike = md1(load * capacity, 1 / capacity)
    alike_s = simulate_queue(arrivals, 1 / capacity).after(0.1).wait_s
    for p in (0.5, 0.99):
        # What these arrivals saw too much or too little of, by a queue whose law is known.
        luck = np.quantile(alike_s, p) - float(alike.wait_quantile_s(p)) if load > 0.85 else 0.0
        expected = np.quantile(trace.response_s, p) - luck
        assert queue.response_quantile_s(p) == pytest.approx(expected, rel=0.10)
    batches = len(trace.batch_size) / (1 / trace.batch_size).sum()
    assert queue.mean_batch == pytest.approx(batches, rel=0.10)


def test_four_servers_near_the_wall_keep_their_small_batches():
    """The fixed time is small, so batches are far from full at 96%: 31% too large before."""
    rate = 0.96 * 4 * 16 / (FIXED_S + 0.3 * 16)
    trace = simulated(rate, 0.3, 16, 0.0, 4, requests=300_000)
    queue = batch_server(rate, FIXED_S, 0.3, 16, 0.0, 4)
    batches = len(trace.batch_size) / (1 / trace.batch_size).sum()
    assert queue.mean_batch == pytest.approx(batches, rel=0.05)
    assert queue.response_quantile_s(0.5) == pytest.approx(np.quantile(trace.response_s, 0.5), 0.05)


@pytest.mark.parametrize(("size", "per_request"), [each[1:3] for each in drawn(5, 20)])
def test_without_a_window_the_time_of_one_server_never_falls_with_load(size, per_request):
    capacity = size / (FIXED_S + per_request * size)
    loads = np.concatenate([np.linspace(0.02, 0.98, 40), [0.985, 0.99, 0.995, 0.999]])
    queue = batch_server(loads * capacity, FIXED_S, per_request, size, 0.0)
    for slow in (
        queue.response_quantile_s(0.5), queue.response_quantile_s(0.99), queue.mean_response_s,
        queue.mean_batch,
    ):  # fmt: skip
        # points of the chain are binned, which moves a quantile by up to so much
        assert (np.diff(slow) >= -0.003 * slow[:-1]).all()


def test_a_rate_s_figures_do_not_depend_on_those_it_is_solved_with():
    rates = np.array([10.0, 400.0, 3000.0, 20_000.0, 40_600.0])
    together = batch_server(rates, 0.6e-3, 15e-6, 64, 3e-3)
    for rate, slow in zip(rates, together.response_quantile_s(0.99), strict=True):
        alone = batch_server(rate, 0.6e-3, 15e-6, 64, 3e-3)
        assert alone.response_quantile_s(0.99) == pytest.approx(slow, rel=1e-9)


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
