"""What the browser keeps: poisoned values, two copies on one host, two tabs that lock at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from buildlib.serve import StaticServer
from labpy.state.ledger import Ledger
from tests.browser.conftest import LITTLE_MEMORY, Visitor, kept_as, kept_text, wait_ready
from tests.state.ledger_samples import note, predict, time

SECTION = 'section[data-part="1"]'
SET_ONCE = """(all) => {
  for (const [key, text] of Object.entries(all)) localStorage.setItem(key, text);
}"""
# Both at the same moment, by the clock that the two pages share.
LOCK = """([option, at]) => {
  const form = document.querySelector('section[data-part="1"] form[data-lock]');
  form.querySelectorAll("input[type=radio]")[option].checked = true;
  setTimeout(() => form.querySelector("[type=submit]").click(), at - Date.now());
}"""
DEEP = "[" * 50_000 + "]" * 50_000
# By key: what no build of the lab has written there. None of it may keep a track from opening.
UNREADABLE = {
    "ledger": '{"format": "fleet-serving-lab-ledger", "events": [null, 5, {"data": [1]}]}',
    "seed": "5",
    "queue/cloud": '[{"kind": "predict"}, null, 5]',
    "settings/cloud/1": "[1]",
    "settings/cloud/2": '"x"',
    "settings/cloud/3": DEEP,
    "aside/1": '{"at": {}, "text": {}}',
    "aside/2": "null",
}
ODD = {
    "theme": "[1]",
    "exported": "null",
    "clash": "{}",
    "before": "5",
    "reflect/cloud/1": "{} " * 5_000,
    "defence/cloud/1": "null",
}


def old_ledger() -> Ledger:
    return note(predict(Ledger.new(time(0), "build-7", "before"), answer="linear"), "From before.")


@pytest.fixture
def copies(dist: Path, tmp_path: Path) -> Iterator[StaticServer]:
    """Two copies of the site under one origin."""
    for name in ("lab-spring", "lab-fall"):
        shutil.copytree(dist, tmp_path / name, copy_function=os.link)
    with StaticServer(tmp_path) as server:
        yield server


def test_two_copies_on_one_host_keep_their_own_and_take_over_what_was_theirs(
    chromium: Browser, copies: StaticServer
):
    context = chromium.new_context()
    context.add_init_script(LITTLE_MEMORY)
    reader = Visitor(context, copies)
    page = reader.page()
    page.goto(copies.url + "lab-spring/teach/")
    # An earlier build was used in one of the two, and in which of them only that one knows.
    old = old_ledger().to_json()
    earlier = {"fleet-lab/ledger": old, "fleet-lab/reflect/cloud/1": "A draft.", "fleet-lab/x": "1"}
    page.evaluate(SET_ONCE, earlier | {kept_as("before", "/lab-fall/"): "yes"})
    page.goto(copies.url + "lab-spring/cloud/", wait_until="commit")
    wait_ready(page)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "open")
    expect(page.locator(f"{SECTION} [data-reflect]")).to_have_value("")
    expect(page.locator("[data-notice]")).to_contain_text("kept a ledger on this site")
    expect(page.locator("[data-ledger-aside] li")).to_have_count(1)
    page.locator("[data-ledger-aside]").get_by_role("button", name="Bring back").click()
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    page.locator("[data-ledger-begin]").click()
    page.get_by_role("button", name="Begin a new ledger").click()
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "open")
    page.goto(copies.url + "lab-fall/cloud/", wait_until="commit")
    wait_ready(page)
    expect(page.locator(f"{SECTION} [data-reflect]")).to_have_value("A draft.")
    expect(page.locator("[data-ledger-aside] li")).to_have_count(0)
    spring, fall = (
        page.evaluate("(name) => localStorage.getItem(name)", kept_as("ledger", path))
        for path in ("/lab-spring/", "/lab-fall/")
    )
    assert fall == old
    assert len(Ledger.from_json(spring).events) == 1
    for key, text in earlier.items():  # for a copy that has not been updated
        assert page.evaluate("(key) => localStorage.getItem(key)", key) == text
    context.close()
    assert reader.unexpected() == []


def test_whatever_lies_in_the_store_a_track_opens_and_what_it_can_not_read_is_put_aside(
    visitor: Visitor,
):
    page = visitor.page()
    page.route("**/blank.html", lambda route: route.fulfill(content_type="text/html", body=""))
    page.goto(visitor.server.url + "blank.html")
    poison = {kept_as(key): text for key, text in (UNREADABLE | ODD).items()}
    page.evaluate(SET_ONCE, poison)
    page.goto(visitor.server.url + "cloud/", wait_until="commit")
    wait_ready(page)
    notices = page.locator("[data-notice]")
    expect(notices).to_contain_text("The stored ledger can't be read")
    expect(notices).to_contain_text("kept for the lab can’t be read")
    expect(page.locator("[data-ledger-aside] li")).to_have_count(len(UNREADABLE))
    page.locator(f"{SECTION} input[type=radio]").first.check()
    page.locator(f"{SECTION} form[data-lock] [type=submit]").click()
    expect(page.locator('.part-nav [data-part-link="1"]')).to_have_attribute("data-state", "begun")
    page.reload()
    wait_ready(page)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    expect(notices.locator(".notice")).to_have_count(0)  # it was said once
    expect(page.locator("[data-ledger-aside] li")).to_have_count(len(UNREADABLE))
    aside = page.evaluate(
        "(start) => Object.keys(localStorage).filter((key) => key.startsWith(start))"
        ".map((key) => JSON.parse(localStorage.getItem(key)).text)",
        kept_as("aside/"),
    )
    assert sorted(map(squeezed, aside)) == sorted(map(squeezed, UNREADABLE.values()))


def squeezed(text: str) -> str:
    return text.replace(" ", "")


def test_of_two_tabs_that_lock_at_once_one_wins_and_both_say_so(visitor: Visitor):
    pages = [visitor.open("cloud/?part=1"), visitor.open("cloud/?part=1")]
    at = pages[0].evaluate("Date.now() + 1500")
    for option, page in enumerate(pages):
        page.evaluate(LOCK, [option, at])
    said = [page.locator("[data-notice] .notice p", has_text="was locked") for page in pages]
    for each in said:
        expect(each).to_have_count(1)
    told = sorted(each.inner_text() for each in said)
    assert "was locked elsewhere too" in told[0]
    assert "in another tab too. The prediction here counts." in told[1]
    predicted = Ledger.from_json(kept_text(pages[0])).of("cloud", 1)
    assert [each.kind for each in predicted] == ["predicted"]
    assert predicted[0].data["label"] in told[0]
    for page in pages:
        expect(page.locator(f"{SECTION} [data-lock-answer]")).to_contain_text(
            predicted[0].data["label"]
        )
    asked_for_a_file(pages[0])


def asked_for_a_file(page: Page) -> None:
    """Once three parts are passed and in no file, a line says so; after an export it is gone."""
    ledger = Ledger.from_json(kept_text(page))
    due = page.locator("[data-export-due]")
    expect(due).to_be_hidden()
    for part in (1, 2, 3):
        data = {"settings": {}, "metrics": {}, "passed": False}
        now = page.evaluate("new Date().toISOString()")
        if part > 1:
            told = {"answer": "2", "label": "2", "implies": 2}
            ledger = ledger.append("predicted", "cloud", part, told, now)
        ledger = ledger.append("checkpointed", "cloud", part, data, now)
    page.evaluate(SET_ONCE, {kept_as("ledger"): ledger.to_json()})
    page.reload()
    wait_ready(page)
    expect(due).to_contain_text("3 parts that you passed or saved are in no file yet.")
    with page.expect_download():
        page.locator('[data-ledger-export="json"]').click()
    expect(due).to_be_hidden()
    assert kept_text(page, "exported") == ledger.head
