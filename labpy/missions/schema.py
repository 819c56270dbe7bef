"""What a mission may say: frozen records of a track and its parts.

The field names below are the TOML keys; what is `worded` stands in the book of words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from labpy.missions.records import MissionError, Record, worded
from labpy.words import Amount, Message, Value, amounts, bare, msg, say, text


def _known_kind(kind: str) -> None:
    if kind not in amounts.KINDS:
        raise MissionError(f"{kind!r} is no quantity; allowed: {', '.join(amounts.KINDS)}")


@dataclass(frozen=True)
class Source(Record):
    """Where a number or a claim comes from."""

    text: str = worded()
    url: str = ""


@dataclass(frozen=True)
class Stakeholder(Record):
    """Who reports the crisis, and in which role."""

    name: str
    role: str = worded("-role")


@dataclass(frozen=True)
class LockOption(Record):
    """One card of the lock; `implies` is what the option predicts for the lock's quantity."""

    key: str
    implies: float
    label: str = worded()
    detail: str = worded(".detail")


@dataclass(frozen=True)
class Lock(Record):
    """The prediction: four options, or one bounded number.

    `metric` names what the reveal compares with; the scenario computes it. `quantity` is the kind
    of amount that it is.
    """

    kind: Literal["choice", "number"]
    metric: str
    question: str = worded("-question")
    quantity_label: str = worded("-quantity")
    quantity: str = "number"
    options: tuple[LockOption, ...] = ()
    lowest: float = 0.0
    highest: float = 0.0
    step: float = 1.0

    def __post_init__(self) -> None:
        _known_kind(self.quantity)
        if self.kind == "choice" and len(self.options) < 2:
            raise MissionError("a lock of kind 'choice' needs at least two options")
        if self.kind == "number" and not self.lowest < self.highest:
            raise MissionError("a lock of kind 'number' needs lowest < highest")
        if self.kind == "number" and amounts.scale_of(self.predicted(self.highest)).factor != 1:
            raise MissionError("a lock of kind 'number' asks in the unit in which it is told")

    @property
    def ends(self) -> dict[str, float]:
        """Give the value that each option implies."""
        return {option.key: option.implies for option in self.options}

    def nearest(self, value: float) -> str:
        """Give the key of the option that implies what is nearest, as a ratio, to a value."""
        return min(self.options, key=lambda each: abs(math.log(value / each.implies))).key

    def predicted(self, value: float) -> Amount:
        """Give what was predicted as it is written."""
        return amounts.chosen(value, self.quantity)

    def pattern(self, number: str, like: float) -> str:
        """Say a number of the lock's kind with `number` in place of its figures.

        Parameters
        ----------
        number : what stands for the figures.
        like : the value whose unit, and whose singular or plural, is taken.
        """
        written = amounts.write(self.predicted(like))
        return say(Message(written.unit, {"number": written.number})).replace(
            written.number, number
        )

    def outcome(self, value: float) -> Amount:
        """Give what the models say as it is written."""
        return Amount(value, self.quantity)

    def implied(self, answer: str) -> float:
        """Give the value that an answer (an option's key, or a number as text) predicts."""
        if self.kind == "choice":
            for option in self.options:
                if option.key == answer:
                    return option.implies
            allowed = ", ".join(option.key for option in self.options)
            raise MissionError(msg("lock-no-option", answer=repr(answer), allowed=allowed))
        try:
            value = float(answer)
        except ValueError:
            raise MissionError(msg("lock-no-number", answer=repr(answer))) from None
        if not self.lowest <= value <= self.highest:
            raise MissionError(
                msg(
                    "lock-out-of-bounds",
                    answer=f"{value:g}",
                    lowest=self.predicted(self.lowest),
                    highest=self.predicted(self.highest),
                )
            )
        return value


