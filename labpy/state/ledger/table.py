"""A ledger as CSV, one row a part, in which no cell can become a spreadsheet's formula."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from labpy.state.ledger.document import Ledger
from labpy.state.ledger.progress import Missions, PartProgress, summary
from labpy.state.ledger.quantities import plain
from labpy.state.ledger.text import readable_lines

COLUMNS = (
    "name",
    "track",
    "part",
    "title",
    "state",
    "prediction",
    "confidence",
    "why",
    "predicted",
    "actual",
    "off_by",
    "early_reveal",
    "unit",
    "passed",
    "deployments",
    "restarts",
    "challenges",
    "settings",
    "metrics",
    "reflection",
    "defence",
    "begun_at",
    "passed_at",
    "checkpointed_at",
    "last_at",
    "missing",
    "head",
)

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")
# What Excel, LibreOffice or Google's take for the start of a formula, their wide twins included.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def to_csv(ledger: Ledger, missions: Missions) -> str:
    """Write a ledger as CSV with the header `COLUMNS`; lines end as RFC 4180 has it, in CR LF."""
    return write_csv(COLUMNS, rows(ledger, missions))


def rows(ledger: Ledger, missions: Missions) -> list[dict[str, Any]]:
    """Give a row for each part of each track, begun or not, keyed by `COLUMNS`."""
    told = summary(ledger, missions)
    return [_row(part) | {"name": told.name, "head": told.head} for part in told.parts]


def write_csv(columns: tuple[str, ...], table: list[dict[str, Any]]) -> str:
    """Write rows under a header, each cell made safe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in table:
        writer.writerow([safe_cell(row[column]) for column in columns])
    return out.getvalue()


def safe_cell(value: Any) -> str:
    """Write a cell: a number as it is, a text that a spreadsheet would run after an apostrophe."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = "\n".join(readable_lines(str(value)))
    if _FORMULA.match(text) and not _PLAIN_NUMBER.match(text):
        return "'" + text
    return text


def _row(part: PartProgress) -> dict[str, Any]:
    mission = part.mission
    return {
        "track": part.track,
        "part": part.part,
        "title": mission.title if mission else "",
        "state": part.state,
        "prediction": part.label,
        "confidence": part.confidence,
        "why": part.why,
        "predicted": part.predicted,
        "actual": part.actual,
        "off_by": part.off_by,
        "early_reveal": part.early,
        "unit": mission.lock.quantity if mission else "",
        "passed": part.passed,
        "deployments": len(part.deployments),
        "restarts": part.restarts,
        "challenges": "; ".join(part.challenges),
        "settings": _pairs(part.settings),
        "metrics": _pairs(part.metrics),
        "reflection": part.reflection,
        "defence": part.defence,
        "begun_at": part.begun_at,
        "passed_at": part.passed_at,
        "checkpointed_at": part.checkpointed_at,
        "last_at": part.last_at,
        "missing": "; ".join(part.missing),
    }


def _pairs(values: dict[str, Any]) -> str:
    return "; ".join(f"{key}={safe_cell(value)}" for key, value in values.items())
