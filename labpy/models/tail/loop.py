"""A loop that calls every engine of a pool at once: clocked batches, queues, hedging, fan-out.

Frames come from cameras that are triggered in turn, so they arrive like clockwork, and are gathered
for a window. Each batch becomes one call to each of ``fan_out`` engines, and the loop is done when
the slowest call is. A call that has no answer after a delay is sent again, to another engine.
With clocked arrivals a queue comes from the jitter of the service alone (D/G/1), so the engines
are independent of each other but for the second copies.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.tail.distributions import LatencyDistribution, WithStalls
from labpy.models.tail.hedging import delay_s

Array = NDArray[np.float64]
Spectrum = NDArray[np.complex128]

_POINTS = 1024
_SPAN = _POINTS // 2  # the other half of the lattice is for negative times
_FULL = 0.98  # utilization from which the lattice is too short for the queue
_COPIES = np.array([0.0, 0.1, 0.3, 0.6, 1.0])  # where the queue is solved; between, linear


@dataclass(frozen=True, eq=False)
class LoopLatency:
    """Latency of the loop at each arrival rate, shape (n,) unless said otherwise.

    A loop's latency counts from the first frame of its batch: the oldest that it answers.

    Attributes
    ----------
    stable
        False where calls (second copies included) outrun the engines; there every quantile is
        infinite.
    base_utilization, utilization
        Share of time that an engine is busy, without and with second copies; the latter is 1 where
        unstable.
    extra_load
        Second copies for each call; ``inf`` where unstable.
    mean_batch
        Frames in a batch.
    time_s
        Lattice of times, shape (m,).
    """

    stable: NDArray[np.bool_]
    base_utilization: Array
    utilization: Array
    extra_load: Array
    mean_batch: Array
    time_s: Array
    window_s: float
    fan_out: int
    _gathering_s: Array = field(repr=False)
    _call: Array = field(repr=False)

    def call_cdf(self) -> Array:
        """Probability that a call, second copy included, answers by each time, shape (n, m)."""
        return self._call

    def call_quantile_s(self, p: float) -> Array:
        """Time from the batch's first frame that a share ``p`` of calls stays within."""
        return self.window_s + self._quantile(self._call, p, 1)

    def quantile_s(self, p: float) -> Array:
        """Time from the batch's first frame that a share ``p`` of loops stays within."""
        return self.window_s + self._quantile(self._call, p, self.fan_out)

    @property
    def mean_s(self) -> Array:
        """Mean time from the batch's first frame to the end of the loop; ``inf`` where unstable.

        What lies beyond the lattice counts as its end.
        """
        late = 1.0 - self._call**self.fan_out
        mean = self.window_s + late.sum(axis=-1) * (self.time_s[1] - self.time_s[0])
        return np.where(self.stable, mean, np.inf)

    @property
    def mean_response_s(self) -> Array:
        """Mean time from a frame's own arrival to the end of its loop, for Little's law.

        Frames come evenly from the first of their batch on, so on average one comes half of
        ``(batch - 1) / rate`` after it.
        """
        return self.mean_s - 0.5 * self._gathering_s

    def call_late(self, deadline_s: float) -> Array:
        """Share of calls that miss a deadline counted from the batch's first frame."""
        return 1.0 - self._within(deadline_s)

    def late(self, deadline_s: float) -> Array:
        """Share of loops that miss a deadline counted from the batch's first frame."""
        return 1.0 - self._within(deadline_s) ** self.fan_out

    def _within(self, deadline_s: float) -> Array:
        left = _checks.single_positive("deadline_s", deadline_s) - self.window_s
        return np.array([np.interp(left, self.time_s, row, left=0.0) for row in self._call])

    def _quantile(self, cdf: Array, p: float, fan_out: int) -> Array:
        level = float(_checks.quantile_level("p", p)) ** (1.0 / fan_out)
        found = [np.interp(level, row, self.time_s, right=np.inf) for row in cdf]
        return np.where(self.stable, found, np.inf)


_MOST_TOGETHER = 400  # frames of a batch, beyond which more make no difference

