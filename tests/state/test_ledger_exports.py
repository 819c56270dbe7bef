import csv
import html
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ledger_samples import note, predict, time
from markdown_it import MarkdownIt
from mission_samples import MISSIONS

from labpy.missions import all_missions
from labpy.state.ledger import print_view, to_csv, to_markdown
from labpy.state.ledger.markdown import escape_block, escape_line
from labpy.state.ledger.table import COLUMNS, safe_cell
from labpy.state.ledger.text import readable_lines

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = (
    "<script>alert(1)</script> & <b>\n"
    "# heading\n1. one\n2) two\n- a\n+ b\n* c\n> quote\n===\n---\n"
    "\n    indented code\n\n```\nfence\n```\n~~~\n"
    "![x](javascript:alert(1)) [y]: http://z [z] <http://a.b> `code` **bold** _em_ ~~gone~~\n"
    "| a | b |\n|---|---|\n{{ site }} {% raw %} $x$ @me : definition\n: definition\n"
    "&amp; &#60; \\ end\\\n\n=1+1"
)


def rendered(markdown):
    """The tags of the Markdown as HTML, and its text."""
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    tags = set(re.findall(r"</?([a-z0-9]+)", page))
    return tags, " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def as_words(text):
    return " ".join(" ".join(readable_lines(text)).split())


@pytest.fixture
def hostile(full):
    ledger = note(full, HOSTILE, minute=11)
    return predict(ledger, 2, 12, answer="<i>|=x", implies=-1e-7)


def test_markdown_is_as_the_golden_file_has_it(hostile):
    assert to_markdown(hostile, MISSIONS) == (GOLDEN / "ledger.md").read_text("utf-8")


def test_csv_is_as_the_golden_file_has_it(hostile):
    assert to_csv(hostile, MISSIONS).encode() == (GOLDEN / "ledger.csv").read_bytes()


def test_markdown_of_a_hostile_ledger_has_only_the_exports_own_tags(hostile):
    tags, text = rendered(to_markdown(hostile, MISSIONS))
    assert tags <= {"h1", "h2", "h3", "ul", "li", "strong", "p", "blockquote", "br"}
    assert as_words(HOSTILE) in text


@given(st.text())
@example(HOSTILE)
@example("\ta\n \t- b")
@example("1) x")
def test_escaped_text_renders_as_it_was_typed(text):
    for lead, escaped in (("", escape_block(text)), ("x", "- x " + escape_line(text))):
        tags, shown = rendered(escaped)
        assert tags <= {"p", "br", "ul", "li"}
        assert shown.removeprefix(lead).strip() == as_words(text)


def test_lines_stay_lines():
    tags, _ = rendered(escape_block("one\ntwo"))
    assert tags == {"p", "br"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200) | st.text("=+-@ \t\r\n1,\"'", max_size=8))
def test_no_cell_of_the_csv_is_a_formula(predicted, text):
    ledger = note(predicted, text)
    table = list(csv.reader(io.StringIO(to_csv(ledger, MISSIONS), newline="")))
    assert [len(row) for row in table] == [len(COLUMNS)] * 4
    for cell in (cell for row in table for cell in row):
        assert not re.match(r"\s*[=+@-]", cell) or re.fullmatch(
            r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?", cell
        )
    cell = table[1][COLUMNS.index("reflection")]
    assert (
        cell.removeprefix("'").split() == "\n".join(readable_lines(text)).removeprefix("'").split()
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("-5", "-5"),
        ("+1.5e-3", "+1.5e-3"),
        (-5, "-5"),
        (-1e-7, "-1e-07"),
        (0.1, "0.1"),
        (True, "true"),
        (None, ""),
        (float("inf"), "infinite"),
        (float("-inf"), "'-infinite"),
        (float("nan"), ""),
        ("a - b", "a - b"),
        ("nul\x00", "nul\ufffd"),
    ],
)
def test_cells_are_guarded_and_numbers_stay(value, cell):
    assert safe_cell(value) == cell


def test_the_print_view_is_plain_text_as_typed(hostile):
    sections = print_view(hostile, MISSIONS)
    assert [(each.level, each.heading) for each in sections] == [
        (1, "Ledger of the Fleet Serving Lab"),
        (2, "Cloud Titan"),
        (3, "Part 1: The Throughput Knee"),
        (3, "Part 2: The Memory Wall"),
        (2, "Edge Guardian"),
    ]
    rows = dict(sections[2].rows)
    assert rows["Reflection"] == HOSTILE
    assert rows["Prediction"] == "Linearly (2×)"
    assert rows["Off by"] == "2.8 times"
    assert rows["Missing"] == "—"
    assert rows["Final settings"].startswith("Arrival rate 20.5 requests/s; Replicas 2 × 4; ")
    assert "a defence of at least 40 characters" in dict(sections[3].rows)["Missing"]
    assert dict(sections[0].rows)["Hash of the last entry (SHA-256)"] == hostile.head


def test_a_prediction_that_is_a_number_is_said_once(begun):
    data = {"answer": "3", "label": "3×", "implies": 3.0}
    ledger = begun.append("predicted", "cloud", 1, data, time(1))
    assert dict(print_view(ledger, MISSIONS)[2].rows)["Prediction"] == "3×"


def test_an_empty_ledger_is_exported_too(begun):
    assert "not begun" in to_markdown(begun, MISSIONS)
    assert to_csv(begun, MISSIONS).count("untouched") == 3


def test_a_part_that_was_not_begun_says_only_so_and_what_it_misses(predicted):
    second = print_view(predicted, MISSIONS)[3]
    assert second.heading == "Part 2: The Memory Wall"
    assert [label for label, _ in second.rows] == ["State", "Missing"]


def test_targets_that_were_met_before_are_not_said_to_be_met_by_failing_settings(full):
    missions = all_missions()
    target = next(each for each in missions[0][1][0].targets if each.sense == "at_most")
    said = "yes, but not at the settings below"
    for share, expected in ((2.0, True), (0.5, False)):
        data = {"settings": {}, "metrics": {target.metric: share * target.limit}, "passed": False}
        ledger = full.append("checkpointed", "cloud", 1, data, time(30))
        assert (said in " ".join(to_markdown(ledger, missions).split())) is expected
