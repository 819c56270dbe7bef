import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.serving import Deployment, chunked_prefill
from labpy.models.simulation import simulate_fleet

LAB = Deployment("llama-3-70b", "h100-sxm", 8)
PIPELINE = Deployment("llama-3-70b", "h100-sxm", 2, 4)


@pytest.mark.parametrize("budget", [300, 1000, 8192])
def test_a_prompt_alone_takes_as_long_as_simulated(budget):
    for deployment in (LAB, PIPELINE):
        trace = simulate_fleet(
            deployment, [0.0], 6000, 1, max_batched_tokens=budget, request_overhead_s=0.0
        )
        found = chunked_prefill(deployment, budget, 6000)
        rel = 1e-9 if deployment is LAB else 0.02  # of a pipeline, the stage with the output head
        assert found.ttft_s == pytest.approx(trace.ttft_s[0], rel=rel)


@pytest.mark.parametrize("budget", [300, 1000, 8192])
def test_it_stalls_a_running_batch_as_simulated(budget):
    """Sixteen replies in the middle of which a prompt comes."""
    alone = simulate_fleet(LAB, np.zeros(16), 100, 600, max_batched_tokens=budget)
    middle_s = alone.response_s[0] / 2
    arrivals = np.append(np.zeros(16), middle_s)
    prompts, outputs = [100] * 16 + [6000], [600] * 16 + [1]
    trace = simulate_fleet(LAB, arrivals, prompts, outputs, max_batched_tokens=budget)
    found = chunked_prefill(LAB, budget, 6000, 16, 100 + 300)
    assert found.stall_s == pytest.approx(trace.longest_gap_s[:16].max(), rel=0.01)
    delay_s = trace.response_s[0] - alone.response_s[0]
    assert found.slowdown_s == pytest.approx(delay_s, rel=0.03)
    waited_s = trace.wait_s[16] + LAB.engine.request_overhead_s
    assert found.ttft_s == pytest.approx(trace.ttft_s[16] - waited_s, rel=0.01)


@given(
    prompt=st.integers(1, 20_000),
    batch=st.integers(0, 200),
    context=st.floats(0.0, 4000.0),
    deployment=st.sampled_from([LAB, PIPELINE]),
)
def test_a_larger_budget_stalls_longer_and_ends_earlier(prompt, batch, context, deployment):
    budgets = 256 * 2 ** np.arange(7)
    found = chunked_prefill(deployment, budgets, prompt, batch, context)
    assert (np.diff(found.steps) <= 0).all()
    if deployment is LAB:  # chunks of a pipeline overlap, so that more of them can end earlier
        assert (found.stall_s <= found.ttft_s * (1 + 1e-9)).all()
        whole = found.steps == 1
        assert (found.ttft_s >= found.ttft_s[whole][0] * (1 - 1e-9)).all() if whole.any() else True
    assert (found.slowdown_s >= 0).all()


def test_a_pipeline_wants_chunks():
    """In one piece a prompt passes the stages one after the other, with all others idle."""
    found = chunked_prefill(PIPELINE, [1024, 8192], 8192)
    assert found.ttft_s[0] < 0.6 * found.ttft_s[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0, 100), "max_batched_tokens"),
        ((512, 0), "input_tokens"),
        ((512, 100, -1), "batch"),
        ((512, 100, 8, -1.0), "context_tokens"),
        ((64, 100, 64), "max_batched_tokens must exceed 64"),
    ],
)
def test_a_wrong_argument_is_named(arguments, words):
    with pytest.raises(ValueError, match=words):
        chunked_prefill(LAB, *arguments)
