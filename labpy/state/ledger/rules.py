"""The rules of the mission that an order of events must keep."""

from __future__ import annotations

from collections.abc import Iterable

from labpy.state.ledger.errors import RuleError
from labpy.state.ledger.event import Event
from labpy.state.ledger.kinds import ONCE_A_PART, WITHOUT_PART
from labpy.words import Message, msg

Seen = dict[tuple[str, str, int], Event]

_TWICE = {
    "predicted": "ledger-error-predicted-twice",
    "passed": "ledger-error-passed-twice",
    "revealed": "ledger-error-revealed-twice",
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
        raise RuleError(msg("ledger-error-beginning"))
    key = (event.kind, event.track, event.part)
    if event.kind not in WITHOUT_PART:
        _check_part(seen, event)
    seen.setdefault(key, event)


def _check_part(seen: Seen, event: Event) -> None:
    place = msg("ledger-place", track=event.track, part=event.part)
    if event.kind in ONCE_A_PART and (event.kind, event.track, event.part) in seen:
        raise RuleError(Message(_TWICE[event.kind], {"place": place}))
    if event.kind == "predicted":
        return
    prediction = seen.get(("predicted", event.track, event.part))
    if prediction is None:
        raise RuleError(msg("ledger-error-unpredicted", place=place, kind=repr(event.kind)))
    if event.kind == "revealed" and event.data["predicted"] != prediction.data["implies"]:
        told, made = repr(event.data["predicted"]), repr(prediction.data["implies"])
        raise RuleError(msg("ledger-error-other-prediction", place=place, told=told, made=made))
