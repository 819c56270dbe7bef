"""The two phases of a request, prefill and decode, under tensor and pipeline parallelism.

With ``p`` stages the batch splits into as many microbatches, which follow each other around. A
stage takes one after the other, so the time until all have passed, a lap, is the sum of their
times in the slowest stage; but no microbatch passes in less than the sum over the stages. Only a
microbatch that carries a prompt, or a chunk of one, pays for it. The others fall in behind it
unless the scheduler spreads prompts evenly, as engines with chunked prefill do; what is left of
that, and of unequal stages, is the engine's ``stage_imbalance`` (Agrawal et al. 2024,
Sarathi-Serve, on bubbles between unequal microbatches). The host goes through all requests of
the replica at every step, be they in the microbatch or not (``elsewhere_overhead_s``): stages that
are more have shorter steps, and the host's share of them grows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.step import (
    StepTime,
    hop_time,
    last_stage_extra_s,
    launched,
    prompt_attention_ops,
    stage_time,
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PhaseTime:
    """Seconds of a phase by cause; ``total_s`` is the sum of the others.

    ``bubble_s`` is the time in which a pipeline stage waits for the others.
    """

    total_s: Array
    compute_s: Array
    memory_s: Array
    communication_s: Array
    bubble_s: Array
    overhead_s: Array


def _pipelined(step: StepTime, work: Array, wait: Array, hops_s: Array) -> PhaseTime:
    """``work`` stage times of work and ``wait`` of waiting, and the hops between stages."""
    parts = {
        "compute_s": work * step.compute_s,
        "memory_s": work * step.memory_s,
        "communication_s": work * step.communication_s + hops_s,
        "bubble_s": wait * step.total_s,
        "overhead_s": work * step.overhead_s,
    }
    return PhaseTime(total_s=sum(parts.values()), **parts)


def prefill(deployment: Deployment, input_tokens: ArrayLike, batch: ArrayLike = 1) -> PhaseTime:
    """Time to process ``batch`` prompts of ``input_tokens`` each, with nothing else running.

    Without a pipeline, prompts share steps of at most ``engine.max_batched_tokens``. With ``p``
    stages each prompt is a microbatch: ``m`` of them take ``m + p - 1`` stage times, of which
    ``p - 1`` are bubble (Huang et al. 2019, GPipe). So one prompt is no faster for a pipeline.

    Shapes broadcast. ValueError for a fraction or a number below 1.
    """
    tokens = _checks.count("input_tokens", input_tokens).astype(float)
    batch = _checks.count("batch", batch).astype(float)
    return _prefill(deployment, tokens, batch)


def _prefill(deployment: Deployment, tokens: Array, batch: Array) -> PhaseTime:
    stages = deployment.pipeline_parallel_size
    microbatches = batch if stages > 1 else np.ones_like(batch)
    prompts = batch / microbatches
    chunks = np.ceil(prompts * tokens / deployment.engine.max_batched_tokens)
    step = stage_time(
        deployment,
        prompts * tokens / chunks,
        np.zeros_like(prompts * tokens),
        prompts * prompt_attention_ops(deployment, tokens) / chunks,
    )
    step = launched(deployment, step)
    hops = (stages - 1) * hop_time(deployment, prompts * tokens)
    return _pipelined(step, microbatches * chunks, (stages - 1) * chunks, hops)


def decode_step(deployment: Deployment, batch: ArrayLike, context_tokens: ArrayLike) -> PhaseTime:
    """Time until each of ``batch`` requests with ``context_tokens`` in cache has its next token.

    With ``p`` stages the batch splits into ``m = min(p, batch)`` microbatches; a token passes all
    stages, so a pipeline adds throughput but takes nothing off the time per token. Stages wait if
    microbatches are fewer, and for the slowest stage and microbatch: the bubble.

    Shapes broadcast; ``batch`` is at least 1 and may be a mean, so a fraction is allowed.
    """
    batch = _checks.positive("batch", batch)
    if (batch < 1).any():
        raise ValueError(f"batch must be 1 or greater, got {batch!r}")
    return _decode(deployment, batch, _checks.non_negative("context_tokens", context_tokens))


def _decode(
    deployment: Deployment, batch: Array, context: Array, tokens: Array | float = 1.0
) -> PhaseTime:
    """Lap of ``batch`` requests, each with ``tokens`` through the matrices."""
    stages = deployment.pipeline_parallel_size
    microbatches = np.minimum(batch, stages)
    each = batch / microbatches + np.zeros_like(context)
    step = stage_time(deployment, each * tokens, each * context, np.zeros_like(each), each, batch)
    if stages == 1:
        return _pipelined(step, microbatches, stages - microbatches, np.zeros_like(each))
    time_s = step.total_s
    lap_s = _lap_s(deployment, microbatches, microbatches * time_s)
    wait = lap_s / time_s - microbatches
    return _pipelined(step, microbatches, wait, stages * hop_time(deployment, each * tokens))


def _lap_s(deployment: Deployment, microbatches: Array, work_s: Array) -> Array:
    """Time until ``microbatches`` have passed all stages, if they take ``work_s`` in a mean one."""
    stages = deployment.pipeline_parallel_size
    slowest = work_s + microbatches * last_stage_extra_s(deployment)
    return np.maximum(stages / microbatches * work_s, slowest * (1 + deployment.slowest_share))


def mixed_step_s(
    deployment: Deployment,
    batch: Array,
    context: Array,
    prompt_tokens: Array,
    prompts: Array | float = 1.0,
) -> Array:
    """Time in which ``batch`` requests get a token and ``prompts`` whole prompts pass.

    Several steps if the prompts exceed ``engine.max_batched_tokens``. In a pipeline it is that of a
    lap, with as many microbatches carrying a prompt as there are prompts; for how long one's own
    prompt takes, see ``prompt_pass_s``.
    """
    stages = deployment.pipeline_parallel_size
    tokens = prompts * prompt_tokens
    ops = prompts * prompt_attention_ops(deployment, prompt_tokens)
    if stages == 1:
        return _mixed_stage_s(deployment, batch, context, tokens, ops, batch)
    microbatches = np.clip(batch, 1.0, stages)
    each = batch / microbatches
    carriers = np.clip(prompts, 1e-9, microbatches)
    mixed_s = _mixed_stage_s(deployment, each, context, tokens / carriers, ops / carriers, batch)
    nothing = np.zeros_like(each)
    plain_s = stage_time(deployment, each, each * context, nothing, each, batch).total_s
    work_s = carriers * mixed_s + (microbatches - carriers) * plain_s
    hops = stages * hop_time(deployment, each)
    return _lap_s(deployment, microbatches, work_s) + hops


def _mixed_stage_s(
    deployment: Deployment,
    each: Array,
    context: Array,
    tokens: Array,
    ops: Array,
    running: Array,
) -> Array:
    """Time in one stage of a microbatch that also carries ``tokens`` of prompts."""
    chunks = np.maximum(np.ceil(tokens / deployment.engine.max_batched_tokens), 1.0)
    step = stage_time(
        deployment, each + tokens / chunks, each * context, ops / chunks, each, running
    )
    return chunks * launched(deployment, step, tokens > 0).total_s


def prompt_pass_s(
    deployment: Deployment, batch: Array, context: Array, prompt_tokens: Array
) -> Array:
    """Time for one's own prompt to pass all stages, ``batch`` other requests decoding.

    Without a pipeline, ``mixed_step_s`` of one prompt.
    """
    lap_s = mixed_step_s(deployment, batch, context, prompt_tokens)
    stages = deployment.pipeline_parallel_size
    if stages == 1:
        return lap_s
    each = batch / np.clip(batch, 1.0, stages)
    ops = prompt_attention_ops(deployment, prompt_tokens)
    own_s = stages * _mixed_stage_s(deployment, each, context, prompt_tokens, ops, batch)
    return np.maximum(lap_s, own_s + stages * hop_time(deployment, each + prompt_tokens))


def step_pass_s(
    deployment: Deployment, tokens: Array, sequences: Array | float = 0.0, prompts: bool = False
) -> Array:
    """Time for ``tokens`` of ``sequences`` decoding requests to pass all stages, less attention.

    ``prompts`` tells whether some are of prompts.
    """
    nothing = np.zeros_like(tokens)
    stages = deployment.pipeline_parallel_size
    hops = stages * hop_time(deployment, tokens) if stages > 1 else nothing
    step = stage_time(deployment, tokens, nothing, nothing, sequences)
    if prompts:
        step = launched(deployment, step)
    return stages * step.total_s + hops
