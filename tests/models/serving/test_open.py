import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.serving import (
    Deployment,
    capacity_requests_per_s,
    knee_arrival_rate,
    open_loop,
)
from labpy.models.serving.lengths import lengths
from labpy.models.serving.static import Static
from labpy.models.simulation import poisson_arrivals, simulate_serving, simulate_static


@dataclass(frozen=True)
class Simulated:
    """A row of ``simulated_ttft.csv``, as ``tools.simulate_ttft`` wrote it."""

    name: str
    arguments: tuple[Deployment, float, int, int]
    max_batch: int
    utilization: float
    ttft_p50_s: float
    ttft_p99_s: float
    standard_error: float


def simulated_rows():
    with Path(__file__).with_name("simulated_ttft.csv").open() as file:
        for row in csv.DictReader(file):
            tp, prompt, output, max_batch = (
                int(row[key])
                for key in ("tensor_parallel_size", "input_tokens", "output_tokens", "max_batch")
            )
            deployment = Deployment("llama-3-70b", "h100-sxm", tp, weight_dtype=row["weight_dtype"])
            yield Simulated(
                f"tp{tp}-{prompt}-{output}-batch{max_batch}-load{row['utilization']}",
                (deployment, float(row["arrival_rate"]), prompt, output),
                max_batch,
                *(
                    float(row[key])
                    for key in ("utilization", "ttft_p50_s", "ttft_p99_s", "standard_error")
                ),
            )


SIMULATED = list(simulated_rows())
LAB = Deployment("llama-3-70b", "h100-sxm", 8)
HALF = Deployment("llama-3-70b", "h100-sxm", 4)
POLICIES = st.sampled_from(["continuous", "static"])


def simulate(deployment, rate, prompt, output, max_batch, requests):
    arrivals = poisson_arrivals(np.random.default_rng(1), rate, requests)
    return simulate_serving(deployment, arrivals, prompt, output, max_batch).after(0.15)


@pytest.mark.parametrize("utilization", [0.1, 0.5, 0.7, 0.9])
@pytest.mark.parametrize(
    ("deployment", "prompt", "output", "max_batch"),
    [(LAB, 1024, 256, 256), (LAB, 1024, 256, 64), (HALF, 1024, 256, 64), (LAB, 2048, 512, 128)],
)
def test_continuous_batching_is_within_ten_percent_of_simulation(
    deployment, prompt, output, max_batch, utilization
):
    capacity = capacity_requests_per_s(deployment, prompt, output, max_batch=max_batch)
    requests = 80_000 if utilization > 0.8 else 20_000
    trace = simulate(deployment, utilization * capacity, prompt, output, max_batch, requests)
    load = open_loop(deployment, utilization * capacity, prompt, output, max_batch=max_batch)
    for measure in ("tpot", "response"):
        times = getattr(trace, f"{measure}_s")
        for p, name in ((0.5, "p50"), (0.99, "p99")):
            expected = np.quantile(times, p)
            assert getattr(load, f"{measure}_{name}_s") == pytest.approx(expected, rel=0.10)
    running = (trace.response_s - trace.ttft_s).mean() * utilization * capacity
    assert load.mean_batch == pytest.approx(running, rel=0.10)


@pytest.mark.parametrize("row", SIMULATED, ids=lambda row: row.name)
def test_time_to_first_token_is_within_ten_percent_of_simulation(row):
    """Also where so few requests wait for a slot that their p99 takes millions of them."""
    load = open_loop(*row.arguments, max_batch=row.max_batch)
    assert row.standard_error < 0.03
    assert load.utilization == pytest.approx(row.utilization, rel=0.01)
    assert load.ttft_p50_s == pytest.approx(row.ttft_p50_s, rel=0.10)
    assert load.ttft_p99_s == pytest.approx(row.ttft_p99_s, rel=0.10)


