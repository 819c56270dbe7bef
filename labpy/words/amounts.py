"""The one place that decides how a number is written: unit, digits, and the side of a limit.

An `Amount` is an SI value and the kind of quantity that it is. What is written depends on these two
alone (and on the limit that it is held against), so a quantity reads the same in a light, a table,
a sentence and an export.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

MOST_DIGITS = 9
ROUNDING = 1e-8  # relative: values nearer than this are the same


@dataclass(frozen=True)
class Scale:
    """A unit: it is used while the rounded number stays below `below`; `unit` is its message."""

    unit: str
    factor: float
    below: float = math.inf


@dataclass(frozen=True)
class Kind:
    """How a kind of quantity is written: its units from small to large, its significant digits.

    `zero` is the unit of an exact 0 (by default the first). `style` names a rule of its own:
    "share" for percentages, "money" for cents, "count" for whole numbers.
    """

    scales: tuple[Scale, ...]
    digits: int = 3
    style: str = "measure"
    zero: int = 0


def _one(unit: str, factor: float = 1.0, **more) -> Kind:
    return Kind((Scale(unit, factor),), **more)


KINDS: dict[str, Kind] = {
    "number": _one("amount-number"),
    "count": _one("amount-number", style="count"),
    "share": _one("amount-percent", 100.0, style="share"),
    "factor": _one("amount-times", digits=2),
    "ratio": _one("amount-ratio", digits=2),
    "money": _one("amount-dollars", style="money"),
    "duration": Kind(
        (
            Scale("amount-microseconds", 1e6, 1000),
            Scale("amount-milliseconds", 1e3, 1000),
            Scale("amount-seconds", 1.0, 120),
            Scale("amount-minutes", 1 / 60, 120),
            Scale("amount-hours", 1 / 3600, 48),
            Scale("amount-days", 1 / 86400),
        ),
        zero=1,
    ),
    "years": _one("amount-years", 1.0),
    "memory": Kind(
        (
            Scale("amount-bytes", 1.0, 1000),
            Scale("amount-kilobytes", 1e-3, 1000),
            Scale("amount-megabytes", 1e-6, 1000),
            Scale("amount-gigabytes", 1e-9, 1000),
            Scale("amount-terabytes", 1e-12),
        ),
        zero=3,
    ),
    "binary_memory": Kind(
        (
            Scale("amount-bytes", 1.0, 1024),
            Scale("amount-kibibytes", 2.0**-10, 1024),
            Scale("amount-mebibytes", 2.0**-20, 1024),
            Scale("amount-gibibytes", 2.0**-30),
        ),
        zero=1,
    ),
    "bandwidth": Kind(
        (
            Scale("amount-kilobytes-per-s", 1e-3, 1000),
            Scale("amount-megabytes-per-s", 1e-6, 1000),
            Scale("amount-gigabytes-per-s", 1e-9, 1000),
            Scale("amount-terabytes-per-s", 1e-12),
        ),
        zero=2,
    ),
    "bitrate": Kind(
        (
            Scale("amount-kilobits-per-s", 1e-3, 1000),
            Scale("amount-megabits-per-s", 1e-6, 1000),
            Scale("amount-gigabits-per-s", 1e-9),
        ),
        zero=1,
    ),
    "power": Kind(
        (
            Scale("amount-microwatts", 1e6, 100),  # limits are in mW
            Scale("amount-milliwatts", 1e3, 1000),
            Scale("amount-watts", 1.0, 10_000),
            Scale("amount-kilowatts", 1e-3),
        ),
        zero=2,
    ),
    "energy": Kind(
        (
            Scale("amount-microjoules", 1e6, 1000),
            Scale("amount-millijoules", 1e3, 1000),
            Scale("amount-joules", 1.0, 10_000),
            Scale("amount-kilojoules", 1e-3),
        ),
        zero=2,
    ),
    "frequency": _one("amount-hertz"),
    "tokens": _one("amount-tokens"),
    "tokens_per_s": _one("amount-tokens-per-s"),
    "requests_per_s": _one("amount-requests-per-s"),
    "calls_per_s": _one("amount-calls-per-s"),
    "frames_per_s": _one("amount-frames-per-s"),
    "packets_per_s": _one("amount-packets-per-s"),
    "operations": Kind(
        (Scale("amount-gigaflop", 1e-9, 1000), Scale("amount-teraflop", 1e-12)),
        zero=0,
    ),
    "whole_tokens": _one("amount-tokens", style="count"),
    "replies": _one("amount-replies", style="count"),
    "users": _one("amount-users", style="count"),
    "sessions": _one("amount-sessions", style="count"),
    "pairs": _one("amount-pairs", style="count"),
    "ears": _one("amount-ears", style="count"),
    "frames": _one("amount-frames", style="count"),
    "layers": _one("amount-layers", style="count"),
    "captions_per_s": _one("amount-captions-per-s"),
    "average": _one("amount-number", digits=2),
    "millions": _one("amount-million-dollars", 1e-6, style="money"),
}  # fmt: skip


@dataclass(frozen=True)
class Amount:
    """An SI value with its kind (a key of `KINDS`).

    `exact` is for what somebody chose, such as a limit of 50 ms: no zeros after it. `against` is
    the limit beside which the amount is read: as many digits are written as it takes to see on
    which side of it the value lies. `like` is the value whose unit is to be taken, so that all
    values of one control are read in one unit.
    """

    value: float
    kind: str = "number"
    exact: bool = False
    against: float | None = None
    like: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}; got {self.kind!r}")


@dataclass(frozen=True)
class Written:
    """An amount in figures: the `number` as ASCII text ("-1234.50"), and its unit's message.

    `number` is "" for what has no number; `unit` then says so ("amount-without-end").
    """

    number: str
    unit: str


def chosen(value: float, kind: str) -> Amount:
    """Make the amount of something that was chosen, not measured: 50 ms, not 50.0 ms."""
    return Amount(value, kind, exact=True)


def number(value: float) -> Amount:
    """Make the amount of a bare number."""
    return Amount(float(value))


def count(value: float) -> Amount:
    """Make the amount of things that are counted; it is written whole."""
    return Amount(float(value), "count")


def share(value: float) -> Amount:
    """Make the amount of a part of a whole, written in percent."""
    return Amount(float(value), "share")


def factor(value: float) -> Amount:
    """Make the amount of a multiple: 2.3 times."""
    return Amount(float(value), "factor")


def average(value: float) -> Amount:
    """Make the amount of a mean of things that are counted: 1.0 requests in a batch."""
    return Amount(float(value), "average")


def ratio(value: float) -> Amount:
    """Make the amount of a ratio: 2.3×."""
    return Amount(float(value), "ratio")


def duration(value_s: float) -> Amount:
    """Make the amount of a time in s."""
    return Amount(float(value_s), "duration")


def money(value_usd: float) -> Amount:
    """Make the amount of money in US dollars."""
    return Amount(float(value_usd), "money")


def millions(value_usd: float) -> Amount:
    """Make the amount of money that is told in millions of US dollars."""
    return Amount(float(value_usd), "millions")


def memory(value_bytes: float) -> Amount:
    """Make the amount of memory, in decimal units (GB)."""
    return Amount(float(value_bytes), "memory")


def binary_memory(value_bytes: float) -> Amount:
    """Make the amount of memory, in binary units (KiB)."""
    return Amount(float(value_bytes), "binary_memory")


def power(value_w: float) -> Amount:
    """Make the amount of a power in W."""
    return Amount(float(value_w), "power")


def energy(value_j: float) -> Amount:
    """Make the amount of an energy in J."""
    return Amount(float(value_j), "energy")


def bandwidth(value_bytes_per_s: float) -> Amount:
    """Make the amount of a bandwidth in bytes/s."""
    return Amount(float(value_bytes_per_s), "bandwidth")


def requests_per_s(value: float) -> Amount:
    """Make the amount of a rate of requests."""
    return Amount(float(value), "requests_per_s")


def tokens_per_s(value: float) -> Amount:
    """Make the amount of a rate of tokens."""
    return Amount(float(value), "tokens_per_s")


def beside(amount: Amount, limit: float | None) -> Amount:
    """Give the amount as it is read beside a limit, in SI units like itself."""
    return replace(amount, against=limit)


def write(amount: Amount) -> Written:
    """Write an amount: its number in figures, and the message of its unit."""
    kind, value = KINDS[amount.kind], amount.value
    if math.isnan(value):
        return Written("", "amount-unknown")
    if math.isinf(value):
        return Written("", _endless(amount.kind, value))
    scale = scale_of(amount)
    shown = value * scale.factor
    text = _figures(kind, shown, amount.exact)
    if (
        amount.against is not None
        and math.isfinite(amount.against)
        and not _same(value, amount.against)
    ):
        text = _apart(kind, shown, amount.against * scale.factor, text)
    return Written(text, scale.unit)


def scale_of(amount: Amount) -> Scale:
    """Give the unit in which an amount is written."""
    return _scale(KINDS[amount.kind], amount.value if amount.like is None else amount.like)


def _endless(kind: str, value: float) -> str:
    if value < 0:
        return "amount-minus-infinity"
    return "amount-without-end" if kind in ("duration", "factor") else "amount-infinite"


def _scale(kind: Kind, value: float) -> Scale:
    """Find the unit in which the rounded number is neither tiny nor long."""
    if value == 0:
        return kind.scales[kind.zero]
    for scale in kind.scales:
        shown = abs(value) * scale.factor
        if shown < scale.below and float(_significant(shown, kind.digits)) < scale.below:
            return scale
    return kind.scales[-1]


def _figures(kind: Kind, shown: float, exact: bool) -> str:
    if kind.style == "share":
        text = _percent(shown)
    elif kind.style == "money":
        text = _cents(shown)
    elif kind.style == "count":
        text = f"{round(shown)}"
    else:
        text = _significant(shown, kind.digits)
    if exact and kind.style != "count":
        return _unpadded(_exact(shown, text))
    return text


def _exact(shown: float, text: str) -> str:
    """Write what was chosen as it was chosen, if few digits do: 1,214 and 0.0625, but not 50/3."""
    for digits in range(3, 7):
        full = _significant(shown, digits)
        if math.isclose(float(full), shown, rel_tol=1e-9):
            return full
    return text


def _unpadded(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _significant(value: float, digits: int) -> str:
    """Write to so many significant digits, without exponents."""
    if value == 0:
        return "0"
    rounded = round(value, digits - 1 - math.floor(math.log10(abs(value))))
    if rounded == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    return f"{rounded:.{places}f}"


def _percent(shown: float) -> str:
    """Whole percents from 10 on, two digits below; what is not the whole never reads 100."""
    text = _significant(shown, 2) if abs(shown) < 9.95 else f"{shown:.0f}"
    places = 0
    while float(text) == 100 and not _same(shown, 100) and places < MOST_DIGITS:
        places += 1
        text = f"{shown:.{places}f}"
    return text


def _same(value: float, other: float) -> bool:
    """Tell whether two values differ by no more than the rounding of a sum does."""
    return math.isclose(value, other, rel_tol=ROUNDING)


def _cents(shown: float) -> str:
    if 0 < abs(shown) < 0.0995:
        return _significant(shown, 2)
    return f"{shown:.2f}" if abs(shown) < 99.995 else f"{shown:.0f}"


def _apart(kind: Kind, shown: float, limit: float, text: str) -> str:
    """Write more digits until the number lies on its side of the limit as that is written."""
    edge = float(_figures(kind, limit, exact=True))
    digits, places = kind.digits, len(text.partition(".")[2])
    while (float(text) - edge) * (shown - limit) <= 0 and digits < MOST_DIGITS:
        digits, places = digits + 1, places + 1
        text = f"{shown:.{places}f}" if kind.style != "measure" else _significant(shown, digits)
    return text
