"""A result does not depend on what else is solved in the same call: f(array)[i] is f(array[i])."""

import dataclasses
import inspect

import numpy as np
import pytest

from labpy.models import economics, gathering, history, network, power, spectra, streaming
from labpy.models import speculative as spec
from labpy.models.offload import wifi6_clean
from labpy.models.queueing import batch_server, md1, mg1, mm1, mmc, ndd1
from labpy.models.queueing.markovian import erlang_c
from labpy.models.registry import language_model, link
from labpy.models.rounds import batched_rounds
from labpy.models.serving import Deployment, closed_loop, decode_step, open_loop, prefill
from labpy.models.serving.chunked import chunked_prefill
from labpy.models.serving.experts import experts_touched
from labpy.models.serving.pools import disaggregated, prefill_queue
from labpy.models.serving.routing import routed
from labpy.models.tail import (
    Exponential,
    ShiftedLogNormal,
    fan_out_quantile_s,
    frames_together,
    hedged,
    hedged_loop,
    k_of_n_quantile_s,
    prob_any_exceeds,
)
from tests.models.test_trust import public_functions

NODE = Deployment("llama-3-8b", "h100-sxm")
LEAF, NVLINK = ShiftedLogNormal(0.001, 0.002, 0.5), link("nvlink4")
DENSE, SPARSE = language_model("llama-3-8b"), language_model("mixtral-8x7b")
LOADS = np.array([0.02, 0.3, 0.45, 0.62, 0.84, 0.93, 0.975, 1.2])
COUNTS, SHARES = np.array([1, 2, 3, 5, 8]), np.array([0.01, 0.3, 0.5, 0.9])
SIZES = np.geomspace(1e2, 1e9, 6)
SENT = gathering.departures(8, 0.004, 0.0)
NO_DIGIT = {"rtol": 1e-9, "atol": 1e-12}  # sums over rows padded to one length, added in any order

# Of each function a call along one array; what it returns is compared entry by entry.
CALLS = {
    economics.cost_per_million_tokens: (lambda x: (2.0, x, 0.5), SIZES),
    economics.cost_per_user_month: (lambda x: (2.0, x, 3.0), COUNTS),
    economics.energy_per_token_j: (lambda x: (x, 100.0), SIZES),
    economics.electricity_cost_usd: (lambda x: (x, 10.0, 0.2), SIZES),
    economics.cost_dominance: (lambda x: (x, 50.0, 1e-3, 2e6), SIZES),
    gathering.gathered_frames: (lambda x: (wifi6_clean(), x, 2e4, 1e-3, SENT), 900.0 * LOADS),
    gathering.stalled_frames: (lambda x: (x, 8, 0.2), SHARES),
    history.maps_after: (lambda x: ("newest", 4, x), COUNTS),
    history.shared_read_s: (lambda x: (1e6, 1e9, x), SHARES),
    network.point_to_point_s: (lambda x: (x, NVLINK), SIZES),
    network.all_reduce_s: (lambda x: (x, 8, NVLINK), SIZES),
    network.all_reduce_between_nodes_s: (lambda x: (x, 8, 2, NVLINK, NVLINK), SIZES),
    network.all_gather_s: (lambda x: (x, 8, NVLINK), SIZES),
    network.reduce_scatter_s: (lambda x: (x, 8, NVLINK), SIZES),
    network.all_to_all_s: (lambda x: (x, 8, NVLINK), SIZES),
    network.weight_stationary_bytes: (lambda x: (DENSE, x, 8), COUNTS),
    network.weight_gathered_bytes: (lambda x: (DENSE, x), COUNTS),
    power.radio: (lambda x: (x, 1e4, 1e4), np.array([1e-3, 2e-3, 7.5e-3, 0.1])),
    power.shared_air: (lambda x: (x, 0.5, 2e-3, 1e4, 1e4), COUNTS),
    power.gateway: (lambda x: (x, 1e-3), SIZES[:4]),
    power.ear_to_ear: (lambda x: (2e-3, 1.5e-3, 2e-3, x), COUNTS),
    power.on_ear_power: (lambda x: (x,), SHARES),
    batch_server: (lambda x: (x, 0.02, 0.0005, 32, 0.004), LOADS * 32 / 0.036),
    md1: (lambda x: (x, 0.01), 100.0 * LOADS),
    mg1: (lambda x: (x, 0.01, 2.0), 100.0 * LOADS),
    mm1: (lambda x: (x, 100.0), 100.0 * LOADS),
    erlang_c: (lambda x: (x, 0.9), COUNTS),
    mmc: (lambda x: (x, 25.0, 4), 100.0 * LOADS),
    ndd1: (lambda x: (x, 1.0, 0.19), COUNTS),
    batched_rounds: (
        lambda x: (x, [0.3, 0.7], 0.01, LEAF, 1e-4, 0.02 + 1e-3 * np.arange(1, 33)),
        LOADS[:-1] * 32 / 0.052 / 1.7,
    ),
    chunked_prefill: (lambda x: (NODE, x, 2048), np.array([512, 2048, 8192])),
    closed_loop: (lambda x: (NODE, x, 1000, 200), COUNTS),
    experts_touched: (lambda x: (SPARSE, x), COUNTS),
    open_loop: (lambda x: (NODE, x, 1000, 200), 30.0 * LOADS),
    prefill: (lambda x: (NODE, x), np.array([10, 1000, 20_000])),
    decode_step: (lambda x: (NODE, x, 2000), COUNTS),
    prefill_queue: (lambda x: (NODE, x, 1000), 30.0 * LOADS),
    disaggregated: (lambda x: (NODE, x, 1000, 200), 10.0 * LOADS),
    routed: (lambda x: (x, 25.0, 4), 100.0 * LOADS),
    spectra.queue: (lambda x: (x, 1e-3), 1e3 * LOADS[:-1]),
    spec.expected_tokens: (lambda x: (x, 4), SHARES),
    spec.speedup: (lambda x: (x, 4, 0.1), SHARES),
    spec.operations_ratio: (lambda x: (x, 4, 0.1), SHARES),
    streaming.streams_that_fit: (lambda x: (x, 1e3, 1e2), SIZES),
    streaming.feature_memory_bytes: (lambda x: (10, 10, 8, x), COUNTS),
    streaming.feature_traffic_bytes_per_s: (lambda x: (x, 30.0), SIZES),
    streaming.session_bytes: (lambda x: (1e5, x), COUNTS),
    prob_any_exceeds: (lambda x: (x, 100), SHARES),
    fan_out_quantile_s: (lambda x: (LEAF, x, 0.99), COUNTS),
    frames_together: (lambda x: (x, 0.0025), SIZES),
    k_of_n_quantile_s: (lambda x: (LEAF, x, 10, 0.99), COUNTS),
    hedged: (lambda x: (LEAF, x), 0.01 * SHARES),
    hedged_loop: (
        lambda x: (Exponential(0.002), 1e-4, x, 0.001, 0.006, 10), np.array([50.0, 150.0, 400.0])
    ),
}  # fmt: skip
# Arrays that are one thing together: a trace, a sample of lengths, a chip's stages, a law's points.
TOGETHER = {
    "running_requests", "plan", "choose_cut", "tensor_split", "lengths", "waiting_line",
    "capacity_requests_per_s", "knee_arrival_rate", "tandem", "prefix_hits", "simulate_fleet",
    "simulate_queue", "simulate_batch_server", "simulate_routing", "simulate_serving",
    "simulate_static", "in_turn", "weighted", "best_draft_tokens", "batched_step",
}  # fmt: skip
CHECKS = {"plain", "times", "quantile_by_bisection", "delay_s"}  # of arguments, and of results
QUANTILES = ("wait_quantile_s", "response_quantile_s", "quantile_s")


