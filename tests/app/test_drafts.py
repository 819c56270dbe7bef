"""Under the 10-Iteration Rule lights and figures show what was deployed, not the draft."""

import pytest

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.missions import all_missions
from labpy.scenarios import scenario
from labpy.words import say
from tests.app.locked import AT, lock_in

PARTS = [
    pytest.param((track, part), id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
    if part.iterations
]


@pytest.fixture(params=PARTS)
def opened(request):
    track, part = request.param
    page = RecordingPage()
    lab = Lab(page, track=track.key, build="test", at=AT)
    lock_in(lab, part.number)
    view = lab.open(part.number)
    view.tell()
    return lab, view, page


def act(lab, view, kind):
    lab.receive({"kind": kind, "part": view.number, "at": AT})


def lights(page):
    targets = page.last("facts")["targets"]
    return {key: (each["state"], each["value"]) for key, each in targets.items()}


def test_a_draft_changes_no_light_and_no_figure_until_it_is_deployed(opened):
    lab, view, page = opened
    before, pictures = lights(page), dict(view.outcome.pictures)
    view.state.apply(view.mission.winning)
    facts = page.last("facts")
    assert lights(page) == before
    assert view.outcome.pictures == pictures
    assert facts["instruments"] == {}
    assert not any(each["meaning"] for each in facts["knobs"].values())
    act(lab, view, "deploy")
    exact = scenario(view.mission).evaluate({**view.mission.start(), **view.mission.winning})
    assert {state for state, _ in lights(page).values()} == {"pass"}
    for target in view.mission.targets:
        assert lights(page)[target.key][1] == say(target.reading(exact.metrics[target.metric]))


def test_the_start_is_shown_free_before_the_first_deployment_and_after_a_restart(opened):
    lab, view, page = opened
    start = lights(page)
    assert page.last("facts")["deployments"]["left"] == view.mission.iterations
    assert "as you found it" in page.last("facts")["draft"]["shows"]
    view.state.apply(view.mission.winning)
    act(lab, view, "deploy")
    assert "deployment 1" in page.last("facts")["draft"]["shows"]
    assert lights(page) != start
    act(lab, view, "restart")
    assert lights(page) == start


def test_a_checkpoint_holds_the_deployment_that_passed_and_not_the_draft(opened):
    lab, view, _ = opened
    winning = {**view.mission.start(), **view.mission.winning}
    for settings in (winning, view.mission.start()):
        view.state.apply(settings)
        act(lab, view, "deploy")
    act(lab, view, "checkpoint")
    data = lab.session.latest(view.number, "checkpointed")
    assert data["passed"]
    assert data["settings"] == winning
    metrics = scenario(view.mission).evaluate(winning).metrics
    for target in view.mission.targets:
        assert target.passes(data["metrics"][target.metric])
        assert data["metrics"][target.metric] == pytest.approx(metrics[target.metric])


def test_what_is_known_of_a_draft_is_told_at_every_setting_of_each_dial(opened):
    _, view, page = opened
    for knob in view.mission.knobs:
        values = knob.choices or ((True, False) if knob.kind == "switch" else (knob.low, knob.high))
        for value in values:
            view.state.apply({knob.key: type(knob.start)(value)})
            assert page.last("facts")["draft"]["known"]


def test_a_split_that_does_not_fit_is_said_to_in_light_hint_and_log_alike():
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT)
    lock_in(lab, 2)
    view = lab.open(2)
    view.state.apply({"tensor_parallel_size": 4, "pipeline_parallel_size": 4})
    act(lab, view, "deploy")
    facts = page.last("facts")
    row = " ".join(facts["deployments"]["rows"][0])
    assert "doesn’t fit" in facts["targets"]["first_token"]["value"]
    assert "doesn’t fit" in facts["hint"]
    assert "doesn’t fit" in row
    assert "without end" not in row + facts["hint"]
