import math
import re
from dataclasses import astuple, replace

import pytest
from bokeh.models import BoxAnnotation, HBar, Label, Scatter
from instrument_pictures import CASES, WATERFALL

from labpy.instruments.figures.axes import MILLISECONDS
from labpy.instruments.figures.waterfall_panel import WaterfallPanel
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.cost_per_user import UserCost
from labpy.instruments.telling.latency_waterfall import NAMES
from labpy.words import say


def panel(highest=0.1):
    return WaterfallPanel(("a", "b", "c"), MILLISECONDS, highest, "title", "Time")


def bars(each):
    """Left and right ends of the bars, the total last."""
    found = [r for r in each.figure.renderers if isinstance(r.glyph, HBar)]
    data = found[1].data_source.data
    return list(zip(data["left"], data["right"], strict=True)), data


def test_each_part_begins_where_the_one_before_ended_and_the_total_spans_all():
    each = panel()
    each.update((0.01, 0.02, 0.03))
    spans, _ = bars(each)
    assert spans == [
        pytest.approx(span) for span in ((0, 10), (10, 30), (30, 60), (0, 60))
    ]  # fmt: skip


def test_parts_differ_by_hatch():
    each = panel()
    each.update((0.01, 0.02, 0.03))
    _, data = bars(each)
    assert len(set(data["hatch"][:-1])) == 3


def test_what_is_longer_than_the_axis_ends_there_in_an_arrow():
    each = panel(highest=0.05)
    each.update((0.01, math.inf, 0.03))
    spans, data = bars(each)
    assert max(right for _, right in spans) == 50
    assert data["value"] == ["10.0 ms", "without end", "30.0 ms", "without end"]
    arrows = next(r for r in each.figure.renderers if isinstance(r.glyph, Scatter))
    assert len(arrows.data_source.data["x"]) == 3  # the part, what follows it, and the total


def test_total_beyond_the_limit_is_hatched_and_within_it_is_not():
    each = panel()
    each.update((0.01, 0.02, 0.03), limit=0.06)
    assert bars(each)[1]["hatch"][-1] == "blank"
    each.update((0.01, 0.02, 0.031), limit=0.06)
    assert bars(each)[1]["hatch"][-1] == "cross"
    box = next(m for m in each.figure.references() if isinstance(m, BoxAnnotation))
    assert box.left == pytest.approx(60)


def test_no_limit_takes_the_line_and_its_label_away():
    each = panel()
    each.update((0.01, 0.02, 0.03), limit=0.06)
    each.update((0.01, 0.02, 0.03))
    box = next(m for m in each.figure.references() if isinstance(m, BoxAnnotation))
    assert box.left > 100
    assert not any("limit" in m.text for m in each.figure.select({"type": Label}))


@pytest.mark.parametrize("parts", [(0.01,), (0.01,) * 4])
def test_wrong_number_of_parts_is_refused(parts):
    with pytest.raises(ValueError, match="values and ghosts must have 3 parts"):
        panel().update(parts)


def test_waterfall_table_has_the_numbers_of_the_picture():
    table = CASES["LatencyWaterfall"].instrument().table(WATERFALL).as_facts()
    assert [row[0] for row in table["rows"]] == [*map(say, NAMES.values()), "Total"]
    ttft = [float(row[1].removesuffix(" ms")) for row in table["rows"]]
    assert ttft[:-1] == pytest.approx([1e3 * v for v in astuple(WATERFALL.ttft)])
    assert ttft[-1] == pytest.approx(1e3 * WATERFALL.ttft.total_s)
    assert table["columns"] == ["Component", "TTFT", "TPOT", "TTFT, start", "TPOT, start"]


def test_waterfall_sentence_names_the_largest_cause_and_the_verdict():
    instrument = CASES["LatencyWaterfall"].instrument()
    said = say(instrument.sentence(WATERFALL))
    assert "37.0 ms, within the limit of 50 ms, most of it compute (59%)" in said
    tight = replace(WATERFALL, ttft_limit_s=0.03)
    assert "beyond the limit of 30 ms" in say(instrument.sentence(tight))


def test_waterfall_says_overload():
    case = CASES["LatencyWaterfall"]
    assert "queue grows without end" in say(case.instrument().sentence(case.overloaded))


def test_budget_says_what_is_left_or_over():
    instrument = CASES["BudgetBars"].instrument()
    within = Budget((100 * 1024.0, 60 * 1024.0), 256 * 1024.0)
    assert "160 KiB, 96.0 KiB less than the limit of 256 KiB" in say(instrument.sentence(within))
    over = Budget((200 * 1024.0, 66 * 1024.0), 256 * 1024.0)
    assert "266 KiB, 10.0 KiB over the limit of 256 KiB" in say(instrument.sentence(over))
    assert instrument.table(over).as_facts()["rows"][-1] == ["Total", "266 KiB", "104%"]


def test_cost_is_halved_only_if_p99_held():
    instrument = CASES["CostPerUser"].instrument()
    half = UserCost((1.0, 2.0), (0.8, 0.7))
    assert "meets the CFO's $1.50." in say(instrument.sentence(half))
    assert "since P99 got worse" in say(instrument.sentence(replace(half, p99_held=False)))
    dear = UserCost((1.0, 2.0), (0.8, 0.8))
    assert "misses the CFO's $1.50 by $0.10." in say(instrument.sentence(dear))
    assert instrument.table(dear).as_facts()["rows"][-1] == ["CFO's 50%", "–", "$1.50"]


def test_limit_of_the_cost_is_half_the_start():
    instrument = CASES["CostPerUser"].instrument()
    instrument.update(UserCost((1.0, 2.0), (0.8, 0.7)))
    box = next(m for m in instrument.figure.references() if isinstance(m, BoxAnnotation))
    assert box.left == pytest.approx(1.5)
    texts = [m.text for m in instrument.figure.select({"type": Label})]
    assert any(re.fullmatch(r"CFO's 50% \$1\.50", text) for text in texts)


def test_a_deployment_that_cannot_be_made_is_said_and_draws_no_bars():
    instrument = CASES["LatencyWaterfall"].instrument()
    zero = replace(WATERFALL.ttft, **dict.fromkeys(vars(WATERFALL.ttft), 0.0))
    picture = replace(WATERFALL, ttft=zero, tpot=zero, missing="Sixteen GPUs, and eight are there.")
    instrument.update(picture)
    assert say(instrument.sentence(picture)) == "Sixteen GPUs, and eight are there."


def test_a_budget_used_up_is_said_without_a_rest_of_rounding():
    instrument = CASES["BudgetBars"].instrument()
    picture = Budget(tuple(0.1 for _ in range(10)), 1.0 + 1e-9)
    said = say(instrument.sentence(replace(picture, parts=CASES["BudgetBars"].usual.parts)))
    assert "all of the limit" not in said
    usual = CASES["BudgetBars"].usual
    full = replace(usual, limit=usual.total * (1 + 1e-9))
    assert "all of the limit" in say(instrument.sentence(full))


def test_a_budget_that_is_just_over_is_never_said_to_be_all_of_its_limit():
    usual = CASES["BudgetBars"].usual
    over = replace(usual, limit=usual.total * (1 - 1e-5))
    said = say(CASES["BudgetBars"].instrument().sentence(over))
    assert " over the limit" in said
    assert CASES["BudgetBars"].instrument().table(over).as_facts()["rows"][-1][2] == "100.001%"
