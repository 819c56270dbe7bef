import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labpy.models.queueing import md1, mg1, mm1, mmc
from labpy.models.queueing.markovian import erlang_c
from labpy.models.simulation import poisson_arrivals, simulate_queue

LOADS = st.floats(1e-3, 0.999)
TIMES = st.floats(1e-6, 1e3)


@pytest.mark.parametrize(
    ("servers", "load", "waits"),
    [(2, 1.5, 0.6428571), (3, 2, 0.4444444), (10, 8, 0.4091802), (100, 95, 0.5064569)],
)
def test_erlang_c_known_values(servers, load, waits):
    assert erlang_c(servers, load) == pytest.approx(waits, rel=2e-7)
    assert mmc(load, 1.0, servers).wait_probability == pytest.approx(waits, rel=2e-7)


def test_erlang_c_of_many_servers_does_not_overflow():
    assert 0 < erlang_c(2000, 1990.0) < 1


def test_md1_known_values():
    queue = md1([0.8, 0.9], 1.0)
    assert queue.mean_wait_s == pytest.approx([2.0, 4.5], rel=1e-12)
    assert queue.wait_quantile_s(0.99) == pytest.approx([10.35589, 21.89824], rel=5e-7)


def test_md1_agrees_with_the_alternating_series_where_that_is_stable():
    load, t = 0.7, 3.4  # service times
    k = np.arange(int(t) + 1)
    factorial = np.concatenate([[1.0], np.cumprod(np.arange(1.0, len(k)))])
    series = (1 - load) * ((-load * (t - k)) ** k / factorial * np.exp(load * (t - k))).sum()
    assert md1(load, 1.0).wait_quantile_s(series) == pytest.approx(t, rel=1e-9)


@pytest.mark.parametrize("load", [0.95, 0.99, 0.999, 0.99999])
def test_md1_tail_joins_the_exact_part(load):
    """At high load the median wait crosses from the exact part into the asymptote smoothly."""
    queue = md1(load, 1.0)
    around = 1 - (1 - load) ** np.array([0.1, 0.2, 0.3])
    waits = queue.wait_quantile_s(around[around > 0.5])
    assert (np.diff(waits) > 0).all()
    heavy = np.log(1 / (1 - 0.999)) / (2 * (1 - load))
    assert queue.wait_quantile_s(0.999) == pytest.approx(heavy, rel=2 * (1 - load) + 1e-4)


@given(LOADS, TIMES, st.floats(0, 0.999999))
def test_mm1_response_is_exponential(load, service, p):
    queue = mm1(load / service, 1 / service)
    expected = -np.log1p(-p) * service / (1 - load)
    assert queue.response_quantile_s(p) == pytest.approx(expected, rel=1e-6, abs=1e-12 * service)
    assert queue.mean_in_system == pytest.approx(load / (1 - load), rel=1e-9)


@given(LOADS, TIMES, st.floats(0, 0.9999))
def test_mg1_with_no_variability_is_md1(load, service, p):
    a, b = mg1(load / service, service, 0.0), md1(load / service, service)
    assert a.mean_wait_s == pytest.approx(b.mean_wait_s)
    assert a.wait_quantile_s(p) == pytest.approx(b.wait_quantile_s(p))


@given(LOADS, st.floats(0.01, 0.9999))
def test_mg1_with_scv_one_is_mm1(load, p):
    a, b = mg1(load, 1.0, 1.0), mm1(load, 1.0)
    assert a.wait_quantile_s(p) == pytest.approx(b.wait_quantile_s(p), rel=1e-5, abs=1e-6)
    assert a.response_quantile_s(p) == pytest.approx(b.response_quantile_s(p), rel=1e-5)


@settings(max_examples=8)
@given(st.floats(0.01, 0.98), st.floats(0.0, 25.0))
def test_quantiles_of_mg1_have_its_exact_mean(load, scv):
    """Tails are what two moments and an asymptote don't settle; the mean is known exactly."""
    edges = np.concatenate([np.linspace(0, 0.9, 31), 1 - np.geomspace(0.1, 1e-8, 57)[1:]])
    nodes, weights = np.polynomial.legendre.leggauss(4)
    levels = (edges[:-1, None] + np.diff(edges)[:, None] * (nodes + 1) / 2).ravel()
    weight = (np.diff(edges)[:, None] * weights / 2).ravel()
    queue = mg1(load, 1.0, scv)
    assert weight @ queue.response_quantile_s(levels) == pytest.approx(
        float(queue.mean_response_s), rel=1e-3
    )
    assert weight @ queue.wait_quantile_s(levels) == pytest.approx(
        float(queue.mean_wait_s), rel=1e-3, abs=2e-3
    )


