"""Whether a text is in the student's own words, or taken from what the page says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from labpy.missions import Part
from labpy.words.book import WordsError

RUN = 6  # words in a row; fewer meet by chance, since every text is about the same things
MOSTLY = 0.5  # of a text's words: from there on it is told
LEAST = 12  # words of a text that can be told to be anybody's

_MARKUP = re.compile(r"\]\([^)]*\)|\{[^}]*\}")  # where a link leads, what stands for a figure
_WORD = re.compile(r"[^\W\d_]+")


def words_in(text: str) -> list[str]:
    """Give the words of a text, without case, figures or markup."""
    return _WORD.findall(_MARKUP.sub(" ", text).casefold())


def taken_share(text: str, prose: Sequence[str]) -> float:
    """Give the share of a text's words that stand in the prose in the same `RUN` in a row."""
    words = words_in(text)
    known = {run for each in prose for run in _runs(words_in(each))}
    taken = [False] * len(words)
    for first, run in enumerate(_runs(words)):
        if run in known:
            taken[first : first + RUN] = [True] * RUN
    return sum(taken) / len(words) if words else 0.0


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


def mostly_from_page(text: str, part: Part, shown: str = "") -> bool:
    """Tell whether more than half of a text stands word for word on its part's page.

    In the browser the page tells what is `shown`: Python there does not have a part's prose.
    """
    if len(words_in(text)) < LEAST:
        return False
    prose = [shown, *_prose_of(part), part.reflection.question]
    return taken_share(text, prose) > MOSTLY


def _prose_of(part: Part) -> list[str]:
    """Give a part's prose; what the browser unpacks does not have it, and then there is none."""
    try:
        return list(part.words.values())
    except WordsError:
        return []
