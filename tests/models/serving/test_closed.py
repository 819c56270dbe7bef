import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.measurements import h100_vllm_llama31_70b_fp8
from labpy.models.serving import Deployment, closed_loop

LAB = Deployment("llama-3-70b", "h100-sxm", 8)
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


@given(st.integers(1, 2000), TOKENS, TOKENS)
def test_littles_law_holds(clients, prompt, output):
    point = closed_loop(LAB, clients, prompt, output, length_range_ratio=1.0)
    in_batch = point.output_tokens_per_s * point.tpot_s
    assert point.running_requests <= in_batch * (1 + 1e-9)
    assert in_batch <= clients * (1 + 1e-9)
    assert point.running_requests + point.waiting_requests == pytest.approx(clients)


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
