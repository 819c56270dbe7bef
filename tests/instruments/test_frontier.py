"""What a frontier says follows its numbers: the verdict, the shares, and Little's law."""

import math
from dataclasses import replace

import numpy as np
import pytest
from bokeh.models import Label

from labpy.instruments.figures.frontier import LatencyThroughputFrontier
from labpy.instruments.pictures.dots import dots
from labpy.instruments.pictures.frontier import Frontier, FrontierCurve, Measure
from labpy.instruments.telling import frontier as telling
from labpy.words import say

WALL = "Why there is a wall: M/M/1 response against service"
MEASURE = Measure("response", 0.999, "frames_per_s")
RATE = np.linspace(1.0, 99.0, 99)
TIME_S = 0.01 / (1 - RATE / 100)  # M/M/1: a median and a quantile are multiples of the mean
CURVE = FrontierCurve(
    "a", "One", "one engine", RATE, math.log(2) * TIME_S, math.log(1000) * TIME_S, 100.0, 50.0,
    math.log(1000) * 0.02,
)  # fmt: skip
PICTURE = Frontier(
    measure=MEASURE, curves=(CURVE, replace(CURVE, key="b", label="Two", phrase="two engines")),
    current="a", arrival_rate=80.0, p50_s=math.log(2) * 0.05, quantile_s=math.log(1000) * 0.05,
    utilization=0.8, limit_s=0.4, highest_rate=120.0, mean_response_s=0.05,
)  # fmt: skip
OVERLOADED = replace(
    PICTURE, arrival_rate=110.0, utilization=1.1, quantile_s=math.inf, mean_response_s=math.inf
)


def made() -> LatencyThroughputFrontier:
    return LatencyThroughputFrontier(("a", "b"), (0.01, 10.0), MEASURE)


def numbers(picture: Frontier) -> dict[str, str]:
    found = [each.as_facts() for each in telling.formulas(picture)]
    return {each["title"]: each["numbers"] for each in found}


def test_the_sentence_says_the_point_its_quantile_and_the_side_of_the_limit():
    assert say(telling.sentence(PICTURE)) == (
        "At 80 frames/s, 80% of the 100 that one engine can finish, the P99.9 response is 345 ms, "
        "within the limit of 400 ms."
    )
    tight = replace(PICTURE, limit_s=0.345)
    assert "is 345.4 ms, beyond the limit of 345 ms." in say(telling.sentence(tight))


def test_overload_has_no_quantile():
    assert say(telling.sentence(OVERLOADED)) == (
        "At 110 frames/s, 110% of the 100 that one engine can finish: the queue grows without "
        "end, so no P99.9 exists."
    )


@pytest.mark.parametrize(("mean_s", "said"), [(0.05, "50.0 ms = 4.0"), (0.125, "125 ms = 10")])
def test_littles_law_takes_the_rate_and_the_mean(mean_s, said):
    picture = replace(PICTURE, mean_response_s=mean_s)
    assert numbers(picture)["Little's law: requests in the house"] == f"80 frames/s × {said}"


def test_without_a_mean_there_is_no_littles_law():
    assert not any("Little" in title for title in numbers(replace(PICTURE, mean_response_s=None)))


def test_the_wall_is_one_over_what_is_idle():
    assert "is 5.0×; at 80% it is 5×" in numbers(PICTURE)[WALL]
    assert "∞" not in numbers(OVERLOADED)[WALL]


def test_the_table_begins_with_the_point_and_reads_the_curves():
    rows = telling.table(PICTURE).as_facts()["rows"]
    assert rows[0] == ["80 frames/s (now)", "80%", "345 ms", "345 ms"]
    assert [row[1] for row in rows[1:]] == [f"{100 * share:.0f}%" for share in telling.SHARES]
    assert telling.table(OVERLOADED).as_facts()["rows"][0][2:] == ["collapse", "collapse"]


def test_dots_sum_up_the_seeds_and_stand_in_the_table():
    found = dots(np.array([50.0]), np.array([[0.12, 0.1, 0.15]]), 1000)
    assert (found.low_s[0], found.middle_s[0], found.high_s[0]) == (0.1, 0.12, 0.15)
    row = telling.table(PICTURE.with_dots(found)).as_facts()["rows"][-1]
    assert row == ["50.0 frames/s (simulated)", "50%", "120 ms (100 ms to 150 ms)", "–"]


def test_the_figure_says_the_limit_and_the_point_in_the_words_of_the_sentence():
    frontier = made()
    frontier.update(PICTURE)
    texts = [label.text for label in frontier.figure.select({"type": Label})]
    assert "SLA: P99.9 ≤ 400 ms" in texts
    assert "345 ms" in texts
    assert frontier.figure.yaxis[0].axis_label == "P99.9 response (log scale)"
    assert frontier.figure.xaxis[0].axis_label == "Arrival rate (frames/s)"
