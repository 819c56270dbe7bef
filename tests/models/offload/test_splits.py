"""Cuts, drafts and tensor splits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.offload import (
    best_draft_tokens,
    choose_cut,
    drafted_decoding,
    tensor_split,
    wireless_channel,
)

TIMES = st.floats(1e-5, 0.05)
layers = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        st.lists(TIMES, min_size=n, max_size=n),
        st.lists(TIMES, min_size=n, max_size=n),
        st.lists(st.floats(0, 1e6), min_size=n + 1, max_size=n + 1),
    )
)


@given(layers, st.floats(0, 0.1))
def test_the_best_cut_beats_every_other(table, alpha):
    cut = choose_cut(*table, alpha, 75e6)
    assert cut.total_s[cut.best_cut] == cut.best_s == cut.total_s.min()
    assert cut.total_s == pytest.approx(cut.device_s + cut.transfer_s + cut.node_s)


@given(layers)
def test_both_ends_are_all_on_one_side(table):
    cut = choose_cut(*table, 0.003, 75e6, reply_bytes=1e3)
    assert cut.total_s[0] == pytest.approx(0.003 + (table[2][0] + 1e3) / 75e6 + sum(table[1]))
    assert cut.total_s[-1] == pytest.approx(sum(table[0]))


@given(layers, st.floats(0, 0.05), st.floats(0, 0.05))
def test_a_longer_alpha_never_moves_work_to_the_node(table, alpha, more):
    cut = choose_cut(*table, [alpha, alpha + more], 75e6)
    last = len(table[0])
    assert cut.best_s[1] >= cut.best_s[0]
    assert cut.best_cut[1] == last or cut.best_cut[0] < last


def test_a_free_network_and_a_fast_node_take_everything():
    cut = choose_cut([0.01, 0.01], [0.001, 0.001], [1e6, 1e6, 10], 0.0, 1e15)
    assert cut.best_cut == 0


def test_the_cut_lies_where_little_crosses():
    cut = choose_cut([0.001] * 4, [1e-4] * 4, [1e6, 1e6, 2e3, 1e6, 1e6], 1e-4, 75e6)
    assert cut.best_cut == 2


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("node_layer_s", ([1], [1, 2], [1, 2], 0, 1)),
        ("crossing_bytes", ([1], [1], [1], 0, 1)),
        ("device_layer_s", (1, 1, [1], 0, 1)),
        ("alpha_s", ([1], [1], [1, 1], -1, 1)),
        ("bandwidth_bytes_per_s", ([1], [1], [1, 1], 0, 0)),
    ],
)
def test_a_bad_table_is_named(name, arguments):
    with pytest.raises(ValueError, match=name):
        choose_cut(*arguments)


@given(st.floats(0, 1), st.floats(0, 0.05), st.floats(0, 0.1), st.floats(1e-4, 0.05))
def test_without_drafts_nothing_is_won_or_lost(acceptance, draft, alpha, verify):
    plain = drafted_decoding(acceptance, 0, draft, alpha, verify)
    assert plain.speedup == pytest.approx(1.0)
    assert plain.tpot_s == pytest.approx(plain.plain_tpot_s)


@given(st.floats(0.1, 0.99), st.integers(1, 20), st.floats(0, 0.02), st.floats(0, 0.1))
def test_a_longer_alpha_is_worth_more_drafts(acceptance, drafts, draft, alpha):
    near = drafted_decoding(acceptance, drafts, draft, alpha, 0.005)
    far = drafted_decoding(acceptance, drafts, draft, alpha + 0.01, 0.005)
    assert far.speedup >= near.speedup - 1e-12


@given(st.floats(0, 0.99), st.integers(0, 30), st.floats(0, 0.1))
def test_drafts_hide_no_more_than_the_accepted_share_of_alpha(acceptance, drafts, alpha):
    result = drafted_decoding(acceptance, drafts, 0.0, alpha, 0.005)
    assert result.tpot_s >= (1 - acceptance) * (alpha + 0.005) * (1 - 1e-12)


def test_drafts_that_are_never_accepted_lose():
    assert drafted_decoding(0.0, 4, 0.002, 0.010, 0.005).speedup < 1
    assert best_draft_tokens(0.0, 0.002, 0.090, 0.005) == 0


def test_slow_drafts_do_not_pay_on_a_quick_network():
    assert best_draft_tokens(0.5, 0.030, 0.0, 0.005) == 0
    assert best_draft_tokens(0.8, 0.002, 0.090, 0.005) > best_draft_tokens(0.8, 0.002, 0.003, 0.005)


def test_a_tensor_split_over_wifi_loses_to_alpha():
    alpha = wireless_channel("wifi6-clean-80mhz").alpha.mean_s
    split = tensor_split(0.020, 32, 2, 8192, alpha)
    assert split.speedup < 0.2
    assert split.startup_s > 0.8 * split.total_s


@given(
    st.floats(1e-3, 10),
    st.integers(1, 100),
    st.integers(2, 16),
    st.floats(0, 1e5),
)
def test_the_split_breaks_even_at_its_break_even_alpha(compute, count, nodes, size):
    even = tensor_split(compute, count, nodes, size, 0.0).break_even_alpha_s
    at = tensor_split(compute, count, nodes, size, even)
    if even > 0:
        assert at.speedup == pytest.approx(1.0)
    else:
        assert at.speedup <= 1.0 + 1e-12
    assert tensor_split(compute, count, nodes, size, even + 1e-4).speedup < 1.0


def test_one_node_splits_nothing():
    split = tensor_split(0.02, 32, 1, 8192, 0.003)
    assert split.total_s == 0.02
    assert np.isinf(split.break_even_alpha_s)


@pytest.mark.parametrize("bad", [0, -1, float("nan"), float("inf")])
def test_bad_numbers_are_named(bad):
    with pytest.raises(ValueError, match="compute_s"):
        tensor_split(bad, 2, 2, 10, 0.003)
    with pytest.raises(ValueError, match="verify_s"):
        drafted_decoding(0.5, 2, 0.001, 0.003, bad)
