"""The ledger: an append-only list of events, and the JSON document that it is kept in.

The chain of hashes shows an edit by hand or a damaged file. It is no signature: whoever writes a
program can compute a whole new chain. The document is text to be kept as it is: a JavaScript
reader that parses and rewrites it turns 1.0 into 1, and the hash no longer fits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labpy.state.ledger.errors import ChainError, LedgerError, shown
from labpy.state.ledger.event import GENESIS, Event
from labpy.state.ledger.rules import Seen, first_of_each, follow
from labpy.words import msg

FORMAT = "fleet-serving-lab-ledger"
SCHEMA = 1
MAX_BYTES = 2_000_000  # some 5,000 events; a browser's store holds 5 MB
MAX_DEPTH = 12  # a ledger itself nests five deep

# A string (closed or not), or a bracket: enough to see how deep a document nests.
_NESTING = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


@dataclass(frozen=True)
class Ledger:
    """What a student predicted, deployed, passed and wrote. Immutable: `append` gives a new one.

    Make one by `Ledger.new` or `Ledger.from_json`.
    """

    events: tuple[Event, ...] = ()

    @classmethod
    def new(cls, at: str, build: str, identity: str = "") -> Ledger:
        """Begin a ledger.

        Parameters
        ----------
        at
            The time now in UTC, such as ``2026-03-01T09:30:00.000Z``.
        build
            Which build of the lab writes it.
        identity
            A random text that tells two ledgers begun in the same instant apart.
        """
        return cls().append("started", "", 0, {"build": build, "identity": identity}, at)

    def append(self, kind: str, track: str, part: int, data: Mapping[str, Any], at: str) -> Ledger:
        """Give a ledger with one more event.

        Raises
        ------
        RuleError
            If the mission's rules refuse it, such as a second prediction of a part.
        LedgerError
            If a field is of the wrong form, or the ledger is full.
        """
        event = Event.sealed(len(self.events) + 1, at, kind, track, part, dict(data), self.head)
        follow(first_of_each(self.events), event)
        grown = Ledger((*self.events, event))
        if grown.size > MAX_BYTES:
            raise LedgerError(msg("ledger-error-full", most=MAX_BYTES))
        return grown

    @property
    def head(self) -> str:
        """The hash of the last event, which stands for the whole ledger."""
        return self.events[-1].hash if self.events else GENESIS

    @property
    def size(self) -> int:
        """Bytes of the document in UTF-8."""
        return len(self._wrap("")) + sum(len(each.line.encode()) + 2 for each in self.events) - 2

    def of(self, track: str, part: int) -> tuple[Event, ...]:
        """Give the events of one part, oldest first."""
        return tuple(each for each in self.events if (each.track, each.part) == (track, part))

    def latest(self, kind: str, track: str, part: int) -> Event | None:
        """Give the latest event of a kind in one part, or None."""
        found = [each for each in self.of(track, part) if each.kind == kind]
        return found[-1] if found else None

    def to_json(self) -> str:
        """Write the document: one event a line."""
        return self._wrap(",\n".join(each.line for each in self.events))

    def _wrap(self, lines: str) -> str:
        return (
            f'{{"format":"{FORMAT}","schema":{SCHEMA},"head":"{self.head}",'
            f'"events":[\n{lines}\n]}}\n'
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> Ledger:
        """Read a document, and hold it against the format, the chain and the mission's rules.

        Raises
        ------
        LedgerError
            With the reason, whatever the text is; `ChainError` if it is an edited ledger.
        """
        table = _foreign_refused(_parse(_decode(text)))
        if not isinstance(table["events"], list) or not table["events"]:
            raise LedgerError(msg("ledger-error-no-events"))
        events: list[Event] = []
        seen: Seen = {}
        for sequence, each in enumerate(table["events"], 1):
            event = Event.read(each, sequence, events[-1].hash if events else GENESIS)
            try:
                follow(seen, event)
            except LedgerError as error:
                raise type(error)(
                    msg("ledger-error-event", number=sequence, reason=error.message)
                ) from None
            events.append(event)
        ledger = cls(tuple(events))
        if table["head"] != ledger.head:
            raise ChainError(msg("ledger-error-cut-off"))
        return ledger


def _decode(text: str | bytes) -> str:
    """Give the text of a file, without a byte-order mark, if it is within the limit."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise LedgerError(msg("ledger-error-too-large", bytes=size, most=MAX_BYTES))
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError:
            raise LedgerError(msg("ledger-error-not-utf8")) from None
    return text.removeprefix("\ufeff")


def _parse(text: str) -> Any:
    """Parse JSON; unlike `json.loads` alone it refuses duplicate keys, NaN and deep nesting."""
    # Measured before parsing, since a deep document can exhaust the stack of a browser's engine.
    depth = 0
    for token in _NESTING.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            raise LedgerError(msg("ledger-error-too-deep", most=MAX_DEPTH))
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except LedgerError:
        raise
    except (ValueError, RecursionError) as error:
        raise LedgerError(msg("ledger-error-not-json", reason=str(error))) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise LedgerError(msg("ledger-error-key-twice", key=shown(key)))
        table[key] = value
    return table


def _no_constant(name: str) -> Any:
    raise LedgerError(msg("ledger-error-constant", name=name))


def _foreign_refused(table: Any) -> dict[str, Any]:
    """Tell a ledger from another file, and from one of a newer version."""
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise LedgerError(msg("ledger-error-foreign", format=repr(FORMAT)))
    schema = table.get("schema")
    if type(schema) is not int or schema < 1:
        raise LedgerError(msg("ledger-error-schema", value=shown(schema)))
    if schema > SCHEMA:
        raise LedgerError(msg("ledger-error-newer", schema=schema, reads=SCHEMA))
    expected = {"format", "schema", "head", "events"}
    if odd := sorted(set(table) ^ expected):
        if odd[0] in expected:
            raise LedgerError(msg("ledger-error-document-lacks", name=shown(odd[0])))
        raise LedgerError(msg("ledger-error-document-odd", name=shown(odd[0])))
    return table
