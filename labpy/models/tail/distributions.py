"""Distributions of latency, each with its distribution function, quantiles and samples."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import NormalDist
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

_ERFC = np.frompyfunc(math.erfc, 1, 1)
_NORMAL_QUANTILE = np.frompyfunc(NormalDist().inv_cdf, 1, 1)
_BISECTIONS = 64  # halves an interval down to the spacing of floats


@runtime_checkable
class LatencyDistribution(Protocol):
    """What every latency distribution offers.

    ``cdf`` and ``quantile_s`` take a number or an array and return the like of it; ``p`` lies in
    [0, 1).
    """

    @property
    def mean_s(self) -> float:
        """Mean latency in seconds."""

    def cdf(self, t_s: ArrayLike) -> NDArray[np.float64] | float:
        """Probability of a latency of at most ``t_s``."""

    def quantile_s(self, p: ArrayLike) -> NDArray[np.float64] | float:
        """Latency that a share ``p`` of requests stays within, in seconds."""

    def sample(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Draw ``n`` independent latencies in seconds."""


def plain(values: ArrayLike) -> NDArray[np.float64] | float:
    """Return a float for a single value, else the array."""
    array = np.asarray(values, dtype=float)
    return float(array) if array.ndim == 0 else array


def times(t_s: ArrayLike) -> NDArray[np.float64]:
    """Check the argument of a distribution function: any real number, infinity included."""
    array = np.asarray(t_s, dtype=float)
    if np.isnan(array).any():
        raise ValueError(f"t_s must be a time in seconds, got {t_s!r}")
    return array


