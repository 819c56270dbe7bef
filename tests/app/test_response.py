"""While a knob moves the lab does what is seen; what is left is done when it rests, once."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
from bokeh.models import ColumnDataSource

from labpy.app.attention import Attention
from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.app.workbench import Workbench
from labpy.browser.documents import LinkedDocument
from labpy.missions import Knob, Part, Track, all_missions, load_part
from labpy.scenarios import scenario
from tests.app.locked import AT, lock_in

PARTS = [
    pytest.param((track, part), id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]


def open_view(track: str, number: int) -> tuple[Workbench, RecordingPage]:
    page = RecordingPage()
    lab = Lab(page, track=track, build="test", at=AT)
    lock_in(lab, number)
    return lab.open(number), page


def other_value(knob: Knob):
    """A value of a knob that is not its start, and not at an end where figures are degenerate."""
    if knob.kind == "switch":
        return not knob.start
    if knob.kind == "choice":
        return next(each for each in reversed(knob.choices) if each != knob.start)
    up = knob.start + 2 * knob.step
    value = up if up <= knob.high else knob.start - 2 * knob.step
    return int(value) if knob.kind == "int" else value


def move(view: Workbench, key: str, value) -> None:
    with view.moving():
        view.state.apply({key: value})


def deploy(view: Workbench) -> None:
    """Run what the knobs make, in a part where they only make a draft."""
    if view.mission.iterations:
        view.session.record(view.number, "deployed", view.draft() | {"iteration": 1}, AT)
        view.tell()


def look_at(view: Workbench, *names: str) -> None:
    view.attention = Attention(frozenset(names), frozenset(), frozenset())


def facts_of(page: RecordingPage) -> dict:
    told = dict(page.last("facts"))
    assert not told["brief"]
    return told


def drawn(view: Workbench, name: str) -> list[str]:
    """Give the columns of an instrument's sources, in an order that does not depend on ids."""
    instrument = view.instruments[name]
    if instrument.steps(view.outcome.pictures[name]):
        instrument.show_step(0)  # which frame is shown is the reader's choice, not the knobs'
    sources = instrument.figure.select({"type": ColumnDataSource})
    return sorted(
        repr(sorted((column, np.asarray(each.data[column]).tolist()) for column in each.data))
        for each in sources
    )


@dataclass
class Moved:
    """A part whose primary knobs were moved while only its main instrument was in view."""

    view: Workbench
    page: RecordingPage
    models: tuple[set[str], set[str]]
    patch: str


@pytest.fixture(scope="module", params=PARTS)
def moved(request: pytest.FixtureRequest) -> Moved:
    """Each part in turn; several tests look at the same one, since opening it takes long."""
    track, part = request.param
    view, page = open_view(track.key, part.number)
    figures = LinkedDocument(view.layout.figure_roots())
    figures.as_render()
    before = {model.id for model in figures.document.models}
    look_at(view, part.instruments[0])
    for knob in part.knobs:
        if not knob.advanced:
            move(view, knob.key, other_value(knob))
    view.finish()
    deploy(view)
    after = {model.id for model in figures.document.models}
    patch, _ = figures.take_patch()
    return Moved(view, page, (before, after), patch)


def test_at_rest_a_part_says_what_a_direct_evaluation_says(moved: Moved):
    direct, told = open_view(moved.view.session.track, moved.view.number)
    direct.state.apply(moved.view.state.settings())
    deploy(direct)
    assert facts_of(moved.page) == facts_of(told)
    for name in moved.view.instruments:
        assert drawn(moved.view, name) == drawn(direct, name)


def test_figures_are_updated_through_their_sources_and_never_rebuilt(moved: Moved):
    before, after = moved.models
    assert after == before
    kinds = {event["kind"] for event in json.loads(moved.patch)["events"]}
    assert kinds <= {"ModelChanged", "ColumnDataChanged"}


@pytest.mark.parametrize("place", PARTS)
def test_what_a_sketch_says_of_the_setting_itself_is_what_the_evaluation_says(
    place: tuple[Track, Part],
):
    _, part = place
    made, direct = scenario(part), scenario(part)
    for knob in part.knobs:
        settings = {**part.start(), knob.key: other_value(knob)}
        sketched = made.sketch(settings)
        if sketched is None:
            return  # it is always evaluated
        exact = direct.evaluate(settings)
        assert dict(sketched.metrics) == pytest.approx(dict(exact.metrics), rel=1e-12, nan_ok=True)
        assert set(sketched.pictures) == set(exact.pictures)


