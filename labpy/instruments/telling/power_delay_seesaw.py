"""What a seesaw says: both values against their limits, and the sweet spot once it is found."""

from __future__ import annotations

import numpy as np

from labpy.instruments.pictures.power_delay_seesaw import Seesaw
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Value, msg, say
from labpy.words.amounts import beside, chosen, duration, power


def delay(picture: Seesaw, value_s: float) -> Amount:
    """Give a delay as it is read beside its limit."""
    return beside(duration(value_s), picture.delay_limit_s)


def watts(picture: Seesaw, value_w: float) -> Amount:
    """Give a power as it is read beside its limit."""
    return beside(power(value_w), picture.power_limit_w)


def limits(picture: Seesaw) -> tuple[Amount, Amount]:
    """Give the limits of the delay and of the power, which somebody chose."""
    return chosen(picture.delay_limit_s, "duration"), chosen(picture.power_limit_w, "power")


def sentence(picture: Seesaw) -> Value:
    """Say both values against their limits, and how wide the sweet spot is to who is in it."""
    values = {
        "batch": picture.named(picture.batch_now),
        "delay": delay(picture, picture.delay_now_s),
        "power": watts(picture, picture.power_now_w),
        "verdict": _verdict(picture.in_time, picture.in_power),
    }
    span = picture.sweet_span
    if span is None:
        return msg("seesaw-summary-none", **values)
    if not (picture.in_time and picture.in_power):
        return msg("seesaw-summary-outside", **values)
    low, high = span
    if low == high:
        return msg("seesaw-summary-one", **values, sweet=picture.named(low))
    return msg(
        "seesaw-summary", **values, low=picture.named(low, "short"), high=picture.named(high)
    )


def _verdict(in_time: bool, in_power: bool) -> str:
    if in_time and in_power:
        return "both"
    if in_time or in_power:
        return "hot" if in_time else "late"
    return "neither"


def table(picture: Seesaw, swept: Value) -> Table:
    """Give delay and power at the operating point, at the named batches and as measured."""
    rows: list[tuple[Value, ...]] = [
        _row(
            picture,
            msg("seesaw-row-now", batch=picture.named(picture.batch_now)),
            picture.delay_now_s,
            picture.power_now_w,
        )
    ]
    rows += [
        _row(
            picture,
            picture.named(picture.batch[i]),
            float(picture.delay_s[i]),
            float(picture.power_w[i]),
        )
        for i in np.flatnonzero(picture.marked)
    ]
    rows += [
        (
            msg("seesaw-row-measured", label=each.label),
            delay(picture, each.delay_s),
            watts(picture, each.power_w),
            each.source,
        )
        for each in picture.measured
    ]
    delay_limit, power_limit = limits(picture)
    return Table(
        msg("seesaw-caption", delay=delay_limit, power=power_limit),
        (swept, msg("seesaw-delay"), msg("seesaw-power"), msg("seesaw-column-limits")),
        tuple(rows),
    )


def _row(picture: Seesaw, name: Value, delay_s: float, power_w: float) -> tuple[Value, ...]:
    verdict = _verdict(delay_s <= picture.delay_limit_s, power_w <= picture.power_limit_w)
    return (
        name,
        delay(picture, delay_s),
        watts(picture, power_w),
        msg("seesaw-verdict", verdict=verdict),
    )


def formulas(picture: Seesaw) -> tuple[Formula, ...]:
    """Give both limits with today's numbers, and the formulas of the model."""
    limit, joined = say(msg("seesaw-formula-limit")), say(msg("seesaw-formula-and"))
    delay_holds, power_holds = (
        m.ident(name) + m.op("≤") + m.sub(m.ident(name), m.text(limit)) for name in ("D", "P")
    )
    delay_limit, power_limit = limits(picture)
    return (
        Formula(
            msg("seesaw-formula"),
            m.math(delay_holds, m.text(joined), m.text(" "), power_holds),
            msg(
                "seesaw-formula-numbers",
                delay=delay(picture, picture.delay_now_s),
                power=watts(picture, picture.power_now_w),
                delay_limit=delay_limit,
                power_limit=power_limit,
                verdict=_verdict(picture.in_time, picture.in_power),
            ),
            msg("seesaw-formula-source"),
        ),
        *picture.model,
    )
