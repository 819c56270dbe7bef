"""Translation sessions on an edge node: weights once, state for each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks, registry
from labpy.models.registry import Accelerator, LanguageModel

Array = NDArray[np.float64]


@dataclass(frozen=True)
class SessionPlan:
    """Sessions against the memory of nodes; fields broadcast.

    Attributes
    ----------
    weight_bytes
        The model, once on each node.
    kv_bytes, session_bytes
        KV cache of a session, and it with the other state.
    sessions_per_node, sessions
        As many as fit on one node and on all; 0 if the weights already do not.
    used_fraction
        Of a node's memory with that many sessions; above 1 if the weights alone exceed it.
    """

    weight_bytes: float
    kv_bytes: Array
    session_bytes: Array
    sessions_per_node: NDArray[np.int64]
    sessions: NDArray[np.int64]
    used_fraction: Array


def session_memory(
    model: LanguageModel | str,
    session_tokens: ArrayLike,
    node: Accelerator | str = "l4",
    nodes: ArrayLike = 1,
    weight_dtype: str = "int8",
    kv_dtype: str = "bf16",
    other_state_bytes: ArrayLike = 4e6,
    memory_utilization: float = 0.9,
    draft_model: LanguageModel | str | None = None,
) -> SessionPlan:
    """Sessions that nodes hold at once, if each keeps its state between sentences.

    Parameters
    ----------
    model, node
        Keys or records of the language model and of the accelerator of a node.
    session_tokens
        Tokens that a session keeps: the conversation so far.
    nodes
        Nodes of the fleet. The two broadcast.
    weight_dtype, kv_dtype
        Of weights and KV cache.
    other_state_bytes
        Of a session beside its KV cache: states of speech encoder and tracker (assumption).
    memory_utilization
        Share of a node's memory that may be used.
    draft_model
        A second model with its own weights and KV cache on the node; none if drafts are made on
        the glasses.

    Notes
    -----
    A session's KV cache has ``2 * layers * kv_heads * head_dim`` values a token: grouped-query
    attention counts KV heads.

    Examples
    --------
    >>> plan = session_memory("llama-3-8b", [512, 2048, 8192])
    >>> plan.sessions_per_node.tolist()
    [192, 50, 12]
    """
    models = [_model(model)] + ([] if draft_model is None else [_model(draft_model)])
    device = registry.accelerator(node) if isinstance(node, str) else node
    tokens = _checks.non_negative("session_tokens", session_tokens)
    count = _checks.count("nodes", nodes)
    other = _checks.positive("other_state_bytes", other_state_bytes)
    share = _checks.single_positive("memory_utilization", memory_utilization)
    _checks.probability("memory_utilization", share)
    weights = sum(each.parameters for each in models) * registry.dtype_bytes(weight_dtype)
    values = sum(2 * each.layers * each.kv_heads * each.head_dim for each in models)
    kv = tokens * values * registry.dtype_bytes(kv_dtype)
    memory = device.visible_memory_bytes
    fit = np.maximum(np.floor((share * memory - weights) / (kv + other)), 0.0)
    used = (weights + fit * (kv + other)) / memory
    fields = np.broadcast_arrays(kv, kv + other, fit, fit * count, used)
    kv, each, fit, all_fit, used = (np.array(values) for values in fields)
    return SessionPlan(
        float(weights), kv, each, fit.astype(np.int64), all_fit.astype(np.int64), used
    )


def _model(model: LanguageModel | str) -> LanguageModel:
    return registry.language_model(model) if isinstance(model, str) else model
