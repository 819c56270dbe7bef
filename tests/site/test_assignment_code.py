"""The page's script writes and reads an assignment's word exactly as Python does."""

import json
from pathlib import Path

import pytest

from buildlib.assigning import assignable
from buildlib.tools import run_node
from labpy.missions import MissionError, all_missions, read_assignment
from tests.missions.assignments import code

SCRIPT = Path(__file__).parents[2] / "site" / "js" / "assign" / "code.js"
NODE = """
import { readFileSync } from "node:fs";
const { read, write, drawn } = await import(process.argv[2]);
const { table, words, made, students } = JSON.parse(readFileSync(process.argv[3], "utf-8"));
const told = words.map((word) => {
  const found = read(word, table);
  return found && { ...found, drawn: students.map((each) => drawn(found, each)) };
});
const written = made.map((each) => write({ ...each, due: each.due && new Date(each.due) }));
console.log(JSON.stringify({ told, written }));
"""
WORDS = [
    code("1", "cloud", "1.3", "1.latency.0p5", "1.demand.12.18", "d202612012259", "s417"),
    code("1", "edge", "2", "2.dram.0p72.0p86", "s999999"),
    code("1", "tiny", "1.2.3"),
    code("1", "mobile", "3", "3.context.1024", "3.stutter.0p004"),
    code("1", "cloud", "1", "1.latency.0p4"),
    code("1", "cloud", "1", "2.cost.0p5"),
    code("1", "cloud", "1", "1.demand.18.12"),
    code("1", "moon", "1"),
    code("1", "cloud", "4"),
    code("1", "cloud", "1", "d202613012259"),
    code("2", "cloud", "1"),
    "1-cloud-1-0000",
    "",
    "constructor",
]
STUDENTS = ["", "a1b2", "Ärzte", "4", *(f"student {n}" for n in range(40))]
MADE = [
    {"track": "cloud", "parts": [1, 3], "due": "2026-12-01T22:59:00Z", "seed": "417", "limits": [
        {"part": 1, "target": "latency", "from": "0p5", "to": "0p5"},
        {"part": 1, "target": "demand", "from": "12", "to": "18"},
    ]},
    {"track": "tiny", "parts": [1, 2, 3], "due": None, "seed": "", "limits": []},
]  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("node")
    (folder / "ask.mjs").write_text(NODE)
    table = assignable(track for track, _ in all_missions())
    job = {"table": table, "words": WORDS, "made": MADE, "students": STUDENTS}
    (folder / "job.json").write_text(json.dumps(job))
    (folder / "code.mjs").write_bytes(SCRIPT.read_bytes())
    script = (folder / "code.mjs").as_uri()
    return json.loads(run_node([str(folder / "ask.mjs"), script, str(folder / "job.json")]))


def by_python(word):
    try:
        return read_assignment(word)
    except MissionError:
        return None


@pytest.mark.parametrize("at", range(len(WORDS)))
def test_both_read_a_word_alike(told, at):
    one, other = by_python(WORDS[at]), told["told"][at]
    assert (one is None) == (other is None)
    if one is None:
        return
    assert (one.track, list(one.parts), one.due, one.seed) == tuple(
        other[each] for each in ("track", "parts", "due", "seed")
    )
    for student, rows in zip(STUDENTS, other["drawn"], strict=True):
        limits = {
            (row["part"], row["target"]): float(row["value"].replace("p", ".")) for row in rows
        }
        drawn = one.drawn(student)
        assert limits == {(n, key): v for n, pairs in drawn.items() for key, v in pairs}


def test_what_the_script_writes_python_reads(told):
    full, bare = map(read_assignment, told["written"])
    assert full.code == WORDS[0]
    assert (bare.track, bare.parts) == ("tiny", (1, 2, 3))
