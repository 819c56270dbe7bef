"""LatencyWaterfall: what the time to the first token and the time per token are made of."""

from __future__ import annotations

from dataclasses import astuple

from bokeh.models import Column, Model

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MILLISECONDS
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.figures.waterfall_panel import WaterfallPanel
from labpy.instruments.pictures.latency_waterfall import Waterfall
from labpy.instruments.telling import latency_waterfall as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.instruments.telling.latency_waterfall import TOKENS, LatencyWords
from labpy.words import Value, msg


class LatencyWaterfall(Instrument):
    """Two waterfalls, one above the other, each on its own scale of ms."""

    name = "LatencyWaterfall"
    title = msg("waterfall-title")

    def __init__(
        self, ttft_axis_s: float, tpot_axis_s: float, words: LatencyWords = TOKENS
    ) -> None:
        """Draw the empty figure; the axes end at these seconds and stay there."""
        self._words = words
        names = tuple(telling.NAMES.values())
        self._ttft = WaterfallPanel(
            names, MILLISECONDS, ttft_axis_s, words.first, None, "first-limit"
        )
        self._tpot = WaterfallPanel(
            names, MILLISECONDS, tpot_axis_s, words.second, None, "second-limit"
        )
        self._figure = Column(
            self._ttft.figure, self._tpot.figure, sizing_mode="stretch_both", spacing=2
        )
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh layout of both panels."""
        return self._figure

    def update(self, picture: Waterfall) -> None:
        """Move the bars, the limits and the ghosts to this picture."""
        pairs = (
            (self._ttft, picture.ttft, picture.ttft_limit_s, picture.ghost_ttft),
            (self._tpot, picture.tpot, picture.tpot_limit_s, picture.ghost_tpot),
        )
        for panel, now, limit, ghost in pairs:
            ghosts = None if ghost is None else astuple(ghost)
            instead = telling.NOT_MADE if picture.missing else ""
            panel.update(astuple(now), limit, ghosts, picture.ghost_label, instead=instead)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._ttft.recolor(palette)
        self._tpot.recolor(palette)

    def sentence(self, picture: Waterfall) -> Value:
        """Say both totals, the largest cause of each, and whether the limit holds."""
        return telling.sentence(picture, self._words)

    def table(self, picture: Waterfall) -> Table:
        """Give each component of both latencies, and the other deployment's if there is one."""
        return telling.table(picture, self._words)

    def formulas(self, picture: Waterfall) -> tuple[Formula, ...]:
        """Give the sum of each latency with today's numbers."""
        return telling.formulas(picture, self._words)
