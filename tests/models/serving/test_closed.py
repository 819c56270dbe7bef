import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models import registry
from labpy.models.measurements import h100_vllm_llama31_70b_fp8
from labpy.models.serving import (
    Deployment,
    capacity_requests_per_s,
    closed_loop,
    decode_step,
    prefill,
)
from labpy.models.serving.phases import mixed_step_s
from labpy.models.simulation import simulate_serving

LAB = Deployment("llama-3-70b", "h100-sxm", 8)
DEPLOYMENTS = [LAB, Deployment("llama-3-70b", "h100-sxm", 2, 4)]
TOKENS = st.integers(1, 16384)


def errors():
    measured = h100_vllm_llama31_70b_fp8()
    found = []
    for row in measured.rows:
        deployment = Deployment(
            measured.model, measured.accelerator, row.tensor_parallel_size, engine=measured.engine
        )
        point = closed_loop(deployment, row.concurrency, row.input_tokens, row.output_tokens)
        found.append((point.tpot_s / row.tpot_s - 1, point.ttft_s / row.ttft_s - 1))
    return np.array(found)


def test_measured_rows_are_met():
    found = errors()
    tpot, ttft = np.abs(found).mean(axis=0)
    assert len(found) == 45
    assert tpot < 0.03
    assert ttft < 0.10


@given(
    st.sampled_from(DEPLOYMENTS),
    st.integers(1, 2000),
    TOKENS,
    TOKENS,
    st.floats(0.5, 1.0),
    st.integers(1, 100),
)
def test_littles_law_holds(deployment, clients, prompt, output, ratio, rounds):
    """Clients are the rate times the time of a request; it was off by up to 39%."""
    point = closed_loop(deployment, clients, prompt, output, ratio, rounds)
    tokens = max(output * (1 + ratio) / 2, 1.0)
    response_s = point.ttft_s + (tokens - 1) * point.tpot_s
    assert point.output_tokens_per_s / tokens * response_s == pytest.approx(clients)
    assert point.running_requests + point.waiting_requests == pytest.approx(clients)


@given(st.sampled_from(DEPLOYMENTS), TOKENS, TOKENS)
def test_one_client_pays_for_its_own_prompt_before_the_first_token_only(deployment, prompt, output):
    point = closed_loop(deployment, 1, prompt, output, 1.0)
    assert point.tpot_s == pytest.approx(decode_step(deployment, 1, prompt + output / 2).total_s)


@pytest.mark.parametrize(
    ("clients", "prompt", "output"), [(1, 8192, 100), (8, 8192, 100), (64, 1024, 128)]
)
def test_tokens_and_throughput_are_the_simulators(clients, prompt, output):
    """Prompts as long as the reply: 29% off for one client."""
    point = closed_loop(LAB, clients, prompt, output, 1.0, 20)
    trace = simulate_serving(LAB, np.zeros(20 * clients), prompt, output, 1024, clients=clients)
    rate = 20 * clients * output / (trace.arrival_s + trace.response_s).max()
    assert point.tpot_s == pytest.approx(trace.tpot_s.mean(), rel=0.06)
    assert point.output_tokens_per_s == pytest.approx(rate, rel=0.04)


