"""The ledger's life: read, told, joined with another tab's, imported, exported, begun anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from labpy.app import progress
from labpy.app.page import Page
from labpy.missions import all_missions
from labpy.state.ledger import Ledger, LedgerError, to_csv, to_markdown, who
from labpy.state.ledger.arriving import (
    Arrival,
    about,
    from_another_tab,
    has_work,
    imported,
    same_beginning,
)
from labpy.state.session import Session
from labpy.words import msg, say

EXPORTS: Mapping[str, tuple[str, Callable[[Ledger], str]]] = {
    "json": ("json", Ledger.to_json),
    "markdown": ("md", lambda ledger: to_markdown(ledger, all_missions())),
    "csv": ("csv", lambda ledger: to_csv(ledger, all_missions())),
}
LONGEST_NAME = 200  # characters


def read_stored(text: str, page: Page) -> Ledger | None:
    """Read the ledger that the page had kept; None if there is none that can be read."""
    try:
        return Ledger.from_json(text) if text else None
    except LedgerError as error:
        _set_aside_damaged(text, error, page)
        return None


def _set_aside_damaged(text: str, error: LedgerError, page: Page) -> None:
    page.tell("aside", text=text, about="damaged", damaged=True)
    words = msg("ledger-damaged", reason=error.message)
    page.tell("notice", tone="warn", text=say(words))


class Told(NamedTuple):
    """What the page has been told of the ledger last."""

    ledger: Ledger
    parts: dict[str, Any]
    view: list[dict[str, Any]]


class LedgerLife:
    """Follows a session's ledger, tells the page of each change, and takes other ledgers in.

    The page is told nothing before the first `tell`, which brings everything.

    Parameters
    ----------
    session : whose ledger it is.
    page : where it is told.
    build : id of the build, for a ledger that is begun.
    replaced : called when another ledger has taken the place of the one in hand.
    """

    def __init__(
        self, session: Session, page: Page, build: str, replaced: Callable[[], None]
    ) -> None:
        self._session = session
        self._page = page
        self._build = build
        self._replaced = replaced
        self._synced = 0
        self._told: Told | None = None
        session.param.watch(self._changed, "ledger")

    def tell(self) -> None:
        """Tell the page the whole ledger, and how it is to be shown."""
        told = self._told = self._now()
        self._page.tell(
            "ledger",
            text=told.ledger.to_json(),
            name=who(told.ledger),
            beginning=told.ledger.events[0].hash,
            work=has_work(told.ledger),
            synced=self._synced,
            parts=told.parts,
            view=told.view,
            evidence=progress.evidence(told.view, self._session.track),
        )

    def tell_again(self) -> None:
        """Tell all of it once more, if the page was told before and has gone astray."""
        if self._told is not None:
            self.tell()

    def _now(self) -> Told:
        ledger = self._session.ledger
        parts = progress.parts_progress(ledger, self._session.track)
        return Told(ledger, parts, progress.ledger_view(ledger))

    def _changed(self, *_events: Any) -> None:
        """Tell what is new; all of it only where another ledger is in hand."""
        if self._told is None:
            return
        before, now = self._told, self._now()
        known = len(before.ledger.events)
        if now.ledger.events[:known][-1].hash != before.ledger.head:
            self.tell()
            return
        self._told = now
        self._page.tell(
            "event",
            lines=[event.line for event in now.ledger.events[known:]],
            before=before.ledger.head,
            head=now.ledger.head,
            synced=self._synced,
            parts={key: each for key, each in now.parts.items() if before.parts[key] != each},
            view=_sections_changed(before.view, now.view),
            evidence=progress.evidence(now.view, self._session.track),
        )

    def export(self, form: str, name: str, at: str) -> None:
        """Tell the page the ledger as a file of one of the forms of `EXPORTS`.

        A name that the student gives is recorded, so that every form has it.
        """
        name = " ".join(name.split())[:LONGEST_NAME]
        ledger = self._session.ledger
        if name != who(ledger):
            self._session.ledger = ledger.append("named", "", 0, {"name": name}, at)
        if form == "print":
            self._page.tell("exported", name="", text="")
            return
        ending, write = EXPORTS[form]
        name = "-".join(["fleet-serving-lab", self._session.track, *_in_file_name(name)])
        name = f"{name}.{ending}"
        self._page.tell("exported", name=name, text=write(self._session.ledger))

    def import_file(self, text: str, at: str, replace: bool) -> None:
        """Take in a file; ask before another student's or another run's takes the place of work."""
        try:
            theirs = Ledger.from_json(text)
            mine = self._session.ledger
            safe = same_beginning(mine, theirs) or not has_work(mine)
            if safe or replace:
                self._take(imported(mine, theirs, at), place="ledger")
            else:
                self._page.tell("ask", text=text, mine=say(about(mine)), theirs=say(about(theirs)))
        except LedgerError as error:
            words = msg("ledger-not-imported", reason=error.message)
            self._page.tell("notice", tone="warn", text=say(words), place="ledger")

    def begin(self, at: str, identity: str) -> None:
        """Begin a new ledger, as the next student at this computer would."""
        mine = self._session.ledger
        fresh = Ledger.new(at, self._build, identity)
        aside = mine if has_work(mine) else None
        self._take(Arrival(fresh, aside, msg("ledger-begun-anew")), place="ledger")

    def sync(self, text: str, number: int, at: str) -> None:
        """Join with what another tab has stored. The page keeps nothing until this is answered."""
        self._synced = number
        try:
            theirs = Ledger.from_json(text)
        except LedgerError as error:
            _set_aside_damaged(text, error, self._page)
            self.tell()
            return
        self._take(from_another_tab(self._session.ledger, theirs, at))

    def _take(self, arrival: Arrival, place: str = "") -> None:
        """Go on with another ledger; what must not be lost is told first."""
        if arrival.aside is not None:
            self._page.tell("aside", text=arrival.aside.to_json(), about=say(about(arrival.aside)))
        if arrival.ledger.head == self._session.ledger.head:
            self.tell()
        else:
            self._session.replace_ledger(arrival.ledger)
            self._replaced()
        if arrival.words:
            self._page.tell("notice", tone="info", text=say(arrival.words), place=place)


def _in_file_name(name: str) -> list[str]:
    """Give what of a name may stand in the name of a file, on any system."""
    kept = re.sub(r"[^\w.@-]+", "-", name).strip("-.")[:40]
    return [kept] if kept else []


def _sections_changed(
    before: list[dict[str, Any]], now: list[dict[str, Any]]
) -> list[int | dict[str, Any]]:
    """Give a view in which a section that was told before is the number of its place there."""
    return [before.index(each) if each in before else each for each in now]
