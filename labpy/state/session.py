"""The session: one param tree with the track, the state of each part and the ledger."""

from __future__ import annotations

from typing import Any

import param

from labpy.missions import MissionError, Part, load_part, load_track, read_assignment
from labpy.state.ledger import Ledger, assigned, data_of, identity_of, part_in_force
from labpy.state.own_words import mostly_from_page
from labpy.state.parts import PartState, part_state_class
from labpy.words import msg, say


class Session(param.Parameterized):
    """Everything that is true of one student on one track's page."""

    track = param.String(doc="The key of the track", constant=True)
    theme = param.String("light", doc="Look of the figures, as their palette names it")
    ledger = param.ClassSelector(class_=Ledger, doc="The append-only record")

    def __init__(self, track: str, ledger: Ledger, **params: Any) -> None:
        load_track(track)
        self._parts: dict[int, PartState] = {}
        super().__init__(track=track, ledger=ledger, **params)

    def mission(self, number: int) -> Part:
        """Give the mission of a part of this session's track, with the limits in force."""
        return part_in_force(self.ledger, load_part(self.track, number))

    def assign(self, code: str, at: str) -> None:
        """Take an assignment of this track out of a link, unless it is in force already.

        Raises
        ------
        MissionError
            With a sentence for the reader, if it can't be read or is another track's.
        """
        told = read_assignment(code)
        if told.track != self.track:
            raise MissionError(msg("assign-elsewhere", track=load_track(told.track).name))
        now = assigned(self.ledger, self.track)
        if now is None or now.code != told.code:
            data = data_of(told, identity_of(self.ledger))
            self.ledger = self.ledger.append("assigned", "", 0, data, at)

    def part(self, number: int) -> PartState:
        """Give the state of a part, made at first use and filled from the ledger."""
        if number not in self._parts:
            state = part_state_class(self.mission(number))()
            self._parts[number] = state
            self._restore(number, state)
        return self._parts[number]

    def record(self, number: int, kind: str, data: dict[str, Any], at: str) -> None:
        """Append one event of a part to the ledger."""
        self.ledger = self.ledger.append(kind, self.track, number, data, at)

    def predict(
        self, number: int, answer: str, at: str, *, confidence: str = "", why: str = ""
    ) -> None:
        """Commit the prediction of a part; a second one raises LedgerError.

        Parameters
        ----------
        number : the part's.
        answer : an option's key, or a number as text.
        at : the reader's time.
        confidence : how sure the reader is, a step of `CONFIDENCES`; "" if they did not say.
        why : one line; "" if they gave none.
        """
        lock = self.mission(number).lock
        implied = lock.implied(answer)
        named = {option.key: option.label for option in lock.options}
        label = named.get(answer) or say(lock.predicted(implied))
        data = {"answer": answer, "label": label, "implies": implied}
        more = {"confidence": confidence, "why": " ".join(why.split())}
        data |= {name: each for name, each in more.items() if each}
        self.record(number, "predicted", data, at)
        self.part(number).prediction = answer

    def reflect(self, number: int, text: str, at: str, *, prose: str = "") -> None:
        """Save a reflection as typed; what is mostly the page's own words is marked as such.

        `prose` is what the page says, where it has what the archive leaves out.
        """
        if text and text != self.part(number).reflection:
            taken = mostly_from_page(text, self.part(number).mission, prose)
            data = {"text": text} | ({"from_page": True} if taken else {})
            self.record(number, "reflected", data, at)
            self.part(number).reflection = text

    def replace_ledger(self, ledger: Ledger) -> None:
        """Take another ledger (an import) and bring every part to what it says.

        Where the knobs stand belongs to a ledger: in one that began elsewhere they start anew.
        """
        another = ledger.events[0] != self.ledger.events[0]
        self.ledger = ledger
        for number, state in self._parts.items():
            with param.parameterized.batch_call_watchers(state):
                state.param.update(prediction="", revealed=False, reflection="")
                if another:
                    state.apply(self.mission(number).start())
                self._restore(number, state)

    def latest(self, number: int, kind: str) -> dict[str, Any] | None:
        """Give the data of the newest event of a kind in a part, or None."""
        event = self.ledger.latest(kind, self.track, number)
        return dict(event.data) if event else None

    def _restore(self, number: int, state: PartState) -> None:
        predicted = self.latest(number, "predicted")
        reflected = self.latest(number, "reflected")
        state.prediction = predicted["answer"] if predicted else ""
        state.reflection = reflected["text"] if reflected else ""
        state.revealed = self.latest(number, "revealed") is not None
