"""The picture at the head of a reveal: its curve is the models', and so are its marks."""

import numpy as np
import pytest

from labpy.app.reveal_picture import reveal_picture
from labpy.missions import all_missions
from labpy.scenarios import kept_scenario
from labpy.scenarios.overlay import growth

PARTS = [part for _, parts in all_missions() for part in parts]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.track}-{part.number}")
def test_the_curve_passes_through_the_truth_where_the_lock_asks(part):
    found, truth = kept_scenario(part).overlay(), kept_scenario(part).truth().value
    assert found is not None
    # Three digits are shown at most; a solver that goes along the loads hands each to the next.
    assert np.interp(found.at, found.x, found.y) == pytest.approx(truth, rel=3e-4)
    assert np.all(np.diff(found.x) > 0)
    assert found.x[0] <= found.at <= found.x[-1]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.track}-{part.number}")
def test_each_answer_is_drawn_to_what_it_implies_and_inside_the_picture(part):
    answers = [option.key for option in part.lock.options] or [str(part.lock.highest)]
    for answer in answers:
        implied = part.lock.implied(answer)
        found = kept_scenario(part).overlay()
        picture = reveal_picture(part, found, answer, implied)
        places = [place for line in picture["lines"] for place in line["points"]]
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)
        assert all(0 <= at <= 1 for at, _ in (*picture["x"], *picture["y"]))
        if answer in found.shapes:
            end = np.interp(found.at, found.x, found.shapes[answer])
            # An option's round number stands for what its shape comes to.
            assert end == pytest.approx(implied, rel=0.02)


def test_a_shape_is_what_its_name_says():
    load = np.array([0.5, 0.7, 0.9])
    shapes = growth(load, {"linear": 3.0, "exponential": 9.0, "hyperbolic": 5.0})
    np.testing.assert_allclose(shapes["linear"], [1.0, 2.0, 3.0])
    np.testing.assert_allclose(shapes["exponential"], [1.0, 3.0, 9.0])
    np.testing.assert_allclose(shapes["hyperbolic"], [1.0, 5 / 3, 5.0])
