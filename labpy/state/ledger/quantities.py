"""How far off a prediction was, and how numbers that JSON lacks are written."""

from __future__ import annotations

import math
from typing import Any

INFINITE = "infinite"
NEGATIVE_INFINITE = "-infinite"


def plain(value: Any) -> Any:
    """Turn a value into what a ledger may hold.

    JSON has no infinity, and an overloaded queue does: it is written as ``"infinite"`` (or
    ``"-infinite"``); NaN, which no metric defines, is written as None. NumPy's scalars become
    Python's, a mapping a dict with plain values, a sequence a list.
    """
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        if math.isnan(value):
            return None
        return INFINITE if value > 0 else NEGATIVE_INFINITE
    return value


def restored(value: Any) -> Any:
    """Turn a number from a ledger into a float again, infinities included; else give it back."""
    return {INFINITE: math.inf, NEGATIVE_INFINITE: -math.inf}.get(value, value)


def off_by(predicted: float, actual: float) -> float:
    """Give the factor between a prediction and the outcome: the larger over the smaller.

    It is at least 1; 1 if they are equal, infinite if one of them is 0 or infinite, or if their
    signs differ, since no factor then leads from one to the other.

    Raises
    ------
    ValueError
        If one of them is NaN.
    """
    if math.isnan(predicted) or math.isnan(actual):
        raise ValueError("off_by: predicted and actual must be numbers, not NaN")
    if predicted == actual:
        return 1.0
    small, large = sorted((abs(predicted), abs(actual)))
    if small == 0 or math.isinf(large) or (predicted < 0) != (actual < 0):
        return math.inf
    return large / small


def revealed(predicted: float, actual: float) -> dict[str, Any]:
    """Make the data of a `revealed` event out of the prediction and the outcome."""
    return plain({"predicted": predicted, "actual": actual, "off_by": off_by(predicted, actual)})
