"""A user's cost in words: at the start, now, and against the CFO's limit."""

from __future__ import annotations

import math

from labpy.instruments.pictures.cost_per_user import UserCost
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Message, Value, amounts, msg, say


def asked(picture: UserCost) -> Message:
    """Name the CFO's line: its share of the start, in dollars."""
    return msg("cost-limit", share=_goal(picture), limit=amounts.money(picture.limit))


def _goal(picture: UserCost) -> Amount:
    return amounts.chosen(picture.goal, "share")


def _now(picture: UserCost) -> Amount:
    return amounts.beside(amounts.money(sum(picture.now)), picture.limit)


def sentence(picture: UserCost) -> Message:
    """Say the cost at the start and now, and whether the challenge is met."""
    start, now = sum(picture.start), sum(picture.now)
    if not math.isfinite(now):
        return msg("cost-sentence-endless")
    known = start > 0 and math.isfinite(start)
    return msg(
        "cost-sentence",
        start=amounts.money(start),
        now=_now(picture),
        known="yes" if known else "no",
        share=amounts.share(now / start if known else 0.0),
        limit=amounts.money(picture.limit),
        verdict=_verdict(picture),
        over=amounts.money(now - picture.limit),
    )


def _verdict(picture: UserCost) -> str:
    dear = sum(picture.now) > picture.limit
    if picture.p99_held:
        return "dear" if dear else "met"
    return "both" if dear else "slow"


def table(picture: UserCost, names: tuple[Value, ...]) -> Table:
    """Give each part at the start and now."""
    rows: list[tuple[Value, ...]] = [
        (name, amounts.money(start), amounts.money(now))
        for name, start, now in zip(names, picture.start, picture.now, strict=True)
    ]
    rows.append((msg("panel-total"), amounts.money(sum(picture.start)), _now(picture)))
    share = msg("cost-row-limit", share=_goal(picture))
    rows.append((share, msg("axis-no-value"), amounts.money(picture.limit)))
    columns = (msg("cost-column-part"), msg("cost-column-start"), msg("cost-column-now"))
    return Table(msg("cost-panel"), columns, tuple(rows))


def formulas(picture: UserCost) -> tuple[Formula, ...]:
    """Give the CFO's inequality with today's numbers."""
    cost = m.ident("C")
    holds = sum(picture.now) <= picture.limit
    return (
        Formula(
            msg("cost-formula"),
            m.math(
                m.sub(cost, m.text(say(msg("cost-formula-now")))), m.op("≤"),
                m.num(say(_goal(picture))), m.op("·"),
                m.sub(cost, m.text(say(msg("cost-formula-start")))),
            ),
            msg(
                "cost-formula-numbers",
                now=_now(picture),
                holds="yes" if holds else "no",
                share=_goal(picture),
                start=amounts.money(sum(picture.start)),
                limit=amounts.money(picture.limit),
            ),
            msg("cost-formula-source"),
        ),
    )  # fmt: skip
