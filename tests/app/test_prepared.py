"""Spare time prepares the next step, and what it prepared is what a direct evaluation says."""

from __future__ import annotations

import pytest

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.app.prepared import MOST_KEPT, Prepared, steps_beside
from labpy.app.workbench import Workbench
from labpy.missions import Knob, all_missions, load_part
from labpy.scenarios import scenario
from tests.app.locked import AT, lock_in

KNOBS = [
    pytest.param(track.key, part.number, knob, id=f"{track.key}-{part.number}-{knob.key}")
    for track, parts in all_missions()
    for part in parts
    for knob in part.knobs
    if not knob.advanced and not part.iterations
]


def slider(**given) -> Knob:
    named = {"key": "k", "label": "K", "doc": "A knob.", "kind": "float", "start": 0.3}
    return Knob(**(named | {"low": 0.1, "high": 0.4, "step": 0.1} | given))


def open_view(track: str, number: int) -> tuple[Workbench, RecordingPage]:
    page = RecordingPage()
    lab = Lab(page, track=track, build="test", at=AT)
    lock_in(lab, number)
    return lab.open(number), page


def rest(view: Workbench, pieces: int = 200) -> None:
    for _ in range(pieces):
        if not view.rest():
            return
    raise AssertionError("spare time never ends")


@pytest.mark.parametrize(
    ("value", "beside"), [(0.3, [0.4, 0.2]), (0.1, [0.2]), (0.4, [0.3]), (0.2, [0.3, 0.1])]
)
def test_a_slider_steps_in_decimals_and_not_beyond_its_ends(value, beside):
    assert steps_beside(slider(), value) == beside


def test_a_whole_number_stays_one():
    knob = slider(kind="int", start=8, low=1, high=9, step=2)
    assert [(each, type(each)) for each in steps_beside(knob, 5)] == [(7, int), (3, int)]


def test_a_choice_may_become_each_other_one_and_a_switch_its_opposite():
    choice = slider(kind="choice", start="b", choices=("a", "b", "c"))
    assert steps_beside(choice, "b") == ["a", "c"]
    assert steps_beside(slider(kind="switch", start=True), True) == [False]


@pytest.mark.parametrize(("track", "number", "knob"), KNOBS)
def test_the_step_after_a_rest_is_evaluated_already_and_says_the_same(
    monkeypatch, track, number, knob
):
    view, page = open_view(track, number)
    first = steps_beside(knob, knob.start)[-1]
    with view.moving():
        view.state.apply({knob.key: first})
    rest(view)

    def refuse(*_):
        raise AssertionError("it was prepared")

    for name in ("evaluate", "sketch"):
        monkeypatch.setattr(view.scenario, name, refuse)
    following = steps_beside(knob, first)[0]
    with view.moving():
        view.state.apply({knob.key: following})
    view.finish()
    monkeypatch.undo()
    told = dict(page.last("facts"))
    exact = scenario(load_part(track, number)).evaluate(view.state.settings())
    assert dict(view.outcome.metrics) == pytest.approx(dict(exact.metrics), nan_ok=True)
    assert set(view.outcome.pictures) == set(exact.pictures)
    assert told["settings"][knob.key] == following


def test_a_draft_is_evaluated_in_spare_time_so_that_a_deployment_answers_at_once(monkeypatch):
    view, _ = open_view("cloud", 2)
    with view.moving():
        view.state.apply({"continuous_batching": True})
    assert view.rest()
    monkeypatch.setattr(view.scenario, "evaluate", None)
    assert view.draft()["settings"]["continuous_batching"] is True


def test_only_the_latest_outcomes_are_kept():
    class Counted:
        calls = 0

        def evaluate(self, settings):
            self.calls += 1
            return dict(settings)

    made = Counted()
    prepared = Prepared(made)
    start = {"x": -1}
    prepared.evaluate(start)
    for x in range(MOST_KEPT - 1):
        prepared.evaluate({"x": x})
    assert prepared.get(start) == start  # and is the latest now
    prepared.evaluate({"x": MOST_KEPT})
    assert prepared.get({"x": 0}) is None
    calls = made.calls
    assert prepared.evaluate(start) == start
    assert made.calls == calls
