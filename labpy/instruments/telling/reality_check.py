"""Measurement against model, in words: what was measured, by whom, and how far off we are."""

from __future__ import annotations

from labpy.instruments.pictures.reality_check import MeasuredPace
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Message, amounts, msg, say


def sentence(picture: MeasuredPace) -> Message:
    """Say what was measured and how far off the model is."""
    said = msg(
        "reality-sentence",
        setting=picture.setting,
        error=amounts.share(picture.mean_error),
        points=picture.concurrency.size,
    )
    return msg("reality-noted", sentence=said, note=picture.note) if picture.note else said


def table(picture: MeasuredPace) -> Table:
    """Give each point: measured, modelled, and the error."""
    rows = tuple(
        (
            amounts.count(clients),
            amounts.duration(real),
            amounts.duration(told),
            amounts.share(told / real - 1),
        )
        for clients, real, told in zip(
            picture.concurrency, picture.measured_s, picture.predicted_s, strict=True
        )
    )
    columns = (
        msg("reality-column-clients"),
        msg("reality-column-measured"),
        msg("reality-column-model"),
        msg("reality-column-error"),
    )
    caption = msg("reality-table", setting=picture.setting, source=picture.source)
    return Table(caption, columns, rows)


def formulas(picture: MeasuredPace) -> tuple[Formula, ...]:
    """Give the mean absolute error with today's numbers."""
    model, measured = (
        m.text(say(msg(key))) for key in ("reality-formula-model", "reality-formula-measured")
    )
    error = m.frac(m.row(model, m.op("−"), measured), measured)
    return (
        Formula(
            msg("reality-formula"),
            m.math(m.frac(m.num("1"), m.ident("n")), m.op("∑"), m.op("|"), error, m.op("|")),
            msg(
                "reality-formula-numbers",
                points=picture.concurrency.size,
                error=amounts.share(picture.mean_error),
            ),
            picture.source,
        ),
    )
