"""The plan's laws, which stand in every Math Peek: the cost law, and TTFT against TPOT."""

from __future__ import annotations

from collections.abc import Mapping

from labpy.instruments.base import Formula
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import number, percent, seconds
from labpy.models.economics import cost_dominance

# The chapter's own example, for the Serving Cost Dominance Law.
USERS = 1_000_000
REQUESTS_PER_USER_DAY = 50
COST_PER_REQUEST_USD = 0.001
TRAINING_USD = 2_000_000
REPLY_TOKENS = 256
CHAPTER = "Machine Learning Systems, volume 2, chapter “Distributed Inference”"


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
        "Serving Cost Dominance Law: OpEx ≫ CapEx",
        m.math(
            m.sub(m.ident("C"), m.text("serve")), m.op("="),
            m.ident("U"), m.op("·"), m.ident("r"), m.op("·"), m.num("365"), m.op("·"),
            m.ident("c"), m.op("·"), m.ident("t"), m.op("≫"), m.sub(m.ident("C"), m.text("train")),
        ),
        f"{number(USERS)} users × {REQUESTS_PER_USER_DAY} a day × 365 × $0.001 = "
        f"${number(year / 1e6, 4)} million a year, against "
        f"${number(TRAINING_USD / 1e6)} million of training once: "
        f"{percent(float(law.serving_share))} of the first year is serving, and it overtakes "
        f"training after {number(365 * float(law.crossover_years), 2)} days",
        CHAPTER,
    )  # fmt: skip


def first_token_and_pace(metrics: Mapping[str, float]) -> Formula:
    """A reply's response time out of its first token and its pace."""
    ttft = next((metrics[k] for k in ("ttft_s", "ttft_p99_s", "ttft_p50_s") if k in metrics), None)
    tpot = next((metrics[k] for k in ("tpot_s", "tpot_p99_s", "tpot_p50_s") if k in metrics), None)
    numbers = (
        "The first token costs a whole pass over the prompt (compute); each further one a pass "
        "over the weights (memory). Waiting shows in TTFT, crowding in TPOT"
    )
    if ttft is not None and tpot is not None:
        whole = ttft + (REPLY_TOKENS - 1) * tpot
        numbers = (
            f"Today, for a reply of {REPLY_TOKENS} tokens: {seconds(ttft)} + "
            f"{REPLY_TOKENS - 1} × {seconds(tpot)} = {seconds(whole)}. {numbers}"
        )
    return Formula(
        "TTFT against TPOT",
        m.math(
            m.ident("R"), m.op("="), m.text("TTFT"), m.op("+"),
            m.op("("), m.ident("n"), m.op("−"), m.num("1"), m.op(")"), m.op("·"), m.text("TPOT"),
        ),
        numbers,
        CHAPTER,
    )  # fmt: skip
