"""What a budget says: its total against the limit, its parts, and their sum."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce

from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Value, msg, say
from labpy.words.amounts import beside, chosen, share

ALL = 1e-6  # of the limit: less than this is a rest of rounding


@dataclass(frozen=True)
class BudgetOf:
    """What a budget is of: its title, the names of its parts, and the kind of their amounts."""

    title: Value
    names: tuple[Value, ...]
    kind: str

    def amount(self, value: float) -> Amount:
        """Give an SI value as an amount of the budget's kind."""
        return Amount(float(value), self.kind)

    def limit(self, picture: Budget) -> Amount:
        """Give the limit, which somebody chose."""
        return chosen(float(picture.limit), self.kind)

    def total(self, picture: Budget) -> Amount:
        """Give the total as it is read beside the limit."""
        return beside(self.amount(picture.total), picture.limit)


def sentence(picture: Budget, of: BudgetOf) -> Value:
    """Say the total, what is left or over, and the largest part."""
    limit = of.limit(picture)
    if not math.isfinite(picture.total):
        return msg("budget-summary-endless", title=of.title, limit=limit)
    values: dict[str, Value] = {
        "title": of.title,
        "total": of.total(picture),
        "verdict": _verdict(picture),
        "rest": of.amount(abs(picture.slack)),
        "limit": limit,
    }
    if picture.total <= 0:
        return msg("budget-summary-empty", **values)
    pairs = zip(of.names, picture.parts, strict=True)
    name, value = max(pairs, key=lambda pair: pair[1])
    return msg("budget-summary", **values, part=name, share=share(value / picture.total))


def _verdict(picture: Budget) -> str:
    """Name the verdict; whether the limit holds is decided as the light decides it."""
    if not picture.total <= picture.limit:
        return "beyond"
    return "full" if picture.slack < ALL * picture.limit else "within"


def table(picture: Budget, of: BudgetOf) -> Table:
    """Give each part with its share of the limit, and the total."""
    ghosts = () if picture.ghosts is None else (*picture.ghosts, sum(picture.ghosts))
    names = (*of.names, msg("panel-total"))
    amounts = (*map(of.amount, picture.parts), of.total(picture))
    rows = []
    for i, (name, amount) in enumerate(zip(names, amounts, strict=True)):
        of_limit = amount.value / picture.limit if picture.limit > 0 else math.nan
        before = (of.amount(ghosts[i]),) if ghosts else ()
        rows.append((name, amount, beside(share(of_limit), 1.0), *before))
    extra = (msg("budget-column-ghosts", label=picture.ghost_label),) if ghosts else ()
    return Table(
        msg("budget-caption", title=of.title, limit=of.limit(picture)),
        (msg("budget-column-part"), msg("budget-column-now"), msg("budget-column-share"), *extra),
        tuple(rows),
    )


def formulas(picture: Budget, of: BudgetOf) -> tuple[Formula, ...]:
    """Give the sum against the limit with today's numbers."""
    added = reduce(_plus, map(of.amount, picture.parts)) if picture.parts else of.amount(0.0)
    limit = say(msg("budget-formula-limit"))
    return (
        Formula(
            msg("budget-formula", title=of.title),
            m.math(m.op("∑"), m.sub(m.ident("x"), m.ident("i")), m.op("≤"), m.text(limit)),
            msg(
                "budget-formula-numbers",
                sum=added,
                total=of.total(picture),
                holds="yes" if picture.total <= picture.limit else "no",
                limit=of.limit(picture),
            ),
            picture.source,
        ),
    )


def _plus(before: Value, after: Value) -> Value:
    return msg("budget-formula-plus", before=before, after=after)
