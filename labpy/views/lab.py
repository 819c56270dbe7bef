"""The app: answers what the page says, keeps the ledger, and makes a part's view when it opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from labpy.browser.page import Message, Page
from labpy.missions import MissionError, Part, all_missions, load_track, track_keys
from labpy.state.ledger import Ledger, LedgerError, print_view, to_csv, to_markdown
from labpy.state.ledger.arriving import (
    Arrival,
    about,
    from_another_tab,
    has_work,
    imported,
    same_beginning,
)
from labpy.state.link import read_place, read_settings, to_query
from labpy.state.session import Session
from labpy.views import deployments
from labpy.views.attention import Attention
from labpy.views.part import PartView

EXPORTS: Mapping[str, tuple[str, Callable[[Ledger], str]]] = {
    "json": ("json", Ledger.to_json),
    "markdown": ("md", lambda ledger: to_markdown(ledger, all_missions())),
    "csv": ("csv", lambda ledger: to_csv(ledger, all_missions())),
}


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
    theme : "light" or "dark".
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
        self._build = build
        self._synced = 0
        ledger = self._stored_ledger(ledger_text) or Ledger.new(at, build, identity)
        self.session = Session(track, ledger, theme=theme)
        self.views: dict[int, PartView] = {}
        self.session.param.watch(lambda _: self._tell_ledger(), "ledger")

    def _stored_ledger(self, text: str) -> Ledger | None:
        try:
            return Ledger.from_json(text) if text else None
        except LedgerError as error:
            self._set_aside_damaged(text, error)
            return None

    def open(self, number: int) -> PartView:
        """Make the view of a part, or give the one there is.

        Its knobs stand where the link says, else where they stood at the last visit.
        """
        if number not in self.views:
            mission = self.session.mission(number)
            state = self.session.part(number)
            state.apply(self._linked(number) or usable(mission, self._kept.get(str(number), {})))
            self.views[number] = PartView(self.session, number, self.page)
        return self.views[number]

    def _linked(self, number: int) -> dict[str, Any]:
        """Give the settings of the page's link if it is one to this part's knobs."""
        parts = {track.key: track.parts for track, _ in all_missions()}
        place = read_place(self.query, parts, self.session.track, number)
        if place.part != number or place.track != self.session.track:
            return {}
        mission = self.session.mission(number)
        read = read_settings(self.query, mission)
        for notice in (*place.notices, *read.notices):
            self.page.tell("notice", tone="warn", text=notice)
        named = {key for key, _ in parse_qsl(self.query.removeprefix("?"))}
        return read.values if named & set(read.values) else {}

    def receive(self, message: Message) -> None:
        """Do what the page says; a refusal is told to the page and changes nothing."""
        answer = getattr(self, f"_on_{message.get('kind')}", None)
        if answer is None:
            raise ValueError(f"the app knows no message {message.get('kind')!r}")
        try:
            answer(message)
        except (LedgerError, MissionError) as error:
            self.page.tell("notice", tone="warn", text=str(error))

    def welcome(self) -> None:
        """Tell the page the ledger and the state of every open part."""
        self._tell_ledger()
        for view in self.views.values():
            view.tell()

    def _tell_ledger(self) -> None:
        ledger = self.session.ledger
        view = [
            {"heading": each.heading, "level": each.level, "rows": each.rows}
            for each in print_view(ledger, all_missions())
        ]
        self.page.tell(
            "ledger",
            text=ledger.to_json(),
            beginning=ledger.events[0].hash,
            work=has_work(ledger),
            synced=self._synced,
            parts=self._parts(self.session.track),
            view=view,
            evidence=self._evidence(),
        )

    def _parts(self, track: str) -> dict[str, Any]:
        return {str(number): self._progress(track, number) for number in load_track(track).parts}

    def _evidence(self) -> list[dict[str, Any]]:
        """Give what the ledger holds of this track's parts, to stand beside the defence."""
        track = load_track(self.session.track)
        own = [(track, [self.session.mission(number) for number in track.parts])]
        return [
            {"heading": each.heading, "level": each.level, "rows": each.rows}
            for each in print_view(self.session.ledger, own)
            if each.level > 2
        ]

    def _progress(self, track: str, number: int) -> dict[str, Any]:
        def latest(kind: str) -> dict[str, Any]:
            event = self.session.ledger.latest(kind, track, number)
            return event.data if event else {}

        return {
            "prediction": latest("predicted").get("answer", ""),
            "reflection": latest("reflected").get("text", ""),
            "defence": latest("defended").get("text", ""),
            "revealed": bool(latest("revealed")),
            "passed": bool(latest("passed")),
            "checkpointed": bool(latest("checkpointed")),
        }

    def _view(self, message: Message) -> PartView:
        """Give the view that a message is about, with nothing left undone."""
        view = self.open(int(message["part"]))
        view.finish()
        return view

    def _on_predict(self, message: Message) -> None:
        number = int(message["part"])
        if self.session.part(number).prediction == message["answer"]:
            return
        self.session.predict(number, message["answer"], message["at"])
        if number in self.views:
            self.views[number].tell()

    def _on_reflect(self, message: Message) -> None:
        self.session.reflect(int(message["part"]), message["text"], message["at"])

    def _on_passed(self, message: Message) -> None:
        view = self._view(message)
        if self.session.latest(view.number, "passed") is None and view.passes:
            self._record(view, "passed", message["at"])

    def _on_reveal(self, message: Message) -> None:
        view = self._view(message)
        found = view.reveal()
        if not view.state.revealed:
            data = {key: found[key] for key in ("predicted", "actual", "off_by")}
            self.session.record(view.number, "revealed", data, message["at"])
            view.state.revealed = True
            self._tell_ledger()
        self.page.tell("reveal", part=view.number, **found)

    def _on_checkpoint(self, message: Message) -> None:
        view = self._view(message)
        self._record(view, "checkpointed", message["at"], passed=view.passes)

    def _record(self, view: PartView, kind: str, at: str, **more: Any) -> None:
        data = {"settings": view.state.settings(), "metrics": view.metrics(), **more}
        self.session.record(view.number, kind, data, at)

    def _on_deploy(self, message: Message) -> None:
        view = self._view(message)
        if not view.state.locked:
            raise MissionError("predict first: a deployment needs a prediction")
        iteration = deployments.next_iteration(self.session, view.number)
        passed = view.outcome.passes(view.mission)
        self._record(view, "deployed", message["at"], iteration=iteration, passed=passed)
        view.tell()

    def _on_restart(self, message: Message) -> None:
        view = self._view(message)
        self.session.record(view.number, "restarted", {}, message["at"])
        view.tell()

    def _on_defend(self, message: Message) -> None:
        number, text = int(message["part"]), message["text"]
        latest = self.session.latest(number, "defended") or {}
        if text and text != latest.get("text"):
            self.session.record(number, "defended", {"text": text}, message["at"])

    def _on_step(self, message: Message) -> None:
        self._view(message).show_step(message["instrument"], int(message["index"]))

    def _on_simulate(self, message: Message) -> None:
        self._view(message).simulate()

    def _on_watch(self, message: Message) -> None:
        """Take what of a part is in view; a part that is not open yet will be told anew."""
        if view := self.views.get(int(message["part"])):
            lists = (message[each] for each in ("seen", "tables", "math"))
            view.attention = Attention(*map(frozenset, lists))

    def _on_reset(self, message: Message) -> None:
        self._view(message).state.reset(message["knob"])

    def _on_settings(self, message: Message) -> None:
        self._view(message).state.apply(message["settings"])

    def _on_link(self, message: Message) -> None:
        view = self._view(message)
        query = to_query(view.mission, view.state.settings(), self.session.track)
        self.page.tell("link", part=view.number, query=query)

    def _on_theme(self, message: Message) -> None:
        self.session.theme = message["theme"]

    def _on_export(self, message: Message) -> None:
        ending, write = EXPORTS[message["format"]]
        name = f"fleet-serving-lab-{self.session.track}.{ending}"
        self.page.tell("exported", name=name, text=write(self.session.ledger))

    def _on_import(self, message: Message) -> None:
        """Take in a file; ask before another student's or another run's takes the place of work."""
        try:
            theirs = Ledger.from_json(message["text"])
            mine = self.session.ledger
            safe = same_beginning(mine, theirs) or not has_work(mine)
            if safe or message.get("replace"):
                self._take(imported(mine, theirs, message["at"]), place="ledger")
            else:
                self.page.tell("ask", text=message["text"], mine=about(mine), theirs=about(theirs))
        except LedgerError as error:
            text = f"The file was not imported: {error}. Your ledger is as it was."
            self.page.tell("notice", tone="warn", text=text, place="ledger")

    def _on_begin(self, message: Message) -> None:
        """Begin a new ledger, as the next student at this computer would."""
        mine = self.session.ledger
        fresh = Ledger.new(message["at"], self._build, message["identity"])
        words = "A new ledger is begun. The one that was here is set aside below."
        self._take(Arrival(fresh, mine if has_work(mine) else None, words), place="ledger")

    def _on_sync(self, message: Message) -> None:
        """Join with what another tab has stored. The page keeps nothing until this is answered."""
        self._synced = int(message["number"])
        try:
            theirs = Ledger.from_json(message["text"])
        except LedgerError as error:
            self._set_aside_damaged(message["text"], error)
            self._tell_ledger()
            return
        self._take(from_another_tab(self.session.ledger, theirs, message["at"]))

    def _take(self, arrival: Arrival, place: str = "") -> None:
        """Go on with another ledger; what must not be lost is told first."""
        if arrival.aside is not None:
            self.page.tell("aside", text=arrival.aside.to_json(), about=about(arrival.aside))
        if arrival.ledger.head == self.session.ledger.head:
            self._tell_ledger()
        else:
            self.session.replace_ledger(arrival.ledger)
            for view in self.views.values():
                view.tell()
            self.page.tell("tracks", tracks={key: self._parts(key) for key in track_keys()})
        if arrival.words:
            self.page.tell("notice", tone="info", text=arrival.words, place=place)

    def _set_aside_damaged(self, text: str, error: LedgerError) -> None:
        self.page.tell("aside", text=text, about="damaged", damaged=True)
        words = f"The stored ledger can't be read: {error}. It is set aside below, as it was."
        self.page.tell("notice", tone="warn", text=words)


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
