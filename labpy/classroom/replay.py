"""Computes every recorded outcome anew from its settings, and says where a ledger differs.

The chain of hashes shows an edit by hand. Whoever writes a program can compute a whole new chain;
but the models are deterministic, so what a ledger says of its settings can be tried again. Whether
the student turned the dials can't be known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from labpy.missions import MissionError, Part, load_part, load_track, read_assignment
from labpy.scenarios import Outcome, kept_scenario
from labpy.state.ledger import (
    Assigned,
    Event,
    Ledger,
    data_of,
    identity_of,
    off_by,
    plain,
    read_data,
    restored,
    with_limits_of,
)
from labpy.state.ledger.event import read_time
from labpy.words import Message, language, msg

MATCHES, DIFFERS, IMPOSSIBLE, OTHER_BUILD = "matches", "differs", "impossible", "other-build"
# Pyodide and a desktop round the last bits of exp and log differently, and a simulation may carry
# that on; measured over all parts it stays under 1e-9. A forged figure is off by far more.
TOLERANCE = 1e-6
# A computer's clock may be set back a little by its time server; an assumption.
CLOCK_SLACK_S = 120.0
WITH_OUTCOME = ("deployed", "passed", "checkpointed", "challenge")


@dataclass(frozen=True)
class Finding:
    """One thing that doesn't fit: the number of its event, whether it can't be at all, and why."""

    event: int
    impossible: bool
    reason: Message


@dataclass(frozen=True)
class Replay:
    """What came of computing a ledger anew.

    Attributes
    ----------
    verdict : "matches", "differs", "impossible" or "other-build": figures differ, but another
        build of the lab wrote them.
    findings : what doesn't fit, in the ledger's order.
    computed : how many outcomes were computed anew.
    """

    verdict: str
    findings: tuple[Finding, ...] = ()
    computed: int = 0


def replay(ledger: Ledger, build: str | None = None) -> Replay:
    """Compute anew what a ledger tells of each setting.

    Parameters
    ----------
    ledger : one whose chain holds.
    build : this lab's; None if it isn't known, as on a command line. Figures that differ are then
        never laid to another build.
    """
    found = [*_backwards(ledger), *_order(ledger)]
    computed = 0
    assigned: dict[str, Assigned] = {}
    for event in ledger.events:
        if event.kind == "assigned":
            found += _assignment(event, identity_of(ledger))
            assigned[event.data["track"]] = read_data(event.data)
        elif event.kind in WITH_OUTCOME:
            computed += 1
            found += _outcome(event, assigned.get(event.track))
        elif event.kind == "predicted":
            found += _prediction(event)
        elif event.kind == "revealed":
            found += _reveal(event)
    found.sort(key=lambda each: each.event)
    return Replay(_verdict(found, ledger, build), tuple(found), computed)


def _verdict(found: list[Finding], ledger: Ledger, build: str | None) -> str:
    if any(each.impossible for each in found):
        return IMPOSSIBLE
    if not found:
        return MATCHES
    wrote = ledger.events[0].data["build"]
    return DIFFERS if build is None or wrote == build else OTHER_BUILD


def _backwards(ledger: Ledger) -> Iterator[Finding]:
    """Find where time runs backwards; what another tab added later keeps its own times."""
    latest = None
    for event in ledger.events:
        if event.kind == "merged":
            latest = None
            continue
        at = read_time(event.at)
        if latest and (latest - at).total_seconds() > CLOCK_SLACK_S:
            yield Finding(event.sequence, True, msg("replay-backwards", at=event.at))
        latest = max(latest or at, at)


def _order(ledger: Ledger) -> Iterator[Finding]:
    """Find passes that nothing before them made, and iterations that a part does not have."""
    spent: dict[tuple[str, int], int] = {}
    met: set[tuple[str, int]] = set()
    for event in ledger.events:
        place = (event.track, event.part)
        mission = _mission(event)
        if mission is None or not mission.iterations:
            continue
        if event.kind == "restarted":
            spent[place] = 0
        elif event.kind == "deployed":
            spent[place] = spent.get(place, 0) + 1
            if event.data["passed"]:
                met.add(place)
            if spent[place] > mission.iterations:
                most = mission.iterations
                yield Finding(event.sequence, True, msg("replay-too-many", most=most))
        elif event.kind == "passed" and place not in met:
            yield Finding(event.sequence, True, msg("replay-pass-undeployed"))


def _mission(event: Event) -> Part | None:
    """Give the part that an event belongs to; None for one that this build doesn't have."""
    return _part(event.track, event.part, language())


