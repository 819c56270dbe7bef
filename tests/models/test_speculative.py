import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.speculative import (
    RooflineStep,
    batched_step,
    best_draft_tokens,
    expected_tokens,
    operations_ratio,
    speedup,
)

TARGET = RooflineStep(70e9, 140e9, 2.1e13, 1.0e16, kv_bytes_per_request=3e8, overhead_s=1e-3)
DRAFT = RooflineStep(1e9, 2e9, 2.1e13, 1.0e16)


@pytest.mark.parametrize(
    ("acceptance", "drafts", "faster", "operations"),
    [(0.6, 2, 1.96, 1.53), (0.8, 5, 3.69, 1.63), (0.9, 10, 6.86, 1.60)],
)
def test_table_1_of_leviathan(acceptance, drafts, faster, operations):
    assert speedup(acceptance, drafts, 0.0) == pytest.approx(faster, abs=5e-3)
    assert operations_ratio(acceptance, drafts) == pytest.approx(operations, abs=5e-3)


@given(st.floats(0, 1), st.integers(0, 60))
def test_expected_tokens_is_the_geometric_sum(acceptance, drafts):
    direct = sum(acceptance**k for k in range(drafts + 1))
    assert expected_tokens(acceptance, drafts) == pytest.approx(direct, rel=1e-9)


def test_expected_tokens_matches_drawn_acceptances():
    rng = np.random.default_rng(0)
    accepted = np.cumprod(rng.random((100_000, 4)) < 0.7, axis=1).sum(axis=1)
    assert expected_tokens(0.7, 4) == pytest.approx(1 + accepted.mean(), rel=5e-3)


@given(st.integers(0, 20), st.floats(0, 2), st.integers(1, 4096))
def test_acceptance_zero_never_wins(drafts, cost, batch):
    assert speedup(0.0, drafts, cost) <= 1.0
    assert batched_step(batch, 0.0, drafts, TARGET, DRAFT).speedup <= 1.0


@given(st.floats(0, 1), st.integers(0, 20), st.floats(0, 2))
def test_operations_are_never_saved(acceptance, drafts, cost):
    assert operations_ratio(acceptance, drafts, cost) >= 1.0 - 1e-12


@given(st.floats(0, 1), st.integers(0, 20), st.integers(1, 4096))
def test_a_roofline_never_beats_the_closed_form(acceptance, drafts, batch):
    cost_ratio = DRAFT(batch, 1) / TARGET(batch, 1)
    step = batched_step(batch, acceptance, drafts, TARGET, DRAFT)
    assert step.speedup <= speedup(acceptance, drafts, cost_ratio) * (1 + 1e-9)
    assert np.isfinite([step.tpot_s, step.output_tokens_per_s]).all()


def test_speculation_wins_alone_and_loses_in_a_large_batch():
    gain = batched_step([1, 16, 128, 1024], 0.8, 4, TARGET, DRAFT).speedup
    assert gain[0] > 2
    assert gain[-1] < 0.9
    assert best_draft_tokens(0.8, TARGET, DRAFT, 4096) == 0


def test_no_drafts_is_the_plain_step():
    step = batched_step(8, 0.5, 0, TARGET, DRAFT)
    assert step.tpot_s == step.plain_tpot_s == TARGET(8, 1)
    assert step.draft_s == 0.0
    assert step.speedup == 1.0


def test_the_memory_bound_step_is_the_closed_form():
    light = RooflineStep(70e9, 140e9, 2.1e13, 1e30)
    cheap = RooflineStep(7e9, 14e9, 2.1e13, 1e30)
    assert batched_step(1, 0.8, 5, light, cheap).speedup == pytest.approx(speedup(0.8, 5, 0.1))


def test_arguments_broadcast():
    step = batched_step(np.ones((3, 1)), 0.5, np.arange(4), TARGET, DRAFT)
    assert step.speedup.shape == (3, 4)
    assert expected_tokens([0.1, 0.2], [[1], [2]]).shape == (2, 2)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: expected_tokens(1.1, 2), "acceptance"),
        (lambda: expected_tokens(math.nan, 2), "acceptance"),
        (lambda: expected_tokens(0.5, 1.5), "draft_tokens"),
        (lambda: speedup(0.5, 2, -1), "cost_ratio"),
        (lambda: operations_ratio(0.5, 2, math.inf), "operations_cost_ratio"),
        (lambda: batched_step(0.5, 0.5, 2, TARGET, DRAFT), "batch"),
        (lambda: best_draft_tokens(0.5, TARGET, DRAFT, limit=-1), "limit"),
        (lambda: RooflineStep(0.0, 1.0, 1.0, 1.0), "weight_bytes"),
        (lambda: RooflineStep(1.0, 1.0, 1.0, 1.0, overhead_s=-1.0), "overhead_s"),
    ],
)
def test_a_wrong_argument_is_named(call, name):
    with pytest.raises(ValueError, match=name):
        call()