@dataclass(frozen=True)
class Knob(Record):
    """One control: its key is the parameter, the link's key and the TOML key in one word.

    `quantity` is the kind of amount that its value is, `si` the factor from the knob's own unit to
    SI (0.001 for a knob in ms). A choice that is `named` has a label in the book for each value.
    `phrased` says that a value is read inside a phrase of the book ("{ $value } of 12").
    """

    key: str
    kind: Literal["float", "int", "choice", "switch"]
    start: Any
    label: str = worded()
    doc: str = worded(".doc")
    quantity: str = "number"
    si: float = 1.0
    low: float | None = None
    high: float | None = None
    step: float | None = None
    choices: tuple[Any, ...] = ()
    named: bool = False
    phrased: bool = False
    advanced: bool = False
    choice_labels: tuple[str, ...] = worded(".choice", each="choices", when="named", default=())
    phrase: Message | None = worded(".reading", when="phrased", default=None)

    def __post_init__(self) -> None:
        _known_kind(self.quantity)
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
    def allowed(self) -> Value:
        """Tell which values a link may give: in the knob's own unit."""
        if self.kind == "switch":
            return msg("knob-switch")
        if self.kind == "choice":
            return ", ".join(str(choice) for choice in self.choices)
        low, high = f"{self.low:g}", f"{self.high:g}"
        return msg("knob-allowed", low=low, high=self.pattern(high) if self.factor == 1 else high)

    def amount(self, value: float) -> Amount:
        """Give a value in SI units, in the one unit in which all of the knob's values are read."""
        largest = self.high if self.high is not None else max(self.choices)
        exact = amounts.chosen(value * self.si, self.quantity)
        return replace(exact, like=largest * self.si)

    def reading(self, value: Any) -> Value:
        """Tell a value as the page shows it, with its unit."""
        if self.kind == "switch":
            return msg("knob-on") if value else msg("knob-off")
        if self.choice_labels:
            return self.choice_labels[self.choices.index(value)]
        if isinstance(value, str):
            return value
        return _in_phrase(self.phrase, self.amount(value))

    @property
    def factor(self) -> float:
        """By how much the number that is shown is larger than the knob's own: 100 for a share."""
        return float(f"{self.si * amounts.scale_of(self.amount(self.high)).factor:.9g}")

    def pattern(self, number: str) -> str:
        """Say a value of a slider with `number` in place of its figures."""
        unit = amounts.scale_of(self.amount(self.high)).unit
        return say(_in_phrase(self.phrase, Message(unit, {"number": number})))

    def shown(self, value: Any) -> str:
        """Write a value as the page shows it, with its unit."""
        return say(self.reading(value))

    def bare(self, value: float) -> str:
        """Write a value without its unit."""
        return bare(self.amount(value))

    def labels(self) -> tuple[str, ...]:
        """Label each choice, as its button does."""
        if self.choice_labels:
            return self.choice_labels
        return tuple(each if isinstance(each, str) else self.bare(each) for each in self.choices)

    def parse(self, text: str) -> Any:
        """Read a value from a link's text; raises MissionError that says what is allowed."""
        refusal = MissionError(
            msg("knob-refused", key=self.key, value=repr(text), allowed=self.allowed)
        )
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


def _in_phrase(phrase: Message | None, amount: Value) -> Value:
    return Message(phrase.key, {"value": amount}) if phrase else amount


@dataclass(frozen=True)
class Target(Record):
    """A light: a metric of the outcome against a limit, both in SI units.

    `assignable` are the other limits that a teacher may set: with each of them the part's start
    fails and some setting passes, neither by a hair's breadth (a test proves it).

    `moved_by` are the keys of the dials that move it; `marks` are its counterparts in the figures,
    each an instrument and the name of what it draws there: "LatencyThroughputFrontier limit".
    """

    key: str
    metric: str
    sense: Literal["at_most", "at_least"]
    limit: float
    quantity: str
    label: str = worded()
    assignable: tuple[float, ...] = ()
    phrased: bool = False
    phrase: Message | None = worded(".reading", when="phrased", default=None)
    moved_by: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _known_kind(self.quantity)

    def passes(self, value: float) -> bool:
        """Tell whether the value (in the metric's own unit) meets the limit; NaN never does."""
        return value <= self.limit if self.sense == "at_most" else value >= self.limit

    def amount(self, value: float) -> Amount:
        """Give a reading so that it is seen on its side of the limit."""
        return amounts.beside(Amount(float(value), self.quantity), self.limit)

    def reading(self, value: float) -> Value:
        """Tell what the metric reads, with its unit."""
        return _in_phrase(self.phrase, self.amount(value))

    @property
    def quoted(self) -> Amount:
        """Give the limit as a text quotes it: 50 ms."""
        return amounts.chosen(self.limit, self.quantity)

    @property
    def bound(self) -> Value:
        """Tell the limit: at most 50 ms."""
        limit = _in_phrase(self.phrase, self.quoted)
        if self.sense == "at_most":
            return msg("target-at-most", limit=limit)
        return msg("target-at-least", limit=limit)


@dataclass(frozen=True)
class Reading(Record):
    """A column of the deployment log: a metric and the kind of amount that it is."""

    metric: str
    quantity: str
    label: str = worded()
    phrased: bool = False
    phrase: Message | None = worded(".reading", when="phrased", default=None)

    def __post_init__(self) -> None:
        _known_kind(self.quantity)

    def reading(self, value: float) -> Value:
        """Tell what the metric reads, with its unit."""
        return _in_phrase(self.phrase, Amount(float(value), self.quantity))


@dataclass(frozen=True)
class Failure(Record):
    """A reversible failure state: shown while the metric is on the failing side."""

    key: str
    metric: str
    fails_when: Literal["above", "below"]
    threshold: float
    title: str = worded()
    message: str = worded(".message")

    def holds(self, value: float) -> bool:
        """Tell whether the failure state holds at this value."""
        return value > self.threshold if self.fails_when == "above" else value < self.threshold


