"""The plan's laws, which stand in every Math Peek: the cost law, and TTFT against TPOT."""

from __future__ import annotations

from collections.abc import Mapping

from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula
from labpy.models.economics import cost_dominance
from labpy.words import Message, amounts, msg, say

# The chapter's own example, for the Serving Cost Dominance Law.
USERS = 1_000_000
REQUESTS_PER_USER_DAY = 50
COST_PER_REQUEST_USD = 0.001
TRAINING_USD = 2_000_000
REPLY_TOKENS = 256
YEAR_S = 365 * 86_400.0


def plan_laws(metrics: Mapping[str, float]) -> tuple[Formula, ...]:
    """Give the laws with numbers: the chapter's, and today's where the metrics hold them."""
    return (serving_cost_dominance(), first_token_and_pace(metrics))


def serving_cost_dominance() -> Formula:
    """OpEx outgrows CapEx: a year of serving against training once."""
    law = cost_dominance(
        USERS, REQUESTS_PER_USER_DAY, COST_PER_REQUEST_USD, TRAINING_USD, years=1.0
    )
    year = float(law.serving_per_year_usd)
    return Formula(
        msg("laws-cost"),
        m.math(
            m.sub(m.ident("C"), m.text(say(msg("laws-cost-serve")))), m.op("="),
            m.ident("U"), m.op("·"), m.ident("r"), m.op("·"), m.num("365"), m.op("·"),
            m.ident("c"), m.op("·"), m.ident("t"), m.op("≫"),
            m.sub(m.ident("C"), m.text(say(msg("laws-cost-train")))),
        ),
        msg(
            "laws-cost-numbers", users=USERS, requests=REQUESTS_PER_USER_DAY,
            price=amounts.chosen(COST_PER_REQUEST_USD, "money"), year=amounts.millions(year),
            training=amounts.chosen(TRAINING_USD, "millions"),
            share=amounts.share(law.serving_share),
            days=amounts.duration(YEAR_S * float(law.crossover_years)),
        ),
        msg("laws-source"),
    )  # fmt: skip


def first_token_and_pace(metrics: Mapping[str, float]) -> Formula:
    """A reply's response time out of its first token and its pace."""
    ttft = next((metrics[k] for k in ("ttft_s", "ttft_p99_s", "ttft_p50_s") if k in metrics), None)
    tpot = next((metrics[k] for k in ("tpot_s", "tpot_p99_s", "tpot_p50_s") if k in metrics), None)
    return Formula(
        msg("laws-pace"),
        m.math(
            m.ident("R"), m.op("="), m.text("TTFT"), m.op("+"),
            m.op("("), m.ident("n"), m.op("−"), m.num("1"), m.op(")"), m.op("·"), m.text("TPOT"),
        ),
        _pace(ttft, tpot),
        msg("laws-source"),
    )  # fmt: skip


def _pace(ttft_s: float | None, tpot_s: float | None) -> Message:
    if ttft_s is None or tpot_s is None:
        return msg("laws-pace-words")
    return msg(
        "laws-pace-numbers",
        tokens=REPLY_TOKENS,
        further=REPLY_TOKENS - 1,
        ttft=amounts.duration(ttft_s),
        tpot=amounts.duration(tpot_s),
        whole=amounts.duration(ttft_s + (REPLY_TOKENS - 1) * tpot_s),
    )
