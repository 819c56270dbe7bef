"""Nothing is decided within the models' error."""

import pytest

from labpy.app.prepared import Prepared, steps_beside
from labpy.missions import load_part
from labpy.models.trust import trust
from labpy.scenarios import scenario
from labpy.scenarios.trusted import Trusted
from labpy.words import say

PARTS = [(track, n) for track in ("cloud", "edge", "mobile", "tiny") for n in (1, 2, 3)]
TRUSTED = [(track, number) for track, number in PARTS if track in ("cloud", "edge")]
EXACT = 0.0  # counted: a rate that was set, a price divided by cameras, frames back
# The time per token is off by 2.7% in the mean of the measured rows (docs/validation.md). Of two
# times of one model each is off the same way: what is left is the batch, 1.5% from seed to seed.
# Chips with several engines have no error that could be stated; rounding must not decide there.
# Mobile and Tiny state no error of their own (trust.toml: constants are assumptions). What is held
# is that no light hangs on a hair: 5% of a share that is late, 2% of a delay or a battery.
# For Edge's loop see test_a_passing_loop_passes_by_more_than_the_model_is_off.
ERRORS = {
    ("cloud", 1): {
        "ttft_p99_s": 0.1, "tpot_p99_s": 0.027, "utilization": 0.027, "served_per_s": EXACT,
    },
    ("cloud", 2): {"ttft_p50_s": 0.027, "tpot_p50_s": 0.027, "cost_per_million_usd": 0.027},
    ("cloud", 3): {"cost_ratio": 0.015, "p99_ratio": 0.015, "token_fraction": 0.05},
    ("edge", 1): {"loop_p999_s": 0.03, "copied_utilization": 0.03, "frames_per_s": EXACT},
    ("edge", 2): {"frame_s": 0.005, "busiest": 0.005, "dram_share": 0.005},
    ("edge", 3): {
        "loop_p999_s": 0.005, "cost_per_camera": EXACT, "reach_s": EXACT, "newest_s": EXACT,
    },
    ("mobile", 1): {
        "mean_frame_s": 0.02, "stutter": 0.05, "glasses": EXACT, "stalls": EXACT,
    },
    ("mobile", 2): {"stutter": 0.05, "cost_usd": EXACT, "power_w": 0.005},
    ("mobile", 3): {"cost_share": EXACT, "late": 0.05, "power_w": 0.005, "context": EXACT},
    ("tiny", 1): {
        "delay_p99_s": 0.02, "ear_power_w": 0.005, "gateway_power_w": 0.02, "served_ears": EXACT,
    },
    ("tiny", 2): {"delay_p99_s": 0.02, "ear_power_w": 0.005, "gateway_power_w": 0.02},
    ("tiny", 3): {
        "ears": EXACT, "power_per_ear_w": 0.02, "delay_p99_s": 0.02, "ear_power_w": 0.005,
        "active_fraction": EXACT,
    },
}  # fmt: skip


def by(target, metrics):
    """Tell by which share of its limit a light passes; negative if it fails."""
    over = metrics[target.metric] / target.limit - 1
    return -over if target.sense == "at_most" else over


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_neither_the_winning_setting_nor_one_beside_it_is_decided_within_the_error(track, number):
    """A pass passes each light by more than the error; a miss misses one of them by more."""
    part, errors = load_part(track, number), ERRORS[track, number]
    made = Prepared(scenario(part))
    beside = [
        (knob.key, value)
        for knob in part.knobs
        for value in steps_beside(knob, part.winning[knob.key])
    ]
    for changed in ({}, *({key: value} for key, value in beside)):
        metrics = made.evaluate({**part.winning, **changed}).metrics
        margins = {t.key: (by(t, metrics), errors[t.metric]) for t in part.targets}
        sure_pass = all(off >= error for off, error in margins.values())
        sure_miss = any(off < 0 and -off >= error for off, error in margins.values())
        assert sure_pass or sure_miss, (changed, margins)
        assert changed or sure_pass


@pytest.mark.parametrize(("track", "number"), TRUSTED)
def test_each_figure_says_how_far_its_models_are_to_be_trusted(track, number):
    part = load_part(track, number)
    trusts = scenario(part).trusts
    assert set(trusts) == set(part.instruments)
    for family in {each for families in trusts.values() for each in families}:
        assert isinstance(family, Trusted)
        known = trust(family.key)
        assert say(family.text) == known.text
        assert say(family.name).lower() == known.name.lower()
        assert family.standing == known.standing
