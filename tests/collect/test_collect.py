"""A folder of hand-ins, golden but for the zips, which are made here."""

import ast
import csv
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from labcollect.cli import main
from labcollect.finding import find
from labpy.classroom import copies, finding
from labpy.classroom.collecting import COLUMNS, TEXTS, collect
from labpy.classroom.copies import same_as
from labpy.classroom.finding import Found
from labpy.missions import all_missions
from labpy.state.ledger import MAX_BYTES, Ledger, merge
from tests.classroom.played import play
from tests.state.ledger_samples import deploy, note, predict, time
from tests.state.mission_samples import MISSIONS

HERE = Path(__file__).parent
HAND_INS = HERE / "hand_ins"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(HAND_INS, tmp_path / "class"))


def table(told, texts=False):
    text = told.to_csv(texts).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def gathered(folder):
    return table(collect(find(folder, []), MISSIONS))


def by_file(rows):
    return {row["file"].removeprefix("'"): row for row in rows}


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def ledger(identity="x"):
    return predict(Ledger.new(time(0), "build-7", identity))


def test_a_folder_of_hand_ins_becomes_the_golden_table(folder):
    told = collect(find(folder, []), MISSIONS)
    assert told.to_csv(texts=True) == (HERE / "ledgers.csv").read_bytes()


def test_predictions_results_iterations_and_lengths_are_told(folder):
    row = by_file(gathered(folder))["anna.json"]
    assert (row["predicted"], row["actual"], row["off_by"]) == ("2.0", "5.5", "2.75")
    assert (row["deployments"], row["restarts"], row["deployments_to_pass"]) == ("2", "1", "2")
    assert (row["reflection_characters"], row["defence_characters"]) == ("66", "40")
    assert (row["minutes"], row["passed"], row["chain"]) == ("9.0", "true", "holds")


def test_bad_files_are_listed_with_the_reason_and_stop_nothing(folder):
    rows = by_file(gathered(folder))
    chains = {name: rows[name]["chain"] for name in rows}
    assert chains["dora.json"] == "broken"
    assert rows["dora.json"]["problem"].startswith("event 3 doesn't match its hash")
    assert chains["emil.json"] == "against-the-rules"
    assert "already has its prediction" in rows["emil.json"]["problem"]
    assert chains["notebook.json"] == chains["newer.json"] == "not-read"
    assert "newer version" in rows["newer.json"]["problem"]
    assert chains["anna.json"] == chains["fresh.json"] == "holds"
    assert rows["dora.json"]["predicted"] == ""  # nothing of a ledger that can't be trusted


def test_no_cell_is_a_formula(folder):
    for row in table(collect(find(folder, []), MISSIONS), texts=True):
        for cell in row.values():
            assert not re.match(r"\s*[=+@\t-]", cell) or re.fullmatch(r"-?[0-9.]+", cell)
    row = by_file(table(collect(find(folder, []), MISSIONS), texts=True))["anna.json"]
    assert row["defence"].startswith("'=HYPERLINK")


def test_copies_and_earlier_states_are_flagged(folder):
    said = {name: row["same_as"] for name, row in by_file(gathered(folder)).items()}
    assert "a later state of anna_monday.json" in said["anna.json"]
    assert "an earlier state of anna.json" in said["anna_monday.json"]
    assert "1 of its entries stands with the same time in anna.json" in said["=ben.json"]
    assert said["carla/Ledger.JSON"] == "a text of its stands word for word in anna.json"
    assert said["fresh.json"] == ""


def test_the_same_file_handed_in_twice_is_flagged():
    one = ledger()
    assert same_as({"a": one, "b": one}) == {
        "a": "the same ledger as b",
        "b": "the same ledger as a",
    }


def test_ledgers_that_part_say_after_how_many_entries():
    mine, theirs = deploy(ledger()), note(ledger(), "Mine.")
    assert same_as({"a": mine, "b": theirs})["a"] == "its first 2 entries are those of b"
    joined = merge(mine, theirs, time(20))
    assert "a later state of" in same_as({"a": mine, "c": joined})["c"]


def test_two_students_who_did_the_same_at_other_times_are_not_flagged():
    one, other = ledger("a"), predict(Ledger.new(time(0), "build-7", "b"), minute=2)
    assert same_as({"a": one, "b": other}) == {"a": "", "b": ""}


def wrote(identity, text, minute):
    begun = predict(Ledger.new(time(0), "build-7", identity), minute=minute)
    return note(begun, text, minute=minute + 1)


