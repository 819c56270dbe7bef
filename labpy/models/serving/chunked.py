"""Chunked prefill: what the token budget of a step trades between the first token and the rest.

A step takes one token of each running request, and fills what is left of its budget with chunks of
prompts (Agrawal et al. 2024, Sarathi-Serve). The smaller the budget, the shorter the steps with a
chunk, which is the stall that running replies see; but the more of them a prompt takes, each of
which reads the weights once more and the running requests' KV cache as well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.step import hop_time, launched, prompt_attention_ops, stage_time

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ChunkTrade:
    """A prompt that meets a running batch; arrays of the budget's shape.

    ``steps`` that carry a chunk, ``ttft_s`` from the prompt's turn to its first token,
    ``stall_s`` the longest of those steps, which all running requests wait for, ``plain_step_s`` a
    step without a chunk, and ``slowdown_s`` by how much the whole prompt delays each of them.
    """

    steps: NDArray[np.int64]
    ttft_s: Array
    stall_s: Array
    plain_step_s: float
    slowdown_s: Array


def chunked_prefill(
    deployment: Deployment,
    max_batched_tokens: ArrayLike,
    input_tokens: int,
    batch: int = 0,
    context_tokens: float = 0.0,
) -> ChunkTrade:
    """Time to prefill one prompt in chunks, beside ``batch`` requests that decode.

    Parameters
    ----------
    deployment
        The replica.
    max_batched_tokens
        Budgets to try, of any shape: tokens in a step, of which ``batch`` go to decoding.
    input_tokens
        Of the prompt.
    batch, context_tokens
        Requests that decode meanwhile, and the mean tokens in cache of each.

    Raises
    ------
    ValueError
            For a wrong argument; a budget must exceed ``batch``.

    Notes
    -----
    The same work as in ``simulate_fleet`` with one prompt, to the last digit without a pipeline.
    In a pipeline chunks follow each other one stage apart, and running requests, spread over the
    microbatches, fall in behind them: there ``ttft_s`` leaves out that microbatches differ, and
    ``stall_s`` is that of a microbatch that cannot overtake.

    Examples
    --------
    >>> lab = Deployment("llama-3-70b", "h100-sxm", 8)
    >>> trade = chunked_prefill(lab, [512, 2048, 8192], 8000, batch=64, context_tokens=2000)
    >>> trade.steps
    array([18,  5,  1])
    >>> (10 * trade.stall_s / trade.stall_s[-1]).round(), (trade.ttft_s / trade.ttft_s[-1]).round()
    (array([ 1.,  3., 10.]), array([2., 1., 1.]))
    """
    budget = _checks.count("max_batched_tokens", max_batched_tokens)
    prompt = _checks.single_count("input_tokens", input_tokens)
    running = _checks.single_count("batch", batch, 0)
    context = _checks.single_non_negative("context_tokens", context_tokens)
    stages = deployment.pipeline_parallel_size
    each = running / min(stages, max(running, 1))  # in one microbatch
    if (budget <= each).any():
        raise ValueError(
            f"max_batched_tokens must exceed {each:g}, what decodes in a step; got {budget!r}"
        )
    cached = np.array(each * context)
    tokens = np.array(float(each))
    plain = stage_time(deployment, tokens, cached, np.zeros(()), each, running).total_s
    plain_s = float(stages * (plain + (hop_time(deployment, np.array(each)) if stages > 1 else 0)))
    found = [_one(deployment, int(size), prompt, running, context) for size in budget.ravel()]
    steps, ttft, stall = (
        np.array(values).reshape(budget.shape) for values in zip(*found, strict=True)
    )
    return ChunkTrade(
        steps=steps,
        ttft_s=ttft,
        stall_s=stall,
        plain_step_s=plain_s if running else 0.0,
        slowdown_s=np.maximum(ttft - steps * plain_s, 0.0) if running else np.zeros_like(ttft),
    )


def _one(
    deployment: Deployment, budget: int, prompt: int, running: int, context: float
) -> tuple[int, float, float]:
    """Chunks of one prompt: how many, when the last is through, and the longest."""
    stages = deployment.pipeline_parallel_size
    each = running / min(stages, max(running, 1))  # in one microbatch
    room = int(budget - each)
    edges = np.append(np.arange(0, prompt, room), prompt).astype(float)
    chunk = np.diff(edges)
    number = np.arange(len(chunk))
    grown = context + number // stages  # each pass of a microbatch adds a token to its requests
    ops = np.diff(prompt_attention_ops(deployment, edges))
    step = stage_time(deployment, each + chunk, each * grown, ops, each, running)
    work_s = launched(deployment, step).total_s
    if stages == 1:
        return len(chunk), float(work_s.sum()), float(work_s.max())
    hop_s = hop_time(deployment, each + chunk)
    uneven = deployment.slowest_share
    shares = [*[1 - uneven / (stages - 1)] * (stages - 1), 1 + uneven]
    ends, free_s = 0.0, [0.0] * stages
    for work, hop in zip(work_s.tolist(), hop_s.tolist(), strict=True):
        ends = 0.0
        for stage, share in enumerate(shares):
            free_s[stage] = max(ends, free_s[stage]) + share * work
            ends = free_s[stage] + hop
    return len(chunk), ends, float((stages * (work_s + hop_s)).max())
