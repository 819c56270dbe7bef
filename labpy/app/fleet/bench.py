"""The open bench: dials make fleets and traffic, the simulator answers when they rest.

A dial that moves is answered at once with what is known without a simulation: its reading, and
whether the fleet can be. The simulation, and each step of a search, are pieces of ``rest``, between
which messages come through; so a search can be stopped, and a newer setting overtakes an older.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from labpy.app import protocol
from labpy.app.fleet import settings as dials
from labpy.app.fleet.formulas import Asked, Formulas
from labpy.app.page import Message as Told
from labpy.app.page import Page
from labpy.app.prepared import steps_beside
from labpy.fleet import (
    Answer,
    ConfigReading,
    Fleet,
    Reading,
    Searching,
    Slo,
    TraceReader,
    Traffic,
    answer,
    launch_commands,
    nearest,
    python_snippet,
    read_config,
    search,
)
from labpy.fleet.answer import CURVE
from labpy.fleet.estimate import Estimate, Load
from labpy.fleet.search import Candidate
from labpy.fleet.telling import (
    Table,
    candidate_columns,
    candidate_row,
    course_table,
    difference,
    distribution_table,
    estimated,
    rows,
    search_table,
    traffic_sentence,
    verdict,
)
from labpy.fleet.trace import notice_of_thinning
from labpy.instruments.figures.bench import BenchFigures
from labpy.instruments.figures.palette import palette_of
from labpy.instruments.pictures.bench import Bench, Found
from labpy.missions import Knob
from labpy.missions.bench import SECOND, load_bench
from labpy.state.parts import PartState, part_state_class
from labpy.views.bench import BenchLayout
from labpy.words import Message, Value, WordedError, msg, say
from labpy.words.amounts import count, money

Settings = dict[str, Any]

MOST_REQUESTS = 20_000  # replayed; a longer trace is thinned
MOST_ROWS = 20  # of a search that are told
PIECE_BYTES = 1 << 20  # of a trace between two signs of progress


@dataclass(frozen=True)
class Second:
    """A second fleet's dials, as `part_state_class` takes them."""

    knobs: tuple
    scenario: str = "second"


@dataclass
class Side:
    """One of the two fleets: its answer, or why there is none."""

    fleet: Fleet | None = None
    answer: Answer | None = None
    refusal: str = ""


