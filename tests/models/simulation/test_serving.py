import numpy as np
import pytest

from labpy.models.measurements import h100_vllm_llama31_70b_fp8
from labpy.models.serving import Deployment, decode_step, prefill
from labpy.models.simulation import (
    Speculation,
    poisson_arrivals,
    simulate_serving,
    simulate_static,
)

LAB = Deployment("llama-3-70b", "h100-sxm", 8)
TIGHT = Deployment("llama-3-70b", "h100-sxm", 2)


def arrivals(rate, requests, seed=0):
    return poisson_arrivals(np.random.default_rng(seed), rate, requests)


def test_a_lone_request_takes_prefill_and_its_steps():
    trace = simulate_serving(LAB, [0.0], 1024, 100, request_overhead_s=0.0)
    assert trace.ttft_s[0] == pytest.approx(prefill(LAB, 1024).total_s, rel=1e-9)
    steps = [float(decode_step(LAB, 1, 1024 + k).total_s) for k in range(1, 100)]
    assert trace.response_s[0] - trace.ttft_s[0] == pytest.approx(sum(steps), rel=1e-6)


def test_leaps_change_nothing():
    """Arrivals that come too late to matter cut the leaps short, and the times stay the same."""
    alone = simulate_serving(LAB, np.zeros(5), 1024, 200, max_batch=5)
    noisy = simulate_serving(LAB, [*np.zeros(5), *np.linspace(0.5, 0.9, 20)], 1024, 200, 5)
    np.testing.assert_allclose(noisy.response_s[:5], alone.response_s, rtol=1e-9)


def test_every_request_ends_and_slots_are_never_shared():
    trace = simulate_serving(LAB, arrivals(10.0, 2000), 1024, 256, max_batch=64)
    start, end = trace.arrival_s + trace.start_s, trace.arrival_s + trace.response_s
    overhead = LAB.engine.request_overhead_s
    assert (trace.ttft_s > overhead).all()
    for slot in range(64):
        mine = np.flatnonzero(trace.slot == slot)
        mine = mine[np.argsort(start[mine])]
        assert (start[mine][1:] >= end[mine][:-1] - overhead - 1e-9).all()


def test_a_full_cache_preempts_and_all_still_finish():
    trace = simulate_serving(TIGHT, np.zeros(80), 1024, 4096, max_batch=80)
    assert trace.preemptions.sum() > 0
    assert np.isfinite(trace.response_s).all()
    roomy = simulate_serving(LAB, np.zeros(80), 1024, 4096, max_batch=80)
    assert roomy.preemptions.sum() == 0


def test_the_burst_and_the_mean_explain_the_measured_time_to_first_token():
    """All clients start at once; ten requests each; the median misses the burst altogether."""
    measured = h100_vllm_llama31_70b_fp8()
    rng = np.random.default_rng(1)
    mean, median, tpot = [], [], []
    for row in measured.rows:
        if row.concurrency not in (16, 64):
            continue
        deployment = Deployment(measured.model, measured.accelerator, row.tensor_parallel_size)
        count = 10 * row.concurrency
        prompts, outputs = (
            rng.integers(int(0.8 * n), n + 1, count) for n in (row.input_tokens, row.output_tokens)
        )
        trace = simulate_serving(
            deployment, np.zeros(count), prompts, outputs, 1024, clients=row.concurrency
        )
        mean.append(trace.ttft_s.mean() / row.ttft_s - 1)
        median.append(np.median(trace.ttft_s) / row.ttft_s - 1)
        tpot.append(trace.tpot_s.mean() / row.tpot_s - 1)
    assert np.abs(tpot).mean() < 0.03
    assert np.abs(mean).mean() < 0.12
    assert np.abs(median).mean() > 0.4


def test_static_batches_share_their_end_and_no_place():
    trace = simulate_static(LAB, arrivals(8.0, 500), 512, 64, max_batch=16)
    ends = np.round(trace.arrival_s + trace.response_s, 9)
    for end in np.unique(ends):
        places = trace.slot[ends == end]
        assert sorted(places) == list(range(len(places)))
        assert len(places) <= 16


def test_speculation_wins_alone_and_loses_in_a_full_batch():
    draft = Speculation(draft_tokens=4, acceptance=0.6, cost_ratio=0.1)
    alone = [
        simulate_serving(LAB, [0.0], 1024, 256, speculation=s).response_s[0] for s in (None, draft)
    ]
    assert alone[1] < 0.7 * alone[0]
    full = [
        simulate_serving(LAB, np.zeros(512), 128, 256, 512, speculation=s).tpot_s.mean()
        for s in (None, draft)
    ]
    assert full[1] > full[0]


def test_speculation_yields_the_expected_tokens():
    mean, variance = Speculation(5, 0.8).tokens_mean_and_variance()
    assert mean == pytest.approx((1 - 0.8**6) / 0.2)
    assert variance > 0
    assert Speculation(3, 1.0).tokens_mean_and_variance() == pytest.approx((4.0, 0.0))


def test_the_same_seed_gives_the_same_trace():
    runs = [
        simulate_serving(LAB, arrivals(5.0, 200), 512, 64, speculation=Speculation(3, 0.7), seed=4)
        for _ in range(2)
    ]
    np.testing.assert_array_equal(runs[0].response_s, runs[1].response_s)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"arrival_s": [1.0, 0.0]}, "arrival_s"),
        ({"input_tokens": 0}, "input_tokens"),
        ({"output_tokens": 0.5}, "output_tokens"),
        ({"max_batch": 0}, "max_batch"),
        ({"input_tokens": 10**8}, "input_tokens"),
    ],
)
def test_a_wrong_argument_is_named(arguments, name):
    valid = {"arrival_s": [0.0], "input_tokens": 10, "output_tokens": 10}
    with pytest.raises(ValueError, match=name):
        simulate_serving(LAB, **(valid | arguments))
