"""The state of one part: its knobs, declared as params from the mission's TOML.

Bounds, units, labels and documentation live on the parameters, so whatever looks at the state
(a slider, a link, a test) finds them in one place.
"""

from __future__ import annotations

from typing import Any, ClassVar

import param

from labpy.missions import Knob, Part


class PartState(param.Parameterized):
    """What is common to all parts; `part_state_class` adds one parameter for each knob."""

    mission: ClassVar[Part]

    prediction = param.String(default="", doc="The locked answer; empty while the lock is open")
    revealed = param.Boolean(default=False, doc="The student has seen how far off they were")
    reflection = param.String(default="", doc="The reflection as typed")

    @property
    def locked(self) -> bool:
        """Tell whether the prediction is committed, so the workbench may be used."""
        return bool(self.prediction)

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs of the mission, in its order."""
        return self.mission.knobs

    def settings(self) -> dict[str, Any]:
        """Give the present value of every knob, keyed by the knob's name."""
        return {knob.key: getattr(self, knob.key) for knob in self.knobs}

    def apply(self, settings: dict[str, Any]) -> None:
        """Set several knobs at once; an unknown one or a value out of bounds raises ValueError."""
        if unknown := sorted(set(settings) - {knob.key for knob in self.knobs}):
            raise ValueError(f"no knob {unknown[0]!r}; knobs: {', '.join(self.settings())}")
        self.param.update(**settings)

    def reset(self, key: str) -> None:
        """Put one knob back to where the mission starts it."""
        self.apply({key: self.mission.knob(key).start})


def knob_parameter(knob: Knob) -> param.Parameter:
    """Declare the parameter of a knob."""
    common = {"default": knob.start, "doc": knob.doc, "label": knob.label}
    if knob.kind == "switch":
        return param.Boolean(**common)
    if knob.kind == "choice":
        return param.Selector(objects=dict(zip(knob.labels(), knob.choices, strict=True)), **common)
    bounds = {"bounds": (knob.low, knob.high), "step": knob.step}
    if knob.kind == "int":
        bounds = {"bounds": (int(knob.low), int(knob.high)), "step": int(knob.step)}
        return param.Integer(**common, **bounds)
    return param.Number(**common, **bounds)


def part_state_class(mission: Part) -> type[PartState]:
    """Make the state class of a part: `PartState` with one parameter for each knob."""
    parameters = {knob.key: knob_parameter(knob) for knob in mission.knobs}
    name = f"{mission.scenario.title().replace('_', '')}State"
    return type(name, (PartState,), {"mission": mission, **parameters})
