"""A part on the page: its widgets and figures, kept in step with its state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bokeh.models import Model
from panel.viewable import Viewable

from labpy.browser.page import Page
from labpy.instruments.base import Formula, Instrument
from labpy.instruments.palette import PALETTES
from labpy.instruments.units import number
from labpy.missions import Knob, MissionError, Target
from labpy.scenarios import Outcome, Scenario
from labpy.scenarios import scenario as make_scenario
from labpy.scenarios.laws import plan_laws
from labpy.state.ledger import plain, revealed
from labpy.state.parts import PartState
from labpy.state.session import Session
from labpy.views import deployments
from labpy.views.knobs import knob_widget, recolor

SEED = 20261123


class PartView:
    """Draws one part and tells the page its facts whenever a knob changes."""

    def __init__(self, session: Session, number_: int, page: Page) -> None:
        self.session = session
        self.number = number_
        self.page = page
        self.state: PartState = session.part(number_)
        self.mission = self.state.mission
        self.scenario: Scenario = make_scenario(self.mission)
        self.instruments = {each.name: each for each in self.scenario.instruments()}
        self.outcome: Outcome = self.scenario.evaluate(self.state.settings())
        self._simulated: Mapping[str, Any] = {}
        self._widgets = {
            knob.key: knob_widget(self.state, knob, session.theme) for knob in self.mission.knobs
        }
        keys = [knob.key for knob in self.mission.knobs]
        self._watchers = [
            self.state.param.watch(self._knob_changed, keys),
            session.param.watch(self._recolor, "theme"),
        ]
        self._recolor()
        self._draw()

    def knob_roots(self) -> dict[str, Viewable]:
        """Give the controls, keyed by the id of the element that takes each."""
        return {f"p{self.number}-knob-{key}": each for key, each in self._widgets.items()}

    def figure_roots(self) -> dict[str, Model]:
        """Give the figures, keyed by the id of the element that takes each."""
        return {
            f"p{self.number}-instrument-{name}": instrument.figure
            for name, instrument in self.instruments.items()
        }

    def close(self) -> None:
        """Stop following the state."""
        for owner, watcher in zip((self.state, self.session), self._watchers, strict=True):
            owner.param.unwatch(watcher)

    def _knob_changed(self, *_events: Any) -> None:
        self.outcome = self.scenario.evaluate(self.state.settings())
        self._simulated = {}
        self._draw()
        self.tell()

    def _recolor(self, *_events: Any) -> None:
        for instrument in self.instruments.values():
            instrument.recolor(PALETTES[self.session.theme])
        for widget in self._widgets.values():
            recolor(widget, self.session.theme)

    def _draw(self) -> None:
        for name, instrument in self.instruments.items():
            instrument.update(self._picture(name))

    def _picture(self, name: str) -> Any:
        return self._simulated.get(name, self.outcome.pictures[name])

    def simulate(self) -> None:
        """Run the seeded simulation at the present settings and draw its dots."""
        self._simulated = self.scenario.simulate(self.state.settings(), SEED)
        self._draw()
        self.tell()

    def show_step(self, name: str, index: int) -> None:
        """Show one frame of an instrument that steps through time."""
        self.instruments[name].show_step(index)

    def tell(self) -> None:
        """Tell the page every fact of the part."""
        self.page.tell(
            "facts",
            part=self.number,
            settings=self.state.settings(),
            knobs={knob.key: self._knob_facts(knob) for knob in self.mission.knobs},
            targets={target.key: self._target_facts(target) for target in self.mission.targets},
            failures=[
                {"key": f.key, "title": f.title, "message": f.message, "remedy": f.remedy}
                for f in self.outcome.failures(self.mission)
            ],
            instruments={name: self._instrument_facts(name) for name in self.instruments},
            passed=self.passes,
            deployments=deployments.as_facts(self.session, self.number),
        )

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
            raise MissionError("predict first: the reveal needs a prediction")
        return {
            **revealed(prediction["implies"], truth.value),
            "sentence": truth.sentence,
            "label": lock.quantity_label,
            "unit": lock.unit,
        }

    def _knob_facts(self, knob: Knob) -> dict[str, str]:
        value = getattr(self.state, knob.key)
        return {"value": knob.shown(value), "meaning": self.outcome.meanings.get(knob.key, "")}

    def _target_facts(self, target: Target) -> dict[str, str]:
        value = self.outcome.metrics[target.metric]
        return {
            "state": "pass" if target.passes(value) else "fail",
            "value": number(value * target.shown_factor, target.digits),
        }

    def _formulas(self, instrument: Instrument, picture: Any) -> tuple[Formula, ...]:
        return (*instrument.formulas(picture), *plan_laws(self.outcome.metrics))

    def _instrument_facts(self, name: str) -> dict[str, Any]:
        instrument, picture = self.instruments[name], self._picture(name)
        return {
            "summary": instrument.sentence(picture),
            "table": instrument.table(picture).as_facts(),
            "steps": instrument.steps(picture),
            "math": [formula.as_facts() for formula in self._formulas(instrument, picture)],
        }
