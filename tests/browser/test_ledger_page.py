"""The ledger on the page: two tabs, files from elsewhere, a store full, denied or damaged."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from labpy.state.ledger import MAX_BYTES, Ledger
from tests.browser.conftest import START_MS, Visitor, kept_as, kept_text, wait_ready
from tests.state.ledger_samples import note, predict, time

LEDGER = kept_as("ledger")
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""
FILL = """() => {
  let size = 2 ** 23;
  let text = "";
  while (size >= 1) {
    try { localStorage.setItem("filler", text + "x".repeat(size)); text += "x".repeat(size); }
    catch { size = Math.floor(size / 2); }
  }
}"""


# How pages of one store would begin: two in a row, one that finds nonsense, one with a ledger.
KEEPING = Path(__file__).parents[2] / "site" / "js" / "keep" / "keeping.js"
SEEDS = """async () => {
  const { Keeping } = await import("./keeping.js");
  const kept = new Map();
  const store = {
    get: (key) => kept.get(key) ?? "",
    getJSON: (key, otherwise, fits) => (fits(kept.get(key)) ? kept.get(key) : otherwise),
    setJSON: (key, value) => kept.set(key, value),
  };
  const begin = () => new Keeping(store, () => {}).seed("mine");
  const [one, other] = [begin(), begin()];
  kept.set("seed", { at: "yesterday", build: 7, identity: "x" });
  const odd = begin();
  kept.clear();
  kept.set("ledger", "a ledger");
  begin();
  return [one, other, odd, kept.get("seed") ?? null];
}"""

# A page that keeps a ledger and is told of one more event, then of one that lacks the one before.
EVENTS = """async ([text, event, late]) => {
  const { Keeping } = await import("./keeping.js");
  const kept = new Map();
  const store = {
    get: (key) => kept.get(key) ?? "",
    stored: (key) => kept.get(key) ?? "",
    set: (key, value) => Boolean(kept.set(key, value)),
  };
  const asked = [];
  const keeping = new Keeping(store, (...given) => asked.push(given));
  keeping.keep({ text, synced: 0, work: true, beginning: "b" });
  keeping.add(event);
  keeping.add(late);
  return [kept.get("ledger"), asked];
}"""


def stored(page: Page | Frame) -> Ledger:
    """Read the ledger that the browser keeps; one whose chain is broken ends the test."""
    return Ledger.from_json(page.evaluate(f"localStorage.getItem('{LEDGER}')"))


def told(ledger: Ledger, kind: str) -> list[tuple[str, int]]:
    return [(each.track, each.part) for each in ledger.events if each.kind == kind]


def commit(page: Page | Frame, part: int = 1) -> None:
    section = page.locator(f'section[data-part="{part}"]')
    radios = section.locator("form[data-lock] input[type=radio]")
    if radios.count():
        radios.first.check()
    else:
        section.locator("form[data-lock] input[name=prediction]").fill("2")
    section.locator("form[data-lock] [type=submit]").click()


def expect_state(page: Page | Frame, part: int, state: str) -> None:
    expect(page.locator(f'.part-nav [data-part-link="{part}"]')).to_have_attribute(
        "data-state", state
    )


def say(page: Page) -> str:
    return page.locator("[data-ledger-message]").inner_text()


def give(page: Page, path: Path, content: str | bytes) -> None:
    """Choose a file for import."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    page.locator("[data-ledger-import]").set_input_files(path)


