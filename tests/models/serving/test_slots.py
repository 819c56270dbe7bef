import numpy as np
import pytest

from labpy.models.queueing import md1
from labpy.models.serving.slots import slot_queue
from labpy.models.simulation import poisson_arrivals, simulate_queue

LOADS = np.array([0.05, 0.3, 0.6, 0.8, 0.9, 0.95])
LEVELS = np.array([0.5, 0.9, 0.99, 0.999])


def one_slot(load):
    """M/D/1: a window of fixed length, and no prompts that could come in clusters."""
    idle_or_alone = np.stack([np.ones_like(load), np.expm1(load)], axis=1)
    return slot_queue(load, idle_or_alone, np.ones(2), share=0.0)


def test_one_slot_is_md1():
    queue, exact = one_slot(LOADS), md1(LOADS, 1.0)
    assert queue.probability == pytest.approx(exact.wait_probability, rel=1e-6)
    assert (1 - LOADS) * np.exp(LOADS) * (1 + queue.beyond) == pytest.approx(1.0, rel=1e-6)
    found = queue.quantiles_s(LEVELS)
    for i, level in enumerate(LEVELS):
        expected = exact.wait_quantile_s(level)
        inside = expected < 1
        assert found[inside, i] == pytest.approx(expected[inside], rel=0.01, abs=0.001)
        # beyond a window the tail is said to be exponential at once
        assert found[~inside, i] == pytest.approx(expected[~inside], rel=0.07)


def test_quantiles_and_probabilities_are_each_others_inverse():
    queue = one_slot(LOADS)
    for row, waits in enumerate(queue.quantiles_s(LEVELS)):
        waited = waits > 0
        assert queue.longer(waits)[row][waited] == pytest.approx(1 - LEVELS[waited])


def test_more_slots_of_the_same_load_wait_less_often_and_less_long():
    load, before = 0.8, (1.0, np.inf)
    for slots in (2, 8, 32, 128):
        number = np.arange(1.0, slots + 1)
        log = np.concatenate([[0.0], np.cumsum(np.log(load * slots / number))])
        queue = slot_queue(
            np.array([load * slots]), np.exp(log - log.max())[np.newaxis], np.ones(slots + 1), 0.0
        )
        now = float(queue.probability[0]), float(queue.quantiles_s(np.array([0.999]))[0, 0])
        assert now < before
        assert now[1] < before[1]
        before = now


@pytest.mark.parametrize("slots", [4, 16])
@pytest.mark.parametrize("load", [0.7, 0.9])
def test_several_slots_are_mdc(slots, load):
    """Given how often up to ``slots`` are present: the queue and the wait follow."""
    requests, rate = 3_000_000, load * slots
    arrivals = poisson_arrivals(np.random.default_rng(2), rate, requests)
    trace = simulate_queue(arrivals, 1.0, slots)
    departures = np.sort(arrivals + trace.response_s)
    found = np.arange(requests) - np.searchsorted(departures, arrivals)
    weight = np.bincount(found, minlength=slots + 1)[np.newaxis, : slots + 1] / requests
    queue = slot_queue(np.array([rate]), weight, np.ones(slots + 1), 0.0)
    beyond = (found > slots).mean() / (found <= slots).mean()
    assert queue.beyond == pytest.approx(beyond, rel=0.03)
    assert queue.probability == pytest.approx((trace.wait_s > 0).mean(), rel=0.03)
    for level in (0.9, 0.99):
        expected = np.quantile(trace.wait_s, level)
        assert queue.quantiles_s(np.array([level])) == pytest.approx(expected, rel=0.02, abs=0.003)
