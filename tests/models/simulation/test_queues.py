import ciw
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.queueing import md1, mmc
from labpy.models.simulation import poisson_arrivals, simulate_batch_server, simulate_queue


def by_ciw(servers, service, rate, horizon=20_000.0):
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=rate)],
        service_distributions=[service],
        number_of_servers=[servers],
    )
    ciw.seed(2)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(horizon)
    records = [r for r in simulation.get_all_records() if r.arrival_date > horizon / 10]
    return np.array([r.service_end_date - r.arrival_date for r in records])


@pytest.mark.parametrize(("servers", "load"), [(1, 0.6), (3, 0.7)])
def test_mmc_agrees_with_ciw(servers, load):
    response = by_ciw(servers, ciw.dists.Exponential(rate=1.0), load * servers)
    queue = mmc(load * servers, 1.0, servers)
    assert queue.mean_response_s == pytest.approx(response.mean(), rel=0.05)
    assert queue.response_quantile_s(0.99) == pytest.approx(np.quantile(response, 0.99), rel=0.10)


def test_md1_agrees_with_ciw():
    response = by_ciw(1, ciw.dists.Deterministic(value=1.0), 0.8)
    queue = md1(0.8, 1.0)
    assert queue.mean_response_s == pytest.approx(response.mean(), rel=0.05)
    assert queue.response_quantile_s(0.99) == pytest.approx(np.quantile(response, 0.99), rel=0.10)


@pytest.mark.parametrize("servers", [1, 4])
def test_simulated_mmc_agrees_with_theory(servers):
    rng = np.random.default_rng(0)
    arrivals = poisson_arrivals(rng, 0.8 * servers, 200_000)
    trace = simulate_queue(arrivals, rng.exponential(1.0, 200_000), servers).after(0.1)
    queue = mmc(0.8 * servers, 1.0, servers)
    assert trace.wait_s.mean() == pytest.approx(queue.mean_wait_s, rel=0.05)
    assert np.quantile(trace.response_s, 0.99) == pytest.approx(
        queue.response_quantile_s(0.99), rel=0.05
    )


@given(st.integers(0, 2**32), st.integers(1, 5))
def test_one_server_and_a_heap_of_one_agree(seed, servers):
    rng = np.random.default_rng(seed)
    arrivals, service = np.cumsum(rng.exponential(1, 50)), rng.exponential(0.8, 50)
    batched = simulate_batch_server(arrivals, 0.8, 0.0, 1, 9.0, servers)
    plain = simulate_queue(arrivals, 0.8, servers)
    np.testing.assert_allclose(batched.response_s, plain.response_s)
    few, many = simulate_queue(arrivals, service, servers), simulate_queue(arrivals, service, 50)
    assert (few.wait_s >= -1e-12).all()
    assert (many.wait_s == 0).all()


@given(st.integers(0, 2**32), st.integers(1, 8), st.floats(0, 3), st.integers(1, 3))
def test_batches_keep_their_rules(seed, size, window, servers):
    arrivals = np.cumsum(np.random.default_rng(seed).exponential(0.4, 80))
    trace = simulate_batch_server(arrivals, 1.0, 0.1, size, window, servers)
    assert trace.batch_size.max() <= size
    np.testing.assert_allclose(trace.response_s - trace.wait_s, 1.0 + 0.1 * trace.batch_size)
    ends = np.sort(arrivals + trace.response_s)
    starts = np.sort(arrivals + trace.wait_s)
    assert len(ends) == len(starts) == 80
    assert (trace.wait_s >= -1e-9).all()


def test_the_same_seed_gives_the_same_trace():
    first, second = (poisson_arrivals(np.random.default_rng(7), 2.0, 100) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("bad", [[2.0, 1.0], [], [[1.0]], [float("nan")]])
def test_arrivals_must_ascend(bad):
    with pytest.raises(ValueError, match="arrival_s"):
        simulate_queue(bad, 1.0)
