"""A later visit starts from a snapshot of Python's memory, and nobody can tell but by the time."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from buildlib.serve import StaticServer
from labpy.browser import memory
from labpy.browser.late_import import LateFinder
from labpy.missions import all_missions, load_part
from tests.browser import installed
from tests.browser.answers import another_worker
from tests.browser.conftest import BASE, FLAGS, LITTLE_MEMORY, START_MS, Visitor, wait_ready
from tests.browser.play import Player

TRACKS = [track for track, _ in all_missions()]
OLD_BUILD = "snapshot/000000000000-0123456789abcdef/entry.json"

# What a reader sees of a part, and what its figures are drawn from.
SEEN = """
(part) => {
    const section = document.querySelector(`section[data-part="${part}"]`);
    const texts = (selector) => [...section.querySelectorAll(selector)].map((e) => e.textContent);
    const plain = (value) => ArrayBuffer.isView(value) ? [...value] : value;
    const sources = Bokeh.documents.flatMap((doc) => [...doc._all_models.values()])
        .filter((model) => model.type === 'ColumnDataSource')
        .map((model) => [...(model.data.entries?.() ?? Object.entries(model.data))]
            .map(([name, column]) => [name, [...column].map(plain)]));
    return {
        summaries: texts('[data-summary]'), cells: texts('[data-instrument] :is(th, td)'),
        knobs: texts('[data-knob-value]'), meanings: texts('[data-knob-meaning]'),
        targets: texts('[data-target-value]'), failures: texts('[data-failure]'),
        sources: JSON.stringify(sources),
    };
}
"""
KEPT = """
async () => {
    if (!await caches.has('fleet-snapshot')) return [];
    return (await (await caches.open('fleet-snapshot')).keys()).map((each) => each.url);
}
"""
# Puts one part of what is kept back in with a change: a byte in the middle, or the known answers.
DAMAGE = """
async (name) => {
    const cache = await caches.open('fleet-snapshot');
    const keys = await cache.keys();
    const find = (end) => keys.find(({ url }) => url.endsWith(end)).url;
    if (name === 'answers') {
        const entry = await (await cache.match(find('/entry.json'))).json();
        entry.record.answers = entry.record.answers.replace('"random": [0.', '"random": [1.');
        await cache.put(find('/entry.json'), new Response(JSON.stringify(entry)));
    } else {
        const bytes = new Uint8Array(await (await cache.match(find(`/${name}`))).arrayBuffer());
        bytes[bytes.length >> 1] ^= 1;
        await cache.put(find(`/${name}`), new Response(bytes));
    }
}
"""
# Every value of the bar while the lab starts.
WATCH_BAR = """
window.bars = [];
document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector("[data-boot-bar]");
  const watched = { attributes: true };
  if (bar) new MutationObserver(() => bars.push(bar.value)).observe(bar, watched);
});
"""
# The damage, before the worker that tries the snapshot is told to.
DAMAGE_FIRST = f"""
    const damage = {DAMAGE.strip()};
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = async function (message, ...rest) {{
        if (message.kind === 'rehearse') await damage('answers');
        return post.call(this, message, ...rest);
    }};
"""
COPY = """
async ([from, to]) => {
    await caches.delete(to);
    const [source, target] = [await caches.open(from), await caches.open(to)];
    for (const key of await source.keys()) await target.put(key, await source.match(key));
}
"""


def started(page: Page) -> str:
    return page.evaluate("document.documentElement.dataset.start")


def wait_for_snapshot(page: Page) -> str:
    """Wait until the page has tried to keep a snapshot, and say how it went."""
    expect(page.locator("html[data-snapshot]")).to_be_attached(timeout=START_MS)
    return page.evaluate("document.documentElement.dataset.snapshot")


def see_every_part(page: Page, address: str, parts: tuple[int, ...]) -> list[dict[str, Any]]:
    seen = []
    for part in parts:
        page.locator(f'[data-part-link="{part}"]:visible').first.click()
        section = page.locator(f'section[data-part="{part}"]')
        expect(section.locator("[data-instrument] canvas").first).to_be_attached()
        if section.get_attribute("data-lock-state") == "open":
            Player(page, load_part(address.split("/")[0], part)).predict()
        expect(section.locator('[data-target][data-state="pending"]')).to_have_count(0)
        seen.append(page.evaluate(SEEN, part))
    assert all(each["summaries"] and each["sources"] for each in seen), address
    return seen


class Profile:
    """A browser that has been here before: one context, kept over all tests of this file."""

    def __init__(self, context: BrowserContext, server: StaticServer) -> None:
        self.reader = Visitor(context, server)
        self.asked: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))

    def visit(self, address: str = "cloud/") -> Page:
        self.asked.clear()
        return self.reader.open(address)

    def kept(self, page: Page) -> list[str]:
        return page.evaluate(KEPT)


@pytest.fixture(scope="module")
def served(dist: Path) -> Iterator[StaticServer]:
    with StaticServer(dist, base=BASE) as server:
        yield server


@pytest.fixture(scope="module")
def profile(chromium: Browser, served: StaticServer) -> Iterator[Profile]:
    """After a first visit, before which a snapshot of an older build was there."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    profile = Profile(context, served)
    page = profile.reader.page()
    page.goto(served.url)
    old = served.url + OLD_BUILD
    page.evaluate(
        "async (url) => (await caches.open('fleet-snapshot')).put(url, new Response('{}'))", old
    )
    page.goto(served.url + "cloud/")
    wait_ready(page)
    assert started(page) == "fresh"
    assert wait_for_snapshot(page) == "kept"
    assert old not in profile.kept(page)
    page.evaluate(COPY, ["fleet-snapshot", "spare"])
    page.close()
    yield profile
    context.close()
    assert profile.reader.unexpected() == []


