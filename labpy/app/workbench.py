"""A part's workbench: its outcome, its figures and the facts told, in step with its state."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from labpy.app import deployments
from labpy.app.attention import Attention
from labpy.app.page import Page
from labpy.app.prepared import Prepared
from labpy.missions import Knob, MissionError, Target
from labpy.scenarios import Outcome, Scenario, kept_scenario
from labpy.scenarios.laws import plan_laws
from labpy.state.ledger import plain, restored, revealed
from labpy.state.parts import PartState
from labpy.state.session import Session
from labpy.views.part import PartLayout
from labpy.words import Amount, Message, amounts, msg, say

SEED = 20261123
RIGHT = 1.05  # a prediction off by less than that is right


class Workbench:
    """Draws one part and tells the page its facts whenever a knob changes.

    While a knob moves on the page, only what the reader has in view is brought up to date, from a
    sketch of the outcome where the scenario has one. The rest is done piece by piece when it rests.

    Parameters
    ----------
    session : what the part's state and ledger belong to.
    number_ : the part's number.
    page : where its facts are told.
    settled : called when every fact was told, for whatever has to be recorded then.
    """

    def __init__(
        self,
        session: Session,
        number_: int,
        page: Page,
        settled: Callable[[Workbench], None],
    ) -> None:
        self.session = session
        self.number = number_
        self.page = page
        self._settled = settled
        self.state: PartState = session.part(number_)
        self.mission = self.state.mission
        self.scenario: Scenario = kept_scenario(self.mission)
        self.instruments = {each.name: each for each in self.scenario.instruments()}
        self.prepared = Prepared(self.scenario)
        self.outcome: Outcome = self.prepared.evaluate(self.state.settings())
        self.attention = Attention()
        self._moving = False
        self._undone: Iterator[None] | None = None
        self.prepared.look_ahead(self.state.settings())
        self._drawn: dict[str, Any] = {}
        self._simulated: Mapping[str, Any] = {}
        self.layout = PartLayout(number_, self.state, self.instruments, session.theme)
        keys = [knob.key for knob in self.mission.knobs]
        self._watchers = [
            self.state.param.watch(self._knob_changed, keys),
            session.param.watch(self._recolor, "theme"),
        ]
        self._draw(self.instruments)

    def close(self) -> None:
        """Stop following the state."""
        for owner, watcher in zip((self.state, self.session), self._watchers, strict=True):
            owner.param.unwatch(watcher)

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Take the changes made meanwhile for those of a knob that may move on at once."""
        self._moving = True
        try:
            yield
        finally:
            self._moving = False

    def _knob_changed(self, *events: Any) -> None:
        settings = self.state.settings()
        self._simulated = {}
        known = self.prepared.get(settings)
        sketched = self.scenario.sketch(settings) if self._moving and not known else None
        self.outcome = known or sketched or self.prepared.evaluate(settings)
        self._undone = self._refine(exact=sketched is None)
        self.prepared.look_ahead(settings, self.mission.knob(events[-1].name))
        if not self._moving:
            self.finish()
            return
        self._draw(filter(self.attention.sees, self.instruments))
        self._tell(brief=True)

    def _refine(self, exact: bool) -> Iterator[None]:
        """Do what a moving knob leaves undone, what the reader sees first; a yield after each."""
        if not exact:
            self.outcome = self.prepared.evaluate(self.state.settings())
        for name in sorted(self.instruments, key=self.attention.sees, reverse=True):
            yield
            self._draw([name])
        yield
        self._tell()

    def rest(self) -> bool:
        """Do one piece of what a moving knob left undone; True if there may be more to do.

        When all is done, what is likely to be asked for next is evaluated in spare time.
        """
        if self._undone is None:
            return self.prepared.prepare_one()
        undone, self._undone = self._undone, None  # an error in it must not come again
        for _ in undone:
            self._undone = undone
            break
        return True

    def finish(self) -> None:
        """Do at once all that a moving knob left undone."""
        while self._undone is not None:
            self.rest()

    def _recolor(self, *_events: Any) -> None:
        self.layout.recolor(self.session.theme)

    def _draw(self, names: Iterable[str]) -> None:
        for name in names:
            picture = self._picture(name)
            if self._drawn.get(name) is not picture:
                self.instruments[name].update(picture)
                self._drawn[name] = picture

    def _picture(self, name: str) -> Any:
        return self._simulated.get(name, self.outcome.pictures[name])

    def simulate(self) -> None:
        """Run the seeded simulation at the present settings and draw its dots."""
        self._simulated = self.scenario.simulate(self.state.settings(), SEED)
        self._draw(self.instruments)
        self.tell()

    def show_step(self, name: str, index: int) -> None:
        """Show one frame of an instrument that steps through time."""
        self.instruments[name].show_step(index)

    def tell(self) -> None:
        """Tell the page every fact of the part."""
        if self._undone is None:
            self._tell()
        self.finish()

    def _tell(self, *, brief: bool = False) -> None:
        """Tell the facts; brief ones are those that the reader has in view."""
        settled = {} if brief else {"deployments": deployments.as_facts(self.session, self.number)}
        names = filter(self.attention.sees, self.instruments) if brief else self.instruments
        self.page.tell(
            "facts",
            part=self.number,
            brief=brief,
            settings=self.state.settings(),
            knobs={knob.key: self._knob_facts(knob) for knob in self.mission.knobs},
            targets={target.key: self._target_facts(target) for target in self.mission.targets},
            failures=[
                {"key": f.key, "title": f.title, "message": f.message, "remedy": f.remedy}
                for f in self.outcome.failures(self.mission)
            ],
            instruments={name: self._instrument_facts(name, brief) for name in names},
            **settled,
        )
        if not brief:
            self._settled(self)

    @property
    def passes(self) -> bool:
        """Tell whether every target is met under a locked prediction.

        Under the 10-Iteration Rule only what was deployed counts.
        """
        if self.mission.iterations:
            return deployments.passed(self.session, self.number)
        return self.state.locked and self.outcome.passes(self.mission)

    def metrics(self) -> dict[str, Any]:
        """Give the metrics of the targets and of the log, for the ledger."""
        wanted = [each.metric for each in (*self.mission.targets, *self.mission.log)]
        return plain({metric: self.outcome.metrics[metric] for metric in wanted})

    def reveal(self) -> dict[str, Any]:
        """Set the prediction, as the ledger has it, beside what the models say."""
        lock, truth = self.mission.lock, self.scenario.truth()
        prediction = self.session.latest(self.number, "predicted")
        if prediction is None:
            raise MissionError(msg("reveal-predict-first"))
        facts = revealed(prediction["implies"], truth.value)
        predicted, actual = lock.predicted(prediction["implies"]), lock.outcome(truth.value)
        return {
            **facts,
            "verdict": say(_verdict(predicted, actual, restored(facts["off_by"]))),
            "said": {"predicted": say(predicted), "actual": say(actual)},
            "sentence": say(truth.sentence),
            "label": lock.quantity_label,
        }

    def _knob_facts(self, knob: Knob) -> dict[str, str]:
        value = getattr(self.state, knob.key)
        return {"value": knob.shown(value), "meaning": say(self.outcome.meanings.get(knob.key, ""))}

    def _target_facts(self, target: Target) -> dict[str, str]:
        value = self.outcome.metrics[target.metric]
        return {
            "state": "pass" if target.passes(value) else "fail",
            "value": say(self.outcome.reading(target)),
        }

    def _instrument_facts(self, name: str, brief: bool) -> dict[str, Any]:
        instrument, picture = self.instruments[name], self._picture(name)
        facts = {"summary": say(instrument.sentence(picture)), "steps": instrument.steps(picture)}
        if not brief or self.attention.reads_table(name):
            facts["table"] = instrument.table(picture).as_facts()
        if not brief or self.attention.reads_math(name):
            formulas = (*instrument.formulas(picture), *plan_laws(self.outcome.metrics))
            facts["math"] = [formula.as_facts() for formula in formulas]
        return facts


def _verdict(predicted: Amount, actual: Amount, off_by: float) -> Message:
    if off_by < RIGHT:
        return msg("reveal-right", predicted=predicted, actual=actual)
    if math.isinf(off_by):
        return msg("reveal-beyond", predicted=predicted, actual=actual)
    factor = amounts.factor(off_by)
    return msg("reveal-off", predicted=predicted, actual=actual, factor=factor)