WRITTEN = (
    "I expected the wait to grow in step with the load, but near the knee each further request "
    "waits for all those before it, so the ninety ninth percentile rose four times while the "
    "throughput hardly moved, and the second replica brought both back below the limit."
)


def test_a_text_with_a_few_words_changed_is_told_and_one_of_its_own_is_not():
    near = WRITTEN.replace("expected", "thought").replace("hardly", "barely")
    other = " ".join(reversed(WRITTEN.split()))
    texts = {"a": WRITTEN, "b": near, "c": other}
    minutes = dict(zip("abc", (3, 5, 7), strict=True))  # no two at the same time
    said = same_as({key: wrote(key, texts[key], minutes[key]) for key in "abc"})
    assert said["a"].startswith("a text of its is nearly that of b (")
    assert said["b"].startswith("a text of its is nearly that of a (")
    assert said["c"] == ""


def test_what_many_of_a_class_quote_is_no_near_copy():
    class_of = {
        str(key): wrote(str(key), f"{WRITTEN} Mine is number {key}.", 2 * key + 2)
        for key in range(copies.QUOTED_BY + 1)
    }
    assert set(same_as(class_of).values()) == {""}


def test_a_note_names_three_files_and_counts_the_rest():
    said = same_as({name: ledger() for name in "abcdef"})
    assert said["a"] == "the same ledger as b, c, d and 2 more"


