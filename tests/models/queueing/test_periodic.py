"""Even streams at one server: known values, the simulation, and M/D/1 as their limit."""

import numpy as np
import pytest

from labpy.models.queueing import md1, ndd1
from labpy.models.simulation.stations import in_turn


def test_two_streams_meet_if_one_begins_within_the_other_s_service():
    """The other began a time u before, any from 0 to the period: the wait is what is left."""
    queue = ndd1(2, 1.0, 0.3)
    assert queue.wait_probability == pytest.approx(0.3)
    assert queue.mean_wait_s == pytest.approx(0.3**2 / 2)
    assert queue.wait_quantile_s(0.9) == pytest.approx(0.2)


def test_one_stream_never_waits_and_a_full_server_keeps_up():
    assert ndd1(1, 1.0, 1.0).mean_wait_s == 0.0
    full = ndd1(4, 1.0, 0.25)
    assert full.stable
    assert full.wait_quantile_s(0.999) <= 0.75
    over = ndd1(5, 1.0, 0.25)
    assert not over.stable
    assert over.mean_wait_s == np.inf
    assert over.wait_quantile_s(0.5) == np.inf


@pytest.mark.parametrize(("sources", "load"), [(3, 0.9), (6, 0.7), (16, 0.95)])
def test_waits_are_those_of_drawn_phases(sources, load):
    rng, waits = np.random.default_rng(sources), []
    service = load / sources
    for _ in range(1500):
        at = (rng.random(sources)[:, None] + np.arange(8)).ravel()
        start, _ = in_turn(at, service)
        waits.append((start - at).reshape(sources, 8)[:, -1])
    drawn, queue = np.concatenate(waits), ndd1(sources, 1.0, service)
    assert queue.mean_wait_s == pytest.approx(drawn.mean(), rel=0.05)
    assert queue.wait_probability == pytest.approx((drawn > 1e-9).mean(), abs=0.02)
    assert queue.wait_quantile_s(0.99) == pytest.approx(np.quantile(drawn, 0.99), rel=0.05)


def test_many_thin_streams_wait_as_arrivals_at_random_and_fewer_for_less():
    poisson = md1(0.8, 1.0)
    means = [float(ndd1(n, n / 0.8, 1.0).mean_wait_s) for n in (2, 5, 20, 100, 1000)]
    assert means == sorted(means)
    assert means[-1] < poisson.mean_wait_s
    assert means[-1] == pytest.approx(poisson.mean_wait_s, rel=0.05)


def test_arguments_broadcast_each_for_itself():
    queue = ndd1([[2], [3]], 1.0, [0.1, 0.2])
    assert queue.mean_wait_s.shape == (2, 2)
    assert queue.mean_wait_s[1, 0] == ndd1(3, 1.0, 0.1).mean_wait_s
    assert queue.wait_quantile_s(0.9)[0, 1] == ndd1(2, 1.0, 0.2).wait_quantile_s(0.9)