# A transform here is a generating function on the circle |z| = e^tilt, outside the unit circle:
# with arrivals as regular as these, the roots that have to be told apart lie close to the latter.
_TILT = np.log(1e3) / _SPAN
_Z = np.exp(_TILT - 2j * np.pi * np.arange(_SPAN + 1) / _POINTS)
_TILTED = np.exp(_TILT * np.arange(_SPAN))


@lru_cache(maxsize=8)
def _spectrum(dist: LatencyDistribution, step_s: float) -> Spectrum:
    """Transform of a distribution on the lattice; stalls that vary are a product."""
    if isinstance(dist, WithStalls) and isinstance(dist.stall, LatencyDistribution):
        q = dist.stall_probability
        return _spectrum(dist.base, step_s) * (1.0 - q + q * _spectrum(dist.stall, step_s))
    cdf = np.asarray(dist.cdf((np.arange(_SPAN) + 0.5) * step_s))
    return np.fft.rfft(np.diff(cdf, prepend=0.0) * _TILTED, _POINTS)


def _shift(steps: Array) -> Spectrum:
    """Transform of constants between lattice points: split over both neighbours, shape (n, k)."""
    whole = np.floor(steps)[:, np.newaxis]
    part = steps[:, np.newaxis] - whole
    return _Z**whole * (1.0 - part + part * _Z)


def _service(call: LatencyDistribution, step_s: float, work_s: Array) -> Spectrum:
    """Transform of the time that an engine spends on a batch, shape (n, k)."""
    return _spectrum(call, step_s) * _shift(work_s / step_s)


@lru_cache(maxsize=64)  # moving the hedge delay keeps the queues
def _responses(
    call: LatencyDistribution,
    step_s: float,
    work_s: tuple[float, ...],
    gap_s: tuple[float, ...],
) -> tuple[Array, Array]:
    """Response of an engine under several rates of second copies.

    Returns the copies for each call, shape (n, c), and P(response <= t), shape (n, c, m). A gap
    between batches brings one call and a Poisson number of copies.
    """
    work, gap = np.array(work_s), np.array(gap_s)
    service = _service(call, step_s, work)[:, np.newaxis]
    base = (call.mean_s + work) / gap
    room = np.clip(_FULL / base - 1.0, 0.0, 1.0)
    copies = room[:, np.newaxis] * _COPIES
    steps = service * _shift(-gap / step_s)[:, np.newaxis]
    steps = steps * np.exp(copies[..., np.newaxis] * (service - 1.0))
    response = np.fft.irfft(_wait(steps) * service, _POINTS)[..., :_SPAN] / _TILTED
    cdf = np.cumsum(response, axis=-1)
    return copies, np.clip(np.maximum.accumulate(cdf, axis=-1), 0.0, 1.0)


def _wait(steps: Spectrum) -> Spectrum:
    """Transform of the wait from that of a random walk's step, both tilted.

    The Wiener-Hopf factors part in the cepstrum: the half of positive times is the wait's (Ackroyd
    1980). One minus a step's transform, and one minus a lead of one point, lie in the right half
    plane, so each logarithm is on its principal branch.
    """
    cepstrum = np.fft.irfft(np.log((1.0 - steps) / (1.0 - 1.0 / _Z)), _POINTS)
    cepstrum[..., 0] = 0.0
    cepstrum[..., _SPAN:] = 0.0
    total = (cepstrum[..., :_SPAN] / _TILTED).sum(axis=-1, keepdims=True)
    return np.exp(total - np.fft.rfft(cepstrum, _POINTS))


