"""One frame: device, exchanges with the node over the shared channel, node; and its deadline."""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.offload.channel import WirelessChannel, as_channel
from labpy.models.offload.laws import SlowestOf, SumOf, queue_wait
from labpy.models.tail import Deterministic, LatencyDistribution

Array = NDArray[np.float64]
FRAME_S = 1 / 60
ORDERS = ("sequential", "parallel")


@dataclass(frozen=True)
class FramePlan:
    """What is done for one frame, and how often.

    Attributes
    ----------
    device_s, node_s
        Time on the glasses and on the node.
    uplink_bytes, downlink_bytes
        Bytes of a frame in each direction, spread evenly over its exchanges.
    exchanges
        Messages out, each with its answer; fewer means larger ones.
    order
        ``"sequential"`` if an exchange needs the answer of the one before (their alphas add up),
        ``"parallel"`` if all are sent at once (the slowest counts).
    frames_per_s
        Frames a second of each pair of glasses.
    """

    device_s: float = 0.002
    node_s: float = 0.003
    uplink_bytes: float = 40e3
    downlink_bytes: float = 10e3
    exchanges: int = 1
    order: str = "sequential"
    frames_per_s: float = 60.0

    def __post_init__(self) -> None:
        """Check the arguments."""
        for name in ("device_s", "node_s", "uplink_bytes", "downlink_bytes"):
            _checks.single_non_negative(name, getattr(self, name))
        _checks.single_count("exchanges", self.exchanges)
        _checks.single_positive("frames_per_s", self.frames_per_s)
        _checks.choice("order", self.order, ORDERS)

    def message_airtimes_s(self, channel: WirelessChannel) -> Array:
        """Airtime of a message out and of an answer, shape (2,)."""
        sizes = np.array([self.uplink_bytes, self.downlink_bytes]) / self.exchanges
        return channel.airtime_s(sizes)

    def message_rate(self, glasses: int) -> float:
        """Messages a second, both directions, that so many glasses put on the channel."""
        return 2 * self.exchanges * self.frames_per_s * glasses


@dataclass(frozen=True)
class FrameLatency:
    """Latency of a frame; arrays have the shape of ``glasses``.

    Attributes
    ----------
    utilization, stable
        Share of the channel's airtime in use; from 1 on it is overload and times are ``inf``.
    mean_s, p50_s, p99_s
        Of the whole frame.
    stutter_probability
        Share of frames later than the deadline.
    compute_s, airtime_s
        Device and node; messages on the air. They never vary.
    mean_alpha_s, mean_wait_s
        Mean start-up of all exchanges and mean wait for the channel. With parallel exchanges the
        first is that of the slowest exchange with its wait, less the mean wait of one.
    """

    utilization: Array
    stable: NDArray[np.bool_]
    mean_s: Array
    p50_s: Array
    p99_s: Array
    stutter_probability: Array
    compute_s: float
    airtime_s: float
    mean_alpha_s: Array
    mean_wait_s: Array
    _laws: tuple[LatencyDistribution | None, ...] = field(repr=False)

    def quantile_s(self, p: float) -> Array:
        """Latency that a share ``p`` of frames stays within; ``inf`` in overload."""
        level = float(_checks.quantile_level("p", p))
        found = [np.inf if law is None else float(law.quantile_s(level)) for law in self._laws]
        return np.array(found).reshape(self.utilization.shape)

    def late_probability(self, deadline_s: ArrayLike) -> Array:
        """Share of frames later than ``deadline_s``, shape of ``glasses`` and then of it."""
        deadline = _checks.positive("deadline_s", deadline_s)
        one = np.ones(deadline.shape)
        late = [one if law is None else 1.0 - np.asarray(law.cdf(deadline)) for law in self._laws]
        return np.clip(np.array(late), 0.0, 1.0).reshape(self.utilization.shape + deadline.shape)


