"""How good the models have to be, row by row: ``uv run pytest tests/models/test_how_good.py -v``.

The times of the sweeps are not tested but measured: ``uv run python -m benchmarks.models``.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import log

import ciw
import numpy as np
import pytest

from labpy.models import registry
from labpy.models.measurements import h100
from labpy.models.queueing import batch_server, md1, mg1, mm1, mmc
from labpy.models.serving import Deployment, capacity_requests_per_s, open_loop
from labpy.models.simulation import poisson_arrivals, simulate_queue, simulate_static
from labpy.models.tail import hedged_under_load, simulate_hedging, tied_under_load
from tests.models.queueing.test_batch import FIXED_S
from tests.models.queueing.test_batch import simulated as simulated_batches
from tests.models.serving.test_open import SIMULATED, simulate
from tests.models.simulation.test_queues import by_ciw
from tests.models.test_tail_under_load import SMOOTH, STALLS
from tools.fit_engine import pipeline_errors, relative_errors, sets_of

EXACT = 1e-6
APPROXIMATE = 0.10
TPOT = {"llama-3.1-70b": 0.05, "llama-3-8b": 0.08, "gpt-oss-120b": 0.12, "minimax-m2.5": 0.12}
TTFT = 0.20
GIVEN = [(key, each) for key in ("vllm", "tensorrt-llm") for each in sets_of(key)]
UTILIZATIONS = (0.3, 0.6, 0.8, 0.9)
SPLITS = [Deployment("llama-3-70b", "h100-sxm", size) for size in (8, 4, 2)]


def p99(times):
    return np.quantile(times, 0.99)


@pytest.mark.parametrize("load", [0.1, 0.5, 0.9, 0.99])
def test_mm1_is_exact(load):
    queue = mm1(load, 1.0)
    assert queue.mean_wait_s == pytest.approx(load / (1 - load), rel=EXACT)
    assert queue.response_quantile_s(0.99) == pytest.approx(log(100) / (1 - load), rel=EXACT)


@pytest.mark.parametrize(("servers", "load"), [(2, "1.5"), (3, "2"), (10, "8"), (100, "95")])
def test_mmc_is_exact(servers, load):
    """Erlang's formula in fractions."""
    offered, term, below = Fraction(load), Fraction(1), Fraction(0)
    for k in range(servers):
        below += term
        term *= offered / (k + 1)
    full = term * servers / (servers - offered)
    waits, spare = float(full / (below + full)), servers - float(offered)
    queue = mmc(float(offered), 1.0, servers)
    assert queue.wait_probability == pytest.approx(waits, rel=EXACT)
    assert queue.mean_wait_s == pytest.approx(waits / spare, rel=EXACT)
    assert queue.wait_quantile_s(0.99) == pytest.approx(log(waits / 0.01) / spare, rel=EXACT)


def md1_at_most(load, time):
    """P(wait <= time), by Erlang's alternating series with digits enough that nothing cancels."""
    total, factorial = Decimal(0), 1
    for k in range(int(time) + 1):
        factorial *= max(k, 1)
        power = load * (time - k)
        total += (-power) ** k / factorial * power.exp()
    return (1 - load) * total


@pytest.mark.parametrize("load", ["0.3", "0.6", "0.8", "0.9"])
def test_md1_is_exact(load):
    queue = md1(float(load), 1.0)
    assert queue.mean_wait_s == pytest.approx(float(load) / (2 - 2 * float(load)), rel=EXACT)
    with localcontext() as context:
        context.prec = 60
        low, high = Decimal(0), Decimal(64)
        for _ in range(50):
            middle = (low + high) / 2
            if md1_at_most(Decimal(load), middle) < Decimal("0.99"):
                low = middle
            else:
                high = middle
    assert queue.wait_quantile_s(0.99) == pytest.approx(float(low), rel=EXACT)


@pytest.mark.parametrize("utilization", UTILIZATIONS)
@pytest.mark.parametrize("scv", [0.25, 2.0])
def test_mg1_p99_is_within_ten_percent_of_the_simulator_and_ciw(utilization, scv):
    expected = mg1(utilization, 1.0, scv).response_quantile_s(0.99)
    rng = np.random.default_rng(7)
    requests = 4_000_000 if utilization > 0.8 else 500_000  # long memory near saturation
    arrivals = poisson_arrivals(rng, utilization, requests)
    trace = simulate_queue(arrivals, rng.gamma(1 / scv, scv, requests)).after(0.1)
    assert expected == pytest.approx(p99(trace.response_s), rel=APPROXIMATE)
    if utilization <= 0.6:  # above, Ciw would need minutes for a steady p99
        service = ciw.dists.Gamma(shape=1 / scv, scale=scv)
        assert expected == pytest.approx(
            p99(by_ciw(1, service, utilization, 40_000.0)), rel=APPROXIMATE
        )


