from collections import OrderedDict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.serving import Deployment, prefix_hits, zipf_popularity
from labpy.models.simulation import poisson_arrivals, simulate_fleet

TIGHT = Deployment("llama-3-70b", "h100-sxm", 2)


def lru_hits(ids, tokens, room):
    """Share of requests that find their prefix, of a plain least recently used cache."""
    cache, used, hits = OrderedDict(), 0, 0
    for prefix in ids.tolist():
        if prefix in cache:
            cache.move_to_end(prefix)
            hits += 1
            continue
        while used + tokens[prefix] > room:
            used -= cache.popitem(last=False)[1]
        cache[prefix] = tokens[prefix]
        used += tokens[prefix]
    return hits / len(ids)


@pytest.mark.parametrize(
    ("prefixes", "exponent", "room"), [(40, 0.8, 10), (200, 1.2, 20), (20, 0.0, 5), (40, 0.8, 2)]
)
def test_hits_are_those_of_a_plain_cache(prefixes, exponent, room):
    share = zipf_popularity(prefixes, exponent)
    ids = np.random.default_rng(0).choice(prefixes, 60_000, p=share)
    found = prefix_hits(share, 100, 100 * room)
    assert found.hit_rate == pytest.approx(lru_hits(ids, [100] * prefixes, 100 * room), abs=0.01)


def test_hits_of_prefixes_of_different_lengths_are_too():
    share = zipf_popularity(60, 0.9)
    tokens = np.random.default_rng(3).integers(50, 400, 60)
    ids = np.random.default_rng(0).choice(60, 60_000, p=share)
    found = prefix_hits(share, tokens, 4000)
    assert found.hit_rate == pytest.approx(lru_hits(ids, tokens.tolist(), 4000), abs=0.015)


@pytest.mark.parametrize("router", ["random", "round_robin", "prefix"])
def test_hits_of_a_fleet_are_as_simulated(router):
    """Requests so seldom that they leave all of the cache to prefixes."""
    tokens = 512
    share = zipf_popularity(int(3 * TIGHT.kv_capacity_tokens / tokens), 0.7)
    rng = np.random.default_rng(5)
    count = 12_000
    ids = rng.choice(len(share), count, p=share)
    arrivals = poisson_arrivals(rng, 4.0, count)
    trace = simulate_fleet(TIGHT, arrivals, tokens + 8, 2, 2, router, ids, tokens).after(0.3)
    found = prefix_hits(share, tokens, TIGHT.kv_capacity_tokens, 2, router)
    simulated = (trace.hit_tokens > 0).mean()
    assert found.hit_rate == pytest.approx(simulated, abs=0.03)


def test_a_cache_for_all_always_hits_and_none_never():
    share = zipf_popularity(10)
    assert prefix_hits(share, 100, 1000).hit_rate == 1.0
    assert prefix_hits(share, 100, 1000).requests_in_cache == np.inf
    assert prefix_hits(share, 100, 0).hit_rate == pytest.approx(0.0, abs=1e-9)
    assert prefix_hits([0.5, 0.3], [100, 5000], 1000).hit_probability[1] == 0.0


@given(
    prefixes=st.integers(2, 100),
    exponent=st.floats(0.0, 2.0),
    room=st.floats(0.0, 5e4),
    replicas=st.integers(1, 8),
)
def test_hits_rise_with_the_cache_and_with_affinity(prefixes, exponent, room, replicas):
    share = zipf_popularity(prefixes, exponent)
    tokens = np.random.default_rng(prefixes).integers(1, 1000, prefixes)
    here = prefix_hits(share, tokens, room, replicas)
    assert 0 <= here.hit_rate <= 1 + 1e-9
    assert (np.diff(here.hit_probability[tokens <= room]) <= 1e-9).all()
    assert prefix_hits(share, tokens, room, replicas, "prefix").hit_rate >= here.hit_rate - 1e-9
    kept = share[tokens <= room] @ here.hit_probability[tokens <= room]
    assert kept == pytest.approx(share @ here.hit_probability)
    used = (tokens * here.hit_probability).sum()
    assert used <= room * (1 + 1e-6) + 1e-6


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.7, 0.7], 10, 100), "popularity"),
        (([-0.1], 10, 100), "popularity"),
        (([0.5, 0.5], [1, 2, 3], 100), "prefix_tokens"),
        (([1.0], 10, -1), "cache_tokens"),
        (([1.0], 10, 10, 0), "replicas"),
        (([1.0], 10, 10, 1, "least_loaded"), "router"),
    ],
)
def test_a_wrong_argument_is_named(arguments, words):
    with pytest.raises(ValueError, match=words):
        prefix_hits(*arguments)
    with pytest.raises(ValueError, match="exponent"):
        zipf_popularity(3, -1.0)
