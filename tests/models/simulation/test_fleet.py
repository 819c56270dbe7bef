import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.network import point_to_point_s
from labpy.models.serving import Deployment, capacity_requests_per_s, prefill
from labpy.models.simulation import (
    poisson_arrivals,
    simulate_fleet,
    simulate_serving,
)
from labpy.models.simulation.routers import ROUTERS
from tests.models.simulation import stepwise

LAB = Deployment("llama-3-70b", "h100-sxm", 8)
SMALL = Deployment("llama-3-8b", "h100-sxm")
TIGHT = Deployment("llama-3-70b", "h100-sxm", 2)
PIPELINE = Deployment("llama-3-70b", "h100-sxm", 2, 4)


def trace_of(rate, requests, seed=0, prompt=700, output=150, cv=0.8):
    """Poisson arrivals of log-normal lengths."""
    rng = np.random.default_rng(seed)
    spread = np.sqrt(np.log1p(cv**2))
    lengths = [
        np.clip(rng.lognormal(np.log(n) - spread**2 / 2, spread, requests), 1, 8 * n).astype(int)
        for n in (prompt, output)
    ]
    return poisson_arrivals(rng, rate, requests), *lengths


@pytest.mark.parametrize("budget", [256, 8192])
@pytest.mark.parametrize("max_batch", [4, 256])
def test_it_does_what_a_plain_step_by_step_simulation_does(budget, max_batch):
    arrivals, prompts, outputs = trace_of(8.0, 80)
    plain = stepwise.simulate(SMALL, arrivals, prompts, outputs, max_batch, budget)
    fleet = simulate_fleet(
        SMALL,
        arrivals,
        prompts,
        outputs,
        max_batch=max_batch,
        max_batched_tokens=budget,
        request_overhead_s=0.0,
    )
    for name, mine in (
        ("first", fleet.arrival_s + fleet.ttft_s),
        ("end", fleet.arrival_s + fleet.response_s),
        ("gap", fleet.longest_gap_s),
    ):
        theirs = np.array([getattr(request, name) for request in plain])
        np.testing.assert_allclose(mine, theirs, rtol=1e-7, atol=1e-9, err_msg=name)


def test_one_replica_is_simulate_serving():
    arrivals, prompts, outputs = trace_of(12.0, 2000)
    one = simulate_serving(LAB, arrivals, prompts, outputs, 64)
    fleet = simulate_fleet(LAB, arrivals, prompts, outputs, max_batch=64)
    for field in ("ttft_s", "tpot_s", "response_s"):
        np.testing.assert_allclose(getattr(fleet, field), getattr(one, field), rtol=1e-9)


@pytest.mark.parametrize("deployment", [LAB, PIPELINE], ids=["one stage", "four stages"])
@pytest.mark.parametrize("router", ["random", "round_robin", "least_loaded", "power_of_two"])
def test_each_replica_serves_its_share_as_if_alone(router, deployment):
    """What the router adds is who goes where: looking at a load changes nothing."""
    arrivals, prompts, outputs = trace_of(30.0, 1200)
    fleet = simulate_fleet(deployment, arrivals, prompts, outputs, 3, router, max_batch=64)
    for replica in range(3):
        mine = fleet.replica == replica
        assert 300 < mine.sum() < 500
        alone = simulate_serving(deployment, arrivals[mine], prompts[mine], outputs[mine], 64)
        np.testing.assert_allclose(fleet.ttft_s[mine], alone.ttft_s, rtol=1e-9)
        np.testing.assert_allclose(fleet.response_s[mine], alone.response_s, rtol=1e-9)


@given(
    rate=st.floats(1.0, 60.0),
    replicas=st.integers(1, 4),
    router=st.sampled_from(ROUTERS),
    deployment=st.sampled_from([LAB, TIGHT, PIPELINE]),
    apart=st.booleans(),
    budget=st.sampled_from([64, 512, 8192]),
    seed=st.integers(0, 1000),
)
def test_every_request_gets_its_tokens_and_no_replica_works_more_than_all_the_time(
    rate, replicas, router, deployment, apart, budget, seed
):
    arrivals, prompts, outputs = trace_of(rate, 120, seed)
    prefix = np.random.default_rng(seed).integers(-1, 5, 120)
    trace = simulate_fleet(
        deployment,
        arrivals,
        prompts,
        outputs,
        replicas,
        router,
        prefix,
        prompts // 2,
        prefill_replicas=2 * apart,
        seed=seed,
        max_batched_tokens=budget,
        request_overhead_s=0.0,
    )
    np.testing.assert_allclose(
        trace.ttft_s + trace.tpot_s * (outputs - 1), trace.response_s, rtol=1e-9
    )
    # no token takes less than the weights take to pass, no prompt less than alone in one step
    floor_s = simulate_serving(deployment, [0.0], 1, 2, request_overhead_s=0.0).tpot_s[0] * 0.999
    assert (trace.tpot_s[outputs > 1] >= floor_s).all()
    assert (trace.longest_gap_s >= trace.tpot_s * (1 - 1e-9)).all()
    assert (trace.ttft_s >= floor_s).all()
    assert (trace.wait_s >= 0).all()
    assert ((trace.replica >= 0) & (trace.replica < replicas)).all()
    assert ((trace.hit_tokens >= 0) & (trace.hit_tokens < prompts)).all()
    for share in (trace.busy_share, trace.prefill_busy_share, trace.mean_kv_utilization):
        assert ((share >= 0) & (share <= 1 + 1e-9)).all()
    assert ((trace.kv_utilization >= 0) & (trace.kv_utilization <= 1 + 1e-9)).all()
    assert len(trace.prefill_busy_share) == 2 * apart


