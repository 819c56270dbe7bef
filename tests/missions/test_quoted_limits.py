"""A limit is written once: where it changes, no text goes on quoting the old one."""

import dataclasses
import re
from collections.abc import Iterator

import pytest

from buildlib.quoting import quoted_text
from labpy.missions import all_missions, load_part
from labpy.words import bare, say

EVERY = [
    (part.track, part.number, target.key)
    for _, parts in all_missions()
    for part in parts
    for target in part.targets
]
# The same number, and another thing: a dial's end, a failure's own threshold, a law of queues.
OTHERS = {
    ("cloud", 1, "headroom", "80%"): "shows where the other 80% goes, and why 80% hurts: M/M/1",
    ("cloud", 3, "cost", "50%"): "published acceptance rates",
    ("edge", 1, "loop", "10 ms"): "the dial's end, at which there is no second copy",
    ("edge", 1, "headroom", "100%"): "the whole capacity",
    ("edge", 3, "loop", "10 ms"): "the dial's end, and the failure's own threshold",
    ("mobile", 1, "stutter", "1%"): "the failure's own threshold",
    ("tiny", 1, "echo", "10 ms"): "the challenge's own condition",
    ("tiny", 1, "ear", "1 mW"): "the failure's own threshold",
    ("tiny", 2, "echo", "10 ms"): "an interval of LE Audio",
}


def texts(record: object) -> Iterator[str]:
    """Give every text of a record, and of the records in it."""
    if isinstance(record, str):
        yield record
    elif dataclasses.is_dataclass(record):
        for each in dataclasses.fields(record):
            yield from texts(getattr(record, each.name))
    elif isinstance(record, (list, tuple)):
        for each in record:
            yield from texts(each)


def page_of(part) -> list[str]:
    """Give what a part's page says in words."""
    prose = [quoted_text(each, part) for each in part.words.values()]
    return [each.replace("\u202f", " ").replace("\xa0", " ") for each in (*prose, *texts(part))]


@pytest.mark.parametrize(("track", "number", "key"), EVERY)
def test_no_text_quotes_a_limit_that_was_changed(track, number, key):
    (old,) = (each for each in load_part(track, number).targets if each.key == key)
    changed = load_part(track, number, ((key, old.limit * 1.37),))
    (new,) = (each for each in changed.targets if each.key == key)
    assert say(new.bound) != say(old.bound)
    said = say(old.quoted).replace("\u202f", " ").replace("\xa0", " ")
    forms = {said, re.sub(r"(?<=\d) ms$", " milliseconds", said), re.sub(r" s$", " second", said)}
    for form in forms:
        if (track, number, key, form) in OTHERS:
            continue
        whole = re.compile(rf"(?<![\d.,]){re.escape(form)}(?!\d|\.\d)")
        assert not [each for each in page_of(changed) if whole.search(each)], form


def test_a_number_that_is_bare_in_a_briefing_follows_its_limit():
    """Where the unit is a noun of the sentence, the number alone is quoted."""
    for track, number, key in EVERY:
        part = load_part(track, number)
        if f"{{!{key}#}}" not in part.words["Briefing"]:
            continue
        (old,) = (each for each in part.targets if each.key == key)
        changed = load_part(track, number, ((key, old.limit + 3),))
        briefing = quoted_text(changed.words["Briefing"], changed)
        assert not re.search(rf"(?<![\d.,]){bare(old.quoted)}(?![\d.,%])", briefing), (track, key)
        assert re.search(
            rf"(?<![\d.,]){bare(old.quoted).replace(bare(old.quoted), f'{old.limit + 3:g}')}",
            briefing,
        )


def test_every_exception_is_one():
    """What is excepted is still there; else the exception goes."""
    for (track, number, _key, form), why in OTHERS.items():
        part = load_part(track, number)
        assert any(form in each for each in page_of(part)), why
