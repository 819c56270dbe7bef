"""The page's script shows the frames of a motion that Python says are shown."""

import json
from pathlib import Path

import numpy as np

from buildlib.tools import run_node
from labpy.instruments.pictures.felt import motion
from labpy.instruments.telling import felt
from labpy.missions import load_part
from labpy.scenarios import scenario
from labpy.words import msg

SCRIPT = Path(__file__).parents[2] / "site" / "js" / "flow" / "shown.js"
NODE = """
import { readFileSync } from "node:fs";
const { momentsOf, shownAt } = await import(process.argv[2]);
const told = JSON.parse(readFileSync(process.argv[3], "utf-8")).map((facts) => {
  const moments = momentsOf(facts);
  const at = (k) => shownAt(moments, facts, facts.due + k * facts.period + facts.period * 1e-3);
  return Array.from({ length: facts.frames }, (_, k) => at(k));
});
console.log(JSON.stringify(told));
"""


def motions():
    drawn = np.random.default_rng(5).exponential(0.8, 300)
    yield motion(msg("mobile-felt-frames"), 1.0, 1.0, drawn)
    for number in (1, 2, 3):
        part = load_part("mobile", number)
        yield scenario(part).flow(part.start() | part.tempting, 7).felt


def test_both_show_the_same_frames(tmp_path):
    made = list(motions())
    (tmp_path / "ask.mjs").write_text(NODE)
    (tmp_path / "shown.mjs").write_bytes(SCRIPT.read_bytes())
    (tmp_path / "job.json").write_text(json.dumps([felt.as_facts(each) for each in made]))
    script, job = (tmp_path / "shown.mjs").as_uri(), str(tmp_path / "job.json")
    told = json.loads(run_node([str(tmp_path / "ask.mjs"), script, job]))
    for each, frames in zip(made, told, strict=True):
        shown, wanted = np.array(frames).T
        assert wanted.tolist() == list(range(each.frames))
        # Times cross rounded to 10 µs, so that a frame may fall on the other side of a moment.
        assert (shown != each.newest()).mean() < 0.02
    assert any((np.array(frames)[:, 0] < np.array(frames)[:, 1]).any() for frames in told)