class FleetBench:
    """State, figures and what is left to do; made once for the page.

    Parameters
    ----------
    page : where facts are told.
    theme : the look, as `palette_of` takes it.
    query : of the page's address, which may hold a whole bench.
    """

    def __init__(self, page: Page, theme: str, query: str) -> None:
        self.page, self.theme = page, theme
        self.mission = load_bench()
        self.first: PartState = part_state_class(self.mission)()
        self.second: PartState = part_state_class(Second(self.mission.second))()
        self.figures = BenchFigures()
        self.figures.recolor(palette_of(theme))
        self.compares = dials.has_second(query)
        self.sides = [Side(), Side()]
        self.own: ConfigReading | None = None
        self.reading: Reading | None = None
        self.traffic: Traffic | None = None
        self.notices: list[Value] = []
        self._drawn_for: tuple | None = None
        self._trace_load: Load | None = None
        self._formulas = Formulas()
        self._reader: TraceReader | None = None
        self._awaited = ""
        self._dirty = True
        self._searching: Iterator[Searching] | None = None
        self._search: Searching | None = None
        self._follow(query)
        self._formulas.look_ahead(self._beside())

    def _follow(self, query: str) -> None:
        """Put everything where a link says."""
        for state in (self.first, self.second):
            values, refused = dials.from_link(query, state.knobs)
            state.apply(values)
            for refusal in refused:
                self.page.tell("notice", tone="warn", text=say(refusal))
        if text := dials.also_in_link(query, dials.CONFIG):
            self._take_config(text)
        self._awaited = dials.also_in_link(query, dials.TRACE)

    def layout(self, number: int) -> BenchLayout:
        """Return the controls of a fleet, with the figures beside the first."""
        state = self.second if number == 2 else self.first
        figures = {} if number == 2 else self.figures.all
        return BenchLayout(number, state, figures, self.theme)

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Take a dial's change: what is known at once is told, the rest is left to `rest`.

        A control that only repeats where it was put changes nothing, and stops no search.
        """
        before = self._both()
        yield
        now = self._both()
        moved = [key for key, value in now.items() if value != before[key]]
        if moved:
            self.touch()
            self._formulas.look_ahead(self._beside(moved[-1]))

    def _both(self) -> Settings:
        return self.first.settings() | self.second.settings()

    def _beside(self, moved: str = "") -> Iterator[Asked]:
        """Give what formulas are asked a step further: of the dial that moved, and of all sliders.

        Those behind "Advanced dials" are left out: they are many, and seldom turned.
        """
        now = self._both()
        sliders = [k for k in self.mission.knobs if k.kind in ("float", "int") and not k.advanced]
        for knob in [*([self._knob(moved)] if moved else []), *sliders]:
            for value in steps_beside(knob, now[knob.key]):
                with suppress(ValueError):  # such a fleet can't be
                    yield from self._asked(now | {knob.key: value})

    def _knob(self, key: str) -> Knob:
        return next(k for state in (self.first, self.second) for k in state.knobs if k.key == key)

    def touch(self) -> None:
        """Tell what is known at once; the simulation comes later."""
        self._dirty = True
        self._stop()
        self.tell("running", brief=True)

    def _stop(self) -> None:
        if self._searching is not None:
            self._searching = None
            self._tell_search(running=False)

    def rest(self) -> bool:
        """Do one piece of what is left; True if there may be more.

        First the simulation, then the formulas where the dial may go next, then a search's steps.
        """
        if self._dirty:
            self._dirty = False
            self._answer()
            return True
        if self._formulas.prepare():
            return True
        if self._searching is None:
            return False
        step = next(self._searching, None)
        if step is None:
            self._searching = None
            self._tell_search(running=False)
            return False
        self._search = step
        self._tell_search(running=True)
        return True

    def _settings(self) -> dict[str, Any]:
        return self.first.settings()

    def _fleet(self, number: int, settings: Settings | None = None) -> Fleet:
        own = self.own.model if self.own else None
        suffix = SECOND if number == 1 else ""
        return dials.fleet_of(self._both() if settings is None else settings, own, suffix)

    def _traffic(self) -> Traffic:
        """Draw or take the traffic, unless it is the one at hand; WordedError if there is none."""
        settings = self._settings()
        made = settings["traffic"]
        rate = settings["rate_multiplier"]
        fingerprint = (rate, dials.synthetic_of(settings) if made != "trace" else self.reading)
        if self._drawn_for is not None and self._drawn_for == fingerprint:
            return self.traffic
        self.notices = []
        if made == "trace":
            if self.reading is None:
                awaited = "yes" if self._awaited else "no"
                raise WordedError(msg("bench-drop", awaited=awaited))
            whole = self.reading.traffic
            self.notices = list(self.reading.notices)
            traffic = whole.thinned(MOST_REQUESTS)
            if len(traffic) < len(whole):
                self.notices.append(notice_of_thinning(len(whole), len(traffic)))
        else:
            traffic = dials.synthetic_of(settings).draw()
        self.traffic = traffic if rate == 1 else traffic.faster(rate)
        self._drawn_for = fingerprint
        return self.traffic

    def _answer(self) -> None:
        """Simulate what the dials say; the last good answer stays where they can't be."""
        slo = dials.slo_of(self._settings())
        failed = False
        for number in range(1 + self.compares):
            side = self.sides[number]
            try:
                side.fleet = self._fleet(number)
                side.answer = answer(side.fleet, self._traffic(), slo)
                side.refusal = ""
            except ValueError as error:  # a WordedError says itself in the reader's language
                side.refusal, failed = str(error), True
        self._draw(slo)
        self.tell("failed" if failed else "ready")

    def _draw(self, slo: Slo) -> None:
        shown = self.sides[: 1 + self.compares]
        pictures = [_picture(side.answer) if side.answer else None for side in shown]
        self.figures.show([*pictures, None][:2], slo.ttft_s, slo.tpot_s)

    def tell(self, state: str, brief: bool = False) -> None:
        """Tell the page all facts, or only those that a moving dial changes."""
        told: dict[str, Any] = {"knobs": self._readings(), "compares": self.compares}
        if brief:
            try:
                told |= self._told_by_formula() | {"refusal": ""}
            except ValueError as error:
                state, told["refusal"] = "failed", str(error)
        else:
            told |= self._facts()
        self.page.tell("fleet", state=state, told=told)

    def _told_by_formula(self) -> dict[str, Any]:
        """Tell what is known without a simulation; ValueError if a fleet can't be."""
        asked = self._asked(self._both())
        found = [self._formulas.of(fleet, load) for fleet, load in asked]
        if not found:
            return {}
        return {
            "estimates": [_spelled(each) for each in found],
            "trust": say(max(found, key=lambda each: bool(each.doubt)).sentence()),
        }

    def _asked(self, settings: Settings) -> list[Asked]:
        """Return the fleets shown and their load, none while a trace is awaited."""
        fleets = [self._fleet(number, settings) for number in range(1 + self.compares)]
        load = self._load(settings)
        if load is None:
            for fleet in fleets:
                fleet.deployment()
            return []
        return [(fleet, load) for fleet in fleets]

    def _load(self, settings: Settings) -> Load | None:
        """Statistics of the traffic; None while a trace is awaited."""
        multiplier = settings["rate_multiplier"]
        if settings["traffic"] != "trace":
            return Load.drawn(dials.synthetic_of(settings), multiplier)
        if self.reading is None:
            return None
        if self._trace_load is None:
            self._trace_load = Load.of(self.reading.traffic)
        return replace(self._trace_load, rate_per_s=self._trace_load.rate_per_s * multiplier)

    def _readings(self) -> dict[str, str]:
        states = (self.first, self.second) if self.compares else (self.first,)
        return {
            knob.key: knob.shown(getattr(state, knob.key))
            for state in states
            for knob in state.knobs
        }

    def _facts(self) -> dict[str, Any]:
        shown = self.sides[: 1 + self.compares]
        slo = dials.slo_of(self._settings())
        refusals = [side.refusal for side in shown if side.refusal]
        facts: dict[str, Any] = {
            "refusal": " ".join(dict.fromkeys(refusals)),
            "notices": [say(each) for each in self.notices],
        }
        if self.own:
            facts["notices"] += [say(each) for each in self.own.notes]
        if any(side.answer is None for side in shown):
            return facts
        answers = [side.answer for side in shown]
        told = [rows(each, slo) for each in answers]
        values = [{key: (say(name), say(value)) for key, name, value in each} for each in told]
        names = {key: said[0] for each in values for key, said in each.items()}
        near = None if refusals else nearest(shown[0].fleet, self.traffic)
        facts |= {
            "metrics": [_plain(each.metrics()) for each in answers],
            "rows": [
                [key, name, *(each[key][1] if key in each else "–" for each in values)]
                for key, name in names.items()
            ],
            "traffic": say(traffic_sentence(self.traffic)),
            "nearest": say(near.sentence() if near else msg("nearest-none")),
            "verdicts": [say(verdict(each, slo)) for each in answers],
            "difference": say(difference(*answers)) if self.compares else "",
            "tables": {
                "course": _as_told(course_table(answers)),
                "distribution": _as_told(distribution_table(answers, slo)),
            },
        }
        if not refusals:
            facts |= self._told_by_formula()
            facts["commands"] = "\n\n".join(launch_commands(shown[0].fleet).values())
            facts["python"] = self._snippet(shown[0].fleet)
        return facts

    def _snippet(self, fleet: Fleet) -> str:
        settings = self._settings()
        made = settings["traffic"]
        source = "trace.csv" if made == "trace" else dials.synthetic_of(settings)
        return python_snippet(
            fleet, source, dials.slo_of(settings), settings["rate_multiplier"], MOST_REQUESTS
        )

    def do(self, what: str, values: Mapping[str, Any]) -> None:
        """Do what the reader asks for; WordedError if it can't be."""
        getattr(self, f"_do_{what}")(values)

    def _do_compare(self, values: Mapping[str, Any]) -> None:
        if values["on"] and not self.compares:
            self.second.apply(
                {
                    f"{k.key}{SECOND}": getattr(self.first, k.key)
                    for k in self.mission.groups[0].knobs
                }
            )
        self.compares = bool(values["on"])
        self.touch()

    def _do_config(self, values: Mapping[str, Any]) -> None:
        self._take_config(str(values["text"]))
        self.first.apply({"model": dials.OWN_MODEL})
        self.touch()

    def _take_config(self, text: str) -> None:
        try:
            self.own = read_config(text)
        except WordedError as error:
            self.page.tell("notice", tone="warn", text=str(error))

    def _do_search(self, values: Mapping[str, Any]) -> None:  # noqa: ARG002
        settings = self._settings()
        budget = dials.budget_of(settings, self.mission.knob("budget_per_hour"))
        self._search = None
        self._searching = search(
            self._fleet(0),
            self._traffic(),
            dials.slo_of(settings),
            settings["most_accelerators"],
            budget,
            tuple(self.mission.knob("accelerator").choices),
        )

    def _do_stop(self, values: Mapping[str, Any]) -> None:  # noqa: ARG002
        self._stop()

    def _do_open(self, values: Mapping[str, Any]) -> None:
        """Put the dials where a row of the search says."""
        fleet = self._search.rows[int(values["row"])].fleet
        names = (
            "tensor_parallel_size",
            "pipeline_parallel_size",
            "expert_parallel_size",
            "replicas",
            "prefill_replicas",
            "weight_dtype",
        )
        found = {name: getattr(fleet, name) for name in names}
        own_link = fleet.link or dials.OWN_LINK
        self.first.apply(found | {"accelerator": fleet.accelerator.key, "link": own_link})
        self.touch()

    def _do_link(self, values: Mapping[str, Any]) -> None:  # noqa: ARG002
        own = self.own.model if self.own else None
        second = self.second.settings() if self.compares else None
        kept = ""
        if self._settings()["traffic"] == "trace" and self.reading:
            kept = self.reading.traffic.fingerprint
        query = dials.to_link(self._settings(), second, own, kept)
        self.page.tell("link", part=1, query=query)

    def _tell_search(self, running: bool) -> None:
        found = self._search
        if found is None:
            self.page.tell("fleet", state="searched", told={"search": {"running": running}})
            return
        self.figures.show_found(_found(found))
        told = {
            "running": running,
            "done": found.done,
            "total": found.total,
            "said": say(_said(found)),
            "columns": [say(each) for each in candidate_columns()],
            "rows": [_row(row) for row in found.rows[:MOST_ROWS]],
            "table": _as_told(search_table(found)),
        }
        self.page.tell("fleet", state="searched", told={"search": told})

    def take_trace(self, size: int, columns: str, data: bytes, last: bool, first: bool) -> None:
        """Take the next bytes of a trace; told is how much was read, and at the end the answer."""
        try:
            if first:
                named = [each for each in columns.split(",") if each.strip()]
                self._reader = TraceReader(named or None, size)
            if self._reader is None:
                return
            self._reader.feed(data)
            if not last:
                lines = say(msg("bench-reading", lines=count(self._reader.lines)))
                self.page.tell("fleet", state="reading", told={"reading": lines})
                return
            reading = self._reader.finish()
        except WordedError as error:
            self._reader = None
            self.page.tell("fleet", state="refused", told={"trace": str(error)})
            return
        self._reader = self._trace_load = None
        self.reading = reading
        if self._awaited and reading.traffic.fingerprint != self._awaited:
            self.page.tell("notice", tone="warn", text=say(msg("bench-other-trace")))
        self._awaited = ""
        lines = msg("bench-read", lines=count(reading.lines), form=reading.form)
        self.page.tell("fleet", state="read", told={"trace": say(lines)})
        self.first.apply({"traffic": "trace"})
        self.touch()


