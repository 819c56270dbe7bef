"""The small tasks at the bench: none is met at the start, and each can be."""

from __future__ import annotations

import pytest

from labpy.app.challenges import Challenges
from labpy.missions import all_missions
from labpy.scenarios import scenario
from labpy.words import say

PARTS = [
    pytest.param(part, id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]


def follow(part, *changes):
    """Give the challenges that are met along some settings, with the last outcome."""
    physics = scenario(part)
    found = Challenges(part, physics.evaluate, physics.evaluate)
    met = {}
    for change in changes:
        settings = {**part.start(), **change}
        outcome = physics.evaluate(settings)
        met |= {each.key: outcome for each in found.met(settings, outcome, met)}
    return met


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_two_or_three_that_the_start_does_not_meet(part):
    assert 2 <= len(part.challenges) <= 3
    assert follow(part, {}) == {}


@pytest.mark.parametrize("part", PARTS)
def test_each_is_met_by_the_settings_that_prove_it(part):
    for each in part.challenges:
        for change in each.proof:
            for key, value in change.items():
                assert part.knob(key).parse(str(value)) == value
        met = follow(part, *each.proof)
        assert each.key in met, each.key
        said = say(each.told(met[each.key].metrics))
        assert not any(mark in said for mark in ("nan", "inf", "{")), said


@pytest.mark.parametrize("part", PARTS)
def test_what_is_said_reads_a_light_s_figure_as_the_light_does(part):
    targets = {each.metric: each for each in part.targets}
    for each in part.challenges:
        for metric, kind in each.words.items():
            if metric in targets and not targets[metric].phrased:
                assert kind == targets[metric].quantity, (each.key, metric)


def test_no_other_dial_may_move_where_one_alone_is_to_do_it():
    part = next(p for t, parts in all_missions() if t.key == "tiny" for p in parts if p.number == 1)
    seesaw = next(each for each in part.challenges if each.alone)
    change = dict(seesaw.proof[0])
    assert seesaw.key in follow(part, change)
    other = next(k for k in part.knobs if k.key != seesaw.alone and k.kind == "int")
    assert seesaw.key not in follow(part, change | {other.key: other.start + other.step})
