"""What is pasted from a part's page is noticed; what is one's own is not."""

import re

import pytest

from labpy.missions import all_missions, load_part
from labpy.state import own_words
from labpy.state.own_words import mostly_from_page, taken_share

OWN = (
    "I would keep the load at four fifths, since a queue needs idle time to drain after a burst,"
    " and ours had none left when the window was that long."
)


@pytest.mark.parametrize("part", [part for _, parts in all_missions() for part in parts])
def test_a_paragraph_of_the_reveal_is_noticed_even_with_figures_in_it_and_one_s_own_is_not(part):
    reveal = re.sub(r"\{[^}]*\}", "12.3 ms", part.words["Reveal"])
    shown = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", reveal).replace("*", "")
    longest = max(shown.split("\n\n"), key=len)
    assert mostly_from_page(longest, part)
    assert mostly_from_page(longest.upper() + " I think so too.", part)
    assert not mostly_from_page(OWN, part)


def test_a_share_is_of_the_text_s_words():
    prose = ["one two three four five six seven eight"]
    assert taken_share("one two three four five six", prose) == 1
    assert taken_share("one two three four five six and so on it goes", prose) == pytest.approx(
        6 / 11
    )
    assert taken_share("one two three four five", prose) == 0
    assert taken_share("", prose) == 0


def test_a_short_text_is_anybodys():
    part = load_part("cloud", 1)
    words = part.words["Briefing"].split()
    assert not mostly_from_page(" ".join(words[:8]), part)
    assert mostly_from_page(" ".join(words[:30]), part)


def test_where_python_has_no_prose_the_page_s_own_text_is_held_against(monkeypatch):
    """As in the browser, whose archive leaves a part's prose out."""
    part = load_part("cloud", 1)
    shown = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", part.words["Reveal"])
    pasted = max(shown.split("\n\n"), key=len)
    monkeypatch.setattr(own_words, "_prose_of", lambda _: [])
    assert not mostly_from_page(pasted, part)
    assert mostly_from_page(pasted, part, shown)
    assert not mostly_from_page(OWN, part, shown)
