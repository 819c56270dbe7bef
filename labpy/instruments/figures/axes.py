"""The one unit of an axis: the factor from SI to it, and its name."""

from __future__ import annotations

from dataclasses import dataclass

from labpy.words import Amount, Message, Value, msg


@dataclass(frozen=True)
class AxisUnit:
    """A unit that an axis is drawn in.

    Parameters
    ----------
    kind : of the amounts that are drawn, one of `labpy.words.amounts.KINDS`.
    factor : what takes an SI value to the unit.
    name : the unit alone, without a number.
    """

    kind: str
    factor: float
    name: Message

    def shown(self, value: float) -> float:
        """Give the SI value in this unit."""
        return value * self.factor

    def amount(self, value: float) -> Amount:
        """Give the SI value as an amount, which is written as anywhere else on the page."""
        return Amount(float(value), self.kind)

    def title(self, words: Value) -> Message:
        """Give the title of the axis, with the unit in it."""
        return msg("axis-title", words=words, unit=self.name)


MICROSECONDS = AxisUnit("duration", 1e6, msg("axis-microseconds"))
MILLISECONDS = AxisUnit("duration", 1e3, msg("axis-milliseconds"))
SECONDS = AxisUnit("duration", 1.0, msg("axis-seconds"))
KIBIBYTES = AxisUnit("binary_memory", 2.0**-10, msg("axis-kibibytes"))
MEBIBYTES = AxisUnit("binary_memory", 2.0**-20, msg("axis-mebibytes"))
MEGABYTES = AxisUnit("memory", 1e-6, msg("axis-megabytes"))
GIGABYTES = AxisUnit("memory", 1e-9, msg("axis-gigabytes"))
GIGABYTES_PER_S = AxisUnit("bandwidth", 1e-9, msg("axis-gigabytes-per-s"))
MILLIWATTS = AxisUnit("power", 1e3, msg("axis-milliwatts"))
WATTS = AxisUnit("power", 1.0, msg("axis-watts"))
DOLLARS = AxisUnit("money", 1.0, msg("axis-dollars"))

RATES: dict[str, AxisUnit] = {
    "requests_per_s": AxisUnit("requests_per_s", 1.0, msg("axis-requests-per-s")),
    "frames_per_s": AxisUnit("frames_per_s", 1.0, msg("axis-frames-per-s")),
    "captions_per_s": AxisUnit("captions_per_s", 1.0, msg("axis-captions-per-s")),
}
