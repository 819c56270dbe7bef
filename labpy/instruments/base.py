"""What every instrument gives: a Bokeh figure, a table, one sentence, and its formulas."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from bokeh.models import Model

from labpy.instruments.figures.palette import Palette
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Value


class Instrument(ABC):
    """A figure that is made once and then only fed: `update` changes its data sources.

    `picture` is the record that the instrument's own module defines.
    """

    name: ClassVar[str]
    title: ClassVar[Value]

    @property
    @abstractmethod
    def figure(self) -> Model:
        """The Bokeh model, made in the constructor."""

    @abstractmethod
    def update(self, picture: Any) -> None:
        """Show another picture by changing data sources and annotations in place."""

    @abstractmethod
    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""

    @abstractmethod
    def sentence(self, picture: Any) -> Value:
        """Say in one sentence what the figure shows."""

    @abstractmethod
    def table(self, picture: Any) -> Table:
        """Give the figure's data as a table."""

    def steps(self, picture: Any) -> int:  # noqa: ARG002
        """Give the number of frames that can be stepped through; 0 for a still picture."""
        return 0

    def first_step(self, picture: Any) -> int:  # noqa: ARG002
        """Give the frame that is shown first."""
        return 0

    def show_step(self, index: int) -> None:
        """Show one frame of the picture last given to `update`."""
        raise NotImplementedError(f"{self.name} is a still picture; it has no step {index}")

    def formulas(self, picture: Any) -> tuple[Formula, ...]:  # noqa: ARG002
        """Give the entries of the Math Peek, with the numbers of this picture put in."""
        return ()
