"""An assignment is one wherever the lab is: in the one file, in a book's page, in a course."""

from __future__ import annotations

import json
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from buildlib.gather import read_folder
from buildlib.paths import default_layout
from buildlib.scorm import package
from buildlib.serve import StaticServer
from tests.browser.conftest import LITTLE_MEMORY, START_MS, Visitor
from tests.browser.test_embed import RECORDER
from tests.browser.test_ledger_page import blank, export
from tests.browser.test_scorm import LMS
from tests.missions.assignments import code

WORD = code("1", "edge", "2.3", "2.dram.0p75", "d209912012259")
SAID = "Your assignment: parts 2 and 3 of Edge Guardian, due "
LIMIT = "at most 75% in use instead of at most 82% in use"
NAME = "fleet-lab-offline.html"


def expect_said(where) -> None:
    """The page says it before Python is there: its parts, its end, its limit, in text and light."""
    said = where.locator("[data-assignment]")
    expect(said).to_contain_text(SAID)
    expect(said).to_contain_text("2099")
    expect(said).to_contain_text(LIMIT)
    light = where.locator('#part-2 [data-target="dram"] [data-limit-bound]')
    expect(light).to_have_text("at most 75% in use")


def ready(where) -> None:
    expect(where.locator("html[data-python=ready]")).to_be_attached(timeout=START_MS)


def kept(page: Page) -> list[dict]:
    """Give the assignments of the ledger that an export holds."""
    events = json.loads(export(page))["events"]
    return [each["data"] for each in events if each["kind"] == "assigned"]


def test_the_one_file_lab_keeps_the_assignment_of_its_address(
    chromium: Browser, dist: Path, tmp_path: Path
):
    shutil.copy(dist / NAME, tmp_path)
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{(tmp_path / NAME).as_uri()}?track=edge&assign={WORD}")
    expect_said(page)
    ready(page)
    expect_said(page)
    page.locator('.part-nav [data-part-link="2"]').click()
    assert f"assign={WORD}" in page.url
    (told,) = kept(page)
    assert (told["code"], told["parts"], told["limits"]) == (WORD, "2.3", {"part_2_dram": 0.75})
    # Without the word in the address the ledger still has it.
    page.goto(f"{(tmp_path / NAME).as_uri()}?track=edge")
    expect_said(page)
    context.close()


def test_a_frame_says_its_assignment_and_tells_it_to_the_page_around(visitor: Visitor):
    page = visitor.page()
    address = f"{visitor.server.url}edge/?embed=1&part=2&assign={WORD}"
    blank(
        page,
        visitor.server.url + "book.html",
        f'<script>{RECORDER}</script><link rel="icon" href="data:,">'
        f'<iframe class="fleet-lab" src="{address}" width="1000" height="700"></iframe>',
    )
    frame = page.frame_locator("iframe")
    expect_said(frame)
    ready(frame)
    page.wait_for_function("told.some((each) => each.type === 'assignment')")
    told = page.evaluate("told.find((each) => each.type === 'assignment')")
    assert (told["track"], told["parts"]) == ("edge", [2, 3])
    frame.locator('.embed-nav [data-part-link="3"]').click()
    expect_said(frame)
    assert f"assign={WORD}" in page.frames[1].url


def test_a_course_s_package_hands_its_assignment_on(chromium: Browser, dist: Path, tmp_path: Path):
    data = package(read_folder(dist), default_layout().site, assign=WORD)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    with StaticServer(tmp_path, base="/pluginfile/7/") as server:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(LITTLE_MEMORY)
        page = context.new_page()
        blank(page, server.url + "course.html", LMS)
        launcher = page.frame_locator("#sco")
        expect(launcher.locator("[data-lms-state]")).to_have_text(
            "Your course was told: incomplete."
        )
        expect(launcher.locator("[data-track]")).to_have_count(1)  # it opens by itself
        expect_said(launcher.frame_locator("iframe"))
        context.close()
