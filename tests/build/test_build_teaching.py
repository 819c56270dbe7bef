"""The answer key: what its readings may be, and that a wrong claim stops the build."""

import dataclasses

import pytest

from buildlib import teaching
from buildlib.errors import BuildError
from labpy.missions import MissionError, load_part
from labpy.scenarios import scenario

PART = load_part("tiny", 2)


@pytest.fixture(scope="module")
def outcomes():
    found = scenario(PART)
    return {"start": found.evaluate(PART.start()), "winning": found.evaluate(PART.winning)}


def fill(text, outcomes):
    return teaching.fill_readings(text, PART, outcomes, "5.1×", "here")


def test_a_reading_is_what_the_models_say_in_the_target_s_unit(outcomes):
    shown = 1e3 * outcomes["winning"].metrics["delay_p99_s"]
    assert fill("It takes {winning.echo}.", outcomes) == f"It takes {shown:.2f} ms."
    assert fill("{winning.delay_p99_s:ms}", outcomes) == f"{shown:.2f} ms"
    assert fill("{truth}", outcomes) == "5.1×"


@pytest.mark.parametrize("text", ["{gone.echo}", "{winning.gone}", "{winning.echo:furlongs}"])
def test_an_unknown_reading_is_refused_with_the_known_ones(text, outcomes):
    with pytest.raises(BuildError, match=r"here: there is no reading .*trials: start, winning"):
        fill(text, outcomes)


def test_a_trial_that_turns_out_otherwise_stops_the_build(monkeypatch):
    key = teaching.load_key("tiny")
    part = key.parts[1]
    wrong = [dataclasses.replace(t, passes=not t.passes) for t in part.trials]
    parts = (key.parts[0], dataclasses.replace(part, trials=tuple(wrong)), key.parts[2])
    monkeypatch.setattr(teaching, "load_key", lambda track: teaching.TrackKey(parts))
    teaching.answers.cache_clear()
    try:
        with pytest.raises(BuildError, match=r"part 2: trial 'winning' is said to fail"):
            teaching.answers("tiny")
    finally:
        teaching.answers.cache_clear()


def test_a_change_that_no_knob_allows_is_refused():
    trial = teaching.load_key("tiny").parts[1].trials[0]
    for change, message in (({"cut": 9}, "allowed|0 to 7"), ({"colour": 1}, "no knob 'colour'")):
        with pytest.raises(MissionError, match=message):
            teaching.settings_of(PART, dataclasses.replace(trial, change=change))


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (25.0, "ears", "25 ears"),
        (0.5621, "$", "$0.562"),
        (88.6, "%", "88.6%"),
        (2.69, "×", "2.69×"),
        (float("inf"), "ms", "without end"),
        (1771.6, "mW", "1\u202f770 mW"),
        (0.0, "ears", "0 ears"),
    ],
)
def test_a_reading_is_written_as_people_write_it(value, unit, shown):
    assert teaching._reading(value, unit) == shown