@pytest.fixture
def restored(profile: Profile) -> Profile:
    """The same with the snapshot as it was kept, whatever other tests did to it."""
    page = profile.reader.page()
    page.goto(profile.reader.server.url)
    page.evaluate(COPY, ["spare", "fleet-snapshot"])
    page.close()
    return profile


@pytest.mark.slow
@pytest.mark.parametrize("track", TRACKS, ids=lambda track: track.key)
def test_every_part_shows_after_a_restore_what_it_shows_after_a_fresh_start(
    restored: Profile, chromium: Browser, dist: Path, track
):
    page = restored.visit(f"{track.key}/")
    assert started(page) == "snapshot"
    after_restore = see_every_part(page, track.key, track.parts)
    root = restored.reader.server.url
    assets = {url.removeprefix(root) for url in restored.asked if f"{root}assets/" in url}
    page.close()
    # All that any part asks for is kept for offline use, and no import had to be unpacked late.
    assert assets <= set(json.loads((dist / "build.json").read_text("utf-8"))["first_visit"])
    assert not [path for path in assets if fnmatch(path, "assets/packages-*")]
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
        other = Visitor(context, restored.reader.server)
        page = other.open(f"{track.key}/")
        assert started(page) == "fresh"
        assert see_every_part(page, track.key, track.parts) == after_restore
        assert other.unexpected() == []


@pytest.mark.slow
@pytest.mark.parametrize("damaged", ["memory", "answers"])
def test_a_damaged_snapshot_is_forgotten_and_the_lab_starts_as_on_a_first_visit(
    restored: Profile, damaged: str
):
    """Memory: its checksum differs. Answers: all bytes are right, but Python answers wrongly."""
    page = restored.reader.page()
    page.add_init_script(WATCH_BAR)
    page.goto(restored.reader.server.url)
    page.evaluate(DAMAGE, damaged)
    page.goto(restored.reader.server.url + "cloud/")
    wait_ready(page)
    assert started(page) == "fresh"
    bars = page.evaluate("bars")
    assert len(set(bars)) > 2
    assert bars == sorted(bars), "the bar went back when the start began anew"
    assert page.locator("[data-boot-error]").is_hidden()
    assert not [url for url in restored.kept(page) if url.endswith("/memory")]
    page.close()


@pytest.mark.slow
def test_a_snapshot_that_fails_when_it_is_tried_is_forgotten(chromium: Browser, served):
    with chromium.new_context() as context:
        context.add_init_script(DAMAGE_FIRST)
        visitor = Visitor(context, served)
        page = visitor.open("cloud/")
        assert wait_for_snapshot(page) == "none"
        assert page.evaluate(KEPT) == []
        assert visitor.unexpected() == []


def traced(context: BrowserContext, page: Page, address: str) -> set[str]:
    """Open a page, stay until its snapshot is kept or used, and say what became of its code."""
    session = context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    ended: list[bool] = []
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    categories = "disabled-by-default-devtools.timeline"
    session.send("Tracing.start", {"transferMode": "ReportEvents", "categories": categories})
    page.goto(address)
    wait_ready(page)
    if started(page) == "fresh":
        assert wait_for_snapshot(page) == "kept"
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(100)
    python = "pyodide.asm.wasm"
    return {
        each["name"]
        for each in events
        if each["name"] == "v8.wasm.cachedModule" or python in each["args"].get("url", "")
    }


