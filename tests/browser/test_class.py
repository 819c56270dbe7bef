"""A class on the teachers' page: each file classed rightly, counted, sorted, saved, unnamed."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
from playwright.sync_api import expect

from tests.browser.barriers import audit
from tests.browser.conftest import Visitor, until
from tests.classroom.hand_ins import odd_files
from tests.classroom.played import play

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
OFFLINE = "document.querySelector('[data-offline-state]').dataset.offlineState"


def course(ada: bytes, ben: bytes) -> bytes:
    """A zip as a learning-management system gives it: renamed files, a zip within, an essay."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("ledger.txt", ben)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("Ada Ant_4711_assignsubmission_file_/handed-in.txt", ada)
        archive.writestr("Ben_42_assignsubmission_file_/export.zip", inner.getvalue())
        archive.writestr("Cy_43_assignsubmission_file_/essay.docx", b"no ledger at all")
    return outer.getvalue()


def made() -> dict[str, bytes]:
    ada = play("cloud", seed=3, tries=1)
    ben = play("tiny", seed=5, tries=0, parts=(1,))
    named = ben.append("named", "", 0, {"name": "Ben <b>Bee</b>"}, ben.events[-1].at)
    return {
        "course.zip": course(ada.to_json().encode(), named.to_json().encode()),
        **odd_files(ada, ada),
        "essay.txt": b"no ledger at all",
    }


def saved(page, kind: str) -> bytes:
    with page.expect_download() as download:
        page.click(f"[data-class-export={kind}]")
    return download.value.path().read_bytes()


def test_a_class_is_read_told_sorted_saved_and_shown_without_names(visitor: Visitor):
    page = visitor.open("teach/class/", ready=False)
    until(page, "document.documentElement.dataset.python === 'ready'")
    files = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        for name, data in made().items()
    ]
    page.set_input_files("[data-class-import]", files)
    rows = page.locator("[data-class-student]")
    expect(rows).to_have_count(10, timeout=90_000)
    told = {
        row.get_attribute("data-class-student").rpartition("/")[2]: (
            row.get_attribute("data-chain"),
            row.get_attribute("data-replay"),
        )
        for row in rows.all()
    }
    # Played by another build: what a forged ledger tells may be laid to that, but for its passes.
    assert told == {
        "handed-in.txt": ("holds", "matches"),
        "ledger.txt": ("holds", "matches"),
        "copy of ada.json": ("holds", "matches"),
        "forged.json": ("holds", "impossible"),
        "edited.json": ("broken", None),
        **{
            f"{name}.json": ("unreadable", None)
            for name in ("damaged", "empty", "foreign", "huge", "utf-16")
        },
    }
    expect(page.locator("[data-class-aside]")).to_contain_text("essay.docx")
    expect(page.locator("[data-class-rows]")).to_contain_text("Ben <b>Bee</b>")
    copy = page.locator('[data-class-student="copy of ada.json"]')
    expect(copy.locator("td").last).to_contain_text("handed-in.txt")

    tally = page.locator("[data-class-predictions=cloud-1]")
    assert sum(map(int, tally.locator("[data-class-count]").all_inner_texts())) == 1
    replies = tally.locator("[data-class-answer] .class-reply")
    assert all(text.strip() for text in replies.all_inner_texts())  # beside each bar
    expect(replies.first).to_be_visible()

    page.select_option("[data-class-part]", "cloud-1")
    expect(page.locator("[data-class-student][data-chain=holds]")).to_have_count(3)
    row = page.locator('[data-class-student="copy of ada.json"]')
    expect(row.locator("[data-of-a-part]").last).to_contain_text("replicas", ignore_case=True)
    page.select_option("[data-class-part]", "")
    page.select_option("[data-class-filter]", "odd")
    expect(rows).to_have_count(7)
    page.select_option("[data-class-filter]", "")
    page.fill("[data-class-search]", "bee")
    expect(rows).to_have_count(1)
    page.fill("[data-class-search]", "")
    page.click("[data-class-sort=name]")
    page.click("[data-class-sort=name]")
    head = page.locator("th:has([data-class-sort=name])")
    expect(head).to_have_attribute("aria-sort", "ascending")

    table = list(csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(io.BytesIO(saved(page, "xlsx")), read_only=True)
    assert len(list(book["parts"].values)) == len(table) + 1
    assert {"matches", "impossible"} <= {each["replay"] for each in table}
    pages = zipfile.ZipFile(io.BytesIO(saved(page, "feedback"))).namelist()
    assert "Ada Ant_4711_assignsubmission_file_feedback-cloud.html" in pages

    copy.locator("button").click()
    expect(page.locator(".class-detail dd").first).to_be_visible()
    for size, scheme in ((WIDE, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        audit(page, f"a class, {size['width']} px, {scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.check("[data-class-projection]")
    audit(page, "a class for the projector")
    shown = page.inner_text("main")
    assert "Ben" not in shown
    assert "Ada" not in shown
    assert "ada.json" not in page.content()
    expect(tally).to_be_visible()

    # What is kept on this visit is all that the page needs.
    until(page, f"{OFFLINE} === 'ready'")
    visitor.server.close()
    visitor.expected = ("ERR_",)
    page.reload(wait_until="commit")
    until(page, "document.documentElement.dataset.python === 'ready'")
    page.set_input_files("[data-class-import]", files[1:2])
    expect(rows).to_have_count(1, timeout=60_000)
    page.goto(visitor.server.url + "teach/peer/")
    expect(page.locator("[data-peer-code] svg")).to_be_visible()
