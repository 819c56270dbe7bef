"""Feedback and points go back to the system that the hand-in came from."""

import csv
import io

import pytest

from labpy.classroom.handing_back import (
    Given,
    Owner,
    WorksheetError,
    feedback_name,
    fill_worksheet,
    owner,
)

MOODLE = (
    "Identifier,Full name,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments\r\n"
    'Participant 4711,"Ant, Ana",Submitted,,35.00,-,\r\n'
    "Participant 4712,Bo Bee,Submitted,12,35.00,-,old\r\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Lab (991),Essay (992)\r\n"
    "Points Possible,,,,,35,10\r\n"
    '"Ant, Ana",81,s81,ana,A,,3\r\n'
)
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Lab [Total Pts: 35 Score] |_7_1"\t'
    '"Feedback to Learner"\r\n'
    '"Ant"\t"Ana"\t"aa17"\t""\t""\r\n'
)


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("c.zip/Ana Ant_4711_assignsubmission_file_/l.json", ("moodle", "4711")),
        ("Ana Ant_4711_assignsubmission_file/l.json", ("moodle", "4711")),
        ("Ana Ant_4711_assignsubmission_file_ledger_2.json", ("moodle", "4711")),
        ("antana_81_902_ledger_7.json", ("canvas", "81")),
        ("antana_LATE_81_902_ledger.json", ("canvas", "81")),
        ("Lab 1_aa17_attempt_2026-03-02-09-30-00_ledger.json", ("blackboard", "aa17")),
        ("anna.json", ("", "")),
        ("fleet-lab_2026_03.json", ("", "")),
    ],
)
def test_a_name_says_whose_the_file_is(name, whose):
    found = owner(name)
    assert (found.system, found.id) == whose
    assert (
        name == "anna.json"
        or found == Owner()
        or feedback_name(name, "cloud").startswith(found.prefix)
    )


def test_moodle_finds_participant_and_plugin_in_the_feedback_s_name():
    """As mod/assign/feedback/file/importziplib.php splits it."""
    name = feedback_name("Ana Ant_4711_assignsubmission_file_/ledger.json", "cloud")
    info = name.split("_", 4)
    assert info[1:4] == ["4711", "assignsubmission", "file"]
    assert info[4] == "feedback-cloud.html"


def test_canvas_finds_user_and_attachment_in_the_feedback_s_name():
    """The first two pieces that are numbers, as its importer reads them."""
    name = feedback_name("antana_LATE_81_902_ledger-7_3.json", "tiny")
    assert [each for each in name.split("_") if each.isdigit()][:2] == ["81", "902"]


def rows(data, delimiter=",", encoding="utf-8"):
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def test_moodle_s_worksheet_gets_points_and_comments_and_keeps_all_else():
    filled = fill_worksheet(MOODLE.encode(), {"4711": Given(31, "Good."), "9": Given(1)})
    head, ana, bo = rows(filled.data)
    assert ana == ["Participant 4711", "Ant, Ana", "Submitted", "31", "35.00", "-", "Good."]
    assert [head, bo] == [rows(MOODLE.encode())[0], rows(MOODLE.encode())[2]]
    assert (filled.rows, filled.left) == (1, ("9",))


def test_points_that_are_open_leave_their_cell_as_it_is():
    filled = fill_worksheet(MOODLE.encode(), {"4712": Given(None, "")})
    assert rows(filled.data) == rows(MOODLE.encode())


def test_canvas_asks_which_assignment_it_is():
    with pytest.raises(WorksheetError, match=r"Lab \(991\), Essay \(992\)"):
        fill_worksheet(CANVAS.encode(), {"81": Given(31)})
    filled = fill_worksheet(CANVAS.encode(), {"81": Given(31)}, "Lab (991)")
    assert rows(filled.data)[1:] == [
        ["Points Possible", "", "", "", "", "35", "10"],
        ["Ant, Ana", "81", "s81", "ana", "A", "31", "3"],
    ]


def test_blackboard_s_table_stays_in_its_encoding_and_keeps_its_tabs():
    data = BLACKBOARD.encode("utf-16")
    filled = fill_worksheet(data, {"aa17": Given(31, "Good.")})
    assert filled.data[:2] == data[:2]
    assert rows(filled.data, "\t", "utf-16")[1] == ["Ant", "Ana", "aa17", "31", "Good."]


@pytest.mark.parametrize("data", [b"", b"a,b\r\n1,2\r\n", b"\xff\xfe\x00", bytes(range(128, 200))])
def test_what_is_no_worksheet_is_refused_in_words(data):
    with pytest.raises(WorksheetError):
        fill_worksheet(data, {})
