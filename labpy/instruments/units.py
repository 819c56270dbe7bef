"""How numbers are written for people: two or three significant digits, with a unit."""

from __future__ import annotations

import math


def number(value: float, digits: int = 3) -> str:
    """Write a number to so many significant digits, without exponents up to a million."""
    if math.isnan(value):
        return "not known"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    shown = round(value, digits - 1 - math.floor(math.log10(abs(value))))
    places = max(0, digits - 1 - math.floor(math.log10(abs(shown)))) if shown else 0
    return f"{shown:,.{places}f}".replace("-", "−").replace(",", "\u202f")


def seconds(value: float, digits: int = 3) -> str:
    """Write a duration in the unit that reads best: µs, ms, s, min."""
    if not math.isfinite(value):
        return "without end" if value > 0 else "not known"
    if value == 0:
        return "0 s"
    for factor, unit in ((1e6, "µs"), (1e3, "ms")):
        if abs(value) * factor < 999.5:
            return f"{number(value * factor, digits)} {unit}"
    if abs(value) < 119.5:
        return f"{number(value, digits)} s"
    return f"{number(value / 60, digits)} min"


def percent(value: float, digits: int = 2) -> str:
    """Write a fraction as a percentage."""
    return f"{number(100 * value, digits)}%"


def times(value: float) -> str:
    """Write a factor: 2.3 times."""
    return "without bound" if math.isinf(value) else f"{number(value, 2)} times"
