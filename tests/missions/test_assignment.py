"""An assignment's word is read as it was meant, or refused; its limits are the student's own."""

import random

import pytest

from labpy.missions import MissionError, load_part, read_assignment
from labpy.missions.assignment import DIGITS, draw
from tests.missions.assignments import code

FULL = code(
    "1", "cloud", "1.3", "1.latency.0p5", "1.demand.12.18", "d202612012259", "s417",
)  # fmt: skip


def test_a_word_says_track_parts_limits_end_and_seed():
    told = read_assignment(f" {FULL.upper()} ")
    assert (told.track, told.parts, told.due, told.seed) == (
        "cloud", (1, 3), "2026-12-01T22:59:00Z", "417",
    )  # fmt: skip
    assert told.limits == {(1, "latency"): (0.5,), (1, "demand"): (12.0, 14.0, 16.0, 18.0)}


def test_each_mistyped_letter_and_each_cut_is_noticed():
    rng = random.Random(3)
    for at in range(len(FULL)):
        other = rng.choice([each for each in DIGITS if each != FULL[at]])
        wrong = FULL[:at] + other + FULL[at + 1 :]
        for each in (wrong, FULL[:at]):
            with pytest.raises(MissionError, match=r"mistyped or cut off|newer version"):
                read_assignment(each)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (("1", "cloud", "1", "1.latency.0p4"), "does not have"),  # no limit that is proven
        (("1", "cloud", "1", "1.headroom.0p8"), "does not have"),  # not to be assigned
        (("1", "cloud", "1", "2.cost.0p5"), "does not have"),  # a part that is not asked for
        (("1", "cloud", "1", "1.demand.18.12"), "does not have"),
        (("1", "cloud", "4"), "does not have"),
        (("1", "moon", "1"), "does not have"),
        (("1", "cloud", "1", "d202613012259"), "does not have"),
        (("1", "cloud", "1", "x"), "does not have"),
        (("2", "cloud", "1"), "newer version"),
        (("1", "cloud", "1", "<b>"), "mistyped"),
    ],
)
def test_what_the_lab_does_not_have_is_refused_with_a_sentence(fields, reason):
    with pytest.raises(MissionError, match=reason):
        read_assignment(code(*fields))


def test_a_student_s_limits_stay_and_all_values_are_drawn_about_as_often():
    told = read_assignment(FULL)
    assert told.drawn("anna") == told.drawn("anna")
    drawn = [dict(told.drawn(f"student {n}")[1])["demand"] for n in range(2000)]
    for value in (12.0, 14.0, 16.0, 18.0):
        assert 400 < drawn.count(value) < 600
    assert {dict(told.drawn(f"student {n}")[1])["latency"] for n in range(50)} == {0.5}
    assert {draw(f"{n}", 3) for n in range(50)} == {0, 1, 2}


def test_a_limit_changes_the_target_and_the_words_that_quote_it():
    part = load_part("cloud", 1, (("latency", 0.5),))
    assert [each.limit for each in part.targets if each.key == "latency"] == [0.5]
    assert load_part("cloud", 1, (("latency", 0.5),)) is part
    with pytest.raises(MissionError, match="no target 'speed'"):
        load_part("cloud", 1, (("speed", 0.5),))
