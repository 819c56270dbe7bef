"""What the bench says where a part does not pass: the gap, and bit by bit the remedy.

It names the dial first, which way to move it once the reader has tried something, and a value
only after that: the finding is the reader's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from labpy.app.hints import Held, NotKnown, Remedy, Search, worst
from labpy.missions import Failure, Knob, Part
from labpy.scenarios import Outcome
from labpy.scenarios.base import Settings
from labpy.words import Listed, Message, Value, msg

LEVER, WAY, STEP = range(3)  # how much of a remedy is told


class Advice:
    """Finds the remedy at the setting that is shown, and tells as much of it as is due.

    Parameters
    ----------
    mission : the part.
    at_hand : gives the outcome of settings, or None where it is not known yet.
    """

    def __init__(self, mission: Part, at_hand: Callable[[Settings], Outcome | None]) -> None:
        self._mission = mission
        self._at_hand = at_hand
        self._search: Search | None = None
        self._way: dict[str, Any] = {}  # of dials that were told to move together, the rest of it
        self._end: dict[str, Any] = {}
        self._told_at: set[tuple[Any, ...]] = set()
        self._due = LEVER
        self._taken: dict[str, Any] | None = None  # the settings that the last step told leads to

    def look(self, outcome: Outcome, settings: Settings) -> Iterator[dict[str, Any]]:
        """Look at a setting from now on; give what has to be evaluated to find its remedy."""
        search = self._search
        if search is None or search.outcome is not outcome or search.settings != settings:
            self._search = Search(self._mission, outcome, settings, self._at_hand)
        return self._ahead()

    def _ahead(self) -> Iterator[dict[str, Any]]:
        while True:
            try:
                self.remedy()
            except NotKnown as missing:
                yield missing.settings
            else:
                return

    def remedy(self) -> Remedy | None:
        """Give the remedy; the rest of one that was told, while the reader is on its way.

        Raises
        ------
        NotKnown : the outcome of a setting is needed that is not at hand.
        """
        if self._search is None:
            return None
        return self._rest(self._search) or self._search.remedy()

    def _rest(self, search: Search) -> Remedy | None:
        """Give the dials that still have to move of those that were told to move together."""
        apart = {key for key, value in self._end.items() if search.settings[key] != value}
        if not apart or not apart <= set(self._way):
            return None
        return search.toward(self._end)

    def told(self) -> Value | None:
        """Tell the gap and as much of the remedy as is due; None while it is not found."""
        search = self._search
        if search is None or not worst(self._mission, search.outcome):
            return ""
        try:
            remedy = self.remedy()
        except NotKnown:
            return None
        if remedy is None:
            return gap(self._mission, search.outcome)
        self._note(search.settings, remedy)
        most = WAY if self._mission.iterations else STEP
        return _hint(remedy, search, min(self._due, most))

    def _note(self, settings: dict[str, Any], remedy: Remedy) -> None:
        """Count a setting that the reader tried: the next remedy says more, or after a step less.

        Where a step that was told is just taken, the way of the next one is told, not its value.
        """
        key = tuple(sorted(settings.items()))
        if key in self._told_at:
            return
        if self._told_at:
            self._due = WAY if settings == self._taken else min(self._due + 1, STEP)
        self._told_at.add(key)
        self._taken = remedy.taken(settings) if self._due == STEP else None
        if len(remedy.step.moves) > 1:
            self._way = {knob.key: value for knob, value in remedy.step.moves}
            self._end = remedy.taken(settings)


def gap(mission: Part, outcome: Outcome) -> Value:
    """Tell what is farthest from its limit, and how far; "" if nothing is."""
    held = worst(mission, outcome)
    return _gap(held[0], outcome) if held else ""


def _gap(held: Held, outcome: Outcome) -> Message:
    if isinstance(held, Failure):
        return msg("hint-failure", title=held.title)
    return msg("hint-gap", target=held.label, reading=outcome.reading(held), bound=held.bound)


def _hint(remedy: Remedy, search: Search, due: int) -> Message:
    told = _gap(remedy.held, search.outcome)
    hint = (_lever, _way, _step)[due](told, remedy, search.settings)
    if not remedy.costs:
        return hint
    return msg("hint-costs", hint=hint, lights=Listed(tuple(each.label for each in remedy.costs)))


def _lever(told: Message, remedy: Remedy, _settings: Settings) -> Message:
    dials = [msg("hint-dial", dial=knob.label) for knob, _ in remedy.step.moves]
    if len(dials) == 1:
        return msg("hint-lever", gap=told, dial=dials[0])
    return msg("hint-levers", gap=told, dials=Listed(tuple(dials)))


def _way(told: Message, remedy: Remedy, settings: Settings) -> Message:
    ways = [_one_way(knob, settings[knob.key], value) for knob, value in remedy.step.moves]
    if len(ways) == 1:
        return msg("hint-way", gap=told, way=ways[0])
    return msg("hint-ways", gap=told, ways=Listed(tuple(ways)))


def _one_way(knob: Knob, now: Any, value: Any) -> Message:
    if knob.kind == "switch":
        return msg("hint-switch", dial=knob.label, value=knob.reading(value))
    if isinstance(value, str):
        return msg("hint-other", dial=knob.label)
    return msg("hint-up" if value > now else "hint-down", dial=knob.label)


def _step(told: Message, remedy: Remedy, _settings: Settings) -> Message:
    moves = [
        msg("hint-move", dial=knob.label, value=knob.reading(value))
        for knob, value in remedy.step.moves
    ]
    listed, alone = Listed(tuple(moves)), len(moves) == 1
    if isinstance(remedy.held, Failure):
        return msg("hint-step-eases" if alone else "hint-steps-eases", gap=told, moves=listed)
    after = remedy.step.outcome.reading(remedy.held)
    return msg("hint-step" if alone else "hint-steps", gap=told, moves=listed, after=after)
