"""A pseudo-language: every message accented, 40% longer, in brackets.

A word on a page that stands outside brackets did not come from the book, and what is clipped with
these words will be clipped in German. Names, units and numbers come through placeholders and stay.
"""

from __future__ import annotations

import re
from typing import Any

from labpy.words import current
from labpy.words.compiled import Messages, Pattern

ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒĝĥïĵķļɱñöƥǫŕşţúṽŵẋýžÀƁÇĐÉƑĜĤÏĴĶĻṀÑÖƤǪŔŞŢÚṼŴẊÝŽ",
)
LONGER = 0.4
PSEUDO = "-XA"  # ends the language's code
OPEN, CLOSE = "⟦", "⟧"
FILLER = "·"
# Units, separators and symbols are no words: they read the same in every language.
KEPT_KEYS = re.compile(r"^(amount-(?!without-end|unknown|times)|number-|list-)")


def pseudo_text(text: str) -> str:
    """Accent a text and make it longer; marks of HTML and Markdown stay as they are."""
    letters = sum(1 for each in text if each.isalpha())
    parts = re.split(r"(<[^>]*>|&\w+;|\]\([^)]*\)|https?://\S+|`[^`]*`|\{[^}]*\})", text)
    said = "".join(
        part if index % 2 else part.translate(ACCENTS) for index, part in enumerate(parts)
    )
    stripped = said.rstrip()
    tail = said[len(stripped) :]
    return stripped + FILLER * round(LONGER * letters) + tail if letters else said


def _bracketed_text(text: str) -> str:
    return f"{OPEN}{pseudo_text(text)}{CLOSE}"


def pseudo_messages(messages: Messages) -> Messages:
    """Return the messages in the pseudo-language."""
    return {
        key: pattern if KEPT_KEYS.match(key) else _bracketed(pattern)
        for key, pattern in messages.items()
    }


def _bracketed(pattern: Pattern) -> Pattern:
    return [OPEN, *_items(pattern), CLOSE]


def _items(pattern: Pattern) -> Pattern:
    return [_item(item) for item in pattern]


def _item(item: Any) -> Any:
    if isinstance(item, str):
        return pseudo_text(item)
    if item[0] != "s":
        return item
    _, selector, variants, default = item
    return ["s", selector, [[key, _items(each)] for key, each in variants], default]


def as_spoken(text: str) -> str:
    """Give words that stand in Markdown's own notations as the build speaks them."""
    return _bracketed_text(text) if current().language.endswith(PSEUDO) else text


def pseudo_tokens(state: Any) -> None:
    """Speak the pseudo-language in Markdown too; what came from the book is in brackets already."""
    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        texts = [child for child in token.children if child.type == "text" and child.content]
        depth, changed = 0, False
        for child in texts:
            before = child.content
            child.content, depth = _outside_accented(before, depth)
            changed |= child.content != before
        if changed:
            texts[0].content = OPEN + texts[0].content
            texts[-1].content += CLOSE


def _outside_accented(text: str, depth: int) -> tuple[str, int]:
    """Accent what stands outside brackets, of which `depth` are open; return the depth after it."""
    said = []
    for piece in re.split(f"([{OPEN}{CLOSE}])", text):
        said.append(piece if depth or piece in (OPEN, CLOSE) else pseudo_text(piece))
        depth += (piece == OPEN) - (piece == CLOSE)
    return "".join(said), depth
