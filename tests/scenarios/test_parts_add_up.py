"""The parts of a budget or a waterfall add up to the figure that is shown beside them."""

import math

import numpy as np
import pytest

from labpy.missions import load_part
from labpy.models.queueing import ndd1
from labpy.scenarios import scenario


def draws(part, count):
    """Settings at random, each value one that the page can set."""
    rng = np.random.default_rng(7)
    for _ in range(count):
        settings = {}
        for knob in part.knobs:
            if knob.kind in ("int", "float"):
                steps = rng.integers(round((knob.high - knob.low) / knob.step) + 1)
                settings[knob.key] = type(knob.start)(knob.low + knob.step * steps)
            else:
                choices = (False, True) if knob.kind == "switch" else knob.choices
                settings[knob.key] = choices[rng.integers(len(choices))]
        yield settings
    yield from (part.start(), dict(part.winning), dict(part.tempting))


def outcomes(track, number, count=12):
    part = load_part(track, number)
    made = scenario(part)
    for settings in draws(part, count):
        yield settings, made.evaluate({**part.start(), **settings})


def same(found, shown):
    return found == shown or found == pytest.approx(shown, rel=1e-9)


def test_a_cut_frame_s_means_add_up_to_its_mean_and_with_the_jitter_to_p99():
    finite = 0
    for settings, outcome in outcomes("mobile", 2, 90):
        *means, jitter = outcome.pictures["BudgetBars"].parts
        assert same(sum(means), outcome.metrics["mean_frame_s"]), settings
        assert same(sum(means) + jitter, outcome.metrics["p99_frame_s"]), settings
        finite += math.isfinite(sum(means))
    assert finite >= 10  # the others are overloaded


def test_the_queues_of_one_message_are_those_of_even_streams():
    part = load_part("mobile", 2)
    made = scenario(part)
    for cut, glasses in ((4, 6), (3, 1), (4, 9), (5, 2)):
        settings = {**part.start(), "cut": cut, "ways": 1, "glasses": glasses, "messages": 1}
        plan, period_s = made.plan(cut, 1, 1), 1.0 / part.fixed["frame_rate"]
        air_s = float(made.channel.air_time_s(plan.sent_bytes))
        exact = sum(
            float(ndd1(glasses, period_s, each).mean_wait_s) for each in (air_s, plan.node_s)
        )
        queues = made.evaluate(settings).pictures["BudgetBars"].parts[5]
        assert queues == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize(
    ("track", "number", "metric"), [("tiny", 2, "delay_p99_s"), ("edge", 3, "loop_p999_s")]
)
def test_a_budget_of_time_adds_up_to_the_delay(track, number, metric):
    for settings, outcome in outcomes(track, number):
        assert same(outcome.pictures["BudgetBars"].total, outcome.metrics[metric]), settings


def test_a_staged_frame_s_waterfalls_add_up():
    for settings, outcome in outcomes("edge", 2):
        waterfall = outcome.pictures["LatencyWaterfall"]
        assert same(waterfall.ttft.total_s, outcome.metrics["frame_s"]), settings
        assert same(waterfall.tpot.total_s, outcome.metrics["interval_s"]), settings
