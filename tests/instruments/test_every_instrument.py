"""Laws that hold for each instrument, whatever it shows."""

import re
import subprocess
import sys
from dataclasses import fields
from xml.etree import ElementTree

import numpy as np
import pytest
from bokeh.models import (
    BoxAnnotation,
    ColumnDataSource,
    GlyphRenderer,
    Label,
    LabelSet,
    Plot,
    Span,
)
from bokeh.models.text import PlainText
from instrument_pictures import CASES

from labpy.instruments.figures.palette import DARK, LIGHT, Palette
from labpy.words import say

EVERY = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
NOT_FOR_PEOPLE = re.compile(r"\b(nan|inf|none|null)\b", re.IGNORECASE)


def models(instrument):
    return {model.id: model for model in instrument.figure.references()}


def of(instrument, kind):
    return [model for model in models(instrument).values() if isinstance(model, kind)]


def colors(palette: Palette):
    values = [getattr(palette, field.name) for field in fields(palette)]
    return {c for value in values for c in ((value,) if isinstance(value, str) else value)}


@EVERY
def test_updates_and_themes_keep_every_model(case):
    instrument = case.instrument()
    figure, before = instrument.figure, set(models(instrument))
    for picture in case.pictures:
        instrument.update(picture)
        instrument.recolor(DARK)
        assert instrument.figure is figure
        assert set(models(instrument)) == before


@EVERY
def test_axes_never_move(case):
    instrument = case.instrument()
    plots = of(instrument, Plot)

    def ends():
        return [(r.start, r.end) for p in plots for r in (p.x_range, p.y_range)]

    before = ends()
    for picture in case.pictures:
        instrument.update(picture)
        assert ends() == before


@EVERY
def test_nothing_is_drawn_at_infinity(case):
    instrument = case.instrument()
    for picture in case.pictures:
        instrument.update(picture)
        for source in of(instrument, ColumnDataSource):
            for name, column in source.data.items():
                values = np.asarray(column)
                if values.dtype.kind == "f" and name != "ms":  # `ms` is told, not drawn
                    assert np.isfinite(values).all(), (source, name)


@EVERY
def test_columns_of_a_source_are_equally_long(case):
    instrument = case.instrument()
    for picture in case.pictures:
        instrument.update(picture)
        for source in of(instrument, ColumnDataSource):
            assert len({len(column) for column in source.data.values()}) <= 1


@EVERY
def test_no_model_carries_code(case):
    instrument = case.instrument()
    instrument.update(case.usual)
    names = {type(model).__name__ for model in models(instrument).values()}
    assert not {name for name in names if name.startswith(("CustomJS", "Func"))}


@EVERY
def test_words_are_for_people(case):
    instrument = case.instrument()
    for picture in case.pictures:
        instrument.update(picture)
        table = instrument.table(picture)
        said = [instrument.sentence(picture), table.caption, *table.columns]
        said += [cell for row in table.rows for cell in row]
        said += [formula.numbers for formula in instrument.formulas(picture)]
        said += [label.text for label in of(instrument, Label) if isinstance(label.text, str)]
        said += [
            label.text.text for label in of(instrument, Label) if isinstance(label.text, PlainText)
        ]
        for source in of(instrument, ColumnDataSource):
            for column in source.data.values():
                said += [each for each in column if isinstance(each, str)]
        for words in map(say, said):
            assert not NOT_FOR_PEOPLE.search(words), words


@EVERY
def test_sentence_is_one_sentence(case):
    instrument = case.instrument()
    for picture in case.pictures:
        instrument.update(picture)
        sentence = say(instrument.sentence(picture))
        assert sentence[0].isupper()
        assert re.fullmatch(r"(?:[^.]|\.(?=\d))*\.", sentence), sentence


@EVERY
def test_rows_are_as_wide_as_the_columns(case):
    instrument = case.instrument()
    for picture in case.pictures:
        instrument.update(picture)
        table = instrument.table(picture)
        assert {len(row) for row in table.rows} <= {len(table.columns)}


@EVERY
def test_formulas_are_well_formed_and_have_a_source(case):
    instrument = case.instrument()
    instrument.update(case.usual)
    formulas = instrument.formulas(case.usual)
    assert formulas
    for formula in formulas:
        assert ElementTree.fromstring(formula.mathml).tag == "math"
        assert re.search(r"\d", say(formula.numbers))
        assert len(say(formula.source)) > 5


@EVERY
def test_dark_theme_leaves_no_light_colour_behind(case):
    instrument = case.instrument()
    instrument.update(case.usual)
    instrument.recolor(DARK)
    left = colors(LIGHT) - colors(DARK)
    drawn = "".join(str(m.properties_with_values()) for m in models(instrument).values())
    assert not {color for color in left if color in drawn}


@EVERY
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_mark_takes_its_colour_from_the_palette(case, palette):
    instrument = case.instrument()
    instrument.update(case.usual)
    instrument.recolor(palette)
    marks = [r.glyph for r in of(instrument, GlyphRenderer)]
    marks += of(instrument, (BoxAnnotation, Span, Label, LabelSet))
    for mark in marks:
        for part in ("fill", "line", "text"):
            color = getattr(mark, f"{part}_color", None)
            seen = getattr(mark, f"{part}_alpha", 0) != 0
            if seen and isinstance(color, str):
                assert color in colors(palette) or color == "color", (mark, part, color)


@EVERY
def test_a_theme_outlives_the_next_update(case):
    instrument = case.instrument()
    instrument.recolor(DARK)
    instrument.update(case.usual)
    after_update = {i: str(m.properties_with_values()) for i, m in models(instrument).items()}
    instrument.recolor(DARK)
    again = {i: str(m.properties_with_values()) for i, m in models(instrument).items()}
    assert after_update == again


@EVERY
def test_the_lowest_axis_has_a_title(case):
    figure = case.instrument().figure
    lowest = figure if isinstance(figure, Plot) else figure.children[-1]
    axis = lowest.xaxis[0]
    # Where a title would take too much room, the figure's own names the unit, or each tick does.
    in_ticks = any(not text.strip("0.,") for text in axis.major_label_overrides.values())
    units = [text for text in axis.major_label_overrides.values() if text.split()[1:]]
    assert axis.axis_label or lowest.title.text.endswith(")") or (in_ticks and units)


@EVERY
def test_some_mark_is_drawn(case):
    instrument = case.instrument()
    instrument.update(case.usual)
    drawn = [
        r for r in of(instrument, GlyphRenderer) if len(next(iter(r.data_source.data.values())))
    ]
    assert drawn


def test_names_are_the_classes():
    for name, case in CASES.items():
        instrument = case.instrument()
        assert name == instrument.name == type(instrument).__name__
        assert instrument.title


def test_instruments_need_no_panel_param_or_browser():
    modules = {type(case.instrument()).__module__ for case in CASES.values()}
    code = f"import sys, {', '.join(sorted(modules))}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"panel", "param", "js", "pyodide", "pandas", "scipy"} & set(loaded)