def frame_latency(
    plan: FramePlan,
    channel: WirelessChannel | str = "wifi6-clean-80mhz",
    glasses: ArrayLike = 1,
    deadline_s: float = FRAME_S,
    alpha: LatencyDistribution | None = None,
) -> FrameLatency:
    """Latency of a frame of one pair of glasses among ``glasses`` on the same channel.

    Parameters
    ----------
    plan, channel
        What is done for a frame; a key or record of the channel.
    glasses
        Pairs of glasses on the channel, whole, any shape.
    deadline_s
        Later than this is a stutter; 16.7 ms by default.
    alpha
        Law of the start-up of an exchange in place of the channel's.

    Returns
    -------
    FrameLatency

    Notes
    -----
    Alpha-beta model (Hockney 1994) with a random alpha. The other glasses' messages come as a
    Poisson stream to a channel that sends them in the order of arrival (M/G/1), which stands for
    carrier sensing; collisions, which add to it at high utilization, are left out. Each message
    waits independently of the frame's others: against :func:`simulate_frames`, where their waits
    are correlated, quantiles are within 1% up to a utilization of 0.6. A frame does not wait for
    the one before it: late frames are dropped, not queued.

    Examples
    --------
    Eight small exchanges a frame, one after the other, or one large one:

    >>> many = frame_latency(FramePlan(exchanges=8), glasses=4)
    >>> one = frame_latency(FramePlan(exchanges=1), glasses=4)
    >>> round(float(many.stutter_probability), 2), round(float(one.stutter_probability), 3)
    (1.0, 0.007)
    """
    channel = as_channel(channel)
    counts = _checks.count("glasses", glasses)
    deadline = _checks.single_positive("deadline_s", deadline_s)
    alpha = channel.alpha if alpha is None else alpha
    airtimes = plan.message_airtimes_s(channel)
    airtime_s = plan.exchanges * float(airtimes.sum())
    utilization = plan.frames_per_s * airtime_s * counts
    stable = utilization < 1.0
    points = [
        _point(plan, channel, int(count), alpha) if fits else None
        for count, fits in zip(counts.ravel(), stable.ravel(), strict=True)
    ]
    laws = tuple(None if point is None else point[0] for point in points)
    waits = [np.inf if point is None else point[1] for point in points]
    means = [np.inf if law is None else law.mean_s for law in laws]
    quantiles = [
        (np.inf, np.inf) if law is None else law.quantile_s(np.array([0.5, 0.99])) for law in laws
    ]
    late = [1.0 if law is None else min(max(1.0 - law.cdf(deadline), 0.0), 1.0) for law in laws]
    compute_s = plan.device_s + plan.node_s
    shape = counts.shape
    mean, wait = np.array(means).reshape(shape), np.array(waits).reshape(shape)
    rest = np.where(stable, mean, 0.0) - compute_s - airtime_s - np.where(stable, wait, 0.0)
    return FrameLatency(
        utilization=utilization,
        stable=stable,
        mean_s=mean,
        p50_s=np.array([pair[0] for pair in quantiles]).reshape(shape),
        p99_s=np.array([pair[1] for pair in quantiles]).reshape(shape),
        stutter_probability=np.array(late).reshape(shape),
        compute_s=compute_s,
        airtime_s=airtime_s,
        mean_alpha_s=np.where(stable, rest, np.inf),
        mean_wait_s=wait,
        _laws=laws,
    )


def _point(
    plan: FramePlan, channel: WirelessChannel, glasses: int, alpha: LatencyDistribution
) -> tuple[LatencyDistribution, float]:
    """Law of the frame's latency with so many glasses, and its mean wait for the channel."""
    airtimes = plan.message_airtimes_s(channel)
    fixed = Deterministic(plan.device_s + plan.node_s + plan.exchanges * float(airtimes.sum()))
    wait = _wait(plan.message_rate(glasses - 1), tuple(airtimes.tolist()))
    exchange = (alpha, wait, wait) if glasses > 1 else (alpha,)
    if plan.order == "sequential":
        return SumOf((fixed, *(exchange * plan.exchanges))), 2 * plan.exchanges * wait.mean_s
    one = SumOf(exchange) if len(exchange) > 1 else alpha
    return SumOf((fixed, SlowestOf(one, plan.exchanges))), 2 * wait.mean_s


@lru_cache(maxsize=64)
def _wait(rate: float, airtimes_s: tuple[float, float]) -> LatencyDistribution:
    return queue_wait(rate, airtimes_s)
