"""Files as a class hands them in, sound and not: what both the room and its page must class."""

from __future__ import annotations

import json
from typing import Any

from labpy.state.ledger import MAX_BYTES, Ledger
from tests.classroom.test_replay import forged


def made_up(fields: dict[str, Any]) -> None:
    """Forge an event: every metric becomes 0.001."""
    if "metrics" in fields["data"]:
        fields["data"]["metrics"] = dict.fromkeys(fields["data"]["metrics"], 0.001)


def edited(ledger: Ledger) -> bytes:
    """Change a text by hand, after the lab had sealed it."""
    told = json.loads(ledger.to_json())
    reflected = next(each for each in told["events"] if each["kind"] == "reflected")
    reflected["data"]["text"] = "Written later by hand, after the lab had sealed the entry."
    return json.dumps(told).encode()


def odd_files(ledger: Ledger, other: Ledger) -> dict[str, bytes]:
    """Give a copy of the one, what is wrong with it, the other as UTF-16, and what is no ledger."""
    whole = ledger.to_json().encode()
    return {
        "utf-16.json": other.to_json().encode("utf-16"),
        "copy of ada.json": whole,
        "damaged.json": whole[: len(whole) // 2],
        "edited.json": edited(ledger),
        "forged.json": forged(ledger, made_up).to_json().encode(),
        "empty.json": b"",
        "foreign.json": b'{"grades": [1, 2, 3]}',
        "huge.json": b" " * (MAX_BYTES + 1),
    }
