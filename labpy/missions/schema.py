"""What a mission may say: frozen records of a track and its parts.

A record mirrors its TOML table field by field, so the field names below are the TOML keys.
`from_table` refuses an unknown key, a missing one and a wrong type, and names the file.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass, field
from typing import Any, Literal, Self


class MissionError(ValueError):
    """A mission file says something that the schema does not allow."""


def _fits(value: Any, annotation: Any) -> bool:
    """Tell whether `value`, as TOML gives it, is of the annotated type."""
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return value in typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, each) for each in typing.get_args(annotation))
    if origin in (tuple, dict):
        return isinstance(value, list | tuple | dict)
    if annotation is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if annotation is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if annotation is Any:
        return True
    return isinstance(value, annotation)


class Record:
    """A frozen record that is read from a TOML table."""

    @classmethod
    def from_table(cls, table: Any, where: str) -> Self:
        """Make the record from a TOML table; `where` names the place for error messages."""
        if not isinstance(table, dict):
            raise MissionError(f"{where}: expected a table, found {type(table).__name__}")
        hints = typing.get_type_hints(cls)
        known = {f.name: f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
        if unknown := sorted(set(table) - set(known)):
            raise MissionError(f"{where}: unknown key {unknown[0]!r}; allowed: {', '.join(known)}")
        values = {}
        for name, each in known.items():
            if name in table:
                values[name] = _read(table[name], hints[name], f"{where}.{name}")
            elif (
                each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
            ):
                raise MissionError(f"{where}: the key {name!r} is missing")
        try:
            return cls(**values)
        except MissionError as error:
            raise MissionError(f"{where}: {error}") from None


def _read(value: Any, annotation: Any, where: str) -> Any:
    """Turn a TOML value into the annotated type, records and tuples of records included."""
    options = [a for a in typing.get_args(annotation) if a is not type(None)]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType) and len(options) == 1:
        annotation = options[0]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation.from_table(value, where)
    if not _fits(value, annotation):
        raise MissionError(f"{where}: {value!r} is not allowed; expected {_say(annotation)}")
    if typing.get_origin(annotation) is tuple:
        inner = typing.get_args(annotation)[0]
        return tuple(_read(each, inner, f"{where}[{i}]") for i, each in enumerate(value))
    return float(value) if annotation is float else value


def _say(annotation: Any) -> str:
    if typing.get_origin(annotation) is Literal:
        return "one of " + ", ".join(map(repr, typing.get_args(annotation)))
    return getattr(annotation, "__name__", str(annotation))


@dataclass(frozen=True)
class Source(Record):
    """Where a number or a claim comes from."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Stakeholder(Record):
    """Who reports the crisis, and in which role."""

    name: str
    role: str


@dataclass(frozen=True)
class LockOption(Record):
    """One card of the lock; `implies` is what the option predicts for the lock's quantity."""

    key: str
    label: str
    detail: str
    implies: float


@dataclass(frozen=True)
class Lock(Record):
    """The prediction: four options, or one bounded number with its unit.

    `quantity` names the outcome metric that the reveal compares with; the scenario computes it.
    """

    kind: Literal["choice", "number"]
    question: str
    quantity: str
    quantity_label: str
    unit: str = ""
    options: tuple[LockOption, ...] = ()
    lowest: float = 0.0
    highest: float = 0.0
    step: float = 1.0

    def __post_init__(self) -> None:
        if self.kind == "choice" and len(self.options) < 2:
            raise MissionError("a lock of kind 'choice' needs at least two options")
        if self.kind == "number" and not self.lowest < self.highest:
            raise MissionError("a lock of kind 'number' needs lowest < highest")

    def implied(self, answer: str) -> float:
        """Give the value that an answer (an option's key, or a number as text) predicts."""
        if self.kind == "choice":
            for option in self.options:
                if option.key == answer:
                    return option.implies
            allowed = ", ".join(option.key for option in self.options)
            raise MissionError(f"{answer!r} is no option of this lock; allowed: {allowed}")
        try:
            value = float(answer)
        except ValueError:
            raise MissionError(f"{answer!r} is not a number") from None
        if not self.lowest <= value <= self.highest:
            raise MissionError(
                f"{value:g} is out of bounds; allowed: {self.lowest:g} to {self.highest:g}"
            )
        return value


