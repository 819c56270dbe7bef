"""The 10-Iteration Rule: each deployment spends one, is logged, and is told with its figures."""

from __future__ import annotations

import math
from typing import Any

from labpy.missions import Knob, MissionError, Part, Target
from labpy.scenarios import kept_scenario
from labpy.state.ledger import restored
from labpy.state.session import Session
from labpy.words import Listed, Value, amounts, msg, say


def since_restart(session: Session, part: int) -> list[dict[str, Any]]:
    """Give the data of the deployments of a part since it was last restarted, oldest first."""
    events = session.ledger.of(session.track, part)
    restarts = [i for i, event in enumerate(events) if event.kind == "restarted"]
    recent = events[restarts[-1] + 1 :] if restarts else events
    return [dict(event.data) for event in recent if event.kind == "deployed"]


def shown_settings(session: Session, part: int) -> dict[str, Any]:
    """Give the settings of the last deployment since the last restart, else the part's start.

    A setting that this build's dials do not take is their start.
    """
    mission, rows = session.mission(part), since_restart(session, part)
    deployed = rows[-1]["settings"] if rows else {}
    return _settings(mission, deployed)


def _settings(mission: Part, told: dict[str, Any]) -> dict[str, Any]:
    return {knob.key: _setting(knob, told.get(knob.key, knob.start)) for knob in mission.knobs}


def counted(session: Session, part: int) -> dict[str, Any] | None:
    """Give the data of the deployment that counts: the last that passed, else the last one."""
    rows = since_restart(session, part)
    met = [each for each in rows if each["passed"]]
    return (met or rows)[-1] if rows else None


def next_iteration(session: Session, part: int) -> int:
    """Give the number of the next deployment; MissionError when all are spent."""
    mission = session.mission(part)
    if not mission.iterations:
        raise MissionError(msg("deployments-none"))
    spent = len(since_restart(session, part))
    if spent >= mission.iterations:
        raise MissionError(msg("deployments-no-more", iterations=mission.iterations))
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
    return {
        "left": left,
        "of": mission.iterations,
        "columns": [
            say(msg("deployments-number")),
            say(msg("deployments-configuration")),
            *(reading.label for reading in mission.log),
            say(msg("deployments-targets")),
        ],
        "rows": [_row(mission, each) for each in rows],
        "verdict": say(_verdict(mission, rows, left)),
    }


def _row(mission: Part, data: dict[str, Any]) -> list[str]:
    unmade = kept_scenario(mission).unmade(_settings(mission, data["settings"]))
    values = [(each, _metric(data, each.metric)) for each in mission.log]
    readings = [
        say(unmade if unmade and math.isinf(value) else each.reading(value))
        for each, value in values
    ]
    verdict = msg("deployments-pass") if data["passed"] else msg("deployments-fail")
    settings = say(configuration(mission, data["settings"]))
    return [str(data["iteration"]), settings, *readings, say(verdict)]


def configuration(mission: Part, settings: dict[str, Any]) -> Value:
    """Tell settings as the knobs name them; advanced ones only where they are off their start."""
    told: Value = ""
    for knob in mission.knobs:
        value = _setting(knob, settings.get(knob.key, knob.start))
        if value != knob.start or not knob.advanced:
            one = msg("deployments-setting", dial=knob.label, value=knob.reading(value))
            told = msg("deployments-settings", before=told, after=one) if told else one
    return told


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


def _verdict(mission: Part, rows: list[dict[str, Any]], left: int) -> Value:
    if any(each["passed"] for each in rows):
        return msg("deployments-met")
    if left:
        return ""
    nearest = min(rows, key=lambda each: sum(_lack(t, each) for t in mission.targets))
    lacks = [
        msg("deployments-lack", target=target.label, lack=amounts.share(lack))
        if math.isfinite(lack)
        else target.label
        for target in mission.targets
        if (lack := _lack(target, nearest)) > 0
    ]
    return msg(
        "deployments-spent",
        iterations=mission.iterations,
        nearest=nearest["iteration"],
        lacks=Listed(tuple(lacks)),
    )


def _lack(target: Target, data: dict[str, Any]) -> float:
    """Give by which share of its limit a deployment missed a target; 0 if it met it."""
    value = _metric(data, target.metric)
    if target.passes(value):
        return 0.0
    if math.isnan(value):
        return math.inf
    return abs(value - target.limit) / abs(target.limit) if target.limit else abs(value)
