import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.kv_cache import bytes_per_token
from labpy.models.streaming import (
    CausalConvolution,
    Recurrent,
    deepest_dilated_stack,
    feature_memory_bytes,
    feature_traffic_bytes_per_s,
    session_bytes,
    stream_memory,
    streams_that_fit,
)


@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 3))
def test_a_ring_buffer_is_just_long_enough_to_stream(kernel, dilation, channels):
    """A convolution fed frame by frame from its ring buffer gives what it gives at once."""
    rng = np.random.default_rng(0)
    layer = CausalConvolution(channels, 1, kernel, dilation)
    weights = rng.normal(size=(kernel, channels))
    signal = rng.normal(size=(20, channels))
    past = layer.state_numbers // channels
    padded = np.concatenate((np.zeros((past, channels)), signal))
    whole = [
        sum((weights[k] * padded[t + past - k * dilation]).sum() for k in range(kernel))
        for t in range(20)
    ]
    ring = np.zeros((past, channels))
    streamed = []
    for frame in signal:
        seen = np.concatenate((ring, frame[None]))
        streamed.append(sum((weights[k] * seen[past - k * dilation]).sum() for k in range(kernel)))
        ring = seen[1:]
    assert streamed == pytest.approx(whole)
    assert ring.size == layer.state_numbers


def test_recurrent_layers_carry_their_units():
    assert Recurrent(10, 20, "gru").state_numbers == 20
    assert Recurrent(10, 20, "lstm", sequences=3).state_numbers == 120
    assert Recurrent(10, 20, "lstm").parameters == 4 * 20 * 31
    assert math.isinf(stream_memory([Recurrent(4, 4)]).past_frames)


def test_dilations_double_the_past_with_each_layer():
    nets = [stream_memory([CausalConvolution(8, 8, 3, 2**k) for k in range(n)]) for n in (4, 5)]
    assert [net.past_frames for net in nets] == [30, 62]
    assert nets[1].state_bytes == pytest.approx(8 * 62)
    assert stream_memory([CausalConvolution(8, 8, 3)], 2.0).state_bytes == 32


@given(st.floats(0, 1e9), st.floats(0, 1e8), st.floats(1, 1e6), st.floats(1, 10))
def test_more_state_never_fits_more_streams(memory, weights, state, factor):
    lean, fat = (streams_that_fit(memory, weights, s) for s in (state, state * factor))
    assert fat <= lean
    assert lean * state <= max(memory - weights, 0) * (1 + 1e-9)


def test_no_stream_fits_where_the_weights_do_not():
    assert streams_that_fit(100.0, 200.0, 1.0) == 0.0
    assert streams_that_fit([100.0, 300.0], 200.0, 10.0).tolist() == [0.0, 10.0]


@given(st.integers(1, 1 << 20), st.integers(1, 64), st.integers(1, 16))
def test_the_deepest_stack_fits_and_one_more_does_not(memory, channels, streams):
    depth = deepest_dilated_stack(memory, channels, streams=streams)
    for layers, fits in ((depth, True), (depth + 1, False)):
        if layers == 0:
            continue
        net = stream_memory([CausalConvolution(channels, channels, 3, 2**k) for k in range(layers)])
        assert (net.weight_bytes + streams * net.state_bytes <= memory) is fits


def test_features_of_cameras_fill_memory_and_bandwidth():
    size = feature_memory_bytes(200, 200, 256, 4)
    assert size == 200 * 200 * 256 * 4 * 2
    assert feature_traffic_bytes_per_s(size, 30, 6) == pytest.approx(size * 180)
    assert feature_memory_bytes(10, 10, 8, [1, 2]).tolist() == [1600.0, 3200.0]


def test_a_session_is_its_context_and_its_features():
    per_token = bytes_per_token("llama-3-8b")
    assert session_bytes(per_token, 1000, 5e6) == per_token * 1000 + 5e6


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: CausalConvolution(0, 1, 1), "channels_in"),
        (lambda: Recurrent(1, 1, "rnn"), "kind"),
        (lambda: stream_memory([]), "layers"),
        (lambda: stream_memory([Recurrent(1, 1)], 0.0), "state_bytes_per_number"),
        (lambda: streams_that_fit(-1, 0, 1), "memory_bytes"),
        (lambda: streams_that_fit(1, 0, 0), "stream_bytes"),
        (lambda: streams_that_fit(1, 0, 1, utilization=1.1), "utilization"),
        (lambda: deepest_dilated_stack(1e6, 0), "channels_in"),
        (lambda: deepest_dilated_stack(math.inf, 8), "memory_bytes"),
        (lambda: feature_memory_bytes(1.5, 1, 1, 1), "height"),
        (lambda: feature_traffic_bytes_per_s(1, math.nan), "frame_rate"),
        (lambda: session_bytes(1, -1), "context_tokens"),
    ],
)
def test_a_wrong_argument_is_named(call, name):
    with pytest.raises(ValueError, match=name):
        call()
