"""The colours of all parts' figures, held to the contrast of WCAG 2.2 AA in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bokeh.core.property.vectorization import Field, Value
from bokeh.models import GlyphRenderer, Image, Model, Span

from labpy.instruments.base import Instrument
from labpy.instruments.figures.palette import PALETTES, Palette
from labpy.missions import all_missions
from labpy.scenarios import scenario

TEXT = 4.5  # WCAG 2.2, 1.4.3
DRAWN = 3.0  # WCAG 2.2, 1.4.11
PARTS = [
    pytest.param(part, id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]


def channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))


def contrast(front: str, ground: str, alpha: float = 1.0) -> float:
    """Give the contrast of a colour laid over a ground, as WCAG defines it."""

    def luminance(color: tuple[float, ...]) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (each / 255 for each in color)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    over = [
        alpha * f + (1 - alpha) * g for f, g in zip(channels(front), channels(ground), strict=True)
    ]
    low, high = sorted((luminance(tuple(over)), luminance(channels(ground))))
    return (high + 0.05) / (low + 0.05)


def told(model: Model, name: str, data: dict[str, Any]) -> list[Any]:
    """Give every value that a property takes, a column's too."""
    value = getattr(model, name)
    if isinstance(value, Value):
        value = value.value
    if isinstance(value, Field):
        return list(data[value.field])
    return list(data[value]) if isinstance(value, str) and value in data else [value]


def texts(instrument: Instrument) -> Iterator[tuple[Model, str, float]]:
    """Every colour that words are written in, with its alpha."""
    for model in instrument.figure.references():
        data = model.source.data if hasattr(model, "source") else {}
        for name in (each for each in model.properties() if each.endswith("text_color")):
            if name == "text_color" and getattr(model, "text", None) == "":
                continue
            [alpha] = told(model, name.replace("color", "alpha"), data)
            for color in told(model, name, data):
                yield model, color, alpha


def faintest(glyph: Model, data: dict[str, Any], palette: Palette) -> float:
    """Give the better of the contrasts of a mark's line and fill."""
    found = [0.0]
    for name in ("line_color", "fill_color"):
        if name in glyph.properties():
            [alpha] = told(glyph, name.replace("color", "alpha"), data)
            colors = [c for c in told(glyph, name, data) if isinstance(c, str)]
            # What is empty has the grid's colour, and what is cut out of a mark the ground's.
            if set(colors) & {palette.grid, palette.ground}:
                return DRAWN
            found += [min(contrast(c, palette.ground, alpha) for c in colors)] if colors else []
    return max(found)


@pytest.mark.parametrize("part", PARTS)
def test_words_and_marks_stand_out_from_the_ground(part) -> None:
    made = scenario(part)
    pictures = made.evaluate(part.start()).pictures
    for instrument in made.instruments():
        instrument.update(pictures[instrument.name])
        for palette in PALETTES.values():
            instrument.recolor(palette)
            for model, color, alpha in texts(instrument):
                if color != palette.ground:  # words on a mark: the test below
                    assert contrast(color, palette.ground, alpha) >= TEXT, (model, color)
            for model in instrument.figure.references():
                if isinstance(model, GlyphRenderer) and not isinstance(model.glyph, Image):
                    faint = faintest(model.glyph, model.data_source.data, palette)
                    assert faint >= DRAWN, (instrument.name, model.glyph)
                if isinstance(model, Span):
                    line = contrast(model.line_color, palette.ground, model.line_alpha)
                    assert line >= DRAWN, (instrument.name, model)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_areas_and_the_words_on_them_stand_out(palette: Palette) -> None:
    """Cells of the heat map take their colours from a mapper; bars of a timeline carry numbers."""
    for fill in palette.fills:
        assert contrast(fill, palette.ground) >= DRAWN, fill
    assert contrast(palette.ground, palette.fills[1]) >= TEXT
