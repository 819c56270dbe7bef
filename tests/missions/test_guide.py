"""The teacher's guide is followed to the letter: plans, links, commands and labels."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from buildlib import render
from buildlib.paths import default_layout
from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.missions import all_missions, load_part, load_track, track_keys
from labpy.state.ledger import summary
from labpy.words import load_book
from tests.classroom.played import Clock
from tests.missions.assignments import code

LAYOUT = default_layout()
PROJECT = LAYOUT.site.parent
GUIDE = (PROJECT / "words" / "en" / "teach" / "guide.md").read_text("utf-8")
PLANS = (50, 90)
MISSIONS = all_missions()


def section(title):
    """Give the text below a heading of level two."""
    return GUIDE.split(f"## {title}\n")[1].split("\n## ")[0]


def table(text):
    """Give the rows of the first table of a text, without its head."""
    lines = [each for each in text.splitlines() if each.startswith("|")]
    return [[cell.strip() for cell in each.strip("|").split("|")] for each in lines[2:]]


def plan(minutes):
    """Give a plan's rows: from, to, and what happens."""
    rows = table(section(f"A class of {minutes} minutes"))
    return [(*map(int, span.split("–")), what) for span, what in rows]


def steps():
    """Give the minutes of each step within a part, and what to do if time is short."""
    return {name: (int(n), short) for name, n, short in table(section("Minutes within a part"))}


@pytest.mark.parametrize("minutes", PLANS)
def test_a_plan_fills_its_time_with_the_parts_of_every_track(minutes):
    rows = plan(minutes)
    assert rows[0][0] == 0
    assert rows[-1][1] == minutes
    assert all(before[1] == after[0] for before, after in pairwise(rows))
    named = [int(n) for _, _, what in rows for n in re.findall(r"^Part (\d)", what)]
    for track in track_keys():
        assert named == list(load_track(track).parts)


@pytest.mark.parametrize("minutes", PLANS)
def test_a_plan_gives_each_part_what_its_page_promises_less_what_is_homework(minutes):
    homework = sum(n for n, short in steps().values() if short == "homework")
    for start, end, what in plan(minutes):
        for number in re.findall(r"^Part (\d)", what):
            for track in track_keys():
                assert end - start >= load_part(track, int(number)).minutes - homework


def test_the_steps_of_a_part_add_up_to_its_minutes():
    total = sum(n for n, _ in steps().values())
    assert "Fifteen minutes" in section("What a part is")
    for _, parts in MISSIONS:
        assert {each.minutes for each in parts} == {total} == {15}


def in_class(track, parts, query="", late=()):
    """Do in class what the plan says: all but the texts named in `late`, one checkpoint a part."""
    clock = Clock()
    lab = Lab(RecordingPage(), track=track, build="b", at=clock(), identity="1", query=query)
    for number in parts:
        mission = lab.session.mission(number)
        lock = mission.lock

        def act(kind, number=number, **facts):
            lab.receive({"kind": kind, "part": number, "at": clock(), **facts})

        act("predict", answer=lock.options[0].key if lock.options else f"{lock.lowest:g}")
        bench = lab.open(number)
        bench.state.apply(mission.winning)
        act("deploy") if mission.iterations else bench.finish()
        for kind, asked in (("reflect", mission.reflection), ("defend", mission.defence)):
            if asked and kind not in late:
                act(kind, text=f"Part {number}: the queue is the model, and it is long. " * 20)
        act("checkpoint")
    return lab, clock


def told(lab, track):
    return next(each for each in summary(lab.session.ledger, MISSIONS).tracks if each.key == track)


@pytest.mark.parametrize("track", track_keys())
@pytest.mark.parametrize("minutes", PLANS)
def test_after_class_the_defence_is_missing_and_with_it_the_ledger_is_complete(minutes, track):
    """The guide says so of both plans; it does not ask for another checkpoint."""
    assert "lacks the defence" in section(f"A class of {minutes} minutes")
    numbers = [int(n) for _, _, what in plan(minutes) for n in re.findall(r"^Part (\d)", what)]
    lab, clock = in_class(track, numbers, late=("defend",))
    missing = {each.part: each.missing for each in told(lab, track).parts}
    assert missing == {1: (), 2: (), 3: ("defence",)}
    assert not told(lab, track).complete
    lab.receive(
        {"kind": "defend", "part": 3, "at": clock(), "text": "We hold the tail by waiting. " * 30}
    )
    assert told(lab, track).complete