def quantile_by_bisection(
    cdf: Callable[[NDArray[np.float64]], ArrayLike],
    p: NDArray[np.float64],
    low_s: NDArray[np.float64],
    high_s: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Smallest time with ``cdf >= p``, given brackets of the shape of ``p``."""
    low_s, high_s = np.array(low_s, dtype=float), np.array(high_s, dtype=float)
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low_s + high_s)
        reached = np.asarray(cdf(middle)) >= p
        high_s = np.where(reached, middle, high_s)
        low_s = np.where(reached, low_s, middle)
    return high_s


def mid_quantiles(distribution: LatencyDistribution, nodes: int) -> NDArray[np.float64]:
    """Quantiles in the middle of ``nodes`` equally likely slices: a quadrature of the law."""
    return np.asarray(distribution.quantile_s((np.arange(nodes) + 0.5) / nodes))


@dataclass(frozen=True)
class Deterministic:
    """A latency that never varies.

    Examples
    --------
    >>> Deterministic(0.004).quantile_s(0.999)
    0.004
    """

    value_s: float

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_non_negative("value_s", self.value_s)

    @property
    def mean_s(self) -> float:
        """Mean latency in seconds."""
        return float(self.value_s)

    def cdf(self, t_s: ArrayLike) -> NDArray[np.float64] | float:
        """Probability of a latency of at most ``t_s``: 0 or 1."""
        return plain(times(t_s) >= self.value_s)

    def quantile_s(self, p: ArrayLike) -> NDArray[np.float64] | float:
        """The value, in the shape of ``p``."""
        return plain(np.full_like(_checks.quantile_level("p", p), self.value_s))

    def sample(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """``n`` times the value; ``rng`` is left as it was."""
        del rng
        return np.full(_checks.single_count("n", n, 0), float(self.value_s))


@dataclass(frozen=True)
class Exponential:
    """A memoryless latency with mean ``mean_s``.

    Examples
    --------
    >>> round(Exponential(0.010).quantile_s(0.99), 6)
    0.046052
    """

    mean_s: float

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_positive("mean_s", self.mean_s)

    def cdf(self, t_s: ArrayLike) -> NDArray[np.float64] | float:
        """Probability of a latency of at most ``t_s``."""
        return plain(-np.expm1(-np.maximum(times(t_s), 0.0) / self.mean_s))

    def quantile_s(self, p: ArrayLike) -> NDArray[np.float64] | float:
        """Latency that a share ``p`` of requests stays within, in seconds."""
        return plain(-self.mean_s * np.log1p(-_checks.quantile_level("p", p)))

    def sample(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Draw ``n`` independent latencies in seconds."""
        return rng.exponential(self.mean_s, _checks.single_count("n", n, 0))


@dataclass(frozen=True)
class ShiftedLogNormal:
    """A floor that no request beats, plus a log-normal part: the usual shape of service times.

    Parameters
    ----------
    shift_s
        The floor, at least 0.
    median_s
        Median of the log-normal part above the floor.
    sigma
        Standard deviation of its logarithm; 0 makes it a constant.

    Examples
    --------
    >>> leaf = ShiftedLogNormal(shift_s=0.002, median_s=0.003, sigma=0.5)
    >>> leaf.quantile_s(0.5)
    0.005
    >>> round(leaf.quantile_s(0.99), 6)
    0.0116
    """

    shift_s: float
    median_s: float
    sigma: float

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_non_negative("shift_s", self.shift_s)
        _checks.single_positive("median_s", self.median_s)
        _checks.single_non_negative("sigma", self.sigma)

    @property
    def mean_s(self) -> float:
        """Mean latency in seconds."""
        return self.shift_s + self.median_s * math.exp(0.5 * self.sigma**2)

    def cdf(self, t_s: ArrayLike) -> NDArray[np.float64] | float:
        """Probability of a latency of at most ``t_s``."""
        above = np.maximum(times(t_s) - self.shift_s, 0.0) / self.median_s
        if self.sigma == 0.0:
            return plain(above >= 1.0)
        with np.errstate(divide="ignore", over="ignore"):
            z = np.log(above) / (self.sigma * math.sqrt(2.0))
        return plain(0.5 * np.asarray(_ERFC(-z), dtype=float))

    def quantile_s(self, p: ArrayLike) -> NDArray[np.float64] | float:
        """Latency that a share ``p`` of requests stays within; the floor for p = 0."""
        p = _checks.quantile_level("p", p)
        z = np.asarray(_NORMAL_QUANTILE(np.where(p > 0.0, p, 0.5)), dtype=float)
        return plain(self.shift_s + np.where(p > 0.0, self.median_s * np.exp(self.sigma * z), 0.0))

    def sample(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Draw ``n`` independent latencies in seconds."""
        z = rng.standard_normal(_checks.single_count("n", n, 0))
        return self.shift_s + self.median_s * np.exp(self.sigma * z)


@lru_cache(maxsize=16)
def _sum_table(
    base: LatencyDistribution, stall: LatencyDistribution
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Distribution function of ``base + stall`` at times from its floor to its far tail."""
    base_nodes_s = mid_quantiles(base, 128)
    low, high = (float(base.quantile_s(p)) + float(stall.quantile_s(p)) for p in (0.0, 1.0 - 1e-9))
    # Fine at the floor, coarse in the tail, whatever the scale of the times.
    at = low + (high - low) * np.concatenate(([0.0], np.geomspace(1e-6, 1.0, 999)))
    return at, np.asarray(stall.cdf(at[:, None] - base_nodes_s)).mean(axis=1)


@dataclass(frozen=True)
class WithStalls:
    """The jitter mode: now and then something (a collector, a retry) adds a stall.

    A latency is one of ``base``, plus with ``stall_probability`` a stall, which is a number of
    seconds or itself a distribution. With a number the law is exact; with a distribution the sum
    is a quadrature over 128 slices of ``base``, held in a table of 1,000 times, so that ``cdf`` is
    off by less than ``stall_probability / 100``. Samples are exact either way.

    Examples
    --------
    >>> leaf = WithStalls(Deterministic(0.010), stall_probability=0.01, stall=1.0)
    >>> leaf.quantile_s(0.98), leaf.quantile_s(0.995)
    (0.01, 1.01)
    """

    base: LatencyDistribution
    stall_probability: float
    stall: "float | LatencyDistribution"

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.probability("stall_probability", self.stall_probability)
        if not isinstance(self.stall, LatencyDistribution):
            _checks.single_non_negative("stall", self.stall)

    @property
    def mean_s(self) -> float:
        """Mean latency in seconds."""
        stall = self.stall.mean_s if isinstance(self.stall, LatencyDistribution) else self.stall
        return self.base.mean_s + self.stall_probability * stall

    def cdf(self, t_s: ArrayLike) -> NDArray[np.float64] | float:
        """Probability of a latency of at most ``t_s``."""
        t_s = times(t_s)
        if isinstance(self.stall, LatencyDistribution):
            nodes_s, sums = _sum_table(self.base, self.stall)
            stalled = np.interp(t_s, nodes_s, sums, left=0.0, right=1.0)
        else:
            stalled = self.base.cdf(t_s - self.stall)
        q = self.stall_probability
        return plain((1.0 - q) * np.asarray(self.base.cdf(t_s)) + q * np.asarray(stalled))

    def quantile_s(self, p: ArrayLike) -> NDArray[np.float64] | float:
        """Latency that a share ``p`` of requests stays within, in seconds."""
        p = _checks.quantile_level("p", p)
        low = np.asarray(self.base.quantile_s(p))
        if self.stall_probability == 0.0:
            return plain(low)
        # P(sum > a + b) <= P(base > a) + P(stall > b) brackets the quantile from above.
        half = 0.5 * (1.0 + p)
        is_law = isinstance(self.stall, LatencyDistribution)
        stall = np.asarray(self.stall.quantile_s(half)) if is_law else self.stall
        high = np.asarray(self.base.quantile_s(half if is_law else p)) + stall
        return plain(quantile_by_bisection(self.cdf, p, low * (1.0 - 1e-15), high))

    def sample(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Draw ``n`` independent latencies in seconds."""
        latency_s = self.base.sample(rng, n)
        stalled = rng.random(n) < self.stall_probability
        count = int(stalled.sum())
        is_law = isinstance(self.stall, LatencyDistribution)
        latency_s[stalled] += self.stall.sample(rng, count) if is_law else self.stall
        return latency_s


@dataclass(frozen=True, eq=False)
class Empirical:
    """The law of measured latencies, each as likely as the others.

    Quantiles are the smallest measured value with at least a share ``p`` at or below it, so no
    quantile is invented between two measurements.

    Examples
    --------
    >>> Empirical([0.004, 0.001, 0.002, 0.003]).quantile_s(0.5)
    0.002
    """

    samples_s: ArrayLike
    _sorted_s: NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the arguments."""
        samples = np.sort(_checks.non_negative("samples_s", self.samples_s).ravel())
        if samples.size == 0:
            raise ValueError("samples_s must hold at least one latency")
        object.__setattr__(self, "_sorted_s", samples)

    @property
    def mean_s(self) -> float:
        """Mean latency in seconds."""
        return float(self._sorted_s.mean())

    def cdf(self, t_s: ArrayLike) -> NDArray[np.float64] | float:
        """Share of the measurements of at most ``t_s``."""
        at_most = np.searchsorted(self._sorted_s, times(t_s), side="right")
        return plain(at_most / self._sorted_s.size)

    def quantile_s(self, p: ArrayLike) -> NDArray[np.float64] | float:
        """Smallest measurement with at least a share ``p`` at or below it, in seconds."""
        p = _checks.quantile_level("p", p)
        rank = np.ceil(p * self._sorted_s.size * (1.0 - 1e-15)).astype(int) - 1
        return plain(self._sorted_s[np.maximum(rank, 0)])

    def sample(self, rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        """Draw ``n`` measurements with replacement."""
        return rng.choice(self._sorted_s, _checks.single_count("n", n, 0))
