"""The slots in words: how busy each policy kept them, and what it finished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from labpy.instruments.pictures.request_timeline import Schedule, Timeline
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Message, Value, amounts, msg, say


@dataclass(frozen=True)
class Policy:
    """How a policy is called, alone and within a sentence."""

    name: Value
    phrase: Value


def title(policy: Policy, each: Schedule, slots: int, horizon_s: float) -> Message:
    """Head a policy's panel: how busy, how many finished."""
    return msg(
        "timeline-panel",
        policy=policy.name,
        busy=amounts.share(each.busy(slots, horizon_s)),
        finished=each.finished(horizon_s),
    )


def sentence(picture: Timeline, policies: tuple[Policy, Policy], slots: int) -> Message:
    """Say for each policy how busy its slots were and what it finished."""
    first, second = picture.schedules
    return msg(
        "timeline-sentence",
        horizon=amounts.chosen(picture.horizon_s, "duration"),
        slots=slots,
        first=policies[0].phrase,
        first_busy=amounts.share(first.busy(slots, picture.horizon_s)),
        first_finished=first.finished(picture.horizon_s),
        second=policies[1].phrase,
        second_busy=amounts.share(second.busy(slots, picture.horizon_s)),
        second_finished=second.finished(picture.horizon_s),
    )


def table(picture: Timeline, policies: tuple[Policy, Policy]) -> Table:
    """List each policy's requests by slot and time."""
    rows: list[tuple[Value, ...]] = []
    for policy, each in zip(policies, picture.schedules, strict=True):
        rows += [
            (
                policy.name,
                amounts.count(each.request[i]),
                amounts.count(each.slot[i] + 1),
                amounts.duration(each.start_s[i]),
                amounts.duration(each.first_token_s[i]),
                amounts.duration(each.end_s[i]),
            )
            for i in np.argsort(each.start_s, kind="stable")
        ]
    columns = (
        msg("timeline-policy"),
        msg("timeline-request"),
        msg("timeline-slot"),
        msg("timeline-start"),
        msg("timeline-first-token"),
        msg("timeline-end"),
    )
    return Table(msg("timeline-table"), columns, tuple(rows))


def formulas(picture: Timeline, policies: tuple[Policy, Policy], slots: int) -> tuple[Formula, ...]:
    """Give the share of busy slot time with today's numbers."""
    horizon_s = picture.horizon_s
    busy = [each.busy(slots, horizon_s) for each in picture.schedules]
    end, start = (
        m.sub(m.ident("t"), m.text(say(msg(key))))
        for key in ("timeline-formula-end", "timeline-formula-start")
    )
    spent = end + m.op("−") + start
    numbers = msg(
        "timeline-formula-numbers",
        slots=slots,
        horizon=amounts.chosen(horizon_s, "duration"),
        first=policies[0].name,
        first_time=amounts.duration(busy[0] * slots * horizon_s),
        first_busy=amounts.share(busy[0]),
        second=policies[1].name,
        second_time=amounts.duration(busy[1] * slots * horizon_s),
        second_busy=amounts.share(busy[1]),
    )
    return (
        Formula(
            msg("timeline-formula"),
            m.math(
                m.ident("U"), m.op("="),
                m.frac(m.op("∑") + m.row(m.op("("), spent, m.op(")")),
                       m.ident("B") + m.op("·") + m.ident("T")),
            ),
            numbers,
            msg("timeline-formula-source"),
        ),
    )  # fmt: skip