@pytest.mark.parametrize("utilization", UTILIZATIONS)
@pytest.mark.parametrize(("size", "window", "servers"), [(8, 0.2, 1), (64, 1.0, 1), (16, 0.3, 4)])
def test_batch_server_p99_is_within_ten_percent_of_the_simulator(
    size, window, servers, utilization
):
    rate = utilization * servers * size / (FIXED_S + 0.02 * size)
    trace = simulated_batches(rate, 0.02, size, window, servers)
    queue = batch_server(rate, FIXED_S, 0.02, size, window, servers)
    expected = p99(trace.response_s)
    assert queue.response_quantile_s(0.99) == pytest.approx(expected, rel=APPROXIMATE)


@pytest.mark.parametrize("row", SIMULATED, ids=lambda row: row.name)
def test_continuous_batching_ttft_p99_is_within_ten_percent_of_the_simulator(row):
    """Of millions of simulated requests, kept in ``serving/simulated_ttft.csv``."""
    load = open_loop(*row.arguments, max_batch=row.max_batch)
    assert load.ttft_p99_s == pytest.approx(row.ttft_p99_s, rel=APPROXIMATE)


@pytest.mark.parametrize("row", SIMULATED, ids=lambda row: row.name)
def test_continuous_batching_p99s_are_within_ten_percent_of_the_simulator(row):
    trace = simulate(*row.arguments, row.max_batch, 40_000)
    load = open_loop(*row.arguments, max_batch=row.max_batch)
    assert load.tpot_p99_s == pytest.approx(p99(trace.tpot_s), rel=APPROXIMATE)
    assert load.response_p99_s == pytest.approx(p99(trace.response_s), rel=APPROXIMATE)


@pytest.mark.parametrize("utilization", UTILIZATIONS)
@pytest.mark.parametrize("deployment", SPLITS, ids=lambda each: f"tp{each.tensor_parallel_size}")
def test_static_batching_p99s_are_within_ten_percent_of_the_simulator(deployment, utilization):
    """In the lab's first part, where a batch runs for its longest reply."""
    rate = utilization * capacity_requests_per_s(deployment, 512, 1214, "static", 64)
    arrivals = poisson_arrivals(np.random.default_rng(3), rate, 80_000)
    trace = simulate_static(deployment, arrivals, 512, 1214, 64, 0.2).after(0.1)
    load = open_loop(deployment, rate, 512, 1214, "static", 0.2, 64)
    for measure in ("ttft", "tpot", "response"):
        expected = p99(getattr(trace, f"{measure}_s"))
        assert getattr(load, f"{measure}_p99_s") == pytest.approx(expected, rel=APPROXIMATE)


@pytest.mark.parametrize("service", [STALLS, SMOOTH], ids=["stalls", "smooth"])
@pytest.mark.parametrize(
    ("utilization", "delay_means", "kind"),
    [(0.3, 1.5, "hedged"), (0.58, 8.0, "hedged"), (0.8, 0.0, "tied"), (0.9, 2.0, "tied")],
)
def test_second_copies_p99_is_within_ten_percent_of_the_simulator(
    service, utilization, delay_means, kind
):
    rate, after_s = utilization / service.mean_s, delay_means * service.mean_s
    model = {"hedged": hedged_under_load, "tied": tied_under_load}[kind]
    run = simulate_hedging(service, rate, after_s, kind, requests=100_000, seed=3)
    expected = p99(run.response_s)
    assert model(service, rate, after_s).quantile_s(0.99) == pytest.approx(
        expected, rel=APPROXIMATE
    )


@pytest.mark.parametrize(("engine", "measured"), GIVEN, ids=[each.model for _, each in GIVEN])
def test_closed_loop_meets_the_measured_rows(engine, measured):
    """With the constants of the registry, the same for all rows of an engine."""
    tpot, ttft = np.abs(relative_errors(measured, registry.engine(engine))).mean(axis=0)
    assert tpot <= TPOT[measured.model]
    assert ttft <= TTFT


def test_all_rows_but_those_bounded_elsewhere_are_compared():
    given = sum(len(each.rows) for each in h100())
    assert given == 321
    assert sum(len(each.rows) for _, each in GIVEN) == given - 9


@pytest.mark.parametrize("weight_dtype", ["fp4", "nvfp4"])
@pytest.mark.parametrize("max_batch", [256, 512, 1024, 2048])
def test_pipelines_speed_up_as_measured(max_batch, weight_dtype):
    """Each row, also by default: TensorRT-LLM's limit is that of each stage's microbatch.

    With 256 requests for all stages together 8 stages were 70% too slow, and with 2,048 14% too
    fast: a scheduler that goes through all requests at every step was missing.
    """
    errors = np.abs(pipeline_errors("tensorrt-llm", max_batch, weight_dtype))
    assert (errors.mean(axis=0) <= 0.08).all()
    assert errors.max() <= 0.12
