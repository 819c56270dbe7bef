"""Write what each part says: ``uv run python -m tools.golden_words [TRACK-N …]``.

Each part is played at four settings: its start, the winning one, the tempting one, and the start
with its load pushed to an end. All that a reader sees then goes to ``tests/golden_words/``, a fact
a line, so that a change of words or numbers is read as a diff. A test compares.
"""

import html
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bokeh.models import (
    Axis,
    ColumnDataSource,
    FactorRange,
    HoverTool,
    Label,
    LegendItem,
    Model,
    Title,
)

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.app.workbench import SEED, Workbench
from labpy.instruments.telling import flow as flow_words
from labpy.missions import Part, all_missions, load_part
from labpy.words import say

FOLDER = Path(__file__).parents[1] / "tests" / "golden_words"
# What is pushed, from the start, until something breaks down.
OVERLOADED: Mapping[tuple[str, int], Mapping[str, Any]] = {
    ("cloud", 1): {"arrival_rate": 30.0},
    ("cloud", 2): {"pipeline_parallel_size": 8},
    ("cloud", 3): {"fragmentation": "paged", "preemption_budget": 128, "draft_tokens": 6},
    ("edge", 1): {"frame_rate": 90},
    ("edge", 2): {"split": "tensor", "gpu_models": 10},
    ("edge", 3): {"cameras": 36},
    ("mobile", 1): {"glasses": 16, "stalls": 3.0},
    ("mobile", 2): {"glasses": 16},
    ("mobile", 3): {"sessions": 120},
    ("tiny", 1): {"hearables": 400},
    ("tiny", 2): {"radio_interval": 0.5},
    ("tiny", 3): {"layers": 10, "active_fraction": 1.0},
}
COLOUR = re.compile(r"#[0-9a-f]{3,8}|rgba?\(.*\)|transparent", re.IGNORECASE)
LOOKS = ("align", "baseline", "color", "fill", "hatch", "style")  # columns that say how, not what
HASH = re.compile(r"\b[0-9a-f]{64}\b")
ESSAY = "What waits is slow, and what is idle costs. "


def settings_of(track: str, part: Part) -> dict[str, dict[str, Any]]:
    """Give the four settings of a part, by name."""
    start = part.start()
    return {
        "start": start,
        "winning": {**start, **part.winning},
        "tempting": {**start, **part.tempting},
        "overloaded": {**start, **OVERLOADED[track, part.number]},
    }


class Clock:
    """Times a minute apart."""

    def __init__(self) -> None:
        self.minute = 0

    def __call__(self) -> str:
        """Give the next time, as the page writes it."""
        self.minute += 1
        return f"2026-03-02T09:{self.minute:02d}:00.000Z"


