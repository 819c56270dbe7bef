"""What to do with a ledger that comes from elsewhere: a file, or another tab of this browser.

The ledger in hand is never lost: it is continued, joined, or set aside as a whole.
"""

from __future__ import annotations

from typing import NamedTuple

from labpy.state.ledger.document import Ledger
from labpy.state.ledger.errors import LedgerError
from labpy.state.ledger.merging import merge


class Arrival(NamedTuple):
    """What is in hand afterwards, what must be set aside, and what to tell the student.

    Parameters
    ----------
    ledger : Ledger
        The ledger to go on with.
    aside : Ledger or None
        The one to keep a copy of, if going on leaves something out.
    words : str
        One sentence or two for the student; "" if there is nothing to tell.
    """

    ledger: Ledger
    aside: Ledger | None
    words: str


def has_work(ledger: Ledger) -> bool:
    """Tell whether a ledger holds more than its beginning."""
    return len(ledger.events) > 1


def same_beginning(mine: Ledger, theirs: Ledger) -> bool:
    """Tell whether two ledgers are states of one, so that they can be joined."""
    return mine.events[0] == theirs.events[0]


def imported(mine: Ledger, theirs: Ledger, at: str) -> Arrival:
    """Take in the ledger of a file that the student chose.

    Parameters
    ----------
    mine
        The ledger in hand.
    theirs
        The one in the file.
    at
        The time now in UTC.

    Raises
    ------
    LedgerError
        If the two can't be joined since the joint ledger would be too large.
    """
    if not same_beginning(mine, theirs):
        aside = mine if has_work(mine) else None
        kept = " The one that was here is set aside below." if aside else ""
        return Arrival(theirs, aside, f"The ledger was imported.{kept}")
    joined = merge(mine, theirs, at)
    if joined.head == mine.head:
        words = "Your ledger already holds everything in this file. Nothing was changed."
    elif joined.head == theirs.head:
        words = "The ledger was imported: it goes on from the one here."
    else:
        words = "The ledger was imported and joined with the one here." + _counted(joined)
    return Arrival(joined, None, words)


def from_another_tab(mine: Ledger, theirs: Ledger, at: str) -> Arrival:
    """Take in the ledger that another tab has written to this browser's store.

    Both tabs come to the same ledger, whichever is told first.
    """
    if not same_beginning(mine, theirs):
        aside = mine if has_work(mine) else None
        words = "Another tab opened another ledger, and this page follows it."
        kept = " The one that was here is set aside below."
        return Arrival(theirs, aside, words + kept if aside else "")
    try:
        joined = merge(mine, theirs, at)
    except LedgerError as error:
        words = f"What another tab wrote can't be joined: {error}. It is set aside below."
        return Arrival(mine, theirs, words)
    news = joined.head not in (mine.head, theirs.head)
    words = "Two tabs wrote to your ledger at once: both are in it." + _counted(joined)
    return Arrival(joined, None, words if news and _skipped(joined) else "")


def _skipped(joined: Ledger) -> int:
    merged = joined.latest("merged", "", 0)
    return merged.data["skipped"] if merged else 0


def _counted(joined: Ledger) -> str:
    """Say what a merge left out, if it did."""
    left = _skipped(joined)
    if not left:
        return ""
    entries = "1 entry was" if left == 1 else f"{left} entries were"
    return f" {entries} left out: the same is there already, or a part was predicted twice."


def about(ledger: Ledger) -> str:
    """Name a ledger for the student: when it began, and how much is in it."""
    count = len(ledger.events)
    began = ledger.events[0].at[:16].replace("T", " ")
    return f"begun {began} UTC, {count} {'entry' if count == 1 else 'entries'}"