@pytest.mark.slow
def test_a_later_visit_finds_the_code_that_chromium_compiled(
    chromium: Browser, served: StaticServer, tmp_path: Path
):
    """What a first visit leaves behind is found by the next one, in a browser that was closed."""
    for start, expected in (
        ("fresh", "v8.wasm.cachedModule"),
        ("snapshot", "v8.wasm.moduleCacheHit"),
    ):
        context = chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=installed.chromium(), args=FLAGS
        )
        page = context.pages[0]
        assert expected in traced(context, page, served.url + "cloud/")
        assert started(page) == start
        context.close()


@pytest.mark.slow
def test_a_retry_uses_no_snapshot(restored: Profile):
    page = restored.visit("cloud/#retry")
    assert started(page) == "fresh"
    page.close()


@pytest.mark.slow
def test_a_restore_that_hangs_is_given_up(chromium: Browser, dist: Path):
    """The worker is changed so that it believes in a snapshot and waits for it for ever."""
    read = "async read(){"  # as the minifier writes it
    never = "['memory', 'code', 'files'].map((name) => [name, new Promise(() => {})])"

    def waiting(script: str) -> str:
        assert script.count(read) == 1
        return script.replace(read, f"{read} return {{ parts: new Map({never}), record: {{}} }};")

    faults = another_worker(dist, waiting)
    with StaticServer(dist, base=BASE, faults=faults) as server, chromium.new_context() as context:
        visitor = Visitor(context, server)
        page = visitor.page()
        page.clock.install()
        page.goto(server.url + "cloud/", wait_until="commit")
        expect(page.locator("[data-boot-text]")).to_have_text("Waking Python", timeout=START_MS)
        page.clock.fast_forward(21_000)
        wait_ready(page)
        assert started(page) == "fresh"
        assert visitor.unexpected() == []


SMALL = {
    "a machine of 4 GB": LITTLE_MEMORY,
    "an iPad": (
        "Object.defineProperty(navigator, 'userAgent', {get: () => 'Macintosh'});"
        "Object.defineProperty(navigator, 'maxTouchPoints', {get: () => 5});"
    ),
}


@pytest.mark.parametrize("small", SMALL)
def test_where_memory_is_short_no_snapshot_is_made(chromium: Browser, served, small: str):
    context = chromium.new_context()
    context.add_init_script(SMALL[small])
    page = context.new_page()
    page.goto(served.url + "cloud/")
    assert wait_for_snapshot(page) == "none"
    assert page.evaluate("caches.has('fleet-snapshot')") is False
    context.close()


@pytest.mark.slow
def test_where_the_store_is_full_the_lab_works_without_a_snapshot(chromium: Browser, served):
    with chromium.new_context() as context:
        visitor = Visitor(context, served)
        page = visitor.page()
        session = context.new_cdp_session(page)
        origin = served.url.split("/textbook")[0]
        quota = {"origin": origin, "quotaSize": 60_000_000}
        session.send("Storage.overrideQuotaForOrigin", quota)
        page.goto(served.url + "cloud/")
        wait_ready(page)
        assert wait_for_snapshot(page) == "none"
        assert page.evaluate(KEPT) == []
        page.reload()
        wait_ready(page)
        assert started(page) == "fresh"
        assert visitor.unexpected() == []


def test_a_memory_that_answers_wrongly_is_refused_by_name():
    answers = memory.answers()
    memory.wake(json.dumps(answers))
    for key in answers:
        wrong = {**answers, key: [0.0]}
        with pytest.raises(RuntimeError, match=rf"answers wrongly: {key}$"):
            memory.wake(json.dumps(wrong))


def test_a_wrong_solution_is_refused_even_where_both_memories_agree(monkeypatch):
    wrong = {**memory.answers(), "solve": [1.0, 1.0, 1.1]}
    monkeypatch.setattr(memory, "answers", lambda: wrong)
    with pytest.raises(RuntimeError, match="a linear system has the solution"):
        memory.wake(json.dumps(wrong))


def test_two_wakings_of_one_memory_draw_other_numbers():
    drawn = []
    for _ in range(2):
        random.seed(1)
        np.random.seed(1)
        memory.wake(json.dumps(memory.answers()))
        drawn.append((random.random(), np.random.random()))
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]


def test_what_is_not_in_memory_is_unpacked_when_it_is_imported_and_only_then(
    tmp_path: Path, monkeypatch
):
    unpacked = []

    def unpack() -> None:
        unpacked.append(time.monotonic())
        (tmp_path / "late_part.py").write_text("value = 7\n")

    monkeypatch.syspath_prepend(tmp_path)
    finder = LateFinder(unpack)
    finder._packages.add("late_part")
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, finder])
    with pytest.raises(ModuleNotFoundError):
        __import__("a_package_that_nobody_ships")
    assert unpacked == []
    assert __import__("late_part").value == 7
    with pytest.raises(ModuleNotFoundError):
        __import__("labpy.no_such_module")
    assert len(unpacked) == 1