@dataclass(frozen=True)
class Reflection(Record):
    """The question after the reveal, in the voice that the plan gives it."""

    minimum_characters: int
    voice: str = worded("-voice")
    question: str = worded("-question")


@dataclass(frozen=True)
class Condition(Record):
    """A metric beyond a bound: `value` in SI units, or `times` what it is at the part's start."""

    metric: str
    sense: Literal["at_most", "at_least"]
    value: float | None = None
    times: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.times is None):
            raise MissionError("a condition has either a value or times, and not both")

    def holds(self, value: float, start: float) -> bool:
        """Tell whether it holds; `start` is the metric at the part's start."""
        bound = self.value if self.times is None else self.times * start
        return value >= bound if self.sense == "at_least" else value <= bound


@dataclass(frozen=True)
class Challenge(Record):
    """A small task at the bench that checks itself.

    A `reach` is met where all its `conditions` hold and the dials of `held` stand so; with `alone`
    no other dial may be off its start. A `best` is met where the metric `best`, the less the
    better, is worse a `stride` of the dial `dial` to either side. A `breaks` is met once so many
    different failure states were seen. `proof` has the settings, one after the other, that meet
    it, each as changes of the start. `words` names the metrics that the sentence quotes when it
    is done, each with its kind of amount.
    """

    key: str
    kind: Literal["reach", "best", "breaks"]
    proof: tuple[dict[str, Any], ...]
    task: str = worded()
    done: Message = worded(".done")
    conditions: tuple[Condition, ...] = ()
    alone: str = ""
    held: dict[str, Any] = field(default_factory=dict)
    best: str = ""
    dial: str = ""
    stride: float = 0.0
    ways: int = 0
    words: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        needs = {
            "reach": bool(self.conditions),
            "best": bool(self.best and self.dial and self.stride),
        }
        if not needs.get(self.kind, self.ways > 1) or not self.proof:
            raise MissionError(f"the challenge {self.key!r} lacks what its kind asks for")
        for kind in self.words.values():
            _known_kind(kind)

    def told(self, metrics: Mapping[str, float]) -> Message:
        """Say what was just felt, with the reader's own figures."""
        values = {key: Amount(metrics[key], kind) for key, kind in self.words.items()}
        return Message(self.done.key, values)


@dataclass(frozen=True)
class Part(Record):
    """One part of a track.

    `iterations` above zero brings the 10-Iteration Rule: the knobs make a draft, each deployment
    spends one of so many, and `log` says which metrics its row shows. `winning` passes, and
    `tempting` fails for a reason that the words explain. `fixed` is what the scenario holds fast.
    `simulates` names the instruments that the scenario's simulator draws into.
    `challenges` are small tasks at the bench. `defence` asks for the defence of the whole strategy,
    in the last part of a track.
    """

    number: int
    scenario: str
    minutes: int
    stakeholder: Stakeholder
    lock: Lock
    knobs: tuple[Knob, ...]
    targets: tuple[Target, ...]
    failures: tuple[Failure, ...]
    reflection: Reflection
    instruments: tuple[str, ...]
    title: str = worded("-title")
    sources: tuple[Source, ...] = ()
    simulates: tuple[str, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    iterations: int = 0
    log: tuple[Reading, ...] = ()
    defence: Reflection | None = None
    fixed: dict[str, Any] = field(default_factory=dict)
    winning: dict[str, Any] = field(default_factory=dict)
    tempting: dict[str, Any] = field(default_factory=dict)
    track: str = ""

    @cached_property
    def words(self) -> dict[str, str]:
        """The sections of the part's Markdown file, keyed by heading, when they are asked for."""
        return split_sections(text(f"missions/{self.track}/part_{self.number}.md"))

    def knob(self, key: str) -> Knob:
        """Find a knob by its key."""
        for knob in self.knobs:
            if knob.key == key:
                return knob
        raise KeyError(key)

    def start(self) -> dict[str, Any]:
        """Give the settings the student finds, which fail."""
        return {knob.key: knob.start for knob in self.knobs}


def split_sections(text: str) -> dict[str, str]:
    """Split Markdown at its level-two headings into {heading: body}."""
    sections: dict[str, str] = {}
    for block in ("\n" + text).split("\n## ")[1:]:
        heading, _, body = block.partition("\n")
        sections[heading.strip()] = body.strip()
    return sections


@dataclass(frozen=True)
class Track(Record):
    """A track: who one is, what one serves, what is wrong."""

    key: str
    name: str = worded("-name")
    persona: str = worded("-persona")
    serves: str = worded("-serves")
    north_star: str = worded("-north-star")
    crisis: str = worded("-crisis")
    crisis_title: str = worded("-crisis-title")
    parts: tuple[int, ...] = (1, 2, 3)
    noted: bool = False
    honest_note: str = worded("-honest-note", when="noted", default="")
