"""Holds the messages between page and app against `protocol.toml`, which declares them all."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Message = Mapping[str, Any]

OPTIONAL = "?"
FITS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "flag": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "count": lambda value: type(value) is int and value >= 0,
    "quantity": lambda value: FITS["number"](value) or isinstance(value, str),
    "list": lambda value: isinstance(value, list | tuple),
    "table": lambda value: isinstance(value, Mapping),
}


class ProtocolError(ValueError):
    """A message that the protocol does not have; the text names its kind and its field."""


def _read() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(Path(__file__).with_name("protocol.toml").read_text(encoding="utf-8"))


MESSAGES = _read()
"""What each field must be, by way (`to_app`, `from_app`, ...), kind and field."""


def check(way: str, message: Message) -> None:
    """Check one message.

    Parameters
    ----------
    way : str
        A table of `protocol.toml`: ``to_worker``, ``from_worker``, ``to_app`` or ``from_app``.
    message : mapping
        Its ``kind`` and its fields.

    Raises
    ------
    ProtocolError
        When the kind is unknown, or a field is missing, unknown or of another type.
    """
    kind = message.get("kind")
    declared = MESSAGES[way].get(kind) if isinstance(kind, str) else None
    if declared is None:
        raise ProtocolError(f"there is no message {kind!r} {way}")
    if unknown := sorted(set(message) - set(declared) - {"kind"}):
        raise ProtocolError(f"the message {kind!r} {way} has no field {unknown[0]!r}")
    for field, type_ in declared.items():
        value = message.get(field)
        if value is None and type_.endswith(OPTIONAL):
            continue
        if not FITS[type_.removesuffix(OPTIONAL)](value):
            raise ProtocolError(
                f"{field} of the message {kind!r} {way} is no {type_}: {str(value)[:40]!r}"
            )
