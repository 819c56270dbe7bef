"""What tails say: how often one call and the slowest of many miss the deadline."""

from __future__ import annotations

import math

from labpy.instruments.pictures.fan_out_tail import FanOut
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Value, msg
from labpy.words.amounts import beside, chosen, count, duration, share


def deadline(picture: FanOut) -> Amount:
    """Give the deadline, which somebody chose."""
    return chosen(picture.deadline_s, "duration")


def sentence(picture: FanOut) -> Value:
    """Say how often one call and the whole loop are late."""
    now = picture.in_play
    values: dict[str, Value] = {
        "deadline": deadline(picture),
        "leaf": share(picture.leaf.late),
        "calls": count(picture.fan_out),
        "hedged": _hedged(picture),
        "extra": share(picture.extra_load),
        "late": share(now.late),
    }
    if not math.isfinite(now.p999_s):
        return msg("fan-out-summary-endless", **values)
    return msg(
        "fan-out-summary",
        **values,
        tail=beside(duration(now.p999_s), picture.deadline_s),
        verdict="within" if now.p999_s <= picture.deadline_s else "beyond",
    )


def _hedged(picture: FanOut) -> str:
    if picture.hedged is None:
        return "no"
    return "yes" if math.isfinite(picture.extra_load) else "endless"


def table(picture: FanOut) -> Table:
    """Give P99, P99.9 and the share beyond the deadline of each curve."""
    rows = tuple(
        (
            curve.label,
            beside(duration(curve.p99_s), picture.deadline_s),
            beside(duration(curve.p999_s), picture.deadline_s),
            share(curve.late),
        )
        for curve in picture.curves
        if curve is not None
    )
    late = msg("fan-out-column-late", deadline=deadline(picture))
    return Table(msg("fan-out-caption"), (msg("fan-out-column-calls"), "P99", "P99.9", late), rows)


def formulas(picture: FanOut) -> tuple[Formula, ...]:
    """Give the chance that any of many calls is late, with today's numbers."""
    p, n = picture.leaf.late, picture.fan_out
    return (
        Formula(
            msg("fan-out-formula"),
            m.math(
                m.ident("P"), m.op("="), m.num("1"), m.op("−"),
                m.sup(
                    m.row(m.op("("), m.num("1"), m.op("−"), m.ident("p"), m.op(")")),
                    m.ident("n"),
                ),
            ),
            msg(
                "fan-out-formula-numbers",
                late=share(p), calls=count(n), any=share(1 - (1 - p) ** n),
            ),
            msg("fan-out-formula-source"),
        ),
    )  # fmt: skip
