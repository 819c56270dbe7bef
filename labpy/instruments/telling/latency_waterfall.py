"""Two latencies in words: their totals, the cause that costs most, and the sum."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

from labpy.instruments.pictures.latency_waterfall import CAUSES, Components, Waterfall
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Message, Value, amounts, msg, say

NAMES = {
    "queue": msg("waterfall-queue"),
    "compute": msg("waterfall-compute"),
    "memory": msg("waterfall-memory"),
    "communication": msg("waterfall-communication"),
    "bubble": msg("waterfall-bubble"),
    "overhead": msg("waterfall-overhead"),
}
PHRASES = {
    "queue": msg("waterfall-queue.phrase"),
    "compute": msg("waterfall-compute.phrase"),
    "memory": msg("waterfall-memory.phrase"),
    "communication": msg("waterfall-communication.phrase"),
    "bubble": msg("waterfall-bubble.phrase"),
    "overhead": msg("waterfall-overhead.phrase"),
}


NOT_MADE = msg("waterfall-does-not-fit")


@dataclass(frozen=True)
class LatencyWords:
    """What the two latencies are of.

    `sentence` and `overloaded` are keys of messages that take what `sentence()` gives them.
    """

    first: Value
    first_short: Value
    second: Value
    second_short: Value
    sentence: str
    overloaded: str


TOKENS = LatencyWords(
    first=msg("waterfall-first"),
    first_short="TTFT",
    second=msg("waterfall-second"),
    second_short="TPOT",
    sentence="waterfall-sentence",
    overloaded="waterfall-sentence-overloaded",
)


def total(now: Components, limit_s: float | None) -> Amount:
    """Give the sum of the components, as it is read beside its limit."""
    return amounts.beside(amounts.duration(now.total_s), limit_s)


def sentence(picture: Waterfall, words: LatencyWords) -> Value:
    """Say both totals, the largest cause of each, whether the limit holds, and the part alone."""
    if picture.missing:
        return picture.missing
    said = _totals(picture, words)
    if not picture.alone:
        return said
    return msg("waterfall-and-alone", said=said, alone=picture.alone)


def _totals(picture: Waterfall, words: LatencyWords) -> Message:
    values: dict[str, Value] = {
        "second": total(picture.tpot, picture.tpot_limit_s),
        "second_cause": _cause(picture.tpot),
        "pace": "finite" if math.isfinite(picture.tpot.total_s) else "endless",
    }
    if not math.isfinite(picture.ttft.total_s):
        return msg(words.overloaded, **values)
    return msg(
        words.sentence,
        **values,
        first=total(picture.ttft, picture.ttft_limit_s),
        first_cause=_cause(picture.ttft),
        verdict="within" if picture.ttft.total_s <= picture.ttft_limit_s else "beyond",
        limit=amounts.chosen(picture.ttft_limit_s, "duration"),
    )


def _cause(components: Components) -> Message:
    cause, value = components.largest
    whole = components.total_s
    if not math.isfinite(whole) or whole <= 0:
        return PHRASES[cause]
    return msg("waterfall-cause", cause=PHRASES[cause], share=amounts.share(value / whole))


def table(picture: Waterfall, words: LatencyWords) -> Table:
    """Give each component of both latencies, and the other deployment's if there is one."""
    first, second = words.first_short, words.second_short
    columns = [
        (first, picture.ttft, picture.ttft_limit_s),
        (second, picture.tpot, picture.tpot_limit_s),
    ]
    for name, ghost in ((first, picture.ghost_ttft), (second, picture.ghost_tpot)):
        if ghost is not None:
            whose = msg("waterfall-column-ghost", latency=name, whose=picture.ghost_label)
            columns.append((whose, ghost, None))
    cells: list[tuple[Value, ...]] = [
        (*map(amounts.duration, astuple(each)), total(each, limit)) for _, each, limit in columns
    ]
    if picture.missing:
        none = (*("" for _ in NAMES), NOT_MADE)
        cells[:2] = [none, none]
    names = (*NAMES.values(), msg("panel-total"))
    return Table(
        msg("waterfall-table"),
        (msg("waterfall-column"), *(name for name, _, _ in columns)),
        tuple((name, *(column[i] for column in cells)) for i, name in enumerate(names)),
    )


def formulas(picture: Waterfall, words: LatencyWords) -> tuple[Formula, ...]:
    """Give the sum of each latency with today's numbers."""
    return (
        _sum_formula(words.first_short, picture.ttft, picture.ttft_limit_s, picture.missing),
        _sum_formula(words.second_short, picture.tpot, picture.tpot_limit_s, picture.missing),
    )


def _sum_formula(name: Value, now: Components, limit_s: float | None, missing: Value) -> Formula:
    terms = [m.sub(m.ident("t"), m.text(say(PHRASES[cause]))) for cause in CAUSES]
    added = terms[0] + "".join(m.op("+") + term for term in terms[1:])
    parts = dict(zip(CAUSES, map(amounts.duration, astuple(now)), strict=True))
    return Formula(
        msg("waterfall-formula", latency=name),
        m.math(m.text(say(name)), m.op("="), added),
        missing or msg("waterfall-formula-numbers", **parts, total=total(now, limit_s)),
        msg("waterfall-formula-source"),
    )