@pytest.mark.parametrize("row", SIMULATED[::5], ids=lambda row: row.name)
def test_the_simulated_times_are_those_of_the_simulator(row):
    """If not: ``uv run python -m tools.simulate_ttft``."""
    deployment, rate, prompt, output = row.arguments
    trace = simulate(deployment, rate, prompt, output, row.max_batch, 30_000)
    assert np.median(trace.ttft_s) == pytest.approx(row.ttft_p50_s, rel=0.01)
    assert np.quantile(trace.ttft_s, 0.99) == pytest.approx(row.ttft_p99_s, rel=0.03)


@pytest.mark.parametrize("utilization", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("window", [0.0, 0.5])
@pytest.mark.parametrize("max_batch", [8, 32, 64])
def test_static_batching_is_within_ten_percent_of_simulation(max_batch, window, utilization):
    rate = utilization * capacity_requests_per_s(LAB, 1024, 256, "static", max_batch)
    arrivals = poisson_arrivals(np.random.default_rng(3), rate, 80_000)
    trace = simulate_static(LAB, arrivals, 1024, 256, max_batch, window).after(0.1)
    load = open_loop(LAB, rate, 1024, 256, "static", window, max_batch)
    assert load.response_p50_s == pytest.approx(np.median(trace.response_s), rel=0.10)
    for measure in ("ttft", "tpot", "response"):
        expected = np.quantile(getattr(trace, f"{measure}_s"), 0.99)
        assert getattr(load, f"{measure}_p99_s") == pytest.approx(expected, rel=0.10)


def test_static_batching_follows_its_service_times():
    """At light load without a window, a request is served alone."""
    prompt, output = lengths("input_tokens", 1024, 0.0), lengths("output_tokens", 256, 0.0)
    replica = Static(LAB, prompt, output, 32, 0.0)
    load = open_loop(LAB, 1e-4, 1024, 256, "static", max_batch=32, request_overhead_s=0.0)
    assert load.response_p50_s == pytest.approx(replica.service_s[0], rel=1e-3)
    assert load.ttft_p50_s == pytest.approx(replica.prefill_s[0], rel=1e-3)


@pytest.mark.parametrize("policy", ["continuous", "static"])
def test_a_curve_is_interpolated_to_within_three_percent(policy):
    capacity = capacity_requests_per_s(LAB, 1024, 256, policy, 32)
    rates = np.linspace(0.05, 0.9, 200) * capacity
    curve = open_loop(LAB, rates, 1024, 256, policy, 0.1, 32)
    for i in range(0, 200, 23):
        point = open_loop(LAB, rates[i], 1024, 256, policy, 0.1, 32)
        assert curve.response_p99_s[i] == pytest.approx(point.response_p99_s, rel=0.03)
        assert curve.response_p50_s[i] == pytest.approx(point.response_p50_s, rel=0.03)


@pytest.mark.parametrize("tensor_parallel_size", [8, 4, 2])
def test_a_curve_meets_the_jump_of_the_time_to_first_token(tensor_parallel_size):
    deployment = Deployment("llama-3-70b", "h100-sxm", tensor_parallel_size)
    capacity = capacity_requests_per_s(deployment, 512, 256, max_batch=64)
    rates = np.linspace(0.1, 0.95, 120) * capacity
    curve = open_loop(deployment, rates, 512, 256, max_batch=64)
    points = [open_loop(deployment, part, 512, 256, max_batch=64) for part in rates.reshape(6, 20)]
    expected = np.concatenate([point.ttft_p99_s for point in points])
    assert curve.ttft_p99_s == pytest.approx(expected, rel=0.05)


@given(POLICIES, st.floats(0.01, 0.99), st.sampled_from([8, 64, 256]), st.floats(0, 0.5))
def test_p99_is_never_below_the_median(policy, utilization, max_batch, window):
    capacity = capacity_requests_per_s(LAB, 1024, 256, policy, max_batch)
    load = open_loop(LAB, utilization * capacity, 1024, 256, policy, window, max_batch)
    assert load.stable
    for measure in ("ttft", "tpot", "response"):
        median, p99 = (getattr(load, f"{measure}_{name}_s") for name in ("p50", "p99"))
        assert 0 < median <= p99 < np.inf
    assert load.ttft_p99_s < load.response_p99_s
    assert load.mean_batch <= max_batch


@given(
    POLICIES,
    st.floats(0, 1.2),
    st.sampled_from([1, 2, 16, 300]),
    st.integers(1, 20_000),
    st.integers(1, 4000),
    st.sampled_from([(8, 1), (2, 4), (1, 8)]),
)
def test_results_are_never_nan(policy, utilization, max_batch, prompt, output, split):
    deployment = Deployment("llama-3-70b", "h100-sxm", *split)
    capacity = capacity_requests_per_s(deployment, prompt, output, policy, max_batch)
    for rate in (utilization * capacity, np.linspace(0, utilization, 50) * capacity):
        load = open_loop(deployment, rate, prompt, output, policy, 0.2, max_batch)
        for values in vars(load).values():
            assert not np.isnan(np.asarray(values, dtype=float)).any()


@given(POLICIES, st.floats(1.0, 1e6))
def test_overload_is_infinite_and_throughput_is_bounded_by_capacity(policy, factor):
    capacity = capacity_requests_per_s(LAB, 1024, 256, policy, 64)
    load = open_loop(LAB, factor * capacity, 1024, 256, policy, max_batch=64)
    assert not load.stable
    assert load.ttft_p50_s == load.response_p50_s == load.response_p99_s == np.inf
    assert load.output_tokens_per_s == pytest.approx(capacity * 256)


@pytest.mark.parametrize("policy", ["continuous", "static"])
def test_response_grows_with_load(policy):
    """With no window: a window makes light load slower, since batches fill more slowly."""
    capacity = capacity_requests_per_s(LAB, 1024, 256, policy, 64)
    rates = np.linspace(0.02, 0.99, 60) * capacity
    load = open_loop(LAB, rates, 1024, 256, policy, max_batch=64)
    assert (np.diff(load.response_p99_s) > 0).all()
    assert (np.diff(load.mean_batch) > 0).all()


def test_replicas_share_the_arrivals():
    one = open_loop(HALF, 3.0, 1024, 256, max_batch=64)
    two = open_loop(HALF, 6.0, 1024, 256, max_batch=64, replicas=2)
    assert two.response_p99_s == pytest.approx(one.response_p99_s)
    assert two.capacity_requests_per_s == pytest.approx(2 * one.capacity_requests_per_s)


def test_continuous_batching_answers_sooner_than_static_at_the_same_load():
    capacity = capacity_requests_per_s(LAB, 1024, 256, "static", 32)
    continuous = open_loop(LAB, 0.5 * capacity, 1024, 256, max_batch=32)
    static = open_loop(LAB, 0.5 * capacity, 1024, 256, "static", max_batch=32)
    assert continuous.ttft_p99_s < 0.1 * static.ttft_p99_s
    assert continuous.response_p99_s < static.response_p99_s


def test_the_knee_of_mm1_lies_at_half_the_capacity():
    rate = np.linspace(0.01, 0.99, 99)
    assert knee_arrival_rate(rate, 1 / (1 - rate)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"arrival_rate": -1.0}, "arrival_rate"),
        ({"input_tokens": 0}, "input_tokens"),
        ({"output_tokens": 2.5}, "output_tokens"),
        ({"policy": "magic"}, "policy must be one of continuous, static"),
        ({"batch_window_s": float("nan")}, "batch_window_s"),
        ({"max_batch": 0}, "max_batch"),
        ({"replicas": 0}, "replicas"),
        ({"request_overhead_s": -1}, "request_overhead_s"),
        ({"input_tokens": 10**8}, "input_tokens"),
    ],
)
def test_a_wrong_argument_is_named(arguments, name):
    valid = {"arrival_rate": 1.0, "input_tokens": 1024, "output_tokens": 256}
    with pytest.raises(ValueError, match=name):
        open_loop(LAB, **(valid | arguments))