@dataclass(frozen=True)
class Knob(Record):
    """One control: its key is the parameter, the link's key and the TOML key in one word."""

    key: str
    label: str
    doc: str
    kind: Literal["float", "int", "choice", "switch"]
    start: Any
    unit: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    choices: tuple[Any, ...] = ()
    choice_labels: tuple[str, ...] = ()
    advanced: bool = False

    def __post_init__(self) -> None:
        if self.kind in ("float", "int"):
            if self.low is None or self.high is None or self.step is None:
                raise MissionError(f"knob {self.key!r} needs low, high and step")
            if not self.low <= self.start <= self.high:
                raise MissionError(f"knob {self.key!r} starts outside its bounds")
        if self.kind == "choice":
            if self.start not in self.choices:
                raise MissionError(f"knob {self.key!r} starts at a value that is no choice of it")
            if self.choice_labels and len(self.choice_labels) != len(self.choices):
                raise MissionError(f"knob {self.key!r} needs one label for each choice")
        if self.kind == "switch" and not isinstance(self.start, bool):
            raise MissionError(f"knob {self.key!r} is a switch: it starts true or false")

    @property
    def allowed(self) -> str:
        """Say in words which values the knob takes."""
        if self.kind == "switch":
            return "true or false"
        if self.kind == "choice":
            return ", ".join(str(choice) for choice in self.choices)
        return f"{self.low:g} to {self.high:g}{' ' + self.unit if self.unit else ''}"

    def shown(self, value: Any) -> str:
        """Write a value as the page shows it, without its unit."""
        if self.kind == "switch":
            return "on" if value else "off"
        if self.kind == "choice" and self.choice_labels:
            return self.choice_labels[self.choices.index(value)]
        return f"{value:g}" if isinstance(value, float) else str(value)

    def parse(self, text: str) -> Any:
        """Read a value from a link's text; raises MissionError that says what is allowed."""
        refusal = MissionError(f"{self.key}={text!r} is not allowed; allowed: {self.allowed}")
        if self.kind == "switch":
            if text.lower() not in ("true", "false", "1", "0"):
                raise refusal
            return text.lower() in ("true", "1")
        if self.kind == "choice":
            for choice in self.choices:
                if str(choice) == text:
                    return choice
            raise refusal
        try:
            value = float(text)
        except ValueError:
            raise refusal from None
        if not self.low <= value <= self.high or (self.kind == "int" and value != int(value)):
            raise refusal
        return int(value) if self.kind == "int" else value


@dataclass(frozen=True)
class Target(Record):
    """A light: a metric of the outcome against a limit. `shown_factor` converts to `unit`."""

    key: str
    label: str
    metric: str
    sense: Literal["at_most", "at_least"]
    limit: float
    unit: str
    shown_factor: float = 1.0
    digits: int = 3

    def passes(self, value: float) -> bool:
        """Tell whether the value (in the metric's own unit) meets the limit; NaN never does."""
        return value <= self.limit if self.sense == "at_most" else value >= self.limit


@dataclass(frozen=True)
class Reading(Record):
    """A column of the deployment log: a metric and how it is shown."""

    label: str
    metric: str
    unit: str = ""
    shown_factor: float = 1.0


@dataclass(frozen=True)
class Failure(Record):
    """A reversible failure state: shown while the metric is on the failing side."""

    key: str
    title: str
    metric: str
    fails_when: Literal["above", "below"]
    threshold: float
    message: str
    remedy: str

    def holds(self, value: float) -> bool:
        """Tell whether the failure state holds at this value."""
        return value > self.threshold if self.fails_when == "above" else value < self.threshold


@dataclass(frozen=True)
class Reflection(Record):
    """The question after the reveal, in the voice that the plan gives it."""

    voice: str
    question: str
    minimum_characters: int


@dataclass(frozen=True)
class Part(Record):
    """One part of a track. `words` are the sections of its Markdown file, keyed by heading.

    `iterations` above zero brings the 10-Iteration Rule: the knobs make a draft, each deployment
    spends one of so many, and `log` says which metrics its row shows. `winning` passes, and
    `tempting` fails for a reason that the words explain. `fixed` is what the scenario holds fast.
    `simulates` names the instruments that the scenario's simulator draws into.
    `defence` asks for the defence of the whole strategy, in the last part of a track.
    """

    number: int
    title: str
    scenario: str
    minutes: int
    stakeholder: Stakeholder
    lock: Lock
    knobs: tuple[Knob, ...]
    targets: tuple[Target, ...]
    failures: tuple[Failure, ...]
    reflection: Reflection
    instruments: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    simulates: tuple[str, ...] = ()
    iterations: int = 0
    log: tuple[Reading, ...] = ()
    defence: Reflection | None = None
    fixed: dict[str, Any] = field(default_factory=dict)
    winning: dict[str, Any] = field(default_factory=dict)
    tempting: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def knob(self, key: str) -> Knob:
        """Find a knob by its key."""
        for knob in self.knobs:
            if knob.key == key:
                return knob
        raise KeyError(key)

    def start(self) -> dict[str, Any]:
        """Give the settings the student finds, which fail."""
        return {knob.key: knob.start for knob in self.knobs}


@dataclass(frozen=True)
class Track(Record):
    """A track: who one is, what one serves, what is wrong."""

    key: str
    name: str
    persona: str
    serves: str
    north_star: str
    crisis: str
    crisis_title: str
    parts: tuple[int, ...] = (1, 2, 3)
    honest_note: str = ""
