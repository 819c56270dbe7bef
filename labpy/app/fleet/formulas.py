"""What formulas say of fleets: kept, and made ready in spare time where a dial may go next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from labpy.fleet import Fleet
from labpy.fleet.estimate import Estimate, Load, estimate

MOST_KEPT = 500  # estimates; each is a dozen numbers

Asked = tuple[Fleet, Load]


class Formulas:
    """Estimates by fleet and load, of which the latest are kept: each takes most of an answer."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], tuple[Fleet, Estimate]] = {}
        self._ahead: Iterator[Asked] = iter(())

    def of(self, fleet: Fleet, load: Load) -> Estimate:
        """Return the estimate; FleetError if the fleet can't be."""
        key = _key(fleet, load)
        if key not in self._kept:
            found = fleet, estimate(fleet, load)  # the fleet is kept: its records' ids are the key
            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = found
        return self._kept[key][1]

    def look_ahead(self, asked: Iterable[Asked]) -> None:
        """Say what is likely to be asked next; `prepare` works it out."""
        self._ahead = iter(asked)

    def prepare(self) -> bool:
        """Make one estimate ready; False if there is none left to make."""
        for fleet, load in self._ahead:
            if _key(fleet, load) in self._kept:
                continue
            try:
                self.of(fleet, load)
            except ValueError:
                continue  # such a fleet can't be, which is told as soon as somebody asks
            return True
        return False


def _key(fleet: Fleet, load: Load) -> tuple[Any, ...]:
    values = (getattr(fleet, each.name) for each in fields(Fleet))
    plain = (each if isinstance(each, int | float | str) else id(each) for each in values)
    return (*plain, load)
