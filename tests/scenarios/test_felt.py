"""What is heard or seen of a setting is what its light and its run say."""

import json
import math

import numpy as np
import pytest

from labpy.instruments.pictures.felt import Echo, Motion, motion
from labpy.instruments.telling import felt
from labpy.missions import all_missions, load_part
from labpy.scenarios import scenario
from labpy.words import msg, say

SEED = 20261123
SETTINGS = ("start", "winning", "tempting")
NOUN = msg("mobile-felt-frames")


def felt_at(track: str, number: int, which: str, **more) -> tuple:
    part = load_part(track, number)
    settings = part.start() | (getattr(part, which) if which != "start" else {}) | more
    made = scenario(part)
    return made.flow(settings, SEED), made.evaluate(settings).metrics


def test_tiny_is_heard_mobile_is_seen_and_nothing_else_is_either():
    kinds = {"tiny": Echo, "mobile": Motion}
    for track, parts in all_missions():
        for part in parts:
            flow = scenario(part).flow(part.start(), SEED)
            assert type(flow.felt) is kinds.get(track.key, type(None))


@pytest.mark.parametrize("which", SETTINGS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_echo_comes_after_the_delay_that_the_light_reads(number, which):
    flow, metrics = felt_at("tiny", number, which)
    assert flow.felt.delay_s == metrics["delay_p99_s"]
    facts = felt.as_facts(flow.felt)
    assert facts["delay"] == flow.felt.delay_s
    assert "echo" in facts["sentence"]


def test_what_grows_without_end_has_no_echo_and_says_so():
    flow, _ = felt_at("tiny", 1, "start", hearables=400, batch_window=3.0, payload="features")
    assert flow.felt.delay_s == math.inf
    facts = felt.as_facts(flow.felt)
    assert facts["delay"] is None
    assert "never" in facts["sentence"]
    json.dumps(facts, allow_nan=False)


@pytest.mark.parametrize("which", SETTINGS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_frames_are_as_late_as_the_run_that_the_strip_shows(number, which):
    flow, _ = felt_at("mobile", number, which)
    seen = flow.felt
    late = next(each for each in flow.counts if each.name.key == "flow-late-share")
    if math.isfinite(late.expected):  # else it becomes later and later
        few = 3 * math.sqrt(0.25 / seen.frames)  # one pair's frames out of those of all
        assert abs(len(seen.late) / seen.frames - late.counted) <= few
    assert all(took_s > seen.due_s for _, took_s in seen.late)
    json.dumps(felt.as_facts(seen), allow_nan=False)


def test_a_late_frame_holds_the_picture_still_and_one_that_is_overtaken_is_never_shown():
    took_s = np.array([0.5, 0.5, 3.4, 0.5, 0.5, 1.5])
    seen = motion(NOUN, 1.0, 1.0, took_s)
    assert seen.late == ((2, 3.4), (5, 1.5))
    assert seen.newest().tolist() == [0, 1, 1, 3, 4, 4]
    assert seen.held() == pytest.approx(2 / 6)
    told = say(felt.sentence(seen))
    assert "2 are late" in told
    assert "3.40 s" in told
    assert "33%" in told


def test_frames_that_are_all_late_by_as_much_move_evenly():
    """What one feels is a stall, not a delay."""
    seen = motion(NOUN, 1.0, 1.0, np.full(100, 4.0))
    assert seen.held() == pytest.approx(3 / 100)  # until the first is there
    assert motion(NOUN, 1.0, 1.0, np.full(100, 0.9)).held() == 0
    assert "moves evenly" in say(felt.sentence(motion(NOUN, 1.0, 1.0, np.full(100, 0.9))))
