from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.streaming import (
    CausalConv,
    Gru,
    deepest,
    dilated_stack,
    plan_sram,
    receptive_field,
    widest,
)

KIB = 1024
stacks = st.builds(
    dilated_stack,
    channels=st.integers(1, 64),
    layers=st.integers(1, 10),
    kernel=st.integers(1, 5),
    cycle=st.integers(1, 6),
    inputs=st.integers(1, 40),
)


def weights_of(layers, rng):
    return [rng.normal(size=(each.outputs, each.inputs, each.kernel)) for each in layers]


def tap(layer, matrix, past):
    """Output of one frame; ``past`` holds the layer's inputs up to the present one."""
    parts = [matrix[:, :, k] @ past[-1 - k * layer.dilation] for k in range(layer.kernel)]
    return np.tanh(np.sum(parts, axis=0))


def by_ring_buffers(layers, matrices, sound):
    rings = [
        deque([np.zeros(each.inputs)] * each.history_frames, maxlen=each.history_frames)
        for each in layers
    ]
    held = [sum(frame.size for frame in ring) for ring in rings]
    outputs = []
    for frame in sound:
        for layer, matrix, ring in zip(layers, matrices, rings, strict=True):
            past = [*ring, frame]
            ring.append(frame)
            frame = tap(layer, matrix, past)
        outputs.append(frame)
    return np.array(outputs), held


def by_whole_sound(layers, matrices, sound):
    for layer, matrix in zip(layers, matrices, strict=True):
        past = [np.zeros(layer.inputs)] * layer.history_frames
        padded = [*past, *sound]
        sound = [
            tap(layer, matrix, padded[: layer.history_frames + i + 1]) for i in range(len(sound))
        ]
    return np.array(sound)


def test_ring_buffers_of_the_planned_size_are_all_that_a_stream_needs():
    rng = np.random.default_rng(0)
    layers = dilated_stack(5, 4, kernel=3, inputs=3)
    matrices, sound = weights_of(layers, rng), rng.normal(size=(60, 3))
    streamed, held = by_ring_buffers(layers, matrices, sound)
    assert streamed == pytest.approx(by_whole_sound(layers, matrices, sound))
    plan = plan_sram(layers, 10**6)
    assert plan.layer_bytes.tolist() == held
    assert plan.state_bytes == sum(held)


def test_nothing_before_the_receptive_field_is_heard():
    rng = np.random.default_rng(1)
    layers = dilated_stack(4, 3, kernel=3, inputs=2)
    matrices, sound = weights_of(layers, rng), rng.normal(size=(40, 2))
    field = receptive_field(layers)
    last = by_whole_sound(layers, matrices, sound)[-1]
    before, within = sound.copy(), sound.copy()
    before[-field - 1] += 1.0
    within[-field] += 1.0
    assert by_whole_sound(layers, matrices, before)[-1] == pytest.approx(last, abs=1e-12)
    assert np.abs(by_whole_sound(layers, matrices, within)[-1] - last).max() > 1e-6


@given(stacks, st.integers(1, 4), st.sampled_from(["ring_buffer", "recompute"]))
def test_what_is_counted_adds_up_and_max_streams_is_the_last_that_fits(layers, streams, mode):
    budget = 256 * KIB
    plan = plan_sram(layers, budget, streams=streams, mode=mode)
    assert plan.total_bytes == plan.weight_bytes + plan.scratch_bytes + streams * plan.state_bytes
    assert plan.layer_bytes.sum() == plan.state_bytes
    assert plan.fits == (plan.total_bytes <= budget)
    if plan.state_bytes and plan.max_streams:
        assert plan_sram(layers, budget, streams=plan.max_streams, mode=mode).fits
        assert not plan_sram(layers, budget, streams=plan.max_streams + 1, mode=mode).fits


@given(stacks, st.sampled_from(["ring_buffer", "recompute"]))
def test_sixteen_bits_double_state_and_scratch_and_leave_weights(layers, mode):
    one, two = (plan_sram(layers, 10**6, dtype, mode) for dtype in ("int8", "int16"))
    assert two.state_bytes == 2 * one.state_bytes
    assert two.scratch_bytes == 2 * one.scratch_bytes
    assert two.weight_bytes == one.weight_bytes


@given(stacks)
def test_recomputing_never_saves_operations(layers):
    ring, again = plan_sram(layers, 10**6), plan_sram(layers, 10**6, mode="recompute")
    assert again.operations_per_frame >= ring.operations_per_frame
    assert again.operations_per_frame <= ring.operations_per_frame * receptive_field(layers)


def test_recomputing_keeps_less_state_and_more_scratch_if_layers_are_wide():
    layers = dilated_stack(96, 6)
    ring, again = plan_sram(layers, 10**6), plan_sram(layers, 10**6, mode="recompute")
    assert again.state_bytes < ring.state_bytes
    assert again.total_bytes > ring.total_bytes


def test_a_recurrent_state_does_not_grow_with_memory():
    layers = (Gru(42, 24), Gru(24, 48))
    assert plan_sram(layers, 10**6).layer_bytes.tolist() == [24, 48]
    assert receptive_field(layers) == float("inf")
    with pytest.raises(ValueError, match="mode"):
        plan_sram(layers, 10**6, mode="recompute")


@given(st.integers(2, 12), st.integers(32, 512), st.integers(1, 2))
def test_the_widest_fits_and_one_more_does_not(layers, kib, streams):
    width = widest(layers, kib * KIB, streams)
    assert width < 1024
    assert not plan_sram(dilated_stack(width + 1, layers), kib * KIB, streams=streams).fits
    if width:
        assert plan_sram(dilated_stack(width, layers), kib * KIB, streams=streams).fits


@given(st.integers(1, 100), st.integers(32, 512))
def test_deeper_nets_are_narrower_and_weights_in_flash_make_room(channels, kib):
    depth = deepest(channels, kib * KIB)
    assert deepest(channels + 20, kib * KIB) <= depth
    assert deepest(channels, kib * KIB, weights_in_sram=False) >= depth
    assert deepest(channels, kib * KIB, dtype="int16") <= depth


def test_nothing_fits_nothing():
    assert deepest(64, 100) == 0
    assert not plan_sram(dilated_stack(64, 6), 100).fits
    assert plan_sram(dilated_stack(64, 6), 100).max_streams == 0


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("kernel", lambda: CausalConv(1, 1, 0)),
        ("outputs", lambda: Gru(1, 0.5)),
        ("layers", lambda: plan_sram((), 100)),
        ("layers must fit", lambda: plan_sram((Gru(2, 3), Gru(4, 3)), 100)),
        ("dtype", lambda: plan_sram((Gru(2, 3),), 100, dtype="int4")),
        ("weight_dtype", lambda: plan_sram((Gru(2, 3),), 100, weight_dtype="int4")),
        ("mode", lambda: plan_sram((Gru(2, 3),), 100, mode="swap")),
        ("budget_bytes", lambda: plan_sram((Gru(2, 3),), -1)),
        ("streams", lambda: plan_sram((Gru(2, 3),), 100, streams=0)),
        ("limit", lambda: deepest(1, 100, limit=0)),
    ],
)
def test_a_bad_argument_is_named(name, call):
    with pytest.raises(ValueError, match=name):
        call()
