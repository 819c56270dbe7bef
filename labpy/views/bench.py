"""The open bench as the page lays it out: the controls of one fleet, and the figures."""

from __future__ import annotations

from collections.abc import Mapping

from bokeh.models import Model
from panel.viewable import Viewable

from labpy.state.parts import PartState
from labpy.views.knobs import knob_widget, recolor


class BenchLayout:
    """Controls and figures, each by the id of the element that takes it."""

    def __init__(
        self, number: int, state: PartState, figures: Mapping[str, Model], theme: str
    ) -> None:
        self._number, self._figures = number, figures
        self._widgets = {knob.key: knob_widget(state, knob, theme) for knob in state.knobs}

    def knob_roots(self) -> dict[str, Viewable]:
        """Give the controls."""
        return {f"p{self._number}-knob-{key}": each for key, each in self._widgets.items()}

    def figure_roots(self) -> dict[str, Model]:
        """Give the figures."""
        return {f"p{self._number}-figure-{name}": each for name, each in self._figures.items()}

    def recolor(self, theme: str) -> None:
        """Give the controls the colours of a theme."""
        for widget in self._widgets.values():
            recolor(widget, theme)