def _picture(found: Answer) -> Bench:
    course = found.course
    return Bench(CURVE, found.curves, course.begin_s, course.ttft_p99_s, course.arrivals_per_s)


def _found(searching: Searching) -> Found:
    def times(candidates: tuple) -> np.ndarray:
        return np.array([float(each.answer.ttft_s[-1]) for each in candidates])

    def prices(candidates: tuple) -> np.ndarray:
        return np.array([each.price_per_hour_usd for each in candidates])

    every, best = searching.rows, searching.frontier
    meets = np.array([each.meets for each in every], dtype=bool)
    return Found(prices(every), times(every), meets, prices(best), times(best))


def _said(found: Searching) -> Message:
    best = next((row for row in found.rows if row.meets), None)
    told = {"done": count(found.done), "total": count(found.total)}
    if best is None:
        return msg("bench-search-none-yet", **told)
    return msg("bench-search-best", price=money(best.price_per_hour_usd), **told)


def _row(row: Candidate) -> dict[str, Any]:
    return {
        "cells": [say(each) for each in candidate_row(row)],
        "meets": row.meets,
        "price": row.price_per_hour_usd,
    }


def _as_told(table: Table) -> dict[str, Any]:
    return {
        "columns": [say(each) for each in table.columns],
        "rows": [[say(each) for each in row] for row in table.rows],
        "summary": " ".join(say(each) for each in table.summary),
    }


