"""The open bench in the browser: the library's figures, traces, two fleets, a search, a link."""

from __future__ import annotations

import time

import numpy as np
import pytest

from labpy.fleet import Fleet, Slo, Synthetic, answer
from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

PATIENCE_S = 120
STATE = "document.querySelector('[data-fleet-state]').dataset.fleetState"
PYTHON = "document.documentElement.dataset.python"
FIGURES = """Object.fromEntries([...document.querySelectorAll('[data-metric]')]
  .map((each) => [each.dataset.metric, Number(each.dataset.value)]))"""
SAID = "document.querySelector('[data-trace-state]').textContent"


def until(page, condition, patience_s=PATIENCE_S):
    """Poll, since the site forbids eval."""
    end = time.monotonic() + patience_s
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def opened(visitor: Visitor, query=""):
    page = visitor.page()
    page.goto(visitor.server.url + "fleet/" + query)
    until(page, f"{PYTHON} === 'ready' && {STATE} !== 'running'")
    return page


def trace(lines=400):
    rng = np.random.default_rng(1)
    rows = zip(np.cumsum(rng.exponential(0.2, lines)), rng.integers(9, 3000, lines), strict=True)
    body = "".join(f"{t},{n},{1 + n % 300}\n" for t, n in rows)
    return ("TIMESTAMP,ContextTokens,GeneratedTokens\n" + body).encode()


def give(page, name, data):
    file = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.locator("[data-trace-import]").set_input_files(file)


def test_the_page_says_what_the_library_says_to_the_last_digits(visitor: Visitor):
    query = "?model=llama-3-8b&tensor_parallel_size=1&replicas=3&router=power_of_two"
    page = opened(visitor, query + "&rate_per_s=12&burstiness=2&slo_ttft=0.5&requests=1000")
    fleet = Fleet("llama-3-8b", tensor_parallel_size=1, replicas=3, router="power_of_two")
    wanted = answer(fleet, Synthetic(12.0, 1000, 2.0).draw(), Slo(0.5, 0.05)).metrics()
    told = page.evaluate(FIGURES)
    assert page.locator("[data-verdicts] li").inner_text().startswith("Within both limits")
    assert page.locator("[data-estimate='ttft_p99_s']").inner_text() != "–"
    for figure in ("course", "distribution"):
        assert page.locator(f"[data-figure={figure}] [data-summary]").inner_text()
        assert page.locator(f"[data-figure={figure}] tbody tr").count() > 5
    assert told == pytest.approx({name: wanted[name] for name in told}, rel=1e-9)
    for name in ("ttft_p50_s", "ttft_p99_s", "tpot_p99_s", "response_p99_s", "goodput_per_s"):
        assert name in told


def test_a_trace_is_replayed_and_a_hostile_one_leaves_the_last_answer(visitor: Visitor):
    page = opened(visitor)
    give(page, "trace.csv", trace())
    until(page, f"{SAID}.includes('400')")
    until(page, "document.querySelector('[data-traffic]').textContent.startsWith('400 ')")
    told = page.evaluate(FIGURES)
    for data in (b"", b"\x89PNG\r\n\x1a\n\0\0", b"a,b,c\n1,2,3\n"):
        before = page.evaluate(SAID)
        give(page, "other.csv", data)
        until(page, f"{SAID} !== {before!r}")
        assert page.evaluate(FIGURES) == told


def test_two_fleets_a_link_and_what_does_not_fit(visitor: Visitor):
    page = opened(visitor, "?requests=400")
    page.locator("[data-compare]").check()
    until(page, "document.querySelector('[data-metric=ttft_p99_s_b]') !== null")
    until(page, "document.querySelector('[data-knob=replicas_b] [data-slot] *') !== null")
    until(page, f"{STATE} === 'ready'")
    page.locator("[data-link]").click()
    until(page, "document.querySelector('[data-link-state]').textContent !== ''")
    page.goto(visitor.server.url + "fleet/?weight_dtype=bf16&tensor_parallel_size=1")
    until(page, f"{PYTHON} === 'ready' && {STATE} === 'failed'")
    assert "It would fit with" in page.locator("[data-refusal]").inner_text()


def test_a_search_goes_on_while_the_page_lives_and_a_row_opens(visitor: Visitor):
    page = opened(visitor, "?model=llama-3-8b&requests=200&most_accelerators=2")
    page.locator("[data-search]").click()
    until(page, "document.querySelector('[data-search-row]') !== null")
    until(page, "!document.querySelector('[data-search]').disabled")
    first = page.locator("[data-search-row='0']")
    assert first.get_attribute("data-meets") == "true"
    first.get_by_role("button").click()
    until(page, f"{STATE} === 'running'", 5)
    until(page, f"{STATE} === 'ready'")
