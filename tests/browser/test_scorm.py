"""The package for a learning-management system, inside a system that only remembers."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from buildlib.gather import read_folder
from buildlib.paths import default_layout
from buildlib.scorm import package
from buildlib.serve import StaticServer
from tests.browser.conftest import START_MS, Visitor
from tests.browser.test_ledger_page import blank, commit

LMS = """<link rel="icon" href="data:,"><script>
window.calls = [];
window.record = {"cmi.core.lesson_status": "not attempted", "cmi.core.lesson_mode": "normal"};
const ok = (...call) => { window.calls.push(call); return "true"; };
window.API = {
  LMSInitialize: () => ok("LMSInitialize"),
  LMSGetValue: (name) => window.record[name] ?? "",
  LMSSetValue: (name, value) => { window.record[name] = value; return ok("LMSSetValue", name); },
  LMSCommit: () => ok("LMSCommit"),
  LMSFinish: () => ok("LMSFinish"),
  LMSGetLastError: () => "0",
};
</script><iframe id="sco" src="scorm.html" width="1200" height="800"></iframe>"""

# Runs the report against a record, without the lab; gives what was set, in order.
REPORT = """async ([record, messages, refuse]) => {
  const { Report, timespan } = await import("./scorm/report.js");
  const set = [];
  const lms = {
    open: true, trouble: "",
    get: (name) => record[name] ?? "",
    set: (name, value) => { set.push([name, value]); return !refuse; },
    commit: () => true, finish: () => set.push(["finish"]),
  };
  let now = 0;
  const report = new Report(lms, { cloud: [1, 2, 3], edge: [1] }, () => now);
  for (const each of messages) report.progress(each);
  now = 3_723_456;
  report.finish();
  return set;
}"""


@pytest.fixture(scope="module")
def course(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked package."""
    folder = tmp_path_factory.mktemp("course")
    with zipfile.ZipFile(BytesIO(package(read_folder(dist), default_layout().site))) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def student(chromium: Browser, course: Path) -> Iterator[Visitor]:
    """A student inside the system, which serves the package under a path of its own."""
    with StaticServer(course, base="/pluginfile/42/") as server:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        visitor = Visitor(context, server)
        visitor.expected = ("404", "ServiceWorker")  # the package has no service worker
        yield visitor
        context.close()
        assert visitor.unexpected() == []


def record(page: Page) -> dict[str, str]:
    return page.evaluate("window.record")


def reported(page: Page, record: dict, messages: list[dict], refuse: bool = False) -> list[list]:
    return page.evaluate(REPORT, [record, messages, refuse])


def reach(track: str, *parts: int) -> list[dict]:
    return [{"track": track, "part": part, "state": "checkpointed"} for part in parts]


def test_a_course_is_told_of_checkpoints_completion_and_time_and_of_no_score(student: Visitor):
    page = student.page()
    blank(page, student.server.url + "course.html", LMS)
    launcher = page.frame_locator("#sco")
    expect(launcher.locator("[data-lms-state]")).to_have_text("Your course was told: incomplete.")
    assert record(page)["cmi.core.lesson_status"] == "incomplete"
    launcher.get_by_role("button", name="Cloud Titan").click()
    lab = launcher.frame_locator("iframe")
    expect(lab.locator("html[data-python=ready]")).to_be_attached(timeout=START_MS)
    for part in (1, 2, 3):
        lab.locator(f'.embed-nav [data-part-link="{part}"]').click()
        commit(lab, part)
        lab.locator(f'section[data-part="{part}"] [data-checkpoint]').click()
        expect(lab.locator(f'section[data-part="{part}"] [data-checkpoint-state]')).to_contain_text(
            "ledger"
        )
        done = json.loads(record(page)["cmi.suspend_data"])["done"]["cloud"]
        expected = "completed" if part == 3 else "incomplete"
        assert done == list(range(1, part + 1))
        assert record(page)["cmi.core.lesson_status"] == expected
    expect(launcher.locator("[data-lms-state]")).to_have_text("Your course was told: completed.")
    page.evaluate("document.getElementById('sco').remove()")
    calls = page.evaluate("window.calls")
    assert calls[0] == ["LMSInitialize"]
    assert calls[-2:] == [["LMSCommit"], ["LMSFinish"]]
    told = record(page)
    assert re.fullmatch(r"\d{4}:\d\d:\d\d\.\d\d", told["cmi.core.session_time"])
    assert told["cmi.core.exit"] == ""
    assert len(told["cmi.suspend_data"]) <= 4096
    assert not any("score" in name or "interactions" in name for name in told)


