"""LatencyWaterfall: what the time to the first token and the time per token are made of."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

from bokeh.models import Column, Model

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.axes import MILLISECONDS as AXIS
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.figures.waterfall_panel import WaterfallPanel
from labpy.instruments.quantities import MILLISECONDS
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import number, percent, seconds

NAMES = ("Queue", "Compute", "Memory", "Communication", "Bubbles", "Overhead")


@dataclass(frozen=True)
class Components:
    """Seconds of one latency by cause, in the order of `NAMES`; inf where overloaded."""

    queue_s: float
    compute_s: float
    memory_s: float
    communication_s: float
    bubble_s: float
    overhead_s: float

    @property
    def total_s(self) -> float:
        """The sum of the components."""
        return sum(astuple(self))

    @property
    def largest(self) -> tuple[str, float]:
        """Name and seconds of the component that costs most."""
        return max(zip(NAMES, astuple(self), strict=True), key=lambda pair: pair[1])


@dataclass(frozen=True)
class Waterfall:
    """The picture: both latencies now, their limits, and optionally another deployment's.

    `missing` says why there are no latencies, where the deployment cannot be made.
    """

    ttft: Components
    tpot: Components
    ttft_limit_s: float
    tpot_limit_s: float | None = None
    ghost_ttft: Components | None = None
    ghost_tpot: Components | None = None
    ghost_label: str = "start"
    missing: str = ""


@dataclass(frozen=True)
class LatencyWords:
    """What the two latencies are of; by default the two of a language model."""

    first: str = "Time to first token"
    first_short: str = "TTFT"
    first_takes: str = "The first token takes"
    first_never: str = "The first token never comes for some: the queue grows without end"
    second: str = "Time per output token"
    second_short: str = "TPOT"
    second_takes: str = "each further token takes"


TOKENS = LatencyWords()


class LatencyWaterfall(Instrument):
    """Two waterfalls, one above the other, each on its own scale of ms."""

    name = "LatencyWaterfall"
    title = "Where the latency goes"

    def __init__(
        self, ttft_axis_s: float, tpot_axis_s: float, words: LatencyWords = TOKENS
    ) -> None:
        """Draw the empty figure; the axes end at these seconds and stay there."""
        self._words = words
        self._ttft = WaterfallPanel(NAMES, AXIS, ttft_axis_s, words.first, words.first_short)
        self._tpot = WaterfallPanel(NAMES, AXIS, tpot_axis_s, words.second, words.second_short)
        self._figure = Column(
            self._ttft.figure, self._tpot.figure, sizing_mode="stretch_both", spacing=4
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
            panel.update(astuple(now), limit, ghosts, picture.ghost_label)

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._ttft.recolor(palette)
        self._tpot.recolor(palette)

    def sentence(self, picture: Waterfall) -> str:
        """Say both totals, the largest cause of each, and whether the limit holds."""
        if picture.missing:
            return picture.missing
        verdict = "within" if picture.ttft.total_s <= picture.ttft_limit_s else "beyond"
        if not math.isfinite(picture.ttft.total_s):
            first = self._words.first_never
        else:
            first = (
                f"{self._words.first_takes} {seconds(picture.ttft.total_s)}, {verdict} the limit "
                f"of {seconds(picture.ttft_limit_s)}, most of it {_cause(picture.ttft)}"
            )
        return (
            f"{first}; {self._words.second_takes} {seconds(picture.tpot.total_s)}, "
            f"most of it {_cause(picture.tpot)}."
        )

    def table(self, picture: Waterfall) -> Table:
        """Give each component of both latencies, and the other deployment's if there is one."""
        first, second = self._words.first_short, self._words.second_short
        columns = {first: picture.ttft, second: picture.tpot}
        if picture.ghost_ttft is not None:
            columns[f"{first}, {picture.ghost_label}"] = picture.ghost_ttft
        if picture.ghost_tpot is not None:
            columns[f"{second}, {picture.ghost_label}"] = picture.ghost_tpot
        cells = [(*astuple(each), each.total_s) for each in columns.values()]
        rows = tuple(
            (name, *(MILLISECONDS.write(column[i]) for column in cells))
            for i, name in enumerate((*NAMES, "Total"))
        )
        return Table("Latency by component", ("Component", *columns), rows)

    def formulas(self, picture: Waterfall) -> tuple[Formula, ...]:
        """Give the sum of each latency with today's numbers."""
        words = self._words
        return (
            _sum_formula(words.first_short, picture.ttft),
            _sum_formula(words.second_short, picture.tpot),
        )


def _cause(components: Components) -> str:
    name, value = components.largest
    total = components.total_s
    if not math.isfinite(total) or total <= 0:
        return name.lower()
    return f"{name.lower()} ({percent(value / total)})"


def _sum_formula(name: str, now: Components) -> Formula:
    terms = [m.sub(m.ident("t"), m.text(each.lower())) for each in NAMES]
    added = terms[0] + "".join(m.op("+") + term for term in terms[1:])
    return Formula(
        f"{name} by component",
        m.math(m.text(name), m.op("="), added),
        " + ".join(number(1e3 * v) for v in astuple(now)) + f" = {number(1e3 * now.total_s)} ms",
        "Pope et al., Efficiently Scaling Transformer Inference (2022), for compute, memory and "
        "communication; Huang et al., GPipe (2019), for the bubbles",
    )
