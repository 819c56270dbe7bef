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


KEY = next(key for key in teaching.load_key("tiny").parts if key.number == 2)


@pytest.fixture(scope="module")
def known():
    aside = teaching.Aside("small", "winning", {"cut": 2}, {"ears": 20})
    return {2: teaching.Readings(PART, dataclasses.replace(KEY, asides=(aside,)))}


@pytest.fixture
def fill(known):
    """Fill the readings of a text that no file holds."""
    before = current()

    def filled(text):
        use(Book("en", {**before.messages, **compile_text(f"sample = {text}", "sample")}))
        return teaching.fill_readings(msg("sample"), known, 2, "here")

    yield filled
    use(before)


def test_a_reading_is_what_the_models_say_as_the_workbench_writes_it(fill, known):
    value = known[2].outcomes["winning"].metrics["delay_p99_s"]
    assert fill("It takes { $winning-echo }.") == f"It takes {1e3 * value:.2f} ms."
    assert fill("{ $winning-delay_p99_s-duration }") == f"{1e3 * value:.2f} ms"
    assert fill("{ $truth } for { $truth-sums } sums") == "5.1× for 12 sums"
    assert fill("{ $limit-echo }, { $slow-dial-radio_interval }") == "10 ms, 7.5 ms"
    assert fill("{ $fixed-max_batch-count }") == f"{PART.fixed['max_batch']}"
    assert fill("{ $p2-winning-echo }") == fill("{ $winning-echo }")


def test_a_reading_tells_by_which_factor_one_setting_is_worse_than_another(fill, known):
    slow, winning = (known[2].outcomes[each].metrics["delay_p99_s"] for each in ("slow", "winning"))
    assert fill("{ $slow-echo-over-winning }") == f"{slow / winning:.1f} times"


def test_an_aside_may_change_what_the_part_holds_fast(known):
    part = dataclasses.replace(PART, fixed={**PART.fixed, "ears": 20})
    alone = scenario(part).evaluate({**PART.winning, "cut": 2}).metrics
    assert known[2].outcomes["small"].metrics == alone
    assert alone != known[2].outcomes["second"].metrics
    odd = dataclasses.replace(KEY, asides=(teaching.Aside("odd", "start", {}, {"colour": 1}),))
    with pytest.raises(MissionError, match="holds no 'colour' fast"):
        teaching.Readings(PART, odd)


@pytest.mark.parametrize(
    "name",
    [
        "gone-echo",
        "winning-gone",
        "winning-delay_p99_s-furlongs",
        "limit-gone",
        "truth-gone",
        "winning-dial-gone",
    ],
)
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
