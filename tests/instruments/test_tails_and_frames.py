import math
from dataclasses import replace

import numpy as np
import pytest
from bokeh.models import BoxAnnotation, Line, Scatter, Title, VBar
from instrument_pictures import CASES, FAN_OUT, FRAME_S, TIME_S, tail_curve

from labpy.instruments.pictures.frame_timeline import Frames, FrameStatistics
from labpy.words import say


def renderers(instrument, kind):
    return [r for r in instrument.figure.renderers if isinstance(r.glyph, kind)]


def test_quantile_marks_lie_on_their_curves():
    instrument = CASES["FanOutTail"].instrument()
    instrument.update(FAN_OUT)
    pairs = zip(renderers(instrument, Line), renderers(instrument, Scatter), strict=True)
    for line, marks in pairs:
        curve, points = line.data_source.data, marks.data_source.data
        on_curve = np.exp(np.interp(points["x"], curve["x"], np.log(curve["y"])))
        assert on_curve == pytest.approx(points["y"], rel=1e-6)
        assert list(points["y"]) == [0.01, 0.001]


def test_curves_differ_by_dash_and_marker():
    instrument = CASES["FanOutTail"].instrument()
    assert len({str(r.glyph.line_dash) for r in renderers(instrument, Line)}) == 3
    assert len({r.glyph.marker for r in renderers(instrument, Scatter)}) == 3


def test_no_hedging_shows_no_third_curve():
    instrument = CASES["FanOutTail"].instrument()
    instrument.update(FAN_OUT)
    picture = replace(FAN_OUT, hedged=None)
    instrument.update(picture)
    assert len(renderers(instrument, Line)[2].data_source.data["x"]) == 0
    assert len(instrument.table(picture).rows) == 2
    assert "hedged" not in say(instrument.sentence(picture))


def test_sentence_and_formula_have_the_pictures_chances():
    instrument = CASES["FanOutTail"].instrument()
    leaf = replace(tail_curve("One call", TIME_S, 0.006), late=0.01)
    picture = replace(FAN_OUT, leaf=leaf, hedged=None, fan_out=100)
    assert say(instrument.formulas(picture)[0].numbers).startswith("1 − (1 − 1.0%)^100 = 63%")
    assert "One call misses 10 ms 1.0% of the time" in say(instrument.sentence(picture))


def test_region_of_failure_begins_at_the_deadline():
    instrument = CASES["FanOutTail"].instrument()
    instrument.update(replace(FAN_OUT, deadline_s=0.012))
    box = next(m for m in instrument.figure.references() if isinstance(m, BoxAnnotation))
    assert box.left == pytest.approx(12)


def test_late_frames_are_marked_counted_and_no_others():
    instrument = CASES["FrameTimeline"].instrument()
    picture = Frames(FRAME_S[20:], 1 / 60, 0.01)  # 75 on time, then 5 late
    instrument.update(picture)
    on_time, late = (r.data_source.data for r in renderers(instrument, VBar))
    assert (len(on_time["x"]), list(late["x"])) == (75, [75, 76, 77, 78, 79])
    marks = renderers(instrument, Scatter)[0]
    assert marks.data_source.data is late
    assert instrument.figure.title.text == "▼ 5 of 80 late (6.2%): too many"


def test_only_the_newest_frames_are_drawn_and_all_are_counted():
    instrument = CASES["FrameTimeline"].instrument()
    picture = Frames(FRAME_S, 1 / 60, 0.06)
    instrument.update(picture)
    drawn = sum(len(r.data_source.data["x"]) for r in renderers(instrument, VBar))
    assert drawn == 80
    assert "5 of 100 frames (5.0%) miss 16.7 ms, within" in say(instrument.sentence(picture))


def test_frame_on_the_deadline_is_on_time_and_one_that_never_came_is_late():
    frames = Frames(np.array([0.016, math.inf, math.nan]), 0.016, 0.01)
    assert frames.late.tolist() == [False, True, True]


def test_mean_may_be_fine_while_the_table_shows_the_tail():
    instrument = CASES["FrameTimeline"].instrument()
    rows = dict(instrument.table(Frames(FRAME_S, 1 / 60, 0.01)).as_facts()["rows"])
    assert (rows["Mean"], rows["Median"], rows["P99"]) == ("10.5 ms", "10.0 ms", "20.0 ms")


def test_empty_timeline_says_so():
    instrument = CASES["FrameTimeline"].instrument()
    instrument.update(CASES["FrameTimeline"].empty)
    title = next(m for m in instrument.figure.references() if isinstance(m, Title))
    assert title.text == "No frames yet"


def test_a_law_has_the_say_over_the_frames_that_are_drawn_from_it():
    """By the count 5.0% are late, by the law a little more: the light goes by the law."""
    law = FrameStatistics(mean_s=0.0105, p99_s=0.02, late=0.0502)
    instrument = CASES["FrameTimeline"].instrument()
    picture = Frames(FRAME_S, 1 / 60, 0.05, law)
    instrument.update(picture)
    assert "(5.02%) miss 16.7 ms, above the 5%" in say(instrument.sentence(picture))
    assert instrument.figure.title.text.endswith(": too many")


def test_the_verdict_on_the_loop_is_by_its_tail_against_the_deadline():
    instrument = CASES["FanOutTail"].instrument()
    curve = replace(FAN_OUT.slowest, p999_s=0.01)
    on_it = replace(FAN_OUT, slowest=curve, hedged=None)
    assert "P99.9 is 10.0 ms, within the deadline" in say(instrument.sentence(on_it))
    beyond = replace(on_it, slowest=replace(curve, p999_s=0.0100001))
    assert "P99.9 is 10.0001 ms, beyond the deadline" in say(instrument.sentence(beyond))
