"""Laws of the event simulations behind the strip: conservation, order, and known limits."""

import math

import numpy as np
import pytest

from labpy.models.gathering import departures, simulate_gathered
from labpy.models.offload import Channel, home_mesh, wifi6_clean
from labpy.models.simulation.captions import rounds_until, trace_rounds
from labpy.models.simulation.fan_out import trace_loop
from labpy.models.simulation.memory import read_shared
from labpy.models.simulation.queues import poisson_arrivals, serve_batches, simulate_queue
from labpy.models.simulation.radio import (
    even_until_s,
    exchange_rounds,
    frames_begun,
    trace_gathered,
)
from labpy.models.simulation.sessions import moments_beyond, on_and_off, placed_s
from labpy.models.simulation.stations import in_turn
from labpy.models.tail import Deterministic, Exponential, simulate_loop


def test_in_turn_is_the_queue_of_one_server():
    rng = np.random.default_rng(1)
    arrival, service = poisson_arrivals(rng, 0.8, 2000), rng.exponential(1.0, 2000)
    start, end = in_turn(arrival, service)
    known = simulate_queue(arrival, service)
    np.testing.assert_allclose(start - arrival, known.wait_s, atol=1e-9)
    np.testing.assert_allclose(end - arrival, known.response_s, atol=1e-9)


def test_in_turn_serves_in_the_order_of_arrival_whatever_the_order_given():
    arrival = np.array([5.0, 0.0, 1.0])
    start, _ = in_turn(arrival, 2.0)
    assert start.tolist() == [5.0, 0.0, 2.0]


@pytest.mark.parametrize("after_s", [math.inf, 0.006])
def test_a_traced_loop_is_the_loop_that_the_models_simulate(after_s):
    call, rate = Exponential(0.002), 200.0
    trace = trace_loop(call, 0.0, np.arange(1, 6001) / rate, after_s, 10, seed=3)
    known = simulate_loop(call, 0.0, rate, 0.0, after_s, 10, 6000, seed=4)
    took = (trace.done_s - trace.dispatch_s)[600:]
    assert took.mean() == pytest.approx(known.latency_s.mean(), rel=0.05)
    copies = (~np.isnan(trace.copy_sent_s)).mean()
    assert copies == pytest.approx(known.extra_load, rel=0.2, abs=1e-12)


def test_an_engine_of_a_traced_loop_serves_one_call_at_a_time():
    trace = trace_loop(Exponential(0.004), 0.001, np.arange(500) * 0.006, 0.005, 4, seed=3)
    first = np.tile(np.arange(4), 500)
    sent = ~np.isnan(trace.copy_sent_s)
    engine = np.concatenate([first, trace.copy_engine[sent]])
    start = np.concatenate([trace.start_s.ravel(), trace.copy_start_s[sent]])
    end = np.concatenate([trace.end_s.ravel(), trace.copy_end_s[sent]])
    assert sent.any()
    for each in range(4):
        order = np.argsort(start[engine == each])
        assert (start[engine == each][order][1:] >= end[engine == each][order][:-1] - 1e-12).all()
    assert (trace.copy_engine != np.arange(4)).all()


def test_a_shared_memory_delays_by_the_load_alone():
    """Processor sharing: the mean time of a reading is its size over the free share."""
    rng = np.random.default_rng(2)
    at, size = poisson_arrivals(rng, 0.5, 40_000), rng.exponential(1.0, 40_000)
    took = read_shared(at, size, 1.0) - at
    assert took[4000:].mean() == pytest.approx(2.0, rel=0.06)
    small = size < 0.5
    assert (took[small].mean() / size[small].mean()) == pytest.approx(2.0, rel=0.06)


def test_a_shared_memory_is_never_faster_than_its_bandwidth():
    rng = np.random.default_rng(3)
    at, size = poisson_arrivals(rng, 0.9, 2000), rng.exponential(1.0, 2000)
    ends = read_shared(at, size, 1.0)
    assert (ends - at >= size - 1e-9).all()
    for until in np.quantile(ends, [0.2, 0.5, 0.9, 1.0]):
        assert size[ends <= until + 1e-9].sum() <= until + 1e-9


def test_pairs_of_glasses_send_as_often_as_they_should_and_drift_apart():
    begun, whose = frames_begun(np.random.default_rng(1), 4, 600, 60.0)
    until = even_until_s(600, 60.0)
    assert (begun <= until).sum() / until == pytest.approx(240.0, rel=0.005)
    assert (np.diff(begun) >= 0).all()
    paces = [np.diff(begun[whose == pair]) for pair in range(4)]
    assert all(np.ptp(each) < 1e-9 for each in paces)
    assert len({round(float(each[0]), 8) for each in paces}) == 4


