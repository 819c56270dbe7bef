"""Opens parts of the built site in Chromium: workbench unlocked, page and worker watched."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright, Route

from buildlib.paths import PROJECT, default_layout
from buildlib.pipeline import build
from buildlib.serve import StaticServer
from labpy.missions import Part

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--enable-precise-memory-info",
]  # fmt: skip
PATIENCE_MS = 120_000
HERE = Path(__file__).parent
WATCH_PAGE, WATCH_PYTHON = HERE / "watch_page.js", HERE / "watch_python.py"
# The site's own worker runs nobody's code; ours is the same with a door. The minifier decides what
# Python is called in it.
DOOR = """
self.benchmarkPython = (code) => {python}.runPython(code);
self.benchmarkHeap = () => {python}._module.HEAPU8.byteLength;
"""
CALLED = re.compile(r"""([\w$]+)\.pyimport\(["`]labpy\.browser\.worker""")
# A first visit ends with a second worker, which keeps a snapshot: nothing is measured beside it.
ALONE = """() => {
    const { start, snapshot } = document.documentElement.dataset;
    return start === "snapshot" || snapshot !== undefined;
}"""
DRAWN = """part => {
    const section = document.querySelector(`section[data-part="${part}"]`);
    const slots = [...section.querySelectorAll("[data-slot=instrument]")];
    return slots.every((slot) => slot.firstElementChild);
}"""


@contextmanager
def served_site(built: bool = False) -> Iterator[StaticServer]:
    """Build `dist/`, unless it is said to be `built`, and serve it."""
    dist = PROJECT / "dist" if built else build(default_layout(), progress=False).output
    with StaticServer(dist) as server:
        yield server


def launch(playwright: Playwright) -> Browser:
    """Start Chromium; FileNotFoundError where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise FileNotFoundError(f"none of {', '.join(NAMES)} is on the PATH")
    return playwright.chromium.launch(executable_path=found, args=FLAGS)


class LabPage:
    """One page of a track, on one part at a time."""

    def __init__(
        self, page: Page, server: StaticServer, track: str, part: Part, every_frame: bool = False
    ) -> None:
        """Go there, and wait for a workbench that answers.

        With `every_frame` a frame is always asked for, as by an animation that never ends.
        """
        self.page = page
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(f"globalThis.everyFrame = {str(every_frame).lower()};")
        page.add_init_script(path=WATCH_PAGE)
        page.route("**/worker.js", _with_door)
        page.goto(f"{server.url}{track}/?part={part.number}")
        page.wait_for_selector("html[data-python=ready]", state="attached")
        page.wait_for_function(ALONE)
        self.python(WATCH_PYTHON.read_text(encoding="utf-8"))
        self.show(part)

    def python(self, code: str) -> Any:
        """Run code in the worker's Python and give the value of its last line."""
        return self.page.workers[0].evaluate("code => self.benchmarkPython(code)", code)

    def heap_bytes(self) -> int:
        """Give the size of Python's memory in the worker."""
        return self.page.workers[0].evaluate("() => self.benchmarkHeap()")

    def show(self, part: Part) -> None:
        """Go to a part of the track, and lock an answer if its lock is still open."""
        self.part = part
        self.section = self.page.locator(f'section[data-part="{part.number}"]')
        if self.section.is_hidden():
            self.page.locator(f'[data-part-link="{part.number}"]').first.click()
        self.page.wait_for_function(DRAWN, arg=part.number)
        if self.section.get_attribute("data-lock-state") == "open":
            self._lock()
        self.python("benchmark_watch()")
        self.settle()

    def _lock(self) -> None:
        form, lock = self.section.locator("form[data-lock]"), self.part.lock
        if lock.kind == "choice":
            form.locator("input").first.check()
        else:
            form.locator("input").fill(f"{lock.lowest:g}")
        form.locator("[type=submit]").click()

    def pause_strip(self) -> None:
        """Stop the strip of requests, if there is one."""
        strip = self.section.locator("[data-flow] .flow-buttons button").first
        if strip.count() and strip.is_visible():
            strip.click()
        self.settle()

    def knob(self, key: str) -> Locator:
        """Give the element around a knob's control."""
        return self.section.locator(f'[data-knob="{key}"]')

    def settle(self) -> None:
        """Wait until nothing is on its way and nothing has been drawn for a while."""
        self.page.evaluate("() => benchmark.settled()")

    def take(self) -> dict[str, list]:
        """Give what was recorded since the last time, on the page and in the worker's Python."""
        found = self.page.evaluate("() => benchmark.take()")
        return found | {"python": json.loads(self.python("benchmark_take()"))}


def _with_door(route: Route) -> None:
    answer = route.fetch()
    script = answer.text()
    door = DOOR.replace("{python}", CALLED.search(script).group(1))
    route.fulfill(response=answer, body=script + door)
