"""The teacher's pages: answer keys whose every figure the models compute while the site is built.

What is tried lies in ``missions/<track>/teach.toml`` and ``missions/teach/``, the words in
``words/<language>/teach/``; neither goes into the archive that the browser unpacks. A text asks for
its figures by name, and :class:`Readings` says which names there are.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from buildlib.errors import BuildError
from buildlib.paths import TEACHERS_FILE
from labpy.classroom.room import band
from labpy.classroom.rubric import Rubric, load_rubric
from labpy.missions import (
    MissionError,
    Part,
    Place,
    Record,
    Target,
    Track,
    load_part,
    load_track,
    missions_root,
    recorded_keys,
    track_keys,
    worded,
)
from labpy.scenarios import Outcome
from labpy.scenarios import scenario as scenario_of
from labpy.state.link import to_query
from labpy.words import Amount, Message, Value, current, language, say
from labpy.words.amounts import KINDS, chosen

LEVELS = ("good", "partial", "weak")
OF_PART = re.compile(r"p(\d)-(.+)")  # a reading of another part of the track


# ---- What the files may say ------------------------------------------------------------------


@dataclass(frozen=True)
class Prediction(Record):
    """A wrong answer to the lock: why students give it, and what to answer."""

    answer: str
    why: Message = worded(".why")
    reply: Message = worded(".reply")


@dataclass(frozen=True)
class Trial(Record):
    """A setting worth showing: the start, the winning or the tempting one, or a change of one.

    ``passes`` is what the text claims; the build refuses a trial that turns out otherwise.
    """

    key: str
    passes: bool
    base: Literal["start", "winning", "tempting"]
    title: str = worded()
    why: Message = worded(".why")
    change: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Aside(Record):
    """A setting that a text speaks of and no page shows; ``fixed`` changes what is held fast."""

    key: str
    base: Literal["start", "winning", "tempting"]
    change: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Examples(Record):
    """A model answer, what a good one must hold (``hints`` of them), a sentence for each level."""

    hints: int
    model: Message = worded("-model")
    look_for: tuple[Message, ...] = worded("-look-for", each="hints")
    good: Message = worded("-good")
    partial: Message = worded("-partial")
    weak: Message = worded("-weak")


@dataclass(frozen=True)
class PartKey(Record):
    """The teacher's notes on one part."""

    number: int
    predictions: tuple[Prediction, ...]
    trials: tuple[Trial, ...]
    reflection: Examples
    reason: Message = worded("-reason")
    asides: tuple[Aside, ...] = ()
    defence: Examples | None = None


@dataclass(frozen=True)
class TrackKey(Record):
    """The teacher's notes on one track."""

    parts: tuple[PartKey, ...]


def word_keys() -> tuple[str, ...]:
    """List the messages that the teacher's pages ask the book for, whether it has them or not."""
    return recorded_keys(_read_all)


def _read_all(words: Place) -> None:
    for track in track_keys():
        _read_key(track, words.at("teach", track))
    load_rubric(words.at("rubric"))


def load_key(track: str) -> TrackKey:
    """Load the teacher's notes of a track in the present language; they cover each part."""
    return _key(track, language())


@cache
def _key(track: str, _language: str) -> TrackKey:
    where = f"{track}/{TEACHERS_FILE}"
    key = _read_key(track, Place(f"teach-{track}"))
    if (found := tuple(part.number for part in key.parts)) != load_track(track).parts:
        raise MissionError(f"{where}: it has parts {found}, the track {load_track(track).parts}")
    for part in key.parts:
        _check_answers(part, load_part(track, part.number), f"{where}: part {part.number}")
    return key


def _read_key(track: str, words: Place) -> TrackKey:
    where = f"{track}/{TEACHERS_FILE}"
    return TrackKey.from_table(_toml(where), where, words)


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
    """A trial with what came out of it: dials as (label, value, moved), lights, failure titles.

    ``link`` is the query of a link that opens the setting in the lab.
    """

    trial: Trial
    link: str
    dials: tuple[tuple[str, str, bool], ...]
    lights: tuple[Light, ...]
    failures: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Said:
    """Texts of a record with every reading filled in, by the names of its fields."""

    texts: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        """Give a text, or a field that is no text, by its name."""
        try:
            return self.texts[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True)
class Answer:
    """The key of one part, every reading filled in."""

    part: Part
    right: str
    truth: str
    sentence: str
    reason: str
    predictions: tuple[tuple[str, Said], ...]
    tried: tuple[Tried, ...]
    reflection: Said
    defence: Said | None
    replies: Mapping[str, tuple[tuple[str, Said], ...]]  # by the row that the page of a class has


