"""The teacher's pages: answer keys whose every figure the models compute while the site is built.

The words lie in ``missions/<track>/teach.toml`` and ``missions/teach/``. They never go into the
archive that the browser unpacks. A text may hold readings, such as ``{winning.latency}``: the
target ``latency`` (or a metric) of the trial ``winning``, written as the workbench writes it.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from buildlib.errors import BuildError
from buildlib.paths import TEACHERS_FILE, TEACHERS_FOLDER
from labpy.instruments.units import number
from labpy.missions import (
    MissionError,
    Part,
    Target,
    Track,
    load_part,
    load_track,
    missions_root,
    track_keys,
)
from labpy.missions.schema import Record
from labpy.scenarios import Outcome
from labpy.scenarios import scenario as scenario_of
from labpy.words import say

READING = re.compile(r"\{(?:(\w+)\.)?(\w+)(?::([%\w]+))?\}")
IN_UNIT = {"%": (100.0, "%"), "ms": (1e3, " ms"), "s": (1.0, " s"), "mW": (1e3, " mW"),
           "times": (1.0, " times"), "W": (1.0, " W")}  # fmt: skip
LEVELS = ("good", "partial", "weak")


# ---- What the files may say ------------------------------------------------------------------


@dataclass(frozen=True)
class Prediction(Record):
    """A wrong answer to the lock: why students give it, and what to answer."""

    answer: str
    why: str
    reply: str


@dataclass(frozen=True)
class Trial(Record):
    """A setting worth showing: the start, the winning or the tempting one, or a change of one.

    ``passes`` is what the text claims; the build refuses a trial that turns out otherwise.
    """

    key: str
    title: str
    passes: bool
    why: str
    base: Literal["start", "winning", "tempting"]
    change: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Examples(Record):
    """A model answer, what a good one must hold, and one sentence for each level."""

    model: str
    look_for: tuple[str, ...]
    good: str
    partial: str
    weak: str


@dataclass(frozen=True)
class PartKey(Record):
    """The teacher's notes on one part."""

    number: int
    reason: str
    predictions: tuple[Prediction, ...]
    trials: tuple[Trial, ...]
    reflection: Examples
    defence: Examples | None = None


@dataclass(frozen=True)
class TrackKey(Record):
    """The teacher's notes on one track."""

    parts: tuple[PartKey, ...]


@dataclass(frozen=True)
class Criterion(Record):
    """One row of the rubric."""

    name: str
    points: int
    looks_at: str
    good: str
    partial: str
    weak: str


@dataclass(frozen=True)
class Rubric(Record):
    """The whole rubric: what is said before it, its rows, and how points become a mark."""

    introduction: str
    criteria: tuple[Criterion, ...]
    marking: str


@cache
def load_key(track: str) -> TrackKey:
    """Load the teacher's notes of a track; they cover each of its parts."""
    where = f"{track}/{TEACHERS_FILE}"
    key = TrackKey.from_table(_toml(where), where)
    if (found := tuple(part.number for part in key.parts)) != load_track(track).parts:
        raise MissionError(f"{where}: it has parts {found}, the track {load_track(track).parts}")
    for part in key.parts:
        _check_answers(part, load_part(track, part.number), f"{where}: part {part.number}")
    return key


def _check_answers(key: PartKey, part: Part, where: str) -> None:
    for each in key.predictions:
        try:
            part.lock.implied(each.answer)
        except MissionError as error:
            raise MissionError(f"{where}: {error}") from None
    if (part.defence is None) != (key.defence is None):
        raise MissionError(f"{where}: a defence is answered where the part asks for one")


@dataclass(frozen=True)
class Grading:
    """The rubric, and the tracks whose examples stand under it."""

    rubric: Rubric
    tracks: tuple["Answers", ...]


def grading() -> Grading:
    """Gather what the rubric's page shows."""
    return Grading(load_rubric(), tuple(map(answers, track_keys())))


@cache
def load_rubric() -> Rubric:
    """Load ``missions/teach/rubric.toml``."""
    where = f"{TEACHERS_FOLDER}/rubric.toml"
    return Rubric.from_table(_toml(where), where)


def _toml(where: str) -> dict[str, Any]:
    path = missions_root() / where
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise MissionError(f"{where}: {error}") from None


# ---- What the models make of it ---------------------------------------------------------------


@dataclass(frozen=True)
class Light:
    """One target at one trial, in words."""

    label: str
    value: str
    limit: str
    met: bool


@dataclass(frozen=True)
class Tried:
    """A trial with what came out of it: dials as (label, value, moved), lights, failure titles."""

    trial: Trial
    dials: tuple[tuple[str, str, bool], ...]
    lights: tuple[Light, ...]
    failures: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Answer:
    """The key of one part, every reading filled in."""

    part: Part
    right: str
    truth: str
    sentence: str
    reason: str
    predictions: tuple[tuple[str, Prediction], ...]
    tried: tuple[Tried, ...]
    reflection: Examples
    defence: Examples | None


@dataclass(frozen=True)
class Answers:
    """The keys of all parts of one track."""

    track: Track
    parts: tuple[Answer, ...]


@cache
def answers(track: str) -> Answers:
    """Evaluate the models at every setting of a track's answer key.

    Raises
    ------
    BuildError
        If a trial does not come out as its text says, or a reading names what there is not.
    """
    try:
        keys = load_key(track).parts
        return Answers(load_track(track), tuple(_answer(track, key) for key in keys))
    except MissionError as error:
        raise BuildError(f"The answer key can't be written: {error}.") from None


