"""A remedy, taken one step, improves what it says it improves, wherever the dials stand."""

import math
import random

import pytest

from labpy.app import hints
from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.app.prepared import Prepared
from labpy.missions import Failure, all_missions, load_part
from labpy.scenarios import scenario
from labpy.words import say
from tests.app.locked import AT, lock_in

PARTS = [
    pytest.param(part, id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]
WALKED = 7  # settings of each part


def grid(part):
    """Give a thin grid of a part's dials: its ends and middles, drawn with a fixed seed."""
    rng = random.Random(part.scenario)
    values = {}
    for knob in part.knobs:
        if knob.kind in ("switch", "choice"):
            values[knob.key] = knob.choices or (True, False)
        else:
            middle = knob.low + knob.step * round((knob.high - knob.low) / knob.step / 2)
            kind = int if knob.kind == "int" else float
            values[knob.key] = tuple(map(kind, (knob.low, middle, knob.high)))
    yield part.start()
    for _ in range(WALKED - 1):
        yield {key: rng.choice(each) for key, each in values.items()}


def found(part, made, settings):
    return [
        hints.Step(knob, value, made.evaluate(tried))
        for knob, value, tried in hints.steps(part, settings)
    ]


@pytest.mark.parametrize("part", PARTS)
def test_a_remedy_taken_one_step_improves_what_it_says_it_improves(part):
    made = Prepared(scenario(part))
    remedies = 0
    for settings in grid(part):
        outcome = made.evaluate(settings)
        if not hints.worst(part, outcome):
            continue
        remedy = hints.remedy(part, outcome, found(part, made, settings))
        if remedy is None:
            continue
        remedies += 1
        step = {**settings, remedy.step.knob.key: remedy.step.value}
        metric = remedy.held.metric
        before, after = outcome.metrics[metric], made.evaluate(step).metrics[metric]
        if isinstance(remedy.held, Failure):
            lower = remedy.held.fails_when == "above"
        else:
            lower = remedy.held.sense == "at_most"
        assert after < before if lower else after > before, (settings, metric)
        told = say(hints.hint(part, outcome, settings, remedy))
        assert remedy.step.knob.label in told
        if not part.iterations and not isinstance(remedy.held, Failure):
            assert say(remedy.held.reading(after)) in told
    assert remedies


@pytest.mark.parametrize("part", PARTS)
def test_remedies_followed_one_after_another_come_to_a_pass_or_an_end_and_never_in_a_circle(part):
    made = Prepared(scenario(part))
    settings, seen = part.start(), []
    for _ in range(60):
        outcome = made.evaluate(settings)
        remedy = hints.remedy(part, outcome, found(part, made, settings))
        if remedy is None:
            return
        assert settings not in seen
        seen.append(settings)
        settings = {**settings, remedy.step.knob.key: remedy.step.value}
    raise AssertionError("it goes on for ever")


def test_what_is_without_end_is_farther_than_anything_else():
    target = load_part("cloud", 1).targets[0]
    assert hints.lack(target, {target.metric: math.inf}) == math.inf
    assert hints.lack(target, {target.metric: target.limit}) == 0
    assert hints.lack(target, {target.metric: 2 * target.limit}) == pytest.approx(math.log(2))


@pytest.mark.parametrize("number", [1, 2])
def test_the_gap_is_told_at_once_and_the_remedy_when_spare_time_has_found_it(number):
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT)
    lock_in(lab, number)
    view = lab.open(number)
    view.tell()
    gap = page.last("facts")["hint"]
    assert gap == say(hints.gap(view.mission, view.outcome)) != ""
    while view.rest():
        pass
    told = page.last("hint")["text"]
    assert told.startswith(gap.split(":")[0])
    assert len(told) > len(gap)
    assert [each["kind"] for each in page.told].count("hint") == 1
    brings = "brings it to" in told
    assert brings == (not view.mission.iterations)  # a draft's figures are not known before it runs


def test_nothing_is_hinted_where_all_is_met():
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT)
    lock_in(lab, 1)
    view = lab.open(1)
    view.state.apply(view.mission.winning)
    while view.rest():
        pass
    assert page.last("facts")["hint"] == ""
    assert all(each["text"] == "" for each in page.told if each["kind"] == "hint")
