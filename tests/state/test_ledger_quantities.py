import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.state.ledger import off_by, plain, restored, revealed

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite, finite)
def test_off_by_is_at_least_one_and_symmetric(predicted, actual):
    assert off_by(predicted, actual) == off_by(actual, predicted) >= 1


@pytest.mark.parametrize(
    ("predicted", "actual", "factor"),
    [
        (2.0, 5.5, 2.75),
        (5.5, 2.0, 2.75),
        (3.0, 3.0, 1.0),
        (0.0, 0.0, 1.0),
        (0.0, 2.0, math.inf),
        (2.0, 0.0, math.inf),
        (-2.0, 1.0, math.inf),
        (-2.0, -1.0, 2.0),
        (2.0, math.inf, math.inf),
        (math.inf, math.inf, 1.0),
    ],
)
def test_off_by_is_the_larger_over_the_smaller(predicted, actual, factor):
    assert off_by(predicted, actual) == factor


def test_off_by_refuses_what_is_no_number():
    with pytest.raises(ValueError, match="not NaN"):
        off_by(1.0, math.nan)


def test_a_reveal_may_tell_of_an_unbounded_outcome(predicted):
    data = revealed(2.0, math.inf)
    assert data == {"predicted": 2.0, "actual": "infinite", "off_by": "infinite"}
    assert restored(data["actual"]) == math.inf
    assert len(predicted.append("revealed", "cloud", 1, data, "2026-03-02T09:02:00Z").events) == 3


def test_numbers_that_json_lacks_become_words_and_null():
    metrics = {"a": np.float64(0.1), "b": np.int64(3), "c": np.bool_(True), "d": -np.inf}
    assert plain(metrics) == {"a": 0.1, "b": 3, "c": True, "d": "-infinite"}
    assert [type(each) for each in plain(metrics).values()] == [float, int, bool, str]
    assert plain({"x": math.nan, "y": (1, math.inf)}) == {"x": None, "y": [1, "infinite"]}


@given(finite)
def test_finite_numbers_are_restored_as_they_were(value):
    assert restored(plain(value)) == value
