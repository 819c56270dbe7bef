"""RealityCheck: measured points over the model's curve, with their source and the error."""

from __future__ import annotations

from bokeh.models import ColumnDataSource, FixedTicker, Model

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MILLISECONDS
from labpy.instruments.figures.drawing import canvas, feed, hover, labels, paint
from labpy.instruments.figures.palette import LIGHT, Palette
from labpy.instruments.pictures.reality_check import MeasuredPace
from labpy.instruments.telling import reality_check as telling
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Message, amounts, msg, say


class RealityCheck(Instrument):
    """Clients along x (log), time per token along y."""

    name = "RealityCheck"
    title = msg("reality-title")

    def __init__(self, clients: tuple[int, ...], longest_s: float) -> None:
        """Draw the empty figure: `clients` are the ticks of x, `longest_s` the end of y."""
        self._longest_ms = 1e3 * longest_s
        self._figure = canvas(
            (clients[0] / 1.25, clients[-1] * 1.25), (0, self._longest_ms), min_height=200,
            x_axis_type="log", x_axis_label=say(msg("reality-axis-clients")),
            y_axis_label=say(MILLISECONDS.title(msg("reality-axis-pace"))),
        )  # fmt: skip
        self._figure.xaxis.ticker = FixedTicker(ticks=list(clients))
        self._figure.xaxis.major_label_overrides = {
            each: say(amounts.count(each)) for each in clients
        }
        self._curve = ColumnDataSource({"x": [], "y": []})
        self._line = self._figure.line("x", "y", source=self._curve, line_width=2.5, name="curve")
        self._points = ColumnDataSource({"x": [], "y": [], "model": []})
        self._marks = self._figure.scatter(
            "x", "y", source=self._points, marker="square", size=9, line_width=2
        )
        real, model = (
            say(msg("axis-hover", field=field, unit=MILLISECONDS.name))
            for field in ("@y{0.0}", "@model{0.0}")
        )
        said = [
            (say(msg("reality-column-clients")), "@x"),
            (say(msg("reality-column-measured")), real),
            (say(msg("reality-column-model")), model),
        ]
        hover(self._figure, self._marks, said)
        self._ends = ColumnDataSource({"x": [], "y": [], "text": []})
        self._label = labels(
            self._figure, self._ends, "along:curve", text_align="right", x_offset=-6, y_offset=6,
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
                "text": [say(msg("reality-curve"))] if last else [],
            },
        )

    def recolor(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        paint(self._figure, palette)
        self._line.glyph.line_color = palette.series[0]
        self._label.text_color = palette.series[0]
        self._marks.glyph.update(fill_color=palette.ground, line_color=palette.text)

    def sentence(self, picture: MeasuredPace) -> Message:
        """Say what was measured and how far off the model is."""
        return telling.sentence(picture)

    def table(self, picture: MeasuredPace) -> Table:
        """Give each point: measured, modelled, and the error."""
        return telling.table(picture)

    def formulas(self, picture: MeasuredPace) -> tuple[Formula, ...]:
        """Give the mean absolute error with today's numbers."""
        return telling.formulas(picture)