@given(st.sampled_from(DEPLOYMENTS), st.integers(1, 3000), TOKENS, TOKENS)
def test_in_overload_a_token_takes_no_longer_than_a_step_full_of_prompts(
    deployment, clients, prompt, output
):
    point = closed_loop(deployment, clients, prompt, output, 1.0, 1_000_000)
    waiting_s = point.waiting_requests / clients * (point.ttft_s + output * point.tpot_s)
    budget = deployment.engine.max_batched_tokens
    context = np.array(prompt + output / 2)
    prompts = max(budget // prompt, 1) * deployment.pipeline_parallel_size
    full_s = mixed_step_s(
        deployment, point.running_requests, context, np.array(float(prompt)), prompts
    )
    assert point.tpot_s <= full_s + waiting_s / output + 1e-9


def test_one_token_each_is_the_rate_of_prefill():
    """Prompts alone: no more of them than the replica computes, and nearly as many."""
    point = closed_loop(LAB, 500, 4096, 1, 1.0, 1_000_000)
    most = 1 / prefill(LAB, 4096).total_s
    assert 0.9 * most < point.output_tokens_per_s < 1.02 * most


def test_a_full_closed_loop_and_the_capacity_agree_about_pipelines():
    for stages in (1, 2, 4, 8):
        deployment = Deployment("llama-3-70b", "rtx-pro-6000", 1, stages, "fp4", "fp8")
        most = capacity_requests_per_s(deployment, 2048, 128, max_batch=1024)
        point = closed_loop(deployment, 3000, 2048, 128, 1.0, 1_000_000)
        assert point.output_tokens_per_s / 128 == pytest.approx(most, rel=0.15)


def test_in_the_opening_burst_a_token_waits_for_half_of_the_other_prompts():
    """The time per token did not depend on the number of rounds."""
    once, often = (closed_loop(LAB, 64, 2048, 256, 1.0, rounds) for rounds in (1, 1000))
    decode_s = decode_step(LAB, 64, 2048 + 128).total_s
    assert once.tpot_s - decode_s < 0.6 * (often.tpot_s - decode_s)
    assert once.ttft_s > 2 * often.ttft_s


@given(st.integers(1, 1000), TOKENS, TOKENS)
def test_more_clients_never_get_less_throughput_nor_a_quicker_token(clients, prompt, output):
    point = closed_loop(LAB, [clients, 2 * clients], prompt, output)
    assert point.tpot_s[1] >= point.tpot_s[0] * (1 - 1e-12)
    assert point.ttft_s[1] >= point.ttft_s[0] * (1 - 1e-12)


@given(st.integers(1, 5000), TOKENS, TOKENS)
def test_the_kv_cache_is_never_overfull(clients, prompt, output):
    point = closed_loop(LAB, clients, prompt, output)
    assert 0 < point.kv_utilization <= 1
    assert np.isfinite([point.ttft_s, point.tpot_s]).all()


def test_a_narrower_kv_cache_type_admits_more():
    wide = closed_loop(Deployment("llama-3-70b", "h100-sxm", 2), 200, 8192, 1024)
    narrow = closed_loop(Deployment("llama-3-70b", "h100-sxm", 2, kv_dtype="fp8"), 200, 8192, 1024)
    assert narrow.running_requests == pytest.approx(2 * wide.running_requests)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((0, 10, 10), "concurrency"),
        ((1, 1.5, 10), "input_tokens"),
        ((1, 10, -1), "output_tokens"),
        ((1, 10**7, 10), "input_tokens"),
    ],
)
def test_a_wrong_argument_is_named(arguments, name):
    with pytest.raises(ValueError, match=name):
        closed_loop(LAB, *arguments)


@pytest.mark.parametrize("engine", registry.keys("engines"))
@pytest.mark.parametrize("accelerator", ["h100-sxm", "h200-sxm", "b200-sxm", "rtx-pro-6000"])
def test_rows_that_nobody_measured_are_finite_and_more_clients_cost_no_throughput(
    accelerator, engine
):
    clients, tried = 2 ** np.arange(10), 0
    for model in registry.keys("language_models"):
        for tensors in (1, 8):
            try:
                deployment = Deployment(model, accelerator, tensors, engine=engine)
            except ValueError:
                continue  # too large, or heads that do not divide
            if deployment.kv_capacity_tokens < 2048:
                continue
            point = closed_loop(deployment, clients, 1024, 1024)
            for figure in vars(point).values():
                assert np.isfinite(figure).all()
            rate = point.output_tokens_per_s
            assert (np.diff(rate) > -1e-6 * rate[1:]).all()
            tried += 1
    assert tried >= 8
