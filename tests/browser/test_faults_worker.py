"""A worker that dies, and an error in the lab's own Python: said, and the lab goes on."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from labpy.missions import load_part
from labpy.state.ledger import Ledger
from tests.browser.answers import another_worker
from tests.browser.conftest import Visitor, kept_text, until, wait_ready

PART = load_part("cloud", 1)
SECTION = 'section[data-part="1"]'
# Those that run the lab, not the one that makes the snapshot.
KEEP_WORKERS = """
window.workers = [];
window.Worker = class extends Worker {
  postMessage(message) {
    if (message.kind === "boot") window.workers.push(this);
    super.postMessage(message);
  }
};
"""
# A door into the worker, and what the minifier calls what it needs.
RUN_PYTHON = (
    "\n{actions}.python = ({{ code }}) => {{ {python}.runPython(code); }};"
    "{messages}.to_worker.python = {{ code: 'text' }};\n"
)
CALLED = {
    "python": r"""([\w$]+)\.pyimport\(["`]labpy\.browser\.worker""",
    "actions": r"await ([\w$]+)\[[\w$]+\]\(",
    "messages": r"([\w$]+)=\{to_worker:",
}
FAIL_ONCE = """
from labpy.app.workbench import Workbench
kept = Workbench._tell
def fail(self, **given):
    Workbench._tell = kept
    raise ZeroDivisionError("a light without a limit")
Workbench._tell = fail
"""
# Reads where the worker has no memory, which no Python can catch.
BREAK_WASM = "import ctypes; ctypes.string_at(2**32 - 64, 32)"


def with_a_door(script: str) -> str:
    """Let the worker run Python that a test sends it."""
    names = {what: re.search(pattern, script)[1] for what, pattern in CALLED.items()}
    return script + RUN_PYTHON.format(**names)


def open_with_workers(visitor: Visitor, dist: Path) -> Page:
    """Open the lab so that a test can reach the worker, and run Python in it."""
    visitor.server.faults |= another_worker(dist, with_a_door)
    page = visitor.page()
    page.add_init_script(KEEP_WORKERS)
    page.goto(visitor.server.url + "cloud/", wait_until="commit")
    wait_ready(page)
    page.locator(f'{SECTION} input[value="linear"]').check()
    page.locator(f"{SECTION} form[data-lock] [type=submit]").click()
    return page


def slider(page: Page) -> Locator:
    return page.locator(f'{SECTION} [data-knob="arrival_rate"] [role="slider"]')


def knob_value(page: Page) -> Locator:
    return page.locator(f'{SECTION} [data-knob="arrival_rate"] [data-knob-value]')


def move(page: Page, key: str) -> str:
    """Move the first knob, wait until the app has answered, and give what the knob says."""
    before = knob_value(page).inner_text()
    slider(page).focus()
    page.keyboard.press(key)
    expect(knob_value(page)).not_to_have_text(before)
    return knob_value(page).inner_text()


def run_python(page: Page, code: str) -> None:
    page.evaluate("code => workers[0].postMessage({ kind: 'python', code })", code)


def kinds(page: Page) -> list[str]:
    text = kept_text(page)
    return [event.kind for event in Ledger.from_json(text).events]


def expect_second_worker(page: Page, low: str) -> None:
    """The state is that of the first worker's end, drawn once, and the knobs answer."""
    until(page, "workers.length === 2")
    expect(page.locator("[data-notice]")).to_contain_text("What you did is kept")
    wait_ready(page)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    expect(knob_value(page)).to_have_text(low)
    expect(slider(page)).to_have_count(1)
    drawn = page.locator(f"{SECTION} [data-instrument]").first.locator(".bk-Figure")
    expect(drawn).to_have_count(1)
    assert move(page, "End") != low


def test_a_worker_that_is_gone_is_missed_and_replaced_with_the_state_kept(
    visitor: Visitor, dist: Path
):
    """The browser ends it without a word; what was sent to it after its death is not lost."""
    page = open_with_workers(visitor, dist)
    low = move(page, "Home")
    page.evaluate("workers[0].terminate()")
    text = "Written after the worker was gone. " * 8
    page.locator(f"{SECTION} textarea[data-reflect]").fill(text)
    page.locator(f"{SECTION} textarea[data-reflect]").blur()
    expect_second_worker(page, low)
    assert kinds(page) == ["started", "predicted", "reflected"]
    page.evaluate("workers[1].terminate()")
    error = page.locator("[data-boot-error]")
    expect(error).to_be_visible(timeout=120_000)  # one that was at work is given 90 s
    expect(error).to_contain_text("stopped answering again. What you have written is kept")


def test_a_python_error_is_said_and_a_broken_runtime_is_replaced(visitor: Visitor, dist: Path):
    visitor.expected = ("fatal error", "memory access", "wasm-function")
    page = open_with_workers(visitor, dist)
    low = move(page, "Home")
    run_python(page, FAIL_ONCE)
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    notice = page.locator("[data-notice]")
    expect(notice).to_contain_text("the lab goes on. (ZeroDivisionError: a light without a limit)")
    move(page, "End")
    assert move(page, "Home") == low
    assert page.evaluate("workers.length") == 1
    run_python(page, BREAK_WASM)
    expect_second_worker(page, low)
    assert re.search("broke down", notice.inner_text())
    assert kinds(page) == ["started", "predicted"]
