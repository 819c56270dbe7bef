"""Tells which ledgers of a class are one and the same, or share entries that they shouldn't.

What is told is a fact about two files, not a verdict: a student who hands in twice, and two who
shared a computer, look the same as two who shared a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from labpy.state.ledger import Event, Ledger
from labpy.state.ledger.canonical import digest

SHORTEST_TEXT = 40  # characters; below that, two students may well write the same words
NAMED = 3  # how many other files a note names
_OWN = ("started", "merged")  # written by the lab, not by what the student did


def same_as(ledgers: Mapping[str, Ledger]) -> dict[str, str]:
    """Say of each file how its ledger resembles others, or "".

    Parameters
    ----------
    ledgers : mapping of str to Ledger
        By file.
    """
    notes: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in ledgers}
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
    return {name: "; ".join(map(_named, said.items())) for name, said in notes.items()}


def _pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _named(note: tuple[str, list[str]]) -> str:
    words, names = note
    rest = len(names) - NAMED
    told = ", ".join(sorted(names)[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
    return words.format(told)


def _by_beginning(ledgers: Mapping[str, Ledger]) -> list[list[str]]:
    groups = defaultdict(list)
    for name, ledger in ledgers.items():
        groups[ledger.events[0].hash].append(name)
    return list(groups.values())


def _of_one_beginning(mine: Ledger, other: Ledger) -> str:
    """Say how two ledgers that began as one differ; ``{}`` stands for the other's file."""
    pairs = zip(mine.events, other.events, strict=False)
    shared = sum(1 for a, b in pairs if a.hash == b.hash)  # once they part, no hash is the same
    if shared == len(mine.events) == len(other.events):
        return "the same ledger as {}"
    if shared == len(mine.events):
        return "an earlier state of {}"
    if shared == len(other.events):
        return "a later state of {}"
    return f"its first {shared} entries are those of {{}}"


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


def _of_two(files: set[str], by_content: Mapping[str, set[str]]) -> str:
    """Say what two ledgers with different beginnings share; ``{}`` stands for the other's file."""
    events = sum(files <= names for names in by_content.values())
    if events:
        entries = "1 of its entries stands" if events == 1 else f"{events} of its entries stand"
        return entries + " with the same time in {}"
    return "a text of its stands word for word in {}"
