import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labpy.models.offload import SlowestOf, SumOf, queue_wait
from labpy.models.queueing import md1, mm1
from labpy.models.tail import (
    Deterministic,
    Exponential,
    LatencyDistribution,
    ShiftedLogNormal,
    WithStalls,
)

HEAVY = ShiftedLogNormal(0.001, 0.002, 1.7)
STALLED = WithStalls(ShiftedLogNormal(0.001, 0.002, 0.5), 0.05, Exponential(0.03))


@pytest.mark.parametrize("load", [0.05, 0.3, 0.6, 0.8, 0.95])
def test_wait_of_equal_messages_is_that_of_md1(load):
    law, exact = queue_wait(load / 2e-4, [2e-4]), md1(load / 2e-4, 2e-4)
    assert law.mean_s == pytest.approx(float(exact.mean_wait_s), rel=1e-4)
    for p in (0.9, 0.99, 0.999):
        assert law.quantile_s(p) == pytest.approx(float(exact.wait_quantile_s(p)), rel=2e-3)
    assert law.cdf(0.0) == pytest.approx(1 - load)


def test_wait_of_many_sizes_nears_that_of_exponential_service():
    service = Exponential(1.0).quantile_s((np.arange(400) + 0.5) / 400)
    law, exact = queue_wait(0.7, service), mm1(0.7, 1.0)
    assert law.mean_s == pytest.approx(float(exact.mean_wait_s), rel=0.02)
    assert law.quantile_s(0.99) == pytest.approx(float(exact.wait_quantile_s(0.99)), rel=0.02)


@given(st.floats(0, 0.98), st.floats(1e-5, 1e-2), st.floats(1e-5, 1e-2))
@settings(max_examples=25)
def test_wait_has_the_mean_of_pollaczek_and_khinchine(load, first, second):
    service = np.array([first, second])
    rate = load / service.mean()
    mean = rate * (service**2).mean() / (2 * (1 - load))
    law = queue_wait(rate, service)
    assert law.mean_s == pytest.approx(mean, rel=5e-3, abs=1e-5 * service.mean())
    assert law.cdf(1e9) == pytest.approx(1.0, abs=1e-6)


def test_no_arrivals_no_wait():
    assert queue_wait(0.0, [1e-3]).quantile_s(0.999) == 0.0


def test_an_overloaded_queue_is_refused_by_name():
    with pytest.raises(ValueError, match="arrival_rate"):
        queue_wait(2.0, [1.0])


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_sum_of_exponentials_is_erlang(count):
    law = SumOf((Exponential(0.003),) * count)
    t = np.array([0.001, 0.004, 0.01, 0.03])
    terms = np.cumprod([np.ones(4)] + [t / 0.003 / k for k in range(1, count)], axis=0)
    exact = 1 - np.exp(-t / 0.003) * terms.sum(axis=0)
    assert law.cdf(t) == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize("parts", [(HEAVY,) * 5, (HEAVY, STALLED, Deterministic(0.004))])
def test_samples_follow_the_sum(parts):
    law = SumOf(parts)
    assert isinstance(law, LatencyDistribution)
    drawn = law.sample(np.random.default_rng(2), 40_000)
    at = law.quantile_s(np.array([0.1, 0.5, 0.9, 0.99]))
    share = (drawn[:, np.newaxis] <= at).mean(axis=0)
    assert share == pytest.approx([0.1, 0.5, 0.9, 0.99], abs=0.01)


def test_constants_shift_a_sum_exactly():
    assert SumOf((Deterministic(0.002), Deterministic(0.003))).quantile_s(0.9) == 0.005
    alone, shifted = SumOf((HEAVY,)), SumOf((HEAVY, Deterministic(0.007)))
    assert shifted.quantile_s(0.9) == pytest.approx(alone.quantile_s(0.9) + 0.007, rel=1e-12)


@given(st.floats(0.001, 0.2), st.integers(1, 6))
@settings(max_examples=25)
def test_a_sum_is_later_than_the_slowest_of_the_same(t, count):
    assert SumOf((HEAVY,) * count).cdf(t) <= SlowestOf(HEAVY, count).cdf(t) + 1e-3


def test_a_part_that_is_no_law_is_named():
    with pytest.raises(ValueError, match="parts"):
        SumOf((0.003,))