def _spelled(found: Estimate) -> dict[str, str]:
    return {key: say(value) for key, value in estimated(found.figures).items()}


def _plain(metrics: Mapping[str, float]) -> dict[str, float | str]:
    """Give numbers as JSON has them."""
    return {name: value if math.isfinite(value) else "infinite" for name, value in metrics.items()}


class FleetLab:
    """The page's lab: it hears what `labpy.app.lab.Lab` hears, for the bench.

    Parameters are those of `Lab`; a bench keeps no ledger.
    """

    def __init__(self, page: Page, *, query: str = "", theme: str = "light", **_: Any) -> None:
        self.page, self.clock = page, ""
        self.bench = FleetBench(page, theme, query)
        self.workbenches = {1: self.bench, 2: self.bench}
        self._layouts: dict[int, BenchLayout] = {}

    def open(self, number: int) -> FleetLab:
        """Make a fleet's controls ready: `layout` is of the one opened last."""
        if number not in self._layouts:
            self._layouts[number] = self.bench.layout(number)
        self.layout = self._layouts[number]
        return self

    def show(self, number: int) -> None:  # noqa: ARG002
        """Answer anew."""
        self.bench.touch()

    def welcome(self) -> None:
        """Nothing is told before the bench is drawn."""

    def receive(self, message: Told) -> None:
        """Do what the page says; a refusal is told and changes nothing."""
        protocol.check("to_app", message)
        self.clock = message["at"]
        act = getattr(self, f"_on_{message['kind']}", None)
        if act is None:
            return  # of a ledger, or of a part
        try:
            act(message)
        except ValueError as error:
            self.page.tell("notice", tone="warn", text=str(error))

    def _on_fleet(self, message: Told) -> None:
        self.bench.do(message["do"], message["values"])

    def _on_theme(self, message: Told) -> None:
        self._recolor(message["theme"])

    def _recolor(self, theme: str) -> None:
        self.bench.theme = theme
        self.bench.figures.recolor(palette_of(theme))
        for layout in self._layouts.values():
            layout.recolor(theme)
