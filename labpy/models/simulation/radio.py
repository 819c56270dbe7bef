"""Frames of glasses over one shared channel to a node, message by message."""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks
from labpy.models.gathering import Departures
from labpy.models.offload import Channel
from labpy.models.simulation.stations import in_turn

Array = NDArray[np.float64]

DRIFT = 0.01
"""How far the clocks of two pairs of glasses may be apart, as a share.

Far more than quartz's, so that within seconds a run sees all phases that pairs can have to each
other, as the models take them: at random.
"""


def frames_begun(
    rng: np.random.Generator, glasses: int, frames: int, frame_rate: float
) -> tuple[Array, NDArray[np.intp]]:
    """Begin frames of several pairs of glasses, each even in itself, with phases that drift.

    Parameters
    ----------
    rng
        Draws the phases.
    glasses, frames
        Pairs, and frames of each; whole, at least 1.
    frame_rate
        Of a pair, on average over the pairs.

    Returns
    -------
    tuple of ndarray
        When each frame begins, ascending, in s, and whose it is; shape (glasses * frames,).

    Examples
    --------
    >>> begun, whose = frames_begun(np.random.default_rng(0), 2, 3, 60.0)
    >>> begun.shape, sorted(whose.tolist())
    ((6,), [0, 0, 0, 1, 1, 1])
    """
    pairs = _checks.single_count("glasses", glasses)
    each = _checks.single_count("frames", frames)
    rate = _checks.single_positive("frame_rate", frame_rate)
    clocks = 1.0 + DRIFT * (np.linspace(-0.5, 0.5, pairs) if pairs > 1 else np.zeros(1))
    begun = (rng.random(pairs)[:, None] + np.arange(each)) * clocks[:, None] / rate
    order = np.argsort(begun, axis=None, kind="stable")
    return begun.ravel()[order], order // each


def even_until_s(frames: int, frame_rate: float) -> float:
    """Until when all pairs of ``frames_begun`` send, in s: the fastest clock ends first."""
    return (frames - 1) / frame_rate * (1.0 - 0.5 * DRIFT)


@dataclass(frozen=True)
class GatheredTrace:
    """Messages of frames, shape (frames, messages), and frames at the node, shape (frames,); in s.

    Attributes
    ----------
    begun_s
        When each frame began, shape (frames,).
    sent_s, air_start_s, air_end_s, arrived_s
        Of each message: handed to the radio, on the air, and at the node after its start-up.
    node_start_s, node_end_s
        Of each frame, once all its messages are there.
    """

    begun_s: Array
    sent_s: Array
    air_start_s: Array
    air_end_s: Array
    arrived_s: Array
    node_start_s: Array
    node_end_s: Array


def trace_gathered(
    channel: Channel,
    glasses: int,
    frame_bytes: float,
    node_s: float,
    sent: Departures,
    frames: int,
    frame_rate: float,
    seed: int,
) -> GatheredTrace:
    """Run frames through one channel and one node, each in the order of arrival.

    Arguments as for ``simulate_gathered``, but that phases drift and ``frames`` is the number of
    all pairs together, rounded up to a whole number for each.

    Examples
    --------
    >>> from labpy.models.gathering import departures
    >>> from labpy.models.offload import wifi6_clean
    >>> one = departures(8, 4e-3, 3.5e-3)
    >>> trace = trace_gathered(wifi6_clean(), 2, 20e3, 1e-3, one, 100, 60.0, seed=1)
    >>> trace.arrived_s.shape, bool((trace.node_end_s > trace.arrived_s[:, 0]).all())
    ((100, 1), True)
    """
    rng = np.random.default_rng(seed)
    begun, _ = frames_begun(rng, glasses, -(-frames // glasses), frame_rate)
    at = begun[:, None] + np.asarray(sent.at_s)
    air = float(channel.air_time_s(frame_bytes / sent.messages))
    start, end = (each.reshape(at.shape) for each in in_turn(at.ravel(), air))
    arrived = end + channel.alpha.sample(rng, at.size).reshape(at.shape)
    node_start, node_end = in_turn(arrived.max(axis=1), node_s)
    return GatheredTrace(begun, at, start, end, arrived, node_start, node_end)


def exchange_rounds(
    channel: Channel,
    ready_s: Array,
    first: tuple[int, float],
    further: tuple[int, float],
    rounds: int,
    rng: np.random.Generator,
) -> tuple[Array, Array, Array]:
    """Send messages in rounds over one channel: a frame's next round begins when one is over.

    Parameters
    ----------
    channel
        Whose start-ups are drawn for each message; it serves in the order of arrival.
    ready_s
        When each frame has something to send, shape (frames,), in s.
    first, further
        Messages of the first round and of each further one, and the air time of one in s.
    rounds
        Further rounds, whole, at least 0.
    rng
        Draws the start-ups.

    Returns
    -------
    tuple of ndarray
        When the first message of a frame goes on the air, when the last has arrived, shape
        (frames,), and the start of each round's time on the air, shape (frames, rounds + 1); in s.

    Examples
    --------
    >>> from labpy.models.tail import Deterministic
    >>> line = Channel("test", Deterministic(0.002), 1e9, 0.001)
    >>> draw = np.random.default_rng(0)
    >>> on_air, done, _ = exchange_rounds(line, np.zeros(1), (1, 0.001), (2, 0.001), 1, draw)
    >>> on_air.tolist(), done.round(6).tolist()
    ([0.0], [0.007])
    """
    frames = len(ready_s)
    begun = np.zeros((frames, rounds + 1))
    if rounds == 0:
        start, _ = in_turn(ready_s, first[0] * first[1])
        begun[:, 0] = start
        starts = channel.alpha.sample(rng, frames * first[0]).reshape(frames, -1)
        sent = start[:, None] + first[1] * np.arange(1, first[0] + 1)
        return start, (sent + starts).max(axis=1), begun
    bursts = [first, *([further] * rounds)]
    slowest = []  # of each round: how long after its start on the air the last message arrives
    for messages, air_s in bursts:
        starts = channel.alpha.sample(rng, frames * messages).reshape(frames, messages)
        slowest.append((starts + air_s * np.arange(1, messages + 1)).max(axis=1).tolist())
    on_air_s = [messages * air_s for messages, air_s in bursts]
    done = np.zeros(frames)
    calendar = [(at, frame, 0) for frame, at in enumerate(ready_s.tolist())]
    heapq.heapify(calendar)
    free = 0.0
    while calendar:
        at, frame, turn = calendar[0]
        start = max(free, at)
        free = start + on_air_s[turn]
        begun[frame, turn] = start
        over = start + slowest[turn][frame]
        if turn < rounds:
            heapq.heapreplace(calendar, (over, frame, turn + 1))
        else:
            heapq.heappop(calendar)
            done[frame] = over
    return begun[:, 0], done, begun
