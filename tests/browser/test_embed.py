"""The lab inside another site's page: messages, height, theme, and the strictest sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from buildlib.serve import StaticServer
from labpy.missions import load_part
from tests.browser.conftest import START_MS, Visitor, kept_text
from tests.browser.drivers import Tab
from tests.browser.journey import play_mission

SNIPPET = Path(__file__).parents[2] / "site" / "templates" / "embed-snippet.js"
STRICT = 'sandbox="allow-scripts"'
RECORDER = """
window.told = [];
addEventListener("message", ({ data, source }) => {
  const frames = [...document.querySelectorAll("iframe")];
  const index = frames.findIndex((each) => each.contentWindow === source);
  if (data?.source === "fleet-lab") told.push({ ...data, index });
});
"""


class Book(StaticServer):
    """Another site, whose one page embeds the lab."""

    def write(self, *frames: tuple[str, str]) -> str:
        """Write the page with frames of these addresses and attributes; give its address."""
        tags = "".join(
            f'<iframe class="fleet-lab" {attributes} src="{address}" '
            'style="width: 100%; height: 320px; border: 0"></iframe>'
            for address, attributes in frames
        )
        (self.directory / "index.html").write_text(
            '<!doctype html><meta charset="utf-8"><title>A book</title><link rel="icon" '
            f'href="data:,"><script>{RECORDER}{SNIPPET.read_text("utf-8")}</script>{tags}'
        )
        return self.url


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book(tmp_path) as site:
        yield site


def open_book(visitor: Visitor, book: Book, *frames: tuple[str, str]) -> Page:
    """Open the book's page and wait until each of its frames is ready."""
    visitor.expected += (f"a request left the site: {book.url}",)
    page = visitor.page()
    page.goto(book.write(*frames))
    for index in range(len(frames)):  # a frame out of sight is not drawn, so it is not ready
        page.locator("iframe").nth(index).scroll_into_view_if_needed()
        page.wait_for_function(
            "index => told.some(each => each.type === 'ready' && each.index === index)",
            arg=index,
            timeout=START_MS,
        )
    return page


def told(page: Page, kind: str) -> list[dict[str, Any]]:
    return page.evaluate("kind => told.filter(each => each.type === kind)", kind)


def commit(frame: FrameLocator, part: int = 1) -> None:
    section = frame.locator(f'section[data-part="{part}"]')
    section.locator("form[data-lock] input[type=radio]").first.check()
    section.locator("form[data-lock] [type=submit]").click()
    expect(section).to_have_attribute("data-lock-state", "committed")


def test_two_parts_on_a_page_tell_their_height_and_progress_and_take_its_theme(
    visitor: Visitor, book: Book
):
    """One page for all: a start costs seconds."""
    lab = visitor.server.url
    page = open_book(
        visitor, book, (f"{lab}cloud/?embed=1&part=1&theme=dark", ""), (f"{lab}edge/?embed=1", "")
    )
    first, second = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")
    ready = {(each["index"], each["track"], each["part"]) for each in told(page, "ready")}
    assert ready == {(0, "cloud", 1), (1, "edge", 1)}
    assert all(each["version"] == 1 for each in page.evaluate("told"))
    for hidden in (".site-header", ".site-footer", ".arc"):
        expect(first.locator(hidden).first).to_be_hidden()
    expect(first.locator(".embed-nav")).to_be_visible()

    commit(first)
    page.wait_for_function("told.some(each => each.state === 'predicted')")
    predicted = [each for each in told(page, "progress") if each["state"] == "predicted"]
    assert [(p["index"], p["track"], p["part"]) for p in predicted] == [(0, "cloud", 1)]

    assert_height_settles(page, first)
    first.locator('.embed-nav [data-part-link="2"]').click()
    expect(first.locator('section[data-part="2"]')).to_be_visible()
    assert page.frames[1].url.endswith("?part=2&embed=1&theme=dark")
    assert_height_settles(page, first)

    shown = "document.documentElement.dataset.theme"
    assert page.frames[1].evaluate(shown) == "dark"
    canvas = second.locator("section:not([hidden]) [data-instrument] canvas").first
    page.locator("iframe").nth(1).evaluate("each => each.scrollIntoView()")
    light = canvas.evaluate("each => each.toDataURL()")
    send_theme(page, 1, "dark")
    page.frames[2].wait_for_function(f"{shown} === 'dark'")
    for _ in range(100):
        if canvas.evaluate("each => each.toDataURL()") != light:
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail("the figure kept its light colours")
    send_theme(page, 1, "light")
    page.frames[2].wait_for_function(f"{shown} === 'light'")
    assert kept_text(page.frames[2], "theme") is None

    for bad in BAD_MESSAGES:
        page.evaluate("bad => frames[1].postMessage(eval(`(${bad})`), '*')", bad)
    # One frame is not the other's parent.
    page.frames[1].evaluate(
        "parent.frames[1].postMessage("
        "{source: 'fleet-lab-host', version: 1, type: 'theme', theme: 'dark'}, '*')"
    )
    page.wait_for_timeout(500)
    assert page.frames[2].evaluate(shown) == "light"