def test_without_a_course_around_it_the_lab_works_and_says_so(student: Visitor):
    page = student.page()
    page.goto(student.server.url + "scorm.html")
    expect(page.locator("[data-lms-state]")).to_contain_text("nothing is reported")
    page.get_by_role("button", name="Tiny Pioneer").click()
    lab = page.frame_locator("iframe")
    expect(lab.locator("form[data-lock]").first).to_be_attached()
    commit(lab, 1)
    expect(lab.locator('section[data-part="1"]')).to_have_attribute("data-lock-state", "committed")
    assert student.unexpected() == []


def test_what_is_reported_follows_the_record_of_the_course(student: Visitor):
    page = student.page()
    page.goto(student.server.url + "scorm.html")
    first = dict(reported(page, {"cmi.core.lesson_status": "not attempted"}, [])[:1])
    assert first == {"cmi.core.lesson_status": "incomplete"}
    # One track that is whole completes it, over several sittings and computers.
    kept = json.dumps({"track": "cloud", "done": {"cloud": [1, 2]}})
    before = {"cmi.core.lesson_status": "incomplete", "cmi.suspend_data": kept}
    assert ["cmi.core.lesson_status", "completed"] in reported(page, before, reach("cloud", 3))
    assert ["cmi.core.lesson_status", "completed"] not in reported(page, before, reach("cloud", 2))
    # What a course has as passed is never taken back.
    passed = {"cmi.core.lesson_status": "passed"}
    names = [each[0] for each in reported(page, passed, reach("edge", 1))]
    assert "cmi.core.lesson_status" not in names
    # A review is only looked at.
    review = {"cmi.core.lesson_mode": "review"}
    assert reported(page, review, reach("edge", 1)) == [["finish"]]
    last = dict(each for each in reported(page, before, []) if len(each) == 2)
    assert last["cmi.core.session_time"] == "0001:02:03.46"
    assert last["cmi.core.exit"] == "suspend"


def test_a_record_of_another_package_is_no_progress(student: Visitor):
    page = student.page()
    page.goto(student.server.url + "scorm.html")
    odd = [
        {"track": "__proto__", "part": 1, "state": "checkpointed"},
        {"track": "cloud", "part": "1", "state": "checkpointed"},
        {"track": "cloud", "part": 1, "state": "passed"},
    ]
    for kept in ("", "{", "null", "7", '{"done": {"cloud": "123", "__proto__": [1]}}', "x" * 5000):
        told = reported(page, {"cmi.suspend_data": kept}, odd)
        assert ["cmi.core.lesson_status", "completed"] not in told
        assert not any(name == "cmi.suspend_data" for name, *_ in told)


def test_two_students_at_one_computer_have_a_ledger_each(student: Visitor):
    page = student.page()
    for who, name, state in (
        ("s1", "Ada, L.", "open"),
        ("s2", "", "open"),
        ("s1", "Ada, L.", "committed"),
    ):
        record = {"cmi.core.student_id": who, "cmi.core.student_name": name}
        course = LMS.replace(
            "const ok", f"Object.assign(window.record, {json.dumps(record)});\nconst ok"
        )
        blank(page, student.server.url + "course.html", course)
        launcher = page.frame_locator("#sco")
        launcher.get_by_role("button", name="Cloud Titan").click()
        lab = launcher.frame_locator("iframe")
        expect(lab.locator("html[data-python=ready]")).to_be_attached(timeout=START_MS)
        section = lab.locator('section[data-part="1"]')
        expect(section).to_have_attribute("data-lock-state", state)
        expect(lab.locator("[data-ledger-name]")).to_have_value(name)
        if who == "s1" and state == "open":
            commit(lab, 1)
            section.locator("[data-checkpoint]").click()
            expect(section.locator("[data-checkpoint-state]")).to_contain_text("ledger")
            assert reached(page) == [1]
        if who == "s2":
            assert reached(page) == []


def reached(page: Page) -> list[int]:
    """Give the checkpoints of the first track that the course was told of."""
    return json.loads(record(page).get("cmi.suspend_data") or "{}").get("done", {}).get("cloud", [])


def test_without_an_id_only_what_is_done_in_this_sitting_is_reported(student: Visitor):
    page = student.page()
    page.goto(student.server.url + "scorm.html")
    script = REPORT.replace("() => now)", "() => now, false)")
    old = page.evaluate(script, [{}, reach("edge", 1), False])
    assert ["cmi.core.lesson_status", "completed"] not in old
    fresh = [{"track": "edge", "part": 1, "state": "open"}, *reach("edge", 1)]
    assert ["cmi.core.lesson_status", "completed"] in page.evaluate(script, [{}, fresh, False])
