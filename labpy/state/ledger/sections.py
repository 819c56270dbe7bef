"""A ledger as headings and rows of plain text: the print view, and what Markdown is made of."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from labpy.missions import Knob, Part, Reading, Target
from labpy.state.ledger.document import Ledger
from labpy.state.ledger.progress import (
    Missions,
    PartProgress,
    Summary,
    TrackProgress,
    summary,
)
from labpy.state.ledger.quantities import restored
from labpy.words import Amount, Listed, Message, Value, amounts, msg, say

YES, NO, NOTHING = msg("ledger-yes"), msg("ledger-no"), msg("ledger-nothing")
STATES = {
    "untouched": msg("ledger-state-untouched"),
    "predicted": msg("ledger-state-predicted"),
    "working": msg("ledger-state-working"),
    "passed": msg("ledger-state-passed"),
    "checkpointed": msg("ledger-state-checkpointed"),
}
CONFIDENCE = {
    "guess": msg("ledger-confidence-guess"),
    "fairly": msg("ledger-confidence-fairly"),
    "certain": msg("ledger-confidence-certain"),
}
MISSING = {
    "prediction": "ledger-missing-prediction",
    "outcome": "ledger-missing-outcome",
    "reflection": "ledger-missing-reflection",
    "defence": "ledger-missing-defence",
    "checkpoint": "ledger-missing-checkpoint",
}
Rows = list[tuple[Value, Value]]


class Section(NamedTuple):
    """A heading with its rows, each a label and a text; `level` is the heading's, from 1 to 3.

    The texts are as typed: they go to the page as text nodes, never as HTML.
    """

    heading: str
    rows: tuple[tuple[str, str], ...]
    level: int


def print_view(ledger: Ledger, missions: Missions) -> list[Section]:
    """Lay a ledger out for print: the whole, then each track, each with its parts if begun."""
    told = summary(ledger, missions)
    sections = [_section(msg("ledger-title"), _whole(told), 1)]
    for track in told.tracks:
        sections.append(_section(track.name, _track(track), 2))
        if track.begun:
            sections.extend(_part(part) for part in track.parts)
    return sections


def _section(heading: Value, rows: Rows, level: int) -> Section:
    return Section(say(heading), tuple((say(label), say(text)) for label, text in rows), level)


def _whole(told: Summary) -> Rows:
    return [
        *([(msg("ledger-name"), told.name)] if told.name else []),
        (msg("ledger-complete"), YES if told.complete else NO),
        (msg("ledger-begun"), _time(told.begun_at)),
        (msg("ledger-last"), _time(told.last_at)),
        (msg("ledger-events"), told.events),
        (msg("ledger-build"), told.build or NOTHING),
        (msg("ledger-head"), told.head),
    ]


def _challenges(part: PartProgress) -> Rows:
    if part.mission is None or not part.mission.challenges:
        return []
    known = {each.key for each in part.mission.challenges}
    met = len(known & set(part.challenges))
    return [(msg("ledger-challenges"), msg("ledger-challenges-met", met=met, all=len(known)))]


def _met(part: PartProgress) -> Value:
    """Tell whether the targets were ever met, and if so whether the final settings meet them."""
    if not part.passed:
        return NO
    return msg("ledger-met-before") if part.targets_missed else YES


def _track(track: TrackProgress) -> Rows:
    if not track.begun:
        return [*_assigned(track), (msg("ledger-state"), STATES["untouched"])]
    return [*_assigned(track), (msg("ledger-complete"), YES if track.complete else NO)]


def _assigned(track: TrackProgress) -> Rows:
    """Tell the assignment: its parts, its limits, its end, and the word of its link."""
    told = track.assigned
    if told is None:
        return []
    missions = {part.part: part.mission for part in track.parts if part.mission}
    limits = [
        msg("ledger-assigned-limit", part=number, label=target.label, bound=target.bound)
        for number, pairs in sorted(told.limits.items())
        for target in (missions[number].targets if number in missions else ())
        if target.key in dict(pairs)
    ]
    return [
        (msg("ledger-assigned"), Listed(tuple(amounts.count(each) for each in told.parts))),
        *([(msg("ledger-assigned-limits"), _joined(limits))] if limits else []),
        *([(msg("ledger-assigned-due"), _time(told.due))] if told.due else []),
        (msg("ledger-assigned-code"), told.code),
    ]


def _part(part: PartProgress) -> Section:
    """Tell a part: once begun, each field has its row, whether it is there or not."""
    title = part.mission.title if part.mission else part.track
    off_by = NOTHING if part.off_by is None else amounts.factor(part.off_by)
    state = (msg("ledger-state"), STATES[part.state])
    missing = (msg("ledger-missing"), _missing(part))
    rows = [
        state,
        (msg("ledger-prediction"), _prediction(part)),
        *_sureness(part),
        (msg("ledger-outcome"), _outcome(part)),
        (msg("ledger-off-by"), off_by),
        *([(msg("ledger-early"), YES)] if part.early else []),
        (msg("ledger-targets-met"), _met(part)),
        *_challenges(part),
        (msg("ledger-deployments"), len(part.deployments)),
        (msg("ledger-restarts"), part.restarts),
        *_deployments(part),
        (msg("ledger-settings"), settings_told(part.settings, part.mission)),
        (msg("ledger-metrics"), _metrics(part.metrics, part.mission)),
        (msg("ledger-reflection"), part.reflection or NOTHING),
        *([(msg("ledger-from-page"), YES)] if part.from_page else []),
        (msg("ledger-defence"), part.defence or NOTHING),
        (msg("ledger-begun"), _time(part.begun_at)),
        (msg("ledger-passed-at"), _time(part.passed_at)),
        (msg("ledger-checkpointed-at"), _time(part.checkpointed_at)),
        missing,
    ]
    heading = msg("ledger-part", number=part.part, title=title)
    return _section(heading, [state, missing] if part.state == "untouched" else rows, 3)


def _prediction(part: PartProgress) -> Value:
    if part.predicted is None:
        return NOTHING
    kind = part.mission.lock.quantity if part.mission else "number"
    amount = amounts.chosen(part.predicted, kind)
    if part.label in ("", say(amount)):
        return amount
    return msg("ledger-predicted", label=part.label, amount=amount)


def _sureness(part: PartProgress) -> Rows:
    """Give how sure the student was and why, where they said so."""
    rows: Rows = []
    if part.confidence:
        rows.append((msg("ledger-confidence"), CONFIDENCE[part.confidence]))
    if part.why:
        rows.append((msg("ledger-why"), part.why))
    return rows


def _outcome(part: PartProgress) -> Value:
    if part.actual is None:
        return NOTHING
    return part.mission.lock.outcome(part.actual) if part.mission else amounts.number(part.actual)


def _deployments(part: PartProgress) -> Rows:
    """Give a row for each deployment: met or not, its settings, its metrics."""
    rows: Rows = []
    for number, data in enumerate(part.deployments, 1):
        label = msg("ledger-deployment", number=number, iteration=data["iteration"])
        told = msg(
            "ledger-deployed",
            met=YES if data["passed"] else NO,
            settings=settings_told(data["settings"], part.mission),
            metrics=_metrics(data["metrics"], part.mission),
        )
        rows.append((label, told))
    return rows


def _time(at: str) -> Value:
    """Tell a recorded time to the second; the JSON and the CSV have it as it was recorded."""
    return msg("ledger-time", time=at[:19].replace("T", " ")) if at else NOTHING


def _missing(part: PartProgress) -> Value:
    return _named(part, part.missing)


def unsaved(part: PartProgress) -> Value:
    """Name what a part misses before a checkpoint; "" if nothing."""
    return _named(part, part.unsaved) if part.unsaved else ""


def _named(part: PartProgress, fields: tuple[str, ...]) -> Value:
    values = {"minimum": part.minimum_characters}
    return _joined(Message(MISSING[each], values) for each in fields)


def settings_told(settings: dict[str, Any], mission: Part | None) -> Value:
    """Tell the settings in the order of the part's knobs, then any that it doesn't have."""
    knobs = {knob.key: knob for knob in mission.knobs} if mission else {}
    order = [key for key in knobs if key in settings] + [
        key for key in settings if key not in knobs
    ]
    return _joined(_setting(key, settings[key], knobs.get(key)) for key in order)


def _setting(key: str, value: Any, knob: Knob | None) -> Value:
    if knob is None:
        return msg("ledger-named", name=key, value=_bare(value))
    return msg("ledger-named", name=knob.label, value=_knob_value(knob, value))


def _knob_value(knob: Knob, value: Any) -> Value:
    """Tell a knob's value; as it is if it's of a kind that this version's knob doesn't take."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    slides = knob.kind in ("float", "int") and number and math.isfinite(value)
    if slides or (knob.kind == "switch" and isinstance(value, bool)):
        return knob.reading(value)
    if knob.kind == "choice" and not isinstance(value, bool) and value in knob.choices:
        return knob.reading(value)
    return _bare(value)


def _metrics(metrics: dict[str, Any], mission: Part | None) -> Value:
    """Tell the metrics as the lights and the log do, in their order, then others by their key."""
    known: dict[str, Target | Reading] = {}
    if mission:
        known = {each.metric: each for each in (*mission.targets, *mission.log)}
        known |= {each.metric: each for each in mission.targets}
    order = [key for key in known if key in metrics] + [key for key in metrics if key not in known]
    return _joined(_metric(key, restored(metrics[key]), known) for key in order)


def _metric(key: str, value: Any, known: dict[str, Target | Reading]) -> Value:
    if key in known and isinstance(value, int | float) and not isinstance(value, bool):
        return msg("ledger-named", name=known[key].label, value=known[key].reading(value))
    return msg("ledger-named", name=key, value=_bare(value))


def _joined(told: Iterable[Value]) -> Value:
    joined: Value | None = None
    for each in told:
        joined = each if joined is None else msg("ledger-joined", before=joined, after=each)
    return NOTHING if joined is None else joined


def _bare(value: Any) -> Value:
    """Tell a value of which nothing is known."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return YES if value else NO
    return Amount(float(value)) if isinstance(value, int | float) else value
