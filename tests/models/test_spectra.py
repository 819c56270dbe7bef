"""Means of times on a grid are in closed form, and no probability on it is below 0."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from labpy.models.offload import home_mesh, wifi6_clean
from labpy.models.queueing import md1
from labpy.models.spectra import (
    CELLS,
    STEP_S,
    Times,
    fixed,
    mixture,
    queue,
    random,
    slowest,
    weighted,
)

SERVICES = st.floats(1e-6, 5e-3)
LOADS = st.floats(0.0, 0.95)


def masses(times: Times) -> np.ndarray:
    return np.fft.irfft(times.spectrum, 2 * CELLS)


@given(SERVICES, LOADS)
@example(0.15e-3, 60 * 0.15e-3)  # by a clipped distribution function that rings: 30.6 ms
def test_the_mean_of_a_queue_is_that_of_m_d_1(service_s, load):
    exact = float(md1(load / service_s, service_s).mean_response_s)
    assert queue([load / service_s], service_s).mean_s[0] == pytest.approx(exact, rel=1e-9)


@given(SERVICES, LOADS, st.floats(0.0, 0.02))
@example(0.15e-3, 60 * 0.15e-3, 0.00123)
def test_no_probability_is_below_zero_and_they_add_up_to_one(service_s, load, later_s):
    times = (queue([load / service_s], service_s) + fixed(later_s)).shifted(0.00027)
    on_grid = masses(times)
    assert on_grid.min() > -1e-9
    assert on_grid.sum() == pytest.approx(1.0)


@given(st.floats(1e-6, 2e-3), st.floats(0.0, 0.9), st.floats(0.0, 0.02))
def test_the_grid_has_the_mean_that_is_carried_along(service_s, load, later_s):
    times = queue([load / service_s], service_s) + fixed(later_s)
    on_grid = (masses(times) * np.arange(2 * CELLS)).sum() * STEP_S
    assert on_grid == pytest.approx(float(times.mean_s[0]), rel=1e-6, abs=1e-9)


def test_the_mean_of_a_law_is_its_own_and_means_add_up():
    for channel in (wifi6_clean(), home_mesh()):
        assert random(channel.alpha).mean_s[0] == channel.alpha.mean_s
    total = random(wifi6_clean().alpha) + queue([900.0], 1e-3) + fixed(0.00234)
    expected = wifi6_clean().alpha.mean_s + 0.0055 + 0.00234
    assert total.mean_s[0] == pytest.approx(expected, rel=1e-12)
    assert total.repeated(5).mean_s[0] == pytest.approx(5 * expected, rel=1e-12)
    assert total.shifted(-0.001).mean_s[0] == pytest.approx(expected - 0.001, rel=1e-12)
    mixed = mixture([total, fixed(0.1)], [0.75, 0.25])
    assert mixed.mean_s[0] == pytest.approx(0.75 * expected + 0.025, rel=1e-12)


def test_the_mean_of_points_is_exact_and_without_end_beyond_all_bounds():
    assert weighted([[0.00012, 0.00357]], [[1.0, 3.0]]).mean_s[0] == pytest.approx(0.0027075)
    assert weighted([[0.001, np.inf]], [[1.0, 1.0]]).mean_s[0] == np.inf
    assert weighted([[0.001, np.inf]], [[1.0, 0.0]]).mean_s[0] == pytest.approx(0.001)


def test_the_slowest_of_one_is_itself_later():
    one = random(wifi6_clean().alpha) + queue([600.0], 0.6e-3)
    assert slowest([one], [0.003]).mean_s[0] == pytest.approx(one.mean_s[0] + 0.003, rel=1e-12)


def test_the_mean_of_the_slowest_is_that_of_drawn_ones():
    alpha, rng = home_mesh().alpha, np.random.default_rng(4)
    starts_s = [0.0, 0.0013, 0.00402]
    drawn = (alpha.sample(rng, 300_000).reshape(3, -1).T + starts_s).max(axis=1)
    found = slowest([random(alpha)] * 3, starts_s).mean_s[0]
    assert found == pytest.approx(drawn.mean(), abs=4 * drawn.std() / drawn.size**0.5)
