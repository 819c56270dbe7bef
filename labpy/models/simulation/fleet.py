"""A fleet of replicas behind a router, iteration by iteration.

Every replica runs continuous batching with chunked prefill and a paged KV cache, as in
``simulate_serving``, whose engine it shares; on top of that there is a router, prefix caching, and
prefill in a pool of its own. A replica is looked at only when a request comes to it, when its load
is asked for, or when a pass ends that changes something.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.network import point_to_point_s
from labpy.models.registry import Link
from labpy.models.serving.deployment import Deployment
from labpy.models.simulation.clock import StageClock
from labpy.models.simulation.prefix import PrefixCache
from labpy.models.simulation.queues import _ascending
from labpy.models.simulation.replica import Ledger, Replica
from labpy.models.simulation.routers import check_router, make_router
from labpy.models.simulation.speculation import Speculation

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class FleetTrace:
    """What happened to a fleet: most fields have one entry per request, in the order of arrival.

    Attributes
    ----------
    arrival_s, input_tokens, output_tokens
        As given.
    ttft_s, tpot_s, response_s
        Time to first token, time per further token and time to the last token, from the arrival.
        With a prefill pool the first token comes from there, and the way to the decode pool and
        the wait there are in the time per token.
    wait_s
        From the arrival until the first replica takes it in: the wait for a slot, or room in the
        KV cache. It is followed by the wait for earlier prompts.
    longest_gap_s
        Longest time between two tokens: the stall that a reader sees.
    replica, prefill_replica
        Who decoded it and who prefilled it; the same without a prefill pool.
    transfer_s
        Time of its KV cache between the pools, the wait for the link included.
    hit_tokens
        Tokens of its prompt that were found in the cache.
    preemptions
        How often it was thrown out and recomputed.
    kv_utilization
        Share of the KV cache of ``replica`` in use by running requests when it came to that
        replica: over ``arrival_s``, the use over time.
    busy_share, prefill_busy_share
        One entry per replica: share of the time to the end of the last request in which its stages
        work; of the prefill pool, empty without one.
    mean_kv_utilization
        One entry per replica: mean share of the KV cache in use in that time.
    """

    arrival_s: Array
    input_tokens: Counts
    output_tokens: Counts
    ttft_s: Array
    tpot_s: Array
    response_s: Array
    wait_s: Array
    longest_gap_s: Array
    replica: Counts
    prefill_replica: Counts
    transfer_s: Array
    hit_tokens: Counts
    preemptions: Counts
    kv_utilization: Array
    busy_share: Array
    prefill_busy_share: Array
    mean_kv_utilization: Array

    def after(self, warm_up: float = 0.1) -> "FleetTrace":
        """Trace without the first share ``warm_up`` of the requests, which found it empty."""
        count = len(self.arrival_s)
        start = int(count * float(_checks.probability("warm_up", warm_up)))
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        whole = ("busy_share", "prefill_busy_share", "mean_kv_utilization")
        return FleetTrace(
            **{name: value if name in whole else value[start:] for name, value in kept.items()}
        )

    @property
    def prefix_hit_rate(self) -> float:
        """Share of all prompt tokens that were found in the cache."""
        return float(self.hit_tokens.sum() / self.input_tokens.sum())


def simulate_fleet(
    deployment: Deployment,
    arrival_s: ArrayLike,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    replicas: int = 1,
    router: str = "random",
    prefix_id: ArrayLike | None = None,
    prefix_tokens: ArrayLike | None = None,
    prefill_deployment: Deployment | None = None,
    prefill_replicas: int = 0,
    kv_link: Link | str | None = None,
    max_batch: int = 256,
    seed: int = 0,
    *,
    max_batched_tokens: int | None = None,
    balance: tuple[float, float] = (64.0, 1.5),
    request_overhead_s: float | None = None,
    speculation: Speculation | None = None,
) -> FleetTrace:
    """Simulate a trace of requests on a fleet.

    Parameters
    ----------
    deployment
        One replica; of the decode pool if there is a prefill pool.
    arrival_s
        Ascending times of arrival.
    input_tokens, output_tokens
        Of each request; they broadcast against ``arrival_s``.
    replicas
        How many.
    router
        ``"random"``, ``"round_robin"``, ``"least_loaded"`` (fewest requests, ties at random),
        ``"power_of_two"`` (the less loaded of two drawn at random) or ``"prefix"`` (equal prefixes
        to one replica, unless loads differ too much: see ``balance``).
    prefix_id, prefix_tokens
        Requests with the same id, 0 or more, begin with the same ``prefix_tokens``, part of their
        ``input_tokens``; -1 for a prompt of its own. They broadcast against ``arrival_s``. Whole
        blocks stay in the KV cache and need no second prefill; the least recently used go when
        running requests need the room.
    prefill_deployment, prefill_replicas, kv_link
        A pool of replicas that only prefill, and the link over which each sends KV caches to the
        decode pool, one after the other: with as many devices in parallel as both sides have. A
        cache stays with the sender until it is sent. By default a replica like ``deployment``,
        and its link. The router serves the prefill pool; the decode pool has the same, or
        ``"least_loaded"`` for ``"prefix"``.
    max_batch
        Most requests at a time in a replica, or in each of its stages (see ``open_loop``).
    seed
        Of the router.
    max_batched_tokens
        Tokens in a step, chunks of prompts included, in place of the engine's. A small budget
        keeps steps short while prompts are in them, and makes prompts take more of them.
    balance
        ``"prefix"`` falls back to the least loaded when loads differ by more than these, an
        absolute and a relative threshold. The defaults are those of the routers of vLLM and SGLang
        (``--balance-abs-threshold 64 --balance-rel-threshold 1.5``).
    request_overhead_s
        Time outside the steps, in place of the engine's.
    speculation
        Speculative decoding, where replies are decoded; ``seed`` is of its random acceptance too.

    Raises
    ------
    ValueError
        For a wrong argument, named with what is allowed.

    Notes
    -----
    Steps last as long as ``labpy.models.serving.step`` says, and the limits of that are the limits
    of this. No network between router and replicas; the router knows all loads at once, which real
    ones do not. A prefix is one entry that is cached whole or not at all.

    Examples
    --------
    Two replicas, one prompt twice: if both meet, the second prefill is saved.

    >>> replica = Deployment("llama-3-8b", "h100-sxm")
    >>> for router in ("round_robin", "prefix"):
    ...     trace = simulate_fleet(
    ...         replica, [0.0, 5.0], 4096, 64, 2, router, prefix_id=[7, 7], prefix_tokens=4000
    ...     )
    ...     print(router, trace.hit_tokens, (2 * trace.ttft_s < trace.ttft_s[0]))
    round_robin [0 0] [False False]
    prefix [   0 4000] [False  True]
    """
    arrivals = _ascending(arrival_s)
    prompts, outputs = (
        _per_request(name, value, arrivals, 1)
        for name, value in (("input_tokens", input_tokens), ("output_tokens", output_tokens))
    )
    replicas = _checks.single_count("replicas", replicas)
    max_batch = _checks.single_count("max_batch", max_batch)
    prefill_replicas = _checks.single_count("prefill_replicas", prefill_replicas, 0)
    check_router(router)
    rng = np.random.default_rng(_checks.single_count("seed", seed, 0))
    prefix = _prefixes(deployment, prefix_id, prefix_tokens, prompts)
    if router == "prefix" and prefix is None:
        raise ValueError('prefix_id must be given for the router "prefix"')
    if prefill_deployment is not None and not prefill_replicas:
        raise ValueError("prefill_replicas must be 1 or more with a prefill_deployment")
    overhead = deployment.engine.request_overhead_s
    if request_overhead_s is not None:
        overhead = _checks.single_non_negative("request_overhead_s", request_overhead_s)
    budget = None
    if max_batched_tokens is not None:
        budget = _checks.single_count("max_batched_tokens", max_batched_tokens)
    thresholds = _checks.non_negative("balance", balance)
    if thresholds.shape != (2,):
        raise ValueError(f"balance must be an absolute and a relative threshold, got {balance!r}")

    def pool(
        of: Deployment, count: int, ledger: Ledger, router: str, drafts=None, on_end=None
    ) -> _Pool:
        rules = max_batch, budget, on_end, router, rng, tuple(thresholds), drafts
        return _Pool(of, count, ledger, *rules)

    steps = outputs
    if speculation is not None:
        steps = speculation.steps(outputs, np.random.default_rng(seed))
    asked = arrivals, prompts, outputs, steps, speculation, prefix
    if not prefill_replicas:
        _check_fit("deployment", deployment, prompts + outputs)
        return _together(*asked, pool, deployment, replicas, router, overhead)
    prefill = deployment if prefill_deployment is None else prefill_deployment
    _check_fit("prefill_deployment", prefill, prompts + 1)
    _check_fit("deployment", deployment, prompts + outputs)
    pools = (prefill, prefill_replicas), (deployment, replicas)
    link = deployment.link if kv_link is None else kv_link
    return _apart(*asked, pool, pools, link, router, overhead)


def _per_request(name: str, value: ArrayLike, arrivals: Array, minimum: int) -> Counts:
    counts = _checks.count(name, value, minimum)
    if counts.shape not in ((), arrivals.shape):
        raise ValueError(
            f"{name} must be one number or {len(arrivals)}, one for each arrival; "
            f"got the shape {counts.shape}"
        )
    return np.broadcast_to(counts, arrivals.shape)


def _prefixes(
    deployment: Deployment,
    prefix_id: ArrayLike | None,
    prefix_tokens: ArrayLike | None,
    prompts: Counts,
) -> tuple[Counts, Counts] | None:
    """Id and whole blocks of the prefix of each request."""
    if (prefix_id is None) != (prefix_tokens is None):
        raise ValueError("prefix_id and prefix_tokens must be given together")
    if prefix_id is None:
        return None
    ids = _per_request("prefix_id", prefix_id, prompts, -1)
    tokens = _per_request("prefix_tokens", prefix_tokens, prompts, 0)
    if (tokens > prompts).any():
        raise ValueError("prefix_tokens must be at most input_tokens, of which they are part")
    block = deployment.engine.block_tokens
    whole = tokens // block * block
    return np.where(whole > 0, ids, -1), np.where(ids >= 0, whole, 0)


def _check_fit(name: str, deployment: Deployment, tokens: Counts) -> None:
    if tokens.max() > deployment.kv_capacity_tokens:
        raise ValueError(
            f"input_tokens + output_tokens must fit in the KV cache of {name}, "
            f"{deployment.kv_capacity_tokens:.0f} tokens; got {tokens.max()}"
        )


class _Pool:
    """Replicas of one deployment behind a router."""

    def __init__(
        self,
        deployment: Deployment,
        count: int,
        ledger: Ledger,
        max_batch: int,
        budget: int | None,
        on_end: Callable | None,
        router: str,
        rng: np.random.Generator,
        balance: tuple[float, float],
        drafts: Speculation | None,
    ) -> None:
        budget = deployment.engine.max_batched_tokens if budget is None else budget
        drafting = () if drafts is None else (drafts.verified, drafts.cost_ratio)
        most = deployment.batches * max_batch
        clock = StageClock(deployment, most, budget, *drafting)
        per_step = 1.0 if drafts is None else drafts.tokens_mean_and_variance()[0]
        self.capacity, self.ledger = deployment.kv_capacity_tokens, ledger
        self.replicas = [
            Replica(
                clock,
                ledger,
                self.capacity,
                most,
                budget,
                per_step,
                cache=None if ledger.prefix is None else PrefixCache(),
                on_end=None if on_end is None else on_end(),
            )
            for _ in range(count)
        ]
        ids = None if ledger.prefix is None else np.array(ledger.prefix)
        requests = len(ledger.prompt)
        self._choose = make_router(router, count, requests, self._load, rng, ids, balance)
        self._now = 0.0
        self.chosen = [0] * requests
        self.found = [0.0] * requests

    def _load(self, number: int) -> int:
        replica = self.replicas[number]
        if replica.next_s <= self._now:
            replica.run_until(self._now)
        return replica.present

    def serve(self, requests: list[int], arrivals: list[float]) -> None:
        """Let requests come at these times, and run until all are done."""
        for request, now in zip(requests, arrivals, strict=True):
            self._now = now
            number = self._choose(request)
            replica = self.replicas[number]
            if replica.next_s <= now:
                replica.run_until(now)
            self.chosen[request] = number
            self.found[request] = replica.used_now(now)
            replica.submit(request, now)
        for replica in self.replicas:
            replica.run_until(inf)

    def busy_share(self, end: float) -> Array:
        """Share of the time to ``end`` in which the stages of each replica work."""
        return np.array([r.busy_s / len(r.free_s) / end for r in self.replicas])

    def mean_kv_utilization(self, end: float) -> Array:
        """Mean share of the KV cache in use until ``end``."""
        return np.array([r.used_s / self.capacity / end for r in self.replicas])


def _together(
    arrivals: Array,
    prompts: Counts,
    outputs: Counts,
    steps: Counts,
    speculation: Speculation | None,
    prefix: tuple[Counts, Counts] | None,
    pool: Callable[..., _Pool],
    deployment: Deployment,
    replicas: int,
    router: str,
    overhead_s: float,
) -> FleetTrace:
    """Prefill and decode in the same replicas."""
    shared = (None, None) if prefix is None else (p.tolist() for p in prefix)
    ledger = Ledger(prompts.tolist(), steps.tolist(), *shared)
    fleet = pool(deployment, replicas, ledger, router, speculation)
    fleet.serve(list(range(len(arrivals))), arrivals.tolist())
    first, end = np.array(ledger.first), np.array(ledger.end)
    chosen = np.array(fleet.chosen)
    return FleetTrace(
        arrival_s=arrivals,
        input_tokens=prompts,
        output_tokens=outputs,
        ttft_s=first - arrivals + overhead_s,
        tpot_s=(end - first) / np.maximum(outputs - 1, 1),
        response_s=end - arrivals + overhead_s,
        wait_s=np.array(ledger.start) - arrivals,
        longest_gap_s=np.array(ledger.gap),
        replica=chosen,
        prefill_replica=chosen,
        transfer_s=np.zeros(len(arrivals)),
        hit_tokens=np.array(ledger.hit),
        preemptions=np.array(ledger.preempted),
        kv_utilization=np.array(fleet.found) / fleet.capacity,
        busy_share=fleet.busy_share(end.max()),
        prefill_busy_share=np.zeros(0),
        mean_kv_utilization=fleet.mean_kv_utilization(end.max()),
    )


def _apart(
    arrivals: Array,
    prompts: Counts,
    outputs: Counts,
    steps: Counts,
    speculation: Speculation | None,
    prefix: tuple[Counts, Counts] | None,
    pool: Callable[..., _Pool],
    pools: tuple[tuple[Deployment, int], tuple[Deployment, int]],
    link: Link | str,
    router: str,
    overhead_s: float,
) -> FleetTrace:
    """Prefill in one pool, decode in another."""
    (prefill, prefill_replicas), (decode, replicas) = pools
    count = len(arrivals)
    shared = (None, None) if prefix is None else (p.tolist() for p in prefix)
    ledger = Ledger(prompts.tolist(), [1] * count, *shared)
    devices = min(prefill.accelerators, decode.accelerators)
    sending_s = point_to_point_s(prompts * decode.kv_bytes_per_token / devices, link).tolist()
    sent = [0.0] * count
    more = (outputs > 1).tolist()

    def sender() -> Callable[[int, float], float | None]:
        """Send caches off, one after the other."""
        link_free_s = 0.0

        def send(request: int, now: float) -> float | None:
            nonlocal link_free_s
            if not more[request]:
                return None
            link_free_s = max(link_free_s, now) + sending_s[request]
            sent[request] = link_free_s
            return link_free_s

        return send

    first_pool = pool(prefill, prefill_replicas, ledger, router, on_end=sender)
    first_pool.serve(list(range(count)), arrivals.tolist())
    first = np.array(ledger.first)
    arrived = np.array(sent)
    order = np.flatnonzero(outputs > 1)
    order = order[np.argsort(arrived[order], kind="stable")]
    decoding = Ledger(prompts.tolist(), steps.tolist(), loaded=True)
    decode_router = "least_loaded" if router == "prefix" else router
    second_pool = pool(decode, replicas, decoding, decode_router, speculation)
    second_pool.serve(order.tolist(), arrived[order].tolist())
    end = np.where(outputs > 1, decoding.end, first)
    gap = np.maximum(decoding.gap, np.array(decoding.first) - first)
    return FleetTrace(
        arrival_s=arrivals,
        input_tokens=prompts,
        output_tokens=outputs,
        ttft_s=first - arrivals + overhead_s,
        tpot_s=(end - first) / np.maximum(outputs - 1, 1),
        response_s=end - arrivals + overhead_s,
        wait_s=np.array(ledger.start) - arrivals,
        longest_gap_s=np.where(outputs > 1, gap, 0.0),
        replica=np.array(second_pool.chosen),
        prefill_replica=np.array(first_pool.chosen),
        transfer_s=np.where(outputs > 1, arrived - first, 0.0),
        hit_tokens=np.array(ledger.hit),
        preemptions=np.array(ledger.preempted) + np.array(decoding.preempted),
        kv_utilization=np.array(second_pool.found) / second_pool.capacity,
        busy_share=second_pool.busy_share(end.max()),
        prefill_busy_share=first_pool.busy_share(end.max()),
        mean_kv_utilization=second_pool.mean_kv_utilization(end.max()),
    )
