"""How far a student has come, as the page shows it beside each part and in the defence."""

from __future__ import annotations

from typing import Any

from labpy.missions import all_missions, load_part, load_track
from labpy.state.ledger import Ledger, Section, print_view


def parts_progress(ledger: Ledger, track: str) -> dict[str, dict[str, Any]]:
    """Give what a ledger holds of each part of a track, by the part's number."""
    return {str(number): _progress(ledger, track, number) for number in load_track(track).parts}


def _progress(ledger: Ledger, track: str, number: int) -> dict[str, Any]:
    def latest(kind: str) -> dict[str, Any]:
        event = ledger.latest(kind, track, number)
        return event.data if event else {}

    return {
        "prediction": latest("predicted").get("answer", ""),
        "reflection": latest("reflected").get("text", ""),
        "defence": latest("defended").get("text", ""),
        "revealed": bool(latest("revealed")),
        "passed": bool(latest("passed")),
        "checkpointed": bool(latest("checkpointed")),
    }


def whole_view(ledger: Ledger) -> list[dict[str, Any]]:
    """Give the ledger as it is read and printed."""
    return [_as_facts(each) for each in print_view(ledger, all_missions())]


def evidence(ledger: Ledger, track: str) -> list[dict[str, Any]]:
    """Give what the ledger holds of a track's parts, to stand beside the defence."""
    parts = [load_part(track, number) for number in load_track(track).parts]
    shown = print_view(ledger, [(load_track(track), parts)])
    return [_as_facts(each) for each in shown if each.level > 2]


def _as_facts(section: Section) -> dict[str, Any]:
    return {"heading": section.heading, "level": section.level, "rows": section.rows}
