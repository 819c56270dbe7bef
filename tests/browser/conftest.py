"""A real browser against the real site, served under a sub-path with all other hosts refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Page,
    expect,
    sync_playwright,
)

from buildlib.serve import StaticServer
from tests.browser import installed
from tests.browser.drivers import ENGINES, ChromiumTab, FirefoxTab, Tab, WebKitTab

BASE = "/textbook/lab/"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
START_MS = 90_000  # a fresh machine under load; nothing here asserts a time
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests; each test has a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed.chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows() -> Iterator[dict[str, Tab]]:
    """Firefox and WebKit, which start once and keep one window, by name."""
    opened: dict[str, Tab] = {}
    yield opened
    for each in opened.values():
        each.close()


@pytest.fixture
def engines(chromium: Browser, windows: dict[str, Tab]) -> Iterator[Callable[[str], Tab]]:
    """Give a tab of an engine by its name.

    After the test nothing runs in it any more: a strip of requests that nobody looks at takes half
    a processor, in WebKit at least, from the tests beside it.
    """
    used: list[Tab] = []

    def tab(engine: str) -> Tab:
        if engine == "chromium":
            used.append(ChromiumTab(chromium))
        else:
            if engine not in windows:
                windows[engine] = {"firefox": FirefoxTab, "webkit": WebKitTab}[engine]()
            used.append(windows[engine])
            used[-1].complaints.clear()
        return used[-1]

    yield tab
    for each in used:
        each.rest()


@pytest.fixture(params=ENGINES)
def tab(request: pytest.FixtureRequest, engines: Callable[[str], Tab]) -> Tab:
    """A tab in each engine."""
    return engines(request.param)


@pytest.fixture
def server(dist: Path) -> Iterator[StaticServer]:
    """The site under a sub-path, on a port of its own, so that no test sees another's storage."""
    with StaticServer(dist, base=BASE) as served:
        yield served


class Visitor:
    """A reader's browser context; collects whatever should not happen."""

    def __init__(self, context: BrowserContext, server: StaticServer) -> None:
        self.context = context
        self.server = server
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        context.on("request", self._foreign)

    def _foreign(self, request) -> None:
        local = request.url.startswith((self.server.url, "data:", "blob:"))
        if not local:
            self.complaints.append(f"a request left the site: {request.url}")

    def page(self) -> Page:
        """Open an empty page that reports its errors."""
        page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on(
            "console",
            lambda said: said.type == "error" and self.complaints.append(_said(said)),
        )
        return page

    def open(self, address: str = "cloud/", ready: bool = True) -> Page:
        """Open a page of the site, and wait for its workbench."""
        page = self.page()
        page.goto(self.server.url + address, wait_until="commit")
        if ready:
            wait_ready(page)
        return page

    def unexpected(self) -> list[str]:
        """Give the complaints that the test did not say to expect."""
        return [c for c in self.complaints if not any(e in c for e in self.expected)]


def _said(message: ConsoleMessage) -> str:
    """Give what the console said and of which file: a 404 alone does not name it."""
    return f"console: {message.text} ({message.location.get('url', '')})"


def wait_ready(page: Page) -> None:
    """Wait until the workbench is drawn; a failed start ends the wait with its message."""
    page.wait_for_selector(
        "html[data-python=ready], html[data-python=failed]", timeout=START_MS, state="attached"
    )
    if page.evaluate("document.documentElement.dataset.python") == "failed":
        pytest.fail(page.inner_text("[data-boot-error]"))


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true; Playwright's own way is stopped by the page's policy."""
    end = time.monotonic() + START_MS / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"waited in vain for {expression}"
        page.wait_for_timeout(50)


# To a machine of so little memory the lab makes no snapshot: two Pythons less beside a test. What a
# snapshot does is test_snapshot.py's.
LITTLE_MEMORY = "Object.defineProperty(navigator, 'deviceMemory', { get: () => 4 });"


@pytest.fixture
def visitor(chromium: Browser, server: StaticServer) -> Iterator[Visitor]:
    """A reader at a desktop, whom nothing may go wrong for."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LITTLE_MEMORY)
    reader = Visitor(context, server)
    yield reader
    context.close()
    assert reader.unexpected() == []


def kept_as(key: str, base: str = BASE) -> str:
    """Give the name under which a copy of the lab at a path keeps something in this browser."""
    return f"fleet-lab:{quote(base, safe='')}:{key}"


def kept_text(page: Page | Frame, key: str = "ledger") -> str | None:
    """Give what the browser keeps under a key of the lab, such as "ledger"."""
    return page.evaluate("(name) => localStorage.getItem(name)", kept_as(key))
