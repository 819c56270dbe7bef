"""The one unit of an axis, and how its values are written on it, in labels and in tables."""

from __future__ import annotations

import math
from dataclasses import dataclass

from labpy.instruments.units import number


def plain(value: float) -> str:
    """Write a number that somebody chose, such as a batch of 8, without zeros after it."""
    shown = number(value)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def compact(value: float) -> str:
    """Write a tick of a log axis: 0.1, 10, 10k, 1M."""
    for step, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= step:
            return f"{plain(value / step)}{letter}"
    return plain(value)


@dataclass(frozen=True)
class Quantity:
    """A unit for people and the factor that takes an SI value to it."""

    unit: str
    factor: float
    before: bool = False  # a currency stands before its number

    def shown(self, value: float) -> float:
        """Give the SI value in this unit."""
        return value * self.factor

    def write(self, value: float, digits: int = 3) -> str:
        """Write the SI value in this unit; overload is said in words."""
        if not math.isfinite(value):
            return "without end" if value > 0 else "not known"
        sign = "−" if value < 0 else ""
        shown = abs(value) * self.factor
        if self.before:
            # Cents, not tenths of them.
            return f"{sign}{self.unit}{number(shown, digits if shown >= 1 else digits - 1)}"
        return f"{sign}{number(shown, digits)} {self.unit}"


MICROSECONDS = Quantity("µs", 1e6)
MILLISECONDS = Quantity("ms", 1e3)
SECONDS = Quantity("s", 1)
KIBIBYTES = Quantity("KiB", 1 / 1024)
MEBIBYTES = Quantity("MiB", 1 / 1024**2)
MEGABYTES = Quantity("MB", 1e-6)
GIGABYTES = Quantity("GB", 1e-9)
GIGABYTES_PER_S = Quantity("GB/s", 1e-9)
MILLIWATTS = Quantity("mW", 1e3)
WATTS = Quantity("W", 1)
DOLLARS = Quantity("$", 1, before=True)