def blank(page: Page, address: str, body: str = "") -> None:
    """Open a page of the same origin that is not the lab's."""
    page.route(address, lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(address)


def export(page: Page) -> str:
    with page.expect_download() as download:
        page.locator('[data-ledger-export="json"]').click()
    return Path(download.value.path()).read_text("utf-8")


def another() -> Ledger:
    """Another student's ledger, with a text that would be markup if it could."""
    return note(predict(Ledger.new(time(0), "build-7", "another"), answer="linear"), HOSTILE)


@pytest.fixture
def hold(visitor: Visitor, dist: Path) -> Iterator[Callable[[], None]]:
    """Keep Python from starting until this is called."""
    gate = threading.Event()

    def wait(_handler: object) -> bool:
        gate.wait(60)
        return False

    archive = next(dist.glob("assets/lab-*/*")).relative_to(dist).as_posix()
    visitor.server.faults[archive] = wait
    yield gate.set
    gate.set()


def test_two_tabs_write_to_one_ledger_and_follow_each_other(visitor: Visitor, tmp_path: Path):
    one = visitor.open("cloud/?part=1")
    other = visitor.open("cloud/?part=2")
    commit(one, 1)
    commit(other, 2)
    for page in (one, other):
        expect_state(page, 1, "begun")
        expect_state(page, 2, "begun")
    expect(other.locator('section[data-part="1"]')).to_have_attribute(
        "data-lock-state", "committed"
    )
    # Both at once, so that the two apps part and have to be joined.
    one.evaluate("document.querySelector('section[data-part=\"1\"] [data-checkpoint]').click()")
    other.evaluate("document.querySelector('section[data-part=\"2\"] [data-checkpoint]').click()")
    for page in (one, other):
        expect_state(page, 1, "done")
        expect_state(page, 2, "done")
    ledger = stored(one)
    assert sorted(told(ledger, "predicted")) == [("cloud", 1), ("cloud", 2)]
    assert sorted(told(ledger, "checkpointed")) == [("cloud", 1), ("cloud", 2)]
    assert export(other) == one.evaluate(f"localStorage.getItem('{LEDGER}')")
    # Another ledger in one tab is another ledger in both, and what was there is set aside.
    one.locator("[data-ledger-begin]").click()
    one.get_by_role("button", name="Begin a new ledger").click()
    for page in (one, other):
        expect_state(page, 1, "open")
        expect(page.locator('section[data-part="2"]')).to_have_attribute("data-lock-state", "open")
        expect(page.locator("[data-ledger-aside] li")).to_have_count(1)
    assert len(stored(one).events) == 1
    other.get_by_role("button", name="Bring back").click()
    for page in (one, other):
        expect_state(page, 1, "done")
        expect(page.locator("[data-ledger-aside] li")).to_have_count(0)
    assert stored(one) == ledger


def test_two_frames_that_begin_together_keep_one_ledger(visitor: Visitor, hold: Callable[[], None]):
    page = visitor.page()
    frames = "".join(f'<iframe src="cloud/?part={n}" height="600"></iframe>' for n in (1, 2))
    blank(page, visitor.server.url + "textbook.html", frames)
    for number, frame in enumerate(page.frames[1:], 1):
        commit(frame, number)
    hold()
    for frame in page.frames[1:]:
        frame.wait_for_selector("html[data-python=ready]", timeout=START_MS, state="attached")
        expect_state(frame, 1, "begun")
        expect_state(frame, 2, "begun")
    ledger = stored(page)
    assert sorted(told(ledger, "predicted")) == [("cloud", 1), ("cloud", 2)]
    assert page.frames[1].locator("[data-ledger-aside] li").count() == 0


def test_pages_that_start_before_there_is_a_ledger_agree_on_how_it_begins(visitor: Visitor):
    page = visitor.page()
    page.route("**/keeping.js", lambda route: route.fulfill(path=KEEPING))
    blank(page, visitor.server.url + "seeds.html")
    one, other, odd, late = page.evaluate(SEEDS)
    assert one == other
    assert odd["identity"] != one["identity"]  # what is no seed would keep the app from starting
    assert odd["build"] == "mine"
    assert late is None


def test_the_page_keeps_an_event_to_the_byte_and_asks_where_one_does_not_follow(visitor: Visitor):
    ledgers = [another()]
    for text in (HOSTILE, '"head":"' + ledgers[0].head + '"', "third"):
        ledgers.append(note(ledgers[-1], text))
    events = [
        {"lines": [new.events[-1].line], "before": old.head, "head": new.head, "synced": 0}
        for old, new in itertools.pairwise(ledgers)
    ]
    page = visitor.page()
    page.route("**/keeping.js", lambda route: route.fulfill(path=KEEPING))
    blank(page, visitor.server.url + "events.html")
    kept, asked = page.evaluate(EVENTS, [ledgers[0].to_json(), events[0], events[2]])
    assert kept == ledgers[1].to_json()
    assert asked == [[kept, 1]]
    kept, asked = page.evaluate(EVENTS, [ledgers[0].to_json(), events[0], events[1]])
    assert kept == ledgers[2].to_json()
    assert asked == []


def test_what_is_no_ledger_is_refused_and_another_is_asked_for(visitor: Visitor, tmp_path: Path):
    page = visitor.open()
    commit(page)
    expect_state(page, 1, "begun")
    before = page.evaluate(f"localStorage.getItem('{LEDGER}')")
    theirs = another().to_json()
    newer = theirs.replace('"schema":1', '"schema":2')
    for content, reason in (
        (theirs.replace('"linear"', '"flat"'), "was changed after it was written"),
        ('{"format": "notebook"}', "this is no ledger of this lab"),
        (newer, "newer version"),
        (b"\xff\xfe\x00PK", "not JSON"),
        (b" " * (MAX_BYTES + 1), "a ledger has at most 2 MB"),
    ):
        give(page, tmp_path / "file.json", content)
        expect(page.locator("[data-ledger-message]")).to_contain_text(reason)
        expect(page.locator("[data-ledger-message]")).to_contain_text("Your ledger is as it was.")
        assert export(page) == before
    give(page, tmp_path / "same.json", before)
    expect(page.locator("[data-ledger-message]")).to_contain_text("already holds everything")
    give(page, tmp_path / "theirs.json", theirs)
    expect(page.locator("[data-ledger-message]")).to_contain_text("Open it?")
    page.get_by_role("button", name="No, leave it as it is").click()
    assert export(page) == before
    give(page, tmp_path / "theirs.json", theirs)
    page.get_by_role("button", name="Open the file’s ledger").click()
    expect(page.locator("[data-ledger-message]")).to_contain_text("set aside below")
    assert stored(page) == another()
    expect(page.locator("[data-ledger-view]")).to_contain_text(HOSTILE)
    assert page.title() != "owned"
    assert page.locator("[data-ledger-view] img, [data-ledger-view] script").count() == 0
    with page.expect_download() as download:
        page.locator("[data-ledger-aside]").get_by_role("button", name="Save").click()
    assert Path(download.value.path()).read_text("utf-8") == before


def test_what_is_done_before_python_is_up_survives_a_reload(
    visitor: Visitor, hold: Callable[[], None], tmp_path: Path
):
    page = visitor.page()
    blank(page, visitor.server.url + "blank.html")
    page.evaluate(f"text => localStorage.setItem('{LEDGER}', text)", another().to_json())
    page.goto(visitor.server.url + "cloud/?part=2")
    commit(page, 2)
    page.reload()
    expect(page.locator('section[data-part="2"]')).to_have_attribute("data-lock-state", "committed")
    # What is kept can be had without Python, in case it never comes.
    assert export(page) == another().to_json()
    third = predict(Ledger.new(time(0), "build-7", "third"))
    give(page, tmp_path / "file.json", third.to_json())
    expect(page.locator("[data-ledger-message]")).to_contain_text("Python is still starting")
    hold()
    wait_ready(page)
    expect(page.locator("[data-ledger-message]")).to_contain_text("Open it?")
    assert told(stored(page), "predicted") == [("cloud", 1), ("cloud", 2)]
    assert kept_text(page, "queue/cloud") == "[]"


def test_a_full_store_is_said_and_everything_can_still_be_exported(visitor: Visitor):
    page = visitor.page()
    blank(page, visitor.server.url + "blank.html")
    page.evaluate(f"text => localStorage.setItem('{LEDGER}', text)", another().to_json())
    page.evaluate(FILL)
    page.goto(visitor.server.url + "cloud/?part=2")
    wait_ready(page)
    expect_state(page, 1, "begun")  # what was kept before is still read
    commit(page, 2)
    expect(page.locator("[data-notice]")).to_contain_text("store is full")
    expect_state(page, 2, "begun")
    both = [("cloud", 1), ("cloud", 2)]
    assert told(Ledger.from_json(export(page)), "predicted") == both
    assert stored(page) == another()
    page.evaluate("localStorage.removeItem('filler')")
    page.locator('section[data-part="2"] [data-checkpoint]').click()
    expect(page.locator("[data-ledger-kept]")).to_have_text("")
    assert told(stored(page), "predicted") == both


def test_a_denied_store_is_said_and_everything_can_still_be_exported(visitor: Visitor):
    visitor.context.add_init_script(DENIED)
    page = visitor.open(ready=False)
    expect(page.locator("[data-memory-state]")).to_be_visible()
    commit(page)
    wait_ready(page)
    expect(page.locator("[data-ledger-kept]")).to_contain_text("Export your ledger")
    expect_state(page, 1, "begun")
    leaving: list[str] = []
    page.on("dialog", lambda dialog: (leaving.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert leaving == ["beforeunload"]
    assert told(Ledger.from_json(export(page)), "predicted") == [("cloud", 1)]


def test_a_damaged_stored_ledger_is_set_aside_as_it_was(visitor: Visitor):
    damaged = json.dumps(another().to_json().replace("linear", "flat"))
    visitor.context.add_init_script(
        f"if (!localStorage.getItem('{LEDGER}')) localStorage.setItem('{LEDGER}', {damaged})"
    )
    page = visitor.open()
    expect(page.locator("[data-notice]")).to_contain_text("can't be read: event 2")
    commit(page)
    expect_state(page, 1, "begun")
    assert told(stored(page), "predicted") == [("cloud", 1)]
    expect(page.locator("[data-ledger-aside] li")).to_have_count(1)
    assert page.get_by_role("button", name="Bring back").count() == 0
    with page.expect_download() as download:
        page.locator("[data-ledger-aside]").get_by_role("button", name="Save").click()
    assert Path(download.value.path()).read_text("utf-8") == json.loads(damaged)


def test_a_name_stands_in_each_export_and_in_its_file_s_name(visitor: Visitor):
    page = visitor.open("edge/")
    page.locator("[data-ledger-name]").fill("Gül & Hanna, 7")
    for form, ending in (("json", "json"), ("markdown", "md"), ("csv", "csv")):
        with page.expect_download() as waiting:
            page.locator(f'[data-ledger-export="{form}"]').click()
        assert waiting.value.suggested_filename == f"fleet-serving-lab-edge-Gül-Hanna-7.{ending}"
        text = Path(waiting.value.path()).read_text("utf-8")
        assert "Gül" in text
    exported = Ledger.from_json(kept_text(page))
    assert [each.kind for each in exported.events].count("named") == 1
    page.reload()
    expect(page.locator("html[data-python=ready]")).to_be_attached(timeout=START_MS)
    expect(page.locator("[data-ledger-name]")).to_have_value("Gül & Hanna, 7")
