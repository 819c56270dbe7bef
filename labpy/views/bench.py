"""The open bench as the page lays it out: the controls of one fleet, and the figures."""

from __future__ import annotations

from collections.abc import Mapping

from bokeh.models import Model

from labpy.state.parts import PartState
from labpy.views.knobs import Controls


class BenchLayout(Controls):
    """Controls and figures, each by the id of the element that takes it."""

    def __init__(
        self, number: int, state: PartState, figures: Mapping[str, Model], theme: str
    ) -> None:
        super().__init__(number, state, theme)
        self._figures = figures

    def figure_roots(self) -> dict[str, Model]:
        """Give the figures."""
        return {f"p{self._number}-figure-{name}": each for name, each in self._figures.items()}
