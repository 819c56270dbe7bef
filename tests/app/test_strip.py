"""The strip of requests is told at rest, for what is shown, and not before the lock."""

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.app.workbench import SEED, Workbench
from labpy.instruments.telling import flow as telling
from labpy.missions import load_part
from labpy.scenarios import scenario
from tests.app.locked import AT, lock_in


def opened(number: int = 1, locked: bool = True) -> tuple[Lab, Workbench, RecordingPage]:
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT)
    if locked:
        lock_in(lab, number)
    workbench = lab.open(number)
    lab.show(number)
    return lab, workbench, page


def strips(page: RecordingPage) -> list[dict]:
    return [each for each in page.told if each["kind"] == "flow"]


def rest(workbench: Workbench, pieces: int = 50) -> None:
    for _ in range(pieces):
        if not workbench.rest():
            break


def test_nothing_of_it_is_told_under_an_open_lock_and_all_once_it_is_committed():
    lab, workbench, page = opened(locked=False)
    rest(workbench)
    assert strips(page) == []
    lock_in(lab, 1)
    assert strips(page) == []  # the facts come first
    rest(workbench)
    (told,) = strips(page)
    part = load_part("cloud", 1)
    assert told["strip"] == telling.as_facts(scenario(part).flow(part.start(), SEED))


def test_it_waits_until_the_knobs_rest_and_is_told_once():
    _, workbench, page = opened()
    rest(workbench)
    before = len(strips(page))
    with workbench.moving():
        workbench.state.apply({"arrival_rate": 3.0})
    assert len(strips(page)) == before
    with workbench.moving():
        workbench.state.apply({"arrival_rate": 2.5})
    rest(workbench)
    assert len(strips(page)) == before + 1
    part = load_part("cloud", 1)
    settings = part.start() | {"arrival_rate": 2.5}
    assert strips(page)[-1]["strip"] == telling.as_facts(scenario(part).flow(settings, SEED))


def test_a_setting_that_comes_again_is_not_simulated_again(monkeypatch):
    _, workbench, page = opened()
    rest(workbench)
    workbench.state.apply({"arrival_rate": 3.0})
    rest(workbench)
    monkeypatch.setattr(workbench.scenario, "flow", None)
    workbench.state.apply({"arrival_rate": load_part("cloud", 1).knob("arrival_rate").start})
    rest(workbench)
    first, _, last = strips(page)
    assert last["strip"] == first["strip"]


def test_a_draft_leaves_the_strip_alone_until_it_is_deployed():
    lab, workbench, page = opened(2)
    rest(workbench)
    before = strips(page)[-1]["strip"]
    workbench.state.apply(load_part("cloud", 2).winning)
    rest(workbench)
    assert all(each["strip"] == before for each in strips(page))
    lab.receive({"kind": "deploy", "part": 2, "at": AT})
    rest(workbench)
    assert strips(page)[-1]["strip"] != before
