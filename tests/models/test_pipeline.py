import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.pipeline import (
    Chip,
    Engine,
    Stack,
    best_stages,
    chip,
    even_stack,
    stage_pipeline,
    tensor_split,
)

ORIN = chip()
WIDE = Chip((Engine("gpu", 30e12), Engine("a", 10e12), Engine("b", 10e12)), 1e15, 50e-6)
stacks = st.integers(1, 12).flatmap(
    lambda n: st.builds(
        Stack,
        st.lists(st.floats(1e8, 1e11), min_size=n, max_size=n),
        st.lists(st.floats(0, 1e8), min_size=n, max_size=n),
        st.lists(st.floats(0, 1e7), min_size=n, max_size=n),
        st.lists(st.integers(1, 60), min_size=n, max_size=n),
    )
)


def sizes_of(stack, first, second):
    """Cut ``stack`` into three runs at two shares of its length."""
    low, high = sorted((round(first * len(stack)), round(second * len(stack))))
    return [low, high - low, len(stack) - high]


shares = st.floats(0, 1)


def test_orin_has_the_vendors_speeds_at_the_stated_efficiencies():
    assert chip(compute_efficiency=1.0).ops_per_s == pytest.approx([85e12, 26.25e12, 26.25e12])
    assert chip(dram_efficiency=1.0).dram_bytes_per_s == pytest.approx(204.8e9)


@given(stacks, shares, shares)
def test_throughput_is_the_slowest_stage_and_latency_the_sum(stack, first, second):
    result = stage_pipeline(stack, ORIN, sizes_of(stack, first, second))
    assert result.throughput_per_s == pytest.approx(1 / result.stage_s.max())
    assert result.latency_s == pytest.approx(result.stage_s.sum() + result.handoff_s)
    assert result.latency_s * result.throughput_per_s >= 1 - 1e-9


@given(stacks, shares, shares)
def test_scarce_dram_stretches_all_stages_alike(stack, first, second):
    sizes = sizes_of(stack, first, second)
    scarce = Chip(ORIN.engines, 20e9, ORIN.sync_s)
    result = stage_pipeline(stack, scarce, sizes)
    assert 1 <= result.stretch <= sum(size > 0 for size in sizes) + 1e-9
    # While all stages run at once they move no more than the DRAM can.
    moved = np.add.reduceat(np.append(stack.dram_bytes, 0), np.cumsum([0, *sizes[:-1]]))
    busy = np.array(sizes) > 0
    rate = (np.where(busy, moved, 0)[busy] / result.stage_s[busy]).sum()
    assert rate <= 20e9 * (1 + 1e-9)


@given(stacks, shares, shares)
def test_plenty_of_dram_stretches_nothing(stack, first, second):
    assert stage_pipeline(stack, WIDE, sizes_of(stack, first, second)).stretch == 1


@given(stacks)
def test_all_on_one_engine_is_no_split(stack):
    staged = stage_pipeline(stack, ORIN, [len(stack), 0, 0])
    whole = tensor_split(stack, ORIN, [1, 0, 0])
    assert staged.latency_s == pytest.approx(whole.latency_s)
    assert staged.handoff_s == whole.handoff_s == 0
    assert whole.stage_s[1:].tolist() == [0, 0]


def test_known_answer_of_three_stages():
    stack = Stack([30e9, 10e9, 5e9], [0, 0, 0], [1e6, 2e6, 3e6], [1, 1, 1])
    narrow = Chip(WIDE.engines, 1e9, 50e-6)
    result = stage_pipeline(stack, narrow, [1, 1, 1])
    assert result.stage_s == pytest.approx([1e-3, 1e-3, 0.5e-3])
    assert result.handoff_s == pytest.approx(2 * 50e-6 + 2 * 3e6 / 1e9)
    assert result.throughput_per_s == pytest.approx(1000)


def test_known_answer_of_a_tensor_split():
    stack = Stack([50e9], [0], [1e6], [4])
    narrow = Chip(WIDE.engines, 1e9, 50e-6)
    result = tensor_split(stack, narrow)
    assert result.stage_s == pytest.approx([1e-3, 1e-3, 1e-3])
    assert result.handoff_s == pytest.approx(2 * 4 * (50e-6 + 2 * 0.2e6 / 1e9))


