"""Closed loop: a fixed number of clients, each sending its next request when the last is done.

This is how serving benchmarks run, and three habits of theirs show in the figures. All clients
start at once, so the first wave's prompts queue up behind each other; ten requests a client are
sent, so that wave weighs a tenth in a mean; and lengths are drawn uniformly between 0.8 times the
nominal length and the whole of it. Means are predicted, as benchmarks report them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.phases import _decode, _prefill, mixed_step_s
from labpy.models.serving.step import kv_read_s

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ServingPoint:
    """Mean figures of a closed loop.

    ``running_requests`` are in the batch, ``waiting_requests`` wait for room in the KV cache;
    ``kv_utilization`` is the share of the KV cache in use.
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
    Against the 45 measured rows of Llama 3.1 70B in FP8 with vLLM on H100, from which the engine's
    five constants were fitted, see docs/validation.md. Of the time without room in the KV cache,
    the share that a request's cache still grows after admission is counted as preemption, so in the
    time per token: a rule of thumb, and the weakest point.
    """
    clients = _checks.count("concurrency", concurrency).astype(float)
    nominal_input = _checks.count("input_tokens", input_tokens)
    nominal_output = _checks.count("output_tokens", output_tokens)
    ratio = float(_checks.probability("length_range_ratio", length_range_ratio))
    rounds = _checks.single_count("requests_per_client", requests_per_client)
    clients, prompt, output = np.broadcast_arrays(
        clients, nominal_input * (1 + ratio) / 2, nominal_output * (1 + ratio) / 2
    )
    context = prompt + output / 2
    running = _running(deployment, clients, prompt, context)
    decode_s = _decode(deployment, running, context).total_s
    own_step_s = mixed_step_s(deployment, running, context, prompt)
    stretch_s = np.maximum(own_step_s - decode_s, 0.0)
    tpot_s = decode_s + running * stretch_s / output
    rate = running / (output * tpot_s)
    kv_wait_s = (clients - running) / rate
    preempted = output / 2 / (prompt + output)
    tpot_s = tpot_s + preempted * kv_wait_s / output
    kv_wait_s = (1 - preempted) * kv_wait_s
    prefill_s = _prefill(deployment, prompt, np.ones_like(prompt)).total_s
    queue_s = _prefill_queue_s(rate * prefill_s, prefill_s) * (clients - 1) / clients
    steady_s = decode_s / 2 + own_step_s + queue_s + kv_wait_s
    burst_s = _burst_s(deployment, clients, prompt, context) + kv_wait_s / 2
    share = 1 / rounds
    return ServingPoint(
        ttft_s=deployment.engine.request_overhead_s + share * burst_s + (1 - share) * steady_s,
        tpot_s=tpot_s,
        output_tokens_per_s=rate * output,
        running_requests=running,
        waiting_requests=clients - running,
        kv_utilization=np.minimum(running * context / deployment.kv_capacity_tokens, 1.0),
    )


def _running(deployment: Deployment, clients: Array, prompt: Array, context: Array) -> Array:
    """Requests in the batch, bounded by the KV cache and by the engine."""
    by_memory = deployment.kv_capacity_tokens / context
    if (deployment.kv_capacity_tokens < prompt).any():
        raise ValueError(
            f"input_tokens must fit in the KV cache of {deployment.kv_capacity_tokens:.0f} tokens"
        )
    bound = np.minimum(by_memory, deployment.engine.max_running_requests)
    return np.minimum(clients, np.maximum(bound, 1.0))


def _prefill_queue_s(load: Array, prefill_s: Array) -> Array:
    """Mean wait of a prompt behind other prompts, as in M/D/1 with the prefill as service."""
    load = np.minimum(load, 0.98)
    return load * prefill_s / (2 * (1 - load))


def _burst_s(deployment: Deployment, clients: Array, prompt: Array, context: Array) -> Array:
    """Mean time to first token if all clients start at once.

    Prompts go in groups that fill a step; each group waits for those before it, in steps that
    also read the KV cache of the requests already decoding.
    """
    group = np.clip(np.floor(deployment.engine.max_batched_tokens / prompt), 1, clients)
    groups = np.ceil(clients / group)
    group_s = _prefill(deployment, prompt, group).total_s
    kv_s = kv_read_s(deployment, group * context)
    return group_s * (groups + 1) / 2 + kv_s * (groups - 1) * (groups + 1) / 6
