import gzip

import pytest

from buildlib.errors import BuildError
from buildlib.sizes import (
    check_budget,
    first_visit,
    load_budget,
    size_table,
    wire_sizes,
)


def test_text_and_wasm_are_counted_gzipped_and_the_rest_as_it_is():
    data = b"a" * 10_000
    sizes = wire_sizes({"a.wasm": data, "a.zip": data})
    assert sizes == {"a.wasm": len(gzip.compress(data, 9, mtime=0)), "a.zip": 10_000}


def test_what_comes_later_does_not_count():
    assert first_visit(["teach/index.html", "b", "a"], ["teach/*"]) == ["a", "b"]


SIZES = {
    "assets/css-12345678/a.css": {"raw": 3000, "wire": 1000},
    "assets/js-12345678/a.js": {"raw": 3000, "wire": 2000},
}
ROOMY = {
    "files": 2,
    "total": 3,
    "kinds": {"css": 1, "js": 2},
    "downloads": {"lab.html": 17},
}


def test_a_visit_within_every_budget_passes():
    check_budget(SIZES, SIZES, ROOMY)
    check_budget({**SIZES, "lab.html": {"raw": 17_000, "wire": 9_000}}, SIZES, ROOMY)


def test_a_download_over_its_budget_fails_and_is_named():
    sizes = {**SIZES, "lab.html": {"raw": 18_000, "wire": 9_000}}
    with pytest.raises(BuildError, match=r"lab\.html costs 18 kB, allowed are 17"):
        check_budget(sizes, SIZES, ROOMY)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kinds": {"css": 0.5, "js": 2}}, r"css costs 1 kB, allowed are 0\.5"),
        ({"kinds": {"css": 1}}, "js costs 2 kB, allowed are 0"),
        ({"total": 2}, "a first visit costs 3 kB, allowed are 2"),
        ({"files": 1}, "a first visit has 2 files, allowed are 1"),
    ],
    ids=["kind", "kind without a budget", "total", "files"],
)
def test_a_broken_budget_fails_and_says_which_and_by_how_much(change, said):
    with pytest.raises(BuildError, match=said):
        check_budget(SIZES, SIZES, ROOMY | change)


def test_what_comes_later_has_no_budget():
    check_budget(SIZES, ["assets/css-12345678/a.css"], ROOMY | {"kinds": {"css": 1}})


def test_the_table_sums_by_kind_and_totals_the_first_visit():
    sizes = {
        "assets/css-12345678/a.css": {"raw": 3000, "wire": 1000},
        "assets/css-12345678/b.css": {"raw": 1000, "wire": 500},
        "index.html": {"raw": 2000, "wire": 900},
    }
    rows = [line.split() for line in size_table(sizes, ["index.html"]).splitlines()]
    assert ["css", "2", "4.0", "1.5"] in rows
    assert ["pages", "1", "2.0", "0.9"] in rows
    assert rows[-1] == ["first", "visit", "1", "2.0", "0.9"]


def test_the_budget_is_at_most_eleven_megabytes_in_sixty_files():
    budget = load_budget()
    assert budget["total"] <= 11_000
    assert budget["files"] <= 60
