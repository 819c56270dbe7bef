"""Which form of a word goes with a number: the cardinal plural rules of CLDR, for our languages.

The number comes as it is written ("1", "1.0", "2.50"), since the rules look at the digits shown.
Source: Unicode CLDR 45, plurals.xml; `tests/words` holds them against Babel's.
"""

from __future__ import annotations

from collections.abc import Callable


def _english(number: str) -> str:
    return "one" if number == "1" else "other"


def _spanish(number: str) -> str:
    value = float(number)
    if value == 1:
        return "one"
    whole = value == int(value)
    return "many" if whole and value and int(value) % 1_000_000 == 0 else "other"


RULES: dict[str, Callable[[str], str]] = {"en": _english, "es": _spanish}


def rule(language: str) -> Callable[[str], str]:
    """Give the rule of a language by its code, with or without a region ("en-XA")."""
    base = language.partition("-")[0]
    chosen = RULES.get(base, _english)
    return lambda number: chosen(number) if number else "other"
