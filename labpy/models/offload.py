"""Offloading frames over a shared wireless channel whose start-up latency varies.

A frame has until the next one (16.7 ms at 60 a second). What it needs is a sum of independent
times, some fixed and some random; their distribution is computed on a grid, by products of
transforms, and the share of late frames is its tail.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.registry import link
from labpy.models.speculative import expected_tokens
from labpy.models.tail import (
    Deterministic,
    LatencyDistribution,
    LoadedLatency,
    ShiftedLogNormal,
    WithStalls,
    hedged_under_load,
)
from labpy.models.tail.distributions import plain

Array = NDArray[np.float64]

FRAME_RATE = 60.0
_GRID = 1 << 14


@dataclass(frozen=True)
class Channel:
    """A wireless channel that all devices share.

    Attributes
    ----------
    name
        For people.
    alpha
        Start-up latency of a message and its answer, without queueing behind the devices modelled
        here: medium access, retries, other people's traffic.
    beta_bytes_per_s
        Goodput while a message is on the air.
    access_s
        Air time that each message takes besides its bytes: preamble, gaps, acknowledgement.
    """

    name: str
    alpha: LatencyDistribution
    beta_bytes_per_s: float
    access_s: float

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_positive("beta_bytes_per_s", self.beta_bytes_per_s)
        _checks.single_non_negative("access_s", self.access_s)

    def air_time_s(self, message_bytes: ArrayLike) -> Array | float:
        """Seconds that one message occupies the channel."""
        size = _checks.non_negative("message_bytes", message_bytes)
        return plain(self.access_s + size / self.beta_bytes_per_s)


def _wifi6_bytes_per_s() -> float:
    """Goodput of large messages on the registry's link."""
    wifi6 = link("wifi6-mesh")
    return wifi6.bandwidth_bytes_per_s * wifi6.bulk_efficiency


def wifi6_clean() -> Channel:
    """Wi-Fi 6 on a clean channel of 80 MHz: p99 of the start-up latency 9 ms, median 3 ms.

    Measured p99 is below 10 ms at 80 MHz, even beside other networks: "Experimental Evaluation of
    IEEE 802.11ax - Low Latency and High Reliability with Wi-Fi 6?", IEEE GLOBECOM 2022. That a
    clean channel is no worse, the log-normal shape, the median and 150 us of
    air time for each message's access are assumptions.

    Examples
    --------
    >>> round(wifi6_clean().alpha.quantile_s(0.99) * 1e3, 1)
    9.0
    """
    alpha = ShiftedLogNormal(0.5e-3, 2.5e-3, 0.526)
    return Channel("Wi-Fi 6, clean 80 MHz", alpha, _wifi6_bytes_per_s(), 150e-6)


def home_mesh() -> Channel:
    """A mesh of access points at home: p99 about 90 ms, though the median is 5 ms.

    The p99 is that of 24 hours of round trips in a home with a mesh (S. Sarode, "Why every home
    needs a Wi-Fi mesh: statistical analysis", sarodeoverwireless.com, 2022). Median, and that 3% of
    messages meet a stall of about 75 ms (a scan, a retry, a change of channel), are assumptions.

    Examples
    --------
    >>> alpha = home_mesh().alpha
    >>> round(alpha.quantile_s(0.5) * 1e3), round(alpha.quantile_s(0.99) * 1e3)
    (5, 91)
    """
    alpha = WithStalls(ShiftedLogNormal(1e-3, 4e-3, 0.4), 0.03, ShiftedLogNormal(20e-3, 55e-3, 0.4))
    return Channel("Home mesh", alpha, _wifi6_bytes_per_s(), 150e-6)