@pytest.mark.parametrize(("load", "scv"), [(0.2, 16.0), (0.5, 16.0), (0.5, 4.0), (0.7, 0.01)])
def test_gamma_service_is_within_three_percent_of_simulation(load, scv):
    rng = np.random.default_rng(8)
    count = 2_000_000
    service = rng.gamma(1 / scv, scv, count)
    trace = simulate_queue(poisson_arrivals(rng, load, count), service).after(0.02)
    queue = mg1(load, 1.0, scv)
    for p in (0.5, 0.9, 0.99):
        expected = np.quantile(trace.response_s, p)
        # a median of a thousandth of the mean service is the simulation's noise
        assert queue.response_quantile_s(p) == pytest.approx(expected, rel=0.03, abs=1e-3)


@settings(max_examples=30)
@given(LOADS, st.floats(0.0, 25.0))
@example(0.25, 0.0078125)
def test_quantiles_of_mg1_ascend_into_the_far_tail(load, scv):
    levels = 1 - np.geomspace(1.0, 1e-12, 60)
    queue = mg1(load, 1.0, scv)
    for quantile in (queue.wait_quantile_s(levels), queue.response_quantile_s(levels)):
        assert (np.diff(quantile) >= -1e-6 * quantile[1:]).all()


@given(LOADS, st.integers(1, 50))
def test_littles_law_holds(load, servers):
    for queue, rate in ((mmc(load * servers, 1.0, servers), load * servers), (md1(load, 1), load)):
        assert queue.mean_in_system == pytest.approx(rate * queue.mean_response_s)


@given(st.floats(0.01, 0.9), st.floats(0.001, 0.09), st.integers(1, 20), st.floats(0, 4))
def test_waiting_grows_with_load(load, more, servers, scv):
    for queue in (
        mmc(np.array([load, load + more]) * servers, 1.0, servers),
        md1([load, load + more], 1.0),
        mg1([load, load + more], 1.0, scv),
    ):
        assert queue.mean_wait_s[1] >= queue.mean_wait_s[0]
        slow = queue.response_quantile_s(0.99)
        assert slow[1] >= slow[0] * (1 - 1e-9)
        assert (slow >= queue.response_quantile_s(0.5)).all()


@given(st.floats(1.0, 1e300), st.integers(1, 30))
def test_overload_is_infinite_and_not_stable(load, servers):
    for queue in (mmc(load * servers, 1.0, servers), md1(load, 1.0), mg1(load, 1.0, 2.0)):
        assert not queue.stable
        assert queue.mean_wait_s == queue.wait_quantile_s(0.5) == np.inf
        assert queue.response_quantile_s(0.99) == queue.mean_in_system == np.inf
        assert queue.wait_probability == 1


def test_no_arrivals_meet_no_queue():
    for queue in (mm1(0, 2.0), mmc(0, 2.0, 3), md1(0, 0.5), mg1(0, 0.5, 1.0)):
        assert queue.stable
        assert queue.mean_wait_s == queue.wait_quantile_s(0.99) == 0
        assert queue.mean_response_s == 0.5
        assert np.isfinite(queue.response_quantile_s(0.99))


def test_more_servers_of_the_same_capacity_wait_less_but_respond_no_sooner():
    one, ten = mmc(8.0, 10.0, 1), mmc(8.0, 1.0, 10)
    assert ten.mean_wait_s < one.mean_wait_s
    assert ten.mean_response_s > one.mean_response_s


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: mm1(-1, 1), "arrival_rate"),
        (lambda: mm1(1, 0), "service_rate"),
        (lambda: mmc(1, 1, 1.5), "servers"),
        (lambda: md1(float("nan"), 1), "arrival_rate"),
        (lambda: md1(1, float("inf")), "service_time_s"),
        (lambda: mg1(1, 1, -0.1), "scv"),
        (lambda: mg1(1, 1, 26), "scv"),
        (lambda: mm1(0.5, 1).wait_quantile_s(1.0), "p must"),
    ],
)
def test_a_wrong_argument_is_named(call, name):
    with pytest.raises(ValueError, match=name):
        call()
