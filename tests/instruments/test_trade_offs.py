from dataclasses import replace

import numpy as np
import pytest
from bokeh.models import BoxAnnotation, HBar, LabelSet, Line, Scatter, Span
from instrument_pictures import CASES, GATHER, SEESAW, schedule

from labpy.instruments.base import Formula
from labpy.instruments.pictures.bisection_gauge import Bisection, FabricUse
from labpy.instruments.pictures.request_timeline import Timeline
from labpy.words import say


def renderers(instrument, kind):
    return [r for r in instrument.figure.renderers if isinstance(r.glyph, kind)]


def texts(instrument):
    sets = [m for m in instrument.figure.references() if isinstance(m, LabelSet)]
    return [text for each in sets for text in each.source.data["text"]]


def test_sweet_spot_is_what_both_limits_leave():
    assert SEESAW.batch[SEESAW.sweet].tolist() == [8.0]
    said = say(CASES["PowerDelaySeesaw"].instrument().sentence(SEESAW))
    assert "the delay holds, the power does not." in said


def test_no_sweet_spot_is_said():
    picture = replace(SEESAW, delay_limit_s=0.001)
    said = say(CASES["PowerDelaySeesaw"].instrument().sentence(picture))
    assert "neither limit holds; nothing on the curve keeps both" in said


@pytest.mark.parametrize(
    ("delay_s", "power_w", "verdict"),
    [
        (0.010, 0.001, "both limits hold"),
        (0.0100001, 0.001, "the power holds, the delay does not"),
        (0.010, 0.0010001, "the delay holds, the power does not"),
        (0.011, 0.0011, "neither limit holds"),
        (np.nan, 0.001, "the power holds, the delay does not"),
    ],
)
def test_both_limits_hold_only_where_both_do(delay_s, power_w, verdict):
    """The limits are 10 ms and 1 mW; only then is the sweet spot told, the point in it."""
    picture = replace(SEESAW, delay_now_s=delay_s, power_now_w=power_w)
    said = say(CASES["PowerDelaySeesaw"].instrument().sentence(picture))
    both = verdict == "both limits hold"
    assert f": {verdict};" in said if both else said.endswith(f": {verdict}.")
    assert picture.sweet_span == ((4.0, 8.0) if both else (8.0, 8.0))
    assert said.endswith("4 ms to 8 ms of window.") is both


def test_regions_of_failure_begin_at_the_limits():
    instrument = CASES["PowerDelaySeesaw"].instrument()
    instrument.update(SEESAW)
    late, hot, sweet = (m for m in instrument.figure.center if isinstance(m, BoxAnnotation))
    assert late.left == sweet.right == pytest.approx(10)
    assert hot.bottom == sweet.top == pytest.approx(1)
    edges = {m.dimension: m.location for m in instrument.figure.center if isinstance(m, Span)}
    assert edges == {"height": late.left, "width": hot.bottom}


def test_formulas_of_the_model_follow_the_limits():
    instrument = CASES["PowerDelaySeesaw"].instrument()
    own = Formula("Power", "<math></math>", "1 + 1 = 2", "its model")
    limits, last = instrument.formulas(replace(SEESAW, model=(own,)))
    assert say(limits.numbers) == "D = 6.00 ms ≤ 10 ms; P = 1.20 mW > 1 mW"
    assert last is own


def test_operating_point_off_the_axes_stands_at_their_edge():
    instrument = CASES["PowerDelaySeesaw"].instrument()
    instrument.update(replace(SEESAW, delay_now_s=9.0))
    x = renderers(instrument, Scatter)[-1].data_source.data["x"][0]
    assert 0.9 * 100 < x <= 100
    assert "9.00 s\n1.20 mW" in texts(instrument)


def test_measured_points_are_drawn_and_told_with_their_source():
    instrument = CASES["PowerDelaySeesaw"].instrument()
    instrument.update(SEESAW)
    assert "NeuralAids" in texts(instrument)
    last = instrument.table(SEESAW).as_facts()["rows"][-1]
    assert last == ["NeuralAids (measured)", "6.00 ms", "71.6 mW", "its authors, 2025"]


