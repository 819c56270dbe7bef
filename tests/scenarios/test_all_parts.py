"""Laws of every part of every track: it fails at the start, can be won, and tempts."""

import itertools
import json
import math
import random

import numpy as np
import pytest

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.missions import Knob, Part, all_missions
from labpy.scenarios import Scenario
from labpy.scenarios import scenario as make_scenario
from labpy.words import say
from tests.app.locked import lock_in

AT = "2026-03-01T09:30:00.000Z"
EVERY_PART = [(track.key, part) for track, parts in all_missions() for part in parts]
IDS = [f"{track}-{part.number}" for track, part in EVERY_PART]
LEVELS = 5  # of a knob that is a number
MOST = 300  # settings of the grid that are tried
TOO_EASY = 0.3  # of them

every_part = pytest.mark.parametrize(("track", "part"), EVERY_PART, ids=IDS)
_scenarios: dict[tuple[str, int], Scenario] = {}


def scenario_of(track: str, part: Part) -> Scenario:
    return _scenarios.setdefault((track, part.number), make_scenario(part))


def levels(knob: Knob) -> list:
    if knob.kind == "switch":
        return [False, True]
    if knob.kind == "choice":
        return list(knob.choices)
    steps = round((knob.high - knob.low) / knob.step)
    kind = int if knob.kind == "int" else float
    return [
        kind(knob.low + knob.step * i) for i in np.unique(np.linspace(0, steps, LEVELS, dtype=int))
    ]


def grid(part: Part) -> list[dict]:
    """Settings over all knobs, thinned by a seeded draw."""
    keys = [knob.key for knob in part.knobs]
    axes = [levels(knob) for knob in part.knobs]
    total = math.prod(map(len, axes))
    if total <= MOST:
        return [dict(zip(keys, each, strict=True)) for each in itertools.product(*axes)]
    draw = random.Random(part.number)
    return [{k: draw.choice(axis) for k, axis in zip(keys, axes, strict=True)} for _ in range(MOST)]


def neighbours(part: Part, base: dict) -> list[dict]:
    """Settings that differ from the base in one knob at most."""
    return [{**base, knob.key: level} for knob in part.knobs for level in levels(knob)]


def assert_same_keys(part: Part, settings: dict) -> None:
    assert set(settings) == {knob.key for knob in part.knobs}
    for key, value in settings.items():
        knob = part.knob(key)
        text = str(value).lower() if knob.kind == "switch" else str(value)
        assert knob.parse(text) == value


@every_part
def test_the_start_fails(track, part):
    assert not scenario_of(track, part).evaluate(part.start()).passes(part)


@every_part
def test_the_winning_setting_passes_without_a_failure(track, part):
    assert_same_keys(part, part.winning)
    outcome = scenario_of(track, part).evaluate(part.winning)
    assert outcome.lights(part) == {target.key: True for target in part.targets}
    assert not outcome.failures(part)


@every_part
def test_the_tempting_setting_fails(track, part):
    assert_same_keys(part, part.tempting)
    assert not scenario_of(track, part).evaluate(part.tempting).passes(part)


@every_part
def test_some_settings_pass_and_most_do_not(track, part):
    found = scenario_of(track, part)
    passed = [found.evaluate(each).passes(part) for each in grid(part)]
    assert sum(passed) <= TOO_EASY * len(passed)
    near = (found.evaluate(each).passes(part) for each in neighbours(part, part.winning))
    assert any(passed) or any(near)


@every_part
def test_no_knob_wins_alone(track, part):
    """The start needs more than one change, so that the part is a trade-off and not a switch."""
    found, start = scenario_of(track, part), part.start()
    for settings in neighbours(part, start):
        assert not found.evaluate(settings).passes(part), settings


@every_part
def test_every_knob_matters(track, part):
    """Somewhere on the grid a knob changes a metric or a picture's sentence."""
    found = scenario_of(track, part)
    pictures = found.instruments()

    def seen(settings: dict) -> tuple:
        outcome = found.evaluate(settings)
        said = []
        for each in pictures:
            each.update(outcome.pictures[each.name])
            said.append(say(each.sentence(outcome.pictures[each.name])))
        return (tuple(outcome.metrics.values()), *said)

    bases = [part.start(), part.winning, part.tempting, *grid(part)[:20]]
    for knob in part.knobs:
        changed = (
            len({seen({**base, knob.key: level}) for level in levels(knob)}) > 1 for base in bases
        )
        assert any(changed), knob.key


@every_part
def test_an_outcome_holds_what_the_mission_names(track, part):
    found = scenario_of(track, part)
    for settings in (part.start(), part.winning, part.tempting):
        outcome = found.evaluate(settings)
        named = {each.metric for each in (*part.targets, *part.failures, *part.log)}
        assert named <= set(outcome.metrics)
        assert not any(math.isnan(outcome.metrics[name]) for name in named)
        assert set(part.instruments) <= set(outcome.pictures)
        assert set(outcome.meanings) <= {knob.key for knob in part.knobs}
    assert [each.name for each in found.instruments()] == list(part.instruments)


@every_part
def test_a_failure_state_can_be_reached_and_left(track, part):
    found = scenario_of(track, part)
    met = set()
    named = (part.start(), part.winning, part.tempting)
    tried = [*grid(part), *(each for base in named for each in neighbours(part, base))]
    for settings in tried:
        met |= {failure.key for failure in found.evaluate(settings).failures(part)}
    assert met == {failure.key for failure in part.failures}


@every_part
def test_nothing_is_said_that_is_not_a_number(track, part):
    found = scenario_of(track, part)
    pictures = found.instruments()
    for settings in (part.start(), part.winning, part.tempting, *grid(part)[:40]):
        outcome = found.evaluate(settings)
        for each in pictures:
            picture = outcome.pictures[each.name]
            each.update(picture)
            words = [each.sentence(picture)]
            words += [cell for row in each.table(picture).rows for cell in row]
            words += [formula.numbers for formula in each.formulas(picture)]
            words += outcome.meanings.values()
            text = " ".join(map(say, words)).lower()
            assert "nan" not in text.split()
            assert "not known" not in text


@every_part
def test_the_truth_of_the_lock_is_one_of_the_answers(track, part):
    truth = scenario_of(track, part).truth()
    assert truth == make_scenario(part).truth()
    if part.lock.kind == "number":
        assert part.lock.lowest <= truth.value <= part.lock.highest
    else:
        implied = [option.implies for option in part.lock.options]
        off = [abs(math.log(truth.value / each)) for each in implied]
        assert min(off) < math.log(1.5)


@every_part
def test_the_facts_of_the_page_are_json_at_start_and_at_the_extremes(track, part):
    page = RecordingPage()
    lab = Lab(page, track=track, build="t", at=AT)
    lock_in(lab, part.number)
    view = lab.open(part.number)
    for settings in (part.start(), part.winning, part.tempting, *grid(part)[:6]):
        view.state.apply(settings)
        view.tell()
        json.dumps(page.last("facts"), allow_nan=False)


@every_part
def test_equal_seeds_simulate_the_same(track, part):
    found = scenario_of(track, part)
    first, second = (found.simulate(part.winning, 3) for _ in range(2))
    assert set(first) == set(part.simulates)
    for each in found.instruments():
        if each.name in first:
            each.update(first[each.name])
            assert each.table(first[each.name]) == each.table(second[each.name])
