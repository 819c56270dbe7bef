"""The teacher's words: they cover every part, and their figures are the models'."""

import re
from functools import cache
from pathlib import Path

import pytest

from buildlib.model_notes import model_notes
from buildlib.paths import default_layout, is_for_teachers
from buildlib.python_assets import students_missions
from buildlib.teaching import Answer, answers, load_key, settings_of
from buildlib.words import for_python
from labpy.classroom.rubric import load_rubric
from labpy.missions import all_missions, load_part, missions_root, track_keys
from labpy.scenarios import Outcome, scenario
from labpy.state.link import read_place, read_settings
from labpy.words import say

DOCS = Path(__file__).parents[2] / "docs"
PARTS = [(track.key, part.number) for track, parts in all_missions() for part in parts]
every_part = pytest.mark.parametrize(("track", "number"), PARTS)


@cache
def answer(track: str, number: int) -> Answer:
    return next(each for each in answers(track).parts if each.part.number == number)


@cache
def outcomes(track: str, number: int) -> dict[str, Outcome]:
    """Evaluate the trials of a part by the scenario itself, not through the code of the key."""
    part = load_part(track, number)
    found = scenario(part)
    (key,) = (each for each in load_key(track).parts if each.number == number)
    settings = {"start": part.start()} | {t.key: settings_of(part, t) for t in key.trials}
    return {name: found.evaluate(each) for name, each in settings.items()}


@every_part
def test_the_key_shows_the_winning_and_the_tempting_setting(track, number):
    trials = {tried.trial.key: tried for tried in answer(track, number).tried}
    assert trials["winning"].trial.base == "winning"
    assert trials["tempting"].trial.base == "tempting"
    assert not trials["winning"].trial.change
    assert not trials["tempting"].trial.change
    assert all(light.met for light in trials["winning"].lights)
    failed = trials["tempting"]
    assert failed.failures or not all(light.met for light in failed.lights)


@every_part
def test_a_reading_of_the_key_is_that_of_the_workbench(track, number):
    part = load_part(track, number)
    for tried in answer(track, number).tried:
        outcome = outcomes(track, number)[tried.trial.key]
        assert outcome.passes(part) == tried.trial.passes
        for target, light in zip(part.targets, tried.lights, strict=True):
            assert light.value == say(target.reading(outcome.metrics[target.metric]))
            assert light.met == outcome.lights(part)[target.key]


@every_part
def test_every_wrong_prediction_is_answered_and_the_right_one_is_not(track, number):
    key, lock = answer(track, number), load_part(track, number).lock
    answered = [each.answer for _, each in key.predictions]
    if lock.kind == "choice":
        wrong = [option.key for option in lock.options if option.label != key.right]
        assert len(wrong) == len(lock.options) - 1
        assert sorted(answered) == sorted(wrong)
    else:
        truth = scenario(load_part(track, number)).truth().value
        assert len(set(answered)) >= 3
        assert all(not 0.8 < float(each) / truth < 1.25 for each in answered)


@every_part
def test_each_setting_of_the_key_has_a_link_that_opens_it(track, number):
    part = load_part(track, number)
    for tried in answer(track, number).tried:
        place = read_place(tried.link, {track: (1, 2, 3)}, "", 0)
        read = read_settings(tried.link, part)
        assert (place.track, place.part, place.notices, read.notices) == (track, number, (), ())
        assert read.values == settings_of(part, tried.trial)


def strings(said):
    """Give all texts of what was filled in."""
    for value in said.texts.values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str):
                yield each


@every_part
def test_no_reading_is_left_unfilled_and_no_text_is_empty(track, number):
    key = answer(track, number)
    texts = [*strings(key.reflection), key.reason, *(tried.why for tried in key.tried)]
    texts += list(strings(key.defence)) if key.defence else []
    assert all(text.strip() and "{" not in text for text in texts)


def test_the_rubric_adds_up():
    rubric = load_rubric()
    points = {row.name: row.points for row in rubric.criteria}
    each = sum(points.values()) - points["Defence (once a track)"]
    assert f"{each} points" in rubric.marking
    assert f"{3 * each + points['Defence (once a track)']} points" in rubric.marking
    for row in rubric.criteria:
        assert str(row.points) in re.findall(r"\d+", row.good)


def test_the_errors_on_the_page_about_the_models_are_those_of_the_validation():
    validation = (DOCS / "validation.md").read_text("utf-8")
    (tpot, ttft), *_ = re.findall(r"`closed_loop`, a formula \| ([\d.]+%) \| ([\d.]+%)", validation)
    notes = {note.formula: note for note in model_notes().models}
    assert f"{tpot} for the time per token, {ttft} for the time to first token" in (
        notes["closed"].checked
    )
    held = validation.partition("## Rows left out")[2].partition("## ")[0]
    errors = sorted(float(each) for each in re.findall(r"\| ([\d.]+)% \| [\d.]+% \|", held))
    assert f"between {errors[0]:.1f}% and {errors[-1]:.1f}%" in notes["step"].checked
    worst = min(float(each) for each in re.findall(r"([+-][\d.]+)% \|$", validation, re.MULTILINE))
    assert f"{-worst:.0f}% too low" in notes["closed"].fails


def test_every_package_of_the_models_is_explained_to_teachers():
    told = " ".join(note.code for note in model_notes().models)
    folder = Path(__file__).parents[2] / "labpy" / "models"
    # Tools of the others, and what is said of them.
    inner = {"registry", "measurements", "spectra", "simulation", "data", "trust"}
    names = {path.stem for path in folder.iterdir() if not path.name.startswith("_")} - inner
    assert {name for name in names if name not in told} == set()


def test_a_student_s_browser_gets_none_of_it():
    assert is_for_teachers("teach/guide.md")
    assert is_for_teachers("cloud/teach.toml")
    assert not is_for_teachers("cloud/part_1.toml")
    kept = students_missions(missions_root())
    assert (
        len([path for path in kept if path.endswith(".toml")]) == 4 * len(track_keys()) + 1
    )  # the bench
    spoken = for_python(default_layout())["words/en.json"].decode()
    assert load_part("cloud", 1).title in spoken
    for track in track_keys():
        model = load_key(track).parts[0].reflection.model
        assert model.key not in spoken
        assert answer(track, 1).reflection.model[:40] not in spoken
