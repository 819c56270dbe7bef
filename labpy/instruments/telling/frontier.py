"""A frontier in words: where the operating point stands between idle and collapse."""

from __future__ import annotations

import math

import numpy as np

from labpy.instruments.pictures.frontier import Frontier, FrontierCurve
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Message, Value, amounts, msg

SHARES = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)  # of the capacity: rows of the table


def found(picture: Frontier) -> Amount:
    """Give the quantile at the operating point, as it is read beside its limit."""
    return amounts.beside(amounts.duration(picture.quantile_s), picture.limit_s)


def limit(picture: Frontier) -> Amount:
    """Give the limit of the quantile."""
    return amounts.chosen(picture.limit_s, "duration")


def sentence(picture: Frontier) -> Message:
    """Say where the operating point stands, and then the picture's notes."""
    said = _standing(picture)
    for note in picture.notes:
        said = msg("frontier-noted", said=said, note=note)
    return said


def _standing(picture: Frontier) -> Message:
    now, measure = picture.curve, picture.measure
    where = {
        "rate": amounts.chosen(picture.arrival_rate, measure.rate),
        "share": amounts.share(picture.utilization),
        "capacity": amounts.number(now.capacity),
        "policy": now.phrase,
        "quantile": measure.quantile_name,
    }
    if not math.isfinite(picture.quantile_s):
        return msg("frontier-sentence-overloaded", **where)
    return msg(
        "frontier-sentence",
        **where,
        latency=measure.latency,
        found=found(picture),
        verdict="within" if picture.quantile_s <= picture.limit_s else "beyond",
        limit=limit(picture),
    )


def table(picture: Frontier) -> Table:
    """Give the quantile per policy at shares of the capacity, and at the operating point."""
    measure, capacity = picture.measure, picture.curve.capacity
    now = amounts.chosen(picture.arrival_rate, measure.rate)
    rows: list[tuple[Value, ...]] = [
        (
            msg("frontier-row-now", rate=now),
            amounts.share(picture.utilization),
            *_read(picture, picture.arrival_rate),
        )
    ]
    for share in SHARES:
        rate = share * capacity
        rows.append(
            (Amount(rate, measure.rate), amounts.chosen(share, "share"), *_read(picture, rate))
        )
    quantile = measure.quantile_name
    return Table(
        msg("frontier-table", quantile=quantile, latency=measure.latency),
        (
            msg("frontier-rate"),
            msg("frontier-column-share"),
            *(
                msg("frontier-column-curve", curve=curve.label, quantile=quantile)
                for curve in picture.curves
            ),
        ),
        (*rows, *_simulated(picture)),
    )


def _simulated(picture: Frontier) -> list[tuple[Value, ...]]:
    dots = picture.dots
    if dots is None:
        return []
    rows: list[tuple[Value, ...]] = []
    for rate, low, middle, high in zip(
        dots.arrival_rate, dots.low_s, dots.middle_s, dots.high_s, strict=True
    ):
        spread = msg(
            "frontier-spread",
            middle=amounts.duration(middle),
            low=amounts.duration(low),
            high=amounts.duration(high),
        )
        none = msg("axis-no-value")
        rows.append(
            (
                msg("frontier-row-simulated", rate=Amount(float(rate), picture.measure.rate)),
                amounts.share(rate / picture.curve.capacity),
                *(spread if c.key == picture.current else none for c in picture.curves),
            )
        )
    return rows


def _read(picture: Frontier, rate: float) -> tuple[Value, ...]:
    cells: list[Value] = []
    for curve in picture.curves:
        if rate >= curve.capacity:
            cells.append(msg("frontier-collapse"))
        elif curve.key == picture.current and rate == picture.arrival_rate:
            cells.append(found(picture))
        else:
            cells.append(amounts.duration(_interpolate(rate, curve)))
    return tuple(cells)


def _interpolate(rate: float, curve: FrontierCurve) -> float:
    finite = np.isfinite(curve.quantile_s)
    if not finite.any():
        return math.inf
    logs = np.interp(rate, curve.arrival_rate[finite], np.log(curve.quantile_s[finite]))
    return float(np.exp(logs))


def formulas(picture: Frontier) -> tuple[Formula, ...]:
    """Give utilization, the hyperbola of the wait, and Little's law with today's numbers."""
    rate = amounts.chosen(picture.arrival_rate, picture.measure.rate)
    capacity = Amount(picture.curve.capacity, picture.measure.rate)
    share = amounts.share(picture.utilization)
    found = [
        Formula(
            msg("frontier-utilization"),
            m.math(m.ident("ρ"), m.op("="), m.frac(m.ident("λ"), m.ident("μ"))),
            msg("frontier-utilization-numbers", rate=rate, capacity=capacity, share=share),
            msg("frontier-utilization-source"),
        ),
        Formula(
            msg("frontier-wall"),
            m.math(
                m.frac(m.ident("R"), m.ident("S")), m.op("="),
                m.frac(m.num("1"), m.row(m.num("1"), m.op("−"), m.ident("ρ"))),
            ),
            _wall(picture.utilization),
            msg("frontier-wall-source"),
        ),
    ]  # fmt: skip
    if picture.mean_response_s is not None:
        found.append(_little(picture, picture.mean_response_s, rate, capacity))
    return tuple(found)


def _wall(utilization: float) -> Message:
    share = amounts.share(utilization)
    if utilization >= 1.0:
        return msg("frontier-wall-overloaded", share=share)
    factor = amounts.ratio(1.0 / (1.0 - utilization))
    return msg("frontier-wall-numbers", share=share, factor=factor)


def _little(picture: Frontier, mean_s: float, rate: Amount, capacity: Amount) -> Formula:
    if math.isfinite(mean_s):
        numbers = msg(
            "frontier-little-numbers",
            rate=rate,
            response=amounts.duration(mean_s),
            present=amounts.average(picture.arrival_rate * mean_s),
        )
    else:
        numbers = msg("frontier-little-overloaded", rate=rate, capacity=capacity)
    return Formula(
        msg("frontier-little"),
        m.math(m.ident("N"), m.op("="), m.ident("λ"), m.op("·"), m.ident("R")),
        numbers,
        msg("frontier-little-source"),
    )