@given(stacks)
def test_without_start_up_and_activations_a_tensor_split_wins(stack):
    free = Stack(stack.operations, 0 * stack.dram_bytes, 0 * stack.output_bytes, stack.layers)
    split = tensor_split(free, Chip(WIDE.engines, 1e15, 0.0))
    assert split.latency_s == pytest.approx(stack.operations.sum() / 50e12)


def test_on_orin_a_tensor_split_loses_to_its_synchronisation():
    split, whole = tensor_split(even_stack(), ORIN), tensor_split(even_stack(), ORIN, [1, 0, 0])
    assert split.latency_s > 0.010 > whole.latency_s
    assert split.handoff_s > 0.8 * split.latency_s


def test_stages_trade_latency_for_throughput():
    one, three = (stage_pipeline(even_stack(), ORIN, s) for s in ([10, 0, 0], [7, 2, 1]))
    assert three.throughput_per_s > one.throughput_per_s
    assert three.latency_s > one.latency_s


def test_more_frames_than_the_slowest_stage_carries_never_end():
    limit = stage_pipeline(even_stack(), ORIN, [6, 2, 2]).throughput_per_s
    under, over = (
        stage_pipeline(even_stack(), ORIN, [6, 2, 2], rate) for rate in (0.99 * limit, 1.01 * limit)
    )
    assert under.stable
    assert not over.stable
    assert np.isinf(over.latency_s)
    assert over.dram_utilization == pytest.approx(1.01 * limit * 300e6 / ORIN.dram_bytes_per_s)


@given(stacks, shares, shares, st.floats(0, 2000))
def test_the_best_stages_beat_every_other(stack, first, second, rate):
    best = stage_pipeline(stack, ORIN, best_stages(stack, ORIN, rate), rate)
    other = stage_pipeline(stack, ORIN, sizes_of(stack, first, second), rate)
    assert best.latency_s <= other.latency_s
    most = best_stages(stack, ORIN, rate, "throughput")
    assert stage_pipeline(stack, ORIN, most).throughput_per_s >= other.throughput_per_s


def test_the_pipeline_agrees_with_stepping_frames_through_it():
    stack, sizes, rate = even_stack(), [6, 2, 2], 400.0
    result = stage_pipeline(stack, ORIN, sizes, rate)
    free, latencies = np.zeros(3), []
    for frame in range(200):
        now = frame / rate
        for engine, busy in enumerate(result.stage_s):
            free[engine] = max(now, free[engine]) + busy
            now = free[engine] + (result.handoff_s / 2 if engine < 2 else 0.0)
        latencies.append(now - frame / rate)
    assert latencies == pytest.approx([result.latency_s] * 200)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("operations", lambda: Stack([], [], [], [])),
        ("dram_bytes", lambda: Stack([1], [1, 2], [1], [1])),
        ("output_bytes", lambda: Stack([1], [1], [-1], [1])),
        ("layers", lambda: Stack([1], [1], [1], [0])),
        ("ops_per_s", lambda: Engine("gpu", 0)),
        ("engines", lambda: Chip((), 1, 0)),
        ("keys", lambda: chip(())),
        ("compute_efficiency", lambda: chip(compute_efficiency=1.2)),
        ("accelerator", lambda: chip(("tpu",))),
        ("stage_models", lambda: stage_pipeline(even_stack(), ORIN, [5, 5, 5])),
        ("stage_models", lambda: stage_pipeline(even_stack(), ORIN, [10])),
        ("shares", lambda: tensor_split(even_stack(), ORIN, [0.5, 0.2, 0.2])),
        ("frame_rate", lambda: tensor_split(even_stack(), ORIN, frame_rate=-1)),
        ("goal", lambda: best_stages(even_stack(), ORIN, goal="cost")),
        ("models", lambda: even_stack(0)),
    ],
)
def test_a_bad_argument_is_named(name, call):
    with pytest.raises(ValueError, match=name):
        call()
