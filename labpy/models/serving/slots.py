"""The wait for a slot of a full batch, for requests of one length.

A request holds its slot for a fixed number of steps, its window. Whoever was in service at the
start of a window is gone at its end, and nobody else is: the queue at the end is what was queued
at the start, plus the arrivals, less the slots, as in M/D/c (Crommelin 1932). While the batch is
full the window takes a fixed time, so the arrivals in it are Poisson, without the clusters that
prompts cause in a batch with room. A batch with room is faster, so its window is shorter.

The wait follows from the queue as in M/D/c (Franx 2001, A simple solution for the M/D/c waiting
time distribution, Operations Research Letters 29): a request waits longer than ``x`` if those
queued a window before, and the arrivals from then until ``x`` before now, take all slots. Beyond
one window the tail is taken to be exponential at once; for a single slot that is up to 7% off.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models.queueing.deterministic import decay_rate
from labpy.models.serving.load import interp_rows

Array = NDArray[np.float64]

_NEVER = 1e-9  # a probability of a full batch below which nobody is said to wait
_BLOCKS = 12  # of batch sizes, each with one window
_SHARES = np.linspace(0, 1, 17) ** 2  # of a window: the waits at which their probability is taken


@dataclass(frozen=True)
class SlotQueue:
    """Queue and wait at several arrival rates, one a row.

    ``beyond`` is the probability of more requests than slots over that of at most as many.
    ``wait_s`` and ``log_longer``, the logarithm of the probability of a longer wait, are points of
    the distribution of the wait; between them and beyond the last the logarithm is a line.
    """

    beyond: Array
    wait_s: Array
    log_longer: Array

    @property
    def probability(self) -> Array:
        """Of a wait, seen by arrivals."""
        return np.exp(self.log_longer[:, 0])

    def longer(self, time_s: Array) -> Array:
        """Probability that the wait is longer than each of ``time_s``; a row for each rate."""
        return np.exp(interp_rows(time_s, self.wait_s, self.log_longer))

    def mean_s(self, row: int) -> float:
        """Mean wait: the integral of the probability of a longer one, with its last slope on."""
        wait_s, longer = self.wait_s[row], np.exp(self.log_longer[row])
        fall = -np.diff(self.log_longer[row])
        slope = np.maximum(fall, 1e-12) / np.maximum(np.diff(wait_s), 1e-12)
        pieces = -np.diff(longer) / slope
        return float(pieces.sum() + longer[-1] / slope[-1])

    def quantiles_s(self, levels: Array) -> Array:
        """Wait at each of ``levels`` for each row."""
        depth = -np.log1p(-levels)
        rows = zip(self.log_longer, self.wait_s, strict=True)
        return np.array([np.interp(depth, -log, wait) for log, wait in rows])


def slot_queue(rate: Array, weight: Array, window_s: Array, share: float) -> SlotQueue:
    """Queue for the slots.

    Parameters
    ----------
    rate
        Requests a second, below ``slots / window_s[-1]``; shape (rows,).
    weight
        Relative probabilities of 0 to ``slots`` requests; shape (rows, slots + 1).
    window_s
        Time that a request keeps its slot, if all slots are taken anew meanwhile and the batch
        holds 0 to ``slots`` requests on average; shape (slots + 1,).
    share
        Share of the time that goes to prompts while the batch is full.
    """
    rows, slots = len(rate), weight.shape[1] - 1
    decay = np.maximum(decay_rate(rate * window_s[-1] / slots) * slots / window_s[-1], 1e-9)
    weight = weight / weight.sum(axis=1, keepdims=True)
    beyond, log_longer = np.zeros(rows), np.full((rows, len(_SHARES)), np.log(_NEVER))
    busy = np.flatnonzero(weight[:, -1] > _NEVER)
    if busy.size:
        ratio = np.maximum(1 / (1 + decay[busy] / rate[busy]), 1e-3)
        beyond[busy], longer = _solve(rate[busy], weight[busy], window_s, share, ratio)
        longer = np.minimum.accumulate(np.clip(longer, _NEVER, 1.0), axis=1)
        log_longer[busy] = np.log(longer)
    wait_s = np.broadcast_to(_SHARES * window_s[-1], log_longer.shape)
    # an exponential tail beyond a window; a slope, too, to where the wait is as good as certain
    far_s = 60 / decay[:, np.newaxis]
    log_longer -= 1e-9 * np.arange(len(_SHARES))
    return SlotQueue(
        beyond,
        np.hstack([wait_s, wait_s[:, -1:] + far_s]),
        np.hstack([log_longer, log_longer[:, -1:] - 60]),
    )


def with_variable_windows(
    queue: SlotQueue, rate: Array, weight: Array, capacity: float, scv: float
) -> SlotQueue:
    """The queue where the windows vary by ``scv``, given that of windows of one length.

    Between that and the one of exponential windows (Erlang C), as for M/G/c (Tijms 1994,
    Stochastic models): here the logarithm of the probability of a wait is interpolated. Where
    they vary more, waits are longer by ``(1 + scv) / 2``.
    """
    weight = weight / weight.sum(axis=1, keepdims=True)
    load = np.minimum(rate / capacity, 1 - 1e-9)
    beyond = weight[:, -1] * load / (1 - load)
    waits = np.maximum((weight[:, -1] + beyond) / (1 + beyond), _NEVER)
    end = (capacity - rate)[:, np.newaxis] * min(1.0, 2 / (1 + scv))
    exponential = np.log(waits)[:, np.newaxis] - end * queue.wait_s
    part = min(scv, 1.0)
    return SlotQueue(
        (1 - part) * queue.beyond + part * beyond,
        queue.wait_s,
        (1 - part) * queue.log_longer + part * exponential,
    )


def _solve(
    rate: Array, weight: Array, window_s: Array, share: float, ratio: Array
) -> tuple[Array, Array]:
    """Weight of a queue, and the probability of a wait longer than each of ``_SHARES``."""
    first, first_s, slower = _overflow(rate, weight, window_s, share)
    arrivals = rate[:, np.newaxis] * window_s[-1]
    queued = _queued(arrivals[:, 0], ratio, first, weight.shape[1] - 1)
    # who waits that long found about so many places taken
    place = np.arange(1.0, first_s.shape[1] + 1)
    window = interp_rows(arrivals * _SHARES, place, first_s)
    first_arrivals = rate[:, np.newaxis] * window
    return queued[:, 0], _longer(arrivals, first_arrivals, slower, queued, _lasting(share))


def _queued(arrivals: Array, ratio: Array, first: Array, slots: int) -> Array:
    """Weight of a queue of at least 1, 2, ... ``slots`` places, where no queue weighs 1.

    A queue of ``i`` follows one of ``j`` if ``slots + i - j`` arrive in a window, and none by
    ``first``. Beyond the places of ``first`` the tail is geometric with ``ratio``, and the queues
    that follow it are summed in closed form, by arrivals that are ``1 / ratio`` as many.
    """
    places = first.shape[1]
    place = np.arange(1, places + 1)
    came = slots + place[:, np.newaxis] - place
    full = _poisson(arrivals, 0, slots + places)
    step = np.where(came >= 0, full[:, np.maximum(came, 0)], 0.0)
    at_most = slots + place - places - 1
    tilted = np.cumsum(_poisson(arrivals / ratio, 0, slots), axis=1)
    from_tail = np.where(at_most >= 0, tilted[:, np.maximum(at_most, 0)], 0.0)
    step[:, :, -1] += ratio[:, np.newaxis] ** (place - places) * from_tail
    queue = np.linalg.solve(np.eye(places) - step, first[..., np.newaxis])[..., 0]
    tail = queue[:, -1:] * (ratio / (1 - ratio))[:, np.newaxis]
    near = tail + np.cumsum(queue[:, ::-1], axis=1)[:, ::-1]
    far = tail * ratio[:, np.newaxis] ** np.arange(max(slots - places, 0))
    return np.hstack([near, far])[:, :slots]


def _longer(arrivals: Array, first: Array, slower: Array, queued: Array, lasting: Array) -> Array:
    """Probability of a wait longer than each of ``_SHARES`` of a window.

    ``arrivals`` come in a window of a full batch, ``first`` in one without a queue at its start.
    """
    slots = queued.shape[1]
    left = np.maximum(1 - _SHARES, 1e-9)
    some = _poisson(arrivals * left, 0, slots - 1)
    longer = np.einsum("rsk,rk->rs", some, queued[:, ::-1])
    longer += queued[:, :1] * (1 - some.sum(axis=2))
    none = _poisson(first * left, 0, slots + len(lasting) - 1)
    none[..., slots:] *= 1 - lasting
    longer += slower * (1 - none.sum(axis=2))
    return longer / (1 + queued[:, :1])


def _lasting(share: float) -> Array:
    """Probability that a busy period of prompts lasts until 0, 1, 2 more than fit have come.

    That many are there at the end of a window in which there was always one more than had been
    begun. Looked at backwards, the excess grows by one and falls by the arrivals in a prompt's
    time, and must not reach 0: the number waiting in M/D/1 (for none, the ballot theorem).
    """
    one = np.exp(share)
    return (1 - share) * np.array([1.0, one, one * (one - share)])


def _overflow(
    rate: Array, weight: Array, window_s: Array, share: float
) -> tuple[Array, Array, Array]:
    """From no queue to one of 1, 2, ... places in a window, and the mean window of each.

    The batch grows steadily until it is full, and the sooner the longer the queue at the end.
    Windows are counted in steps and weights in time: the third value is by how much the steps of
    a full batch are slower than those of the batches from which it grew.
    """
    slots = len(window_s) - 1
    places = max(32, int(3 * np.sqrt(slots)))  # beyond, the tail is geometric
    number, place = np.arange(slots + 1.0), np.arange(1.0, places + 1)
    starts = np.unique(np.linspace(0, slots, _BLOCKS).astype(int))
    mass = np.add.reduceat(weight, starts, axis=1)
    free = slots - np.add.reduceat(weight * number, starts, axis=1) / np.maximum(mass, 1e-300)
    free = np.clip(free, 0.0, slots)[..., np.newaxis]
    growth_s = np.interp(slots - free**2 / (free + place) / 2, number, window_s)
    mean = rate[:, np.newaxis, np.newaxis] * growth_s
    came = _log_factorial(slots + places)[slots + 1 :]
    came = np.exp((slots + place) * np.log(mean) - mean - came)
    # a place more takes a batch that is full sooner, so more time, in which more come
    came *= 1 - np.clip(np.diff(mean, axis=2, append=mean[..., -1:]), 0.0, 1.0)
    stay_s = np.interp(slots - free, number, window_s) - free * share * window_s[-1] / slots
    slower = growth_s / stay_s
    flow = mass[..., np.newaxis] * came
    total = flow.sum(axis=(1, 2))
    flow *= slower
    first = flow.sum(axis=1)
    first_s = (flow * growth_s).sum(axis=1) / np.maximum(first, 1e-300)
    lasting = _lasting(share)[1:]
    slower = first.sum(axis=1) / total
    first[:, : len(lasting)] *= lasting
    return first, first_s, slower[:, np.newaxis]


def _log_factorial(high: int) -> Array:
    """Logarithm of the factorials of 0 to ``high``."""
    return np.cumsum(np.log(np.maximum(np.arange(high + 1.0), 1.0)))


def _poisson(mean: Array, low: int, high: int) -> Array:
    """Probability of ``low`` to ``high`` arrivals, along a new last axis."""
    number = np.arange(low, high + 1.0)
    log_factorial = _log_factorial(high)[low:]
    log_mean = np.log(mean)[..., np.newaxis]
    return np.exp(number * log_mean - mean[..., np.newaxis] - log_factorial)
