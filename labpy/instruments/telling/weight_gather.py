"""What a layer sends, in words: which way sends less, by how much, and where that changes."""

from __future__ import annotations

import math

import numpy as np

from labpy.instruments.pictures.weight_gather import GatherVolumes
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Message, Value, amounts, msg, say


def tokens(value: float) -> Amount:
    """Give tokens of a batch: chosen, or where two lines meet."""
    return amounts.count(value)


def sentence(picture: GatherVolumes) -> Message:
    """Say which of both sends less now, by how much, and where that changes."""
    stay, gather = picture.stationary_now_bytes, picture.gathered_now_bytes
    less, more = sorted((stay, gather))
    if not more:
        return msg("gather-sentence-alone")
    meets = math.isfinite(picture.crossover_tokens)
    turn = (
        msg("gather-meet", tokens=tokens(picture.crossover_tokens))
        if meets
        else msg("gather-never-meet")
    )
    now = tokens(picture.tokens_now)
    if stay == gather:
        return msg("gather-sentence-even", tokens=now, turn=turn)
    return msg(
        "gather-sentence",
        tokens=now,
        winner="gather" if gather < stay else "stay",
        some="yes" if less > 0 else "no",
        factor=amounts.factor(more / less if less > 0 else 1.0),
        less=amounts.memory(less),
        more=amounts.memory(more),
        turn=turn,
    )


def table(picture: GatherVolumes) -> Table:
    """Give both volumes at the operating point and along the axis."""
    rows: list[tuple[Value, ...]] = [
        (
            msg("gather-row-now", tokens=tokens(picture.tokens_now)),
            amounts.memory(picture.stationary_now_bytes),
            amounts.memory(picture.gathered_now_bytes),
        )
    ]
    count = picture.batch_tokens.size
    for i in np.unique(np.linspace(0, count - 1, 8).astype(int)) if count else ():
        rows.append(
            (
                tokens(picture.batch_tokens[i]),
                amounts.memory(picture.stationary_bytes[i]),
                amounts.memory(picture.gathered_bytes[i]),
            )
        )
    columns = (msg("gather-column-tokens"), msg("gather-column-stay"), msg("gather-column-gather"))
    return Table(msg("gather-table"), columns, tuple(rows))


def formulas(picture: GatherVolumes) -> tuple[Formula, ...]:
    """Give both volumes with today's numbers."""
    share = m.frac(m.ident("p") + m.op("−") + m.num("1"), m.ident("p"))
    element = m.sub(m.ident("b"), m.text(say(msg("gather-formula-activation"))))
    weight = m.sub(m.ident("b"), m.text(say(msg("gather-formula-weight"))))
    source = msg("gather-formula-source")
    stay_v, gather_v = (
        m.sub(m.ident("V"), m.text(say(msg(key))))
        for key in ("gather-formula-stay-index", "gather-formula-gather-index")
    )
    return (
        Formula(
            msg("gather-formula-stay"),
            m.math(
                stay_v, m.op("="), m.num("2"), m.op("·"), m.num("2"), share, m.op("·"),
                m.ident("n"), m.ident("d"), element,
            ),
            msg(
                "gather-formula-stay-numbers",
                tokens=tokens(picture.tokens_now),
                volume=amounts.memory(picture.stationary_now_bytes),
            ),
            source,
        ),
        Formula(
            msg("gather-formula-gather"),
            m.math(gather_v, m.op("="), share, m.op("·"), m.ident("W"), weight),
            msg(
                "gather-formula-gather-numbers",
                volume=amounts.memory(picture.gathered_now_bytes),
                meets="yes" if math.isfinite(picture.crossover_tokens) else "no",
                tokens=tokens(picture.crossover_tokens),
            ),
            source,
        ),
    )  # fmt: skip
