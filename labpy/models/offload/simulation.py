"""Frame by frame: a timeline of latencies and stutters that the analytic law must agree with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks
from labpy.models.offload.channel import WirelessChannel, as_channel
from labpy.models.offload.frames import FRAME_S, FramePlan
from labpy.models.tail import LatencyDistribution

Array = NDArray[np.float64]


@dataclass(frozen=True)
class FrameTimeline:
    """One entry per frame, in the order of time.

    Attributes
    ----------
    start_s, latency_s
        When a frame begins and how long it takes; ``inf`` on an overloaded channel.
    wait_s, alpha_s
        Wait for the channel and start-ups that its latency contains: of all exchanges if they are
        sequential, of the slowest if they are parallel.
    stutter
        Whether the frame was later than the deadline.
    stutter_share, standard_error
        Share of frames that stuttered and its sampling error.
    stable
        Whether the channel can carry the load.
    """

    start_s: Array
    latency_s: Array
    wait_s: Array
    alpha_s: Array
    stutter: NDArray[np.bool_]
    stutter_share: float
    standard_error: float
    stable: bool


def simulate_frames(
    plan: FramePlan,
    channel: WirelessChannel | str = "wifi6-clean-80mhz",
    glasses: int = 1,
    frames: int = 1000,
    seed: int = 0,
    deadline_s: float = FRAME_S,
    alpha: LatencyDistribution | None = None,
) -> FrameTimeline:
    """Frames of one pair of glasses through a channel on which the others' messages queue.

    The arguments are those of :func:`frame_latency`, with one number of ``glasses``; equal seeds
    give equal timelines. Unlike the analytic law, the waits of one frame's messages are those of
    one and the same queue, so they are correlated as in reality.

    Examples
    --------
    >>> timeline = simulate_frames(FramePlan(), "wifi6-home-mesh", frames=500, seed=0)
    >>> int(timeline.stutter.sum()), round(timeline.stutter_share, 3)
    (87, 0.174)
    """
    channel = as_channel(channel)
    count = _checks.single_count("glasses", glasses)
    frames = _checks.single_count("frames", frames)
    deadline = _checks.single_positive("deadline_s", deadline_s)
    rng = np.random.default_rng(_checks.single_count("seed", seed, 0))
    alpha = channel.alpha if alpha is None else alpha
    airtimes = plan.message_airtimes_s(channel)
    start = np.arange(frames) / plan.frames_per_s
    stable = plan.message_rate(count) * float(airtimes.mean()) < 1.0
    if not stable:
        never = np.full(frames, np.inf)
        late = np.ones(frames, dtype=bool)
        return FrameTimeline(start, never, never, never, late, 1.0, 0.0, False)
    shape = (plan.exchanges, frames)
    alphas = alpha.sample(rng, frames * plan.exchanges).reshape(shape)
    work = _Workload(rng, plan.message_rate(count - 1), airtimes, _span(plan, start, alphas))
    run = _sequential if plan.order == "sequential" else _parallel
    wait, startup = run(plan, work, airtimes, start, alphas)
    fixed = plan.device_s + plan.node_s + plan.exchanges * float(airtimes.sum())
    latency = fixed + wait + startup
    stutter = latency > deadline
    share = float(stutter.mean())
    error = float(np.sqrt(share * (1.0 - share) / frames))
    return FrameTimeline(start, latency, wait, startup, stutter, share, error, True)


def _span(plan: FramePlan, start: Array, alphas: Array) -> float:
    """Time by which the last message surely found its queue, from a start with none."""
    return float(start[-1] + alphas.sum(axis=0).max() + plan.device_s + plan.node_s + 1.0)


class _Workload:
    """Work that the others' messages have left in the channel, at any time."""

    def __init__(
        self, rng: np.random.Generator, rate: float, airtimes_s: Array, span_s: float
    ) -> None:
        self._warm_up_s = 0.5 if rate > 0 else 0.0  # hundreds of airtimes
        total = rng.poisson(rate * (span_s + self._warm_up_s))
        self._arrival_s = np.sort(rng.uniform(-self._warm_up_s, span_s, total))
        service = rng.choice(airtimes_s, total)
        before = np.cumsum(service) - service
        # Lindley's recursion unrolled: the last to leave leaves at max over starts of busy periods
        self._empty_s = np.maximum.accumulate(self._arrival_s - before) + before + service

    def at(self, time_s: Array) -> Array:
        """Seconds until the channel is free for a message that comes at ``time_s``."""
        if self._arrival_s.size == 0:
            return np.zeros_like(time_s)
        last = np.searchsorted(self._arrival_s, time_s, side="right") - 1
        left = self._empty_s[np.maximum(last, 0)] - time_s
        return np.where(last >= 0, np.maximum(left, 0.0), 0.0)


def _sequential(
    plan: FramePlan, work: _Workload, airtimes: Array, start: Array, alphas: Array
) -> tuple[Array, Array]:
    """Each exchange begins when the one before has its answer."""
    now, waited = start + plan.device_s, np.zeros_like(start)
    for alpha in alphas:
        out = work.at(now)
        answer_at = now + out + airtimes[0] + alpha + plan.node_s / plan.exchanges
        back = work.at(answer_at)
        now = answer_at + back + airtimes[1]
        waited = waited + out + back
    return waited, alphas.sum(axis=0)


def _parallel(
    plan: FramePlan, work: _Workload, airtimes: Array, start: Array, alphas: Array
) -> tuple[Array, Array]:
    """All exchanges begin one after the other on the air; the slowest decides."""
    index = np.arange(plan.exchanges)[:, np.newaxis]
    sent = start + plan.device_s + index * airtimes[0]
    out = work.at(sent)
    back = work.at(sent + out + airtimes[0] + alphas + plan.node_s)
    slowest = np.argmax(out + back + alphas, axis=0)[np.newaxis]
    waited = np.take_along_axis(out + back, slowest, axis=0)[0]
    return waited, np.take_along_axis(alphas, slowest, axis=0)[0]
