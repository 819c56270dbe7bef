"""`labpy mark`: feedback files, the teacher's table, and the way back."""

import csv
import io
import zipfile

import pytest

from labcollect.cli import main
from tests.classroom.played import play

NAMES = {
    "Ana Ant_4711_assignsubmission_file_": "cloud",
    "Bo Bee_4712_assignsubmission_file_": "tiny",
}
SHEET = "Identifier,Grade,Last modified (grade),Feedback comments\r\n" + "".join(
    f"Participant {name.split('_')[1]},,-,\r\n" for name in NAMES
)


@pytest.fixture
def folder(tmp_path):
    for name, track in NAMES.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "ledger.json").write_text(play(track, 3).to_json(), "utf-8")
    (tmp_path / "bad.json").write_text("{}", "utf-8")
    return tmp_path


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def rewrite(path, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_a_class_is_marked_its_teacher_fills_in_the_rest_and_it_goes_back(folder, capsys):
    assert main(["mark", str(folder)]) == 0
    told = capsys.readouterr()
    assert "2 feedback files" in told.out
    assert "bad.json" in told.err
    marks = folder / "marks"
    with zipfile.ZipFile(marks / "feedback.zip") as archive:
        names = archive.namelist()
    assert names == sorted(f"{name}feedback-{track}.html" for name, track in NAMES.items())
    rows = table(marks / "marks.csv")
    assert [row["track"] for row in rows] == ["cloud", "tiny"]
    assert {row["replay"] for row in rows} == {"matches"}
    assert rows[0]["1 settings"] == "3"
    assert rows[0]["1 reflection"] == rows[0]["total"] == ""

    for row in rows:
        row |= {f"{n} {key}": "2" for n in (1, 2, 3) for key in ("prediction", "reflection")}
        row |= {"defence": "6", "comment": "=Well argued"}
    rewrite(marks / "marks.csv", rows)
    sheet = folder / "grades.csv"
    sheet.write_text(SHEET, "utf-8", newline="")
    asked = ["mark", str(folder), "--marks", str(marks / "marks.csv"), "--worksheet", str(sheet)]
    assert main(asked) == 0
    graded = table(marks / "grades.csv")
    settings = [sum(int(row[f"{n} settings"]) for n in (1, 2, 3)) for row in rows]
    assert [int(each["Grade"]) for each in graded] == [6 * 2 + 6 + each for each in settings]
    page = (marks / "feedback" / names[0]).read_text("utf-8")
    assert "Well argued" in page
    assert f"In all {18 + settings[0]} of 35 points." in page
    assert table(marks / "marks.csv") == rows  # the teacher's own table is not written over


def test_points_that_can_t_be_are_named_and_nothing_is_written(folder, capsys):
    main(["mark", str(folder)])
    rows = table(folder / "marks" / "marks.csv")
    rows[0]["2 reflection"] = "5"
    rewrite(folder / "mine.csv", rows)
    before = (folder / "marks" / "feedback.zip").read_bytes()
    assert main(["mark", str(folder), "--marks", str(folder / "mine.csv")]) == 1
    assert "2 reflection must be a whole number from 0 to 4" in capsys.readouterr().err
    assert (folder / "marks" / "feedback.zip").read_bytes() == before


def test_the_same_hand_ins_give_the_same_bytes(folder):
    main(["mark", str(folder)])
    first = (folder / "marks" / "feedback.zip").read_bytes()
    main(["mark", str(folder)])
    assert (folder / "marks" / "feedback.zip").read_bytes() == first


def test_a_folder_that_is_none_is_said(tmp_path, capsys):
    assert main(["mark", str(tmp_path / "gone")]) == 1
    assert "is no folder" in capsys.readouterr().err
