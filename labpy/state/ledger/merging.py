"""Two tabs of one student wrote to the same ledger: make one of the two."""

from __future__ import annotations

from labpy.state.ledger.canonical import canonical_json
from labpy.state.ledger.document import Ledger
from labpy.state.ledger.errors import LedgerError, RuleError
from labpy.state.ledger.event import Event
from labpy.state.ledger.rules import first_of_each, follow
from labpy.words import msg


def merge(mine: Ledger, theirs: Ledger, at: str) -> Ledger:
    """Join two ledgers that began as one.

    If one continues the other, the longer is taken as it is. If they parted, the longer stays
    whole; a `merged` event follows, then what only the shorter has, sealed anew and with its own
    times. Left out, and counted in the `merged` event, is what the longer has already and what
    breaks its rules, such as a second prediction of a part. The order of the two doesn't matter,
    and to merge again adds nothing.

    Parameters
    ----------
    mine, theirs
        The two ledgers.
    at
        The time now in UTC.

    Raises
    ------
    LedgerError
        If they have different beginnings, so that one is another student's or another run's.
    """
    if mine.events[:1] != theirs.events[:1]:
        raise LedgerError(msg("ledger-error-two-ledgers"))
    # Of two equally long ones both tabs must keep the same; any rule would do.
    longer, shorter = sorted((mine, theirs), key=lambda each: (-len(each.events), each.head))
    common = _common(longer, shorter)
    known = {_content(each) for each in longer.events[common:]}
    rest = shorter.events[common:]
    extra = [each for each in rest if _content(each) not in known]
    accepted = _accepted(longer, extra)
    if not accepted:
        return longer
    merged = longer.append(
        "merged",
        "",
        0,
        {
            "head": shorter.head,
            "common": common,
            "added": len(accepted),
            "skipped": len(rest) - len(accepted),
        },
        at,
    )
    for each in accepted:
        merged = merged.append(**each.content)
    return merged


def _common(longer: Ledger, shorter: Ledger) -> int:
    """Count the events that both begin with."""
    pairs = zip(longer.events, shorter.events, strict=False)
    return next(
        (i for i, (a, b) in enumerate(pairs) if a.hash != b.hash),
        len(shorter.events),
    )


def _content(event: Event) -> str:
    return canonical_json(event.content)


def _accepted(ledger: Ledger, extra: list[Event]) -> list[Event]:
    """Give those of the events that the ledger's rules allow, one after the other.

    An earlier merge isn't told again: what it brought is told, with its own times.
    """
    seen = first_of_each(ledger.events)
    accepted = []
    for each in extra:
        if each.kind == "merged":
            continue
        try:
            follow(seen, each)
        except RuleError:
            continue
        accepted.append(each)
    return accepted
