"""The answer key: what its readings may be, and that a wrong claim stops the build."""

import dataclasses

import pytest

from buildlib import teaching
from buildlib.errors import BuildError
from labpy.missions import MissionError, load_part
from labpy.scenarios import scenario
from labpy.words import Book, current, msg, use
from labpy.words.compiled import compile_text

PART = load_part("tiny", 2)


@pytest.fixture(scope="module")
def outcomes():
    found = scenario(PART)
    return {"start": found.evaluate(PART.start()), "winning": found.evaluate(PART.winning)}


@pytest.fixture
def fill(outcomes):
    """Fill the readings of a text that no file holds."""
    before = current()

    def filled(text):
        use(Book("en", {**before.messages, **compile_text(f"sample = {text}", "sample")}))
        return teaching.fill_readings(msg("sample"), PART, outcomes, "5.1×", "here")

    yield filled
    use(before)


def test_a_reading_is_what_the_models_say_as_the_workbench_writes_it(fill, outcomes):
    value = outcomes["winning"].metrics["delay_p99_s"]
    assert fill("It takes { $winning-echo }.") == f"It takes {1e3 * value:.2f} ms."
    assert fill("{ $winning-delay_p99_s-duration }") == f"{1e3 * value:.2f} ms"
    assert fill("{ $truth }") == "5.1×"


@pytest.mark.parametrize("name", ["gone-echo", "winning-gone", "winning-delay_p99_s-furlongs"])
def test_an_unknown_reading_is_refused_with_the_known_ones(name, fill):
    with pytest.raises(BuildError, match=r"here: there is no reading .*trials: start, winning"):
        fill(f"{{ ${name} }}")


def test_a_trial_that_turns_out_otherwise_stops_the_build(monkeypatch):
    key = teaching.load_key("tiny")
    part = key.parts[1]
    wrong = [dataclasses.replace(t, passes=not t.passes) for t in part.trials]
    parts = (key.parts[0], dataclasses.replace(part, trials=tuple(wrong)), key.parts[2])
    monkeypatch.setattr(teaching, "load_key", lambda track: teaching.TrackKey(parts))
    teaching._answers.cache_clear()
    try:
        with pytest.raises(BuildError, match=r"part 2: trial 'winning' is said to fail"):
            teaching.answers("tiny")
    finally:
        teaching._answers.cache_clear()


def test_a_change_that_no_knob_allows_is_refused():
    trial = teaching.load_key("tiny").parts[1].trials[0]
    for change, message in (({"cut": 9}, "allowed|0 to 7"), ({"colour": 1}, "no knob 'colour'")):
        with pytest.raises(MissionError, match=message):
            teaching.settings_of(PART, dataclasses.replace(trial, change=change))
