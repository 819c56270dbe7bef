"""Dispatch: answers each message of the page, and makes a part's workbench when it opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labpy.app import deployments, protocol
from labpy.app.attention import Attention
from labpy.app.ledger_life import LedgerLife, read_stored
from labpy.app.page import Message, Page
from labpy.app.workbench import Workbench
from labpy.missions import MissionError, Part, all_missions
from labpy.state.ledger import Ledger, LedgerError
from labpy.state.link import read_assign, read_place, read_settings, to_query
from labpy.state.session import Session
from labpy.words import msg, say


class Lab:
    """One student's lab on one track's page.

    Parameters
    ----------
    page : where facts are told.
    track : key of the track.
    build : id of the build, for the ledger.
    at : ISO time of the start, by the reader's clock.
    identity : a random text, which tells two ledgers begun in the same instant apart.
    ledger_text : the stored ledger, or "" when there is none.
    query : the query string of the page's address.
    settings : what each part's knobs were at the last visit, by part and knob.
    theme : the look, as `labpy.instruments.figures.palette.palette_of` takes it.

    Attributes
    ----------
    clock : the reader's time at what the page said last; whatever follows from it is recorded so.
    """

    def __init__(
        self,
        page: Page,
        *,
        track: str,
        build: str,
        at: str,
        identity: str = "",
        ledger_text: str = "",
        query: str = "",
        settings: Mapping[str, Mapping[str, Any]] | None = None,
        theme: str = "light",
    ) -> None:
        self.page = page
        self.query = query
        self._kept = settings or {}
        self._linked: dict[int, dict[str, Any]] = {}  # a link's settings wait for the lock
        ledger = read_stored(ledger_text, page) or Ledger.new(at, build, identity)
        self.session = Session(track, ledger, theme=theme)
        self._follow_assignment(at)
        self.clock = at
        self.workbenches: dict[int, Workbench] = {}
        self.ledger = LedgerLife(self.session, page, build, self._replaced)

    def _follow_assignment(self, at: str) -> None:
        """Take up the assignment of the page's link, or say why it can't be."""
        if code := read_assign(self.query):
            try:
                self.session.assign(code, at)
            except (LedgerError, MissionError) as error:
                self.page.tell("notice", tone="warn", text=str(error))

    def open(self, number: int) -> Workbench:
        """Make the workbench of a part, or give the one there is.

        Once its lock is committed its knobs stand where the link says, else where they stood at the
        last visit; before that they stand at their start.
        """
        if number not in self.workbenches:
            mission = self.session.mission(number)
            state = self.session.part(number)
            self._linked[number] = self._read_link(number)
            if state.locked and not self._follow_link(number):
                state.apply(usable(mission, self._kept.get(str(number), {})))
            self.workbenches[number] = Workbench(self.session, number, self.page, self._settled)
        return self.workbenches[number]

    def _follow_link(self, number: int) -> bool:
        """Put the knobs where the page's link says, once the lock is committed; else False."""
        state = self.session.part(number)
        linked = self._linked.pop(number, {}) if state.locked else {}
        state.apply(linked)
        return bool(linked)

    def _read_link(self, number: int) -> dict[str, Any]:
        """Give the settings of the page's link if it is one to this part's knobs."""
        parts = {track.key: track.parts for track, _ in all_missions()}
        place = read_place(self.query, parts, self.session.track, number)
        if place.part != number or place.track != self.session.track:
            return {}
        mission = self.session.mission(number)
        read = read_settings(self.query, mission)
        for notice in (*place.notices, *read.notices):
            self.page.tell("notice", tone="warn", text=say(notice))
        return read.values if read.named else {}

    def receive(self, message: Message) -> None:
        """Do what the page says; a refusal is told to the page and changes nothing.

        Raises
        ------
        ProtocolError
            When the protocol has no such message.
        """
        protocol.check("to_app", message)
        self.clock = message["at"]
        try:
            getattr(self, f"_on_{message['kind']}")(message)
        except (LedgerError, MissionError) as error:
            if message["kind"] == "predict":
                self.ledger.tell_again()  # the page shows as locked what is not
            self.page.tell("notice", tone="warn", text=str(error))

    def welcome(self) -> None:
        """Tell the page the ledger and the state of every open part."""
        self.ledger.tell()
        self._show_all()

    def _replaced(self) -> None:
        """Go on with another ledger; it has the assignment of the page's link too."""
        self._follow_assignment(self.clock)
        self._show_all()

    def _show_all(self) -> None:
        for number in self.workbenches:
            self.show(number)

    def show(self, number: int) -> None:
        """Tell every fact of a part, and its reveal if the student has had it already."""
        workbench = self.open(number)
        workbench.follow_limits()
        self._follow_link(number)
        known = workbench.state.revealed
        workbench.tell()
        if known:
            self._tell_reveal(workbench, fresh=False)

    def _settled(self, workbench: Workbench) -> None:
        """Record what has happened, once a part's facts are told: a challenge, a pass, a reveal."""
        if met := workbench.newly_met():
            for data in met:
                self.session.record(workbench.number, "challenge", data, self.clock)
            told = workbench.challenges_met()
            self.page.tell("challenges", part=workbench.number, met=told)
        if not workbench.passes:
            return
        try:
            if self.session.latest(workbench.number, "passed") is None:
                self._record(workbench, "passed")
            if not workbench.state.revealed:
                self._reveal(workbench, early=False)
        except LedgerError as error:
            self.page.tell("notice", tone="warn", text=str(error))

    def _reveal(self, workbench: Workbench, *, early: bool) -> None:
        """Record the reveal and tell it; an early one is asked for before the targets are met."""
        found = workbench.reveal()
        data = {key: found[key] for key in ("predicted", "actual", "off_by")}
        if early:
            data["early"] = True
        self.session.record(workbench.number, "revealed", data, self.clock)
        workbench.state.revealed = True
        self._tell_reveal(workbench, fresh=True)

    def _tell_reveal(self, workbench: Workbench, *, fresh: bool) -> None:
        self.page.tell("reveal", part=workbench.number, fresh=fresh, **workbench.reveal())

    def _record(self, workbench: Workbench, kind: str, **more: Any) -> None:
        self.session.record(workbench.number, kind, workbench.counted() | more, self.clock)

    def _workbench(self, message: Message) -> Workbench:
        """Give the workbench that a message is about, with nothing left undone."""
        workbench = self.open(message["part"])
        workbench.finish()
        return workbench

    def _on_predict(self, message: Message) -> None:
        number = message["part"]
        if self.session.part(number).prediction == message["answer"]:
            return
        more = {name: message.get(name) or "" for name in ("confidence", "why")}
        self.session.predict(number, message["answer"], message["at"], **more)
        if number in self.workbenches:
            self.show(number)

    def _on_reflect(self, message: Message) -> None:
        prose = message.get("prose") or ""
        self.session.reflect(message["part"], message["text"], message["at"], prose=prose)

    def _on_reveal(self, message: Message) -> None:
        workbench = self._workbench(message)
        if workbench.state.revealed:
            self._tell_reveal(workbench, fresh=True)
        else:
            self._reveal(workbench, early=not workbench.passes)

    def _on_checkpoint(self, message: Message) -> None:
        workbench = self._workbench(message)
        self._record(workbench, "checkpointed", passed=workbench.passes)

    def _on_deploy(self, message: Message) -> None:
        workbench = self._workbench(message)
        if not workbench.state.locked:
            raise MissionError(msg("deployments-predict-first"))
        data = workbench.draft()
        data["iteration"] = deployments.next_iteration(self.session, workbench.number)
        self.session.record(workbench.number, "deployed", data, self.clock)
        workbench.tell()

    def _on_restart(self, message: Message) -> None:
        workbench = self._workbench(message)
        self.session.record(workbench.number, "restarted", {}, message["at"])
        workbench.tell()

    def _on_defend(self, message: Message) -> None:
        number, text = message["part"], message["text"]
        latest = self.session.latest(number, "defended") or {}
        if text and text != latest.get("text"):
            self.session.record(number, "defended", {"text": text}, message["at"])

    def _on_step(self, message: Message) -> None:
        self._workbench(message).show_step(message["instrument"], message["index"])

    def _on_simulate(self, message: Message) -> None:
        self._workbench(message).simulate()

    def _on_watch(self, message: Message) -> None:
        """Take what of a part is in view; a part that is not open yet will be told anew."""
        if workbench := self.workbenches.get(message["part"]):
            lists = (message[each] for each in ("seen", "tables", "math"))
            workbench.attention = Attention(*map(frozenset, lists))

    def _on_reset(self, message: Message) -> None:
        self._workbench(message).state.reset(message["knob"])

    def _on_link(self, message: Message) -> None:
        workbench = self._workbench(message)
        query = to_query(workbench.mission, workbench.state.settings(), self.session.track)
        self.page.tell("link", part=workbench.number, query=query)

    def _on_set(self, message: Message) -> None:
        """Put the dials where a link in the reveal says, as a link that was shared does."""
        workbench = self._workbench(message)
        if workbench.state.locked:
            workbench.state.apply(read_settings(message["query"], workbench.mission).values)

    def _on_theme(self, message: Message) -> None:
        self.session.theme = message["theme"]

    def _on_export(self, message: Message) -> None:
        self.ledger.export(message["format"], message.get("name") or "", message["at"])

    def _on_import(self, message: Message) -> None:
        self.ledger.import_file(message["text"], message["at"], bool(message.get("replace")))

    def _on_begin(self, message: Message) -> None:
        self.ledger.begin(message["at"], message["identity"])

    def _on_sync(self, message: Message) -> None:
        self.ledger.sync(message["text"], message["number"], message["at"])


def usable(mission: Part, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of some stored settings what the mission's knobs still take."""
    kept = {}
    for key, value in settings.items():
        try:
            knob = mission.knob(key)
            kept[key] = knob.parse(str(value))
        except (KeyError, MissionError):
            continue  # a knob of an older build: its start is right
    return kept
