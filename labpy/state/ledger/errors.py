"""What can be wrong with a ledger, and how a value that is wrong is shown."""

from __future__ import annotations

import reprlib
from typing import Any

from labpy.words import WordedError

LONGEST_SHOWN = 80  # characters of a value in a message


class LedgerError(WordedError):
    """A ledger, or what is to be added to it, is refused; the message says why."""


class ChainError(LedgerError):
    """The chain of hashes doesn't hold: an event was changed, moved, added or taken away."""


class RuleError(LedgerError):
    """An event breaks a rule of the mission, such as a second prediction."""


def shown(value: Any) -> str:
    """Give a value as Python writes it, cut to what a reader of a message can take in."""
    text = reprlib.repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
