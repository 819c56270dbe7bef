"""The answer is the simulator's, agrees with theory where there is one, and adds up."""

from dataclasses import replace

import numpy as np
import pytest

from labpy.fleet import Fleet, FleetError, Slo, Synthetic, answer, nearest
from labpy.models.serving import open_loop
from labpy.models.simulation import simulate_fleet

SMALL = Fleet("llama-3-8b", tensor_parallel_size=1, replicas=1, weight_dtype="bf16", max_batch=64)
CHAT = Synthetic(6.0, 1500).draw()


@pytest.mark.parametrize("utilization", [0.5, 0.7])
def test_poisson_arrivals_of_one_length_give_what_open_loop_gives(utilization):
    """Within the 15% that open_loop states where it is trusted."""
    deployment = SMALL.deployment()
    rate = utilization * open_loop(deployment, 1.0, 512, 128, max_batch=64).capacity_requests_per_s
    traffic = Synthetic(rate, 12_000, 1.0, 512, 0.0, 128, 0.0, seed=1).draw()
    found = answer(SMALL, traffic)
    theory = open_loop(deployment, traffic.rate_per_s, 512, 128, max_batch=64)
    assert theory.trusted
    for name in ("ttft", "response"):
        quantiles = getattr(found, f"{name}_s")
        assert quantiles[0] == pytest.approx(float(getattr(theory, f"{name}_p50_s")), rel=0.15)
        assert quantiles[2] == pytest.approx(float(getattr(theory, f"{name}_p99_s")), rel=0.15)


def test_the_figures_are_those_of_the_simulator():
    fleet = replace(SMALL, replicas=3, router="power_of_two", max_batched_tokens=2048)
    found = answer(fleet, CHAT, Slo(0.5, 0.02))
    trace = simulate_fleet(
        fleet.deployment(),
        CHAT.arrival_s,
        CHAT.input_tokens,
        CHAT.output_tokens,
        3,
        "power_of_two",
        max_batch=64,
        max_batched_tokens=2048,
    )
    assert found.metrics()["ttft_p99_s"] == np.quantile(trace.ttft_s, 0.99)
    kept = ((trace.ttft_s <= 0.5) & (trace.tpot_s <= 0.02)).sum()
    assert found.goodput_per_s == pytest.approx(kept / CHAT.duration_s)


def test_money_tokens_and_time_add_up():
    found = answer(replace(SMALL, replicas=2), CHAT)
    tokens = found.output_tokens_per_s * found.duration_s
    assert tokens == pytest.approx(CHAT.output_tokens.sum())
    spent = found.cost_per_hour_usd * found.duration_s / 3600
    assert found.cost_per_million_tokens_usd == pytest.approx(1e6 * spent / tokens)
    chip = SMALL.accelerator
    assert 2 * chip.idle_w < found.mean_power_w < 2 * chip.tdp_w


def test_the_course_holds_every_request():
    course = answer(SMALL, CHAT).course
    width = course.begin_s[1]
    assert course.arrivals_per_s.sum() * width == pytest.approx(len(CHAT))


def test_contiguous_memory_holds_fewer_requests_than_pages():
    fleet = replace(SMALL, accelerator="a100-sxm-40gb", max_batch=256)
    traffic = Synthetic(4.0, 1500, input_tokens=2000).draw()
    paged = answer(fleet, traffic)
    contiguous = answer(replace(fleet, kv_allocator="contiguous"), traffic)
    assert replace(fleet, kv_allocator="contiguous").batch_limit(traffic) < 20
    assert contiguous.ttft_s[2] > 2 * paged.ttft_s[2]


def test_prefix_caching_saves_prefills():
    traffic = Synthetic(6.0, 1500, input_tokens=4000, prefix_share=0.6, prefixes=5).draw()
    cached = answer(replace(SMALL, prefix_caching=True), traffic)
    assert cached.hit_share > 0.4
    assert cached.ttft_s[1] < answer(SMALL, traffic).ttft_s[1]


def test_drafts_are_won_by_a_small_batch():
    traffic = Synthetic(0.5, 300).draw()
    drafts = answer(replace(SMALL, draft_tokens=4, acceptance=0.8), traffic)
    assert drafts.tpot_s[0] < 0.6 * answer(SMALL, traffic).tpot_s[0]


def test_a_request_that_no_replica_has_room_for_misses_the_slo():
    fleet = replace(SMALL, accelerator="l4", model="llama-3-8b", weight_dtype="fp8")
    room = int(fleet.deployment().kv_capacity_tokens)
    traffic = Synthetic(0.5, 100, input_cv=0, output_cv=0).draw()
    longer = traffic.input_tokens.copy()
    longer[:10] = room
    found = answer(fleet, replace(traffic, input_tokens=longer), Slo(100, 100))
    assert (found.refused, found.requests) == (10, 90)
    assert found.within_share == pytest.approx(0.9)
    with pytest.raises(FleetError, match=f"{room:,}"):
        answer(fleet, replace(traffic, input_tokens=traffic.input_tokens + room))


REFUSED = {
    "weights": ({"model": "llama-3-70b", "weight_dtype": "bf16"}, "tensor parallel 2"),
    "heads": ({"tensor_parallel_size": 3}, "take 1, 2, 4, 8 and 16"),
    "layers": ({"pipeline_parallel_size": 5}, "take 1, 2, 4, 8 and 16"),
    "no experts": ({"expert_parallel_size": 2}, "no experts"),
    "experts": (
        {"model": "mixtral-8x7b", "tensor_parallel_size": 4, "expert_parallel_size": 8},
        "take 1, 2 and 4",
    ),
    "prefix": ({"router": "prefix", "replicas": 2}, "prefix caching"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_says_what_would(name):
    changed, remedy = REFUSED[name]
    with pytest.raises(FleetError, match=remedy):
        answer(replace(SMALL, **changed), CHAT)


def test_the_remedy_fits():
    heavy = replace(SMALL, model="llama-3-70b", weight_dtype="fp8", accelerator="a100-sxm-40gb")
    with pytest.raises(FleetError, match="It would fit with tensor parallel 4"):
        heavy.deployment()
    assert replace(heavy, tensor_parallel_size=4).deployment().kv_capacity_tokens > 0


def test_near_measurements_the_error_is_told_and_elsewhere_nothing():
    measured = Fleet("llama-3-70b", tensor_parallel_size=4)
    traffic = Synthetic(2.0, 400, input_tokens=1024, output_tokens=1024).draw()
    near = nearest(measured, traffic)
    assert all(row.tensor_parallel_size == 4 for row in near.rows)
    assert 0 < near.tpot_error < 0.1
    assert 0 < near.ttft_error < 0.3
    for changed in (
        {"accelerator": "b200-sxm"},
        {"engine": "sglang"},
        {"pipeline_parallel_size": 2},
        {"prefill_replicas": 1},
        {"weight_dtype": "bf16"},
    ):
        assert nearest(replace(measured, **changed), traffic) is None
