"""The kinds of events, and what the data of each must hold.

An event of a kind that belongs to no part (`WITHOUT_PART`) has the track "" and the part 0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from labpy.state.ledger.errors import LedgerError, shown
from labpy.state.ledger.quantities import INFINITE, NEGATIVE_INFINITE
from labpy.words import Message, msg

MAX_TEXT = 20_000  # characters of a reflection or a defence
MAX_LINE = 500  # characters of a label, an answer, a setting
MAX_ENTRIES = 100  # settings or metrics of one event
MAX_PART = 99
MAX_ITERATIONS = 10  # the 10-Iteration Rule of part 2
MAX_INTEGER = 2**53 - 1  # the largest integer that a float, and so any JSON reader, keeps exact

CONFIDENCES = ("guess", "fairly", "certain")

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_HEX = re.compile(r"[0-9a-f]{64}\Z")


class Shape(NamedTuple):
    """What a value must look like: in words, and as a test."""

    words: Message
    fits: Callable[[Any], bool]


def _is_number(value: Any) -> bool:
    if type(value) is int:
        return abs(value) <= MAX_INTEGER
    return isinstance(value, float) and math.isfinite(value)


def _is_quantity(value: Any) -> bool:
    return _is_number(value) or value in (INFINITE, NEGATIVE_INFINITE)


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_LINE


def _is_setting(value: Any) -> bool:
    return isinstance(value, bool) or _is_number(value) or _is_line(value)


def _is_metric(value: Any) -> bool:
    return value is None or _is_setting(value)


def _mapping(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def mapping_fits(value: Any) -> bool:
        return (
            isinstance(value, dict)
            and len(value) <= MAX_ENTRIES
            and all(is_key(key) and fits(each) for key, each in value.items())
        )

    return mapping_fits


def is_key(value: Any) -> bool:
    """Tell whether a value is a key: a lower-case word of at most 64 characters."""
    return isinstance(value, str) and _KEY.match(value) is not None


LINE = Shape(msg("ledger-shape-line", most=MAX_LINE), _is_line)
TEXT = Shape(
    msg("ledger-shape-line", most=MAX_TEXT),
    lambda value: isinstance(value, str) and len(value) <= MAX_TEXT,
)
FLAG = Shape(msg("ledger-shape-flag"), lambda value: isinstance(value, bool))
NUMBER = Shape(msg("ledger-shape-number"), _is_number)
CONFIDENCE = Shape(
    msg("ledger-shape-confidence", allowed=", ".join(CONFIDENCES)),
    lambda value: isinstance(value, str) and value in CONFIDENCES,
)
QUANTITY = Shape(
    msg("ledger-shape-quantity", infinite=repr(INFINITE), negative=repr(NEGATIVE_INFINITE)),
    _is_quantity,
)
FACTOR = Shape(
    msg("ledger-shape-factor", infinite=repr(INFINITE)),
    lambda value: value == INFINITE or (_is_number(value) and value >= 1),
)
KEY = Shape(msg("ledger-shape-key"), is_key)
COUNT = Shape(msg("ledger-shape-count"), lambda value: _is_integer(value, 0, MAX_INTEGER))
ITERATION = Shape(
    msg("ledger-shape-iteration", most=MAX_ITERATIONS),
    lambda value: _is_integer(value, 1, MAX_ITERATIONS),
)
DIGEST = Shape(
    msg("ledger-shape-digest"),
    lambda value: isinstance(value, str) and _HEX.match(value) is not None,
)
SETTINGS = Shape(msg("ledger-shape-settings", most=MAX_ENTRIES), _mapping(_is_setting))
METRICS = Shape(msg("ledger-shape-metrics", most=MAX_ENTRIES), _mapping(_is_metric))


def _is_integer(value: Any, lowest: int, highest: int) -> bool:
    return type(value) is int and lowest <= value <= highest


KINDS: dict[str, dict[str, Shape]] = {
    "started": {"build": LINE, "identity": LINE},
    "named": {"name": LINE},
    "assigned": {"code": LINE, "track": KEY, "parts": LINE, "due": LINE, "limits": SETTINGS},
    "predicted": {"answer": LINE, "label": LINE, "implies": NUMBER},
    "deployed": {
        "iteration": ITERATION,
        "settings": SETTINGS,
        "metrics": METRICS,
        "passed": FLAG,
    },
    "restarted": {},
    "passed": {"settings": SETTINGS, "metrics": METRICS},
    "challenge": {"key": KEY, "settings": SETTINGS, "metrics": METRICS},
    "revealed": {"predicted": QUANTITY, "actual": QUANTITY, "off_by": FACTOR},
    "reflected": {"text": TEXT},
    "checkpointed": {"settings": SETTINGS, "metrics": METRICS, "passed": FLAG},
    "defended": {"text": TEXT},
    "merged": {"head": DIGEST, "common": COUNT, "added": COUNT, "skipped": COUNT},
}
OPTIONAL: dict[str, dict[str, Shape]] = {
    "predicted": {"confidence": CONFIDENCE, "why": LINE},
    "revealed": {"early": FLAG},
    "reflected": {"from_page": FLAG},
}
"""Fields that an event may have; ledgers of builds before these lack them."""
WITHOUT_PART = ("started", "named", "assigned", "merged")
ONCE_A_PART = ("predicted", "passed", "revealed")


def check_place(kind: Any, track: Any, part: Any) -> None:
    """Check that a kind is known, and that its track and part are of the right form."""
    if not isinstance(kind, str) or kind not in KINDS:
        raise LedgerError(msg("ledger-error-kind", kind=shown(kind), allowed=", ".join(KINDS)))
    if kind in WITHOUT_PART:
        if track != "" or type(part) is not int or part != 0:
            raise LedgerError(msg("ledger-error-no-part", kind=kind))
        return
    if not is_key(track):
        raise LedgerError(msg("ledger-error-track", kind=kind, value=shown(track)))
    if not _is_integer(part, 1, MAX_PART):
        raise LedgerError(msg("ledger-error-part", kind=kind, value=shown(part), most=MAX_PART))


def check_data(kind: str, data: Any) -> None:
    """Check the data of an event of a known kind; the error names the field and the remedy."""
    needed = KINDS[kind]
    shapes = needed | OPTIONAL.get(kind, {})
    if not isinstance(data, dict):
        raise LedgerError(msg("ledger-error-data", kind=kind, value=shown(data)))
    for name in data:
        if name not in shapes:
            if not shapes:
                raise LedgerError(msg("ledger-error-data-none", kind=kind, name=shown(name)))
            allowed = ", ".join(shapes)
            raise LedgerError(
                msg("ledger-error-data-odd", kind=kind, name=shown(name), allowed=allowed)
            )
    for name, shape in shapes.items():
        if name not in data and name not in needed:
            continue
        if name not in data:
            raise LedgerError(
                msg("ledger-error-data-lacks", kind=kind, name=repr(name), shape=shape.words)
            )
        if not shape.fits(data[name]):
            value = shown(data[name])
            raise LedgerError(
                msg(
                    "ledger-error-data-unfit",
                    kind=kind,
                    name=name,
                    value=value,
                    shape=shape.words,
                )
            )