@dataclass(frozen=True)
class FrameTime:
    """Distribution of a frame's time, and how busy it makes the channel and the node.

    Attributes
    ----------
    stable
        False if channel or node are asked for more than they can do; times are then infinite.
    mean_s
        Mean time of a frame.
    channel_utilization, node_utilization
        Share of time that each is busy; above 1 when overloaded.
    """

    stable: bool
    mean_s: float
    channel_utilization: float
    node_utilization: float
    _edges_s: Array = field(repr=False, compare=False)
    _cdf: Array = field(repr=False, compare=False)

    def quantile_s(self, p: ArrayLike) -> Array | float:
        """Time that a share ``p`` of frames stays within; ``inf`` when unstable."""
        p = _checks.quantile_level("p", p)
        if not self.stable:
            return plain(np.full_like(p, np.inf))
        found = np.interp(p, self._cdf, self._edges_s)
        return plain(np.where(p > self._cdf[-1], np.inf, found))

    def stutter_probability(self, deadline_s: ArrayLike = 1.0 / FRAME_RATE) -> Array | float:
        """Share of frames later than the deadline; 1 when unstable."""
        deadline_s = _checks.positive("deadline_s", deadline_s)
        if not self.stable:
            return plain(np.ones_like(deadline_s))
        return plain(1.0 - np.interp(deadline_s, self._edges_s, self._cdf, left=0.0))


def frame_time(
    channel: Channel,
    message_bytes: float,
    device_s: float,
    node_s: float,
    glasses: int = 1,
    frame_rate: float = FRAME_RATE,
    messages: int = 1,
    round_trips: int = 1,
) -> FrameTime:
    """Time of a frame that is part computed on the glasses, part at an edge node.

    Parameters
    ----------
    channel
        The channel that all glasses share.
    message_bytes
        Bytes that a frame sends in one round trip, over all its messages.
    device_s, node_s
        Compute on the glasses and at the node. The node serves frames one at a time.
    glasses
        Pairs of glasses on the same channel and node.
    frame_rate
        Frames a second of each that are sent; their phases are random.
    messages
        Messages into which a round trip is cut. They go out together, and the frame waits for the
        slowest: few large ones meet fewer slow starts, and less access time.
    round_trips
        Exchanges one after another. A tensor split over the channel needs two a layer.

    Returns
    -------
    FrameTime

    Notes
    -----
    Start-up latencies are independent of each other. Channel and node are M/G/1 queues: frames of
    many glasses with random phases come nearly at random (for a few they come more evenly, so that
    waits are overstated). With 0 bytes and 0 seconds at the node the frame stays on the glasses and
    no message is sent.

    Examples
    --------
    In a home mesh the mean frame is in time, and yet one in fifteen stutters:

    >>> for channel in (wifi6_clean(), home_mesh()):
    ...     frame = frame_time(channel, 20e3, device_s=0.003, node_s=0.002, glasses=4)
    ...     print(round(frame.mean_s * 1e3, 1), round(100 * frame.stutter_probability(), 1))
    9.7 1.1
    14.1 6.5
    """
    node = _checks.single_non_negative("node_s", node_s)
    size = _checks.single_non_negative("message_bytes", message_bytes)
    device = _checks.single_non_negative("device_s", device_s)
    rate = _checks.single_count("glasses", glasses) * _checks.single_positive(
        "frame_rate", frame_rate
    )
    parts = _checks.single_count("messages", messages)
    trips = _checks.single_count("round_trips", round_trips)
    if size == 0.0 and node == 0.0:
        return _sum_of([(Deterministic(device), 1, 1)], 0.0, 0.0)
    air = Deterministic(float(channel.air_time_s(size / parts)))
    channel_load = rate * parts * trips * air.value_s
    node_load = rate * node
    if channel_load >= 1.0 or node_load >= 1.0:
        empty = np.zeros(2)
        return FrameTime(False, float("inf"), channel_load, node_load, empty, empty)
    on_air = hedged_under_load(air, rate * parts * trips, float("inf"))
    laws = [(Deterministic(device), 1, 1), (_Both(channel.alpha, on_air), parts, trips)]
    if node_load < 1e-9:
        laws.append((Deterministic(node), 1, 1))  # nobody to wait behind
    else:
        laws.append((hedged_under_load(Deterministic(node), rate, float("inf")), 1, 1))
    return _sum_of(laws, channel_load, node_load)


@dataclass(frozen=True)
class _Both:
    """Start-up latency and then the channel: a sum, taken on the grid."""

    alpha: LatencyDistribution
    on_air: LoadedLatency


Law = LatencyDistribution | LoadedLatency | _Both


