"""Lays a prediction over the computed curve: lines and words in the unit square, for the page."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from labpy.missions import Part
from labpy.scenarios.overlay import Overlay
from labpy.words import Amount, amounts, msg, say

WIDE = 12.0  # values farther apart than this are drawn on a logarithmic axis
SMALLEST = 0.5  # where a logarithmic axis begins if a curve begins at nothing


def reveal_picture(part: Part, found: Overlay, answer: str, predicted: float) -> dict[str, Any]:
    """Give the picture as facts: places from 0 to 1, upward and to the right.

    Parameters
    ----------
    part : whose lock was answered.
    found : what the models computed.
    answer : the key of the option, or the number as text.
    predicted : what the answer implies.
    """
    lock, x, y = part.lock, found.x, found.y
    actual = float(np.interp(found.at, x, y))
    shapes = {key: shape for key, shape in found.shapes.items() if key != answer}
    others = [value for key, value in lock.ends.items() if key != answer]
    every = np.concatenate([y, [predicted, actual], others, *found.shapes.values()])
    least = float(every.min()) if every.min() > 0 else SMALLEST
    log_y = every.max() > WIDE * least
    scale_y = _scale(every if log_y else np.append(every, 0.0), log_y)
    scale_x = _scale(x, found.log_x)

    def line(kind: str, along: np.ndarray, up: np.ndarray) -> dict[str, Any]:
        pairs = zip(along, up, strict=True)
        points = [[round(scale_x(a), 4), round(scale_y(b), 4)] for a, b in pairs]
        return {"kind": kind, "points": points}

    at = np.array([found.at])
    lines = [line("option", x, shape) for shape in shapes.values()]
    lines += [
        {**line("option", at, np.array([option.implies])), "label": option.label}
        for option in lock.options
        if option.key != answer
    ]
    lines.append(line("model", x, y))
    if answer in found.shapes:
        lines.append(line("you", x, found.shapes[answer]))
    across = [Amount(float(each), found.kind) for each in (x[0], found.at, x[-1])]
    ends = np.array([least if log_y else 0.0, every.max()])
    said = {"predicted": lock.predicted(predicted), "actual": lock.outcome(actual)}
    place = amounts.chosen(float(found.at), found.kind)
    return {
        "lines": [
            *lines,
            {**line("you", at, np.array([predicted])), "label": say(msg("reveal-picture-you"))},
            {**line("model", at, np.array([actual])), "label": say(msg("reveal-picture-model"))},
        ],
        "across": say(found.across),
        "x": [[round(scale_x(each.value), 4), say(each)] for each in across],
        "y": [[round(scale_y(each), 4), say(lock.outcome(float(each)))] for each in ends],
        "said": say(msg("reveal-picture", what=lock.quantity_label, at=place, **said)),
        "columns": [say(found.across), say(msg("reveal-picture-model"))],
        "rows": [
            [say(Amount(float(a), found.kind)), say(lock.outcome(float(b)))]
            for a, b in zip(x, y, strict=True)
        ],
    }


def _scale(values: np.ndarray, log: bool) -> Any:
    """Make the map of an axis to the unit interval."""
    low, high = float(values.min()), float(values.max())
    if log:
        low = low if low > 0 else SMALLEST
        return lambda value: math.log(max(value, low) / low) / math.log(high / low)
    return lambda value: (value - low) / (high - low)
