"""The 10-Iteration Rule: each deployment spends one, is logged, and is told with its figures."""

from __future__ import annotations

import math
from typing import Any

from labpy.instruments.units import number, percent
from labpy.missions import Knob, MissionError, Part, Target
from labpy.state.ledger import restored
from labpy.state.session import Session


def since_restart(session: Session, part: int) -> list[dict[str, Any]]:
    """Give the data of the deployments of a part since it was last restarted, oldest first."""
    events = session.ledger.of(session.track, part)
    restarts = [i for i, event in enumerate(events) if event.kind == "restarted"]
    recent = events[restarts[-1] + 1 :] if restarts else events
    return [dict(event.data) for event in recent if event.kind == "deployed"]


def next_iteration(session: Session, part: int) -> int:
    """Give the number of the next deployment; MissionError when all are spent."""
    mission = session.mission(part)
    if not mission.iterations:
        raise MissionError("this part has no deployments: its knobs act at once")
    spent = len(since_restart(session, part))
    if spent >= mission.iterations:
        raise MissionError(
            f"all {mission.iterations} iterations are spent; restart the part to try again "
            "(the restart stands in your ledger)"
        )
    return spent + 1


def passed(session: Session, part: int) -> bool:
    """Tell whether a deployment since the last restart met every target."""
    return any(each["passed"] for each in since_restart(session, part))


def as_facts(session: Session, part: int) -> dict[str, Any] | None:
    """Give the log as the page shows it, or None for a part without the rule."""
    mission = session.mission(part)
    if not mission.iterations:
        return None
    rows = since_restart(session, part)
    left = max(0, mission.iterations - len(rows))
    columns = [f"{r.label} ({r.unit})" if r.unit else r.label for r in mission.log]
    return {
        "left": left,
        "of": mission.iterations,
        "columns": ["No.", "Configuration", *columns, "Targets"],
        "rows": [_row(mission, each) for each in rows],
        "verdict": _verdict(mission, rows, left),
    }


def _row(mission: Part, data: dict[str, Any]) -> list[str]:
    readings = [number(_metric(data, r.metric) * r.shown_factor) for r in mission.log]
    verdict = "Pass" if data["passed"] else "Fail"
    return [str(data["iteration"]), configuration(mission, data["settings"]), *readings, verdict]


def configuration(mission: Part, settings: dict[str, Any]) -> str:
    """Write settings as the knobs name them: only those off their start, or 'as it starts'."""
    said = []
    for knob in mission.knobs:
        value = _setting(knob, settings.get(knob.key, knob.start))
        if value != knob.start or not knob.advanced:
            said.append(f"{knob.label} {knob.shown(value)}{' ' + knob.unit if knob.unit else ''}")
    return ", ".join(said)


def _setting(knob: Knob, value: Any) -> Any:
    """Give a setting as the knob has it; its start for one that another build's knob took."""
    try:
        return knob.parse(str(value))
    except MissionError:
        return knob.start


def _metric(data: dict[str, Any], key: str) -> float:
    """Give a deployment's metric; NaN if the build that wrote it had none of that name."""
    value = restored(data["metrics"].get(key))
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if known else math.nan


def _verdict(mission: Part, rows: list[dict[str, Any]], left: int) -> str:
    if any(each["passed"] for each in rows):
        return "A deployment met every target."
    if left:
        return ""
    nearest = min(rows, key=lambda each: sum(_lack(t, each) for t in mission.targets))
    lacks = [
        f"{target.label} by {percent(lack)}" if math.isfinite(lack) else target.label
        for target in mission.targets
        if (lack := _lack(target, nearest)) > 0
    ]
    return (
        f"All {mission.iterations} iterations are spent. The nearest was number "
        f"{nearest['iteration']}; it missed {' and '.join(lacks)}."
    )


def _lack(target: Target, data: dict[str, Any]) -> float:
    """Give by which share of its limit a deployment missed a target; 0 if it met it."""
    value = _metric(data, target.metric)
    if target.passes(value):
        return 0.0
    if math.isnan(value):
        return math.inf
    return abs(value - target.limit) / abs(target.limit) if target.limit else abs(value)
