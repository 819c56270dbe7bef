"""Lengths of prompts and replies: all the same, log-normal, or as in a sample."""

from dataclasses import dataclass
from math import erf, log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.load import EDGES as _EDGES

Array = NDArray[np.float64]

EDGES = np.array([*_EDGES[:-1], 0.9994, 0.9998, 1.0])  # the longest weigh much


@dataclass(frozen=True)
class Lengths:
    """A distribution of lengths in tokens by the means of its slices, ascending.

    ``mean`` and ``scv``, the variance over the squared mean, are those of the whole distribution,
    not of the slices.
    """

    tokens: Array
    weight: Array
    mean: float
    scv: float

    @property
    def constant(self) -> bool:
        """Whether all have one length."""
        return self.scv == 0

    def longest_of(self, number: Array) -> Array:
        """Mean of the longest of each ``number`` of them."""
        below = np.cumsum(self.weight) ** number[:, np.newaxis]
        return np.diff(below, axis=1, prepend=0.0) @ self.tokens


def lengths(name: str, tokens: ArrayLike, cv: float) -> Lengths:
    """Lengths from an argument ``name``: one number and a coefficient of variation, or a sample."""
    spread = _checks.single_non_negative(name.replace("tokens", "cv"), cv)
    values = _checks.count(name, tokens).astype(float)
    if values.ndim == 0 or values.size == 1:
        mean = float(values.reshape(()))
        return _log_normal(mean, spread) if spread else _constant(mean)
    if values.ndim != 1 or values.size == 0 or spread:
        raise ValueError(
            f"{name} must be one number, with a coefficient of variation or without, "
            "or a list of lengths without one"
        )
    return _sample(np.sort(values))


def _constant(mean: float) -> Lengths:
    return Lengths(np.array([mean]), np.ones(1), mean, 0.0)


def _log_normal(mean: float, cv: float) -> Lengths:
    """Of given mean and coefficient of variation; the means of slices are in closed form."""
    sigma = sqrt(log(1 + cv * cv))
    normal = NormalDist()
    inner = [normal.inv_cdf(level) - sigma for level in EDGES[1:-1]]
    below = np.array([0.0, *(0.5 + erf(z / sqrt(2)) / 2 for z in inner), 1.0])
    weight = np.diff(EDGES)
    return Lengths(np.maximum(mean * np.diff(below) / weight, 1.0), weight, mean, cv * cv)


def _sample(values: Array) -> Lengths:
    """Of a sorted sample: equal slices of it, the mean of each."""
    if values[0] == values[-1]:
        return _constant(float(values[0]))
    mean = float(values.mean())
    place = np.unique(np.round(EDGES * values.size).astype(int))
    weight = np.diff(place) / values.size
    tokens = np.add.reduceat(values, place[:-1]) / np.diff(place)
    return Lengths(tokens, weight, mean, float(values.var()) / mean**2)
