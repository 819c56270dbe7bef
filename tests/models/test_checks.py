import numpy as np
import pytest

from labpy.models import _checks


@pytest.mark.parametrize("bad", [-1.0, 0.0, float("nan"), float("inf"), "x", True, [1.0, -2.0]])
def test_positive_names_the_argument(bad):
    with pytest.raises(ValueError, match="arrival_rate must be"):
        _checks.positive("arrival_rate", bad)


@pytest.mark.parametrize("bad", [1.5, 0, -2, float("nan"), [2, 2.5]])
def test_count_refuses_fractions(bad):
    with pytest.raises(ValueError, match="servers must be"):
        _checks.count("servers", bad)


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan")])
def test_probability_lies_between_zero_and_one(bad):
    with pytest.raises(ValueError, match="p must"):
        _checks.probability("p", bad)


def test_quantile_level_excludes_one():
    with pytest.raises(ValueError, match="below 1"):
        _checks.quantile_level("p", 1.0)


def test_choice_lists_what_is_allowed():
    with pytest.raises(ValueError, match="continuous, static"):
        _checks.choice("policy", "magic", ("continuous", "static"))


def test_arrays_pass_through():
    np.testing.assert_array_equal(_checks.count("n", [1, 2]), [1, 2])
    assert _checks.single_count("n", 3) == 3
    with pytest.raises(ValueError, match="not an array"):
        _checks.single_positive("x", [1.0, 2.0])
