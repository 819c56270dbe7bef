import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models import registry
from labpy.models.serving import Deployment, closed_loop, decode_step
from labpy.models.serving.experts import busiest_share, exchange_s, experts_touched
from labpy.models.simulation import simulate_serving

KEYS = ("mixtral-8x7b", "gpt-oss-120b", "minimax-m2.5", "qwen3-235b-a22b")
MIXTRAL = registry.language_model("mixtral-8x7b")
TOKENS = st.integers(1, 10_000)


def test_experts_touched_are_those_of_random_draws():
    rng = np.random.default_rng(5)
    for tokens in (1, 3, 8):
        picked = rng.random((20_000, tokens, 8)).argsort(axis=2)[:, :, :2].reshape(20_000, -1)
        distinct = np.mean([len(set(each)) for each in picked.tolist()])
        assert experts_touched(MIXTRAL, tokens) == pytest.approx(distinct, rel=0.01)


def test_unequal_popularity_is_that_of_a_gamma_distribution():
    rng, skew, tokens = np.random.default_rng(6), 2.0, 12
    exposure = -tokens * np.log1p(-2 / 8)
    popularity = rng.gamma(1 / skew, skew, 1_000_000)
    expected = 8 * (1 - np.exp(-exposure * popularity)).mean()
    assert experts_touched(MIXTRAL, tokens, skew) == pytest.approx(expected, rel=0.01)


@given(st.sampled_from(KEYS), TOKENS, st.floats(0, 5))
def test_more_tokens_touch_more_experts_and_never_more_than_there_are(key, tokens, skew):
    model = registry.language_model(key)
    touched = experts_touched(model, [tokens, tokens + 1], skew)
    assert touched[0] <= touched[1] <= model.experts
    assert touched[0] <= tokens * model.experts_per_token * (1 + 1e-9)


def test_active_parameters_are_those_of_the_names():
    """Without embedding and head: 22 of 235 billion, 5.1 of 117, 10 of 229 and 12.9 of 46.7."""
    active = {key: registry.language_model(key).active_matrix_parameters / 1e9 for key in KEYS}
    assert active["qwen3-235b-a22b"] == pytest.approx(22 - 2 * 0.62, rel=0.03)
    assert active["gpt-oss-120b"] == pytest.approx(5.1 - 0.58, rel=0.03)
    assert active["minimax-m2.5"] == pytest.approx(10, rel=0.03)
    assert active["mixtral-8x7b"] == pytest.approx(12.9 - 0.26, rel=0.01)


def test_a_small_batch_reads_few_experts_and_a_large_one_all():
    """Where a dense model of as many weights reads all of them for one token."""
    deployment = Deployment("minimax-m2.5", "h100-sxm", 4, expert_parallel_size=4)
    memory_s = decode_step(deployment, np.array([1.0, 16, 4096]), 0).memory_s
    assert memory_s[0] < memory_s[1] / 2
    bandwidth = 4 * deployment.accelerator.memory_bandwidth_bytes_per_s
    assert memory_s[0] < deployment.weight_bytes / bandwidth / 4


@given(st.sampled_from([2, 4, 8]), TOKENS)
def test_the_busiest_rank_has_more_than_the_mean_and_not_more_than_all(ranks, tokens):
    deployment = Deployment("minimax-m2.5", "h100-sxm", 8, expert_parallel_size=ranks)
    share, later = busiest_share(deployment, np.array([tokens, 100.0 * tokens]))
    assert 1 <= later <= share <= ranks


def test_the_busiest_rank_is_that_of_random_draws():
    deployment = Deployment("minimax-m2.5", "h100-sxm", 8, expert_parallel_size=8)
    tokens = 64
    rng = np.random.default_rng(7)
    drawn = rng.multinomial(tokens * 8, np.full(8, 1 / 8), 20_000).max(axis=1).mean()
    expected = drawn / tokens
    assert busiest_share(deployment, np.array(float(tokens))) == pytest.approx(expected, rel=0.1)