def golden_words(track: str, number: int) -> str:
    """Play a part, and write all that it says."""
    part, page, clock = load_part(track, number), RecordingPage(), Clock()
    lab = Lab(page, track=track, build="golden", at=clock(), identity="golden")

    def act(kind: str, **facts: Any) -> None:
        lab.receive({"kind": kind, "part": number, "at": clock(), **facts})

    workbench = lab.open(number)
    answer = part.lock.options[0].key if part.lock.options else f"{part.lock.highest:g}"
    act("predict", answer=answer)
    lines = [f"{track}, part {number}: {part.title}", *_lock(part)]
    said = Said()
    for name, settings in settings_of(track, part).items():
        workbench.state.apply(settings)
        if part.iterations:
            act("deploy")
        workbench.tell()
        lines += ["", f"== {name} ==", *_facts(part, page.last("facts"))]
        lines += _instruments(workbench, page.last("facts")["instruments"], said)
        lines += _strip(workbench)
    workbench.state.apply(settings_of(track, part)["winning"])
    if part.iterations:
        act("restart")
        lines += ["", "== restarted ==", *_deployments(page.last("facts")["deployments"])]
        act("deploy")
        lines += _deployments(page.last("facts")["deployments"])
    act("reveal")
    lines += ["", "== reveal ==", *_reveal(page.last("reveal"))]
    lines += ["", "== challenges ==", *_challenges(part, workbench)]
    act("reflect", text=_essay(part.reflection.minimum_characters))
    if part.defence:
        act("defend", text=_essay(part.defence.minimum_characters))
    act("checkpoint")
    lab.receive({"kind": "export", "at": clock(), "format": "markdown"})
    exported = page.last("exported")["text"].splitlines()
    lines += ["", "== ledger ==", *(HASH.sub("(hash)", line) for line in exported)]
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def _essay(least: int) -> str:
    return (ESSAY * (1 + least // len(ESSAY))).strip()


def _lock(part: Part) -> Iterator[str]:
    lock = part.lock
    yield f"asks: {lock.question}"
    yield f"asks for: {lock.quantity_label}"
    for option in lock.options:
        yield f"card: {option.label}, {say(lock.predicted(option.implies))}. {option.detail}"
    if lock.kind == "number":
        lowest, highest = (say(lock.predicted(each)) for each in (lock.lowest, lock.highest))
        yield f"from {lowest} to {highest}"


def _facts(part: Part, facts: Mapping[str, Any]) -> Iterator[str]:
    for knob in part.knobs:
        told = facts["knobs"][knob.key]
        yield f"dial {knob.label}: {told['value']}" + _after(" | ", told["meaning"])
    for target in part.targets:
        told = facts["targets"][target.key]
        yield f"light {target.label}: {told['state']}, {told['value']} ({say(target.bound)})"
    for failure in facts["failures"]:
        yield f"breaks down: {failure['title']}. {failure['message']}"
    if facts["hint"]:
        yield f"hint: {facts['hint']}"
    if facts["draft"]:
        yield f"draft: {facts['draft']['known']} {facts['draft']['shows']}"
    if facts["deployments"]:
        yield from _deployments(facts["deployments"])


def _after(mark: str, text: str) -> str:
    return mark + text if text else ""


def _deployments(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"log: {' | '.join(told['columns'])}"
    for row in told["rows"][-1:]:
        yield f"     {' | '.join(row)}"
    yield f"  {told['left']} of {told['of']} left" + _after("; ", told["verdict"])


def _strip(workbench: Workbench) -> Iterator[str]:
    picture = workbench.scenario.flow(workbench.shown, SEED)
    if picture is not None:
        told = flow_words.as_facts(picture)
        yield f"strip says: {told['sentence']}"
        yield f"strip key: {told['key']}"


def _challenges(part: Part, workbench: Workbench) -> Iterator[str]:
    """Tell each task, and what is said of it at the last of the settings that prove it."""
    for each in part.challenges:
        metrics = workbench.scenario.evaluate({**part.start(), **each.proof[-1]}).metrics
        yield f"task: {each.task}"
        yield f"  done: {say(each.told(metrics))}"


class Said:
    """What was written last of each thing, so that it is not written twice."""

    def __init__(self) -> None:
        self._last: dict[str, list[str]] = {}

    def anew(self, what: str, lines: list[str]) -> list[str]:
        """Give the lines, or one that says that nothing has changed."""
        if self._last.get(what) == lines:
            return [f"{what}: as before"]
        self._last[what] = lines
        return lines


def _instruments(
    workbench: Workbench, told: Mapping[str, Mapping[str, Any]], said: Said
) -> Iterator[str]:
    for name, facts in told.items():
        yield f"{name} says: {facts['summary']}"
        yield from said.anew(f"{name} table", _table(name, facts["table"]))
        for formula in facts["math"]:
            yield from said.anew(f"{name} formula {formula['title']}", _formula(name, formula))
        for kind, texts in figure_texts(workbench.instruments[name].figure).items():
            what = f"{name} figure, {kind}"
            yield from said.anew(what, [f"{what}: {text}" for text in texts])


def _table(name: str, table: Mapping[str, Any]) -> list[str]:
    rows = (table["columns"], *table["rows"])
    return [f"{name} table: {table['caption']}", *(f"  {' | '.join(row)}" for row in rows)]


def _formula(name: str, formula: Mapping[str, str]) -> list[str]:
    return [
        f"{name} formula {formula['title']}: {spoken(formula['mathml'])}",
        f"  numbers: {formula['numbers']}",
        f"  source: {formula['source']}",
    ]


def _reveal(told: Mapping[str, Any]) -> Iterator[str]:
    yield told["verdict"]
    yield f"{told['label']}: {told['said']['predicted']}, {told['said']['actual']}"
    yield told["sentence"]
    if told["picture"]:
        yield told["picture"]["said"]
    yield from (f"yours: {each}" for each in (*told["yours"]["dials"], *told["yours"]["lights"]))
    for each in (told["sure"], told["why"]):
        if each:
            yield each


def spoken(mathml: str) -> str:
    """Write a formula as the text that stands in it."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", mathml))
    return re.sub(r"\s+", " ", text).strip()


def figure_texts(figure: Model) -> dict[str, list[str]]:
    """List every text in a figure, by kind: titles, axes, ticks, annotations, legends, data."""
    found: dict[str, set[str]] = defaultdict(set)
    for model in figure.references():
        for kind, text in _texts(model):
            found[kind].add(text)
    return {kind: sorted(found[kind]) for kind in sorted(found)}


def _texts(model: Model) -> Iterator[tuple[str, str]]:
    if isinstance(model, Title | Label):
        yield from _said(type(model).__name__.lower(), [model.text])
    elif isinstance(model, Axis):
        yield from _said("axis", [model.axis_label])
        yield from _said("tick", model.major_label_overrides.values())
    elif isinstance(model, LegendItem):
        yield from _said("legend", [getattr(model.label, "value", model.label)])
    elif isinstance(model, FactorRange):
        yield from _said("factor", model.factors)
    elif isinstance(model, HoverTool) and model.tooltips:
        rows = model.tooltips if isinstance(model.tooltips, list) else [model.tooltips]
        yield from _said("hover", (": ".join(row) if len(row) == 2 else row for row in rows))
    elif isinstance(model, ColumnDataSource):
        for name, column in model.data.items():
            if not name.endswith(LOOKS):
                yield from _said(f"data {name}", column)


def _said(kind: str, values: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for value in values:
        if isinstance(value, str) and value.strip() and not COLOUR.fullmatch(value):
            yield kind, " / ".join(value.splitlines())


def path_of(track: str, number: int) -> Path:
    """Give the file of a part."""
    return FOLDER / f"{track}_{number}.txt"


def main(names: list[str]) -> None:
    """Write the files of the parts that are named, or of all."""
    FOLDER.mkdir(exist_ok=True)
    for track, parts in all_missions():
        for part in parts:
            if not names or f"{track.key}-{part.number}" in names:
                text = golden_words(track.key, part.number)
                path_of(track.key, part.number).write_text(text, encoding="utf-8")
                print(path_of(track.key, part.number))


if __name__ == "__main__":
    main(sys.argv[1:])