def in_memory(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_ledgers_inside_zips_are_read_with_their_path_whatever_they_are_called(tmp_path):
    deep = in_memory({"a.json": "{}"})
    for _ in range(finding.MAX_DEPTH - 1):
        deep = in_memory({"deeper.zip": deep})
    zipped(
        tmp_path / "moodle.ZIP",
        {
            "Anna_1/ledger.json": ledger("a").to_json(),
            "Ben_2/ledger.json": "{}",
            "Ben_2/inner.zip": in_memory({"my work.txt": ledger("b").to_json()}),
            "Cem_3/renamed": ledger("c").to_json(),
            "Dora_4/utf16.txt": ledger("d").to_json().encode("utf-16"),
            "Dora_4/damaged.zip": b"PK",
            "Emil_5/deep.zip": deep,
            "__MACOSX/Anna_1/._ledger.json": b"\0",
            "Anna_1/report.pdf": b"",
        },
    )
    rows = {
        name.removeprefix("moodle.ZIP/"): row for name, row in by_file(gathered(tmp_path)).items()
    }
    whole = ("Anna_1/ledger.json", "Ben_2/inner.zip/my work.txt", "Cem_3/renamed")
    assert {name for name, row in rows.items() if row["chain"] == "holds"} >= set(whole)
    assert "no zip" in rows["Dora_4/damaged.zip"]["problem"]
    nested = "Emil_5/deep.zip" + "/deeper.zip" * (finding.MAX_DEPTH - 1)
    assert "unpack it first" in rows[nested]["problem"]
    assert set(rows) == {
        *whole,
        "Ben_2/ledger.json",
        "Dora_4/utf16.txt",
        "Dora_4/damaged.zip",
        nested,
    }


def test_what_is_too_large_is_refused_unread_even_if_the_zip_lies(tmp_path):
    (tmp_path / "large.json").write_bytes(b" " * (MAX_BYTES + 1))
    zipped(tmp_path / "bomb.zip", {"bomb.json": b" " * (30 * MAX_BYTES)})
    assert (tmp_path / "bomb.zip").stat().st_size < MAX_BYTES
    for row in gathered(tmp_path):
        assert "too large" in row["problem"]


def test_a_zip_with_too_much_in_it_is_read_up_to_the_limit(tmp_path, monkeypatch):
    zipped(tmp_path / "a.zip", {f"{i}.json": ledger(str(i)).to_json() for i in range(4)})
    monkeypatch.setattr(finding, "MAX_ZIP_MEMBERS", 2)
    assert [row["problem"] for row in gathered(tmp_path)] == [
        "it holds too much; read up to 2.json",
        "",
        "",
    ]
    monkeypatch.setattr(finding, "MAX_ZIP_MEMBERS", 10)
    monkeypatch.setattr(finding, "MAX_ZIP_BYTES", 1)
    assert gathered(tmp_path)[0]["problem"] == "it holds too much; read up to 1.json"


def test_a_damaged_zip_is_listed(tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    zipped(tmp_path / "cut.zip", {"a.json": ledger().to_json()})
    data = bytearray((tmp_path / "cut.zip").read_bytes())
    data[60:80] = b"\xff" * 20
    (tmp_path / "cut.zip").write_bytes(data)
    rows = by_file(gathered(tmp_path))
    assert "no zip" in rows["broken.zip"]["problem"]
    assert "can't be unpacked" in rows["cut.zip/a.json"]["problem"]


def test_a_pipe_and_a_name_that_is_no_text_do_not_stop_the_rest(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json")).write_text(ledger().to_json())
    rows = by_file(gathered(tmp_path))
    assert rows["pipe.json"]["problem"] == "it is no file that can be read"
    assert rows["?.json"]["chain"] == "holds"


def test_the_command_writes_the_table_and_names_what_it_left(folder, capsys):
    assert main(["collect", str(folder)]) == 0
    written = (folder / "ledgers.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode())
    said = capsys.readouterr()
    assert said.out == f"{folder}/ledgers.csv: 6 ledgers, 10 rows\n"
    assert "bad: dora.json: event 3" in said.err
    assert "left aside, no ledger and no zip: reflection.docx" in said.err
    # A second run doesn't mistake its own table for a hand-in.
    assert main(["collect", str(folder), "-o", str(folder / "again.csv"), "--texts"]) == 0
    assert "ledgers.csv" not in capsys.readouterr().err
    header = (folder / "again.csv").read_text("utf-8-sig").splitlines()[0]
    assert header == ",".join(COLUMNS + TEXTS)


def test_a_folder_that_is_none_and_an_output_that_cannot_be_are_said(tmp_path, capsys):
    assert main(["collect", str(tmp_path / "nowhere")]) == 1
    assert "is no folder" in capsys.readouterr().err
    assert main(["collect", str(tmp_path), "-o", str(tmp_path / "no" / "a.csv")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_check_says_of_each_file_whether_its_chain_holds(folder, capsys):
    assert main(["check", str(folder / "anna.json")]) == 0
    assert "the chain holds: 10 entries" in capsys.readouterr().out
    assert main(["check", str(folder / "anna.json"), str(folder / "dora.json")]) == 1
    assert "dora.json: broken: event 3" in capsys.readouterr().out
    assert main(["check", str(folder / "missing.json")]) == 1


def test_a_name_can_not_write_to_the_terminal(tmp_path, capsys):
    (tmp_path / "\x1b[2Jbad.json").write_text("{}")
    assert main(["collect", str(tmp_path)]) == 0
    assert "\x1b" not in capsys.readouterr().err


def test_every_column_is_filled_by_some_hand_in(folder):
    rows = table(collect(find(folder, []), MISSIONS), texts=True)
    others = {"targets_missed", "challenges", "assignment", "limits", "due", "late"}
    for column in {*COLUMNS, *TEXTS} - others:  # these missions have none; see the tests below
        assert any(row[column] for row in rows), column


def test_a_ledger_of_the_lab_is_computed_anew_and_its_missed_targets_are_named(tmp_path):
    played = play("cloud", seed=5, tries=0)
    made = Ledger()
    for event in played.events:
        data = dict(event.data)
        if event.kind == "checkpointed" and event.part == 2:
            data["metrics"] = dict.fromkeys(data["metrics"], 1e9)
        made = made.append(event.kind, event.track, event.part, data, event.at)
    (tmp_path / "honest.json").write_text(played.to_json(), "utf-8")
    (tmp_path / "forged.json").write_text(made.to_json(), "utf-8")
    rows = table(collect(find(tmp_path, []), all_missions()))
    told = {(row["file"], row["part"]): row for row in rows}
    assert {row["replay"] for row in rows if row["file"] == "honest.json"} == {"matches"}
    assert {row["chain"] for row in rows} == {"holds"}
    assert {row["replay"] for row in rows if row["file"] == "forged.json"} <= {
        "impossible",
        "differs",
    }
    assert told["honest.json", "2"]["targets_missed"] == ""
    assert told["forged.json", "2"]["targets_missed"] != ""


def test_a_problem_of_reading_is_told_as_it_is():
    assert table(collect([Found("a.json", problem="why")], MISSIONS))[0]["problem"] == "why"


def test_the_command_loads_none_of_the_page():
    code = "import sys, labcollect.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"panel", "bokeh", "param", "numpy"} & set(loaded)


def test_the_lab_does_not_know_the_command():
    for path in (HERE.parents[1] / "labpy").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith("labcollect") for name in names), path
