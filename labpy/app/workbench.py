"""A part's workbench: its outcome, its figures and the facts told, in step with its state."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

from labpy.app import deployments
from labpy.app.advice import Advice, gap
from labpy.app.attention import Attention
from labpy.app.challenges import Challenges
from labpy.app.page import Page
from labpy.app.prepared import Prepared
from labpy.app.reveal_picture import reveal_picture
from labpy.instruments.telling import flow as flow_words
from labpy.missions import Knob, MissionError, Part, Target
from labpy.scenarios import Outcome, Scenario, kept_scenario
from labpy.scenarios.laws import plan_laws
from labpy.scenarios.overlay import Overlay
from labpy.state.ledger import plain, restored, revealed
from labpy.state.parts import PartState
from labpy.state.session import Session
from labpy.views.part import PartLayout
from labpy.words import Amount, Message, Value, amounts, msg, say

SEED = 20261123
STRIPS_KEPT = 16
RIGHT = 1.05  # a prediction off by less than that is right
SURENESS = {  # what is said of it, of a prediction that was off and of one that was right
    "guess": (msg("reveal-guess-off"), msg("reveal-guess-right")),
    "fairly": (msg("reveal-fairly-off"), msg("reveal-fairly-right")),
    "certain": (msg("reveal-certain-off"), msg("reveal-certain-right")),
}


class Workbench:
    """Draws one part and tells the page its facts whenever a knob changes.

    While a knob moves on the page, only what the reader has in view is brought up to date, from a
    sketch of the outcome where the scenario has one. The rest is done piece by piece when it rests.
    No fact is told before the prediction is locked. Under the 10-Iteration Rule the knobs make a
    draft: lights and figures show what was deployed last, at first the start.

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
        self._take_mission()
        self.instruments = {each.name: each for each in self.scenario.instruments()}
        self._unsure = False  # what is shown may meet a challenge that spare time has to tell
        self.attention = Attention()
        self._advice = Advice(self.mission, self.prepared.get)
        self._hinted = False  # the remedy at this setting was told
        self._strip_due = False
        self._strip = lru_cache(STRIPS_KEPT)(self._simulate_strip)
        self._moving = False
        self._undone: Iterator[None] | None = None
        self._look_ahead()
        self._drawn: dict[str, Any] = {}
        self._simulated: Mapping[str, Any] = {}
        self.layout = PartLayout(number_, self.state, self.instruments, session.theme)
        keys = [knob.key for knob in self.mission.knobs]
        self._watchers = [
            self.state.param.watch(self._knob_changed, keys),
            session.param.watch(self._recolor, "theme"),
        ]
        self._draw(self.instruments)

    def _take_mission(self) -> None:
        """Begin with the part's mission, whose limits are those in force in the ledger."""
        self.mission: Part = self.session.mission(self.number)
        self.scenario: Scenario = kept_scenario(self.mission)
        self.prepared = Prepared(self.scenario)
        self.outcome: Outcome = self.prepared.evaluate(self.shown)
        self._challenges = Challenges(self.mission, self.prepared.evaluate, self.prepared.get)

    def follow_limits(self) -> None:
        """Take up other limits, which another ledger may have brought."""
        if self.session.mission(self.number) is self.mission:
            return
        self._take_mission()
        self._strip = lru_cache(STRIPS_KEPT)(self._simulate_strip)
        self.__dict__.pop("_overlay", None)
        self._simulated, self._hinted, self._undone = {}, False, None
        self._look_ahead()
        self._draw(self.instruments)

    def _look_ahead(self, knob: Knob | None = None) -> None:
        """Name what spare time is to evaluate: likely steps, the draft, what may be a remedy."""
        draft = [self.state.settings()] if self.mission.iterations else []
        remedy = self._advice.look(self.outcome, self.shown)
        self._unsure = True
        also = chain(draft, remedy, self._beside_challenges(self.shown))
        self.prepared.look_ahead(self.shown, knob, also)

    def _beside_challenges(self, settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Name what the open challenges need to know, once spare time comes to it."""
        yield from self._challenges.wanted(settings, self._recorded_challenges())

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

    @property
    def shown(self) -> dict[str, Any]:
        """The settings that lights and figures show: the knobs', or those deployed last."""
        if self.mission.iterations:
            return deployments.shown_settings(self.session, self.number)
        return self.state.settings()

    def _knob_changed(self, *events: Any) -> None:
        if self.mission.iterations:
            self._look_ahead()
            self._tell(brief=True)
            return
        settings = self.state.settings()
        self._simulated = {}
        known = self.prepared.get(settings)
        sketched = self.scenario.sketch(settings) if self._moving and not known else None
        self.outcome = known or sketched or self.prepared.evaluate(settings)
        self._undone = self._refine(exact=sketched is None)
        self._hinted = False
        self._look_ahead(self.mission.knob(events[-1].name))
        if not self._moving:
            self.finish()
            return
        self._draw(filter(self.attention.sees, self.instruments))
        self._tell(brief=True)

    def _refine(self, exact: bool) -> Iterator[None]:
        """Do what a moving knob leaves undone, what the reader sees first; a yield after each."""
        if not exact:
            self.outcome = self.prepared.evaluate(self.shown)
        for name in sorted(self.instruments, key=self.attention.sees, reverse=True):
            yield
            self._draw([name])
        yield
        self._tell()

    def rest(self) -> bool:
        """Do one piece of what a moving knob left undone; True if there may be more to do.

        When all is done the strip of requests is simulated; then what is likely to be asked for
        next is evaluated in spare time.
        """
        if self._undone is None:
            if self._strip_due:
                self._tell_strip()
                return True
            more = self.prepared.prepare_one()
            self._tell_remedy()
            if not more and self._unsure and self.state.locked:
                self._unsure = False
                self._settled(self)
            return more
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
        self._simulated = self.scenario.simulate(self.shown, SEED)
        self._draw(self.instruments)
        self.tell()

    def show_step(self, name: str, index: int) -> None:
        """Show one frame of an instrument that steps through time."""
        self.instruments[name].show_step(index)
        if self._undone is None:
            self._tell(brief=True)  # its sentence and table are of the frame that is shown

    def tell(self) -> None:
        """Tell the page every fact of the part."""
        if self.mission.iterations:
            self._follow_deployments()
        if self._undone is None:
            self._tell()
        self.finish()

    def _follow_deployments(self) -> None:
        """Draw what was deployed last; another tab or a file may have brought it."""
        outcome = self.prepared.evaluate(self.shown)
        if outcome is not self.outcome:
            self.outcome, self._simulated, self._hinted = outcome, {}, False
            self._draw(self.instruments)
        self._look_ahead()

    def _tell(self, *, brief: bool = False) -> None:
        """Tell the facts; brief ones are those that the reader has in view."""
        if not self.state.locked:
            return
        settled = {}
        if not brief:
            settled["deployments"] = deployments.as_facts(self.session, self.number)
            settled["challenges"] = self.challenges_met()
        names: Iterable[str] = self.instruments
        if brief:
            names = () if self.mission.iterations else filter(self.attention.sees, names)
        self.page.tell(
            "facts",
            part=self.number,
            brief=brief,
            settings=self.state.settings(),
            knobs={knob.key: self._knob_facts(knob) for knob in self.mission.knobs},
            targets={target.key: self._target_facts(target) for target in self.mission.targets},
            failures=[
                {"key": f.key, "title": f.title, "message": f.message}
                for f in self.outcome.failures(self.mission)
            ],
            hint=say(self._hint(brief=brief)),
            instruments={name: self._instrument_facts(name, brief) for name in names},
            draft=self._draft_facts(),
            **settled,
        )
        if not brief:
            self._strip_due = True
            self._settled(self)

    def _tell_strip(self) -> None:
        """Tell what passes at the setting that is shown, as the seeded simulator has it."""
        self._strip_due = False
        settings = tuple(sorted(self.shown.items()))
        self.page.tell("flow", part=self.number, strip=self._strip(settings))

    def _simulate_strip(self, settings: tuple[tuple[str, Any], ...]) -> dict[str, Any] | None:
        picture = self.scenario.flow(dict(settings), SEED)
        return None if picture is None else flow_words.as_facts(picture)

    def _hint(self, *, brief: bool) -> Value:
        """Tell the gap, and the remedy too once it is found; "" where all is met."""
        told = None if brief and not self._hinted else self._advice.told()
        self._hinted = told is not None
        return gap(self.mission, self.outcome) if told is None else told

    def _tell_remedy(self) -> None:
        """Tell the remedy as soon as spare time has found it."""
        if self._hinted or not self.state.locked:
            return
        told = self._advice.told()
        if told is not None:
            self._hinted = True
            self.page.tell("hint", part=self.number, text=say(told))

    @property
    def passes(self) -> bool:
        """Tell whether every target is met under a locked prediction.

        Under the 10-Iteration Rule only what was deployed counts.
        """
        if self.mission.iterations:
            return deployments.passed(self.session, self.number)
        return self.state.locked and self.outcome.passes(self.mission)

    def challenges_met(self) -> dict[str, str]:
        """Give for each challenge that the ledger has what was felt, with the figures of then."""
        data = self._recorded_challenges()
        return {
            each.key: say(each.told({k: restored(v) for k, v in data[each.key]["metrics"].items()}))
            for each in self.mission.challenges
            if each.key in data and set(each.words) <= set(data[each.key]["metrics"])
        }

    def newly_met(self) -> list[dict[str, Any]]:
        """Give the data of each challenge that what is shown meets for the first time."""
        if not self.state.locked:
            return []
        met = self._challenges.met(self.shown, self.outcome, self._recorded_challenges())
        return [
            {
                "key": each.key,
                "settings": self.shown,
                "metrics": plain({metric: self.outcome.metrics[metric] for metric in each.words}),
            }
            for each in met
        ]

    def _recorded_challenges(self) -> dict[str, dict[str, Any]]:
        """Give the data of each challenge that the ledger has, by its key."""
        events = self.session.ledger.of(self.session.track, self.number)
        return {each.data["key"]: each.data for each in events if each.kind == "challenge"}

    def counted(self) -> dict[str, Any]:
        """Give the settings that count and their metrics, for the ledger."""
        deployed = deployments.counted(self.session, self.number)
        if self.mission.iterations and deployed:
            return {key: deployed[key] for key in ("settings", "metrics")}
        return {"settings": self.shown, "metrics": self._metrics(self.outcome)}

    def draft(self) -> dict[str, Any]:
        """Evaluate what the knobs make, as a deployment is recorded."""
        settings = self.state.settings()
        outcome = self.prepared.evaluate(settings)
        passed = outcome.passes(self.mission)
        return {"settings": settings, "metrics": self._metrics(outcome), "passed": passed}

    def _metrics(self, outcome: Outcome) -> dict[str, Any]:
        """Give the metrics of the targets and of the log."""
        wanted = [each.metric for each in (*self.mission.targets, *self.mission.log)]
        return plain({metric: outcome.metrics[metric] for metric in wanted})

    def _draft_facts(self) -> dict[str, str] | None:
        """Tell what is known of a draft before it runs, and what lights and figures show."""
        if not self.mission.iterations:
            return None
        rows = deployments.since_restart(self.session, self.number)
        number = rows[-1]["iteration"] if rows else 0
        shows = msg("draft-shows", number=number) if rows else msg("draft-shows-start")
        known = self.scenario.known(self.state.settings())
        return {"known": " ".join(say(each) for each in known), "shows": say(shows)}

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
            "sure": _sureness(prediction.get("confidence", ""), restored(facts["off_by"])),
            "why": prediction.get("why", ""),
            "early": (self.session.latest(self.number, "revealed") or {}).get("early", False),
            "picture": self._reveal_picture(prediction),
            "yours": self._yours(),
        }

    @cached_property
    def _overlay(self) -> Overlay | None:
        """The computed curve, which a reveal asks for whenever it is told."""
        return self.scenario.overlay()

    def _reveal_picture(self, prediction: Mapping[str, Any]) -> dict[str, Any]:
        if self._overlay is None:
            return {}
        return reveal_picture(
            self.mission, self._overlay, prediction["answer"], prediction["implies"]
        )

    def _yours(self) -> dict[str, Any]:
        """Tell the reader's own setting, the one that the lights show, and what they read."""
        targets, lights = self.mission.targets, self.outcome.lights(self.mission)
        return {
            "title": say(msg("reveal-yours")),
            "dials": [
                f"{knob.label}: {knob.shown(self.shown[knob.key])}" for knob in self.mission.knobs
            ],
            "lights": [
                say(
                    msg(
                        "reveal-light",
                        label=target.label,
                        value=self.outcome.reading(target),
                        limit=target.bound,
                        met="yes" if lights[target.key] else "no",
                    )
                )
                for target in targets
            ],
        }

    def _knob_facts(self, knob: Knob) -> dict[str, str]:
        value = getattr(self.state, knob.key)
        meaning = self.outcome.meanings.get(knob.key, "")
        if self.state.settings() != self.shown:  # what a draft comes to is not known yet
            meaning = ""
        return {"value": knob.shown(value), "meaning": say(meaning)}

    def _target_facts(self, target: Target) -> dict[str, str]:
        value = self.outcome.metrics[target.metric]
        return {
            "state": "pass" if target.passes(value) else "fail",
            "value": say(self.outcome.reading(target)),
        }

    def _instrument_facts(self, name: str, brief: bool) -> dict[str, Any]:
        instrument, picture = self.instruments[name], self._picture(name)
        facts = {
            "summary": say(instrument.sentence(picture)),
            "steps": instrument.steps(picture),
            "first": instrument.first_step(picture),
        }
        if not brief or self.attention.reads_table(name):
            facts["table"] = instrument.table(picture).as_facts()
        if not brief or self.attention.reads_math(name):
            formulas = instrument.formulas(picture)
            if name == self.mission.instruments[0]:  # derivations and laws stand once in a part
                derived = self.scenario.derived(self.shown, self.outcome)
                formulas = (*formulas, *derived, *plan_laws(self.outcome.metrics))
            trusted = (each.formula() for each in self.scenario.trusts.get(name, ()))
            facts["math"] = [formula.as_facts() for formula in (*formulas, *trusted)]
        return facts


def _sureness(confidence: str, off_by: float) -> str:
    """Set how sure the reader was beside how far off they were."""
    return say(SURENESS[confidence][off_by < RIGHT]) if confidence else ""


def _verdict(predicted: Amount, actual: Amount, off_by: float) -> Message:
    if off_by < RIGHT:
        return msg("reveal-right", predicted=predicted, actual=actual)
    if math.isinf(off_by):
        return msg("reveal-beyond", predicted=predicted, actual=actual)
    factor = amounts.factor(off_by)
    return msg("reveal-off", predicted=predicted, actual=actual, factor=factor)
