"""Each file of a first visit by each fault: what does the page say, and does another try help?

`uv run python -m tests.browser.fault_matrix --write` opens a part for each, in Chromium, and puts
the table into `docs/faults.md`. `--files` and `--faults` choose some. The most telling rows are
tests, see `test_faults_loading.py`.

One page goes through the faults of a file: after each, its own button for another try is pressed
while the server has the next fault ready, so that a stale answer would show. After the last the
file is well again, and the lab must start.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from buildlib.paths import PROJECT, default_layout
from buildlib.pipeline import build
from buildlib.serve import Fault, StaticServer
from tests.browser import installed
from tests.browser.answers import altered, refused, replaced, reset, stalled, truncated, wrong_type
from tests.browser.conftest import BASE, FLAGS, LITTLE_MEMORY

DOCUMENT = PROJECT / "docs" / "faults.md"
BEGIN, END = "<!-- matrix:begin -->", "<!-- matrix:end -->"
TRACK = "cloud/"
PATIENCE_S = 180  # a machine under load; nothing here asserts a time

FAULTS: dict[str, Callable[[Path, threading.Event], Fault]] = {
    "404": lambda path, end: refused(404),
    "403": lambda path, end: refused(403),
    "451": lambda path, end: refused(451),
    "500": lambda path, end: refused(500),
    "a page": lambda path, end: replaced(),
    "truncated": lambda path, end: truncated(path),
    "altered": lambda path, end: altered(path),
    "reset": lambda path, end: reset(path),
    "stalled": stalled,
    "wrong type": lambda path, end: wrong_type(path),
}
# Waits of seconds pass sooner, so that a stalled file is given up; those of frames stay.
HASTE = """
const wait = setTimeout;
globalThis.setTimeout = (run, ms, ...given) => wait(run, ms >= 9000 ? ms / 5 : ms, ...given);
"""
LOOK = """() => {
  const { python } = document.documentElement.dataset;
  const shown = [...document.querySelectorAll(
    "[data-shell-lost]:not([hidden]), [data-boot-error]:not([hidden]), [data-notice] .notice",
  )];
  const said = shown.map((each) => each.textContent.replace(/\\s+/g, " ").trim()).join(" ");
  return { said, ready: python === "ready", old: globalThis.beforeTry === true };
}"""
RETRY = """() => {
  globalThis.beforeTry = true;
  const shown = document.querySelectorAll(
    ":is([data-shell-lost], [data-boot-error]):not([hidden]) button, .notice button",
  );
  shown[0].click();
}"""


@dataclass(frozen=True)
class Row:
    """What came of one file under one fault."""

    file: str
    fault: str
    said: str
    ready: bool

    @property
    def verdict(self) -> str:
        """Give `named`, `works` (the lab starts and has nothing to say), or what is wrong."""
        if Path(self.file).name in self.said:
            return "named"
        if self.said:
            return "not named"
        return "works" if self.ready else "hangs"


class Matrix:
    """Goes through faults of one file after the other."""

    def __init__(self, browser: Browser, dist: Path) -> None:
        self.browser = browser
        self.dist = dist

    def first_visit(self) -> list[str]:
        """Give the addresses of the files that a first visit loads, without the page itself."""
        with StaticServer(self.dist, base=BASE) as server:
            page = self.browser.new_page()
            page.goto(server.url + TRACK, wait_until="commit")
            self.look(page, "")
            asked = list(dict.fromkeys(server.requests))
            page.close()
        return sorted(each for each in asked if (self.dist / each).is_file() and each != "sw.js")

    def rows(self, file: str, faults: list[str]) -> Iterator[Row]:
        """Give a row for each fault of a file; raise `AssertionError` where no try heals it."""
        end = threading.Event()
        context = self.browser.new_context()
        context.add_init_script(LITTLE_MEMORY + HASTE)
        with StaticServer(self.dist, base=BASE) as server:
            try:
                yield from self._rows(context.new_page(), server, file, faults, end)
            finally:
                end.set()
                context.close()

    def _rows(
        self,
        page: Page,
        server: StaticServer,
        file: str,
        faults: list[str],
        end: threading.Event,
    ) -> Iterator[Row]:
        tried = False
        for fault in faults:
            server.faults[file] = FAULTS[fault](self.dist / file, end)
            if tried:
                page.evaluate(RETRY)
            else:
                devtools = page.context.new_cdp_session(page)
                devtools.send("Network.clearBrowserCache")
                page.goto("about:blank")
                page.goto(server.url + TRACK, wait_until="commit")
                devtools.detach()
            row = Row(file, fault, *self.look(page, file))
            yield row
            tried = row.verdict == "named"
        server.faults.clear()
        if tried:
            page.evaluate(RETRY)
            said, ready = self.look(page, "")
            assert ready, f"{file}: no try heals it: {said}"

    def look(self, page: Page, file: str) -> tuple[str, bool]:
        """Wait until the page names the file, or stands; give what it says, and that."""
        finish = time.monotonic() + PATIENCE_S
        seen = {"said": "", "ready": False}
        while time.monotonic() < finish:
            try:
                seen = page.evaluate(LOOK)
            except PlaywrightError:  # it is on its way to the next document
                seen = {"said": "", "ready": False, "old": True}
            named = bool(file) and Path(file).name in seen["said"]
            if not seen["old"] and (seen["ready"] or named):
                break
            time.sleep(0.1)
        return seen["said"], seen["ready"]


def table(rows: list[Row]) -> list[str]:
    """Give the rows as Markdown, a line for each file."""
    faults = [each for each in FAULTS if any(row.fault == each for row in rows)]
    found = {(row.file, row.fault): row.verdict for row in rows}
    lines = [f"| file | {' | '.join(faults)} |", "|---|" + "---|" * len(faults)]
    for file in dict.fromkeys(row.file for row in rows):
        cells = [found.get((file, fault), "") for fault in faults]
        lines.append(f"| `{Path(file).name}` | {' | '.join(cells)} |")
    return lines


def write(text: str) -> None:
    """Put the text between the markers of `docs/faults.md`."""
    document = DOCUMENT.read_text("utf-8")
    head, rest = document.split(BEGIN)
    DOCUMENT.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


def main() -> None:
    """Run the matrix, print it, and say by the exit status whether all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", nargs="*", help="names of files; all if left out")
    parser.add_argument("--faults", nargs="*", choices=FAULTS, default=list(FAULTS))
    parser.add_argument("--built", type=Path, help="take this folder as it is")
    parser.add_argument("--write", action="store_true", help="update docs/faults.md")
    chosen = parser.parse_args()
    dist = chosen.built or build(default_layout()).output
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed.chromium(), args=FLAGS)
        rows, broken = run(Matrix(browser, dist), chosen.files, chosen.faults)
        browser.close()
    if chosen.write:
        write("\n".join(table(rows)))
    print("\n".join(table(rows)))
    bad = [row for row in rows if row.verdict in ("hangs", "not named")]
    sys.exit("\n".join([*map(str, bad), *broken]))


def run(matrix: Matrix, names: list[str] | None, faults: list[str]) -> tuple[list[Row], list[str]]:
    """Give all rows, and what no try healed."""
    rows: list[Row] = []
    broken = []
    for file in matrix.first_visit():
        if names and Path(file).name not in names:
            continue
        try:
            for row in matrix.rows(file, faults):
                rows.append(row)
                print(
                    f"{Path(file).name}, {row.fault}: {row.verdict}: {row.said[:160]}", flush=True
                )
        except AssertionError as error:
            broken.append(str(error))
            print(error, flush=True)
    return rows, broken


if __name__ == "__main__":
    main()
