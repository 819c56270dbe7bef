"""A term is explained where a part first names it, once."""

import re

from buildlib.glossary import TERMS, explained
from labpy.missions import all_missions

PARTS = [part for _, parts in all_missions() for part in parts]


def test_only_the_first_mention_opens_the_explanation_that_stands_by_it():
    first, second = explained(["<p>P99.99, then P99.</p>", "<p>P99 and the knee</p>"], "p1")
    assert re.findall(r'popovertarget="([^"]+)"', first) == ["p1-term-p99"]
    assert first.startswith("<p>P99.99, then <button")
    assert re.findall(r'popovertarget="([^"]+)"', second) == ["p1-term-knee"]
    assert re.findall(r' id="([^"]+)"', first) == ["p1-term-p99", "p1-term-knee"]
    assert "P99 and" in second


def test_a_tag_is_never_changed():
    (text,) = explained(['<p title="knee">α</p>'], "p1")
    assert '<p title="knee">' in text


def test_every_term_is_named_in_some_part_and_every_part_explains_one():
    told = set()
    for part in PARTS:
        texts = explained([part.words["Briefing"], part.words["Dials"]], f"p{part.number}")
        found = re.findall(r'popovertarget="p\d-term-([^"]+)"', "".join(texts))
        assert found
        told |= set(found)
    assert told == set(TERMS)