BAD_MESSAGES = (
    "null",
    "'theme'",
    "7",
    "{source: 'fleet-lab-host', version: 1, type: 'theme', theme: 'purple'}",
    "{source: 'fleet-lab-host', version: 1, type: 'theme', theme: ['dark']}",
    "{source: 'fleet-lab-host', version: 1, type: 'theme', theme: {toString: 'dark'}}",
    "{source: 'fleet-lab-host', version: 2, type: 'theme', theme: 'dark'}",
    "{source: 'fleet-lab-host', version: 1, type: 'import', theme: 'dark'}",
    "{source: 'other', version: 1, type: 'theme', theme: 'dark'}",
    "{type: 'theme', theme: 'dark'}",
    'JSON.parse(\'{"__proto__": {"source": "fleet-lab-host", "version": 1, '
    '"type": "theme", "theme": "dark"}}\')',
)


def send_theme(page: Page, index: int, theme: str) -> None:
    message = {"source": "fleet-lab-host", "version": 1, "type": "theme", "theme": theme}
    page.evaluate("([index, message]) => frames[index].postMessage(message, '*')", [index, message])


def assert_height_settles(page: Page, frame: FrameLocator) -> None:
    """The frame gets as high as its content, needs no bar of its own, and then says no more."""
    page.wait_for_function(
        "() => { const before = told.length; return new Promise(done =>"
        " setTimeout(() => done(told.length === before), 700)); }"
    )
    height = told(page, "resize")[-1]["height"]
    index = told(page, "resize")[-1]["index"]
    shown = page.locator("iframe").nth(index).bounding_box()["height"]
    assert shown == height
    inside = page.frames[index + 1].evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert inside == [height, height]


@pytest.mark.parametrize("engine", ["chromium", "firefox", "webkit"])
def test_the_same_mission_is_played_through_under_the_strictest_sandbox(
    engines, engine: str, server: StaticServer, book: Book
):
    """Opaque origin, no storage, no forms, no downloads: the lab runs, and says what it can't."""
    tab: Tab = engines(engine)
    tab.go(book.write((f"{server.url}cloud/?embed=1&part=1", STRICT)))
    tab.until("return told.length", what="a word from the frame")
    with tab.frame("iframe"):
        ledger = play_mission(tab, load_part("cloud", 1))
        assert tab.evaluate("return self.origin") == "null"
        assert "export" in tab.text("[data-memory-state]")
        assert tab.evaluate("return !find('[data-memory-state]').hidden")
        assert "copy the text" in tab.text("[data-ledger-message]")
        tab.evaluate("find('[data-ledger-export=print]').click()")
        tab.until_text("[data-ledger-message]", "may not print")
        tab.evaluate("find('.embed-nav [data-part-link=\"2\"]').click()")
        assert tab.evaluate("return !find('section[data-part=\"2\"]').hidden")
    assert ledger.events[0].kind == "started"
    seen = tab.evaluate("return told.map((each) => each.state ?? each.type)")
    assert {"ready", "resize", "predicted", "checkpointed"} <= set(seen)
    assert [each for each in tab.heard() if "favicon" not in each] == []


def test_the_demonstration_page_runs_two_parts_and_hands_them_its_theme(visitor: Visitor):
    page = visitor.open("teach/embedding/demo/", ready=False)
    for name, frame in (("open", 1), ("sandboxed", 2)):
        page.locator(f"#{name}-frame").scroll_into_view_if_needed()
        expect(page.locator(f'[data-told-by="{name}-frame"]')).to_contain_text(
            "ready", timeout=90_000
        )
        assert page.frames[frame].evaluate("self.origin") == (
            "null" if name == "sandboxed" else page.evaluate("origin")
        )
    page.locator("[data-theme-toggle]").click()
    for frame in page.frames:
        frame.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    tall = page.locator("#sandboxed-frame").bounding_box()["height"]
    assert tall > 1000


VIEWS = {
    "lock": ("form[data-lock]",),
    "workbench": ("[data-strip]", ".knobs", ".instrument-main canvas", "[data-summary]"),
    "instrument": (".instrument-main canvas", "[data-summary]"),
}
OTHERS = (".embed-nav", "[data-reveal-open]", "[data-to-reveal]", "[data-checkpoint]", ".ledger")


def test_a_view_is_one_thing_alone_at_its_own_height_and_the_prediction_comes_first(
    visitor: Visitor, book: Book
):
    """One frame after the other: the lock that the first makes is kept for the others."""
    lab = visitor.server.url
    heights = {}
    for view, seen in VIEWS.items():
        address = f"{lab}cloud/?embed=1&part=1&view={view}&arrival_rate=16&policy=continuous"
        page = open_book(visitor, book, (address, ""))
        part = page.frame_locator("iframe").locator('section[data-part="1"]')
        if view == "lock":
            expect(part.locator("[data-workbench]")).to_be_hidden()
            commit(page.frame_locator("iframe"))
            page.wait_for_function("told.some(each => each.state === 'predicted')")
        else:
            expect(part.locator("form[data-lock]")).to_be_hidden()
        for each in seen:
            expect(part.locator(each).first).to_be_visible()
        for each in (*OTHERS, *({".knobs", "[data-strip]"} - set(seen) if view != "lock" else ())):
            expect(page.frame_locator("iframe").locator(each).first).to_be_hidden()
        assert_height_settles(page, page.frame_locator("iframe"))
        heights[view] = page.locator("iframe").bounding_box()["height"]
        page.close()
    assert heights["instrument"] < heights["workbench"] < 1300
