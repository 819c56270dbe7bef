"""A class as its page takes it: each file is classed rightly, whatever was done to it."""

import io
import zipfile
from statistics import median

import openpyxl
import pytest

from labcollect.cli import main
from labpy.app import class_lab
from labpy.app.class_lab import ClassLab
from labpy.app.page import RecordingPage
from labpy.classroom.room import ClassRoom
from labpy.classroom.xlsx import write_xlsx
from labpy.missions import all_missions, load_part
from labpy.state.ledger import restored, summary
from tests.classroom.hand_ins import odd_files
from tests.classroom.played import BUILD, play

AT = "2026-03-02T12:00:00.000Z"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    ada, ben = play("cloud", seed=3), play("tiny", seed=5, parts=(1,))
    return {
        "ada.json": ada.to_json().encode(),
        "renamed.txt": ben.to_json().encode(),
        **odd_files(ada, ben),
        "essay.docx": b"no ledger at all",
    }


@pytest.fixture(scope="module")
def room(files) -> ClassRoom:
    room = ClassRoom(all_missions(), BUILD)
    for name, data in files.items():
        room.take(name, data)
    while room.step():
        pass
    return room


def by_file(room: ClassRoom) -> dict[str, dict]:
    return {each["file"]: each for each in room.students()}


def test_each_file_is_classed_rightly(room, files):
    rows = by_file(room)
    assert {name: (row["chain"], row.get("replay")) for name, row in rows.items()} == {
        "ada.json": ("holds", "matches"),
        "renamed.txt": ("holds", "matches"),
        "utf-16.json": ("not-read", None),
        "copy of ada.json": ("holds", "matches"),
        "forged.json": ("holds", rows["forged.json"]["replay"]),
        "edited.json": ("broken", None),
        "damaged.json": ("not-read", None),
        "empty.json": ("not-read", None),
        "foreign.json": ("not-read", None),
        "huge.json": ("not-read", None),
    }
    assert rows["forged.json"]["replay"] in ("differs", "impossible")
    assert room.other == ["essay.docx"]
    for name in (
        "utf-16.json",
        "edited.json",
        "damaged.json",
        "empty.json",
        "foreign.json",
        "huge.json",
    ):
        assert rows[name]["note"], name  # each says why


def test_copies_are_named_on_both_sides(room):
    rows = by_file(room)
    assert "copy of ada.json" in rows["ada.json"]["note"]
    assert "ada.json" in rows["copy of ada.json"]["note"]


def test_one_ledger_that_was_handed_in_twice_predicts_once(room):
    counts = room.tallies()["tiny-1"].counts
    assert sum(counts.values()) == 1
    assert sum(room.tallies()["cloud-1"].counts.values()) == 1  # three files of one beginning


def test_a_zip_in_a_zip_gives_the_same(files):
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("Ben_42_assignsubmission_file/ledger.txt", files["renamed.txt"])
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("Ben/export.zip", inner.getvalue())
    room = ClassRoom(all_missions(), BUILD)
    room.take("course.zip", outer.getvalue())
    while room.step():
        pass
    (row,) = room.students()
    assert (row["chain"], row["replay"]) == ("holds", "matches")
    assert row["file"].startswith("course.zip/Ben/export.zip/")


def test_what_is_exported_is_what_the_command_writes_and_opens_elsewhere(room):
    columns, rows = room.table().table(texts=True)
    book = openpyxl.load_workbook(io.BytesIO(room.to_xlsx()), read_only=True)
    told = list(book["parts"].values)
    assert told[0] == columns
    assert len(told) == len(rows) + 1
    file, chain = columns.index("file"), columns.index("chain")
    assert [(row[file], row[chain]) for row in told[1:]] == [(r["file"], r["chain"]) for r in rows]
    assert {row[0] for row in list(book["predictions"].values)[1:]} == {
        "cloud-1", "cloud-2", "cloud-3", "tiny-1",
    }  # fmt: skip


def test_no_cell_of_a_workbook_is_a_formula_or_breaks_the_file():
    texts = ("=1+1", "<b>&\"'", "a\x00b", "\ud800", "two\nlines", "+", "@SUM(A1)")
    written = write_xlsx({'a "<&': [texts, (1, 2.5, True, None, float("inf"))]})
    sheet = openpyxl.load_workbook(io.BytesIO(written))['a "<&']
    cells = list(sheet.iter_rows())
    assert all(cell.data_type in ("s", "inlineStr") for cell in cells[0])
    assert [cell.value for cell in cells[0]][:2] == list(texts[:2])
    assert [cell.value for cell in cells[1]][:4] == [1, 2.5, True, None]


def test_the_page_hears_of_each_ledger_and_then_of_all(files):
    page = RecordingPage()
    lab = ClassLab(page, build=BUILD)
    for name in ("ada.json", "damaged.json"):  # the second comes when the first has been read
        lab.take(name, files[name])
        while lab.rest():
            pass
    lab.receive({"kind": "class", "at": AT, "do": "handed", "values": {}})
    while lab.rest():
        pass
    told = [each for each in page.told if each["kind"] == "class"]
    assert [each["state"] for each in told] == ["reading", "reading", "ready"]
    assert {each["chain"] for each in told[-1]["told"]["students"]} == {"holds", "not-read"}
    lab.receive({"kind": "class", "at": AT, "do": "open", "values": {"file": "ada.json"}})
    assert page.told[-1]["told"]["sections"]
    lab.receive({"kind": "class", "at": AT, "do": "clear", "values": {}})
    assert page.told[-1]["told"]["students"] == []


def test_a_row_tells_each_part_with_what_it_passed_and_how_far_off_it_was(room):
    ada = by_file(room)["ada.json"]
    part = ada["parts"]["cloud-1"]
    knob = load_part("cloud", 1).knobs[0]
    assert (part["passed"], part["begun"]) == (1, 1)
    assert knob.label in part["settings"]
    told = summary(room.handed["ada.json"].ledger, all_missions())
    off = {f"{p.track}-{p.part}": p.off_by for p in told.parts if p.off_by is not None}
    assert {place: restored(each["off"]) for place, each in ada["parts"].items()} == off
    assert restored(ada["off"]) == median(off.values())
    assert ada["passed"] == sum(each["passed"] for each in ada["parts"].values()) == 3


def test_the_page_s_feedback_is_that_of_the_command(room, files, tmp_path):
    for name in ("ada.json", "renamed.txt", "edited.json"):
        (tmp_path / name).write_bytes(files[name])
    assert main(["mark", str(tmp_path)]) == 0
    command = (tmp_path / "marks" / "feedback.zip").read_bytes()
    own = ClassRoom(all_missions(), BUILD)
    for name in ("renamed.txt", "edited.json", "ada.json"):
        own.take(name, files[name])
    while own.step():
        pass
    assert own.feedback() == command
    assert len(zipfile.ZipFile(io.BytesIO(command)).namelist()) == 2


def test_reading_can_be_stopped(files, monkeypatch):
    monkeypatch.setattr(class_lab, "PIECE_S", 0.0)
    lab = ClassLab(RecordingPage(), build=BUILD)
    for name in ("ada.json", "renamed.txt", "edited.json"):
        lab.take(name, files[name])
    assert lab.rest()
    lab.receive({"kind": "class", "at": AT, "do": "stop", "values": {}})
    assert not lab.rest()
    assert len(lab.room.handed) == 1