def _reach_s(law: Law) -> float:
    """A time that next to nothing exceeds."""
    if isinstance(law, _Both):
        return _reach_s(law.alpha) + _reach_s(law.on_air)
    return float(np.asarray(law.quantile_s(0.9999)))


def _transform(law: Law, step_s: float) -> NDArray[np.complex128]:
    if isinstance(law, _Both):
        return _transform(law.alpha, step_s) * _transform(law.on_air, step_s)
    below = np.asarray(law.cdf((np.arange(_GRID) + 0.5) * step_s))
    return np.fft.rfft(np.diff(below, prepend=0.0), 2 * _GRID)


def _masses(transform: NDArray[np.complex128]) -> Array:
    return np.maximum(np.fft.irfft(transform, 2 * _GRID)[:_GRID], 0.0)


def _sum_of(laws: list[tuple[Law, int, int]], channel_load: float, node_load: float) -> FrameTime:
    """Sum of independent terms: (law, how many of which the slowest counts, how often in a row)."""
    span_s = max(sum(1.5 * _reach_s(law) * times**0.8 for law, _, times in laws), 1e-6)
    step_s = 1.2 * span_s / _GRID
    total = np.ones(_GRID + 1, dtype=complex)
    for law, slowest_of, times in laws:
        one = _transform(law, step_s)
        if slowest_of > 1:
            cdf = np.minimum(np.cumsum(_masses(one)), 1.0) ** slowest_of
            one = np.fft.rfft(np.diff(cdf, prepend=0.0), 2 * _GRID)
        total = total * one**times
    masses = _masses(total)
    at = np.arange(_GRID) * step_s
    mean_s = float((masses * at).sum() / masses.sum())
    cdf = np.minimum(np.cumsum(masses), 1.0)
    return FrameTime(True, mean_s, channel_load, node_load, at + 0.5 * step_s, cdf)


@dataclass(frozen=True)
class CutChoice:
    """What each possible cut of a network gives, and the best of them.

    Attributes
    ----------
    best
        Number of layers on the glasses with the least stutter (ties: the least p99).
    stutter_probability, p99_s, mean_s
        For each cut, shape (layers + 1,); index k keeps the first k layers on the glasses.
    """

    best: int
    stutter_probability: Array
    p99_s: Array
    mean_s: Array


def choose_cut(
    channel: Channel,
    device_layer_s: ArrayLike,
    node_layer_s: ArrayLike,
    crossing_bytes: ArrayLike,
    glasses: int = 1,
    frame_rate: float = FRAME_RATE,
    deadline_s: float = 1.0 / FRAME_RATE,
) -> CutChoice:
    """Find the layer at which to cut a network between glasses and node.

    Parameters
    ----------
    channel, glasses, frame_rate
        See :func:`frame_time`.
    device_layer_s, node_layer_s
        Time of each layer on either side, shape (layers,).
    crossing_bytes
        Bytes that cross if the cut is before layer k, shape (layers,): the input for k = 0, then
        the activations between layers. Cutting after the last layer sends nothing.
    deadline_s
        When a frame counts as late.

    Examples
    --------
    The best cut is in the middle, where little crosses:

    >>> choice = choose_cut(
    ...     wifi6_clean(), [1e-3, 1e-3, 8e-3, 9e-3], [1e-4, 1e-4, 8e-4, 9e-4],
    ...     [600e3, 300e3, 8e3, 40e3], glasses=4)
    >>> choice.best
    2
    """
    device = _checks.non_negative("device_layer_s", device_layer_s)
    node = _checks.non_negative("node_layer_s", node_layer_s)
    crossing = _checks.non_negative("crossing_bytes", crossing_bytes)
    if device.ndim != 1 or not device.shape == node.shape == crossing.shape:
        raise ValueError(
            "device_layer_s, node_layer_s and crossing_bytes must have one entry a layer, got "
            f"shapes {device.shape}, {node.shape} and {crossing.shape}"
        )
    frames = [
        frame_time(
            channel,
            float(crossing[cut]) if cut < device.size else 0.0,
            float(device[:cut].sum()),
            float(node[cut:].sum()),
            glasses,
            frame_rate,
        )
        for cut in range(device.size + 1)
    ]
    stutter = np.array([frame.stutter_probability(deadline_s) for frame in frames])
    p99 = np.array([frame.quantile_s(0.99) for frame in frames])
    mean = np.array([frame.mean_s for frame in frames])
    return CutChoice(int(np.lexsort((p99, stutter))[0]), stutter, p99, mean)


