"""The teachers' page of a class: it hears which files there are, and tells what they hold."""

from __future__ import annotations

import base64
from time import monotonic
from typing import Any

from labpy.app import protocol
from labpy.app.page import Message as Told
from labpy.app.page import Page
from labpy.classroom.own_words import add_own_words
from labpy.classroom.room import ClassRoom
from labpy.missions import all_missions
from labpy.words import say

NAMED = 20  # files that were left aside, of which the page tells the names
NAMES = {"csv": "class.csv", "xlsx": "class.xlsx", "feedback": "feedback.zip"}
PIECE_S = 0.15  # of reading at a stretch: each is told, and between two the page is heard


class _Nothing:
    """A layout without documents: the page has all its elements itself."""

    def knob_roots(self) -> list:
        """Give no controls."""
        return []

    def figure_roots(self) -> list:
        """Give no figures."""
        return []


class ClassLab:
    """It hears what `labpy.app.lab.Lab` hears, for a class; it keeps no ledger of its own.

    Parameters are those of `Lab`.
    """

    layout = _Nothing()

    def __init__(self, page: Page, *, build: str = "", **_: Any) -> None:
        self.page, self.build, self.clock = page, build, ""
        self.workbenches = {1: self}
        self.room = ClassRoom(all_missions(), build)
        self._due = False

    def open(self, number: int) -> ClassLab:  # noqa: ARG002
        """Give itself; there is nothing to lay out."""
        return self

    def show(self, number: int) -> None:  # noqa: ARG002
        """Tell that it is there."""
        self.tell("ready")

    def welcome(self) -> None:
        """Nothing is told before files come."""

    def take(self, name: str, data: bytes) -> None:
        """Take a file; `rest` reads it, and tells the class once all files are handed in."""
        self.room.take(name, data)

    def rest(self) -> bool:
        """Read ledgers for a moment; True if there may be more."""
        begun, read = monotonic(), False
        while self.room.step():
            read = True
            if monotonic() - begun >= PIECE_S:
                break
        if read:
            self._tell("reading", {"read": len(self.room.handed)})
            return True
        if self._due:
            self._due = False
            self.tell("ready")
        return False

    def tell(self, state: str) -> None:
        """Tell the class as a whole."""
        told = {
            "students": self.room.students(),
            "tallies": {
                place: {"counts": tally.counts, "sentence": say(tally.sentence)}
                for place, tally in self.room.tallies().items()
            },
            "aside": self.room.other[:NAMED],
            "asides": len(self.room.other),
        }
        self._tell(state, told)

    def _tell(self, state: str, told: dict[str, Any]) -> None:
        self.page.tell("class", state=state, told=told)

    def receive(self, message: Told) -> None:
        """Do what the page says."""
        protocol.check("to_app", message)
        self.clock = message["at"]
        if message["kind"] == "class":
            self._on_class(message)

    def _on_class(self, message: Told) -> None:
        getattr(self, f"_do_{message['do']}")(message["values"])

    def _do_handed(self, _values: dict[str, Any]) -> None:
        self._due = True

    def _do_stop(self, _values: dict[str, Any]) -> None:
        self.room.stop()

    def _do_clear(self, _values: dict[str, Any]) -> None:
        self.room = ClassRoom(all_missions(), self.build)
        self.tell("ready")

    def _do_open(self, values: dict[str, Any]) -> None:
        findings, sections = self.room.detail(values["file"])
        told = {
            "file": values["file"],
            "findings": [say(each) for each in findings],
            "sections": [[each.heading, each.level, each.rows] for each in sections],
        }
        self._tell("opened", told)

    def _feedback(self) -> bytes:
        add_own_words()
        return self.room.feedback()

    def _do_export(self, values: dict[str, Any]) -> None:
        made = {
            "csv": lambda: self.room.table().to_csv(texts=True),
            "xlsx": self.room.to_xlsx,
            "feedback": self._feedback,
        }[values["format"]]()
        content = base64.b64encode(made).decode()
        self._tell("exported", {"name": NAMES[values["format"]], "content": content})
