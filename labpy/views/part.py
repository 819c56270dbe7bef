"""A part as the page lays it out: one control for each knob, one figure for each instrument."""

from __future__ import annotations

from collections.abc import Mapping

from bokeh.models import Model

from labpy.instruments.base import Instrument
from labpy.instruments.figures.palette import palette_of
from labpy.state.parts import PartState
from labpy.views.knobs import Controls


class PartLayout(Controls):
    """The controls and figures of one part, each by the id of the element that takes it.

    Parameters
    ----------
    number : the part's number.
    state : what the controls are bound to.
    instruments : those of the part's scenario, by name.
    theme : the look, as `palette_of` takes it.
    """

    def __init__(
        self, number: int, state: PartState, instruments: Mapping[str, Instrument], theme: str
    ) -> None:
        super().__init__(number, state, theme)
        self._instruments = instruments
        self.recolor(theme)

    def figure_roots(self) -> dict[str, Model]:
        """Give the figures, keyed by the id of the element that takes each."""
        return {
            f"p{self._number}-instrument-{name}": instrument.figure
            for name, instrument in self._instruments.items()
        }

    def recolor(self, theme: str) -> None:
        """Give everything the colours of a theme."""
        for instrument in self._instruments.values():
            instrument.recolor(palette_of(theme))
        super().recolor(theme)
