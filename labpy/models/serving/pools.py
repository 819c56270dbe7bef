"""Prefill and decode in pools of their own, with the KV cache sent from one to the other.

The prefill pool is a queue of constant services: M/D/1, or a tandem of them in a pipeline. Zhong
et al. 2024 (DistServe, section 3.1) compare three ways to place it, all of them cases of
``tandem``. The decode pool shares each step among all that run. Requests are split at random.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.network import point_to_point_s
from labpy.models.queueing.batch import batch_server
from labpy.models.queueing.deterministic import md1
from labpy.models.queueing.result import QueueResult
from labpy.models.registry import Link
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.step import (
    hop_time,
    last_stage_extra_s,
    launched,
    prompt_attention_ops,
    stage_time,
)

Array = NDArray[np.float64]

_MOST_TOGETHER = 64  # prompts in a step: the chain grows with their square


@dataclass(frozen=True)
class DisaggregatedLoad:
    """Two pools under Poisson arrivals; arrays of the shape of the arrival rate.

    ``prefill_utilization``, ``link_utilization`` and ``decode_utilization`` are shares of what
    each can carry; where one is 1 or more, ``stable`` is False and times without a bound are
    ``inf``. ``transfer_s`` is the mean time from the first token until the KV cache has arrived,
    the wait for the link included; ``tpot_mean_s`` counts it, as who reads does.
    ``wait_probability`` is that of finding all slots of the decode replica taken.
    """

    stable: NDArray[np.bool_]
    capacity_requests_per_s: float
    prefill_utilization: Array
    link_utilization: Array
    decode_utilization: Array
    ttft_mean_s: Array
    ttft_p50_s: Array
    ttft_p99_s: Array
    transfer_s: Array
    tpot_mean_s: Array
    response_mean_s: Array
    mean_batch: Array
    wait_probability: Array


def tandem(arrival_rate: ArrayLike, stage_s: ArrayLike, hop_s: float = 0.0) -> QueueResult:
    """Poisson arrivals at constant services in a row: a pipeline that prefills prompt by prompt.

    Parameters
    ----------
    arrival_rate
        Prompts a second, 0 or more.
    stage_s
        Time in each stage, shape (stages,).
    hop_s
        Time from stage to stage.

    Returns
    -------
    QueueResult
        Exact: the whole wait is that of M/D/1 at the slowest stage, in whatever order they stand
        (Friedman 1965), and the response is that and the sum of all stages and hops.

    Raises
    ------
    ValueError
        For a wrong argument.

    Examples
    --------
    DistServe's three ways to place a prefill of D seconds on two devices (one device for the
    first; the intra-operator split is K times as fast as one device, here 1.7): at a low load the
    split is best, at a high one the pipeline.

    >>> d, k = 0.1, 1.7
    >>> for rate in (1.0, 9.0, 14.0):
    ...     one, inter, intra = (tandem(rate, s) for s in ([d], [d / 2, d / 2], [d / k]))
    ...     print([float((1e3 * q.mean_response_s).round()) for q in (one, inter, intra)])
    [106.0, 101.0, 61.0]
    [550.0, 120.0, 92.0]
    [inf, 158.0, 196.0]
    """
    stages = _checks.positive("stage_s", stage_s)
    if stages.ndim != 1 or not stages.size:
        raise ValueError("stage_s must be a list with the time of each stage")
    way_s = stages.sum() + (stages.size - 1) * _checks.single_non_negative("hop_s", hop_s)
    slowest = md1(arrival_rate, stages.max())
    arrivals = np.asarray(arrival_rate, dtype=float)
    response = slowest.mean_wait_s + way_s
    return QueueResult(
        utilization=slowest.utilization,
        stable=slowest.stable,
        wait_probability=slowest.wait_probability,
        mean_wait_s=slowest.mean_wait_s,
        mean_response_s=response,
        mean_in_system=np.where(slowest.stable, arrivals * response, np.inf),
        _wait_quantile=slowest.wait_quantile_s,
        _response_quantile=lambda p: slowest.wait_quantile_s(p) + way_s,
    )


def prefill_queue(
    deployment: Deployment, arrival_rate: ArrayLike, input_tokens: int, share_steps: bool = True
) -> QueueResult:
    """Time to first token of one prefill replica, without the request's overhead.

    Parameters
    ----------
    deployment
        The replica, which does nothing else.
    arrival_rate
        Prompts a second that come to it, 0 or more, of any shape.
    input_tokens
        Of every prompt.
    share_steps
        Whether as many waiting prompts share a step as fit in it whole, up to 64. If not, or if
        only one fits, ``tandem`` is exact, stages being as unequal as the engine says.

    Raises
    ------
    ValueError
        For a wrong argument.

    Notes
    -----
    Prompts that share a step end together, but read the weights once: a batching server
    (``queueing.batch_server``, its service a straight line from a batch of one to a full one).
    Against ``simulate_fleet`` with prompts of 512 to 5,000 tokens the mean is within 10% to a load
    of 0.9, the p99 within 15% to 0.8 and 32% at 0.9; the worst are those of which a step holds
    one or two and a part of the next, which the engine begins. In a pipeline the stages
    after the first are added for the mean batch; there large microbatches hold up the small ones,
    and the mean is 12% too low at a load of 0.6 and 32% at 0.9.

    Examples
    --------
    >>> replica = Deployment("llama-3-70b", "h100-sxm", 4)
    >>> queue = prefill_queue(replica, [0.0, 6.0], 2048)
    >>> (queue.mean_response_s / queue.mean_response_s[0]).round()
    array([1., 2.])
    >>> (queue.response_quantile_s(0.99) / queue.mean_response_s).round()
    array([1., 3.])
    """
    tokens = _checks.single_count("input_tokens", input_tokens)
    stages = deployment.pipeline_parallel_size
    together = _prompts_in_a_step(deployment, tokens) if share_steps else 1
    one_s = _prefill_stage_s(deployment, tokens)
    hop_s = float(hop_time(deployment, np.array(float(tokens)))) if stages > 1 else 0.0
    uneven = 1 + deployment.slowest_share
    if together == 1:
        return tandem(arrival_rate, _stages_s(one_s, stages, uneven), hop_s)
    full_s = _prefill_stage_s(deployment, tokens, together)
    more_s = (full_s - one_s) / (together - 1)
    rate = _checks.non_negative("arrival_rate", arrival_rate)
    found = batch_server(rate, (one_s - more_s) * uneven, more_s * uneven, together, 0.0)
    if stages == 1:
        return found
    mean = np.where(found.stable, found.mean_batch, together)
    way_s = (stages - uneven) * (one_s + (mean - 1) * more_s) + (stages - 1) * mean * hop_s
    return replace(
        found,
        mean_response_s=found.mean_response_s + way_s,
        mean_in_system=found.mean_in_system + rate * way_s,
        _response_quantile=lambda p: found.response_quantile_s(p) + way_s,
    )


def _stages_s(mean_s: float, stages: int, uneven: float) -> list[float]:
    """Times of the slowest stage and of the others, which add up to ``stages`` of the mean one."""
    if stages == 1:
        return [mean_s]
    rest = (stages - uneven) / (stages - 1)
    return [mean_s * uneven, *[mean_s * rest] * (stages - 1)]


def _prompts_in_a_step(deployment: Deployment, input_tokens: int) -> int:
    return min(max(deployment.engine.max_batched_tokens // input_tokens, 1), _MOST_TOGETHER)


def _prefill_stage_s(deployment: Deployment, input_tokens: int, prompts: int = 1) -> float:
    """Time of prompts in one stage: in one step, or one in as many chunks as steps make of it."""
    edges = np.arange(0, input_tokens, deployment.engine.max_batched_tokens)
    edges = np.append(edges, input_tokens).astype(float)
    chunks, ops = np.diff(edges), np.diff(prompt_attention_ops(deployment, edges))
    work = stage_time(deployment, prompts * chunks, np.zeros_like(chunks), prompts * ops)
    return float(launched(deployment, work).total_s.sum())


def disaggregated(
    deployment: Deployment,
    arrival_rate: ArrayLike,
    input_tokens: int,
    output_tokens: int,
    replicas: int = 1,
    prefill_deployment: Deployment | None = None,
    prefill_replicas: int = 1,
    kv_link: Link | str | None = None,
    max_batch: int = 256,
    request_overhead_s: float | None = None,
    share_steps: bool = True,
) -> DisaggregatedLoad:
    """Mean latency of two pools with requests of one length.

    Parameters
    ----------
    deployment, replicas
        A replica of the decode pool, and how many.
    arrival_rate
        Requests a second over all, 0 or more, of any shape.
    input_tokens, output_tokens
        Of every request; at least 2 tokens of output.
    prefill_deployment, prefill_replicas
        A replica of the prefill pool, by default the same, and how many.
    kv_link
        Over which each prefill replica sends KV caches, one after the other, with as many devices
        in parallel as both sides have; by default the link of ``deployment``.
    max_batch
        Most requests at a time in a decode replica, or in each of its stages (see ``open_loop``);
        the KV cache may bound it further.
    request_overhead_s
        Time outside the steps, in place of the engine's.
    share_steps
        Whether prompts share steps of the prefill pool, as in ``prefill_queue``.

    Raises
    ------
    ValueError
        For a wrong argument.

    Notes
    -----
    Prefill by ``prefill_queue``. Caches are sent one by one: where a prompt takes longer than its
    cache there is no wait for the link, and else that of M/D/1 less the wait for prefill, as in a
    tandem; that prompts that shared a step come to the link at once is left out (up to half of
    the transfer). Decode replicas are taken as processor sharing with a speed that depends on how
    many share, whose number present has a product form whatever the lengths (Kelly 1979). Requests
    are split at random over both pools; ``simulate_fleet`` has the routers. Against it, from 512 to
    2,048 tokens of input, to a load of 0.9 in whichever pool is the bottleneck, the mean time per
    token and the mean response are within 3%; for the time to first token see ``prefill_queue``.
    """
    rate = _checks.non_negative("arrival_rate", arrival_rate)
    prompt = _checks.single_count("input_tokens", input_tokens)
    output = _checks.single_count("output_tokens", output_tokens, 2)
    prefill = deployment if prefill_deployment is None else prefill_deployment
    senders = _checks.single_count("prefill_replicas", prefill_replicas)
    decoders = _checks.single_count("replicas", replicas)
    overhead = deployment.engine.request_overhead_s
    if request_overhead_s is not None:
        overhead = _checks.single_non_negative("request_overhead_s", request_overhead_s)
    link = deployment.link if kv_link is None else kv_link
    devices = min(prefill.accelerators, deployment.accelerators)
    sending_s = float(point_to_point_s(prompt * deployment.kv_bytes_per_token / devices, link))
    first = prefill_queue(prefill, rate / senders, prompt, share_steps)
    way = md1(rate / senders, sending_s)
    decode = _Decode(deployment, prompt, output, _checks.single_count("max_batch", max_batch))
    present, load, waits = decode.present(rate / decoders)
    stable = first.stable & way.stable & (load < 1)
    with np.errstate(invalid="ignore"):
        behind_s = np.maximum(way.mean_wait_s - first.mean_wait_s, 0.0)
    transfer = sending_s + np.where(way.stable, np.where(first.stable, behind_s, 0.0), np.inf)
    # Little's law; a first request has the replica to itself
    stay = np.where(rate > 0, present * decoders / np.where(rate > 0, rate, 1.0), decode.alone_s)
    together = _prompts_in_a_step(prefill, prompt) if share_steps else 1
    stage_s = _prefill_stage_s(prefill, prompt, together) * (1 + prefill.slowest_share)
    slowest_s = max(sending_s, stage_s / together)
    response = first.mean_response_s + transfer + stay + overhead
    return DisaggregatedLoad(
        stable=stable,
        capacity_requests_per_s=min(senders / slowest_s, decoders * decode.capacity),
        prefill_utilization=first.utilization,
        link_utilization=way.utilization,
        decode_utilization=load,
        ttft_mean_s=first.mean_response_s + overhead,
        ttft_p50_s=first.response_quantile_s(0.5) + overhead,
        ttft_p99_s=first.response_quantile_s(0.99) + overhead,
        transfer_s=transfer,
        tpot_mean_s=(transfer + stay) / (output - 1),
        response_mean_s=np.where(stable, response, np.inf),
        mean_batch=np.minimum(present, decode.slots),
        wait_probability=waits,
    )


class _Decode:
    """A replica that only decodes, with requests of one length."""

    def __init__(self, deployment: Deployment, prompt: int, output: int, max_batch: int) -> None:
        if prompt + output > deployment.kv_capacity_tokens:
            raise ValueError(
                "input_tokens + output_tokens must fit in the KV cache of "
                f"{deployment.kv_capacity_tokens:.0f} tokens"
            )
        context = prompt + output / 2
        fitting = int(deployment.kv_capacity_tokens / context)
        self.slots = max(1, min(deployment.most_requests(max_batch), fitting))
        batch = np.arange(1.0, self.slots + 1)
        stages = deployment.pipeline_parallel_size
        lanes = np.minimum(batch, stages)
        each = batch / lanes
        nothing = np.zeros_like(each)
        step = stage_time(deployment, each, each * context, nothing, each, batch).total_s
        hops = hop_time(deployment, each) if stages > 1 else np.zeros_like(each)
        # of a request in a batch of 1, 2, ...: it passes all stages, or all lanes the slowest
        slowest = (step + last_stage_extra_s(deployment)) * (1 + deployment.slowest_share)
        self.stay_s = (output - 1) * np.maximum(stages * (step + hops), lanes * slowest)
        self.alone_s = float(self.stay_s[0])
        self.capacity = float(self.slots / self.stay_s[-1])

    def present(self, rate: Array) -> tuple[Array, Array, Array]:
        """Mean number present, load, and the probability of finding all slots taken."""
        load = rate / self.capacity
        inside = np.where(load < 1, load, 0.5).ravel()
        number = np.arange(1.0, self.slots + 1)
        scaled = np.maximum(inside, 1e-300)[:, np.newaxis] * self.capacity
        log_weight = np.cumsum(np.log(scaled * self.stay_s / number), axis=1)
        log_weight = np.pad(log_weight, ((0, 0), (1, 0)))
        weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
        # beyond the slots the number is geometric
        beyond = weight[:, -1] * inside / (1 - inside)
        total = weight.sum(axis=1) + beyond
        mean = weight @ np.arange(self.slots + 1.0) + beyond * (self.slots + 1 / (1 - inside))
        waits = (weight[:, -1] + beyond) / total
        stable = load < 1
        return (
            np.where(stable, (mean / total).reshape(load.shape), np.inf),
            load,
            np.where(stable, waits.reshape(load.shape), 1.0),
        )
