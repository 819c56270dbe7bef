"""Argument checks shared by the models: each error names the argument and what is allowed."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def _numbers(name: str, value: ArrayLike) -> NDArray[np.float64]:
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a number or an array of numbers, got {value!r}") from None
    if np.asarray(value).dtype.kind == "b":
        raise ValueError(f"{name} must be a number, got the truth value {value!r}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, got {value!r}")
    return array


def positive(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Return ``value`` as floats, or raise ValueError unless all are finite and above zero."""
    array = _numbers(name, value)
    if not (array > 0).all():
        raise ValueError(f"{name} must be greater than 0, got {value!r}")
    return array


def non_negative(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Return ``value`` as floats, or raise ValueError unless all are finite and at least zero."""
    array = _numbers(name, value)
    if not (array >= 0).all():
        raise ValueError(f"{name} must be 0 or greater, got {value!r}")
    return array


def count(name: str, value: ArrayLike, minimum: int = 1) -> NDArray[np.int64]:
    """Return ``value`` as integers, or raise ValueError unless all are whole and >= ``minimum``."""
    array = _numbers(name, value)
    if not ((array == np.floor(array)) & (array >= minimum)).all():
        raise ValueError(f"{name} must be a whole number of at least {minimum}, got {value!r}")
    return array.astype(np.int64)


def single_count(name: str, value: int, minimum: int = 1) -> int:
    """Return one whole number of at least ``minimum``, or raise ValueError."""
    array = count(name, value, minimum)
    if array.ndim:
        raise ValueError(f"{name} must be one whole number, not an array")
    return int(array)


def single_positive(name: str, value: float) -> float:
    """Return one finite number above zero, or raise ValueError."""
    array = positive(name, value)
    if array.ndim:
        raise ValueError(f"{name} must be one number, not an array")
    return float(array)


def single_non_negative(name: str, value: float) -> float:
    """Return one finite number of at least zero, or raise ValueError."""
    array = non_negative(name, value)
    if array.ndim:
        raise ValueError(f"{name} must be one number, not an array")
    return float(array)


def probability(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Return ``value`` as floats, or raise ValueError unless all lie in [0, 1]."""
    array = _numbers(name, value)
    if not ((array >= 0) & (array <= 1)).all():
        raise ValueError(f"{name} must lie between 0 and 1, both allowed, got {value!r}")
    return array


def quantile_level(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Return ``value`` as floats, or raise ValueError unless all lie in [0, 1)."""
    array = _numbers(name, value)
    if not ((array >= 0) & (array < 1)).all():
        raise ValueError(f"{name} must be at least 0 and below 1, got {value!r}")
    return array


def choice(name: str, value: str, allowed: Iterable[str]) -> str:
    """Return ``value``, or raise ValueError that lists what is ``allowed``."""
    allowed = tuple(allowed)
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {value!r}")
    return value
