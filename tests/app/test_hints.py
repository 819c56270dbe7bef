"""A remedy improves what it says it improves, and whoever follows remedies comes to a pass."""

import math
from dataclasses import replace
from functools import cache
from itertools import islice, product

import pytest

from labpy.app import hints
from labpy.app.advice import Advice, gap
from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.missions import Failure, all_missions, load_part
from labpy.scenarios import scenario
from labpy.words import say
from tests.app.locked import AT, lock_in
from tools.golden_words import settings_of

PARTS = [
    pytest.param(track.key, part.number, id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]
CORNERS = 16  # of each part's dials; its start, its tempting and an overloaded setting come before
MOST = 8  # remedies from anywhere to a pass


class Made:
    """A part and the outcomes of its settings, without their pictures, evaluated once each."""

    def __init__(self, track, number):
        self.part, self._scenario, self._known = load_part(track, number), None, {}

    def evaluate(self, settings):
        key = tuple(sorted(settings.items()))
        if key not in self._known:
            self._scenario = self._scenario or scenario(self.part)
            self._known[key] = replace(self._scenario.evaluate(settings), pictures={})
        return self._known[key]


made_for = cache(Made)


def grid(track, part):
    """Give where remedies are followed from: four settings that matter, then corners."""
    special = settings_of(track, part)
    yield from (special[name] for name in ("start", "tempting", "overloaded"))
    ends = [
        (part.start()[knob.key],)
        if knob.advanced
        else (True, False)
        if knob.kind == "switch"
        else (knob.choices[0], knob.choices[-1])
        if knob.kind == "choice"
        else (knob.low, knob.high)
        for knob in part.knobs
    ]
    kinds = [int if knob.kind == "int" else lambda value: value for knob in part.knobs]
    for corner in islice(product(*ends), CORNERS):
        values = (kind(value) for kind, value in zip(kinds, corner, strict=True))
        yield dict(zip((knob.key for knob in part.knobs), values, strict=True))


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_remedies_followed_from_anywhere_come_to_a_pass(track, number):
    """And each improves what it says it improves, and says what it turns red."""
    made = made_for(track, number)
    part = made.part
    for first in grid(track, part):
        settings, moves = first, 0
        while not (outcome := made.evaluate(settings)).passes(part):
            remedy = hints.Search(part, outcome, settings, made.evaluate).remedy()
            after = made.evaluate(remedy.taken(settings))
            was, now = (each.metrics[remedy.held.metric] for each in (outcome, after))
            falling = (
                remedy.held.fails_when == "above"
                if isinstance(remedy.held, Failure)
                else remedy.held.sense == "at_most"
            )
            assert now < was if falling else now > was, settings
            before, lights = outcome.lights(part), after.lights(part)
            broken = {key for key, met in before.items() if met and not lights[key]}
            assert broken == {light.key for light in remedy.costs}, settings
            settings, moves = remedy.taken(settings), moves + 1
            assert moves <= MOST, first


def test_what_never_settles_is_farther_than_anything_else():
    target = load_part("cloud", 1).targets[0]
    assert hints.lack(target, {target.metric: math.inf}) == math.inf
    assert hints.lack(target, {target.metric: target.limit}) == 0
    assert hints.lack(target, {target.metric: 2 * target.limit}) == pytest.approx(math.log(2))


def opened(track, number):
    page = RecordingPage()
    lab = Lab(page, track=track, build="test", at=AT)
    lock_in(lab, number)
    return page, lab.open(number)


def worst(view):
    return hints.worst(view.mission, view.outcome)


def told_at_rest(page, view):
    view.tell()
    while view.rest():
        pass
    hints_ = [each for each in page.told if each["kind"] in ("facts", "hint")]
    return hints_[-1].get("hint", hints_[-1].get("text"))


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_the_gap_is_told_at_once_and_a_dial_without_a_value_when_spare_time_has_found_it(
    track, number
):
    page, view = opened(track, number)
    view.tell()
    first = page.last("facts")["hint"]
    assert first == say(gap(view.mission, view.outcome)) != ""
    told = told_at_rest(page, view)
    lacking = [getattr(each, "label", "") or each.title for each in worst(view)]
    assert told.startswith(tuple(lacking))
    named = [knob for knob in view.mission.knobs if f"“{knob.label}”" in told]
    assert named
    for knob in named:
        assert f"“{knob.label}” to" not in told
    assert [each["kind"] for each in page.told].count("hint") == 1


def test_a_way_is_told_after_one_try_a_value_after_two_and_after_a_step_taken_a_way_again():
    page, view = opened("mobile", 1)
    assert "What moves it" in told_at_rest(page, view)
    assert "What moves it" in told_at_rest(page, view)  # to be told twice is no try
    view.state.apply({"batch_window": 1.0})
    assert "nearer" in told_at_rest(page, view)
    view.state.apply({"batch_window": 8.0})
    assert "brings it to" in told_at_rest(page, view)
    view.state.apply({"batch_window": 7.5})  # tried by oneself: a value again
    told = told_at_rest(page, view)
    assert "Setting “Batch window” to" in told
    value = float(told.split("Setting “Batch window” to ")[1].split()[0])
    view.state.apply({"batch_window": value})
    assert "brings it to" not in told_at_rest(page, view)


def test_under_the_ten_iteration_rule_no_value_is_told():
    made = made_for("edge", 2)
    advice = Advice(made.part, made.evaluate)
    start = made.part.start()
    for models in (10, 9, 8, 7):
        settings = {**start, "split": "stages", "gpu_models": models}
        advice.look(made.evaluate(settings), settings)
        told = say(advice.told())
        assert "Setting" not in told
        assert "“" in told


def test_dials_that_have_to_move_together_are_followed_to_their_end():
    """On the way one of them alone may have made it worse; it is not taken back."""
    made = made_for("cloud", 2)
    advice = Advice(made.part, made.evaluate)
    settings = {**made.part.start(), "pipeline_parallel_size": 2}
    advice.look(made.evaluate(settings), settings)
    assert "have to move together" in say(advice.told())
    joint = advice.remedy()
    assert len(joint.step.moves) == 2
    half = hints.moved(settings, joint.step.moves[:1])
    advice.look(made.evaluate(half), half)
    rest = advice.remedy()
    assert rest.step.moves == joint.step.moves[1:]
    assert rest.taken(half) == joint.taken(settings)


def test_nothing_is_hinted_where_all_is_met():
    page, view = opened("cloud", 1)
    view.state.apply(view.mission.winning)
    while view.rest():
        pass
    assert page.last("facts")["hint"] == ""
    assert all(each["text"] == "" for each in page.told if each["kind"] == "hint")