@pytest.mark.parametrize("deployment", [SMALL, PIPELINE], ids=["one stage", "four stages"])
def test_littles_law_of_the_tokens_in_the_cache(deployment):
    """Tokens in the cache, over time, are what each request holds for as long as it does."""
    arrivals, prompts, outputs = trace_of(10.0, 1500)
    trace = simulate_fleet(deployment, arrivals, prompts, outputs, request_overhead_s=0.0)
    in_prefill_s = trace.ttft_s - trace.wait_s
    in_decode_s = trace.response_s - trace.ttft_s
    held = (prompts * in_prefill_s + (prompts + 1 + outputs / 2) * in_decode_s).sum()
    end = (arrivals + trace.response_s).max()
    used = trace.mean_kv_utilization[0] * deployment.kv_capacity_tokens * end
    assert used == pytest.approx(held, rel=0.01)


def test_arrivals_see_time_averages():
    """Poisson arrivals find the use of the cache that there is over time."""
    arrivals, prompts, outputs = trace_of(20.0, 6000)
    trace = simulate_fleet(SMALL, arrivals, prompts, outputs)
    assert trace.kv_utilization.mean() == pytest.approx(trace.mean_kv_utilization[0], rel=0.05)


def test_twice_the_replicas_never_wait_longer():
    """With each replica's requests split between two."""
    for rate in (10.0, 30.0, 45.0):
        arrivals, prompts, outputs = trace_of(rate, 1500)
        half = np.random.default_rng(1).random(1500) < 0.5
        whole = simulate_fleet(SMALL, arrivals, prompts, outputs, max_batch=32)
        parts = [
            simulate_fleet(SMALL, arrivals[m], prompts[m], outputs[m], max_batch=32)
            for m in (half, ~half)
        ]
        for field in ("wait_s", "ttft_s", "response_s"):
            split = np.concatenate([getattr(part, field) for part in parts]).mean()
            assert split <= getattr(whole, field).mean()


def test_who_looks_at_loads_waits_less():
    capacity = capacity_requests_per_s(SMALL, 700, 150, max_batch=32, replicas=8)
    arrivals, prompts, outputs = trace_of(0.9 * capacity, 6000)
    wait = {
        router: simulate_fleet(
            SMALL, arrivals, prompts, outputs, 8, router, max_batch=32
        ).wait_s.mean()
        for router in ("random", "round_robin", "power_of_two", "least_loaded")
    }
    assert wait["least_loaded"] < wait["power_of_two"] < wait["round_robin"] < wait["random"]
    assert wait["power_of_two"] < 0.2 * wait["random"]


def test_a_shared_prefix_is_prefilled_once():
    trace = simulate_fleet(
        SMALL, [0.0, 9.0], 4096, 8, prefix_id=3, prefix_tokens=4000, request_overhead_s=0.0
    )
    assert trace.hit_tokens.tolist() == [0, 4000]
    rest = simulate_fleet(SMALL, [0.0], 96, 8, request_overhead_s=0.0)
    assert rest.ttft_s[0] < trace.ttft_s[1] < 1.2 * rest.ttft_s[0]
    assert trace.ttft_s[0] == pytest.approx(float(prefill(SMALL, 4096).total_s), rel=1e-9)
    assert simulate_fleet(SMALL, [0.0, 9.0], 4096, 8).hit_tokens.tolist() == [0, 0]


def test_only_whole_blocks_are_shared_and_never_a_whole_prompt():
    block = SMALL.engine.block_tokens
    hits = [
        simulate_fleet(SMALL, [0.0, 9.0], n, 8, prefix_id=3, prefix_tokens=n).hit_tokens[1]
        for n in (block - 1, 4 * block, 4 * block + 1)
    ]
    assert hits == [0, 4 * block - 1, 4 * block]


def test_the_least_recently_used_prefix_goes_first():
    room = int(TIGHT.kv_capacity_tokens)
    size = room // 3 - 100
    ids = [0, 1, 0, 2, 3, 0, 1]  # 3 takes the place of 1, not of 0
    trace = simulate_fleet(
        TIGHT, np.arange(7) * 1e3, size + 10, 2, prefix_id=ids, prefix_tokens=size
    )
    assert (trace.hit_tokens > 0).tolist() == [False, False, True, False, False, True, False]


