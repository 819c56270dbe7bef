"""The fabric in words: what each sharding sends across its middle, and whether that is full."""

from __future__ import annotations

import math

from labpy.instruments.pictures.bisection_gauge import Bisection, FabricUse
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Message, Value, amounts, msg, say


def _values(use: FabricUse) -> dict[str, Value]:
    return {
        "used": amounts.bandwidth(use.used_bytes_per_s),
        "available": amounts.bandwidth(use.available_bytes_per_s),
        "share": amounts.beside(amounts.share(use.share), 1.0),
    }


def bar(use: FabricUse) -> Message:
    """Write what stands at a bar."""
    if not math.isfinite(use.share):
        return msg("bisection-bar-nothing")
    return msg("bisection-bar", **_values(use))


def _state(use: FabricUse) -> Message:
    return msg("bisection-saturated") if use.saturated else msg("bisection-not-saturated")


def sentence(picture: Bisection, shardings: tuple[Value, ...]) -> Message:
    """Say the share in use and whether the fabric is saturated."""
    now, name = picture.now, shardings[picture.current]
    if not math.isfinite(now.share):
        return msg("bisection-sentence-nothing", sharding=name)
    return msg("bisection-sentence", sharding=name, state=_state(now), **_values(now))


def table(picture: Bisection, shardings: tuple[Value, ...]) -> Table:
    """Give used, available and state of each sharding."""
    rows = tuple(
        (
            msg("bisection-row-now", sharding=name) if i == picture.current else name,
            *_values(each).values(),
            _state(each),
        )
        for i, (name, each) in enumerate(zip(shardings, picture.uses, strict=True))
    )
    columns = (
        msg("bisection-column-sharding"),
        msg("bisection-column-used"),
        msg("bisection-column-available"),
        msg("bisection-column-share"),
        msg("bisection-column-state"),
    )
    return Table(msg("bisection-table"), columns, rows)


def formulas(picture: Bisection) -> tuple[Formula, ...]:
    """Give the share in use with today's numbers."""
    top = m.text(say(msg("bisection-formula-used")))
    bottom = m.text(say(msg("bisection-formula-available")))
    return (
        Formula(
            msg("bisection-formula"),
            m.math(m.ident("u"), m.op("="), m.frac(top, bottom)),
            msg("bisection-formula-numbers", **_values(picture.now)),
            msg("bisection-formula-source"),
        ),
    )