def hedged_loop(
    call: LatencyDistribution,
    per_frame_s: float,
    arrival_rate: ArrayLike,
    window_s: float,
    hedge_after_s: float,
    fan_out: int,
    step_s: float = 1e-4,
) -> LoopLatency:
    """Latency of a loop over ``fan_out`` engines with a batch window and hedged calls.

    Parameters
    ----------
    call
        Engine time of one call whatever its batch: launch, weights, jitter, stalls.
    per_frame_s
        Engine time that each frame of the batch adds.
    arrival_rate
        Frames a second, one number or shape (n,), above 0; evenly spaced.
    window_s
        How long the first frame of a batch waits for others; 0 sends each frame by itself.
    hedge_after_s
        Time from dispatch after which an unanswered call goes to another engine too; infinity
        never hedges. Copies are not cancelled.
    fan_out
        Calls of one loop, each to its own engine.
    step_s
        Resolution; times end at 512 steps, and later is infinite.

    Notes
    -----
    Frames come like a clock's ticks, so each batch holds ``1 + floor(rate * window)`` of them, and
    one leaves each time that as many have come: a window shorter than the gap between two frames
    gathers nothing, and where the rate reaches the next whole number the load falls. Second copies
    come as a Poisson number in each gap. ``extra_load`` is the least h with
    ``h = P(R > d)`` under h copies a call; where only one beyond a utilization of 98% is left, the
    pool counts as unstable. Beyond a base utilization of one half there is always a second, worse
    state, in which every call is late and copied: a run of bad luck tips a small pool into it, so
    ``quantile_s`` is what the pool has until then. Where it has none, P99.9 is within 10% of
    :func:`simulate_loop` with ten engines (``tests/models/test_tail_loop.py``).

    Source: Dean and Barroso, The Tail at Scale (2013); Ackroyd 1980, Computing the waiting time
    distribution for the G/G/1 queue by signal processing methods, IEEE Transactions on
    Communications 28.

    Examples
    --------
    >>> from labpy.models.tail import Deterministic
    >>> law = hedged_loop(Deterministic(0.004), 0.0, 50.0, 0.0, float("inf"), 10)
    >>> bool(law.stable[0]), float(law.extra_load[0])
    (True, 0.0)
    """
    rate = np.atleast_1d(_checks.positive("arrival_rate", arrival_rate))
    window = _checks.single_non_negative("window_s", window_s)
    fan_out = _checks.single_count("fan_out", fan_out)
    step = _checks.single_positive("step_s", step_s)
    per_frame = _checks.single_non_negative("per_frame_s", per_frame_s)
    after = float(delay_s("hedge_after_s", hedge_after_s))
    batch = frames_together(rate, window)
    gap, work = batch / rate, per_frame * batch
    base = (call.mean_s + work) / gap
    extra, single = np.full(rate.shape, np.inf), np.zeros((rate.size, _SPAN))
    time = (np.arange(_SPAN) + 0.5) * step
    able = np.flatnonzero(base < _FULL)
    if able.size:
        setup = tuple(work[able].tolist()), tuple(gap[able].tolist())
        for i, row, cdf in zip(able, *_responses(call, step, *setup), strict=True):
            extra[i] = _least_copies(row, cdf, time, after, float(base[i]))
            if np.isfinite(extra[i]):
                single[i] = _between(row, cdf, extra[i])
    stable = np.isfinite(extra)
    both = single
    if np.isfinite(after):
        service = _service(call, step, work)
        second = _second_cdf(single, service, gap, after, step)
        both = _with_copy(single, second, after, step)
    return LoopLatency(
        stable=stable, base_utilization=base,
        utilization=np.where(stable, base * (1.0 + np.where(stable, extra, 0.0)), 1.0),
        extra_load=extra, mean_batch=batch, time_s=time, window_s=window, fan_out=fan_out,
        _gathering_s=(batch - 1.0) / rate, _call=both,
    )  # fmt: skip


def frames_together(rate: ArrayLike, window_s: float) -> Array:
    """Frames of a batch whose window opens with the first of them, of evenly spaced ones.

    Examples
    --------
    >>> [float(frames_together(480.0, w)) for w in (0.0, 0.002, 0.0025, 0.005)]
    [1.0, 1.0, 2.0, 3.0]
    """
    return 1.0 + np.floor(np.asarray(rate, dtype=float) * window_s + 1e-9)


