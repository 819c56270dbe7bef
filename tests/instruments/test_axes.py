"""An axis is drawn in one unit, and what is written beside it is an amount as anywhere else."""

import pytest
from bokeh.models import LogAxis

from labpy.instruments.figures import axes
from labpy.instruments.figures.drawing import log_ticks
from labpy.words import amounts, msg, say


def units() -> list[axes.AxisUnit]:
    found = [each for each in vars(axes).values() if isinstance(each, axes.AxisUnit)]
    return [*found, *axes.RATES.values()]


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.name.key)
def test_the_name_of_a_unit_is_the_one_its_amounts_are_written_in(unit):
    scales = amounts.KINDS[unit.kind].scales
    scale = next(each for each in scales if each.factor == pytest.approx(unit.factor))
    written = say(msg(scale.unit, number="7"))
    assert written.replace("7", "").strip() == say(unit.name)


def test_a_title_has_the_unit_in_it():
    assert say(axes.MEGABYTES.title("Sent")) == "Sent (MB)"
    assert axes.MEGABYTES.shown(2e6) == pytest.approx(2)


def test_ticks_of_a_log_axis_are_short():
    axis = LogAxis()
    log_ticks(axis, (0.1, 1e9), (1, 2))
    written = [axis.major_label_overrides[t] for t in (0.1, 20.0, 2000.0, 1e6, 1e9)]
    assert written == ["0.1", "20", "2k", "1M", "1G"]
