"""What the strip says: what passes, the counts beside those of the models, and what late means."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from labpy.instruments.pictures.flow import Count, Flow
from labpy.instruments.telling import felt
from labpy.instruments.telling.facts import Table
from labpy.words import Amount, Value, msg, say
from labpy.words.amounts import duration

HARDLY = 1e-4  # a share below it is none to a reader
TICKS = 10_000  # of a slice: times cross to the page as whole numbers of them


def said_by_models(count: Count) -> Value:
    """Say a count as the models have it; "" where they say nothing."""
    if math.isnan(count.expected):
        return ""
    if math.isinf(count.expected):
        return Amount(1.0, "share") if count.quantity == "share" else msg("flow-grows")
    return _amount(count.expected, count.quantity)


def _amount(value: float, quantity: str) -> Amount:
    none = quantity == "share" and value < HARDLY
    return Amount(0.0 if none else value, quantity)


def counted(count: Count) -> Value:
    """Say a count of the run; what grows for ever has no mean, and of a share only a beginning."""
    run = _amount(count.counted, count.quantity)
    if math.isinf(count.expected):
        return msg("flow-so-far", run=run) if count.quantity == "share" else msg("flow-grows")
    return run


def sentences(picture: Flow) -> tuple[Value, ...]:
    """Say what passes and where, and each count, for those who can't see it."""
    of: Value = picture.of or msg("flow-of-all")
    shown = msg("flow-shown", noun=picture.noun, span=duration(picture.span_s), of=of)
    return (shown, *(_counted(picture, each) for each in picture.counts))


def _counted(picture: Flow, count: Count) -> Value:
    run = counted(count)
    if math.isinf(count.expected):
        if count.quantity == "share":
            return msg("flow-all-in-the-end", name=count.name, run=run, noun=picture.noun)
        return msg("flow-without-end", name=count.name, noun=picture.noun)
    if math.isnan(count.expected):
        return msg("flow-counted-alone", name=count.name, run=run)
    return msg("flow-counted", name=count.name, run=run, models=said_by_models(count))


def table(picture: Flow) -> Table:
    """Set the counts of the run beside those of the models, and how far apart they may be."""
    rows = tuple(
        (each.name, counted(each), said_by_models(each), _spread(each)) for each in picture.counts
    )
    columns = (
        msg("flow-column-of"),
        msg("flow-column-run"),
        msg("flow-column-models"),
        msg("flow-column-spread"),
    )
    return Table(msg("flow-table"), columns, rows)


def _spread(count: Count) -> Value:
    return Amount(count.spread, count.quantity) if math.isfinite(count.expected) else ""


def as_facts(picture: Flow) -> dict[str, Any]:
    """Say the strip, as JSON for the page.

    Arrays are flat, stage after stage within an item; null is for what never happens.
    """
    return {
        "span": picture.span_s,
        "ticks": TICKS,
        "stages": [
            {"name": say(each.name), "slots": each.slots, "drawn": each.drawn or each.slots}
            for each in picture.stages
        ],
        **{
            name: _ticks(getattr(picture, f"{name}_s"), picture.span_s)
            for name in ("enter", "start", "end", "late")
        },
        "slot": picture.slot.ravel().tolist(),
        "group": picture.group.tolist(),
        "counts": [
            {
                "name": say(each.name),
                "run": say(counted(each)),
                "models": "" if math.isinf(each.expected) else say(said_by_models(each)),
            }
            for each in picture.counts
        ],
        "key": say(picture.late),
        "noun": say(picture.noun),
        "sentence": " ".join(say(each) for each in sentences(picture)),
        "table": table(picture).as_facts(),
        "felt": None if picture.felt is None else felt.as_facts(picture.felt),
    }


def _ticks(times_s: np.ndarray, span_s: float) -> list[int | None]:
    flat = np.round(times_s.ravel() * (TICKS / span_s))
    return [None if math.isnan(each) else int(each) for each in flat.tolist()]
