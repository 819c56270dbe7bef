"""The figures of an answer in words: a table, and sentences."""

from labpy.fleet.answer import LEVELS, Answer, Slo
from labpy.fleet.traffic import Traffic
from labpy.words import Message, Value, msg
from labpy.words.amounts import (
    average,
    beside,
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
    return "same" if abs(ratio - 1) < 0.01 else "more" if ratio > 1 else "less"