def loop_capacity(
    call: LatencyDistribution,
    per_frame_s: float,
    window_s: float,
    hedge_after_s: float,
    step_s: float = 1e-4,
) -> float:
    """Highest rate of frames that the engines of :func:`hedged_loop` can keep up with.

    Parameters
    ----------
    call, per_frame_s, window_s, hedge_after_s, step_s
        As there; the fan-out does not matter.

    Returns
    -------
    float
        Frames a second; ``inf`` if a window alone makes batches cheap enough for any rate. Without
        second copies it is the least rate at which an engine is always busy. With them it is the
        least at which :func:`hedged_loop` ceases to be stable, to a part in 10,000.

    Examples
    --------
    >>> from labpy.models.tail import Deterministic
    >>> round(loop_capacity(Deterministic(0.002), 0.0005, 0.0, float("inf")), 1)
    400.0
    """
    window = _checks.single_non_negative("window_s", window_s)
    per_frame = _checks.single_non_negative("per_frame_s", per_frame_s)
    after = float(delay_s("hedge_after_s", hedge_after_s))
    wall = loop_rate_at(call, per_frame, window, 1.0)
    if np.isinf(after):
        return wall
    # Within a number of frames the load rises with the rate, so it is highest at its end.
    low, high = loop_rate_at(call, per_frame, window, 0.01), wall
    if window:
        most = min(wall * window, _MOST_TOGETHER)
        ends = np.append(
            np.arange(1, int(most) + 1) / window * (1.0 - 1e-6), min(wall, most / window)
        )
        stable = hedged_loop(call, per_frame, ends, window, after, 1, step_s).stable
        if stable.all():
            return wall
        first = int(np.argmin(stable))
        low, high = max(low, first / window), float(ends[first])
    for _ in range(60):
        if high <= low * (1.0 + 1e-4):
            break
        middle = 0.5 * (low + high)
        stable = hedged_loop(call, per_frame, middle, window, after, 1, step_s).stable[0]
        low, high = (middle, high) if stable else (low, middle)
    return 0.5 * (low + high)


def loop_rate_at(
    call: LatencyDistribution, per_frame_s: float, window_s: float, load: float
) -> float:
    """Least frames a second at which an engine is busy a share ``load`` of the time.

    Without copies; ``inf`` if batches of any size keep it less busy. Arguments as for
    :func:`loop_capacity`.

    Examples
    --------
    >>> from labpy.models.tail import Deterministic
    >>> round(loop_rate_at(Deterministic(0.002), 0.0005, 0.0, 0.5), 1)
    200.0
    """
    # Of so many frames the load is at most (call + frames * per_frame) / window.
    share = _checks.single_positive("load", load)
    spare = share * window_s - call.mean_s
    if per_frame_s == 0.0 and spare > 0.0:
        return float("inf")
    together = max(np.ceil(spare / per_frame_s - 1e-9), 1.0) if per_frame_s else 1.0
    return float(share / (call.mean_s / together + per_frame_s))


def _second_cdf(
    single: Array, service: Spectrum, gap_s: Array, after_s: float, step_s: float
) -> Array:
    """P(second copy answers by t after it is sent), shape (n, m).

    It reaches an engine so far into the gap that follows a dispatch, and finds what is left of the
    work that a first copy saw, itself included.
    """
    ahead = np.mod(after_s, gap_s) / step_s
    points = np.arange(_SPAN)
    left = np.array(
        [np.interp(points + lead, points, row) for row, lead in zip(single, ahead, strict=True)]
    )
    masses = np.diff(left, axis=-1, prepend=0.0) * _TILTED
    both = np.fft.irfft(np.fft.rfft(masses, _POINTS) * service, _POINTS)[:, :_SPAN] / _TILTED
    return np.clip(np.cumsum(both, axis=-1), 0.0, 1.0)


def _least_copies(copies: Array, cdf: Array, time: Array, after_s: float, base: float) -> float:
    """Second copies for each call, the least that bring themselves about; inf if none do."""
    if not np.isfinite(after_s):
        return 0.0
    late = np.array([1.0 - np.interp(after_s, time, row) for row in cdf])
    rise = late - copies
    settled = np.flatnonzero(rise <= 0.0)
    if not settled.size:
        return np.inf if base * (1.0 + copies[-1]) > _FULL - 1e-9 else float(copies[-1])
    k = settled[0]
    if k == 0:
        return float(late[0])
    share = rise[k - 1] / (rise[k - 1] - rise[k])
    return float(copies[k - 1] + share * (copies[k] - copies[k - 1]))


