"""Formulas give what `open_loop` gives, agree with the simulator, and say where to doubt them."""

from dataclasses import replace

import numpy as np
import pytest

from labpy.fleet import Fleet, FleetError, Synthetic, answer
from labpy.fleet.estimate import TIMES, Load, estimate
from labpy.models.serving import open_loop
from labpy.words import say

ONE = Fleet("llama-3-8b", tensor_parallel_size=1, replicas=1, weight_dtype="bf16", max_batch=64)
CHAT = Synthetic(6.0, 20_000, 1.0, 512, 0.5, 128, 0.5, seed=2)


def test_where_no_doubt_is_told_the_simulator_agrees():
    found = estimate(ONE, Load.drawn(CHAT))
    assert found.doubt == ""
    told = say(found.sentence())
    assert "15%" in told
    simulated = answer(ONE, CHAT.draw()).metrics()
    for name in (*TIMES, "output_tokens_per_s", "cost_per_million_tokens"):
        assert found.figures[name] == pytest.approx(simulated[name], rel=0.15)


def test_the_figures_are_those_of_open_loop():
    fleet = replace(ONE, replicas=3, router="random", kv_dtype="fp8")
    found = estimate(fleet, Load.drawn(CHAT, 2.0)).figures
    theory = open_loop(
        fleet.deployment(), 12.0, 512, 128, max_batch=64, replicas=3, input_cv=0.5, output_cv=0.5
    )
    assert {name: found[name] for name in TIMES} == {n: float(getattr(theory, n)) for n in TIMES}


def test_the_fleet_s_token_budget_counts():
    long = Load.drawn(replace(CHAT, rate_per_s=1.0, input_tokens=4096.0))
    small, large = (
        estimate(replace(ONE, max_batched_tokens=each), long).figures for each in (512, 8192)
    )
    assert small["tpot_p99_s"] < large["tpot_p99_s"]


def test_contiguous_memory_leaves_fewer_slots():
    load = Load.drawn(Synthetic(0.5, 10, 1.0, 4096, 0.0, 1024, 0.0))
    fleet = replace(ONE, accelerator="a100-sxm-40gb", max_batch=256)
    paged, contiguous = (
        estimate(replace(fleet, kv_allocator=each), replace(load, longest=60_000))
        for each in ("paged", "contiguous")
    )
    assert contiguous.doubt == "overload"
    assert np.isinf(contiguous.figures["ttft_p99_s"])
    assert np.isfinite(paged.figures["ttft_p99_s"])


DOUBTS = {
    "arrivals": ({}, {"burstiness": 2.0}),
    "prefix": ({"prefix_caching": True}, {"alike": True}),
    "router": ({"replicas": 2}, {}),
    "overload": ({}, {"rate_per_s": 500.0}),
    "pool": ({"prefill_replicas": 1}, {}),
    "drafts": ({"draft_tokens": 3}, {}),
    "load": ({"pipeline_parallel_size": 2}, {}),
    "room": ({"accelerator": "l4", "weight_dtype": "fp8"}, {"input_tokens": 1e6}),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_doubt_is_told_with_its_reason(doubt):
    fleet, load = DOUBTS[doubt]
    found = estimate(replace(ONE, **fleet), replace(Load.drawn(CHAT), **load))
    assert found.doubt == doubt
    assert "15%" not in say(found.sentence())
    assert found.figures["cost_per_hour"] > 0


def test_a_day_s_swing_and_a_trace_s_bursts_are_doubted():
    swinging = replace(CHAT, day_swing=0.5)
    assert estimate(ONE, Load.drawn(swinging)).doubt == "arrivals"
    drawn = Load.of(replace(CHAT, burstiness=2.0).draw())
    assert drawn.input_cv == pytest.approx(0.5, rel=0.05)
    assert estimate(ONE, drawn).doubt == "arrivals"


def test_a_fleet_that_can_not_be_has_no_estimate():
    with pytest.raises(FleetError):
        estimate(replace(ONE, tensor_parallel_size=3), Load.drawn(CHAT))
