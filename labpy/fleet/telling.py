"""The figures of an answer in words: a table, and sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labpy.fleet.answer import CURVE, LEVELS, Answer, Slo
from labpy.fleet.search import Candidate, Searching
from labpy.fleet.traffic import Traffic
from labpy.words import Message, Value, msg
from labpy.words.amounts import (
    average,
    beside,
    chosen,
    count,
    duration,
    energy,
    factor,
    money,
    power,
    requests_per_s,
    share,
    tokens_per_s,
)

Row = tuple[str, Value, Value]
TOLD = (0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 0.99, 0.999, 1.0)  # of CURVE, in the table of a distribution
SAME = 0.05  # two figures that are nearer than this share are told as about the same
SPELLED: Mapping[str, Callable[[float], Value]] = {
    "output_tokens_per_s": tokens_per_s,
    "accelerators": count,
    "cost_per_hour": money,
    "cost_per_million_tokens": money,
}


@dataclass(frozen=True)
class Table:
    """What a figure shows, as a table and in a sentence."""

    columns: tuple[Value, ...]
    rows: tuple[tuple[Value, ...], ...]
    summary: tuple[Value, ...]


def rows(found: Answer, slo: Slo) -> list[Row]:
    """Return the key (as in ``Answer.metrics``), the name and the value of all figures."""
    limits = {"ttft_s": slo.ttft_s, "tpot_s": slo.tpot_s, "response_s": None}
    told: list[Row] = []
    for name, limit in limits.items():
        for level, value in zip(LEVELS, getattr(found, name), strict=True):
            percent = round(100 * level)
            label = msg("fleet-quantile", what=name, level=f"P{percent}")
            key = name.replace("_s", f"_p{percent}_s")
            told.append((key, label, beside(duration(float(value)), limit)))
    told += [
        ("goodput_per_s", msg("fleet-goodput"), requests_per_s(found.goodput_per_s)),
        ("within_share", msg("fleet-within"), share(found.within_share)),
        ("output_tokens_per_s", msg("fleet-tokens"), tokens_per_s(found.output_tokens_per_s)),
        ("utilization", msg("fleet-busy"), share(found.busy_share)),
        ("kv_utilization", msg("fleet-kv"), share(found.kv_utilization)),
        ("preemptions", msg("fleet-preemptions"), count(found.preemptions)),
        ("accelerators", msg("fleet-accelerators"), count(found.accelerators)),
        ("cost_per_hour", msg("fleet-cost-hour"), money(found.cost_per_hour_usd)),
        (
            "cost_per_million_tokens",
            msg("fleet-cost-tokens"),
            money(found.cost_per_million_tokens_usd),
        ),
        ("energy_per_token_j", msg("fleet-energy"), energy(found.energy_per_token_j)),
        ("mean_power_w", msg("fleet-power"), power(found.mean_power_w)),
    ]
    if found.prefill_busy_share:
        told.append(
            ("prefill_utilization", msg("fleet-prefill-busy"), share(found.prefill_busy_share))
        )
    if found.hit_share:
        told.append(("hit_share", msg("fleet-hits"), share(found.hit_share)))
    if found.refused:
        told.append(("refused", msg("fleet-refused"), count(found.refused)))
    return told


def traffic_sentence(traffic: Traffic) -> Message:
    """Say what the traffic is."""
    return msg(
        "fleet-traffic",
        requests=count(len(traffic)),
        time=duration(traffic.duration_s),
        rate=requests_per_s(traffic.rate_per_s),
        input=count(float(traffic.input_tokens.mean())),
        output=count(float(traffic.output_tokens.mean())),
        burstiness=average(traffic.gap_cv),
    )


def difference(first: Answer, second: Answer) -> Message:
    """Say in a sentence how the second fleet differs from the first on the same traffic."""
    cost = second.cost_per_million_tokens_usd / first.cost_per_million_tokens_usd
    ttft = float(second.ttft_s[-1] / first.ttft_s[-1])
    return msg(
        "fleet-difference",
        cost_verdict=_verdict(cost),
        cost=factor(max(cost, 1 / cost)),
        ttft_verdict=_verdict(ttft),
        ttft=factor(max(ttft, 1 / ttft)),
        first=share(first.within_share),
        second=share(second.within_share),
    )


def _verdict(ratio: float) -> str:
    return "same" if abs(ratio - 1) < SAME else "more" if ratio > 1 else "less"


def estimated(figures: Mapping[str, float]) -> dict[str, Value]:
    """Spell the figures of an estimate, by key: all that are no times are in ``SPELLED``."""
    return {key: SPELLED.get(key, duration)(value) for key, value in figures.items()}


def verdict(found: Answer, slo: Slo) -> Message:
    """Say whether a fleet keeps the limits with its P99s, by how much, and at which price."""
    ttft, tpot = float(found.ttft_s[-1]), float(found.tpot_s[-1])
    late = (ttft > slo.ttft_s, tpot > slo.tpot_s)
    told = {(False, False): "keeps", (True, False): "ttft", (False, True): "tpot"}.get(late, "both")
    return msg(
        "fleet-verdict",
        verdict="refused" if found.refused else told,
        refused=count(found.refused),
        ttft=beside(duration(ttft), slo.ttft_s),
        tpot=beside(duration(tpot), slo.tpot_s),
        ttft_limit=chosen(slo.ttft_s, "duration"),
        tpot_limit=chosen(slo.tpot_s, "duration"),
        price=money(found.cost_per_hour_usd),
        cost=money(found.cost_per_million_tokens_usd),
    )


def course_table(found: Sequence[Answer]) -> Table:
    """Tell the times to the first token by when requests arrived, of one fleet or two."""
    first = found[0].course
    columns = [msg("fleet-table-time"), msg("fleet-table-arrivals")]
    for name in _names(found):
        columns += [
            msg("fleet-table-late", fleet=name),
            msg("fleet-table-within", fleet=name),
        ]
    lines = []
    for i, begin in enumerate(first.begin_s):
        line = [duration(float(begin)), requests_per_s(float(first.arrivals_per_s[i]))]
        for each in found:
            line += [
                duration(float(each.course.ttft_p99_s[i])),
                share(float(each.course.within_share[i])),
            ]
        lines.append(tuple(line))
    return Table(tuple(columns), tuple(lines), tuple(map(_course_said, _names(found), found)))


def _course_said(name: str, found: Answer) -> Message:
    course = found.course
    worst = int(np.nanargmax(course.ttft_p99_s))
    return msg(
        "fleet-course",
        fleet=name,
        most=duration(float(course.ttft_p99_s[worst])),
        least=duration(float(np.nanmin(course.ttft_p99_s))),
        time=duration(float(course.begin_s[worst])),
        rate=requests_per_s(float(course.arrivals_per_s[worst])),
    )


def distribution_table(found: Sequence[Answer], slo: Slo) -> Table:
    """Tell the quantiles of all times, of one fleet or two."""
    columns: list[Value] = [msg("fleet-table-share")]
    for name in _names(found):
        columns += [
            msg("fleet-table-times", what=what, fleet=name)
            for what in ("ttft_s", "tpot_s", "response_s")
        ]
    lines = []
    for level in TOLD:
        at = int(np.abs(CURVE - level).argmin())
        line: list[Value] = [share(level)]
        for each in found:
            line += [duration(float(curve[at])) for curve in each.curves.values()]
        lines.append(tuple(line))
    said = [
        msg(
            "fleet-distribution",
            fleet=name,
            half=duration(float(each.ttft_s[0])),
            most=duration(float(each.ttft_s[-1])),
            within=share(each.within_share),
            ttft=chosen(slo.ttft_s, "duration"),
            tpot=chosen(slo.tpot_s, "duration"),
        )
        for name, each in zip(_names(found), found, strict=True)
    ]
    return Table(tuple(columns), tuple(lines), tuple(said))


def search_table(found: Searching) -> Table:
    """Tell the fleets that no other beats in price and time to the first token."""
    columns = [msg("fleet-table-price"), msg("fleet-table-late", fleet=ALONE)]
    columns += [msg("fleet-accelerators"), msg("fleet-table-accelerator")]
    lines = [
        (
            money(row.price_per_hour_usd),
            duration(float(row.answer.ttft_s[-1])),
            count(row.fleet.accelerators),
            row.fleet.accelerator.name,
        )
        for row in found.frontier
    ]
    meets = sum(row.meets for row in found.rows)
    said = msg("fleet-frontier", tried=count(len(found.rows)), meets=count(meets))
    return Table(tuple(columns), tuple(lines), (said,))


def candidate_columns() -> tuple[Message, ...]:
    """Return the names of what ``candidate_row`` tells."""
    return (
        msg("fleet-table-price"),
        msg("fleet-table-chips"),
        msg("fleet-table-split"),
        msg("fleet-table-late", fleet=ALONE),
        msg("fleet-table-slow"),
        msg("fleet-table-slo"),
    )


def candidate_row(row: Candidate) -> tuple[Value, ...]:
    """Tell a fleet that a search has simulated: price, hardware, split, times, verdict."""
    fleet, found = row.fleet, row.answer
    return (
        money(row.price_per_hour_usd),
        msg("fleet-chips", number=count(fleet.accelerators), name=fleet.accelerator.name),
        msg(
            "fleet-split",
            tensor=fleet.tensor_parallel_size,
            pipeline=fleet.pipeline_parallel_size,
            replicas=fleet.replicas,
            prefill=fleet.prefill_replicas,
        ),
        duration(float(found.ttft_s[-1])),
        duration(float(found.tpot_s[-1])),
        msg("fleet-slo-kept", kept="yes" if row.meets else "no"),
    )


ALONE, BOTH = "alone", ("a", "b")


def _names(found: Sequence[Answer]) -> tuple[str, ...]:
    return (ALONE,) if len(found) == 1 else BOTH
