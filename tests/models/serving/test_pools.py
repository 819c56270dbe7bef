from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.registry import engine
from labpy.models.serving import Deployment, disaggregated, prefill_queue, tandem
from labpy.models.simulation import poisson_arrivals, simulate_fleet, simulate_queue
from labpy.models.simulation.clock import StageClock

TP4 = Deployment("llama-3-70b", "h100-sxm", 4)
PP4 = Deployment("llama-3-70b", "h100-sxm", 1, 4)


@pytest.mark.parametrize("rate", [0.5, 3.0, 8.0])
def test_distserves_three_forms_are_cases_of_a_tandem(rate):
    """Zhong et al. 2024, equations 1 to 3."""
    d, k = 0.1, 1.7
    none = d + rate * d**2 / (2 * (1 - rate * d))
    inter = d + rate * d**2 / (4 * (2 - rate * d))
    intra = d / k + rate * d**2 / (2 * k * (k - rate * d))
    for stages, form in (([d], none), ([d / 2, d / 2], inter), ([d / k], intra)):
        assert tandem(rate, stages).mean_response_s == pytest.approx(form, rel=1e-12)


@given(stages=st.lists(st.floats(0.01, 1.0), min_size=1, max_size=5), load=st.floats(0.01, 0.95))
def test_a_tandem_waits_as_at_its_slowest_stage_whatever_the_order(stages, load):
    rng = np.random.default_rng(len(stages))
    rate = load / max(stages)
    arrivals = np.cumsum(rng.exponential(1 / rate, 300))
    time_s = arrivals
    for stage_s in stages:
        time_s = time_s + simulate_queue(time_s, stage_s).response_s
    slowest = simulate_queue(arrivals, max(stages)).wait_s
    np.testing.assert_allclose(time_s - arrivals, slowest + sum(stages), rtol=1e-7)
    found = tandem(rate, stages)
    assert found.response_quantile_s(0.9) == pytest.approx(found.wait_quantile_s(0.9) + sum(stages))


@pytest.mark.parametrize("load", [0.3, 0.6, 0.8])
@pytest.mark.parametrize("prompt", [1024, 2048])
def test_prompts_that_share_steps_wait_as_simulated(prompt, load):
    rate = load / float(prefill_queue(TP4, 0.0, prompt).mean_response_s)
    times = [
        simulate_fleet(
            TP4,
            poisson_arrivals(np.random.default_rng(seed), rate, 20_000),
            prompt,
            1,
            request_overhead_s=0.0,
        ).after()
        for seed in range(6)
    ]
    ttft_s = np.concatenate([trace.ttft_s for trace in times])
    found = prefill_queue(TP4, rate, prompt)
    assert found.mean_response_s == pytest.approx(ttft_s.mean(), rel=0.05)
    for p in (0.5, 0.99):
        assert found.response_quantile_s(p) == pytest.approx(np.quantile(ttft_s, p), rel=0.08)


@pytest.mark.parametrize("deployment", [TP4, PP4], ids=["one stage", "four stages"])
def test_prompts_one_by_one_are_a_row_of_constant_services(deployment):
    """Request by request, with the output head in the last of the stages."""
    prompt = 4096
    found = prefill_queue(deployment, 0.0, prompt, share_steps=False)
    stages = deployment.pipeline_parallel_size
    clock = StageClock(deployment, 1, prompt)
    hops_s = (stages - 1) * clock.hop_s[prompt]
    stage_s = (float(found.mean_response_s) - hops_s) / stages
    head_s = clock.head_s[prompt]
    arrivals = poisson_arrivals(np.random.default_rng(2), 0.8 / stage_s, 3_000)
    trace = simulate_fleet(
        deployment, arrivals, prompt, 1, max_batched_tokens=prompt, request_overhead_s=0.0
    )
    time_s = arrivals
    for stage in range(stages):
        own_s = clock.stage_shares[stage] * (stage_s - head_s / stages)
        own_s += head_s * (stage == stages - 1)
        time_s = time_s + simulate_queue(time_s, own_s).response_s
    expected = time_s - arrivals + hops_s
    if stages == 1:
        np.testing.assert_allclose(trace.ttft_s, expected, rtol=1e-9)
    # a lane comes back a hop after its last stage, so a full pipeline is a little slower
    assert (trace.ttft_s >= expected * (1 - 1e-9)).all()
    assert trace.ttft_s.mean() == pytest.approx(expected.mean(), rel=0.01)