@pytest.mark.parametrize("window_s", [0.0, 0.002, 0.0035])
def test_traced_frames_are_those_that_the_models_simulate(window_s):
    sent = departures(8, 0.004, window_s)
    trace = trace_gathered(wifi6_clean(), 6, 20e3, 1e-3, sent, 6000, 60.0, seed=1)
    known = np.concatenate(
        [simulate_gathered(wifi6_clean(), 6, 20e3, 1e-3, sent, 100, seed=s) for s in range(10)]
    )
    took = trace.node_end_s - trace.begun_s
    assert took.mean() == pytest.approx(known.mean(), rel=0.03)


def test_an_exchange_waits_for_the_round_before_it():
    rng = np.random.default_rng(0)
    ready = np.arange(50) * 0.1
    on_air, done, begun = exchange_rounds(
        Channel("test", Deterministic(0.003), 1e9, 0.0), ready, (2, 0.001), (3, 0.002), 4, rng
    )
    np.testing.assert_allclose(on_air, ready)
    np.testing.assert_allclose(done - ready, (0.002 + 0.003) + 4 * (3 * 0.002 + 0.003))
    assert (np.diff(begun, axis=1) > 0).all()


def test_the_air_carries_one_frame_s_messages_at_a_time():
    rng = np.random.default_rng(0)
    ready = np.sort(rng.random(200)) * 2.0
    _, _, begun = exchange_rounds(home_mesh(), ready, (1, 0.001), (1, 0.001), 3, rng)
    assert (np.diff(np.sort(begun.ravel())) >= 0.001 - 1e-12).all()


def test_rounds_that_come_once_are_a_batching_server():
    rng = np.random.default_rng(5)
    arrival, service = poisson_arrivals(rng, 100.0, 3000), 0.01 + 0.002 * np.arange(1, 9)
    once = np.ones(3000, dtype=np.intp)
    line = Channel("test", Deterministic(0.0), 1e12, 0.0)
    trace = trace_rounds(line, arrival, once, 0.0, 0.0, service, rng)
    known = serve_batches(arrival, service, 0.0, 1)
    np.testing.assert_allclose(np.sort(trace.end_s), np.sort(arrival + known.response_s))


def test_every_round_of_every_caption_is_run_one_after_the_other():
    rng = np.random.default_rng(6)
    arrival, rounds = poisson_arrivals(rng, 20.0, 400), rounds_until(rng, 400, 4, 0.8, 2)
    trace = trace_rounds(wifi6_clean(), arrival, rounds, 0.01, 1e-4, np.full(4, 0.02), rng)
    np.testing.assert_array_equal(np.bincount(trace.caption), rounds)
    for caption in range(400):
        mine = trace.caption == caption
        begun, end = np.sort(trace.begun_s[mine]), np.sort(trace.end_s[mine])
        np.testing.assert_allclose(begun[1:], end[:-1], atol=1e-12)
    for batch in np.unique(trace.batch):
        assert 1 <= (trace.batch == batch).sum() <= 4


def test_the_number_that_is_on_is_binomial_at_any_moment():
    users, active = 40, 0.3
    numbers = []
    for seed in range(60):
        run = on_and_off(users, active, 20.0, 2000.0, seed)
        for at in (0.0, 700.0, 1999.0):
            numbers.append(((run.begun_s <= at) & (run.ended_s > at)).sum())
    assert np.mean(numbers) == pytest.approx(users * active, rel=0.05)
    assert np.var(numbers) == pytest.approx(users * active * (1 - active), rel=0.25)


def test_sessions_never_hold_more_places_than_there_are_and_wait_in_turn():
    run, places = on_and_off(30, 0.3, 20.0, 3000.0, seed=2), 9
    placed = placed_s(run, places, 0.0)
    got = placed < run.ended_s
    assert (placed >= run.begun_s).all()
    assert (placed <= run.ended_s).all()
    assert (placed > run.begun_s).any()
    assert not got.all()
    assert (np.diff(placed[got]) >= 0).all()
    for at in np.append(placed[got], run.ended_s):
        assert ((placed[got] <= at) & (run.ended_s[got] > at)).sum() <= places
    since, to = moments_beyond(run, places)
    waiting = (placed - run.begun_s)[placed > run.begun_s].sum()
    assert waiting >= (to - since).sum() - 1e-6  # one at least waits at each of these moments
