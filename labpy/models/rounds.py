"""Requests that come back to a batching node, round after round, before they are done.

A caption that glasses draft and a node verifies takes several rounds. Those whose round a batch has
ended come back together, a little later: they don't come at random, as the batch that they find is
the next to begin, so that nearly all of it is before them. Laws live on a grid of equal steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.queueing import batch
from labpy.models.tail import LatencyDistribution

Array = NDArray[np.float64]
Spectrum = NDArray[np.complex128]

STEP_S = 5e-4
CELLS = 2048
SPAN_S = STEP_S * CELLS
_AT_S = np.arange(CELLS) * STEP_S
_EDGES_S = _AT_S + 0.5 * STEP_S
# Generating functions on a circle outside the unit circle: what lies beyond twice the grid comes
# back a million times smaller.
_TILT = np.log(1e6) / (2 * CELLS)
_Z = np.exp(-_TILT - 1j * np.pi * np.arange(CELLS + 1) / CELLS)
_TILTED = np.exp(-_TILT * np.arange(CELLS))
_MOST_SWING, _HIGHEST_LOAD = 0.8, 0.95  # of a rate about the true one, and of the capacity


@dataclass(frozen=True, eq=False)
class RoundTimes:
    """The time of requests of several rounds, at each of several loads.

    Attributes
    ----------
    mean_s
        Mean from a request's begin to the end of its last round, shape (loads,).
    mean_batch
        Of the node's batches, shape (loads,).
    """

    mean_s: Array
    mean_batch: Array
    _cdf: Array

    def quantile_s(self, p: ArrayLike) -> Array:
        """Time that a share ``p`` stays within, shape (loads, levels); at most ``SPAN_S``."""
        levels = np.atleast_1d(_checks.quantile_level("p", p))
        rows = [np.interp(levels, row, _EDGES_S, right=SPAN_S) for row in self._cdf]
        return np.array(rows)

    def later_than(self, deadline_s: float) -> Array:
        """Probability of a time beyond the deadline, shape (loads,)."""
        deadline = _checks.single_positive("deadline_s", deadline_s)
        return np.array([1.0 - np.interp(deadline, _EDGES_S, row, left=0.0) for row in self._cdf])


def batched_rounds(
    request_rate: ArrayLike,
    rounds: ArrayLike,
    before_s: float,
    alpha: LatencyDistribution,
    air_s: float,
    service_s: ArrayLike,
) -> RoundTimes:
    """Times of requests whose rounds a node serves in batches, whatever waits when it is free.

    Parameters
    ----------
    request_rate
        Requests begun a second, at random, shape (loads,); below what the node can serve.
    rounds
        Probabilities that a request takes 1, 2, ... rounds.
    before_s
        Work before each round, such as drafting.
    alpha
        Start-up of a round's message.
    air_s
        Time of a message on the air, which carries one at a time.
    service_s
        Time of a batch of 1, 2, ... rounds, ascending.

    Notes
    -----
    Batches and the first round's wait are those of :mod:`labpy.models.queueing.batch`. A later
    round comes back a time U after the end of its last batch, and is served at the first end of a
    batch after U, batches taken as independent: a renewal argument (Cox 1962, Renewal Theory). The
    requests that are there change slowly, as one stays for several batches: their number is a
    Poisson number, whose mean over a stay varies by two thirds of that (a window as long as the
    stay). So results are taken over three rates about the true one (Gauss-Hermite).

    Left out: that a first round's message meets others on the air. Against the event simulation
    (``tests/models/test_rounds.py``) the mean is within 5%, the P99 within 10% up to four fifths of
    the node's capacity and within 20% up to nine tenths.

    Examples
    --------
    A lone request of two rounds, each 1 ms on the air, 2 ms of start-up and 20 ms of a batch:

    >>> from labpy.models.tail import Deterministic
    >>> times = batched_rounds([0.01], [0.0, 1.0], 0.0, Deterministic(0.002), 0.001, [0.020])
    >>> round(float(times.mean_s[0]), 3)
    0.046
    """
    rate = np.atleast_1d(_checks.positive("request_rate", request_rate))
    shares = _checks.non_negative("rounds", rounds)
    service = _checks.positive("service_s", service_s)
    before = _checks.single_non_negative("before_s", before_s)
    air = _checks.single_non_negative("air_s", air_s)
    if abs(shares.sum() - 1.0) > 1e-9:
        raise ValueError("rounds must add up to 1")
    many = float(shares @ np.arange(1, shares.size + 1))
    capacity = service.size / (service[-1] * many)
    if (rate >= capacity).any():
        raise ValueError(f"request_rate must be below {capacity:g}, got {request_rate!r}")
    way = _of_law(alpha) * _delay(before + air)
    way_s = before + air + alpha.mean_s
    mean_s, masses, sizes = _at_rate(rate, shares, way, way_s, air, service)
    there = rate * mean_s
    swing = np.sqrt(3.0 * (2.0 / 3.0) * (1.0 - 1.0 / many) / there)
    room = np.maximum(_HIGHEST_LOAD * capacity / rate - 1.0, 0.0)
    swing = np.minimum(np.minimum(swing, room), _MOST_SWING)
    beside = np.concatenate([rate * (1.0 - swing), rate * (1.0 + swing)])
    other_s, others, _ = _at_rate(beside, shares, way, way_s, air, service)
    mean_s = (4.0 * mean_s + other_s[: rate.size] + other_s[rate.size :]) / 6.0
    masses = (4.0 * masses + others[: rate.size] + others[rate.size :]) / 6.0
    cdf = np.minimum(np.maximum.accumulate(np.cumsum(masses, axis=-1), axis=-1), 1.0)
    return RoundTimes(mean_s, sizes, cdf)


def _at_rate(
    rate: Array, shares: Array, way: Spectrum, way_s: float, air_s: float, service: Array
) -> tuple[Array, Array, Array]:
    """Give mean, masses on the grid and mean batch at each rate, all taken as steady."""
    many = float(shares @ np.arange(1, shares.size + 1))
    node = batch.solve(rate * many, service, 0.0)
    own = node.points
    batches = np.interp(own.final_s, service, np.arange(1, service.size + 1))
    step = _points(own.final_s, own.weight / batches)
    back_with = np.maximum(node.mean_batch - 1.0, 0.0) * (1.0 - 1.0 / many)
    away = way * _forward(_up_to(back_with * air_s))
    idle_s = np.maximum(node.mean_batch / (rate * many) - step @ _AT_S, 0.0)
    served = _next_start(_backward(away), _forward(step), idle_s, rate * many)
    again = _forward(served) * _forward(_points(own.final_s, own.weight))
    total: Spectrum = np.zeros_like(again)
    for share in shares[::-1]:
        total = total * again + share
    response_s = own.wait_s + own.final_s
    total = total * way * _forward(_points(response_s, own.weight))
    mean_s = way_s + own.mean(response_s)
    mean_s = mean_s + (many - 1.0) * (served @ _AT_S + own.mean(own.final_s))
    return mean_s, _backward(total), node.mean_batch


def _next_start(away: Array, step: Spectrum, idle_s: Array, rate: Array) -> Array:
    """When the batch begins that serves what comes back `away` after a batch's end.

    The node works in cycles: it idles (not at all, or until the next arrival, at random) and serves
    a batch. What comes while it idles is served at once, what comes while it serves at the end.
    """
    share = np.minimum(idle_s * rate, 1.0)[:, None]
    idles = np.diff(-np.expm1(-rate[:, None] * _EDGES_S), prepend=0.0, axis=-1) * share
    idles[:, 0] += 1.0 - share[:, 0]
    idle = _forward(idles)
    starts = idle / (1.0 - idle * step)  # densities of the begins and ends of batches
    begin, end = _backward(starts), _backward(starts * step)
    gone = begin - end
    at_once = np.clip(1.0 - np.cumsum(gone, axis=-1) + 0.5 * gone, 0.0, 1.0)
    come = np.cumsum(away, axis=-1) - 0.5 * away
    # Those that had come by the end of a batch, but not by its begin.
    return away * at_once + come * end - _backward(_forward(come * begin) * step)


def _forward(masses: Array) -> Spectrum:
    return np.fft.rfft(masses * _TILTED, 2 * CELLS, axis=-1)


def _backward(spectrum: Spectrum) -> Array:
    return np.fft.irfft(spectrum, 2 * CELLS, axis=-1)[..., :CELLS] / _TILTED


def _delay(by_s: float) -> Spectrum:
    """Transform of a delay, shape (1, k); one between two cells is shared between them."""
    whole, part = divmod(by_s / STEP_S, 1.0)
    return (_Z**whole * (1.0 - part + part * _Z))[None, :]


def _of_law(law: LatencyDistribution) -> Spectrum:
    return _forward(np.diff(law.cdf(_EDGES_S), prepend=0.0))[None, :]


def _points(time_s: Array, weight: Array) -> Array:
    """Masses on the grid of weighted points, shape (loads, points); each keeps its mean."""
    at = time_s / STEP_S
    inside = at < CELLS - 1
    row = np.broadcast_to(np.arange(len(at), dtype=np.intp)[:, None], at.shape)[inside]
    share = (weight / weight.sum(axis=-1, keepdims=True))[inside]
    cell, part = at[inside].astype(np.intp), at[inside] % 1.0
    flat = row * CELLS + cell
    size = len(at) * CELLS
    masses = np.bincount(flat, share * (1.0 - part), size)
    masses += np.bincount(flat + 1, share * part, size)
    return masses.reshape(len(at), CELLS)


def _up_to(longest_s: Array) -> Array:
    """Masses of a time between 0 and so much, each as likely, shape (loads, cells)."""
    part = (np.arange(8) + 0.5) / 8
    return _points(longest_s[:, None] * part, np.ones((longest_s.size, 8)))