@dataclass(frozen=True)
class Answers:
    """The keys of all parts of one track."""

    track: Track
    parts: tuple[Answer, ...]


def answers(track: str) -> Answers:
    """Evaluate the models at every setting of a track's answer key, and say what comes out.

    Raises
    ------
    BuildError
        If a trial does not come out as its text says, or a reading names what there is not.
    """
    return _answers(track, language())


def all_answers() -> tuple[Answers, ...]:
    """Return the answer keys of all tracks."""
    return tuple(answers(track) for track in track_keys())


@cache
def _answers(track: str, _language: str) -> Answers:
    try:
        keys = load_key(track).parts
        known = {key.number: Readings(load_part(track, key.number), key) for key in keys}
        return Answers(load_track(track), tuple(_answer(track, key, known) for key in keys))
    except MissionError as error:
        raise BuildError(f"The answer key can't be written: {error}.") from None


def _answer(track: str, key: PartKey, known: Mapping[int, "Readings"]) -> Answer:
    here = known[key.number]
    part, truth = here.part, here.truth
    where = f"{track}/{TEACHERS_FILE}: part {key.number}"

    def fill(message: Message) -> str:
        return fill_readings(message, known, key.number, where)

    return Answer(
        part=part,
        right=_right(part, truth.value),
        truth=say(part.lock.outcome(truth.value)),
        sentence=say(truth.sentence),
        reason=fill(key.reason),
        predictions=tuple((_said(part, p.answer), _filled(p, fill)) for p in key.predictions),
        tried=tuple(_tried(here, trial, fill, where) for trial in key.trials),
        reflection=_filled(key.reflection, fill),
        defence=key.defence and _filled(key.defence, fill),
        replies=_replies(part, key, truth.value, fill),
    )


def _replies(
    part: Part, key: PartKey, truth: float, fill: Any
) -> dict[str, tuple[tuple[str, Said], ...]]:
    """Return what to answer by the row that counts the answer: an option, or a band of numbers."""
    found: dict[str, tuple[tuple[str, Said], ...]] = {}
    for each in key.predictions:
        row = each.answer if part.lock.kind == "choice" else band(float(each.answer), truth)
        found[row] = (*found.get(row, ()), (_said(part, each.answer), _filled(each, fill)))
    return found


def settings_of(part: Part, trial: Trial | Aside) -> dict[str, Any]:
    """Return the settings of a trial; MissionError for a change that no knob allows."""
    base = {"start": part.start(), "winning": part.winning, "tempting": part.tempting}[trial.base]
    for key, value in trial.change.items():
        if key not in base:
            raise MissionError(f"part {part.number} has no knob {key!r}")
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if part.knob(key).parse(text) != value:
            raise MissionError(f"{key}={value!r} is not allowed: {say(part.knob(key).allowed)}")
    return {**base, **trial.change}


def _right(part: Part, truth: float) -> str:
    """Return the label of the option that implies what is nearest, as a ratio, to the truth."""
    if part.lock.kind == "number":
        return say(part.lock.outcome(truth))
    return _said(part, part.lock.nearest(truth))


def _said(part: Part, answer: str) -> str:
    if part.lock.kind == "number":
        return say(part.lock.predicted(float(answer)))
    return next(option.label for option in part.lock.options if option.key == answer)


def _tried(here: "Readings", trial: Trial, fill: Any, where: str) -> Tried:
    part, outcome, settings = here.part, here.outcomes[trial.key], here.settings[trial.key]
    if outcome.passes(part) != trial.passes:
        raise BuildError(
            f"{where}: trial {trial.key!r} is said to {'pass' if trial.passes else 'fail'}, "
            f"and it does not: {outcome.lights(part)}, failures "
            f"{[failure.key for failure in outcome.failures(part)]}."
        )
    start = part.start()
    dials = tuple(
        (knob.label, knob.shown(settings[knob.key]), settings[knob.key] != start[knob.key])
        for knob in part.knobs
    )
    lights = tuple(_light(target, outcome) for target in part.targets)
    failures = tuple(failure.title for failure in outcome.failures(part))
    link = to_query(part, settings, part.track)
    return Tried(trial, link, dials, lights, failures, fill(trial.why))


def _light(target: Target, outcome: Outcome) -> Light:
    value = outcome.metrics[target.metric]
    return Light(target.label, say(target.reading(value)), say(target.bound), target.passes(value))


# ---- Readings in the text ----------------------------------------------------------------------


