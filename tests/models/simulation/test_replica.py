from math import inf

import numpy as np
import pytest

from labpy.models.serving import Deployment
from labpy.models.simulation.clock import StageClock
from labpy.models.simulation.prefix import PrefixCache
from labpy.models.simulation.replica import Ledger, Replica

ONE = Deployment("llama-3-8b", "h100-sxm")
FOUR = Deployment("llama-3-8b", "h100-sxm", 1, 4)
CAPACITY, MOST = 6000, 12


def crowded(deployment, requests=200, seed=0):
    """A replica with so little memory that requests throw each other out, when all have gone."""
    rng = np.random.default_rng(seed)
    prompts, steps = rng.integers(100, 2000, requests), rng.integers(1, 900, requests)
    prefix = rng.integers(-1, 6, requests)
    tokens = np.where(prefix >= 0, prompts // 2, 0)
    ledger = Ledger(prompts.tolist(), steps.tolist(), prefix.tolist(), tokens.tolist())
    clock = StageClock(deployment, MOST, 1024)
    replica = Replica(clock, ledger, CAPACITY, MOST, 1024, cache=PrefixCache())
    most = 0
    for request, now in enumerate(np.cumsum(rng.exponential(0.2, requests)).tolist()):
        replica.run_until(now)
        most = max(most, replica.used + replica.cache.pinned + replica.cache.idle)
        replica.submit(request, now)
    replica.run_until(inf)
    return replica, ledger, most, (prompts, steps)


@pytest.mark.parametrize("deployment", [ONE, FOUR], ids=["one stage", "four stages"])
def test_a_replica_is_empty_when_all_have_gone(deployment):
    replica, ledger, most, _ = crowded(deployment)
    assert sum(ledger.preempted) > 10
    assert replica.present == replica.running == 0
    assert replica.used == pytest.approx(0.0, abs=1e-6)
    assert replica.cache.pinned == 0
    assert replica.cache.idle <= CAPACITY
    assert sorted(replica.free_slots) == list(range(MOST))
    # a growing request may have to wait for its next step to find that there is no room
    assert most <= CAPACITY + MOST * max(1, deployment.pipeline_parallel_size)


@pytest.mark.parametrize("deployment", [ONE, FOUR], ids=["one stage", "four stages"])
def test_who_is_thrown_out_loses_no_token(deployment):
    """What was prefilled anew is prompt and tokens so far; what is left makes up the rest."""
    _, ledger, _, (prompts, steps) = crowded(deployment)
    for request in np.flatnonzero(np.array(ledger.preempted)):
        again = ledger.prompt[request] - prompts[request]
        assert again + ledger.steps[request] == steps[request]
        assert ledger.end[request] > ledger.first[request] > ledger.start[request] >= 0


def test_prefixes_in_use_are_never_evicted():
    cache = PrefixCache()
    assert [cache.take(0, 100), cache.take(1, 50), cache.take(0, 80)] == [0, 0, 80]
    cache.give_back(1)
    cache.shrink(0)
    assert (cache.cached(0), cache.cached(1)) == (100, 0)
    cache.give_back(0)
    cache.shrink(0)
    assert cache.cached(0) == 100
    cache.give_back(0)
    assert (cache.pinned, cache.idle) == (0, 100)
    cache.shrink(99)
    assert (cache.cached(0), cache.idle) == (0, 0)


def test_a_prefix_is_kept_to_its_longest_use():
    cache = PrefixCache()
    cache.take(3, 100)
    assert cache.pins(3, 150) == 50
    assert cache.take(3, 150) == 100
    assert cache.pinned == 150
