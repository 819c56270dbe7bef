"""Open loop: Poisson arrivals that do not wait for anyone, and the latency they see.

Continuous batching shares the accelerator among the running requests, one token each in a step.
That is processor sharing with a speed that depends on the number running. Prompts come in the order
of arrival, in steps of at most the engine's token budget (``labpy.models.serving.prompts``), and
all replies wait for them. For a slot of a full batch requests wait as in M/D/c, or M/G/c
(``labpy.models.serving.slots``). Static batching is a batching server (``labpy.models.queueing``)
that holds each batch to its end.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving import continuous, static
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.lengths import lengths
from labpy.models.serving.load import Latency, Line

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ServingLoad:
    """Latency and throughput at given arrival rates; arrays of their shape.

    ``utilization`` is the arrival rate as a share of ``capacity_requests_per_s``. In overload
    (``stable`` False) the times to the first token and of the response are ``inf``; the time per
    token, throughput and batch are those at capacity. ``trusted`` tells where the latencies are
    within the error that ``open_loop`` states; elsewhere simulate. In overload it is True.
    """

    stable: NDArray[np.bool_]
    utilization: Array
    capacity_requests_per_s: float
    ttft_p50_s: Array
    ttft_p99_s: Array
    tpot_p50_s: Array
    tpot_p99_s: Array
    response_p50_s: Array
    response_p99_s: Array
    output_tokens_per_s: Array
    mean_batch: Array
    trusted: NDArray[np.bool_]


def capacity_requests_per_s(
    deployment: Deployment,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    policy: str = "continuous",
    max_batch: int = 256,
    replicas: int = 1,
    input_cv: float = 0.0,
    output_cv: float = 0.0,
) -> float:
    """Highest arrival rate that ``replicas`` of the deployment can serve for ever.

    That of full batches; or of full steps, where a step's token budget lets fewer requests decode
    than the batch has room for. Lengths are as in ``open_loop``.
    """
    replica = _replica(
        deployment, input_tokens, output_tokens, policy, 0.0, max_batch, input_cv, output_cv
    )
    return replica.capacity * _checks.single_count("replicas", replicas)


def _replica(
    deployment: Deployment,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    policy: str,
    batch_window_s: float,
    max_batch: int,
    input_cv: float = 0.0,
    output_cv: float = 0.0,
) -> "continuous.Continuous | static.Static":
    prompts = lengths("input_tokens", input_tokens, input_cv)
    outputs = lengths("output_tokens", output_tokens, output_cv)
    prompt, output = prompts.mean, outputs.mean
    slots = _checks.single_count("max_batch", max_batch)
    window = _checks.single_non_negative("batch_window_s", batch_window_s)
    _checks.choice("policy", policy, ("continuous", "static"))
    if prompt + output > deployment.kv_capacity_tokens:
        raise ValueError(
            "input_tokens + output_tokens must fit in the KV cache of "
            f"{deployment.kv_capacity_tokens:.0f} tokens"
        )
    if policy == "continuous":
        return continuous.Continuous(deployment, prompts, outputs, slots)
    return static.Static(deployment, prompts, outputs, slots, window)


def open_loop(
    deployment: Deployment,
    arrival_rate: ArrayLike,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    policy: str = "continuous",
    batch_window_s: float = 0.0,
    max_batch: int = 256,
    replicas: int = 1,
    request_overhead_s: float | None = None,
    input_cv: float = 0.0,
    output_cv: float = 0.0,
) -> ServingLoad:
    """Latency under Poisson arrivals.

    Parameters
    ----------
    deployment
        One replica.
    arrival_rate
        Requests a second over all replicas, 0 or more, of any shape. A curve of more than about
        40 values is solved at as many utilizations and interpolated.
    input_tokens, output_tokens
        Mean lengths, or samples of lengths: lists, from which those of prompts and of replies are
        drawn independently.
    policy
        ``"continuous"``: requests join and leave the batch between steps. ``"static"``: a batch is
        formed, and held until all of it is done.
    batch_window_s
        Static only: how long the first waiting request waits for company at a free server.
    max_batch
        Most requests in a batch; the KV cache may bound it further. With TensorRT-LLM, whose limit
        is that of each microbatch, a pipeline of continuous batches has as many for each stage.
    replicas
        Replicas among which requests are split at random.
    request_overhead_s
        Time outside the steps, in place of the engine's; part of TTFT and response.

    input_cv, output_cv
        Coefficients of variation of log-normal lengths of the given means; 0 for one length.

    Errors: against ``labpy.models.simulation``, medians and p99s of the time to the first token
    and of the response are within 15% where ``trusted``, mostly within 10% where lengths do not
    vary (``tools/open_loop_grid.py``: 5 deployments, shares of prompts in a stay of 0.1 to 0.9,
    utilizations of 0.5 to 0.9, coefficients of variation of 0, 0.5 and 1). Of other deployments
    and lengths drawn at random, about one point in twenty that is trusted is up to 27% off. Not
    trusted: where the batch is bounded by the KV cache or a step's token budget and comes near it;
    where about one request in a hundred waits for a slot, so that the p99 of the time to the first
    token jumps from a step to a wait; where prompts come in long clusters, or one cluster is a
    large part of a reply; a pipeline, which was not compared; static batches of varied lengths.
    Prompts of little more than a step's token budget are up to 23% off in the median of the time
    to the first token. A curve of many values adds up to 7%. A batch near the size at which an
    all-reduce changes its algorithm may be 20% off in the response.
    """
    rate = _checks.non_negative("arrival_rate", arrival_rate)
    replicas = _checks.single_count("replicas", replicas)
    overhead = deployment.engine.request_overhead_s
    if request_overhead_s is not None:
        overhead = _checks.single_non_negative("request_overhead_s", request_overhead_s)
    replica = _replica(
        deployment,
        input_tokens,
        output_tokens,
        policy,
        batch_window_s,
        max_batch,
        input_cv,
        output_cv,
    )
    capacity = replica.capacity
    utilization = rate / replicas / capacity
    stable = utilization < 1
    latency, nearly_full = _latency(
        replica, np.where(stable, utilization, 0.5).ravel(), not stable.all()
    )
    # The two are approximated apart, but no request is done before its first token.
    response_p50_s = np.maximum(latency.response_p50_s, latency.ttft_p50_s)
    response_p99_s = np.maximum(latency.response_p99_s, latency.ttft_p99_s)
    full_p99_s = max(replica.full_step_s, nearly_full)

    def shaped(values: Array, beyond: float) -> Array:
        return np.where(stable, values.reshape(rate.shape), beyond)

    return ServingLoad(
        stable=stable,
        utilization=utilization,
        capacity_requests_per_s=capacity * replicas,
        ttft_p50_s=shaped(latency.ttft_p50_s + overhead, np.inf),
        ttft_p99_s=shaped(latency.ttft_p99_s + overhead, np.inf),
        tpot_p50_s=shaped(latency.tpot_p50_s, replica.full_step_s),
        tpot_p99_s=shaped(latency.tpot_p99_s, full_p99_s),
        response_p50_s=shaped(response_p50_s + overhead, np.inf),
        response_p99_s=shaped(response_p99_s + overhead, np.inf),
        output_tokens_per_s=np.minimum(rate, capacity * replicas) * replica.output,
        mean_batch=shaped(latency.mean_batch, replica.slots),
        trusted=(latency.trusted > 0.5).reshape(rate.shape) | ~stable,
    )


def waiting_line(
    deployment: Deployment,
    arrival_rate: float,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    policy: str,
    limit_s: ArrayLike,
    batch_window_s: float = 0.0,
    max_batch: int = 256,
) -> Line:
    """Mean numbers waiting and in service at one replica, and the share of late first tokens.

    Arguments are those of ``open_loop``, whose errors these are; each of ``limit_s`` is a time from
    arrival, time outside the steps included, after which a first token is late.

    Examples
    --------
    >>> replica = Deployment("llama-3-8b", "h100-sxm")
    >>> line = waiting_line(replica, 5.0, 512, 256, "continuous", [1.0])
    >>> line.waiting < 1 < line.in_service
    True
    """
    rate = _checks.single_positive("arrival_rate", arrival_rate)
    limit = np.atleast_1d(_checks.non_negative("limit_s", limit_s))
    replica = _replica(deployment, input_tokens, output_tokens, policy, batch_window_s, max_batch)
    if rate >= replica.capacity:
        return Line(np.inf, float(replica.slots), np.ones(limit.shape))
    return replica.line(rate, np.maximum(limit - deployment.engine.request_overhead_s, 0.0))


def _latency(
    replica: "continuous.Continuous | static.Static", utilization: Array, nearly_full: bool
) -> tuple[Latency, float]:
    """Latency at each utilization below 1: solved, or interpolated between solved ones.

    If asked, also the p99 of the time per token at ``replica.nearly_full``, else 0.

    Near capacity latency goes as ``1 / (1 - utilization)``: there its product with that is
    interpolated, and held beyond the last point.
    """
    if utilization.size <= replica.solved_directly:
        rates = np.maximum(utilization, 1e-6) * replica.capacity
        full = np.array([replica.nearly_full * replica.capacity] * nearly_full)
        solved = vars(replica.solve(np.append(rates, full)))
        p99_s = float(solved["tpot_p99_s"][-1]) if nearly_full else 0.0
        return Latency(**{name: values[: len(rates)] for name, values in solved.items()}), p99_s
    support = replica.support
    solved = replica.solve(support * replica.capacity)
    inside = np.minimum(utilization, support[-1])
    near = utilization > 0.7

    def between(values: Array, grows: bool) -> Array:
        plain = np.interp(inside, support, values)
        if not grows:
            return plain
        scaled = np.interp(inside, support, values * (1 - support)) / (1 - utilization)
        return np.where(near, scaled, plain)

    bounded = ("mean_batch", "tpot_p50_s", "tpot_p99_s", "trusted")  # by that of a full batch
    curves = {name: between(values, name not in bounded) for name, values in vars(solved).items()}
    ends = np.append(support, 1.0), np.append(solved.mean_batch, replica.slots)
    curves["mean_batch"] = np.interp(utilization, *ends)
    p99_s = float(np.interp(replica.nearly_full, support, solved.tpot_p99_s))
    return Latency(**curves), p99_s * nearly_full


def knee_arrival_rate(arrival_rate: ArrayLike, latency_s: ArrayLike) -> float:
    """Arrival rate at the knee of a latency curve: where rate / latency is highest.

    Beyond it, one per cent more requests cost more than one per cent of latency (an elasticity
    of 1). In M/M/1 it lies at half of the capacity. Source: Kleinrock 1979, Power and
    deterministic rules of thumb for probabilistic problems in computer communications.
    """
    rate = _checks.non_negative("arrival_rate", arrival_rate)
    latency = np.asarray(latency_s, dtype=float)
    if rate.ndim != 1 or rate.shape != latency.shape or rate.size == 0:
        raise ValueError("arrival_rate and latency_s must be lists of the same length")
    return float(rate[np.argmax(rate / latency)])
