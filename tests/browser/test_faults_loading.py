"""Files that do not come, or not whole: the page says which, keeps what was done, and heals."""

from __future__ import annotations

import threading
from pathlib import Path

from playwright.sync_api import Page, expect

from labpy.state.ledger import Ledger
from tests.browser.answers import (
    address,
    altered,
    answer,
    broken_off,
    missing,
    replaced,
    stalled,
    truncated,
    wrong_type,
)
from tests.browser.conftest import Visitor, kept_text, wait_ready
from tests.browser.fault_matrix import HASTE

SECTION = 'section[data-part="1"]'
FAULTS = [
    ("pyodide-*/pyodide.asm.wasm", missing, "the server answered 404"),
    ("pyodide-*/pyodide.asm.wasm", wrong_type, "not as application/wasm"),
    ("pyodide-*/pyodide.asm.wasm", truncated, "it did not arrive whole"),
    ("pyodide-*/python_stdlib.bin", truncated, "it did not arrive whole"),
    ("pyodide-*/python_stdlib.bin", broken_off, "is the network there?"),
    ("packages-*/packages.*", broken_off, "is the network there?"),
    ("packages-*/packages.*", replaced, "a page was sent in its place"),
    ("lab-*/lab.*", missing, "the server answered 404"),
    ("lab-*/lab.*", truncated, "it did not arrive whole"),
    ("js-*/worker.js", missing, "it could not be fetched"),
    ("js-*/worker.js", altered, "its bytes are not this build"),
    ("pyodide-*/pyodide.mjs", wrong_type, "not as text/javascript"),
    ("pyodide-*/pyodide.asm.mjs", altered, "its bytes are not this build"),
    ("bokeh-*/bokeh.min.js", altered, "it could not be fetched"),
]


def commit(page: Page, answer: str) -> None:
    page.locator(f'{SECTION} input[value="{answer}"]').check()
    page.locator(f"{SECTION} form[data-lock] [type=submit]").click()


def failure(page: Page) -> str:
    """Wait for the page to say that it could not start, and give its words."""
    expect(page.locator("[data-boot-error]")).to_be_visible(timeout=60_000)
    assert page.evaluate("document.documentElement.dataset.python") == "failed"
    return page.inner_text("[data-boot-error-text]")


def retry(page: Page) -> None:
    with page.expect_navigation():
        page.locator("[data-boot-retry]").click()
    wait_ready(page)


def test_each_bad_file_is_named_with_its_reason_and_a_retry_goes_on_with_the_answers(
    visitor: Visitor, dist: Path
):
    """One page for all, since each is refused before Python starts; the last is healed."""
    # From the third on they are Pyodide's own: what it says when its library breaks off, where it
    # comes to say it, and a promise that it lets go of.
    visitor.expected = (
        "404",
        "ERR_",
        "page error: Failed to fetch",
        "installing the standard library",
        "pyodide.asm.mjs:",
        "MIME",
        "integrity",
        "digest",
        "Bokeh",
    )
    faults = visitor.server.faults
    page = visitor.page()
    devtools = page.context.new_cdp_session(page)
    for number, (pattern, fault, reason) in enumerate(FAULTS):
        faults.clear()
        page.goto("about:blank")  # else what the last page still fetches comes out of the cache
        devtools.send("Network.clearBrowserCache")
        file = address(dist, pattern)
        faults[file] = fault() if fault in (missing, replaced) else fault(dist / file)
        page.goto(visitor.server.url + "cloud/", wait_until="commit")
        if number == 0:
            page.wait_for_selector(f"{SECTION} form[data-lock] [type=submit]")
            commit(page, "linear")
        said = failure(page)
        assert Path(file).name in said, said
        assert reason in said, said
        assert "What you have written is kept" in said
    faults.clear()
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    retry(page)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    ledger = Ledger.from_json(kept_text(page))
    assert [event.kind for event in ledger.events] == ["started", "predicted"]


def test_the_shell_itself_is_missed_in_words_that_the_page_holds(visitor: Visitor, dist: Path):
    """Gone, a log-in page, other bytes, a wrong type; the page tries again by itself, then asks."""
    visitor.expected = ("404", "MIME", "integrity", "digest", "ERR_")
    shell = address(dist, "js-*/shell.js")
    page = visitor.page()
    lost = page.locator("[data-shell-lost]")
    for fault in (
        missing(),
        replaced(),
        altered(dist / shell),
        answer(200, "text/plain", (dist / shell).read_bytes()),
    ):
        visitor.server.faults[shell] = fault
        page.goto("about:blank")
        page.goto(visitor.server.url + "cloud/", wait_until="commit")
        page.wait_for_url("**/#retry", timeout=30_000)  # its own second try
        expect(lost).to_be_visible(timeout=20_000)
        expect(lost).to_contain_text("shell.js did not come as it should")
        expect(lost.locator("a")).to_have_attribute("href", "../fleet-lab-offline.html")
    visitor.server.faults.clear()
    with page.expect_navigation():
        lost.get_by_role("button").click()
    wait_ready(page)
    expect(lost).to_have_count(0)


def test_the_pages_own_scripts_are_missed_in_words_and_fetched_anew(visitor: Visitor, dist: Path):
    """Bokeh as a network's log-in page, which the browser keeps; then Material not at all."""
    visitor.expected = (
        "404",
        "MIME",
        "integrity",
        "panel-material-ui",
        "importing",
        "Cannot find Bokeh",
    )
    faults = visitor.server.faults
    bokeh = address(dist, "bokeh-*/bokeh.min.js")
    faults[bokeh] = replaced()
    page = visitor.open(ready=False)
    assert "bokeh.min.js: it could not be fetched" in failure(page)
    faults.clear()
    faults[address(dist, "pmui-*/*/panel-material-ui.bundle.js")] = missing()
    with page.expect_navigation():
        page.locator("[data-boot-retry]").click()
    assert "panel-material-ui.bundle.js: it could not be fetched" in failure(page)
    faults.clear()
    retry(page)


def test_what_stalls_is_named_with_another_try_and_so_is_a_sheet_that_is_lost(
    visitor: Visitor, dist: Path
):
    """A sheet that stalls would hold up all that can be seen; an archive, all that can be done."""
    visitor.expected = ("404", "MIME", "ERR_")
    end = threading.Event()
    sheet, archive = address(dist, "css-*/base.css"), address(dist, "packages-*/packages.*")
    faults = visitor.server.faults
    faults[sheet] = stalled(dist / sheet, end)
    faults[archive] = stalled(dist / archive, end)
    faults[address(dist, "css-*/part.css")] = missing()
    page = visitor.page()
    page.add_init_script(HASTE)
    page.goto(visitor.server.url + "cloud/", wait_until="commit")
    notice = page.locator("[data-notice]")
    expect(notice).to_contain_text("base.css", timeout=60_000)
    expect(notice).to_contain_text("part.css")
    commit(page, "linear")
    expect(page.locator("[data-boot-error]")).to_be_visible(timeout=60_000)
    words = page.locator("[data-boot-error-text]")
    expect(words).to_contain_text(f"Still waiting for {Path(archive).name}")
    faults.clear()
    end.set()
    with page.expect_navigation():
        notice.get_by_role("button", name="Try again").click()
    wait_ready(page)
    expect(notice.locator(".notice")).to_have_count(0)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