@pytest.mark.parametrize("track", track_keys())
def test_parts_1_and_3_are_complete_by_an_assignment_and_not_without(track):
    said = section("A class of 50 minutes")
    assert "only parts 1 and 3" in said
    assert "without it part 2 is missing" in said
    alone, _ = in_class(track, (1, 3))
    assert not summary(alone.session.ledger, MISSIONS).complete
    given, _ = in_class(track, (1, 3), f"?assign={code('1', track, '1.3')}")
    assert summary(given.session.ledger, MISSIONS).complete


def test_a_part_is_complete_by_what_the_guide_lists_and_without_its_targets():
    said = section("Minutes within a part")
    assert "Targets need not be met" in said
    clock = Clock()
    lab = Lab(RecordingPage(), track="cloud", build="b", at=clock())
    text = "The knee comes earlier than it looks, and the queue says why. " * 9
    acts = (
        ("predict", {"answer": load_part("cloud", 1).lock.options[0].key}),
        ("reveal", {}),
        ("reflect", {"text": text}),
        ("checkpoint", {}),
    )
    lacking = []
    for kind, facts in acts:
        lab.open(1)
        lab.receive({"kind": kind, "part": 1, "at": clock(), **facts})
        lacking.append(told(lab, "cloud").parts[0].missing)
    assert not lacking[-1]
    assert not told(lab, "cloud").parts[0].passed
    assert len({len(each) for each in lacking}) == len(acts)  # each takes one away
    for word in ("prediction", "reveal", "reflection", "checkpoint"):
        assert word in said.split("Complete is")[1].split(".")[0]


def test_every_link_of_the_guide_leads_to_a_page_of_the_site():
    sources = {each.extra.get("source") for each in render.load_pages(LAYOUT.site)}
    found = re.findall(r"\]\(([^)#\s]+)\)", GUIDE)
    assert len(found) > 15
    for address in found:
        file = (LAYOUT.words / "en" / "teach" / address).resolve()
        assert file.relative_to(PROJECT).as_posix() in sources, address


def test_each_label_that_the_guide_names_is_the_lab_s_own():
    """In italics or quotes: a button, a state, a menu."""
    says = {"".join(each) for each in load_book("en").messages.values() if _plain(each)}
    for label in ("Simulate", "Math Peek", "The workbench is ready."):
        assert label.removesuffix(".") in GUIDE
        assert label in says
    italic = set(re.findall(r"(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)", GUIDE))
    assert italic - {"Machine Learning Systems"} <= says


def _plain(pieces):
    return all(isinstance(each, str) for each in pieces)


# ---- Commands ---------------------------------------------------------------------------------


def commands():
    """Give every command of the guide and of the pages for teachers that it leads to."""
    names = set(re.findall(r"docs/(\w+\.md)", GUIDE))
    texts = [GUIDE, *((PROJECT / "docs" / each).read_text("utf-8") for each in sorted(names))]
    found = [c for text in texts for c in re.findall(r"uv run ((?:labpy|build\.py)[^`\n#]*)", text)]
    return sorted({each.strip() for each in found})


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory):
    """A folder as a teacher has it, with what the commands name."""
    folder = tmp_path_factory.mktemp("class")
    hand_ins = Path(__file__).parents[1] / "collect" / "hand_ins"
    for name in ("anna.json", "ben.json"):
        source = next(hand_ins.rglob(f"*{name}"))
        (folder / name).write_bytes(source.read_bytes())
    return folder


def test_the_guide_leads_to_the_commands_of_a_teacher():
    names = {each.split()[1] for each in commands() if each.startswith("labpy")}
    assert {"collect", "check", "mark"} <= names
    assert any(each.startswith("build.py scorm") for each in commands())


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_guide_runs(command, class_folder, monkeypatch, capsys):
    """With a folder for FOLDER, a ledger for FILE, an assignment for WORD."""
    from buildlib.cli import command_line as build_line
    from labcollect.cli import main

    monkeypatch.chdir(class_folder)
    filled = {
        "FOLDER": ".",
        "FILE...": "anna.json",
        "WORD": code("1", "cloud", "1.3"),
        "GRADES.csv": "grades.csv",
    }
    for name, value in filled.items():
        command = command.replace(name, value)
    program, *arguments = command.split()
    if program == "build.py":  # read, not run: tests/build builds each of these
        build_line().parse_args(arguments)
        return
    if "--worksheet" in arguments:
        (class_folder / "grades.csv").write_text(
            "Identifier,Full name,Grade,Last modified (grade)\n"
        )
        main(["mark", "."])
    assert main(arguments) == 0, capsys.readouterr().err