def _between(copies: Array, cdf: Array, extra: float) -> Array:
    """The response at a number of copies between two that were solved for."""
    k = int(np.clip(np.searchsorted(copies, extra, side="right"), 1, copies.size - 1))
    span = copies[k] - copies[k - 1]
    share = (extra - copies[k - 1]) / span if span > 0.0 else 0.0
    return (1.0 - share) * cdf[k - 1] + share * cdf[k]


def _with_copy(single: Array, second: Array, after_s: float, step_s: float) -> Array:
    """P(first answer of two by t), the second copy sent after a delay."""
    whole, part = divmod(after_s / step_s, 1.0)
    padded = np.pad(second, ((0, 0), (int(whole) + 1, 0)))[:, : single.shape[1] + 1]
    later = (1.0 - part) * padded[:, 1:] + part * padded[:, :-1]
    return single + later * (1.0 - single)


@dataclass(frozen=True)
class LoopSimulation:
    """What one seeded run saw, its first tenth left out.

    Attributes
    ----------
    latency_s
        Latency of each loop from the first frame of its batch, shape (loops,).
    extra_load
        Second copies for each call.
    utilization
        Mean share of time that an engine was busy.
    """

    latency_s: Array
    extra_load: float
    utilization: float


def simulate_loop(
    call: LatencyDistribution,
    per_frame_s: float,
    arrival_rate: float,
    window_s: float,
    hedge_after_s: float,
    fan_out: int,
    loops: int,
    seed: int,
) -> LoopSimulation:
    """Simulate the loop of :func:`hedged_loop` with each second copy at one of the other engines.

    Arguments as there; ``loops`` batches are run. All calls of a loop start at once, and copies of
    a call differ in their jitter.

    Examples
    --------
    >>> from labpy.models.tail import Deterministic
    >>> run = simulate_loop(Deterministic(0.004), 0.0, 50.0, 0.0, float("inf"), 10, 100, seed=1)
    >>> round(float(run.latency_s.max()), 6)
    0.004
    """
    rng = np.random.default_rng(seed)
    count = _checks.single_count("loops", loops, 10)
    batch = float(frames_together(arrival_rate, window_s))
    starts = np.arange(1, count + 1) * (batch / arrival_rate)
    drawn = call.sample(rng, 2 * count * fan_out).reshape(2, count, fan_out)
    work = drawn + per_frame_s * batch
    aside = rng.integers(1, max(fan_out, 2), size=(count, fan_out))
    done, busy_s, copies = _run(starts, work, aside, hedge_after_s)
    warm = count // 10
    return LoopSimulation(
        done[warm:] - starts[warm:] + window_s,
        float(copies[warm:].mean() / fan_out),
        float(busy_s / (fan_out * starts[-1])),
    )


def _run(
    starts: Array, work: Array, aside: NDArray[np.int64], after_s: float
) -> tuple[Array, float, Array]:
    """Work through dispatches and second copies in the order of time.

    An engine serves in the order of arrival, so a call's end is known when it joins the queue.
    """
    count, engines = work.shape[1:]
    free = [0.0] * engines
    ends = [[0.0] * engines for _ in range(count)]
    pending: list[tuple[float, int, int]] = []  # in the order of time, since the delay is constant
    first, second, others = work[0].tolist(), work[1].tolist(), aside.tolist()
    copies, busy_s, next_pending = np.zeros(count), 0.0, 0
    for loop, start in enumerate([*starts.tolist(), np.inf]):
        while next_pending < len(pending) and pending[next_pending][0] <= start:
            at, job, home = pending[next_pending]
            next_pending += 1
            engine = (home + others[job][home]) % engines
            end = max(free[engine], at) + second[job][home]
            free[engine] = end
            ends[job][home] = min(ends[job][home], end)
            busy_s += second[job][home]
            copies[job] += 1
        if loop == count:
            break
        for engine in range(engines):
            end = max(free[engine], start) + first[loop][engine]
            free[engine] = ends[loop][engine] = end
            busy_s += first[loop][engine]
            if end > start + after_s:
                pending.append((start + after_s, loop, engine))
    return np.array(ends).max(axis=1), busy_s, copies
