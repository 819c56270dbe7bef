"""Tells which ledgers of a class are one and the same, or share entries that they shouldn't.

What is told is a fact about two files, not a verdict: a student who hands in twice, and two who
shared a computer, look the same as two who shared a file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import combinations

from labpy.state.ledger import Event, Ledger
from labpy.state.ledger.canonical import digest
from labpy.words import Message, Value, amounts, msg, say

SHORTEST_TEXT = 40  # characters; below that, two students may well write the same words
NAMED = 3  # how many other files a note names

# Nearly the same text: of the runs of so many words in the shorter one, this share also stands in
# the other. Words that were swapped or added break a few runs each, a text of one's own shares
# next to none. What many of a class share is a quotation, of the page or of the teacher. All
# four are assumptions; docs/collecting.md says them.
RUN_WORDS = 5
SHORTEST_RUNS = 20  # different runs; below that, a common turn of phrase weighs too much
NEAR = 0.4
QUOTED_BY = 4  # ledgers, or a tenth of the class where that is more
_OWN = ("started", "assigned", "merged")  # written by the lab, not by what the student did


def same_as(ledgers: Mapping[str, Ledger]) -> dict[str, str]:
    """Say of each file how its ledger resembles others, or "".

    Parameters
    ----------
    ledgers : mapping of str to Ledger
        By file.
    """
    notes: dict[str, dict[Message, list[str]]] = {name: defaultdict(list) for name in ledgers}
    for one, other in _pairs(_by_beginning(ledgers)):
        for name, second in ((one, other), (other, one)):
            notes[name][_of_one_beginning(ledgers[name], ledgers[second])].append(second)
    by_content, by_text = _by_content(ledgers), _by_text(ledgers)
    apart = {
        pair
        for pair in _pairs([*by_content.values(), *by_text.values()])
        if ledgers[pair[0]].events[0].hash != ledgers[pair[1]].events[0].hash
    }
    for one, other in sorted(apart):
        for name, second in ((one, other), (other, one)):
            notes[name][_of_two({name, second}, by_content)].append(second)
    for (one, other), share in _near(ledgers).items():
        if (one, other) not in apart and ledgers[one].events[0].hash != ledgers[other].events[
            0
        ].hash:
            for name, second in ((one, other), (other, one)):
                notes[name][msg("collect-near", share=amounts.share(share))].append(second)
    return {name: _notes(list(map(_named, said.items()))) for name, said in notes.items()}


def _notes(said: list[Message]) -> str:
    return say(reduce(lambda a, b: msg("collect-notes", before=a, after=b), said)) if said else ""


def _pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _named(note: tuple[Message, list[str]]) -> Message:
    words, names = note
    return Message(words.key, {**words.values, "files": some_of(sorted(names), NAMED)})


def some_of(names: list[str], most: int) -> Value:
    """Name the first few of some files, and say how many more there are."""
    told = reduce(lambda a, b: msg("collect-files", before=a, after=b), names[:most])
    rest = len(names) - most
    return msg("collect-more", files=told, rest=rest) if rest > 0 else told


def _by_beginning(ledgers: Mapping[str, Ledger]) -> list[list[str]]:
    groups = defaultdict(list)
    for name, ledger in ledgers.items():
        groups[ledger.events[0].hash].append(name)
    return list(groups.values())


def _of_one_beginning(mine: Ledger, other: Ledger) -> Message:
    """Tell how two ledgers that began as one differ; the other's file is put in later."""
    pairs = zip(mine.events, other.events, strict=False)
    shared = sum(1 for a, b in pairs if a.hash == b.hash)  # once they part, no hash is the same
    if shared == len(mine.events) == len(other.events):
        return msg("collect-same")
    if shared == len(mine.events):
        return msg("collect-earlier")
    if shared == len(other.events):
        return msg("collect-later")
    return msg("collect-shares", entries=shared)


def _by_content(ledgers: Mapping[str, Ledger]) -> dict[str, set[str]]:
    """Give the files in which the same thing happened at the same millisecond."""
    groups = defaultdict(set)
    for name, ledger in ledgers.items():
        for event in ledger.events:
            if event.kind not in _OWN:
                groups[digest(event.content)].add(name)
    return {key: names for key, names in groups.items() if len(names) > 1}


def _by_text(ledgers: Mapping[str, Ledger]) -> dict[str, set[str]]:
    groups = defaultdict(set)
    for name, ledger in ledgers.items():
        for event in ledger.events:
            if text := _words(event):
                groups[text].add(name)
    return {key: names for key, names in groups.items() if len(names) > 1}


def _words(event: Event) -> str:
    """Give a reflection's words, whatever its case and spacing; "" if it is too short to tell."""
    if event.kind not in ("reflected", "defended"):
        return ""
    text = " ".join(event.data["text"].casefold().split())
    return text if len(text) >= SHORTEST_TEXT else ""


def _near(ledgers: Mapping[str, Ledger]) -> dict[tuple[str, str], float]:
    """Give the pairs of files with nearly the same text, and which share of the shorter it is."""
    runs = {
        (name, event.sequence): found
        for name, ledger in ledgers.items()
        for event in _last_texts(ledger)
        if len(found := _runs(event.data["text"])) >= SHORTEST_RUNS
    }
    holders = defaultdict(list)
    for text, found in runs.items():
        for run in found:
            holders[run].append(text)
    most = max(QUOTED_BY, len(ledgers) // 10)
    quoted = {run for run, texts in holders.items() if len({name for name, _ in texts}) > most}
    own = {text: len(found - quoted) for text, found in runs.items()}
    shared: Counter = Counter()
    for run, texts in holders.items():
        if run not in quoted:
            shared.update(combinations(texts, 2))
    near: dict[tuple[str, str], float] = {}
    for (one, other), count in shared.items():
        least = min(own[one], own[other])
        pair = tuple(sorted((one[0], other[0])))
        if one[0] != other[0] and least >= SHORTEST_RUNS and count / least >= NEAR:
            near[pair] = max(near.get(pair, 0.0), count / least)
    return dict(sorted(near.items()))


def _last_texts(ledger: Ledger) -> list[Event]:
    """Give the last text of each field: earlier ones are drafts of it."""
    texts = [event for event in ledger.events if event.kind in ("reflected", "defended")]
    return list({(each.kind, each.track, each.part): each for each in texts}.values())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)}


def _of_two(files: set[str], by_content: Mapping[str, set[str]]) -> Message:
    """Tell what two ledgers with different beginnings share; the other's file is put in later."""
    events = sum(files <= names for names in by_content.values())
    if events:
        return msg("collect-same-time", entries=events)
    return msg("collect-same-text")
