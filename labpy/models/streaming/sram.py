"""State of a causal network over sound: ring buffers, recurrent states, or a recomputed window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks

Array = NDArray[np.float64]
BYTES = {"int8": 1, "int16": 2, "fp32": 4}
STATE_MODES = ("ring_buffer", "recompute")


@dataclass(frozen=True)
class CausalConv:
    """One-dimensional convolution that sees the present frame and ``kernel - 1`` earlier ones.

    Attributes
    ----------
    inputs, outputs
        Channels.
    kernel, dilation
        Taps, and frames from one tap to the next.
    """

    inputs: int
    outputs: int
    kernel: int = 3
    dilation: int = 1

    def __post_init__(self) -> None:
        """Check the arguments."""
        for name in ("inputs", "outputs", "kernel", "dilation"):
            _checks.single_count(name, getattr(self, name))

    @property
    def history_frames(self) -> int:
        """Earlier frames that it needs, (kernel - 1) * dilation."""
        return (self.kernel - 1) * self.dilation

    @property
    def state_values(self) -> int:
        """Values in its ring buffer: the earlier frames of its input."""
        return self.history_frames * self.inputs

    @property
    def weights(self) -> int:
        """Weights and biases."""
        return self.outputs * (self.inputs * self.kernel + 1)


@dataclass(frozen=True)
class Gru:
    """Gated recurrent unit: its state is one value for each unit, however long it remembers."""

    inputs: int
    outputs: int

    def __post_init__(self) -> None:
        """Check the arguments."""
        for name in ("inputs", "outputs"):
            _checks.single_count(name, getattr(self, name))

    @property
    def state_values(self) -> int:
        """Values of the hidden state."""
        return self.outputs

    @property
    def weights(self) -> int:
        """Weights and biases of the three gates (one bias each)."""
        return 3 * self.outputs * (self.inputs + self.outputs + 1)


Layer = CausalConv | Gru


def dilated_stack(
    channels: int, layers: int, kernel: int = 3, cycle: int = 6, inputs: int = 22
) -> tuple[CausalConv, ...]:
    """Causal convolutions whose dilation doubles: 1, 2, 4 ... and from 1 again every ``cycle``.

    The shape of temporal convolutional networks (Bai et al. 2018, arXiv:1803.01271); ``inputs`` are
    the bands of the features. Its receptive field grows as a power of two while layers are added,
    and so do its ring buffers.
    """
    count = _checks.single_count("layers", layers)
    width = _checks.single_count("channels", channels)
    period = _checks.single_count("cycle", cycle)
    return tuple(
        CausalConv(inputs if i == 0 else width, width, kernel, 2 ** (i % period))
        for i in range(count)
    )


def receptive_field(layers: Sequence[Layer]) -> float:
    """Frames, the present one included, that an output depends on; ``inf`` with a recurrent layer.

    Examples
    --------
    >>> receptive_field(dilated_stack(48, 6))
    127
    """
    if any(isinstance(layer, Gru) for layer in layers):
        return float("inf")
    return 1 + sum(layer.history_frames for layer in layers)


@dataclass(frozen=True)
class SramPlan:
    """What one network and its streams take of an SRAM.

    Attributes
    ----------
    layer_bytes
        State of each layer for one stream, shape (layers,); of the input alone when recomputing.
    state_bytes
        State of one stream.
    scratch_bytes
        Activations of the frame in work, once for all streams.
    weight_bytes
        Weights, once for all streams; 0 if they stay in flash.
    total_bytes
        All of it, for ``streams`` streams.
    operations_per_frame
        Of one stream for one new frame, a multiply-add counting two.
    streams, max_streams
        As asked for, and as many as fit.
    fits
        Whether ``total_bytes`` are within the budget.
    """

    layer_bytes: Array
    state_bytes: int
    scratch_bytes: int
    weight_bytes: int
    total_bytes: int
    operations_per_frame: float
    streams: int
    max_streams: int
    fits: bool


def plan_sram(
    layers: Sequence[Layer],
    budget_bytes: int,
    dtype: str = "int8",
    mode: str = "ring_buffer",
    streams: int = 1,
    weights_in_sram: bool = True,
    weight_dtype: str = "int8",
) -> SramPlan:
    """Lay a streaming network into an SRAM.

    Parameters
    ----------
    layers
        From input to output; each takes what the one before gives.
    budget_bytes
        SRAM for it, such as 393,216 (384 KiB).
    dtype, weight_dtype
        ``"int8"``, ``"int16"`` or ``"fp32"``: of activations with states, and of weights. Recurrent
        states are often kept in 16 bits, as their rounding errors add up.
    mode
        ``"ring_buffer"`` keeps what each layer will need again; ``"recompute"`` keeps only the
        input frames of the receptive field and computes all layers over it for every frame.
    streams
        Two for a pair of microphones through the same weights.
    weights_in_sram
        False if they are executed in place from flash.

    Notes
    -----
    Recomputing needs the input of the receptive field and two layers' activations over it, and
    multiplies the operations by about its length: it saves memory only where layers are far wider
    than the input. A recurrent layer cannot be recomputed.

    Examples
    --------
    >>> ring = plan_sram(dilated_stack(48, 6), 384 * 1024)
    >>> again = plan_sram(dilated_stack(48, 6), 384 * 1024, mode="recompute")
    >>> ring.state_bytes, again.state_bytes
    (5996, 2772)
    >>> ring.fits, round(again.operations_per_frame / ring.operations_per_frame, 1)
    (True, 83.3)
    """
    _check_chain(layers)
    width = _width("dtype", dtype)
    _checks.choice("mode", mode, STATE_MODES)
    budget = _checks.single_count("budget_bytes", budget_bytes)
    count = _checks.single_count("streams", streams)
    weights = sum(layer.weights for layer in layers) * _width("weight_dtype", weight_dtype)
    weights = weights if weights_in_sram else 0
    lay = _ring_buffers if mode == "ring_buffer" else _recomputed
    values, scratch_values, operations = lay(layers)
    state, scratch = int(values.sum()) * width, scratch_values * width
    free = budget - weights - scratch
    total = weights + scratch + count * state
    most = max(free // state, 0) if state else (count if free >= 0 else 0)
    return SramPlan(
        layer_bytes=values * width,
        state_bytes=state,
        scratch_bytes=scratch,
        weight_bytes=weights,
        total_bytes=total,
        operations_per_frame=operations,
        streams=count,
        max_streams=most,
        fits=total <= budget,
    )


def _width(name: str, dtype: str) -> int:
    return BYTES[_checks.choice(name, dtype, BYTES)]


def _check_chain(layers: Sequence[Layer]) -> None:
    if not layers:
        raise ValueError("layers must hold at least one layer")
    for before, after in pairwise(layers):
        if before.outputs != after.inputs:
            raise ValueError(
                f"layers must fit: {before.outputs} outputs meet {after.inputs} inputs"
            )


def _ring_buffers(layers: Sequence[Layer]) -> tuple[Array, int, float]:
    """Values of state of each layer, of scratch, and operations of a frame."""
    state = np.array([layer.state_values for layer in layers], dtype=float)
    scratch = max(layer.inputs + layer.outputs for layer in layers)
    return state, scratch, 2.0 * sum(layer.weights for layer in layers)


def _recomputed(layers: Sequence[Layer]) -> tuple[Array, int, float]:
    """The same if only the input is kept and all else computed anew over the receptive field."""
    if any(isinstance(layer, Gru) for layer in layers):
        raise ValueError("mode must be ring_buffer: a recurrent layer has no window to recompute")
    frames = int(receptive_field(layers))
    state = np.zeros(len(layers))
    state[0] = (frames - 1) * layers[0].inputs
    scratch, operations = 0, 0.0
    for index, layer in enumerate(layers):
        left = frames - layer.history_frames  # frames that the layer still puts out
        held = frames if index else 1  # of the input, all frames but the new one are the state
        scratch = max(scratch, held * layer.inputs + left * layer.outputs)
        operations += 2.0 * left * layer.weights
        frames = left
    return state, scratch, operations


def deepest(
    channels: int, budget_bytes: int, streams: int = 1, limit: int = 64, **options: object
) -> int:
    """Most layers of :func:`dilated_stack` of this width that fit; 0 if not even one does.

    ``options`` are those of :func:`plan_sram`.

    Examples
    --------
    >>> [deepest(width, 384 * 1024) for width in (32, 64, 128)]
    [64, 29, 8]
    """
    return _most(
        lambda layers: (
            plan_sram(
                dilated_stack(channels, layers), budget_bytes, streams=streams, **options
            ).fits
        ),
        _checks.single_count("limit", limit),
    )


def widest(
    layers: int, budget_bytes: int, streams: int = 1, limit: int = 1024, **options: object
) -> int:
    """Most channels of :func:`dilated_stack` of this depth that fit; 0 if not even one does.

    Examples
    --------
    >>> [widest(depth, 384 * 1024) for depth in (6, 12, 24)]
    [155, 104, 71]
    """
    return _most(
        lambda width: (
            plan_sram(dilated_stack(width, layers), budget_bytes, streams=streams, **options).fits
        ),
        _checks.single_count("limit", limit),
    )


def _most(fits: Callable[[int], bool], limit: int) -> int:
    """Largest number up to ``limit`` that fits, where all smaller ones fit too."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low
