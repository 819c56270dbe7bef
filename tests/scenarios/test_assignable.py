"""Each limit that may be assigned leaves a part that fails at its start and can be passed."""

from dataclasses import replace

import pytest

from buildlib.assigning import proofs, tried
from labpy.missions import all_missions, allowed_limits, load_part
from labpy.scenarios import scenario
from tools import assignable

PARTS = [(part.track, part.number) for _, parts in all_missions() for part in parts]
TARGETS = [
    (track, number, target.key)
    for track, number in PARTS
    for target in load_part(track, number).targets
    if target.assignable
]


def test_each_part_has_a_limit_to_assign():
    assert {place[:2] for place in TARGETS} == set(PARTS)


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_with_each_limit_a_setting_passes_and_start_and_tempting_one_fail(track, number):
    """By two in a hundred of the limit at least, or exactly where a dial sets the figure."""
    part = load_part(track, number)
    known = [each.settings for each in proofs() if (each.track, each.part) == (track, number)]
    passing = [tried(part, each) for each in known]
    failing = [tried(part, each) for each in (part.start(), part.tempting)]
    for target in part.targets:
        for limit in allowed_limits(target).values():
            if limit == target.limit:
                continue
            changed = load_part(track, number, ((target.key, limit),)).targets
            others = [each for each in changed if each.key != target.key]
            (new,) = (each for each in changed if each.key == target.key)
            assert any(
                each.meets([new]) and all(o.passes(each.metrics[o.key]) for o in others)
                for each in passing
            ), (target.key, limit)
            assert all(each.misses(changed) for each in failing), (target.key, limit)


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_the_start_and_the_tempting_setting_fail_with_all_limits_at_their_loosest(track, number):
    part = load_part(track, number)
    loosest = tuple(
        sorted(
            (each.key, (max if each.sense == "at_most" else min)(allowed_limits(each).values()))
            for each in part.targets
            if each.assignable
        )
    )
    targets = load_part(track, number, loosest).targets
    assert tried(part, part.start()).misses(targets)
    assert tried(part, part.tempting).misses(targets)


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_each_setting_that_is_said_to_pass_is_one_of_the_dials(track, number):
    part = load_part(track, number)
    for each in proofs():
        if (each.track, each.part) == (track, number):
            assert set(each.settings) == {knob.key for knob in part.knobs}
            for key, value in each.settings.items():
                text = str(value).lower() if isinstance(value, bool) else str(value)
                assert part.knob(key).parse(text) == value


@pytest.mark.parametrize(("track", "number", "key"), TARGETS)
def test_an_assigned_limit_changes_neither_what_is_true_of_the_lock_nor_any_figure(
    track, number, key
):
    """So a ledger can be computed anew by the part's own models, whatever its limits are."""
    part = load_part(track, number)
    (target,) = (each for each in part.targets if each.key == key)
    far = max(target.assignable, key=lambda each: abs(each - target.limit))
    changed = scenario(load_part(track, number, ((key, far),)))
    own = scenario(part)
    assert changed.truth().value == own.truth().value
    for settings in (part.start(), dict(part.winning)):
        one, other = (each.quickly(settings) for each in (changed, own))
        assert dict(one.metrics) == pytest.approx(dict(other.metrics), rel=0, abs=0, nan_ok=True)


def test_the_file_is_what_the_command_writes():
    assert assignable.FILE.read_text("utf-8") == assignable.write(proofs())


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_the_command_keeps_what_is_known_and_has_nothing_left_to_prove(track, number):
    known = [each.settings for each in proofs() if (each.track, each.part) == (track, number)]
    assert assignable.prove(load_part(track, number), known) == (known, [])


@pytest.mark.parametrize(("track", "number"), [("edge", 2), ("mobile", 2), ("tiny", 2)])
def test_the_command_finds_settings_where_none_is_known(track, number):
    part = load_part(track, number)
    found, unproven = assignable.prove(part, [])
    assert not unproven
    for goal in assignable.goals(part):
        assert any(goal.lacks(tried(part, dict(each))) == 0 for each in found)


def test_the_command_names_a_limit_that_nothing_meets_or_that_the_tempting_setting_meets():
    part = load_part("edge", 2)
    (target,) = (each for each in part.targets if each.key == "dram")
    others = [each for each in part.targets if each is not target]
    strict = replace(part, targets=(*others, replace(target, assignable=(0.01,))))
    _, unproven = assignable.prove(strict, [])
    assert ("dram", 0.01) in {(goal.key, goal.limit) for goal in unproven}
    _, unproven = assignable.prove(replace(part, tempting=part.winning), [])
    assert ("dram", 0.86) in {(goal.key, goal.limit) for goal in unproven}