def figures(result, many):
    """Everything in a result that has one entry for each load, by name."""
    if isinstance(result, np.ndarray | float | int | bool | np.generic):
        return {"": np.asarray(result)}
    found = {}
    for each in dataclasses.fields(result):
        value = getattr(result, each.name)
        if each.name[0] != "_" and isinstance(value, np.ndarray | float | bool | np.generic):
            found[each.name] = np.asarray(value)
    for name in QUANTILES:
        if hasattr(result, name):
            found[name] = np.asarray(getattr(result, name)(0.99))
    return {k: v for k, v in found.items() if many == 1 or (v.ndim and v.shape[0] == many)}


@pytest.mark.parametrize("function", CALLS, ids=lambda each: each.__name__)
def test_a_result_does_not_depend_on_its_neighbours(function):
    arguments, along = CALLS[function]
    together = figures(function(*arguments(along)), along.size)
    assert together
    for i in range(along.size):
        alone = figures(function(*arguments(along[i : i + 1])), 1)
        for name, values in together.items():
            np.testing.assert_allclose(
                values[i],
                np.ravel(alone[name])[0] if values.ndim == 1 else alone[name][0],
                **NO_DIGIT,
                err_msg=name,
            )


def test_every_public_function_that_takes_arrays_is_tried():
    known = {each.__name__ for each in CALLS} | TOGETHER | CHECKS
    taking = {
        function.__name__
        for function in public_functions()
        if any(
            "ArrayLike" in str(p.annotation)
            for p in inspect.signature(function).parameters.values()
        )
    }
    assert taking == known


@pytest.mark.parametrize("servers", [1, 2])
def test_a_gateway_s_tail_is_the_same_whatever_else_is_asked(servers):
    """Rows are padded to the longest one's points, which had moved a P99 by 2%."""
    capacity = 64 / (0.0006 + 64 * 1.5e-5)
    rates = servers * capacity * np.array([0.02, 0.1, 0.45, 0.8, 0.9, 0.97])
    beside = batch_server(rates, 0.0006, 1.5e-5, 64, 0.02, servers)
    for i, rate in enumerate(rates):
        alone = batch_server(rate, 0.0006, 1.5e-5, 64, 0.02, servers)
        for level in (0.5, 0.99):
            one = float(alone.response_quantile_s(level))
            assert beside.response_quantile_s(level)[i] == pytest.approx(one, rel=1e-9)
