"""Rounds of a batching node against the event simulation, which knows nothing of the formula."""

from dataclasses import replace

import numpy as np
import pytest

from labpy.models.offload import wifi6_clean
from labpy.models.rounds import SPAN_S, batched_rounds
from labpy.models.simulation.captions import rounds_until, trace_rounds
from labpy.models.simulation.queues import poisson_arrivals
from labpy.models.tail import Deterministic, WithStalls

SERVICE_S = 0.017 + 0.0008 * np.arange(1, 65)
AIR_S, TOKENS, ACCEPTANCE = 2e-4, 4, 0.8
CAPTIONS = 12_000


def stalling(share):
    """Some messages meet a stall of 70 ms."""
    clean = wifi6_clean()
    return replace(clean, alpha=WithStalls(clean.alpha, share, Deterministic(0.07)))


CHANNEL = stalling(0.003)


def shares_of(drafts):
    drawn = rounds_until(np.random.default_rng(1), 100_000, TOKENS, ACCEPTANCE, drafts)
    return np.bincount(drawn)[1:] / drawn.size


def capacity(shares):
    return SERVICE_S.size / (SERVICE_S[-1] * (shares @ np.arange(1, shares.size + 1)))


def simulated(rate, drafts, draft_s, seeds=(1, 2)):
    times, sizes = [], []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        begun = poisson_arrivals(rng, rate, CAPTIONS)
        rounds = rounds_until(rng, CAPTIONS, TOKENS, ACCEPTANCE, drafts)
        run = trace_rounds(CHANNEL, begun, rounds, drafts * draft_s, AIR_S, SERVICE_S, rng)
        done = np.zeros(CAPTIONS)
        np.maximum.at(done, run.caption, run.end_s)
        times.append((done - begun)[CAPTIONS // 10 :])
        sizes.append(len(run.batch) / (run.batch.max() + 1))
    return np.concatenate(times), np.mean(sizes)


@pytest.mark.parametrize("drafts", [0, 1, 2, 8])
@pytest.mark.parametrize("load", [0.1, 0.5, 0.7, 0.8, 0.9])
def test_mean_batch_and_p99_are_those_of_the_simulation(drafts, load):
    shares, draft_s = shares_of(drafts), 0.0058
    rate = load * capacity(shares)
    law = batched_rounds([rate], shares, drafts * draft_s, CHANNEL.alpha, AIR_S, SERVICE_S)
    took_s, size = simulated(rate, drafts, draft_s)
    assert law.mean_s[0] == pytest.approx(took_s.mean(), rel=0.05)
    assert law.mean_batch[0] == pytest.approx(size, rel=0.05)
    p99 = np.quantile(took_s, 0.99)
    assert law.quantile_s(0.99)[0, 0] == pytest.approx(p99, rel=0.1 if load <= 0.8 else 0.2)


def test_near_full_the_mean_holds_and_the_p99_is_too_low_by_what_the_docs_say():
    shares, load = shares_of(0), 0.95
    rate = load * capacity(shares)
    law = batched_rounds([rate], shares, 0.0, CHANNEL.alpha, AIR_S, SERVICE_S)
    took_s, _ = simulated(rate, 0, 0.0058, seeds=range(1, 9))
    assert law.mean_s[0] == pytest.approx(took_s.mean(), rel=0.07)
    assert 0.65 < law.quantile_s(0.99)[0, 0] / np.quantile(took_s, 0.99) < 1.0


def test_rounds_that_come_back_at_once_wait_for_the_whole_of_the_next_batch():
    """Two turns of a busy node a round but the first, which arrives at some moment of a batch."""
    service_s = 0.02 + 1e-9 * np.arange(1, 257)
    law = batched_rounds([500.0], [0.0, 0.0, 1.0], 0.0, Deterministic(0.001), 0.0, service_s)
    assert law.mean_s[0] == pytest.approx(0.001 + 0.01 + 0.02 + 2 * 0.04, rel=0.01)


def test_a_lone_request_waits_for_nothing():
    law = batched_rounds([1e-3], [0.25, 0.75], 0.01, Deterministic(0.002), 0.001, [0.03])
    each_s = 0.01 + 0.002 + 0.001 + 0.03
    assert law.mean_s[0] == pytest.approx(1.75 * each_s, rel=1e-3)
    assert law.later_than(1.5 * each_s)[0] == pytest.approx(0.75, abs=1e-3)


def test_no_share_is_lost_where_a_node_begins_and_ends_its_batches():
    """A stall in a thousand messages: of four rounds 0.4% are stalled, and no more are late."""
    law = batched_rounds(
        [0.5], [0.0, 0.0, 0.0, 1.0], 0.0, stalling(0.001).alpha, 0.0, 0.02 + 0.001 * np.arange(64)
    )
    stalled = 1.0 - 0.999**4
    assert law.later_than(0.145)[0] == pytest.approx(stalled, rel=0.05)


@pytest.mark.parametrize("drafts", [0, 2, 8])
def test_nothing_gets_sooner_as_the_load_rises(drafts):
    shares = shares_of(drafts)
    rates = capacity(shares) * np.linspace(0.05, 0.98, 40)
    law = batched_rounds(rates, shares, drafts * 0.0058, CHANNEL.alpha, AIR_S, SERVICE_S)
    for rising in (law.mean_s, law.mean_batch, law.later_than(0.2), law.quantile_s(0.99)[:, 0]):
        assert (np.diff(rising) >= -1e-9).all()
    assert (law.quantile_s(0.99) <= SPAN_S).all()


def test_a_load_s_times_do_not_depend_on_its_neighbours():
    shares = shares_of(1)
    rates = capacity(shares) * np.array([0.2, 0.55, 0.93])
    law = batched_rounds(rates, shares, 0.006, CHANNEL.alpha, AIR_S, SERVICE_S)
    for i, rate in enumerate(rates):
        alone = batched_rounds([rate], shares, 0.006, CHANNEL.alpha, AIR_S, SERVICE_S)
        assert alone.mean_s[0] == pytest.approx(law.mean_s[i], rel=1e-12)
        np.testing.assert_allclose(alone.quantile_s([0.5, 0.99])[0], law.quantile_s([0.5, 0.99])[i])


def test_beyond_the_capacity_there_is_no_law():
    with pytest.raises(ValueError, match="request_rate"):
        batched_rounds([51.0], [1.0], 0.0, Deterministic(0.001), 0.0, [0.02])
    with pytest.raises(ValueError, match="rounds"):
        batched_rounds([1.0], [0.5], 0.0, Deterministic(0.001), 0.0, [0.02])
