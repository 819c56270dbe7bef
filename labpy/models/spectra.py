"""Sums and maxima of independent times on one grid, by their transforms, for many loads at once.

A frame's time is a sum of parts: waiting for the channel, start-up, the node's queue. Parts are
:class:`Times`, with one row for each load, so that a whole latency curve costs a few transforms.
:mod:`labpy.models.offload` does the same for one load on a finer grid and is what this is held to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.queueing.periodic import ndd1, ndd1_longer_than
from labpy.models.tail import LatencyDistribution

Array = NDArray[np.float64]

STEP_S = 1e-4
CELLS = 4096
SPAN_S = STEP_S * CELLS
_EDGES_S = (np.arange(CELLS) + 0.5) * STEP_S
_Z = np.exp(-1j * np.pi * np.arange(CELLS + 1) / CELLS)  # the transform of one cell's delay


@dataclass(frozen=True, eq=False)
class Times:
    """The law of a time at each of several loads.

    Attributes
    ----------
    spectrum
        Transform of the probabilities on the grid, shape (loads, CELLS + 1). The grid ends at
        ``SPAN_S``; a sum that reaches twice as far wraps around and must not be made.
    mean_s
        Mean for each load, shape (loads,). It is carried along in closed form and not read from the
        grid, so what lies beyond ``SPAN_S`` is in it; of the slowest of several it is a sum over
        the grid.
    """

    spectrum: NDArray[np.complex128]
    mean_s: Array

    def __add__(self, other: Times) -> Times:
        """Sum of independent times; one row broadcasts over many."""
        return Times(self.spectrum * other.spectrum, self.mean_s + other.mean_s)

    def repeated(self, times: int) -> Times:
        """Sum of so many independent ones after each other."""
        count = _checks.single_count("times", times, 0)
        return Times(self.spectrum**count, self.mean_s * count)

    def shifted(self, by_s: float) -> Times:
        """The same law later by so much, or earlier if negative (never below 0)."""
        return Times(self.spectrum * _delay(by_s), self.mean_s + by_s)

    @property
    def cdf(self) -> Array:
        """Probability of at most ``(i + 0.5) * STEP_S``, shape (loads, CELLS)."""
        masses = np.fft.irfft(self.spectrum, 2 * CELLS, axis=-1)[:, :CELLS]
        return np.clip(np.cumsum(masses, axis=-1), 0.0, 1.0)

    def quantile_s(self, p: ArrayLike) -> Array:
        """Time that a share ``p`` stays within, shape (loads, levels); at most ``SPAN_S``."""
        levels = np.atleast_1d(_checks.quantile_level("p", p))
        rows = [np.interp(levels, row, _EDGES_S) for row in np.maximum.accumulate(self.cdf, -1)]
        return np.where(levels > self.cdf[:, -1:], SPAN_S, np.array(rows))

    def later_than(self, deadline_s: float) -> Array:
        """Probability of a time beyond the deadline, shape (loads,)."""
        deadline = _checks.single_positive("deadline_s", deadline_s)
        return np.array([1.0 - np.interp(deadline, _EDGES_S, row, left=0.0) for row in self.cdf])


def fixed(time_s: float) -> Times:
    """Time that is always the same.

    Examples
    --------
    >>> round(float(fixed(0.004).mean_s[0]), 4)
    0.004
    """
    seconds = _checks.single_non_negative("time_s", time_s)
    return Times(_delay(seconds)[None, :], np.array([seconds]))


def _delay(by_s: float) -> NDArray[np.complex128]:
    """Transform of a delay: one between two cells is shared between them, which keeps its mean.

    A delay of a fraction of a cell by its phase alone would ring, with probabilities below 0.
    """
    whole, part = divmod(by_s / STEP_S, 1.0)
    return _Z**whole * (1.0 - part + part * _Z)


@lru_cache(maxsize=32)
def random(law: LatencyDistribution) -> Times:
    """Time with a given law, such as the start-up latency of a message.

    Examples
    --------
    >>> from labpy.models.offload import wifi6_clean
    >>> round(float(random(wifi6_clean().alpha).quantile_s(0.99)[0, 0]) * 1e3, 1)
    9.0
    """
    masses = np.diff(law.cdf(_EDGES_S), prepend=0.0)
    return Times(np.fft.rfft(masses, 2 * CELLS)[None, :], np.array([law.mean_s]))


def weighted(time_s: ArrayLike, weight: ArrayLike) -> Times:
    """Times given as weighted points, shape (loads, points) each; what is beyond the grid is late.

    A point between two cells is shared between them, so that means are kept.

    Examples
    --------
    >>> round(float(weighted([[0.001, 0.002]], [[1.0, 3.0]]).mean_s[0]), 5)
    0.00175
    """
    at = np.asarray(time_s, dtype=float) / STEP_S  # infinity is beyond the grid
    if not (at >= 0.0).all():
        raise ValueError(f"time_s must be 0 or greater, got {time_s!r}")
    share = _checks.non_negative("weight", weight)
    share = share / share.sum(axis=-1, keepdims=True)
    mean = np.where(share > 0.0, share * np.where(share > 0.0, time_s, 0.0), 0.0).sum(axis=-1)
    inside = at < CELLS - 1
    row = np.broadcast_to(np.arange(len(at))[:, None], at.shape)[inside]
    masses = np.zeros((len(at), CELLS))
    cell, part, share = at[inside].astype(int), at[inside] % 1.0, share[inside]
    np.add.at(masses, (row, cell), share * (1.0 - part))
    np.add.at(masses, (row, cell + 1), share * part)
    return Times(np.fft.rfft(masses, 2 * CELLS, axis=-1), mean)


def queue(arrival_rate: ArrayLike, service_s: float) -> Times:
    """Wait and service at a server that takes arrivals in turn: M/D/1 at each rate.

    Parameters
    ----------
    arrival_rate
        Arrivals a second, shape (loads,); each below ``1 / service_s``.
    service_s
        The same for all; 0 takes no time.

    Notes
    -----
    The Pollaczek-Khinchine sum: a wait is a geometric number of residual services, whose law is
    put on the grid so that it keeps its mean and no probability is below 0. The mean is that of
    M/D/1. ValueError at or beyond capacity: there is no steady state.

    Examples
    --------
    At 0.8 of the capacity the mean wait of M/D/1 is two services:

    >>> round(float(queue([800.0], 1e-3).mean_s[0]) * 1e3, 6)
    3.0
    """
    rate = np.atleast_1d(_checks.non_negative("arrival_rate", arrival_rate))
    service = _checks.single_non_negative("service_s", service_s)
    load = rate * service
    if (load >= 1.0).any():
        raise ValueError(f"arrival_rate must be below 1 / service_s, got {arrival_rate!r}")
    busy = load[:, None]
    wait = (1.0 - busy) / (1.0 - busy * _residual(service))
    mean_s = service + load * service / (2.0 * (1.0 - load))
    return Times(wait * _delay(service), mean_s)


def even_wait(sources: int, period_s: float, service_s: float) -> Times:
    """Wait at a server that even streams share, each with one arrival a period: N*D/D/1, one row.

    Parameters
    ----------
    sources
        Streams, the one that waits included.
    period_s, service_s
        Of each; ``sources * service_s`` at most ``period_s``. A service of 0 is never waited for.

    Examples
    --------
    >>> round(float(even_wait(6, 1 / 60, 0.002).mean_s[0]) * 1e3, 2)
    1.02
    """
    if service_s == 0.0 or sources == 1:
        return fixed(0.0)
    known = ndd1(sources, period_s, service_s)
    if not known.stable:
        raise ValueError(f"service_s must be at most period_s / sources, got {service_s!r}")
    at_most = 1.0 - ndd1_longer_than(_EDGES_S, sources, period_s, service_s)
    masses = np.diff(at_most, prepend=0.0)
    return Times(np.fft.rfft(masses, 2 * CELLS)[None, :], np.array([float(known.mean_wait_s)]))


@lru_cache(maxsize=32)
def _residual(service_s: float) -> NDArray[np.complex128]:
    """Transform of a time between 0 and ``service_s``, each as likely as the others.

    Each point is shared between the cells beside it in proportion to its nearness, so the masses
    are second differences of the integral of the distribution function.
    """
    at = np.arange(-1, CELLS + 1) * STEP_S
    inside = np.clip(at, 0.0, service_s)
    integral = np.where(at < service_s, 0.5 * inside**2 / max(service_s, 1e-300), 0.0)
    integral = np.where(at >= service_s, at - 0.5 * service_s, integral)
    integral[0] = 0.0
    return np.fft.rfft(np.diff(integral, 2) / STEP_S, 2 * CELLS)


def mixture(times: Sequence[Times], shares: Sequence[float]) -> Times:
    """One of several times, each with its share; the shares add up to 1."""
    weights = _checks.non_negative("shares", shares)
    if len(times) != weights.size or abs(weights.sum() - 1.0) > 1e-9:
        raise ValueError("shares must be as many as times and add up to 1")
    spectrum, mean_s = (
        sum(w * getattr(each, name) for w, each in zip(weights, times, strict=True))
        for name in ("spectrum", "mean_s")
    )
    return Times(spectrum, mean_s)


def slowest(times: Sequence[Times], starts_s: Sequence[float]) -> Times:
    """Time until the last of several independent ones is over, each from its own start.

    Examples
    --------
    >>> last = slowest([fixed(0.004), fixed(0.004)], [0.0, 0.003])
    >>> round(float(last.mean_s[0]), 4)
    0.007
    """
    if len(times) != len(starts_s) or not times:
        raise ValueError("times and starts_s must be as many, and at least one")
    starts = [_checks.single_non_negative("starts_s", start) for start in starts_s]
    if len(times) == 1:
        return times[0].shifted(starts[0])
    product: Array | float = 1.0
    shared: dict[int, Array] = {}
    for each, start in zip(times, starts, strict=True):
        cdf = shared.setdefault(id(each), each.cdf)
        product = product * _later(cdf, start)
    spectrum = np.fft.rfft(np.diff(product, prepend=0.0, axis=-1), 2 * CELLS, axis=-1)
    return Times(spectrum, (1.0 - product).sum(axis=-1) * STEP_S)


def _later(cdf: Array, start_s: float) -> Array:
    """The same law from a later start, interpolated between cells."""
    whole, part = divmod(start_s / STEP_S, 1.0)
    padded = np.pad(cdf, ((0, 0), (int(whole) + 1, 0)))
    width = cdf.shape[-1]
    return (1.0 - part) * padded[:, 1 : width + 1] + part * padded[:, :width]