@lru_cache(maxsize=256)  # ledgers may name any track, and looking for one reads a folder
def _part(track: str, number: int, _language: str) -> Part | None:
    try:
        return load_part(track, number) if number in load_track(track).parts else None
    except MissionError:
        return None


def _assignment(event: Event, identity: str) -> Iterator[Finding]:
    """Hold an assignment against its own link; one that this build can't read may be newer."""
    try:
        told = data_of(read_assignment(event.data["code"]), identity)
    except MissionError:
        yield Finding(event.sequence, False, msg("replay-assignment-unknown"))
        return
    if told != event.data:
        yield Finding(event.sequence, True, msg("replay-assignment"))


def _outcome(event: Event, told_limits: Assigned | None) -> Iterator[Finding]:
    mission = _mission(event)
    if mission is None:
        yield Finding(event.sequence, False, msg("replay-no-part"))
        return
    mission = with_limits_of(told_limits, mission)
    try:
        settings = _settings(mission, event.data["settings"])
    except MissionError as error:
        yield Finding(event.sequence, True, msg("replay-settings", reason=str(error)))
        return
    told = event.data["metrics"]
    says_passed = event.data.get("passed", True if event.kind == "passed" else None)
    met = all(
        target.metric in told and target.passes(_number(told[target.metric]))
        for target in mission.targets
    )
    if says_passed and not met:
        yield Finding(event.sequence, True, msg("replay-pass-is-none"))
    metrics = _computed(event.track, event.part, tuple(sorted(settings.items())))
    passes = Outcome(metrics={k: _number(v) for k, v in metrics.items()}, pictures={}).passes(
        mission
    )
    for name, value in told.items():
        if name in metrics and not _close(_number(value), _number(metrics[name])):
            values = {"metric": name, "told": str(value), "computed": str(metrics[name])}
            yield Finding(event.sequence, False, msg("replay-metric", **values))
            return  # one figure says it
    if says_passed not in (None, passes):
        yield Finding(event.sequence, False, msg("replay-verdict"))


def _settings(mission: Part, told: dict[str, Any]) -> dict[str, Any]:
    """Give settings as the dials have them.

    Raises
    ------
    MissionError
        For a dial that is missing or unknown, and for a value that it can't have.
    """
    keys = {knob.key for knob in mission.knobs}
    if odd := sorted(keys ^ set(told)):
        raise MissionError(msg("replay-dials", dial=odd[0]))
    return {knob.key: knob.parse(str(told[knob.key])) for knob in mission.knobs}


@lru_cache(maxsize=20_000)
def _computed(track: str, number: int, settings: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Evaluate a part; students of a class often try the same settings, limits or not."""
    outcome = kept_scenario(load_part(track, number)).quickly(dict(settings))
    return plain(dict(outcome.metrics))


def _prediction(event: Event) -> Iterator[Finding]:
    mission = _mission(event)
    if mission is None:
        return
    try:
        implied = mission.lock.implied(event.data["answer"])
    except MissionError as error:
        yield Finding(event.sequence, True, msg("replay-answer", reason=str(error)))
        return
    if not _close(event.data["implies"], implied):
        told, computed = str(event.data["implies"]), str(implied)
        yield Finding(event.sequence, False, msg("replay-implies", told=told, computed=computed))


def _reveal(event: Event) -> Iterator[Finding]:
    predicted, actual, told = (
        _number(event.data[name]) for name in ("predicted", "actual", "off_by")
    )
    if not _close(told, off_by(predicted, actual)):
        yield Finding(event.sequence, True, msg("replay-off-by"))
    mission = _mission(event)
    if mission is None:
        return
    truth = _truth(event.track, event.part)
    if not _close(actual, truth):
        values = {"told": str(event.data["actual"]), "computed": str(plain(truth))}
        yield Finding(event.sequence, False, msg("replay-truth", **values))


@lru_cache(maxsize=64)
def _truth(track: str, number: int) -> float:
    return float(kept_scenario(load_part(track, number)).truth().value)


def _number(value: Any) -> float:
    """Give a metric as a number; NaN for what is none."""
    value = restored(value)
    return float(value) if isinstance(value, int | float) else math.nan


def _close(told: float, computed: float) -> bool:
    if math.isnan(told) or math.isnan(computed):
        return math.isnan(told) and math.isnan(computed)
    return math.isclose(told, computed, rel_tol=TOLERANCE, abs_tol=1e-12)
