import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models import registry
from labpy.models.streaming import session_memory

TOKENS = st.floats(0, 131_072)


def test_known_answer_of_grouped_query_attention():
    plan = session_memory("llama-3-70b", 131_072, "h200-sxm")
    assert plan.kv_bytes == 131_072 * 327_680
    assert plan.sessions_per_node == 1


@given(TOKENS, st.sampled_from(["l4", "jetson-agx-orin", "h100-sxm"]), st.integers(1, 8))
def test_sessions_fit_and_one_more_does_not(tokens, node, nodes):
    plan = session_memory("llama-3-8b", tokens, node, nodes)
    memory = 0.9 * registry.accelerator(node).visible_memory_bytes
    fit = int(plan.sessions_per_node)
    assert plan.weight_bytes + fit * plan.session_bytes <= memory * (1 + 1e-12)
    assert plan.weight_bytes + (fit + 1) * plan.session_bytes > memory * (1 - 1e-12)
    assert plan.sessions == nodes * fit
    assert plan.used_fraction <= 0.9 + 1e-12


@given(TOKENS)
def test_a_smaller_cache_and_no_draft_model_never_hold_fewer(tokens):
    plain = session_memory("llama-3-8b", tokens, "h100-sxm")
    small = session_memory("llama-3-8b", tokens, "h100-sxm", kv_dtype="fp8")
    drafting = session_memory("llama-3-8b", tokens, "h100-sxm", draft_model="llama-3-8b")
    assert small.sessions >= plain.sessions >= drafting.sessions


def test_weights_that_do_not_fit_leave_no_session():
    plan = session_memory("llama-3-70b", [512, 2048], "l4")
    assert plan.sessions.tolist() == [0, 0]
    assert (plan.used_fraction > 1).all()
    assert not np.isnan(plan.used_fraction).any()


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("language_model", {"model": "nllb"}),
        ("session_tokens", {"session_tokens": -1}),
        ("accelerator", {"node": "tpu"}),
        ("nodes", {"nodes": 0}),
        ("dtype", {"kv_dtype": "fp64"}),
        ("other_state_bytes", {"other_state_bytes": 0}),
        ("memory_utilization", {"memory_utilization": 1.5}),
    ],
)
def test_a_bad_argument_is_named(name, changes):
    with pytest.raises(ValueError, match=name):
        session_memory(**({"model": "llama-3-8b", "session_tokens": 512} | changes))
