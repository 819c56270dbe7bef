"""Closed loop: a fixed number of clients, each sending its next request when the last is done.

This is how serving benchmarks run, and three habits of theirs show in the figures. All clients
start at once, so the first wave's prompts queue up behind each other; ten requests a client are
sent, so that wave weighs a tenth in a mean; and lengths are drawn uniformly between 0.8 times the
nominal length and the whole of it. Means are predicted, as benchmarks report them.

Little's law ties the figures: a client sends a request as soon as its last is done, so that
throughput is the number of clients over the mean time of a request.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.phases import _decode, _prefill, mixed_step_s, prompt_pass_s
from labpy.models.serving.step import kv_read_s

Array = NDArray[np.float64]

_ROUNDS = 4  # in which the two times are fitted to each other
_HALVINGS = 24  # of the interval in which the batch is sought


@dataclass(frozen=True)
class ServingPoint:
    """Mean figures of a closed loop.

    ``running_requests`` are in the batch, ``waiting_requests`` wait for room in the KV cache;
    ``kv_utilization`` is the share of the KV cache in use. ``output_tokens_per_s`` is such that
    clients are the rate times the mean time of a request, which is that to the first token and the
    times of all others.
    """

    ttft_s: Array
    tpot_s: Array
    output_tokens_per_s: Array
    running_requests: Array
    waiting_requests: Array
    kv_utilization: Array


def closed_loop(
    deployment: Deployment,
    concurrency: ArrayLike,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    length_range_ratio: float = 0.8,
    requests_per_client: int = 10,
) -> ServingPoint:
    """Mean time to first token, time per output token and throughput of a closed loop.

    Parameters
    ----------
    deployment
        The replica.
    concurrency, input_tokens, output_tokens
        Clients and nominal lengths; they broadcast.
    length_range_ratio
        Lengths are uniform between this share of the nominal length and the whole; 1 for fixed.
    requests_per_client
        Requests that each client sends; the first of them is in the opening burst.

    Errors
    ------
    Against 312 measured rows on H100, to which the engines' constants were fitted, the mean
    absolute error is 3% (Llama 3.1 70B, vLLM) to 7% (gpt-oss-120b) of the time per token, and 7% to
    20% of the time to the first; see docs/validation.md. Weakest are runs short of KV cache, and
    where the process that streams replies is near its limit. Of the time without room in the KV
    cache, the share that a request's cache still grows after admission is counted as preemption,
    so in the time per token: a rule of thumb.
    """
    clients = _checks.count("concurrency", concurrency).astype(float)
    nominal_input = _checks.count("input_tokens", input_tokens)
    nominal_output = _checks.count("output_tokens", output_tokens)
    ratio = float(_checks.probability("length_range_ratio", length_range_ratio))
    rounds = _checks.single_count("requests_per_client", requests_per_client)
    clients, prompt, output = np.broadcast_arrays(
        clients,
        np.maximum(nominal_input * (1 + ratio) / 2, 1.0),
        np.maximum(nominal_output * (1 + ratio) / 2, 1.0),
    )
    context = prompt + output / 2
    share = 1 / rounds
    admitted = _running(deployment, clients, prompt, context)
    fitting = np.minimum(admitted, np.maximum(clients - deployment.engine.idle_slots, 1.0))
    running, first_s, token_s = _streamed(deployment, fitting, prompt, output, share)
    per_place_s = (first_s + (output - 1) * token_s) / running
    preempted = output / 2 / (prompt + output) * (clients - admitted) * per_place_s
    tpot_s = token_s + preempted / output
    waiting_s = (clients - running) * per_place_s - preempted
    burst_s = deployment.engine.request_overhead_s + _burst_s(deployment, clients, prompt, context)
    ttft_s = share * (burst_s + waiting_s / 2) + (1 - share) * (first_s + waiting_s)
    return ServingPoint(
        ttft_s=ttft_s,
        tpot_s=tpot_s,
        output_tokens_per_s=clients * output / (ttft_s + (output - 1) * tpot_s),
        running_requests=running,
        waiting_requests=clients - running,
        kv_utilization=np.minimum(running * context / deployment.kv_capacity_tokens, 1.0),
    )


def _streamed(
    deployment: Deployment, fitting: Array, prompt: Array, output: Array, share: float
) -> tuple[Array, Array, Array]:
    """Requests in the batch, with ``fitting`` admitted or at the process that streams replies.

    That is a queue of its own, before the engine: M/D/1 in which a request takes ``stream_s`` for
    each of its tokens. Whoever waits there leaves the batch smaller.
    """
    first_s, token_s = _in_batch(deployment, fitting, prompt, output, share)
    demand_s = output * deployment.engine.stream_s
    if not demand_s.any():
        return fitting, first_s, token_s
    low, high, running = np.zeros_like(fitting), fitting, fitting
    for _ in range(_HALVINGS):
        rate = running / (first_s + (output - 1) * token_s)
        load = np.minimum(rate * demand_s, 1 - 1e-9)
        excess = running + load**2 / (2 * (1 - load)) > fitting
        low, high = np.where(excess, low, running), np.where(excess, running, high)
        running = np.maximum((low + high) / 2, np.minimum(1.0, fitting))
        first_s, token_s = _in_batch(deployment, running, prompt, output, share)
    return running, first_s, token_s


def _in_batch(
    deployment: Deployment, running: Array, prompt: Array, output: Array, share: float
) -> tuple[Array, Array]:
    """Time to the first token and for each later one, without a wait for a place.

    ``share`` of the requests are in the opening burst. A token waits for the prompts that others
    send while one decodes, of all that they send in the time of a request; in the burst, for half.
    It never takes longer than a step that is full of prompts.
    """
    context = prompt + output / 2
    decode_s = _decode(deployment, running, context).total_s
    lap_s = mixed_step_s(deployment, running, context, prompt)
    stretch_s = np.maximum(lap_s - decode_s, 0.0)
    own_s = decode_s / 2 + prompt_pass_s(deployment, running, context, prompt)
    own_s = own_s + deployment.engine.request_overhead_s
    stages = deployment.pipeline_parallel_size
    prefill_s = _prefill(deployment, prompt, np.ones_like(prompt)).total_s / stages
    stretched_s = (running - 1) * (1 - share / 2) * stretch_s
    budget = deployment.engine.max_batched_tokens
    prompts = np.maximum(np.floor(budget / prompt), 1.0)
    full_s = mixed_step_s(deployment, running, context, prompt, prompts * stages)
    full_s = np.maximum(full_s / np.ceil(prompts * prompt / budget), decode_s)
    later = output - 1
    token_s = decode_s
    for _ in range(_ROUNDS):
        first_s = own_s + _prefill_queue_s(running, own_s + later * token_s, prefill_s)
        # solves token = decode + stretched * token / (first + later * token)
        half = (first_s - decode_s * later - stretched_s) / 2
        product = decode_s * first_s
        root = np.sqrt(half * half + later * product)
        token_s = product / np.maximum(half + root, 1e-12)
        token_s = np.minimum(token_s, full_s)
    return first_s, token_s


def _running(deployment: Deployment, clients: Array, prompt: Array, context: Array) -> Array:
    """Requests in the batch, bounded by the KV cache and by the engine."""
    by_memory = deployment.kv_capacity_tokens / context
    if (deployment.kv_capacity_tokens < prompt).any():
        raise ValueError(
            f"input_tokens must fit in the KV cache of {deployment.kv_capacity_tokens:.0f} tokens"
        )
    bound = np.minimum(by_memory, deployment.batches * deployment.engine.max_running_requests)
    return np.minimum(clients, np.maximum(bound, 1.0))


def _prefill_queue_s(running: Array, rest_s: Array, prefill_s: Array) -> Array:
    """Mean wait of a prompt behind those of the other clients, each of whom takes ``rest_s`` else.

    M/D/1, whose load is such that the rate times the time of a request is that of clients: with
    ``q`` prompts waited for and ``a`` of them in ``rest_s``, ``q = x / (2 (1 - x))`` where
    ``x = others / (a + q)``.
    """
    others = running - 1
    surplus = (rest_s / prefill_s - others) / 2
    waited = others / 2 / np.maximum(surplus + np.sqrt(surplus**2 + others / 2), 1e-12)
    return waited * prefill_s


def _burst_s(deployment: Deployment, clients: Array, prompt: Array, context: Array) -> Array:
    """Mean time to first token if all clients start at once.

    Prompts go in groups that fill a step; each group waits for those before it, in steps that
    also read the KV cache of the requests already decoding.
    """
    stages = deployment.pipeline_parallel_size
    if stages > 1:  # each prompt is a microbatch, and they follow each other
        one_s = _prefill(deployment, prompt, np.ones_like(prompt)).total_s
        return one_s * (1 + (clients - 1) / 2 / stages * (1 + deployment.slowest_share))
    group = np.clip(np.floor(deployment.engine.max_batched_tokens / prompt), 1, clients)
    groups = np.ceil(clients / group)
    group_s = _prefill(deployment, prompt, group).total_s
    kv_s = kv_read_s(deployment, group * context)
    return group_s * (groups + 1) / 2 + kv_s * (groups - 1) * (groups + 1) / 6
