"""What a light goes with: the dials that move it, as the models say, and its lines in figures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from bokeh.models import GlyphRenderer, Model, Span

from labpy.missions import Part, Track, all_missions
from labpy.scenarios import scenario

PARTS = [
    pytest.param(track, part, id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]
SEEN = 0.01  # relative: a smaller change of a light is none
UNITS = (1.0, 1e3, 1e6, 1e-6, 1e-9, 2.0**-10, 2.0**-20)  # of axes, from SI


def turns(part: Part) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Turn each dial to its ends, or to each choice, from the part's three named settings."""
    start = part.start()
    for base in (start, {**start, **part.winning}, {**start, **part.tempting}):
        for knob in part.knobs:
            ends = (knob.low, knob.high) if knob.kind in ("int", "float") else knob.choices
            for value in ends or (True, False):
                if value != base[knob.key]:
                    yield knob.key, base, {**base, knob.key: value}


def differ(one: float, other: float) -> bool:
    if one == other or (math.isnan(one) and math.isnan(other)):
        return False
    if not (math.isfinite(one) and math.isfinite(other)):
        return True
    return abs(one - other) > SEEN * max(abs(one), abs(other))


@pytest.mark.parametrize(("track", "part"), PARTS)
def test_a_light_names_the_dials_that_move_it_and_no_others(track: Track, part: Part):
    made = scenario(part)
    moved: dict[str, set[str]] = {target.key: set() for target in part.targets}
    for key, before, after in turns(part):
        was, now = made.evaluate(before).metrics, made.evaluate(after).metrics
        for target in part.targets:
            if differ(was[target.metric], now[target.metric]):
                moved[target.key].add(key)
    declared = {target.key: set(target.moved_by) for target in part.targets}
    assert declared == moved, track.key


def marks(figure: Model, name: str) -> list[Model]:
    return list(figure.select({"name": name}))


@pytest.mark.parametrize(("track", "part"), PARTS)
def test_a_light_s_line_stands_at_its_limit(track: Track, part: Part):
    made = scenario(part)
    outcome = made.evaluate(part.start())
    figures = {each.name: each for each in made.instruments()}
    for target in part.targets:
        for mark in target.marks:
            instrument, name = mark.split(" ")
            assert instrument in part.instruments, (track.key, mark)
            figures[instrument].update(outcome.pictures[instrument])
            (found,) = marks(figures[instrument].figure, name)
            if not isinstance(found, Span):
                assert isinstance(found, GlyphRenderer), mark
                continue
            own = target.quantity not in ("share", "number")
            if own and name.endswith("limit"):
                near = [math.isclose(found.location, target.limit * unit) for unit in UNITS]
                assert any(near), (track.key, part.number, mark, found.location, target.limit)
