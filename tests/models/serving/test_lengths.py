import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labpy.models.serving import Deployment, capacity_requests_per_s, open_loop
from labpy.models.serving.lengths import lengths

LAB = Deployment("llama-3-70b", "h100-sxm", 8)
CV = st.sampled_from([0.0, 1.0])


@pytest.mark.parametrize("cv", [0.1, 0.5, 1.0, 2.0])
def test_slices_of_a_log_normal_keep_its_mean_and_its_median(cv):
    found = lengths("input_tokens", 1000, cv)
    assert found.weight.sum() == pytest.approx(1.0)
    assert found.weight @ found.tokens == pytest.approx(1000, rel=1e-9)
    median = np.interp(0.5, np.cumsum(found.weight) - found.weight / 2, found.tokens)
    assert median == pytest.approx(1000 / np.sqrt(1 + cv * cv), rel=0.01)


def test_a_sample_of_one_length_is_that_length():
    one = open_loop(LAB, 5.0, 1024, 256, max_batch=64)
    same = open_loop(LAB, 5.0, [1024] * 7, [256, 256], max_batch=64)
    assert same.response_p99_s == one.response_p99_s


def test_a_sample_of_a_log_normal_is_as_the_log_normal():
    rng = np.random.default_rng(0)
    sigma = np.sqrt(np.log(2.0))

    def drawn(mean):
        values = rng.lognormal(np.log(mean) - sigma**2 / 2, sigma, 400_000)
        return np.maximum(np.round(values), 1).astype(int)

    sample = open_loop(LAB, 5.0, drawn(1024), drawn(256), max_batch=64)
    closed = open_loop(LAB, 5.0, 1024, 256, max_batch=64, input_cv=1.0, output_cv=1.0)
    for name in ("ttft_p50_s", "ttft_p99_s", "response_p50_s", "response_p99_s"):
        assert getattr(sample, name) == pytest.approx(getattr(closed, name), rel=0.05)


def test_the_longest_of_a_batch_is_as_the_mean_of_one_and_near_the_longest_of_many():
    found = lengths("output_tokens", [10, 20, 30, 40], 0.0)
    one, many = found.longest_of(np.array([1.0, 1000.0]))
    assert one == pytest.approx(25)
    assert many == pytest.approx(40)


def test_varied_lengths_need_one_number():
    with pytest.raises(ValueError, match="input_tokens must be one number"):
        open_loop(LAB, 1.0, [10, 20], 5, input_cv=0.5)
    with pytest.raises(ValueError, match="output_cv"):
        open_loop(LAB, 1.0, 10, 5, output_cv=-1.0)


@settings(max_examples=10, deadline=None)
@given(st.integers(64, 4000), st.integers(1, 600), st.sampled_from([16, 64, 256]), CV)
def test_p99_never_falls_with_load(prompt, output, max_batch, cv):
    varied = {"max_batch": max_batch, "input_cv": cv, "output_cv": cv}
    capacity = capacity_requests_per_s(LAB, prompt, output, **varied)
    load = open_loop(LAB, np.linspace(0.2, 0.95, 6) * capacity, prompt, output, **varied)
    for values in (load.ttft_p99_s, load.response_p99_s, load.mean_batch):
        assert (np.diff(values) > -0.01 * values[1:]).all()


@settings(max_examples=10, deadline=None)
@example(1366, 1, 0.0546875, 0.0)  # one token: the two are the same time
@given(st.integers(64, 4000), st.integers(1, 600), st.floats(0.05, 0.95), CV)
def test_a_response_is_never_before_its_first_token(prompt, output, utilization, cv):
    varied = {"input_cv": cv, "output_cv": cv}
    capacity = capacity_requests_per_s(LAB, prompt, output, **varied)
    load = open_loop(LAB, utilization * capacity, prompt, output, **varied)
    assert load.ttft_p50_s <= load.response_p50_s
    assert load.ttft_p99_s <= load.response_p99_s


@settings(max_examples=10, deadline=None)
@given(st.integers(64, 4000), st.integers(16, 2000), CV)
def test_capacity_never_rises_with_less_room(prompt, output, cv):
    varied = {"input_cv": cv, "output_cv": cv}
    found = [
        capacity_requests_per_s(LAB, prompt, output, max_batch=slots, **varied)
        for slots in (256, 128, 64, 16, 4, 1)
    ]
    assert (np.diff(found) <= 1e-9 * np.array(found[1:])).all()


@settings(max_examples=10, deadline=None)
@given(st.floats(1.0, 100.0), CV)
def test_the_time_per_token_in_overload_is_that_of_a_full_batch(factor, cv):
    varied = {"max_batch": 64, "input_cv": cv, "output_cv": cv}
    capacity = capacity_requests_per_s(LAB, 1024, 256, **varied)
    over = open_loop(LAB, factor * capacity, 1024, 256, **varied)
    below = open_loop(LAB, 0.998 * capacity, 1024, 256, **varied)
    assert not over.stable
    assert np.isfinite(over.tpot_p99_s)
    # by Little's law, of the decoding ones
    assert over.tpot_p50_s * 256 * capacity == pytest.approx(64, rel=1e-6)
    assert over.tpot_p99_s >= below.tpot_p99_s * 0.999