def test_crossover_lies_on_both_lines():
    instrument = CASES["WeightGather"].instrument()
    instrument.update(GATHER)
    crossing = renderers(instrument, Scatter)[-1].data_source.data
    for line in renderers(instrument, Line):
        data = line.data_source.data
        logs = np.interp(np.log(crossing["x"]), np.log(data["x"]), np.log(data["y"]))
        assert np.exp(logs) == pytest.approx(crossing["y"])


def test_region_where_gathering_sends_less_begins_at_the_crossover():
    instrument = CASES["WeightGather"].instrument()
    box = next(m for m in instrument.figure.center if isinstance(m, BoxAnnotation))
    instrument.update(GATHER)
    assert box.left == 1e4
    instrument.update(CASES["WeightGather"].overloaded)
    assert box.left > 1e6  # off the axis


def test_the_winner_changes_at_the_crossover():
    instrument = CASES["WeightGather"].instrument()
    assert "keeping the weights sends 20 times less (50.0 MB" in say(instrument.sentence(GATHER))
    big = replace(GATHER, tokens_now=1e5, stationary_now_bytes=1e10)
    assert "gathering the weights sends 10 times less" in say(instrument.sentence(big))
    even = replace(GATHER, stationary_now_bytes=1e9)
    assert "both send the same" in say(instrument.sentence(even))


@pytest.mark.parametrize(("used", "state"), [(0.94, "not saturated"), (0.96, "saturated")])
def test_saturation_is_named(used, state):
    instrument = CASES["BisectionGauge"].instrument()
    picture = Bisection((FabricUse(used * 9e11, 9e11), FabricUse(1e9, 9e11)), 0)
    instrument.update(picture)
    assert say(instrument.sentence(picture)).endswith(f"available: {state}.")
    assert instrument.table(picture).as_facts()["rows"][0][-1] == state
    hatch = renderers(instrument, HBar)[1].data_source.data["hatch"]
    assert (hatch[0] != "blank") == (state == "saturated")


def test_gauge_is_the_share_of_what_is_available():
    instrument = CASES["BisectionGauge"].instrument()
    picture = Bisection((FabricUse(3e11, 9e11), FabricUse(27e11, 9e11)), 0)
    instrument.update(picture)
    right = renderers(instrument, HBar)[1].data_source.data["right"]
    assert right[0] == pytest.approx(1 / 3)
    assert right[1] == instrument.figure.x_range.end  # three times what there is: clipped
    assert "300 GB/s / 900 GB/s = 33%" in say(instrument.formulas(picture)[0].numbers)


def test_wrong_number_of_gauges_is_refused():
    with pytest.raises(ValueError, match="uses must be 2"):
        CASES["BisectionGauge"].instrument().update(Bisection((FabricUse(0, 1),), 0))


def test_busy_share_and_finished_are_counted_up_to_the_horizon():
    each = schedule((4.0, 12.0))
    assert each.busy(slots=2, horizon_s=10.0) == pytest.approx(14 / 20)
    assert each.finished(horizon_s=10.0) == 1


def test_timeline_titles_and_sentence_agree():
    case = CASES["RequestTimeline"]
    instrument = case.instrument()
    instrument.update(case.usual)
    _, static, continuous = instrument.figure.children
    assert static.title.text == "Static: 30% busy, 2 finished"
    assert continuous.title.text == "Continuous: 90% busy, 2 finished"
    said = say(instrument.sentence(case.usual))
    assert "static batching keeps its 2 slots busy 30% of the time" in said


def test_playing_veils_what_comes_later():
    instrument = CASES["RequestTimeline"].instrument()
    instrument.update(CASES["RequestTimeline"].usual)
    found = [m for m in instrument.figure.references() if isinstance(m, BoxAnnotation)]
    cursors = [m for m in instrument.figure.references() if isinstance(m, Span)]
    instrument.show_time(4.0)
    assert {m.left for m in found} == {m.location for m in cursors} == {4.0}
    instrument.show_step(49)
    assert {m.location for m in cursors} == {5.0}
    instrument.show_step(instrument.steps(CASES["RequestTimeline"].usual) - 1)
    assert min(m.left for m in found) > 10


def test_wrong_number_of_schedules_is_refused():
    with pytest.raises(ValueError, match="schedules must be 2"):
        CASES["RequestTimeline"].instrument().update(Timeline((schedule(()),), 10.0))