def test_attention_data_parallelism_copies_attention_and_splits_experts():
    tensor = Deployment("qwen3-235b-a22b", "h200-sxm", 8, expert_parallel_size=8)
    data = Deployment(
        "qwen3-235b-a22b", "h200-sxm", 1, expert_parallel_size=8, attention_data_parallel_size=8
    )
    assert data.accelerators == tensor.accelerators == 8
    copied = data.attention_weight_bytes + 2 * data.head_weight_bytes
    assert data.weight_bytes - tensor.weight_bytes == pytest.approx(7 * copied)
    # four KV heads over eight: tensor parallelism keeps each twice, data parallelism once
    assert tensor.kv_bytes_per_token == 2 * data.kv_bytes_per_token


def test_tokens_travel_to_their_experts_instead_of_being_summed():
    data = Deployment(
        "qwen3-235b-a22b", "h200-sxm", 1, expert_parallel_size=8, attention_data_parallel_size=8
    )
    step = decode_step(data, 64, 1000)
    assert step.communication_s == pytest.approx(94 * exchange_s(data, np.array(64.0)))
    more = decode_step(data, 6400, 1000)
    assert more.communication_s > 5 * step.communication_s


def test_only_the_experts_of_gpt_oss_are_in_four_bits():
    deployment = Deployment("gpt-oss-120b", "h100-sxm", 2, weight_dtype="mxfp4")
    assert deployment.weight_bytes == pytest.approx(65.2e9, rel=0.005)  # the checkpoint's size
    assert deployment.attention_weight_bytes == pytest.approx(36 * 26.9e6 * 2, rel=0.01)


@pytest.mark.parametrize(
    ("dtype", "width", "b200"), [("mxfp4", 4.25, "fp8"), ("nvfp4", 4.5, "fp4")]
)
def test_four_bits_carry_their_scales_and_compute_where_there_are_units(dtype, width, b200):
    assert 8 * registry.dtype_bytes(dtype) == width
    assert registry.accelerator("b200-sxm").compute_dtype(dtype) == b200
    assert registry.accelerator("h100-sxm").compute_dtype(dtype) == "bf16"


@given(st.sampled_from(KEYS), st.integers(1, 200), st.integers(1, 8192), st.integers(1, 4096))
def test_littles_law_holds_with_experts(key, clients, prompt, output):
    deployment = Deployment(key, "h200-sxm", 4, expert_parallel_size=4, weight_dtype="fp8")
    point = closed_loop(deployment, clients, prompt, output, 1.0)
    response_s = point.ttft_s + (output - 1) * point.tpot_s
    assert point.output_tokens_per_s / output * response_s == pytest.approx(clients)


def test_the_formula_for_a_closed_loop_with_experts_is_near_the_simulator():
    deployment = Deployment("minimax-m2.5", "h200-sxm", 4, expert_parallel_size=4)
    point = closed_loop(deployment, 16, 1024, 512, 1.0, 20)
    trace = simulate_serving(deployment, np.zeros(320), 1024, 512, clients=16)
    assert point.tpot_s == pytest.approx(trace.tpot_s.mean(), rel=0.05)


@pytest.mark.parametrize(
    ("model", "sizes", "name"),
    [
        ("llama-3-70b", {"expert_parallel_size": 2}, "expert_parallel_size"),
        ("llama-3-70b", {"attention_data_parallel_size": 2}, "attention_data_parallel_size"),
        ("minimax-m2.5", {"expert_parallel_size": 3}, "expert_parallel_size"),
        ("minimax-m2.5", {"expert_parallel_size": 16}, "expert_parallel_size"),
        ("minimax-m2.5", {"attention_data_parallel_size": 0}, "attention_data_parallel_size"),
    ],
)
def test_a_wrong_size_is_named(model, sizes, name):
    with pytest.raises(ValueError, match=name):
        Deployment(model, "h100-sxm", 8, **sizes)
