"""The rubric filled in: settings whole, of texts only what a program can see."""

from dataclasses import replace
from functools import cache

import pytest

from labpy.classroom.feedback import feedback_page
from labpy.classroom.marking import dials_changed, mark
from labpy.classroom.own_figures import figures, own_figures
from labpy.classroom.rubric import load_rubric
from labpy.missions import all_missions, load_part
from labpy.state.ledger import Ledger, summary
from labpy.words import say
from tests.classroom.played import play
from tests.state.ledger_samples import predict, time

RUBRIC = load_rubric()
MISSIONS = all_missions()


@cache
def played(tries=2):
    return play("cloud", 7, tries)


def marks(ledger, track="cloud"):
    (found,) = [each for each in mark(ledger, MISSIONS, RUBRIC) if each.track.key == track]
    return {each.column: each for each in found.marks}


def parts(ledger):
    return next(each for each in summary(ledger, MISSIONS).tracks if each.key == "cloud").parts


def facts(row):
    return " ".join(map(say, row.facts))


def test_settings_are_judged_and_texts_are_left_to_the_teacher():
    rows = marks(played())
    assert [rows[f"{n} settings"].points for n in (1, 3)] == [3, 3]
    assert all(
        rows[f"{n} {key}"].points is None for n in (1, 2, 3) for key in ("prediction", "reflection")
    )
    assert rows["defence"].points is None
    assert sum(each.most for each in rows.values()) == 35
    assert "All 4 targets met." in facts(rows["1 settings"])


def test_one_dial_at_a_time_is_counted_deployment_by_deployment():
    part = parts(played())[1]
    changed = dials_changed(part)
    assert len(changed) == 3
    start, winning = part.mission.start(), part.mission.winning
    assert sum(winning[key] != start[key] for key in start) == 2
    one = {"settings": {**start, "tensor_parallel_size": 4}}
    two = {"settings": dict(winning)}
    assert dials_changed(replace(part, deployments=(one, two))) == [1, 1]
    assert dials_changed(replace(part, deployments=(two,))) == [2]


@pytest.mark.parametrize(
    ("metrics", "points"),
    [
        ({}, 3),
        ({"ttft_p99_s": 2.0}, 1),
        ({"ttft_p99_s": 2.0, "tpot_p99_s": 1.0}, 0),
        ({"ttft_p99_s": None}, 1),
    ],
)
def test_a_target_missed_costs_two_points_and_two_cost_all(metrics, points):
    from labpy.classroom.marking import _settings

    part = parts(played())[0]
    assert _settings(replace(part, metrics={**part.metrics, **metrics}), 3).points == points


def test_the_start_s_settings_and_none_earn_nothing():
    from labpy.classroom.marking import _settings

    part = parts(played())[0]
    assert _settings(replace(part, settings=part.mission.start()), 3).points == 0
    assert _settings(replace(part, settings={}, metrics={}), 3).points == 0


def test_what_is_not_there_earns_nothing_without_a_teacher():
    rows = marks(play("cloud", 8, 0))
    assert rows["1 prediction"].points is None
    rows = marks(predict(Ledger.new(time(0), "b")))
    assert (rows["1 reflection"].points, rows["2 prediction"].points) == (0, 0)
    assert rows["1 settings"].points == 0
    assert rows["1 prediction"].points is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("P99 is 120 ms there", ["120 ms"]),
        ("P99 is 0.12 s there", ["0.12 s"]),
        ("it takes 0,12 s", ["0,12 s"]),
        ("the load is 67% and 16 requests/s", ["67%", "16 requests/s"]),
        ("a P99 of 120 s", []),  # the number, in a unit that makes it another
        ("P99 is 130 ms", []),
        ("in part 2 of 3", []),  # no figures of a run
    ],
)
def test_a_figure_is_the_run_s_if_it_reads_so_in_its_unit(text, found):
    part = parts(played(0))[0]
    assert [each.text for each in own_figures(text, [part])] == found


def test_a_figure_of_the_defence_says_of_which_part_it_is():
    (found,) = own_figures("it costs $0.49 a million", list(parts(played(0))))
    assert (found.text, found.parts) == ("$0.49", (2,))


def test_dates_versions_and_words_are_no_figures():
    assert [each.number for each in figures("on 2.3.2026 in M/M/1, 1,214 tokens, H100")] == [
        1,
        1214,
    ]


def test_the_page_sets_what_was_typed_as_text():
    (found,) = mark(played(), MISSIONS, RUBRIC)
    nasty = "<script>alert(1)</script> & \x07"
    rows = tuple(replace(each, text=nasty) if each.text else each for each in found.marks)
    page = feedback_page(replace(found, name=nasty, marks=rows), RUBRIC, "a.json", comment=nasty)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 6  # the name, the comment, four texts
    assert "\x07" not in page
    assert "http" not in page
    assert "open, of 4" in page


def test_the_total_is_told_once_all_rows_have_points():
    (found,) = mark(played(), MISSIONS, RUBRIC)
    assert found.total is None
    whole = replace(found, marks=tuple(replace(each, points=each.most) for each in found.marks))
    assert (whole.total, whole.most) == (35, 35)
    assert "In all 35 of 35 points." in feedback_page(whole, RUBRIC, "a.json")


def test_the_rubric_s_row_on_settings_says_what_the_program_does():
    row = RUBRIC.row("settings")
    assert row.good.endswith("(3)")
    assert "(2)" in row.partial
    assert "(1)" in row.partial
    assert "(0)" in row.weak
    assert load_part("cloud", 2).iterations  # part 2 alone has a log
    assert not load_part("cloud", 1).iterations