def _answer(track: str, key: PartKey) -> Answer:
    part = load_part(track, key.number)
    found = scenario_of(part)
    truth = found.truth()
    outcomes = {"start": found.evaluate(part.start())}
    outcomes |= {trial.key: found.evaluate(settings_of(part, trial)) for trial in key.trials}
    where = f"{track}/{TEACHERS_FILE}: part {key.number}"
    quantity = f"{number(truth.value, 2)}{_spaced(part.lock.unit.strip())}"

    def fill(text: str) -> str:
        return fill_readings(text, part, outcomes, quantity, where)

    return Answer(
        part=part,
        right=_right(part, truth.value),
        truth=quantity,
        sentence=say(truth.sentence),
        reason=fill(key.reason),
        predictions=tuple((_said(part, each.answer), _filled(each, fill))
                          for each in key.predictions),
        tried=tuple(_tried(part, trial, outcomes[trial.key], fill, where)
                    for trial in key.trials),
        reflection=_filled(key.reflection, fill),
        defence=key.defence and _filled(key.defence, fill),
    )  # fmt: skip


def settings_of(part: Part, trial: Trial) -> dict[str, Any]:
    """Return the settings of a trial; MissionError for a change that no knob allows."""
    base = {"start": part.start(), "winning": part.winning, "tempting": part.tempting}[trial.base]
    for key, value in trial.change.items():
        if key not in base:
            raise MissionError(f"part {part.number} has no knob {key!r}")
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if part.knob(key).parse(text) != value:
            raise MissionError(f"{key}={value!r} is not allowed: {part.knob(key).allowed}")
    return {**base, **trial.change}


def _right(part: Part, truth: float) -> str:
    """Return the label of the option that implies what is nearest, as a ratio, to the truth."""
    if part.lock.kind == "number":
        return f"{number(truth, 3)}{_spaced(part.lock.unit.strip())}"
    return min(part.lock.options, key=lambda o: abs(math.log(truth / o.implies))).label


def _said(part: Part, answer: str) -> str:
    if part.lock.kind == "number":
        return f"{answer}{_spaced(part.lock.unit.strip())}"
    return next(option.label for option in part.lock.options if option.key == answer)


def _tried(part: Part, trial: Trial, outcome: Outcome, fill: Any, where: str) -> Tried:
    if outcome.passes(part) != trial.passes:
        raise BuildError(
            f"{where}: trial {trial.key!r} is said to {'pass' if trial.passes else 'fail'}, "
            f"and it does not: {outcome.lights(part)}, failures "
            f"{[failure.key for failure in outcome.failures(part)]}."
        )
    start, settings = part.start(), settings_of(part, trial)
    dials = tuple(
        (knob.label, knob.shown(settings[knob.key]) + _spaced(knob.unit),
         settings[knob.key] != start[knob.key])
        for knob in part.knobs
    )  # fmt: skip
    lights = tuple(_light(target, outcome) for target in part.targets)
    failures = tuple(failure.title for failure in outcome.failures(part))
    return Tried(trial, dials, lights, failures, fill(trial.why))


def _light(target: Target, outcome: Outcome) -> Light:
    value = outcome.metrics[target.metric]
    sense = "at most" if target.sense == "at_most" else "at least"
    limit = f"{sense} {_reading(target.limit * target.shown_factor, target.unit, 4)}"
    shown = _reading(value * target.shown_factor, target.unit, target.digits)
    return Light(target.label, shown, limit, target.passes(value))


def _reading(value: float, unit: str, digits: int = 3) -> str:
    if not math.isfinite(value):
        return "without end"
    shown = number(value, digits)
    if "." in shown and float(shown.replace("\u202f", "")).is_integer():
        shown = shown[: shown.index(".")]  # 25 ears, not 25.0
    return f"${shown}" if unit == "$" else shown + _spaced(unit)


def _spaced(unit: str) -> str:
    return unit if not unit or unit.startswith(("%", "×")) else f" {unit}"


# ---- Readings in the text ----------------------------------------------------------------------


def fill_readings(
    text: str, part: Part, outcomes: Mapping[str, Outcome], truth: str, where: str
) -> str:
    """Replace ``{truth}``, ``{trial.target}`` and ``{trial.metric:unit}`` by what the models say.

    Parameters
    ----------
    text : str
        With any number of readings.
    part : Part
        Whose targets are known by their keys.
    outcomes : mapping of str to Outcome
        By trial.
    truth : str
        The lock's quantity in words.
    where : str
        For error messages.
    """

    def read(match: re.Match[str]) -> str:
        trial, name, unit = match.groups()
        if trial is None and name == "truth":
            return truth
        outcome = outcomes.get(trial or "")
        target = next((each for each in part.targets if each.key == name), None)
        metric = target.metric if target else name
        if outcome is None or metric not in outcome.metrics or (unit and unit not in IN_UNIT):
            raise BuildError(
                f"{where}: there is no reading {match[0]}; trials: {', '.join(outcomes)}; "
                f"metrics: {', '.join(next(iter(outcomes.values())).metrics)}."
            )
        value = outcome.metrics[metric]
        if unit:
            factor, word = IN_UNIT[unit]
            return number(value * factor) + word
        if target:
            short = re.split(r"\b(?:of|in use)\b", target.unit)[0].strip()
            return _reading(value * target.shown_factor, short, target.digits)
        return number(value)

    return READING.sub(read, text)


def _filled[T](record: T, fill: Any) -> T:
    """Return the record with the readings in all of its texts filled in."""
    changed = {
        name: fill(value) if isinstance(value, str) else tuple(map(fill, value))
        for name, value in vars(record).items()
        if isinstance(value, str | tuple)
    }
    return type(record)(**{**vars(record), **changed})
