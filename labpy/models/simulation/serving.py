"""Iteration-level simulation of a serving engine: continuous batching with chunked prefill.

Every step decodes one token for each running request and fills what is left of the engine's token
budget with prompts, in the order of arrival. A request is admitted when a slot is free and its
prompt fits in the KV cache; when the cache is full the newest request is preempted and recomputed.
In a pipeline there are as many microbatches as stages, each with its own requests.
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.deployment import Deployment
from labpy.models.simulation.clock import StageClock
from labpy.models.simulation.queues import _ascending
from labpy.models.simulation.replica import Ledger, Replica
from labpy.models.simulation.speculation import Speculation

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ServingTrace:
    """One entry per request, in the order of arrival; times run from the arrival.

    ``slot`` is the place in the batch that served it, taken at ``start_s`` and left at
    ``response_s``. ``preemptions`` counts how often it was thrown out and recomputed.
    """

    arrival_s: Array
    start_s: Array
    ttft_s: Array
    tpot_s: Array
    response_s: Array
    slot: NDArray[np.int64]
    preemptions: NDArray[np.int64]

    def after(self, warm_up: float = 0.1) -> "ServingTrace":
        """Trace without the first share ``warm_up`` of the requests, which found it empty."""
        start = int(len(self.arrival_s) * float(_checks.probability("warm_up", warm_up)))
        return ServingTrace(*(array[start:] for array in vars(self).values()))


def simulate_serving(
    deployment: Deployment,
    arrival_s: ArrayLike,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    max_batch: int = 256,
    speculation: Speculation | None = None,
    seed: int = 0,
    clients: int | None = None,
    request_overhead_s: float | None = None,
) -> ServingTrace:
    """Simulate continuous batching on one replica.

    Parameters
    ----------
    deployment
        The replica.
    arrival_s
        Ascending times of arrival.
    input_tokens, output_tokens
        Of each request; they broadcast against ``arrival_s``.
    max_batch
        Most requests in the batch, or in each stage's (see ``open_loop``).
    speculation, seed
        Speculative decoding; the seed is of its random acceptance.
    clients
        If given, the loop is closed: ``arrival_s`` says only how many requests there are, all
        clients send at 0, and each sends the next request when its last is done.
    request_overhead_s
        Time outside the steps, in place of the engine's.
    """
    arrivals = _ascending(arrival_s)
    prompts = np.broadcast_to(_checks.count("input_tokens", input_tokens), arrivals.shape)
    outputs = np.broadcast_to(_checks.count("output_tokens", output_tokens), arrivals.shape)
    most = deployment.batches * _checks.single_count("max_batch", max_batch)
    if (prompts + outputs).max() > deployment.kv_capacity_tokens:
        raise ValueError(
            "input_tokens + output_tokens must fit in the KV cache of "
            f"{deployment.kv_capacity_tokens:.0f} tokens"
        )
    verified, drafting, mean = 1, 0.0, 1.0
    steps = outputs
    if speculation is not None:
        verified, drafting = speculation.verified, speculation.cost_ratio
        mean, _ = speculation.tokens_mean_and_variance()
        steps = speculation.steps(outputs, np.random.default_rng(seed))
    overhead = deployment.engine.request_overhead_s
    if request_overhead_s is not None:
        overhead = _checks.single_non_negative("request_overhead_s", request_overhead_s)
    ledger = Ledger(prompts.tolist(), steps.tolist())
    budget = deployment.engine.max_batched_tokens
    clock = StageClock(deployment, most, budget, verified, drafting)
    replica = Replica(clock, ledger, deployment.kv_capacity_tokens, most, budget, mean)
    if clients is None:
        _open(replica, arrivals.tolist())
    else:
        arrivals = _closed(replica, len(arrivals), _checks.single_count("clients", clients))
    first, end = np.array(ledger.first), np.array(ledger.end)
    return ServingTrace(
        arrival_s=arrivals,
        start_s=np.array(ledger.start) - arrivals,
        ttft_s=first - arrivals + overhead,
        tpot_s=(end - first) / np.maximum(outputs - 1, 1),
        response_s=end - arrivals + overhead,
        slot=np.array(ledger.slot),
        preemptions=np.array(ledger.preempted),
    )


def _open(replica: Replica, arrivals: list[float]) -> None:
    """Requests come when they do."""
    for request, arrival in enumerate(arrivals):
        if replica.next_s <= arrival:
            replica.run_until(arrival)
        replica.submit(request, arrival)
    replica.run_until(inf)


def _closed(replica: Replica, requests: int, clients: int) -> Array:
    """Each of ``clients`` sends its next request when its last is done; returns when they do."""
    sent: list[float] = []

    def send(_: int, now: float) -> None:
        if len(sent) < requests:
            sent.append(now)
            replica.submit(len(sent) - 1, now)

    replica.on_end = send
    for _ in range(min(clients, requests)):
        send(-1, 0.0)
    replica.run_until(inf)
    return np.array(sent)