class Counting:
    """Counts the calls of a view's scenario and instruments."""

    def __init__(self, view: Workbench) -> None:
        self.calls: Counter[str] = Counter()
        for name in ("sketch", "evaluate"):
            self._count(view.scenario, name, name)
        for name, instrument in view.instruments.items():
            self._count(instrument, "update", f"update {name}")
            self._count(instrument, "table", f"table {name}")

    def _count(self, owner, method: str, label: str) -> None:
        inner = getattr(owner, method)

        def outer(*args):
            self.calls[label] += 1
            return inner(*args)

        setattr(owner, method, outer)


def test_while_a_knob_moves_what_is_not_in_view_is_left_alone():
    view, page = open_view("cloud", 3)
    seen, *unseen = view.instruments
    look_at(view, seen)
    counted = Counting(view)
    move(view, "fragmentation", "paged")
    assert counted.calls[f"update {seen}"] == 1
    assert not any(counted.calls[f"update {name}"] for name in unseen)
    assert not any(counted.calls[f"table {name}"] for name in view.instruments)
    assert set(page.last("facts")["instruments"]) == {seen}
    view.finish()
    assert set(page.last("facts")["instruments"]) == set(view.instruments)
    assert all(counted.calls[f"table {name}"] == 1 for name in view.instruments)


def test_a_knob_that_moves_on_drops_what_the_moves_before_left_undone():
    view, _ = open_view("edge", 1)
    look_at(view)
    counted = Counting(view)
    for rate in range(20, 40):
        move(view, "frame_rate", rate)
    assert (counted.calls["sketch"], counted.calls["evaluate"]) == (20, 0)
    view.finish()
    assert counted.calls["evaluate"] == 1
    assert all(counted.calls[f"table {name}"] == 1 for name in view.instruments)


def test_a_picture_that_a_knob_does_not_change_is_not_drawn_again():
    view, _ = open_view("cloud", 2)
    counted = Counting(view)
    move(view, "continuous_batching", False)
    deploy(view)
    assert counted.calls["update RealityCheck"] == 0
    assert counted.calls["update LatencyWaterfall"] == 1


def test_a_source_is_not_sent_again_with_the_same_columns():
    view, _ = open_view("cloud", 1)
    figures = LinkedDocument(view.layout.figure_roots())
    figures.as_render()
    view.state.apply({"arrival_rate": 4.0})
    text, _ = figures.take_patch()
    frontier = view.instruments["LatencyThroughputFrontier"]
    assert not any(curve["source"].id in text for curve in frontier._curves.values())


def test_a_message_that_needs_the_outcome_gets_the_exact_one():
    page = RecordingPage()
    lab = Lab(page, track="tiny", build="test", at=AT)
    lock_in(lab, 3)
    view = lab.open(3)
    move(view, "active_fraction", 0.3)
    lab.receive({"kind": "checkpoint", "part": 3, "at": AT})
    exact = scenario(load_part("tiny", 3)).evaluate(view.state.settings())
    pictured = view.outcome.pictures["PowerDelaySeesaw"]
    assert len(pictured.batch) == len(exact.pictures["PowerDelaySeesaw"].batch)
    assert not page.last("facts")["brief"]


def test_an_outcome_that_was_no_sketch_is_not_evaluated_again():
    view, _ = open_view("cloud", 3)
    counted = Counting(view)
    move(view, "fragmentation", "paged")
    view.finish()
    assert counted.calls["evaluate"] == 1


def test_spare_time_is_spent_only_when_nothing_is_left_undone():
    view, _ = open_view("cloud", 3)
    counted = Counting(view)
    move(view, "fragmentation", "paged")
    view.finish()
    assert counted.calls["evaluate"] == 1
    assert view.rest()  # the strip of requests
    assert counted.calls["evaluate"] == 1
    assert view.rest()
    assert counted.calls["evaluate"] == 2
