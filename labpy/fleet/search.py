"""The cheapest fleet that meets an SLO: every placement is screened, the best are simulated.

A placement is one replica's split, accelerator and weight type, with or without a prefill pool.
Screening is by closed forms: what a replica can serve for ever gives the fewest replicas that carry
the traffic. From there on replicas are added until the simulator meets the SLO or the accelerators
run out: the fewest are found by halving, since more replicas serve no worse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, inf

import numpy as np

from labpy.fleet.answer import Answer, Slo, answer
from labpy.fleet.plan import SPLITS, Fleet
from labpy.fleet.traffic import Traffic
from labpy.models import _checks
from labpy.models.serving import capacity_requests_per_s, decode_step, prefill
from labpy.words import WordedError

REPLAYED = 1000  # requests that each candidate is simulated with
DECODED = 32  # requests in the batch by which prompts and replies are weighed; an assumption
STRETCHES = 2.0  # a candidate's price is at most so many times the cheapest's that meets the SLO


@dataclass(frozen=True)
class Candidate:
    """A fleet that was simulated, and whether it meets the SLO with its P99s."""

    fleet: Fleet
    answer: Answer
    meets: bool

    @property
    def price_per_hour_usd(self) -> float:
        """Price of all its accelerators."""
        return self.fleet.price_per_hour_usd


@dataclass(frozen=True)
class Searching:
    """How far a search is.

    ``done`` of ``total`` placements are settled; ``rows`` are the candidates so far, those that
    meet the SLO first, the cheaper the sooner; ``frontier`` are those of them that nothing else
    beats in both price and P99 of the time to the first token.
    """

    done: int
    total: int
    rows: tuple[Candidate, ...]

    @property
    def frontier(self) -> tuple[Candidate, ...]:
        """Candidates that none beats in both price and P99 of the time to the first token."""
        best, found = inf, []
        for row in sorted(self.rows, key=lambda each: (each.price_per_hour_usd, _ttft(each))):
            if _ttft(row) < best:
                best = _ttft(row)
                found.append(row)
        return tuple(found)


def _ttft(row: Candidate) -> float:
    return float(row.answer.ttft_s[-1])


def search(
    base: Fleet,
    traffic: Traffic,
    slo: Slo,
    most_accelerators: int = 16,
    budget_per_hour_usd: float = inf,
    accelerators: tuple[str, ...] | None = None,
    weight_dtypes: tuple[str, ...] | None = None,
    pools: bool = True,
) -> Iterator[Searching]:
    """Search all placements; each step yields how far it is, and it may be left at any of them.

    Parameters
    ----------
    base
        The model, the engine and all that no placement changes.
    traffic
        What must be carried; thinned to REPLAYED requests at the same rate.
    slo
        P99 of the time to the first token and of the time per token must keep it.
    most_accelerators, budget_per_hour_usd
        Bounds of the fleet.
    accelerators, weight_dtypes
        To try, by key; those of ``base`` if not given.
    pools
        Whether to try prefill pools too.
    """
    most = _checks.single_count("most_accelerators", most_accelerators)
    replayed = traffic.thinned(REPLAYED)
    chips = accelerators or (base.accelerator.key,)
    dtypes = weight_dtypes or (base.weight_dtype,)
    placements = sorted(
        _placements(base, replayed, most, chips, dtypes, pools), key=lambda each: each[0]
    )
    rows: list[Candidate] = []
    cheapest = inf
    yield Searching(0, len(placements), ())
    for done, (least_usd, fleet) in enumerate(placements, 1):
        if least_usd <= min(budget_per_hour_usd, STRETCHES * cheapest):
            best = min(budget_per_hour_usd, STRETCHES * cheapest)
            found = None
            for tried in _fewest(fleet, replayed, slo, most, best):
                found = tried
                yield Searching(done - 1, len(placements), tuple(rows))
            if found is not None:
                rows.append(found)
                cheapest = min(cheapest, found.price_per_hour_usd if found.meets else inf)
        rows.sort(key=lambda each: (not each.meets, each.price_per_hour_usd, _ttft(each)))
        yield Searching(done, len(placements), tuple(rows))


def _placements(
    base: Fleet,
    traffic: Traffic,
    most: int,
    accelerators: tuple[str, ...],
    weight_dtypes: tuple[str, ...],
    pools: bool,
) -> Iterator[tuple[float, Fleet]]:
    """Give every placement that fits with the fewest replicas for the load, and its price."""
    for chip in accelerators:
        for dtype in weight_dtypes:
            for tp in SPLITS:
                for pp in SPLITS:
                    if tp * pp > most:
                        break
                    yield from _sized(base, traffic, most, chip, dtype, tp, pp, pools)


def _sized(
    base: Fleet,
    traffic: Traffic,
    most: int,
    chip: str,
    dtype: str,
    tp: int,
    pp: int,
    pools: bool,
) -> Iterator[tuple[float, Fleet]]:
    try:
        fleet = replace(
            base,
            accelerator=chip,
            weight_dtype=dtype,
            tensor_parallel_size=tp,
            pipeline_parallel_size=pp,
            expert_parallel_size=tp if base.expert_parallel_size > 1 else 1,
            link=base.link if chip == base.accelerator.key else "",
            replicas=1,
            prefill_replicas=0,
        )
        if len(fleet.check(traffic)) < len(traffic):
            return
        each = capacity_requests_per_s(
            fleet.deployment(),
            max(round(float(traffic.input_tokens.mean())), 1),
            max(round(float(traffic.output_tokens.mean())), 1),
            max_batch=fleet.batch_limit(traffic),
        )
    except (WordedError, ValueError):
        return
    replicas = max(ceil(traffic.rate_per_s / each), 1)
    if replicas * tp * pp <= most:
        sized = replace(fleet, replicas=replicas)
        yield sized.price_per_hour_usd, sized
    whole = max(replicas, 2)
    if pools and whole * tp * pp <= most:
        split = _split(fleet, whole, _prompt_share(fleet, traffic))
        yield split.price_per_hour_usd, split


def _prompt_share(fleet: Fleet, traffic: Traffic) -> float:
    """Share of a request's work that is its prompt's, with DECODED requests in a batch."""
    prompt, reply = float(traffic.input_tokens.mean()), float(traffic.output_tokens.mean())
    replica = fleet.deployment()
    prompt_s = float(prefill(replica, max(round(prompt), 1)).total_s)
    context = np.array(prompt + reply / 2)
    reply_s = reply * float(decode_step(replica, DECODED, context).total_s) / DECODED
    return prompt_s / (prompt_s + reply_s)


def _split(fleet: Fleet, whole: int, prompt_share: float) -> Fleet:
    """Part so many replicas into two pools."""
    prefilling = min(max(round(whole * prompt_share), 1), whole - 1)
    return replace(fleet, replicas=whole - prefilling, prefill_replicas=prefilling)


def _fewest(
    fleet: Fleet, traffic: Traffic, slo: Slo, most: int, budget_usd: float
) -> Iterator[Candidate]:
    """Simulate a placement with ever more replicas; the last is the fewest that meet the SLO.

    Their number is doubled until they do, and the last doubling halved. Each simulation is yielded;
    if none meets the SLO, the last is that with the most replicas.
    """
    least = fleet.replicas + fleet.prefill_replicas
    one_usd = fleet.price_per_hour_usd / least
    limit = most // fleet.replica_accelerators
    if budget_usd < inf:
        limit = min(limit, int(budget_usd // one_usd))
    if limit < least:
        return
    share = _prompt_share(fleet, traffic) if fleet.prefill_replicas else 0.0

    def tried(whole: int) -> Candidate:
        grown = _split(fleet, whole, share) if share else replace(fleet, replicas=whole)
        return judge(grown, traffic, slo)

    low, high = least, least
    yield (best := tried(high))
    while not best.meets and high < limit:
        low, high = high + 1, min(2 * high, limit)
        yield (best := tried(high))
    while best.meets and low < high:
        middle = (low + high) // 2
        yield (found := tried(middle))
        if found.meets:
            best, high = found, middle
        else:
            low = middle + 1
    yield best


def judge(fleet: Fleet, traffic: Traffic, slo: Slo) -> Candidate:
    """Simulate one fleet and hold its P99s against the SLO."""
    found = answer(fleet, traffic, slo)
    kept = found.ttft_s[-1] <= slo.ttft_s and found.tpot_s[-1] <= slo.tpot_s
    return Candidate(fleet, found, bool(kept) and not found.refused)
