"""A ledger as headings and rows of plain text: the print view, and what Markdown is made of."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from labpy.missions.schema import Knob, Part
from labpy.state.ledger.document import Ledger
from labpy.state.ledger.progress import (
    Missions,
    PartProgress,
    Summary,
    TrackProgress,
    summary,
)
from labpy.state.ledger.quantities import restored
from labpy.state.ledger.words import Words, load_words


class Section(NamedTuple):
    """A heading with its rows, each a label and a text; `level` is the heading's, from 1 to 3.

    The texts are as typed: they go to the page as text nodes, never as HTML.
    """

    heading: str
    rows: tuple[tuple[str, str], ...]
    level: int


def print_view(ledger: Ledger, missions: Missions) -> list[Section]:
    """Lay a ledger out for print: the whole, then each track, each with its parts if begun."""
    words = load_words()
    told = summary(ledger, missions)
    sections = [Section(words.title, tuple(_whole(told, words)), 1)]
    for track in told.tracks:
        sections.append(Section(track.name, tuple(_track(track, words)), 2))
        if track.begun:
            sections.extend(_part(part, words) for part in track.parts)
    return sections


def _whole(told: Summary, words: Words) -> list[tuple[str, str]]:
    return [
        (words.complete, words.yes if told.complete else words.no),
        (words.begun, _time(told.begun_at, words)),
        (words.last, _time(told.last_at, words)),
        (words.events, str(told.events)),
        (words.build, told.build or words.nothing),
        (words.head, told.head),
    ]


def _track(track: TrackProgress, words: Words) -> list[tuple[str, str]]:
    if not track.begun:
        return [(words.state, words.states["untouched"])]
    return [(words.complete, words.yes if track.complete else words.no)]


def _part(part: PartProgress, words: Words) -> Section:
    """Tell a part: once begun, each field has its row, whether it is there or not."""
    unit = part.mission.lock.unit if part.mission else ""
    title = part.mission.title if part.mission else part.track
    heading = words.part.format(number=part.part, title=title)
    prediction = words.nothing
    if part.predicted is not None:
        value = _quantity(part.predicted, unit, words)
        prediction = value if part.label in ("", value) else f"{part.label} ({value})"
    off_by = words.nothing
    if part.off_by is not None:
        off_by = words.times.format(factor=_quantity(part.off_by, "", words))
    rows = [
        (words.state, words.states[part.state]),
        (words.prediction, prediction),
        (words.outcome, _quantity(part.actual, unit, words)),
        (words.off_by, off_by),
        (words.targets_met, words.yes if part.passed else words.no),
        (words.deployments, str(len(part.deployments))),
        (words.restarts, str(part.restarts)),
        *_deployments(part, words),
        (words.settings, _settings(part.settings, part.mission, words)),
        (words.metrics, _metrics(part.metrics, words)),
        (words.reflection, part.reflection or words.nothing),
        (words.defence, part.defence or words.nothing),
        (words.begun, _time(part.begun_at, words)),
        (words.passed_at, _time(part.passed_at, words)),
        (words.checkpointed_at, _time(part.checkpointed_at, words)),
        (words.missing, _missing(part, words)),
    ]
    if part.state == "untouched":
        rows = [rows[0], rows[-1]]
    return Section(heading, tuple(rows), 3)


def _deployments(part: PartProgress, words: Words) -> list[tuple[str, str]]:
    """Give a row for each deployment: met or not, its settings, its metrics."""
    rows = []
    for number, data in enumerate(part.deployments, 1):
        label = words.deployment.format(number=number, iteration=data["iteration"])
        met = f"{words.targets_met}: {words.yes if data['passed'] else words.no}"
        settings = _settings(data["settings"], part.mission, words)
        rows.append((label, f"{met}. {settings}. {_metrics(data['metrics'], words)}."))
    return rows


def _time(at: str, words: Words) -> str:
    """Say a recorded time to the second; the JSON and the CSV have it as it was recorded."""
    return f"{at[:19].replace('T', ' ')} UTC" if at else words.nothing


def _missing(part: PartProgress, words: Words) -> str:
    named = [words.fields[each].format(minimum=part.minimum_characters) for each in part.missing]
    return "; ".join(named) or words.nothing


def _settings(settings: dict[str, Any], mission: Part | None, words: Words) -> str:
    """Say the settings in the order of the part's knobs, then any that it doesn't have."""
    knobs = {knob.key: knob for knob in mission.knobs} if mission else {}
    order = [key for key in knobs if key in settings] + [
        key for key in settings if key not in knobs
    ]
    said = [_setting(key, settings[key], knobs.get(key), words) for key in order]
    return "; ".join(said) or words.nothing


def _setting(key: str, value: Any, knob: Knob | None, words: Words) -> str:
    if knob is None:
        return f"{key} {_quantity(value, '', words)}"
    if knob.choice_labels and value in knob.choices:
        return f"{knob.label} {knob.choice_labels[knob.choices.index(value)]}"
    return f"{knob.label} {_quantity(value, knob.unit, words)}"


def _metrics(metrics: dict[str, Any], words: Words) -> str:
    said = [f"{key} {_quantity(restored(value), '', words)}" for key, value in metrics.items()]
    return "; ".join(said) or words.nothing


def _quantity(value: Any, unit: str, words: Words) -> str:
    """Say a value with its unit: numbers to six digits, which no model here exceeds."""
    if value is None:
        return words.nothing
    if isinstance(value, bool):
        return words.yes if value else words.no
    if isinstance(value, float) and math.isinf(value):
        return words.unbounded
    said = f"{value:.6g}" if isinstance(value, int | float) else value
    return f"{said} {unit}" if unit else said
