"""Memory of streams: what a network remembers of its input between one frame and the next.

A language model keeps keys and values; a streaming network keeps ring buffers of past activations
and the state of its recurrent units; a perception loop keeps feature maps of past frames. Each is
paid once a stream, beside weights paid once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]


def _plain(values: ArrayLike) -> Array | float:
    array = np.asarray(values, dtype=float)
    return float(array) if array.ndim == 0 else array


@dataclass(frozen=True)
class CausalConvolution:
    """A causal convolution over time: it keeps the inputs that later outputs still need.

    Attributes
    ----------
    channels_in, channels_out
        Channels of input and output.
    kernel, dilation
        Taps over time, and the distance between them.
    frequency_bins
        Positions besides time, for a convolution over a spectrogram.

    Examples
    --------
    >>> CausalConvolution(64, 64, kernel=3, dilation=8).state_numbers
    1024
    """

    channels_in: int
    channels_out: int
    kernel: int
    dilation: int = 1
    frequency_bins: int = 1

    def __post_init__(self) -> None:
        """Check the arguments."""
        for name in ("channels_in", "channels_out", "kernel", "dilation", "frequency_bins"):
            _checks.single_count(name, getattr(self, name))

    @property
    def state_numbers(self) -> int:
        """Numbers in the ring buffer: ``(kernel - 1) * dilation`` past inputs."""
        return (self.kernel - 1) * self.dilation * self.channels_in * self.frequency_bins

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.channels_out * (self.channels_in * self.kernel + 1)

    @property
    def past_frames(self) -> int:
        """Frames of the past that it adds to the receptive field."""
        return (self.kernel - 1) * self.dilation


@dataclass(frozen=True)
class Recurrent:
    """A recurrent layer.

    Attributes
    ----------
    inputs, units
        Size of input and output.
    kind
        ``"gru"`` (one state a unit, three gates) or ``"lstm"`` (two, four).
    sequences
        Sequences with the same weights, such as the bands of a spectrogram.

    Examples
    --------
    >>> Recurrent(64, 64, "lstm").state_numbers
    128
    """

    inputs: int
    units: int
    kind: str = "gru"
    sequences: int = 1

    def __post_init__(self) -> None:
        """Check the arguments."""
        for name in ("inputs", "units", "sequences"):
            _checks.single_count(name, getattr(self, name))
        _checks.choice("kind", self.kind, ("gru", "lstm"))

    @property
    def state_numbers(self) -> int:
        """Numbers carried from one frame to the next."""
        return self.units * self.sequences * (2 if self.kind == "lstm" else 1)

    @property
    def parameters(self) -> int:
        """Weights and one bias a gate."""
        return (4 if self.kind == "lstm" else 3) * self.units * (self.inputs + self.units + 1)

    @property
    def past_frames(self) -> float:
        """Its memory has no fixed length."""
        return float("inf")


Layer = CausalConvolution | Recurrent


@dataclass(frozen=True)
class StreamMemory:
    """What a streaming network takes.

    Attributes
    ----------
    state_bytes
        For each stream.
    weight_bytes
        Once for all streams.
    past_frames
        Length of the receptive field into the past, in frames.
    """

    state_bytes: float
    weight_bytes: float
    past_frames: float


def stream_memory(
    layers: Sequence[Layer], state_bytes_per_number: float = 1.0, weight_bytes: float = 1.0
) -> StreamMemory:
    """Add up a network of streaming layers.

    Parameters
    ----------
    layers
        :class:`CausalConvolution` and :class:`Recurrent`, in order.
    state_bytes_per_number
        Width of the state: 1 for INT8, 2 for 16 bits.
    weight_bytes
        Width of a weight.

    Examples
    --------
    >>> net = stream_memory([CausalConvolution(64, 64, 3, 2**k) for k in range(8)])
    >>> net.state_bytes, net.past_frames
    (32640.0, 510.0)
    """
    if not layers:
        raise ValueError("layers must hold at least one layer")
    width = _checks.single_positive("state_bytes_per_number", state_bytes_per_number)
    weight = _checks.single_positive("weight_bytes", weight_bytes)
    return StreamMemory(
        width * sum(layer.state_numbers for layer in layers),
        weight * sum(layer.parameters for layer in layers),
        float(sum(layer.past_frames for layer in layers)),
    )


def streams_that_fit(
    memory_bytes: ArrayLike,
    weight_bytes: ArrayLike,
    stream_bytes: ArrayLike,
    scratch_bytes: ArrayLike = 0.0,
    utilization: ArrayLike = 1.0,
) -> Array | float:
    """Whole streams for which a memory has room, beside weights and scratch space.

    It counts ears in SRAM, cameras in a car computer's DRAM and sessions at an edge node alike.

    Parameters
    ----------
    memory_bytes
        All of the memory.
    weight_bytes, scratch_bytes
        Paid once.
    stream_bytes
        Paid for each stream.
    utilization
        Share of the memory that may be used, in [0, 1]: the rest is lost to fragmentation or kept.

    Returns
    -------
    float or ndarray
        Whole numbers; 0 if not even the weights fit. Arguments broadcast.

    Examples
    --------
    How many ears a gateway with 512 KiB of SRAM keeps, once it has weights of 200 KiB:

    >>> streams_that_fit(512 * 1024, 200 * 1024, 32_640, scratch_bytes=32 * 1024)
    8.0
    """
    memory = _checks.non_negative("memory_bytes", memory_bytes)
    weights = _checks.non_negative("weight_bytes", weight_bytes)
    each = _checks.positive("stream_bytes", stream_bytes)
    scratch = _checks.non_negative("scratch_bytes", scratch_bytes)
    share = _checks.probability("utilization", utilization)
    left = np.maximum(memory * share - weights - scratch, 0.0)
    return _plain(np.floor(left / each * (1.0 + 1e-12)))


def deepest_dilated_stack(
    memory_bytes: float,
    channels: int,
    kernel: int = 3,
    streams: int = 1,
    state_bytes_per_number: float = 1.0,
    weight_bytes: float = 1.0,
) -> int:
    """Most layers with dilations 1, 2, 4, ... that fit a memory together with their state.

    Depth doubles the past that the network hears, and the last ring buffer with it: the state, not
    the weights, ends it.

    Examples
    --------
    >>> [deepest_dilated_stack(kib * 1024, 64, streams=4) for kib in (128, 256, 512)]
    [6, 8, 9]
    """
    memory = _checks.single_non_negative("memory_bytes", memory_bytes)
    streams = _checks.single_count("streams", streams)
    layers: list[Layer] = []
    while True:
        layers.append(CausalConvolution(channels, channels, kernel, 2 ** len(layers)))
        need = stream_memory(layers, state_bytes_per_number, weight_bytes)
        if need.weight_bytes + streams * need.state_bytes > memory:
            return len(layers) - 1


def feature_memory_bytes(
    height: ArrayLike,
    width: ArrayLike,
    channels: ArrayLike,
    past_frames: ArrayLike,
    bytes_per_number: ArrayLike = 2.0,
) -> Array | float:
    """Bytes of the feature maps that a perception model keeps for one camera.

    Parameters
    ----------
    height, width, channels
        Shape of the feature map (not of the picture).
    past_frames
        Maps kept.
    bytes_per_number
        2 for 16 bits. Arguments broadcast.

    Examples
    --------
    A map of 200 x 200 x 256 in 16 bits, four frames deep, in MB:

    >>> feature_memory_bytes(200, 200, 256, 4) / 1e6
    81.92
    """
    size = _checks.positive("bytes_per_number", bytes_per_number)
    for name, value in (
        ("height", height),
        ("width", width),
        ("channels", channels),
        ("past_frames", past_frames),
    ):
        size = size * _checks.count(name, value)
    return _plain(size)


def feature_traffic_bytes_per_s(
    feature_bytes: ArrayLike, frame_rate: ArrayLike, cameras: ArrayLike = 1
) -> Array | float:
    """Bytes a second that reading all kept maps and writing a new one costs: DRAM's other limit.

    ``feature_bytes`` is what :func:`feature_memory_bytes` gives; each frame reads all of it. The
    new map's writing is within the figure, as the oldest is not read.

    Examples
    --------
    >>> feature_traffic_bytes_per_s(81.92e6, 30, cameras=6) / 1e9
    14.7456
    """
    size = _checks.non_negative("feature_bytes", feature_bytes)
    rate = _checks.non_negative("frame_rate", frame_rate)
    return _plain(size * rate * _checks.count("cameras", cameras))


def session_bytes(
    kv_bytes_per_token: ArrayLike, context_tokens: ArrayLike, feature_bytes: ArrayLike = 0.0
) -> Array | float:
    """Bytes of one translation session at a node: its context's KV cache and its features.

    Examples
    --------
    Llama-3-8B with 2,048 tokens of context, and 5 MB of features of the scene:

    >>> from labpy.models.kv_cache import bytes_per_token
    >>> each = session_bytes(bytes_per_token("llama-3-8b"), 2048, 5e6)
    >>> streams_that_fit(24e9, 8.03e9, each, utilization=0.9)
    49.0
    """
    per_token = _checks.non_negative("kv_bytes_per_token", kv_bytes_per_token)
    tokens = _checks.count("context_tokens", context_tokens, 0)
    return _plain(per_token * tokens + _checks.non_negative("feature_bytes", feature_bytes))
