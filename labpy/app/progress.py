"""How far a student has come, as the page shows it beside each part and in the ledger."""

from __future__ import annotations

from typing import Any

from labpy.missions import all_missions, load_part, load_track
from labpy.state.ledger import Ledger, part_progress, print_view, unsaved
from labpy.words import msg, say

STATES = ("open", "predicted", "passed", "checkpointed")
"""How far a part has come, in this order: what a page around the lab is told, too."""


def parts_progress(ledger: Ledger, track: str) -> dict[str, dict[str, str]]:
    """Give what a ledger holds of each part of a track, by the part's number."""
    return {str(number): _progress(ledger, track, number) for number in load_track(track).parts}


def _progress(ledger: Ledger, track: str, number: int) -> dict[str, str]:
    told = part_progress(ledger, track, number, load_part(track, number))
    latest = {event.kind: event.data for event in ledger.of(track, number)}
    return {
        "prediction": latest.get("predicted", {}).get("answer", ""),
        "reflection": latest.get("reflected", {}).get("text", ""),
        "defence": latest.get("defended", {}).get("text", ""),
        "missing": say(unsaved(told)),
        "from_page": say(msg("reflection-from-page")) if told.from_page else "",
        "state": next((each for each in reversed(STATES) if each in latest), STATES[0]),
    }


def ledger_view(ledger: Ledger) -> list[dict[str, Any]]:
    """Give the ledger as it is read and printed, a table for each section."""
    return [
        {"heading": each.heading, "level": each.level, "rows": each.rows}
        for each in print_view(ledger, all_missions())
    ]


def evidence(view: list[dict[str, Any]], track: str) -> list[int]:
    """Give the places in a view of a track's parts, which stand beside the defence."""
    name = load_track(track).name
    levels = [section["level"] for section in view]
    begin = next(i for i, each in enumerate(view) if each["level"] == 2 and each["heading"] == name)
    end = next((i for i in range(begin + 1, len(view)) if levels[i] <= 2), len(view))
    return list(range(begin + 1, end))
