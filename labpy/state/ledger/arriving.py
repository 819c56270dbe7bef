"""What to do with a ledger that comes from elsewhere: a file, or another tab of this browser.

The ledger in hand is never lost: it is continued, joined, or set aside as a whole.
"""

from __future__ import annotations

from typing import NamedTuple

from labpy.state.ledger.document import Ledger
from labpy.state.ledger.errors import LedgerError
from labpy.state.ledger.merging import merge
from labpy.words import Message, msg


class Arrival(NamedTuple):
    """What is in hand afterwards, what must be set aside, and what to tell the student.

    Parameters
    ----------
    ledger : Ledger
        The ledger to go on with.
    aside : Ledger or None
        The one to keep a copy of, if going on leaves something out.
    words : Message or None
        One sentence or two for the student; None if there is nothing to tell.
    """

    ledger: Ledger
    aside: Ledger | None
    words: Message | None


def has_work(ledger: Ledger) -> bool:
    """Tell whether a ledger holds more than its beginning and an assignment."""
    return any(event.kind not in ("started", "assigned") for event in ledger.events)


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
        words = msg("ledger-imported-aside") if aside else msg("ledger-imported")
        return Arrival(theirs, aside, words)
    joined = merge(mine, theirs, at)
    if joined.head == mine.head:
        words = msg("ledger-nothing-new")
    elif joined.head == theirs.head:
        words = msg("ledger-goes-on")
    else:
        words = msg("ledger-joined-file", left=_skipped(joined))
    return Arrival(joined, None, words)


def from_another_tab(mine: Ledger, theirs: Ledger, at: str) -> Arrival:
    """Take in the ledger that another tab has written to this browser's store.

    Both tabs come to the same ledger, whichever is told first.
    """
    if not same_beginning(mine, theirs):
        aside = mine if has_work(mine) else None
        return Arrival(theirs, aside, msg("ledger-followed") if aside else None)
    try:
        joined = merge(mine, theirs, at)
    except LedgerError as error:
        return Arrival(mine, theirs, msg("ledger-not-joined", reason=error.message))
    news = joined.head not in (mine.head, theirs.head)
    left = _skipped(joined)
    return Arrival(joined, None, msg("ledger-joined-tab", left=left) if news and left else None)


def _skipped(joined: Ledger) -> int:
    merged = joined.latest("merged", "", 0)
    return merged.data["skipped"] if merged else 0


def about(ledger: Ledger) -> Message:
    """Name a ledger for the student: when it began, and how much is in it."""
    began = ledger.events[0].at[:16].replace("T", " ")
    return msg("ledger-about", time=began, entries=len(ledger.events))
