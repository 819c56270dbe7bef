"""What a sender gathers into one message: few large ones, or many small ones at once.

The regions of a frame become ready one after another. A window opens with the first that waits,
and what is ready when it closes leaves as one message. The frame then waits for the slowest.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.offload import FRAME_RATE, Channel
from labpy.models.spectra import Times, queue, random, slowest

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Departures:
    """When the messages of a frame leave, and how many regions each takes along.

    Attributes
    ----------
    at_s, regions
        One entry a message, in the order of departure.
    """

    at_s: tuple[float, ...]
    regions: tuple[int, ...]

    @property
    def messages(self) -> int:
        """How many messages there are."""
        return len(self.at_s)


def departures(regions: int, scan_s: float, window_s: float) -> Departures:
    """Gather regions that are found at an even pace.

    Parameters
    ----------
    regions
        Found in a frame, the last of them after ``scan_s``.
    scan_s
        How long the detector takes to go through the picture.
    window_s
        How long the first of a message waits for others. The sender does not know which region is
        the last, so it always waits the window out; 0 sends each region by itself.

    Examples
    --------
    >>> [departures(8, 0.004, w).regions for w in (0.0, 0.002, 0.003, 0.0035)]
    [(1, 1, 1, 1, 1, 1, 1, 1), (5, 3), (7, 1), (8,)]
    """
    count = _checks.single_count("regions", regions)
    scan = _checks.single_non_negative("scan_s", scan_s)
    window = _checks.single_non_negative("window_s", window_s)
    ready = [scan * (i + 1) / count for i in range(count)]
    at, taken = [], []
    while ready:
        closes = ready[0] + window
        inside = sum(each <= closes + 1e-9 for each in ready)
        at.append(closes)
        taken.append(inside)
        ready = ready[inside:]
    return Departures(tuple(at), tuple(taken))


@dataclass(frozen=True)
class GatheredFrames:
    """Time of a frame at each of several loads.

    Attributes
    ----------
    stable
        Shape (loads,); where False, times are infinite and every frame is late.
    channel_utilization, node_utilization
        Share of time that each is busy, shape (loads,).
    capacity
        Frames a second at which the busier of both is full.
    sent
        The messages of a frame.
    """

    stable: NDArray[np.bool_]
    channel_utilization: Array
    node_utilization: Array
    capacity: float
    sent: Departures
    _times: Times | None = field(repr=False, compare=False)

    def _filled(self, values: Array | None, otherwise: float) -> Array:
        out = np.full(self.stable.shape + (() if values is None else values.shape[1:]), otherwise)
        if values is not None:
            out[self.stable] = values
        return out

    @property
    def mean_s(self) -> Array:
        """Mean time of a frame, shape (loads,)."""
        return self._filled(self._times and self._times.mean_s, np.inf)

    def quantile_s(self, p: float) -> Array:
        """Time that a share ``p`` of frames stays within, shape (loads,)."""
        return self._filled(self._times and self._times.quantile_s(p)[:, 0], np.inf)

    def quantiles_s(self, p: ArrayLike) -> Array:
        """Times at several levels for the first load, shape (levels,)."""
        levels = np.atleast_1d(np.asarray(p, dtype=float))
        if self._times is None or not self.stable[0]:
            return np.full(levels.shape, np.inf)
        return self._times.quantile_s(levels)[0]

    def stutter(self, deadline_s: float = 1.0 / FRAME_RATE) -> Array:
        """Share of frames later than the deadline, shape (loads,)."""
        return self._filled(self._times and self._times.later_than(deadline_s), 1.0)


def gathered_frames(
    channel: Channel,
    frames_per_s: ArrayLike,
    frame_bytes: float,
    node_s: float,
    sent: Departures,
) -> GatheredFrames:
    """Time from the start of a frame until its answer, with all frames on one channel and node.

    Parameters
    ----------
    channel
        Shared by all; its queue is M/D/1 at the rate of messages.
    frames_per_s
        Of all glasses together, shape (loads,).
    frame_bytes
        All regions of a frame together; the messages are taken to be of equal size.
    node_s
        Compute of a frame at the node, one at a time.
    sent
        See :func:`departures`.

    Notes
    -----
    Start-ups are independent of each other. Messages count as Poisson arrivals, though those of a
    frame come in step and those of one pair of glasses evenly: see
    :func:`simulate_gathered` for how much that is off.

    Examples
    --------
    Eight messages or one, eight pairs of glasses on a clean channel:

    >>> from labpy.models.offload import wifi6_clean
    >>> for window_s in (0.0, 0.0035):
    ...     sent = departures(8, 0.004, window_s)
    ...     frames = gathered_frames(wifi6_clean(), [480.0], 20e3, 1e-3, sent)
    ...     print(sent.messages, round(100 * float(frames.stutter()[0]), 1))
    8 1.5
    1 0.4
    """
    rate = np.atleast_1d(_checks.positive("frames_per_s", frames_per_s))
    size = _checks.single_positive("frame_bytes", frame_bytes)
    node = _checks.single_positive("node_s", node_s)
    air = float(channel.air_time_s(size / sent.messages))
    on_air = rate * sent.messages * air
    at_node = rate * node
    stable = (on_air < 1.0) & (at_node < 1.0)
    times = None
    if stable.any():
        good = rate[stable]
        message = random(channel.alpha) + queue(good * sent.messages, air)
        last = slowest([message] * sent.messages, sent.at_s)
        times = last + queue(good, node)
    capacity = 1.0 / max(sent.messages * air, node)
    return GatheredFrames(stable, on_air, at_node, capacity, sent, times)


def stalled_frames(stall_share: ArrayLike, messages: ArrayLike, together: ArrayLike = 0.0) -> Array:
    """Share of frames that meet a stall, where some stalls hit all messages of a frame at once.

    Parameters
    ----------
    stall_share
        Share of messages that stall, for whichever reason.
    messages
        Messages of a frame.
    together
        Share of a message's stalls that hit its whole frame (a scan, a roam, a change of channel)
        in place of itself alone (a retry). 0: all independent, as in :func:`gathered_frames`.

    Examples
    --------
    Eight messages against one, at 0.3% of stalls: bundling helps eightfold, or not at all.

    >>> [round(100 * float(stalled_frames(0.003, 8, c)), 2) for c in (0.0, 0.5, 1.0)]
    [2.37, 1.34, 0.3]
    >>> [round(100 * float(stalled_frames(0.003, 1, c)), 2) for c in (0.0, 0.5, 1.0)]
    [0.3, 0.3, 0.3]
    """
    share = _checks.probability("stall_share", stall_share)
    count = _checks.count("messages", messages)
    whole = share * _checks.probability("together", together)
    safe = np.where(whole < 1.0, 1.0 - whole, 1.0)
    alone = (share - whole) / safe  # of messages in frames that don't stall as a whole
    return 1.0 - (1.0 - whole) * (1.0 - alone) ** count


def simulate_gathered(
    channel: Channel,
    glasses: int,
    frame_bytes: float,
    node_s: float,
    sent: Departures,
    frames: int = 600,
    frame_rate: float = FRAME_RATE,
    seed: int = 0,
) -> Array:
    """Run the frames of glasses with random phases through one channel and one node.

    Each pair of glasses sends ``frames`` frames at an even pace. Channel and node take turns in the
    order of arrival; start-ups are drawn for each message.

    Returns
    -------
    ndarray
        Times of the frames, shape (glasses * frames,).
    """
    rng = np.random.default_rng(seed)
    count = _checks.single_count("glasses", glasses)
    each = _checks.single_count("frames", frames)
    phase_s = rng.random(count) / frame_rate
    begun = (phase_s[:, None] + np.arange(each) / frame_rate).ravel()
    at = (begun[:, None] + np.asarray(sent.at_s)).ravel()
    air = float(channel.air_time_s(frame_bytes / sent.messages))
    through = _in_turn(at, air) + channel.alpha.sample(rng, at.size)
    arrived = through.reshape(-1, sent.messages).max(axis=1)
    return _in_turn(arrived, node_s) - begun


def _in_turn(arrival_s: Array, service_s: float) -> Array:
    """Departures from a server that takes arrivals in their order, each for as long."""
    order = np.argsort(arrival_s, kind="stable")
    index = np.arange(arrival_s.size)
    # Lindley's recursion: what an arrival finds is the latest that any before it leaves behind.
    ends = np.maximum.accumulate(arrival_s[order] - index * service_s) + (index + 1) * service_s
    out = np.empty_like(ends)
    out[order] = ends
    return out
