"""The words of a part, held to the numbers of its TOML file."""

import re

import pytest

from buildlib.quoting import quoted_text
from labpy.missions import all_missions

EVERY_PART = [(track, part) for track, parts in all_missions() for part in parts]
PART_IDS = [f"{track.key}-{part.number}" for track, part in EVERY_PART]


@pytest.mark.parametrize(("track", "part"), EVERY_PART, ids=PART_IDS)
def test_the_briefing_is_three_sentences(track, part):
    assert len(re.findall(r"[.?!](?:\s|$)", part.words["Briefing"])) == 3


def test_cloud_part_1_states_its_start_and_its_limits():
    part = next(p for track, p in EVERY_PART if (track.key, p.number) == ("cloud", 1))
    briefing = quoted_text(part.words["Briefing"], part)
    assert "within 1 s." in briefing
    assert f"at {part.knob('arrival_rate').start:g} requests a second" in briefing
    assert "keep 16 requests a second" in briefing


def test_cloud_part_1_s_slopes_and_surges_are_the_hyperbola_s():
    part = next(p for track, p in EVERY_PART if (track.key, p.number) == ("cloud", 1))
    words = part.words["Reveal"]
    for load, told in ((0.5, "0.04 service times at 50%"), (0.8, "0.25 at 80%")):
        assert told in words
        assert float(told.split()[0]) == pytest.approx(0.01 / (1 - load) ** 2)
    assert "80% to 88%, which is 1.7 times slower" in words
    assert pytest.approx(1.7, rel=0.02) == (1 - 0.8) / (1 - 0.88)