def test_the_prefix_router_keeps_more_prefixes_in_the_fleet():
    """Each replica caches its own prefixes, rather than all the same half of them."""
    rng = np.random.default_rng(0)
    size = int(TIGHT.kv_capacity_tokens) // 12
    arrivals = poisson_arrivals(rng, 0.5, 600)
    ids = rng.integers(0, 24, 600)
    hits = {
        router: simulate_fleet(TIGHT, arrivals, size + 100, 2, 4, router, ids, size).prefix_hit_rate
        for router in ("random", "prefix")
    }
    assert hits["prefix"] > 0.9
    assert hits["random"] < 0.6


def test_the_prefix_router_gives_way_when_one_replica_is_swamped():
    arrivals = np.zeros(400)
    on_one = simulate_fleet(LAB, arrivals, 512, 64, 4, "prefix", 1, 256, balance=(1e9, 1e9))
    spread = simulate_fleet(LAB, arrivals, 512, 64, 4, "prefix", 1, 256)
    assert len(np.unique(on_one.replica)) == 1
    assert len(np.unique(spread.replica)) == 4
    assert spread.response_s.mean() < on_one.response_s.mean()


def test_prefill_elsewhere_costs_a_transfer_and_spares_the_others_tokens():
    arrivals, prompts, outputs = trace_of(8.0, 800, prompt=3000)
    together = simulate_fleet(LAB, arrivals, prompts, outputs, 2, max_batch=256)
    apart = simulate_fleet(LAB, arrivals, prompts, outputs, 1, prefill_replicas=1)
    assert apart.longest_gap_s.mean() < 0.5 * together.longest_gap_s.mean()
    alone = simulate_fleet(LAB, [0.0], 4096, 100, 1, prefill_replicas=1, kv_link="pcie5")
    here = simulate_fleet(LAB, [0.0], 4096, 100)
    sent_s = float(point_to_point_s(4096 * LAB.kv_bytes_per_token / 8, "pcie5"))
    assert alone.transfer_s[0] == pytest.approx(sent_s, rel=1e-9)
    assert alone.ttft_s == pytest.approx(here.ttft_s)
    assert alone.response_s - sent_s == pytest.approx(here.response_s, rel=1e-9)


def test_a_slow_link_holds_caches_back_in_the_prefill_pool():
    """Transfers queue up, the sender's cache fills, and prompts have to wait for room."""
    arrivals = np.linspace(0.0, 10.0, 200)
    fast, slow = (
        simulate_fleet(TIGHT, arrivals, 2048, 50, 2, prefill_replicas=2, kv_link=link)
        for link in ("nvlink4", "pcie4")
    )
    assert slow.transfer_s.mean() > 2 * fast.transfer_s.mean()
    assert np.isfinite(slow.response_s).all()


def test_a_smaller_budget_trades_the_first_token_for_even_ones():
    arrivals, prompts, outputs = trace_of(4.0, 600, prompt=3000)
    small, large = (
        simulate_fleet(LAB, arrivals, prompts, outputs, max_batched_tokens=budget)
        for budget in (512, 8192)
    )
    assert small.longest_gap_s.mean() < 0.5 * large.longest_gap_s.mean()
    assert small.ttft_s.mean() > large.ttft_s.mean()


def test_the_same_seed_gives_the_same_trace():
    arrivals, prompts, outputs = trace_of(30.0, 300)
    runs = [
        simulate_fleet(SMALL, arrivals, prompts, outputs, 4, "power_of_two", seed=5)
        for _ in range(2)
    ]
    np.testing.assert_array_equal(runs[0].response_s, runs[1].response_s)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"arrival_s": [1.0, 0.0]}, "arrival_s"),
        ({"input_tokens": 0}, "input_tokens"),
        ({"input_tokens": [1, 2, 3]}, "input_tokens must be one number or 2"),
        ({"output_tokens": 0.5}, "output_tokens"),
        ({"replicas": 0}, "replicas"),
        ({"router": "best"}, "router must be one of random, round_robin"),
        ({"router": "prefix"}, "prefix_id"),
        ({"prefix_id": 1}, "prefix_id and prefix_tokens"),
        ({"prefix_id": -2, "prefix_tokens": 4}, "prefix_id"),
        ({"prefix_id": 1, "prefix_tokens": 11}, "prefix_tokens"),
        ({"prefill_deployment": SMALL}, "prefill_replicas"),
        ({"prefill_replicas": -1}, "prefill_replicas"),
        ({"prefill_replicas": 1, "kv_link": "string"}, "link"),
        ({"max_batch": 0}, "max_batch"),
        ({"seed": -1}, "seed"),
        ({"max_batched_tokens": 0}, "max_batched_tokens"),
        ({"balance": (1.0, -1.0)}, "balance"),
        ({"input_tokens": 10**8}, "input_tokens"),
        ({"request_overhead_s": -1.0}, "request_overhead_s"),
    ],
)
def test_a_wrong_argument_is_named(arguments, words):
    valid = {"arrival_s": [0.0, 1.0], "input_tokens": 10, "output_tokens": 10}
    with pytest.raises(ValueError, match=words):
        simulate_fleet(SMALL, **(valid | arguments))