@pytest.mark.parametrize("utilization", [0.3, 0.6, 0.9])
@pytest.mark.parametrize(
    ("prompt", "output", "pools", "max_batch"),
    [(2048, 256, (2, 2), 256), (512, 512, (1, 2), 64), (512, 512, (1, 3), 256)],
)
def test_two_pools_are_as_simulated(prompt, output, pools, max_batch, utilization):
    decoders, prefillers = pools
    more = {"prefill_replicas": prefillers, "max_batch": max_batch}
    capacity = disaggregated(TP4, 1.0, prompt, output, decoders, **more).capacity_requests_per_s
    rate = utilization * capacity
    found = disaggregated(TP4, rate, prompt, output, decoders, **more)
    arrivals = poisson_arrivals(np.random.default_rng(1), rate, 12_000)
    trace = simulate_fleet(TP4, arrivals, prompt, output, decoders, **more).after()
    assert found.ttft_mean_s == pytest.approx(trace.ttft_s.mean(), rel=0.05)
    assert found.ttft_p99_s == pytest.approx(np.quantile(trace.ttft_s, 0.99), rel=0.12)
    assert found.tpot_mean_s == pytest.approx(trace.tpot_s.mean(), rel=0.04)
    assert found.response_mean_s == pytest.approx(trace.response_s.mean(), rel=0.04)


@pytest.mark.parametrize("utilization", [0.3, 0.9])
def test_a_decode_pool_with_a_pipeline_is_as_simulated(utilization):
    """Full lanes go round at the pace of the slowest stage."""
    more = {"prefill_deployment": TP4, "prefill_replicas": 4}
    capacity = disaggregated(PP4, 1.0, 512, 512, **more).capacity_requests_per_s
    rate = utilization * capacity
    found = disaggregated(PP4, rate, 512, 512, **more)
    arrivals = poisson_arrivals(np.random.default_rng(1), rate, 5_000)
    trace = simulate_fleet(PP4, arrivals, 512, 512, **more).after()
    assert found.tpot_mean_s == pytest.approx(trace.tpot_s.mean(), rel=0.04)


def test_a_slow_link_can_be_the_bottleneck():
    """Both queues follow each other: no request waits twice, and the link sets the capacity."""
    prompt, link = 2048, "pcie4"
    fast = replace(engine("vllm"), max_batched_tokens=prompt)
    one = Deployment("llama-3-8b", "h100-sxm", engine=fast)
    slow = replace(one.link, bandwidth_bytes_per_s=4e9, bulk_efficiency=1.0)
    assert disaggregated(one, 1.0, prompt, 32, kv_link=link).link_utilization < 0.05
    capacity = disaggregated(one, 1.0, prompt, 32, kv_link=slow).capacity_requests_per_s
    rate = 0.8 * capacity
    found = disaggregated(one, rate, prompt, 32, kv_link=slow)
    assert found.link_utilization == pytest.approx(0.8)
    assert found.prefill_utilization < 0.8
    arrivals = poisson_arrivals(np.random.default_rng(3), rate, 20_000)
    trace = simulate_fleet(one, arrivals, prompt, 32, prefill_replicas=1, kv_link=slow).after()
    assert found.transfer_s == pytest.approx(trace.transfer_s.mean(), rel=0.05)
    assert not disaggregated(one, 1.1 * capacity, prompt, 32, kv_link=slow).stable


@given(prompt=st.integers(1, 6000), output=st.integers(2, 1000), decoders=st.integers(1, 4))
def test_load_never_helps_and_times_add_up(prompt, output, decoders):
    one = disaggregated(TP4, 1.0, prompt, output, decoders)
    rate = np.linspace(0.0, 1.3, 30) * one.capacity_requests_per_s
    found = disaggregated(TP4, rate, prompt, output, decoders)
    stable = found.stable
    assert (stable == (rate < one.capacity_requests_per_s * (1 - 1e-12))).all()
    for field in ("ttft_mean_s", "ttft_p99_s", "tpot_mean_s", "response_mean_s"):
        values = getattr(found, field)[stable]
        grid = 0.01 if field == "ttft_p99_s" else 1e-9  # on which a batching server's waits lie
        assert (np.diff(values) >= -grid * values[:-1]).all(), field
    np.testing.assert_allclose(
        found.ttft_mean_s[stable] + found.tpot_mean_s[stable] * (output - 1),
        found.response_mean_s[stable],
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"arrival_rate": -1.0}, "arrival_rate"),
        ({"input_tokens": 0}, "input_tokens"),
        ({"output_tokens": 1}, "output_tokens"),
        ({"replicas": 0}, "replicas"),
        ({"prefill_replicas": 0}, "prefill_replicas"),
        ({"max_batch": 0}, "max_batch"),
        ({"kv_link": "string"}, "link"),
        ({"input_tokens": 10**8}, "KV cache"),
        ({"request_overhead_s": -1.0}, "request_overhead_s"),
    ],
)
def test_a_wrong_argument_is_named(arguments, words):
    valid = {"arrival_rate": 1.0, "input_tokens": 100, "output_tokens": 100}
    with pytest.raises(ValueError, match=words):
        disaggregated(TP4, **(valid | arguments))
    with pytest.raises(ValueError, match="stage_s"):
        tandem(1.0, [])
