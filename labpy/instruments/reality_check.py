"""RealityCheck: measured points over the model's curve, with their source and the error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from bokeh.models import ColumnDataSource, FixedTicker, Model

from labpy.instruments.base import Formula, Instrument, Table
from labpy.instruments.figures.drawing import canvas, feed, hover, labels, paint
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.telling import mathml as m
from labpy.instruments.units import percent, seconds


@dataclass(frozen=True, eq=False)
class MeasuredPace:
    """The picture: time per token over concurrency, measured and modelled.

    `concurrency`, `measured_s` and `predicted_s` are of shape (n,), where it was measured;
    `curve_concurrency` and `curve_s`, of shape (m,), are the model's curve between. `setting` says
    what was measured, `source` by whom, `note` what the points don't cover.
    """

    setting: str
    concurrency: np.ndarray
    measured_s: np.ndarray
    predicted_s: np.ndarray
    curve_concurrency: np.ndarray
    curve_s: np.ndarray
    source: str
    note: str = ""

    @property
    def mean_error(self) -> float:
        """Mean absolute error of the model, relative to what was measured; 0 without points."""
        if not self.concurrency.size:
            return 0.0
        return float(np.mean(np.abs(self.predicted_s / self.measured_s - 1)))


class RealityCheck(Instrument):
    """Clients along x (log), time per token along y."""

    name = "RealityCheck"
    title = "Reality check"

    def __init__(self, clients: tuple[int, ...], longest_s: float) -> None:
        """Draw the empty figure: `clients` are the ticks of x, `longest_s` the end of y."""
        self._longest_ms = 1e3 * longest_s
        self._figure = canvas(
            (clients[0] / 1.25, clients[-1] * 1.25), (0, self._longest_ms), min_height=260,
            x_axis_type="log", x_axis_label="Clients at once (log scale)",
            y_axis_label="Time per token (ms)",
        )  # fmt: skip
        self._figure.xaxis.ticker = FixedTicker(ticks=list(clients))
        self._figure.xaxis.major_label_overrides = {each: str(each) for each in clients}
        self._curve = ColumnDataSource({"x": [], "y": []})
        self._line = self._figure.line("x", "y", source=self._curve, line_width=2.5)
        self._points = ColumnDataSource({"x": [], "y": [], "model": []})
        self._marks = self._figure.scatter(
            "x", "y", source=self._points, marker="square", size=9, line_width=2
        )
        said = [("Clients", "@x"), ("Measured", "@y{0.0} ms"), ("Model", "@model{0.0} ms")]
        hover(self._figure, self._marks, said)
        self._ends = ColumnDataSource({"x": [], "y": [], "text": []})
        self._label = labels(
            self._figure, self._ends, text_align="right", x_offset=-6, y_offset=6,
            text_font_style="bold",
        )  # fmt: skip
        self.recolor(LIGHT)

    @property
    def figure(self) -> Model:
        """The Bokeh figure."""
        return self._figure

    def update(self, picture: MeasuredPace) -> None:
        """Show the points and the curve of this picture."""
        inside = picture.curve_s * 1e3 <= self._longest_ms
        x, y = picture.curve_concurrency[inside], 1e3 * picture.curve_s[inside]
        feed(self._curve, {"x": x, "y": y})
        feed(
            self._points,
            {
                "x": picture.concurrency,
                "y": 1e3 * picture.measured_s,
                "model": 1e3 * picture.predicted_s,
            },
        )
        last = x.size > 0
        feed(
            self._ends,
            {
                "x": [x[-1]] if last else [],
                "y": [y[-1]] if last else [],
                "text": ["model"] if last else [],
            },
        )

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        self._line.glyph.line_color = palette.series[0]
        self._label.text_color = palette.series[0]
        self._marks.glyph.update(fill_color=palette.ground, line_color=palette.text)

    def sentence(self, picture: MeasuredPace) -> str:
        """Say what was measured and how far off the model is."""
        said = (
            f"Measured on {picture.setting}: the model's time per token is off by "
            f"{percent(picture.mean_error)} in the mean over {picture.concurrency.size} points."
        )
        return f"{said} {picture.note}".strip()

    def table(self, picture: MeasuredPace) -> Table:
        """Give each point: measured, modelled, and the error."""
        rows = [
            (f"{int(n)}", seconds(real), seconds(told), percent(told / real - 1))
            for n, real, told in zip(
                picture.concurrency, picture.measured_s, picture.predicted_s, strict=True
            )
        ]
        return Table(
            f"Time per token, {picture.setting}. Source: {picture.source}",
            ("Clients", "Measured", "Model", "Error"),
            tuple(rows),
        )

    def formulas(self, picture: MeasuredPace) -> tuple[Formula, ...]:
        """Give the mean absolute error with today's numbers."""
        error = m.frac(m.row(m.text("model"), m.op("−"), m.text("measured")), m.text("measured"))
        return (
            Formula(
                "Mean absolute error of the model",
                m.math(m.frac(m.num("1"), m.ident("n")), m.op("∑"), m.op("|"), error, m.op("|")),
                f"over {picture.concurrency.size} points: {percent(picture.mean_error)}",
                picture.source,
            ),
        )
