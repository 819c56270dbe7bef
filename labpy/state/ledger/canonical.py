"""The one way in which a value is written before it is hashed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from labpy.state.ledger.errors import LedgerError
from labpy.words import msg


def canonical_json(value: Any) -> str:
    """Write a value as JSON: sorted keys, no spaces, no escapes beyond JSON's own, floats by repr.

    Raises
    ------
    LedgerError
        If the value holds NaN, an infinity, half a surrogate pair, or what JSON doesn't know.
    """
    try:
        text = json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise LedgerError(msg("ledger-error-surrogate")) from None
    except (TypeError, ValueError, RecursionError) as error:
        raise LedgerError(msg("ledger-error-value", reason=str(error))) from None
    return text


def digest(value: Any) -> str:
    """Give the SHA-256 of a value's canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()
