"""The gateway and the seesaw between its power and the echo."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models import registry
from labpy.models.power import energy_per_inference_j, gateway, gateway_load, seesaw
from labpy.models.simulation.queues import poisson_arrivals, simulate_batch_server

HUB = gateway("hearable-hub")
WINDOWS = np.arange(0, 0.0601, 0.0001)


@pytest.mark.parametrize("key", registry.keys("gateways"))
def test_every_number_of_a_gateway_has_a_source(key):
    numbers = {name for name, value in vars(gateway(key)).items() if isinstance(value, int | float)}
    assert numbers <= set(gateway(key).sources)


@pytest.mark.parametrize("rate", [100, 5_000, 25_600, 200_000])
@pytest.mark.parametrize("window", [0.0, 0.0003, 0.001, 0.01])
def test_batches_and_power_agree_with_a_simulation(rate, window):
    arrivals = poisson_arrivals(np.random.default_rng(1), rate, 40_000)
    trace = simulate_batch_server(arrivals, HUB.wake_s, HUB.inference_s, HUB.max_batch, window)
    load = gateway_load(rate, window)
    simulated = 1 / np.mean(1 / trace.batch_size)
    bound = 0.04 if window >= load.service_s else 0.20
    assert load.mean_batch == pytest.approx(simulated, rel=bound)
    assert load.delay_s == pytest.approx(np.quantile(trace.response_s, 0.999), rel=0.12)
    span = arrivals[-1]
    joules = (40_000 / simulated * HUB.wake_j + 40_000 * HUB.inference_j) / span
    assert load.power_w == pytest.approx(HUB.idle_w + joules, rel=bound)


@given(st.floats(1, 400_000), st.floats(0, 0.1), st.floats(0, 0.1))
def test_a_longer_window_never_costs_power(rate, one, other):
    load = gateway_load(rate, sorted((one, other)))
    assert load.power_w[1] <= load.power_w[0] * (1 + 1e-9)
    assert load.mean_batch[1] >= load.mean_batch[0] * (1 - 1e-9)


@given(st.floats(1, 400_000), st.floats(0, 0.1))
def test_energy_of_an_inference_is_power_over_rate(rate, window):
    load = gateway_load(rate, window)
    each = energy_per_inference_j(load.mean_batch, rate)
    assert load.energy_per_inference_j == pytest.approx(float(each))
    assert load.utilization <= 1 + 1e-9


def test_no_arrivals_leave_the_idle_power():
    load = gateway_load(0, 0.001)
    assert load.power_w == HUB.idle_w
    assert np.isinf(load.energy_per_inference_j)
    assert load.utilization == 0


def test_overload_is_infinite_and_not_stable():
    load = gateway_load([1_000, 2 * HUB.capacity], 0.001)
    assert load.stable.tolist() == [True, False]
    assert np.isinf(load.delay_s[1])
    assert load.utilization[1] == pytest.approx(2)
    assert np.isfinite(load.power_w).all()
    curve = seesaw([0.001], ears=10_000)
    assert not curve.stable
    assert curve.sweet_spot_s is None


def test_the_sweet_spot_exists_and_is_narrow():
    curve = seesaw(WINDOWS)
    first, last = curve.sweet_spot_s
    assert 0.001 < first < last < 0.002
    assert curve.ear_holds.all()
    assert curve.ear_active_w[0] > 1e-3


def test_large_batches_save_power_and_add_fifty_milliseconds():
    curve = seesaw([0.0015, 0.050])
    assert curve.delay_s[1] - curve.delay_s[0] == pytest.approx(0.050, abs=0.004)
    assert curve.gateway_w[1] < 0.85 * curve.gateway_w[0]
    assert not curve.delay_holds[1]


def test_each_way_out_of_the_sweet_spot_breaks_a_limit():
    """Too short a window costs power, a long one echoes, and other radios can't hold both."""
    short, long = seesaw([0.0005]), seesaw([0.005])
    assert (bool(short.delay_holds[0]), bool(short.gateway_holds[0])) == (True, False)
    assert (bool(long.delay_holds[0]), bool(long.gateway_holds[0])) == (False, True)
    assert not seesaw(WINDOWS, interval_s=1.25e-3).ear_holds.any()
    assert not seesaw(WINDOWS, interval_s=7.5e-3, link="bluetooth-le").delay_holds.any()
    assert not seesaw(WINDOWS, up="raw").ear_holds.any()
    assert not seesaw(WINDOWS, duty=1.0).ear_holds.any()


@given(st.integers(1, 200), st.integers(3, 80), st.sampled_from(["features", "raw"]))
def test_delay_rises_and_power_falls_with_the_window(ears, steps, up):
    curve = seesaw(WINDOWS[::20], ears=ears, interval_s=steps * 125e-6, up=up)
    finite = np.where(np.isfinite(curve.delay_s), curve.delay_s, 1e9)
    assert (np.diff(finite) >= -1e-12).all()
    assert (np.diff(curve.gateway_w) <= 1e-12).all()
    assert not np.isnan(curve.ear_w).any()


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("window_s", lambda: seesaw([0.002, 0.001])),
        ("window_s", lambda: seesaw(0.001)),
        ("ears", lambda: seesaw([0.001], ears=0)),
        ("up", lambda: seesaw([0.001], up="mask")),
        ("interval_s", lambda: seesaw([0.001], interval_s=0.0026)),
        ("delay_limit_s", lambda: seesaw([0.001], delay_limit_s=0)),
        ("arrival_rate", lambda: gateway_load(-1, 0)),
        ("batch", lambda: energy_per_inference_j(0.5, 1)),
        ("gateway", lambda: gateway("router")),
    ],
)
def test_a_bad_argument_is_named(name, call):
    with pytest.raises(ValueError, match=name):
        call()
