"""The picture at the head of a reveal: what was predicted, laid over what the models compute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from labpy.words import Value


@dataclass(frozen=True, eq=False)
class Overlay:
    """A computed curve of the lock's quantity, and the shape that each answer would have.

    Parameters
    ----------
    across : what the horizontal axis is.
    kind : the kind of amount that `x` is, in SI units.
    x, y : shape (n,): the computed curve; `y` is in the unit of the lock's quantity.
    at : the place on `x` that the lock asks about; the curve there is the truth.
    shapes : for each option of the lock its own curve over `x`; without one an answer is a point.
    log_x : whether the horizontal axis is logarithmic.
    """

    across: Value
    kind: str
    x: np.ndarray
    y: np.ndarray
    at: float
    shapes: Mapping[str, np.ndarray] = field(default_factory=dict)
    log_x: bool = False

    def __post_init__(self) -> None:
        if self.x.shape != self.y.shape or not np.all(np.isfinite(self.y)):
            raise ValueError("an overlay's curve is finite, with as many places as values")


def growth(load: np.ndarray, ends: Mapping[str, float]) -> dict[str, np.ndarray]:
    """Draw how a tail grows with the load by each answer, from one to what the answer implies.

    Parameters
    ----------
    load : shape (n,), shares of the capacity, ascending.
    ends : the multiple that each option implies at the last load.

    Returns
    -------
    dict of str to array of shape (n,)
        "exponential" grows by equal factors, "hyperbolic" with one over the idle share, all others
        in a straight line.
    """
    way = (load - load[0]) / (load[-1] - load[0])
    shapes = {key: 1.0 + (end - 1.0) * way for key, end in ends.items()}
    if "exponential" in shapes:
        shapes["exponential"] = ends["exponential"] ** way
    if "hyperbolic" in shapes:
        rise = (1.0 - load[0]) / (1.0 - load) - 1.0
        shapes["hyperbolic"] = 1.0 + (ends["hyperbolic"] - 1.0) * rise / rise[-1]
    return shapes
