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
from labpy.models.tail import LatencyDistribution

Array = NDArray[np.float64]

STEP_S = 1e-4
CELLS = 4096
SPAN_S = STEP_S * CELLS
_OMEGA = 2.0 * np.pi * np.fft.rfftfreq(2 * CELLS, STEP_S)
_EDGES_S = (np.arange(CELLS) + 0.5) * STEP_S


@dataclass(frozen=True, eq=False)
class Times:
    """The law of a time at each of several loads.

    Attributes
    ----------
    spectrum
        Transform of the probabilities on the grid, shape (loads, CELLS + 1). The grid ends at
        ``SPAN_S``; a sum that reaches twice as far wraps around and must not be made.
    """

    spectrum: NDArray[np.complex128]

    def __add__(self, other: Times) -> Times:
        """Sum of independent times; one row broadcasts over many."""
        return Times(self.spectrum * other.spectrum)

    def repeated(self, times: int) -> Times:
        """Sum of so many independent ones after each other."""
        return Times(self.spectrum ** _checks.single_count("times", times, 0))

    def shifted(self, by_s: float) -> Times:
        """The same law later by so much, or earlier if negative (never below 0)."""
        return Times(self.spectrum * np.exp(-1j * _OMEGA * by_s))

    @property
    def cdf(self) -> Array:
        """Probability of at most ``(i + 0.5) * STEP_S``, shape (loads, CELLS)."""
        masses = np.fft.irfft(self.spectrum, 2 * CELLS, axis=-1)[:, :CELLS]
        return np.clip(np.cumsum(masses, axis=-1), 0.0, 1.0)

    @property
    def mean_s(self) -> Array:
        """Mean for each load; what lies beyond ``SPAN_S`` counts as that."""
        return (1.0 - self.cdf).sum(axis=-1) * STEP_S

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
    return Times(np.exp(-1j * _OMEGA * seconds)[None, :])


@lru_cache(maxsize=32)
def random(law: LatencyDistribution) -> Times:
    """Time with a given law, such as the start-up latency of a message.

    Examples
    --------
    >>> from labpy.models.offload import wifi6_clean
    >>> round(float(random(wifi6_clean().alpha).quantile_s(0.99)[0, 0]) * 1e3, 1)
    9.0
    """
    return Times(np.fft.rfft(np.diff(law.cdf(_EDGES_S), prepend=0.0), 2 * CELLS)[None, :])


def weighted(time_s: ArrayLike, weight: ArrayLike) -> Times:
    """Times given as weighted points, shape (loads, points) each; what is beyond the grid is lost.

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
    inside = at < CELLS - 1
    row = np.broadcast_to(np.arange(len(at))[:, None], at.shape)[inside]
    masses = np.zeros((len(at), CELLS))
    cell, part, share = at[inside].astype(int), at[inside] % 1.0, share[inside]
    np.add.at(masses, (row, cell), share * (1.0 - part))
    np.add.at(masses, (row, cell + 1), share * part)
    return Times(np.fft.rfft(masses, 2 * CELLS, axis=-1))


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
    The Pollaczek-Khinchine transform. ValueError at or beyond capacity: there is no steady state.

    Examples
    --------
    At 0.8 of the capacity the mean wait of M/D/1 is two services:

    >>> round(float(queue([800.0], 1e-3).mean_s[0]) * 1e3, 2)
    3.0
    """
    rate = np.atleast_1d(_checks.non_negative("arrival_rate", arrival_rate))[:, None]
    service = _checks.single_non_negative("service_s", service_s)
    load = rate * service
    if (load >= 1.0).any():
        raise ValueError(f"arrival_rate must be below 1 / service_s, got {arrival_rate!r}")
    phase = np.maximum(_OMEGA, 1e-9) * max(service, 1e-12)
    residual = (1.0 - np.exp(-1j * phase)) / (1j * phase)
    return Times((1.0 - load) / (1.0 - load * residual) * np.exp(-1j * _OMEGA * service))


def mixture(times: Sequence[Times], shares: Sequence[float]) -> Times:
    """One of several times, each with its share; the shares add up to 1."""
    weights = _checks.non_negative("shares", shares)
    if len(times) != weights.size or abs(weights.sum() - 1.0) > 1e-9:
        raise ValueError("shares must be as many as times and add up to 1")
    return Times(sum(w * each.spectrum for w, each in zip(weights, times, strict=True)))


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
    product: Array | float = 1.0
    shared: dict[int, Array] = {}
    for each, start in zip(times, starts_s, strict=True):
        cdf = shared.setdefault(id(each), each.cdf)
        product = product * _later(cdf, _checks.single_non_negative("starts_s", start))
    return Times(np.fft.rfft(np.diff(product, prepend=0.0, axis=-1), 2 * CELLS, axis=-1))


def _later(cdf: Array, start_s: float) -> Array:
    """The same law from a later start, interpolated between cells."""
    whole, part = divmod(start_s / STEP_S, 1.0)
    padded = np.pad(cdf, ((0, 0), (int(whole) + 1, 0)))
    width = cdf.shape[-1]
    return (1.0 - part) * padded[:, 1 : width + 1] + part * padded[:, :width]