class Readings:
    """Every figure of a part that a text may ask for, by its name.

    ==============================  ==========================================================
    ``truth``                       what the lock asks for
    ``truth-high``                  the value ``high`` of the sentence that tells the truth
    ``limit-latency``               the limit of the target ``latency``
    ``fixed-max_batch-count``       ``max_batch``, which the part holds fast, as a count
    ``late-latency``                the target ``latency`` at the trial ``late``
    ``late-latency-over-winning``   by which factor it is larger there than at ``winning``
    ``late-latency-over-limit``     by which factor it is over its limit there
    ``late-cut_share-share``        the metric ``cut_share`` there, written as a share
    ``late-dial-hedge_after``       where the dial ``hedge_after`` stands there
    ==============================  ==========================================================

    ``start`` is a trial that each part has; asides of the key count as trials.
    """

    def __init__(self, part: Part, key: PartKey) -> None:
        self.part = part
        found = scenario_of(part)
        self.truth = found.truth()
        self.settings = {"start": part.start()}
        self.outcomes = {"start": found.evaluate(part.start())}
        for each in (*key.trials, *key.asides):
            changed = getattr(each, "fixed", {})
            model = scenario_of(_held(part, changed)) if changed else found
            self.settings[each.key] = settings_of(part, each)
            self.outcomes[each.key] = model.evaluate(self.settings[each.key])

    def reading(self, name: str) -> Value | None:
        """Give a figure by its name, or None if there is none of that name."""
        first, _, rest = name.partition("-")
        if first == "truth":
            return self._truth(rest)
        if first == "limit":
            return next((_limit(each) for each in self.part.targets if each.key == rest), None)
        if first == "fixed":
            return _amount(self.part.fixed, rest)
        if first not in self.outcomes:
            return None
        return self._of_trial(first, rest)

    def _truth(self, name: str) -> Value | None:
        if not name:
            return self.part.lock.outcome(self.truth.value)
        told = self.truth.sentence
        return told.values.get(name) if isinstance(told, Message) else None

    def _of_trial(self, trial: str, name: str) -> Value | None:
        metrics = self.outcomes[trial].metrics
        kind, _, of = name.partition("-")
        for target in self.part.targets:
            if target.key == name:
                return target.amount(metrics[target.metric])
            if target.key == kind and of == "over-limit":
                return Amount(float(metrics[target.metric] / target.limit), "factor")
            if target.key == kind and of.removeprefix("over-") in self.outcomes:
                base = self.outcomes[of.removeprefix("over-")].metrics[target.metric]
                return Amount(float(metrics[target.metric] / base), "factor")
        if kind == "dial" and of in self.settings[trial]:
            return self.part.knob(of).shown(self.settings[trial][of])
        return _amount(metrics, name)

    def known(self) -> str:
        """List what can be asked for, for an error message."""
        metrics = ", ".join(self.outcomes["start"].metrics)
        return f"trials: {', '.join(self.outcomes)}; metrics: {metrics}"


def _held(part: Part, changed: Mapping[str, Any]) -> Part:
    """Give the part with something else held fast; MissionError for what it does not hold."""
    if odd := sorted(changed.keys() - part.fixed.keys()):
        raise MissionError(f"part {part.number} holds no {odd[0]!r} fast")
    return replace(part, fixed={**part.fixed, **changed})


def _limit(target: Target) -> Amount:
    return chosen(target.limit, target.quantity)


def _amount(values: Mapping[str, Any], name: str) -> Amount | None:
    """Give the value that ``name`` begins with, as the kind of amount that ends it."""
    key, _, kind = name.partition("-")
    if key not in values or kind not in KINDS:
        return None
    return Amount(float(values[key]), kind)


def fill_readings(message: Message, known: Mapping[int, Readings], number: int, where: str) -> str:
    """Say a message with its figures from the models.

    Parameters
    ----------
    message : Message
        With any number of readings; ``$p2-late-latency`` asks part 2 for ``late-latency``.
    known : mapping of int to Readings
        The figures of all parts of the track.
    number : int
        The part whose text it is.
    where : str
        For error messages.

    Raises
    ------
    BuildError
        That names a reading which there is not, and those that there are.
    """
    values = {}
    for name in current().placeholders(message.key):
        other = OF_PART.fullmatch(name)
        here = known[int(other[1]) if other else number]
        found = here.reading(other[2] if other else name)
        if found is None:
            raise BuildError(f"{where}: there is no reading ${name}; {here.known()}.")
        values[name] = found
    return say(Message(message.key, values)).strip()


def _filled(record: Record, fill: Callable[[Message], str]) -> Said:
    """Say all texts of a record with the readings in them filled in."""
    return Said({name: _fill(value, fill) for name, value in vars(record).items()})


def _fill(value: Any, fill: Callable[[Message], str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_fill(each, fill) for each in value)
    return fill(value) if isinstance(value, Message) else value