@dataclass(frozen=True)
class RemoteDrafts:
    """Tokens drafted on the glasses and verified at the node.

    Attributes
    ----------
    round_s
        Distribution of a round: draft, one exchange, verify.
    tokens_per_round
        Mean tokens that a round yields.
    mean_s_per_token
        Mean time of a token.
    alphas_per_token
        Exchanges for each token: below 1 is what drafting is for.
    """

    round_s: FrameTime
    tokens_per_round: float
    mean_s_per_token: float
    alphas_per_token: float


def remote_drafts(
    channel: Channel,
    acceptance: float,
    draft_tokens: int,
    draft_s: float,
    verify_s: float,
    verify_s_per_token: float = 0.0,
    bytes_per_token: float = 64.0,
    glasses: int = 1,
    rounds_per_s: float = 10.0,
) -> RemoteDrafts:
    """Draft on the glasses and verify at the node: one start-up latency for several tokens.

    Parameters
    ----------
    channel, glasses
        See :func:`frame_time`.
    acceptance, draft_tokens
        See :func:`labpy.models.speculative.expected_tokens`; with 0 drafts each token is fetched.
    draft_s
        Time to draft one token on the glasses.
    verify_s, verify_s_per_token
        Time at the node for a round, and for each drafted token.
    bytes_per_token
        Bytes sent for a token (assumption: its number and a few probabilities).
    rounds_per_s
        Rounds a second of each pair of glasses.

    Examples
    --------
    >>> one, four = (remote_drafts(home_mesh(), 0.8, k, 0.002, 0.004) for k in (0, 4))
    >>> round(one.mean_s_per_token * 1e3, 1), round(four.mean_s_per_token * 1e3, 1)
    (12.0, 5.9)
    """
    drafts = _checks.single_count("draft_tokens", draft_tokens, 0)
    draft = _checks.single_non_negative("draft_s", draft_s)
    verify = _checks.single_positive("verify_s", verify_s)
    verify += drafts * _checks.single_non_negative("verify_s_per_token", verify_s_per_token)
    size = (drafts + 1) * _checks.single_non_negative("bytes_per_token", bytes_per_token)
    tokens = float(expected_tokens(acceptance, drafts))
    rate = _checks.single_positive("rounds_per_s", rounds_per_s)
    round_s = frame_time(channel, size, drafts * draft, verify, glasses, rate)
    return RemoteDrafts(round_s, tokens, round_s.mean_s / tokens, 1.0 / tokens)


def tensor_split_time(
    channel: Channel,
    layers: int,
    compute_s: float,
    ways: int,
    activation_bytes: float,
    frame_rate: float = FRAME_RATE,
) -> FrameTime:
    """Time of a frame whose every layer is split over ``ways`` devices on the channel.

    Two exchanges a layer, each as slow as the slowest of ``ways - 1`` partners: what wins over
    NVLink loses over Wi-Fi, because alpha is paid ``2 * layers`` times. ``activation_bytes`` cross
    in each exchange. With ``ways = 1`` nothing is sent.

    Examples
    --------
    >>> alone, split = (tensor_split_time(wifi6_clean(), 12, 0.012, n, 4e3, 5) for n in (1, 2))
    >>> round(alone.mean_s * 1e3, 1), round(split.mean_s * 1e3, 1)
    (12.0, 92.1)
    """
    layers = _checks.single_count("layers", layers)
    ways = _checks.single_count("ways", ways)
    compute = _checks.single_positive("compute_s", compute_s)
    size = _checks.single_positive("activation_bytes", activation_bytes)
    if ways == 1:
        return frame_time(channel, 0.0, compute, 0.0)
    return frame_time(
        channel,
        size * (ways - 1),
        compute / ways,
        0.0,
        frame_rate=frame_rate,
        messages=ways - 1,
        round_trips=2 * layers,
    )
