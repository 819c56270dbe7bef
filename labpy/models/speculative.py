"""Speculative decoding: a small model drafts, the large one verifies several tokens at once.

The closed forms are those of Leviathan, Kalman and Matias, "Fast Inference from Transformers via
Speculative Decoding", ICML 2023 (arXiv:2211.17192); they take the verification of many tokens to
cost one step. :func:`batched_step` drops that: verifying costs compute, so a batch large enough to
be bound by compute loses.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.phases import _decode

Array = NDArray[np.float64]
StepTime = Callable[[ArrayLike, ArrayLike], ArrayLike]
"""Seconds of one step that gives each of ``batch`` requests ``tokens`` new positions."""


def _plain(values: ArrayLike) -> Array | float:
    array = np.asarray(values, dtype=float)
    return float(array) if array.ndim == 0 else array


def expected_tokens(acceptance: ArrayLike, draft_tokens: ArrayLike) -> Array | float:
    """Mean tokens that one verification yields, the target's own one included.

    Parameters
    ----------
    acceptance
        Probability in [0, 1] that a drafted token is accepted, each independently of the others.
    draft_tokens
        Tokens drafted for each verification (gamma), whole, at least 0. They broadcast.

    Notes
    -----
    ``(1 - a**(gamma + 1)) / (1 - a)``, the sum 1 + a + ... + a**gamma; equation 1 of the paper.

    Examples
    --------
    >>> round(expected_tokens(0.8, 5), 4)
    3.6893
    >>> expected_tokens(1.0, 5), expected_tokens(0.0, 5)
    (6.0, 1.0)
    """
    acceptance = _checks.probability("acceptance", acceptance)
    draft_tokens = _checks.count("draft_tokens", draft_tokens, 0)
    # The sum term by term: no division by 1 - acceptance, which loses all digits near 1.
    powers = np.arange(int(draft_tokens.max(initial=0)) + 1)
    within = powers <= draft_tokens[..., None]
    return _plain(np.where(within, acceptance[..., None] ** powers, 0.0).sum(axis=-1))


def speedup(
    acceptance: ArrayLike, draft_tokens: ArrayLike, cost_ratio: ArrayLike = 0.0
) -> Array | float:
    """Time without speculation over time with it, if verifying costs one plain step.

    Parameters
    ----------
    acceptance, draft_tokens
        See :func:`expected_tokens`.
    cost_ratio
        Time of a step of the draft model over that of the target (c), at least 0.

    Notes
    -----
    Theorem 3.8 of Leviathan et al. 2023. Below 1 speculation loses; an acceptance of 0 never wins.

    Examples
    --------
    >>> [round(speedup(a, g), 2) for a, g in ((0.6, 2), (0.8, 5), (0.9, 10))]
    [1.96, 3.69, 6.86]
    >>> round(speedup(0.8, 5, cost_ratio=0.1), 2)
    2.46
    """
    cost_ratio = _checks.non_negative("cost_ratio", cost_ratio)
    drafts = _checks.count("draft_tokens", draft_tokens, 0)
    return _plain(np.asarray(expected_tokens(acceptance, drafts)) / (drafts * cost_ratio + 1.0))


def operations_ratio(
    acceptance: ArrayLike, draft_tokens: ArrayLike, operations_cost_ratio: ArrayLike = 0.0
) -> Array | float:
    """Arithmetic operations with speculation over those without, for the same text.

    Parameters
    ----------
    acceptance, draft_tokens
        See :func:`expected_tokens`.
    operations_cost_ratio
        Operations a token of the draft model over those of the target (c-hat), at least 0.

    Notes
    -----
    Theorem 3.11 of Leviathan et al. 2023. Never below 1: the time is won by work, which is free
    only while the accelerator waits for memory.

    Examples
    --------
    >>> [round(operations_ratio(a, g), 2) for a, g in ((0.6, 2), (0.8, 5), (0.9, 10))]
    [1.53, 1.63, 1.6]
    """
    ratio = _checks.non_negative("operations_cost_ratio", operations_cost_ratio)
    drafts = _checks.count("draft_tokens", draft_tokens, 0)
    return _plain((drafts * ratio + drafts + 1.0) / np.asarray(expected_tokens(acceptance, drafts)))


@dataclass(frozen=True)
class RooflineStep:
    """Time of a decode step by the roofline: whichever of memory and compute takes longer.

    Call it with ``(batch, tokens)``: each of ``batch`` requests gets ``tokens`` new positions.
    Weights and KV cache are read once for all of them; operations are paid for each.

    Attributes
    ----------
    weight_bytes
        Weights read in every step.
    operations_per_token
        Arithmetic operations for one position, twice the weights of the matrices.
    bandwidth_bytes_per_s, operations_per_s
        What the accelerators reach, not their peak.
    kv_bytes_per_request
        KV cache read for each request.
    overhead_s
        Launches, scheduling and sampling of a step.

    Examples
    --------
    A model of 70e9 weights in FP8 on 8 H100 at 0.8 of bandwidth and 0.64 of compute:

    >>> step = RooflineStep(70e9, 140e9, 8 * 0.8 * 3.35e12, 8 * 0.64 * 1.98e15)
    >>> round(step(1, 1) * 1e3, 2), round(step(64, 6) * 1e3, 2)
    (3.26, 5.3)
    """

    weight_bytes: float
    operations_per_token: float
    bandwidth_bytes_per_s: float
    operations_per_s: float
    kv_bytes_per_request: float = 0.0
    overhead_s: float = 0.0

    def __post_init__(self) -> None:
        """Check the arguments."""
        for name in ("weight_bytes", "operations_per_token"):
            _checks.single_positive(name, getattr(self, name))
        for name in ("bandwidth_bytes_per_s", "operations_per_s"):
            _checks.single_positive(name, getattr(self, name))
        for name in ("kv_bytes_per_request", "overhead_s"):
            _checks.single_non_negative(name, getattr(self, name))

    def __call__(self, batch: ArrayLike, tokens: ArrayLike) -> Array | float:
        """Seconds of a step; the arguments broadcast."""
        batch = _checks.positive("batch", batch)
        tokens = _checks.positive("tokens", tokens)
        read_bytes = self.weight_bytes + batch * self.kv_bytes_per_request
        memory_s = read_bytes / self.bandwidth_bytes_per_s
        compute_s = batch * tokens * self.operations_per_token / self.operations_per_s
        return _plain(np.maximum(memory_s, compute_s) + self.overhead_s)


def deployment_step(deployment: Deployment, context_tokens: float) -> StepTime:
    """Step time of a deployment as a function of ``(batch, tokens)``, for :func:`batched_step`.

    With one token it is :func:`labpy.models.serving.decode_step`. More tokens go through the
    matrices and the all-reduces together; weights and KV cache are read once for all of them. (The
    attention of a few new positions computes next to nothing and is left out.)

    Parameters
    ----------
    deployment
        Target or draft model on its accelerators.
    context_tokens
        Tokens that each request has in the cache.

    Examples
    --------
    Llama-3-70B on eight H100, drafts by Llama-3-8B on the same ones:

    >>> from labpy.models.serving import Deployment
    >>> target, draft = (
    ...     deployment_step(Deployment(model, "h100-sxm", tensor_parallel_size=8), 1000)
    ...     for model in ("llama-3-70b", "llama-3-8b"))
    >>> gain = batched_step([1, 32, 256], 0.8, 4, target, draft).speedup
    >>> bool(gain[0] > 1 > gain[2])
    True
    """
    context = _checks.single_non_negative("context_tokens", context_tokens)

    def step_s(batch: ArrayLike, tokens: ArrayLike) -> Array | float:
        batch, tokens = np.broadcast_arrays(
            _checks.positive("batch", batch), _checks.positive("tokens", tokens)
        )
        return _plain(_decode(deployment, batch, np.array(context), tokens).total_s)

    return step_s


@dataclass(frozen=True)
class SpeculativeStep:
    """One round of drafting and verifying for a whole batch; fields broadcast.

    Attributes
    ----------
    draft_s, verify_s, round_s
        Time of drafting, of verifying, and of both.
    tokens_per_round
        Mean tokens that a request gains in a round.
    tpot_s
        Mean time per output token of a request.
    plain_tpot_s
        The same without speculation: one step of the target.
    output_tokens_per_s
        Of the whole batch.
    speedup
        ``plain_tpot_s / tpot_s``; below 1 speculation loses.
    """

    draft_s: Array | float
    verify_s: Array | float
    round_s: Array | float
    tokens_per_round: Array | float
    tpot_s: Array | float
    plain_tpot_s: Array | float
    output_tokens_per_s: Array | float
    speedup: Array | float


def batched_step(
    batch: ArrayLike,
    acceptance: ArrayLike,
    draft_tokens: ArrayLike,
    target_step_s: StepTime,
    draft_step_s: StepTime,
) -> SpeculativeStep:
    """Speculate for a batch, paying for what verification computes.

    Parameters
    ----------
    batch
        Requests decoding together, at least 1.
    acceptance, draft_tokens
        See :func:`expected_tokens`. They broadcast with ``batch``.
    target_step_s, draft_step_s
        Callables of ``(batch, tokens)`` that give the seconds of a step: a :class:`RooflineStep`,
        what :func:`deployment_step` returns, or your own.

    Notes
    -----
    A round is ``draft_tokens`` steps of the draft model, one token each, then one step of the
    target over ``draft_tokens + 1`` positions of each request. Requests of a batch wait for the
    common round, but not for each other's acceptance. With ``draft_tokens = 0`` it is the plain
    step.

    Examples
    --------
    What triples the speed of one request slows down a batch of a thousand:

    >>> target = RooflineStep(70e9, 140e9, 2.1e13, 1.0e16)
    >>> draft = RooflineStep(1e9, 2e9, 2.1e13, 1.0e16)
    >>> step = batched_step([1, 100, 1000], 0.8, 4, target, draft)
    >>> step.speedup.round(2).tolist()
    [3.18, 1.56, 0.66]
    """
    batch = _checks.positive("batch", batch)
    if (batch < 1).any():
        raise ValueError(f"batch must be 1 or greater, got {batch!r}")
    drafts = _checks.count("draft_tokens", draft_tokens, 0)
    tokens = np.asarray(expected_tokens(acceptance, drafts))
    batch, drafts, tokens = np.broadcast_arrays(batch, drafts, tokens)
    one = np.ones_like(tokens)
    draft_s = drafts * np.asarray(draft_step_s(batch, one))
    verify_s = np.asarray(target_step_s(batch, drafts + one))
    plain_s = np.asarray(target_step_s(batch, one))
    tpot_s = (draft_s + verify_s) / tokens
    return SpeculativeStep(
        draft_s=_plain(draft_s),
        verify_s=_plain(verify_s),
        round_s=_plain(draft_s + verify_s),
        tokens_per_round=_plain(tokens),
        tpot_s=_plain(tpot_s),
        plain_tpot_s=_plain(plain_s),
        output_tokens_per_s=_plain(batch / tpot_s),
        speedup=_plain(plain_s / tpot_s),
    )


def best_draft_tokens(
    acceptance: float,
    target_step_s: StepTime,
    draft_step_s: StepTime,
    batch: float = 1,
    limit: int = 16,
) -> int:
    """Draft length from 0 (do not speculate) to ``limit`` with the least time per token.

    Examples
    --------
    >>> target = RooflineStep(70e9, 140e9, 2.1e13, 1.0e16)
    >>> draft = RooflineStep(1e9, 2e9, 2.1e13, 1.0e16)
    >>> [best_draft_tokens(0.8, target, draft, batch) for batch in (1, 100, 1000)]
    [12, 2, 0]
    """
    limit = _checks.single_count("limit", limit, 0)
    lengths = np.arange(limit + 1)
    step = batched_step(batch, acceptance, lengths, target_step_s, draft_step_s)
    return int(np.argmin(step.tpot_s))
