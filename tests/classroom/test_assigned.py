"""A student works on an assignment: it is kept, judged by its limits, complete by its parts."""

import csv
import io

import pytest

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.classroom.collecting import collect
from labpy.classroom.finding import Found
from labpy.classroom.replay import replay
from labpy.missions import all_missions
from labpy.state.ledger import Ledger, print_view, summary, to_markdown
from tests.classroom.played import play
from tests.missions.assignments import code

AT = "2026-03-02T09:00:00.000Z"
CODE = code("1", "edge", "2.3", "2.busiest.0p88.0p92", "2.dram.0p75", "d202603020901", "s7")
QUERY = f"?part=2&assign={CODE}"


@pytest.fixture(scope="module")
def played():
    return play("edge", seed=4, tries=1, query=QUERY, parts=(2, 3))


def again(ledger, change):
    """Chain a ledger anew, with the data of each event changed."""
    made = Ledger()
    for event in ledger.events:
        data = change(event.kind, event.part, dict(event.data))
        made = made.append(event.kind, event.track, event.part, data, event.at)
    return made


def open_lab(query, ledger_text=""):
    page = RecordingPage()
    lab = Lab(
        page, track="edge", build="b", at=AT, identity="4", query=query, ledger_text=ledger_text
    )
    return lab, page


def test_the_ledger_keeps_the_assignment_with_this_student_s_limits(played):
    (event,) = (each for each in played.events if each.kind == "assigned")
    assert event.sequence == 2
    assert event.data["code"] == CODE
    assert event.data["limits"]["part_2_dram"] == 0.75
    assert event.data["limits"]["part_2_busiest"] in (0.88, 0.9, 0.92)
    assert Ledger.from_json(played.to_json()) == played


def test_the_workbench_goes_by_the_assigned_limit_and_says_it():
    lab, page = open_lab(QUERY)
    lab.open(2)
    lab.receive({"kind": "predict", "at": AT, "part": 2, "answer": "same"})
    mission = lab.open(2).mission
    limits = {each.key: each.limit for each in mission.targets}
    assert limits["dram"] == 0.75
    assert lab.open(2).scenario.limit("dram_share") == 0.75
    assert not any(each["kind"] == "notice" for each in page.told)
    known = len(lab.session.ledger.events)
    lab, _ = open_lab(QUERY, lab.session.ledger.to_json())
    assert len(lab.session.ledger.events) == known  # opened again, it is not assigned again


def test_another_ledger_in_hand_has_the_assignment_of_the_link_too():
    lab, _ = open_lab(QUERY)
    lab.open(2)
    lab.receive({"kind": "begin", "at": AT, "identity": "other"})
    kinds = [each.kind for each in lab.session.ledger.events]
    assert kinds == ["started", "assigned"]
    assert lab.open(2).scenario.limit("dram_share") == 0.75
    plain = Ledger.new(AT, "b", "third")
    lab.query = ""
    lab.receive({"kind": "import", "at": AT, "text": plain.to_json()})
    assert lab.open(2).scenario.limit("dram_share") == 0.82


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (CODE[:-1], "mistyped or cut off"),
        (code("1", "tiny", "1"), "is one of Tiny Pioneer"),
        (code("1", "edge", "1", "1.loop.0p02"), "does not have"),
    ],
)
def test_a_word_that_is_none_is_refused_and_the_lab_goes_on(word, said):
    lab, page = open_lab(f"?assign={word}")
    assert said in page.last("notice")["text"]
    assert [each.kind for each in lab.session.ledger.events] == ["started"]


def test_complete_is_what_the_assignment_asks_for(played):
    told = summary(played, all_missions())
    assert told.complete
    (edge,) = (each for each in told.tracks if each.key == "edge")
    assert edge.complete
    assert edge.assigned.parts == (2, 3)
    without = Ledger()
    for event in played.events:
        if event.kind != "assigned":
            without = without.append(**event.content)
    assert not summary(without, all_missions()).complete


def test_every_export_tells_the_assignment(played):
    rows = dict(next(e.rows for e in print_view(played, all_missions()) if "Edge" in e.heading))
    assert rows["Assigned parts"] == "2 and 3"
    assert rows["Assignment"] == CODE
    assert "at most 75% in use" in rows["Assigned limits"]
    assert "Assigned limits" in to_markdown(played, all_missions())


def test_outcomes_are_judged_by_the_limits_that_the_ledger_holds(played):
    assert replay(played).verdict == "matches", replay(played).findings
    stricter = code("1", "edge", "2.3", "2.dram.0p72")
    forged = again(
        played,
        lambda kind, _, data: data | {"code": stricter} if kind == "assigned" else data,
    )
    assert replay(forged).verdict == "impossible"  # the limits are not those of the word
    lax = again(
        played,
        lambda kind, _, data: (
            data | {"limits": data["limits"] | {"part_2_dram": 0.99}}
            if kind == "assigned"
            else data
        ),
    )
    assert replay(lax).verdict == "impossible"


def test_a_pass_by_the_lab_s_own_limit_is_none_by_a_stricter_one():
    played = play("edge", seed=4, tries=0, parts=(2,))
    assigned = code("1", "edge", "2", "2.dram.0p72")
    lab, _ = open_lab(f"?assign={assigned}")
    (event,) = (each for each in lab.session.ledger.events if each.kind == "assigned")
    made = Ledger().append(**played.events[0].content).append(**event.content)
    for each in played.events[1:]:
        made = made.append(**each.content)
    assert replay(played).verdict == "matches"
    assert replay(made).verdict == "impossible"


def test_collect_tells_the_assignment_its_limits_and_who_was_late(played):
    told = collect([Found("anna.json", played.to_json().encode())], all_missions())
    table = list(csv.DictReader(io.StringIO(told.to_csv().decode("utf-8-sig"))))
    assert [each["assignment"] for each in table] == [CODE, CODE]
    assert "dram=0.75" in table[0]["limits"]
    assert table[0]["due"] == "2026-03-02T09:01:00Z"
    assert {each["late"] for each in table} == {"true"}
    assert {each["complete"] for each in table} == {"true"}
