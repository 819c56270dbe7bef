"""One event of a ledger, sealed by its hash."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from labpy.state.ledger.canonical import canonical_json, digest
from labpy.state.ledger.errors import ChainError, LedgerError, shown
from labpy.state.ledger.kinds import check_data, check_place
from labpy.words import msg

GENESIS = "0" * 64  # what the first event has for the hash of the one before
FIELDS = ("sequence", "at", "kind", "track", "part", "data", "previous", "hash")

_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|\+00:00)\Z"
)


def read_time(at: Any) -> datetime:
    """Read a time in UTC, such as 2026-03-01T09:30:00.000Z; raises LedgerError otherwise."""
    if isinstance(at, str) and _TIME.match(at):
        try:
            return datetime.fromisoformat(at).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    example = "2026-03-01T09:30:00.000Z"
    raise LedgerError(msg("ledger-error-time", value=shown(at), example=example))


@dataclass(frozen=True)
class Event:
    """What happened, when and where; `hash` covers all the other fields, `previous` included.

    Make one by `sealed` or `read`, which check it. `data` is not to be changed in place.
    """

    sequence: int
    at: str
    kind: str
    track: str
    part: int
    data: dict[str, Any]
    previous: str
    hash: str

    @classmethod
    def sealed(
        cls, sequence: int, at: str, kind: str, track: str, part: int, data: Any, previous: str
    ) -> Event:
        """Check the fields and seal them with their hash."""
        read_time(at)
        check_place(kind, track, part)
        # Through JSON and back: the event shares nothing with the caller and holds plain types.
        own = json.loads(canonical_json(data))
        check_data(kind, own)
        content = {
            "sequence": sequence,
            "at": at,
            "kind": kind,
            "track": track,
            "part": part,
            "data": own,
            "previous": previous,
        }
        return cls(**content, hash=digest(content))

    @classmethod
    def read(cls, table: Any, sequence: int, previous: str) -> Event:
        """Check an event as JSON gives it against its place in the chain.

        The hash is tested before the fields, so that an edit is called an edit whatever it wrote.
        """
        if not isinstance(table, dict):
            raise LedgerError(msg("ledger-error-event-shape", number=sequence, value=shown(table)))
        if sorted(table) != sorted(FIELDS):
            odd = sorted(set(table) ^ set(FIELDS))[0]
            values = {"number": sequence, "name": shown(odd), "fields": ", ".join(FIELDS)}
            if odd in FIELDS:
                raise LedgerError(msg("ledger-error-event-lacks", **values))
            raise LedgerError(msg("ledger-error-event-odd", **values))
        content = {name: value for name, value in table.items() if name != "hash"}
        try:
            computed = digest(content)
        except LedgerError as error:
            raise LedgerError(
                msg("ledger-error-event", number=sequence, reason=error.message)
            ) from None
        if table["hash"] != computed:
            raise ChainError(msg("ledger-error-changed", number=sequence))
        if content["sequence"] != sequence:
            said = shown(content["sequence"])
            raise ChainError(msg("ledger-error-moved", number=sequence, value=said))
        if content["previous"] != previous:
            raise ChainError(msg("ledger-error-broken", number=sequence))
        try:
            return cls.sealed(**content)
        except LedgerError as error:
            raise LedgerError(
                msg("ledger-error-event", number=sequence, reason=error.message)
            ) from None

    @property
    def content(self) -> dict[str, Any]:
        """What the student did, apart from its place in a chain."""
        return {name: getattr(self, name) for name in ("at", "kind", "track", "part", "data")}

    @cached_property
    def line(self) -> str:
        """The event as one line of canonical JSON."""
        return canonical_json({name: getattr(self, name) for name in FIELDS})
