"""A phone on a slow network: the lock at once, and a bar that says what has come."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from buildlib.serve import StaticServer
from tests.browser.answers import address, held
from tests.browser.conftest import Visitor, until, wait_ready

SECTION = 'section[data-part="1"]'
PHONE = {"width": 390, "height": 780}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 2e5}
FULL = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
BIG = (
    "pyodide-*/pyodide.asm.wasm",
    "pyodide-*/python_stdlib.bin",
    "packages-*/packages.*",
    "lab-*/lab.*",
    "bokeh-*/bokeh.min.js",
)
# Every state of the line while the lab loads, as the reader could see it.
WATCH = """
window.seen = [];
document.addEventListener("DOMContentLoaded", () => {
  const line = document.querySelector("[data-boot]");
  const note = () => seen.push([
    line.querySelector("[data-boot-bar]").value,
    line.querySelector("[data-boot-text]").textContent,
    Number(line.dataset.bootBytes ?? 0),
    document.documentElement.dataset.python,
  ]);
  const watched = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(note).observe(line, watched);
});
"""


def test_the_lock_is_there_at_once_and_the_bar_says_what_has_come(
    chromium: Browser, server: StaticServer, dist: Path
):
    """The order is held by the server: no big file is answered before the prediction is locked."""
    locked, all_but_lab = threading.Event(), threading.Event()
    files = [address(dist, pattern) for pattern in BIG]
    lab = files[3]
    server.faults.update(dict.fromkeys(files, held(locked)))
    server.faults[lab] = held(all_but_lab)
    context = chromium.new_context(
        viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    visitor = Visitor(context, server)
    page = visitor.page()
    page.add_init_script(WATCH)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.emulateNetworkConditions", SLOW)
    page.goto(server.url + "cloud/", wait_until="commit")
    lock_while_all_is_held(page)
    locked.set()
    sizes = page.evaluate("JSON.parse(document.getElementById('lab-config').textContent).bytes")
    assert sizes == {Path(file).name: (dist / file).stat().st_size for file in fetched(dist)}
    until(page, "document.querySelector('[data-boot-bar]').value > 5")
    devtools.send("Network.emulateNetworkConditions", FULL)
    whole, rest = sum(sizes.values()), sizes[Path(lab).name]
    come = "Number(document.querySelector('[data-boot]').dataset.bootBytes)"
    until(page, f"{come} === {whole - rest}")
    words = page.inner_text("[data-boot-text]")
    assert words.endswith(f"{(whole - rest) / 1e6:.1f} of {whole / 1e6:.1f} MB, unpacked")
    all_but_lab.set()
    wait_ready(page)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    expect_truthful(page.evaluate("seen"), whole)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()
    assert visitor.unexpected() == []


def fetched(dist: Path) -> list[str]:
    """Give what the worker fetches or imports, and is counted."""
    others = ("pyodide-*/pyodide-lock.json", "pyodide-*/*.mjs", "js-*/worker.js")
    files = [path for pattern in (*BIG[:4], *others) for path in dist.glob(f"assets/{pattern}")]
    return [path.relative_to(dist).as_posix() for path in files]


def lock_while_all_is_held(page: Page) -> None:
    """Read the briefing and lock a prediction, before any big file has sent a byte."""
    until(page, "performance.getEntriesByName('lab:lock-ready').length > 0")
    expect(page.locator(f"{SECTION} h1")).to_be_visible()
    page.locator(f'{SECTION} label:has(input[value="linear"])').tap()
    page.locator(f"{SECTION} form[data-lock] [type=submit]").tap()
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    assert page.evaluate("document.documentElement.dataset.python") == "loading"
    assert page.evaluate("document.querySelector('[data-boot-bar]').value") <= 5


def expect_truthful(seen: list, whole: int) -> None:
    """The bar never goes back and is full at the end only; words and bytes agree and only grow."""
    values = [value for value, *_ in seen]
    assert values == sorted(values)
    assert max(value for value, _, _, python in seen if python != "ready") < 100
    counted = [count for _, _, count, _ in seen]
    assert counted == sorted(counted)
    assert counted[-1] == whole
    said = [re.search(r"([\d.]+) of ([\d.]+) MB", words) for _, words, _, _ in seen]
    amounts = [float(each[1]) for each in said if each]
    assert len(set(amounts)) > 5
    assert amounts == sorted(amounts)
    assert {each[2] for each in said if each} == {f"{whole / 1e6:.1f}"}
    assert all(each is None for each in said[-3:])
