"""The rules of the mission that an order of events must keep."""

from __future__ import annotations

from collections.abc import Iterable

from labpy.state.ledger.errors import RuleError
from labpy.state.ledger.event import Event
from labpy.state.ledger.kinds import ONCE_A_PART, WITHOUT_PART

Seen = dict[tuple[str, str, int], Event]

_ONCE = {
    "predicted": "already has its prediction, which can't be changed once it is made",
    "passed": "has passed already; only the first pass is recorded",
    "revealed": "is revealed already",
}


def first_of_each(events: Iterable[Event]) -> Seen:
    """Give the first event of each kind in each part."""
    seen: Seen = {}
    for event in events:
        seen.setdefault((event.kind, event.track, event.part), event)
    return seen


def follow(seen: Seen, event: Event) -> None:
    """Check an event against the first ones of each kind and part so far, and note it there.

    Raises
    ------
    RuleError
        If the ledger doesn't begin with `started` or has a second one; if a part has a second
        event of a kind that comes once, or anything before its prediction; or if a reveal tells
        of another prediction than the one that was made.
    """
    if (event.kind == "started") != (event.sequence == 1):
        raise RuleError("a ledger begins with 'started', and has it only there")
    key = (event.kind, event.track, event.part)
    if event.kind not in WITHOUT_PART:
        _check_part(seen, event)
    seen.setdefault(key, event)


def _check_part(seen: Seen, event: Event) -> None:
    place = f"{event.track}, part {event.part}"
    if event.kind in ONCE_A_PART and (event.kind, event.track, event.part) in seen:
        raise RuleError(f"{place} {_ONCE[event.kind]}")
    if event.kind == "predicted":
        return
    prediction = seen.get(("predicted", event.track, event.part))
    if prediction is None:
        raise RuleError(f"{place}: {event.kind!r} before its prediction; commit that first")
    if event.kind == "revealed" and event.data["predicted"] != prediction.data["implies"]:
        raise RuleError(
            f"{place}: the reveal tells of the prediction {event.data['predicted']!r}, "
            f"but {prediction.data['implies']!r} was predicted"
        )
