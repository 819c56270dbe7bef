"""The book is held against the code and the missions: what is missing or unused has a name."""

import pytest

from buildlib import words
from buildlib.errors import BuildError
from buildlib.paths import default_layout
from labpy.words import Book, load_book

LAYOUT = default_layout()
MESSAGES = load_book("en").messages
DERIVED = words.derived_keys()


def refusal(messages):
    with pytest.raises(BuildError) as caught:
        words.check(LAYOUT, Book("en", messages), DERIVED)
    return str(caught.value).splitlines()[1:]


def test_the_book_has_all_that_is_asked_for_and_nothing_else():
    words.check_all(LAYOUT)


@pytest.mark.parametrize(
    "key",
    [
        "cloud-1-title",
        "mobile-2-knob-cut.reading",
        "cloud-3-knob-eviction.choice-fifo",
        "edge-honest-note",
        "teach-tiny-part-3-reflection-look-for-1",
        "rubric-criteria-defence.looks-at",
        "models-model-queue.fails",
    ],
)
def test_a_message_that_a_mission_lacks_is_named(key):
    rest = {name: pattern for name, pattern in MESSAGES.items() if name != key}
    assert refusal(rest) == [f"  the missions ask for the message {key!r}"]


def test_a_message_that_the_code_lacks_is_named_with_the_place():
    rest = {name: pattern for name, pattern in MESSAGES.items() if name != "reveal-right"}
    (line,) = refusal(rest)
    assert line.startswith("  labpy/app/workbench.py:")
    assert "'reveal-right'" in line


@pytest.mark.parametrize("key", ["cloud-1-knob-arrival_rates", "cloud-4-title", "ledger-unsaid"])
def test_a_message_that_nothing_uses_is_named(key):
    assert refusal({**MESSAGES, key: ["More"]}) == [f"  nothing uses the message {key!r}"]
