"""The words of a part, held to the numbers of its TOML file."""

import re

import pytest

from labpy.missions import all_missions

EVERY_PART = [(track, part) for track, parts in all_missions() for part in parts]
PART_IDS = [f"{track.key}-{part.number}" for track, part in EVERY_PART]


@pytest.mark.parametrize(("track", "part"), EVERY_PART, ids=PART_IDS)
def test_the_briefing_is_three_sentences(track, part):
    assert len(re.findall(r"[.?!](?:\s|$)", part.words["Briefing"])) == 3


def test_cloud_part_1_states_its_start_and_its_limits():
    part = next(p for track, p in EVERY_PART if (track.key, p.number) == ("cloud", 1))
    limits = {target.key: target for target in part.targets}
    briefing = part.words["Briefing"]
    assert f"within {limits['latency'].limit:g} second" in briefing
    assert f"at {part.knob('arrival_rate').start:g} requests a second" in briefing
    assert f"keep {limits['demand'].limit:g} requests a second" in briefing


def test_cloud_part_1_s_table_is_the_hyperbola():
    part = next(p for track, p in EVERY_PART if (track.key, p.number) == ("cloud", 1))
    rows = [
        [float(cell) for cell in re.findall(r"(?<=\| )[\d.]+", line)]
        for line in part.words["Reveal"].splitlines()
        if line.startswith("|") and re.search(r"\d", line)
    ]
    loads, means, p99s = rows
    for load, mean, p99 in zip(loads, means, p99s, strict=True):
        factor = 1 / (1 - load / 100)
        assert mean == pytest.approx(factor, rel=0.02)
        assert p99 == pytest.approx(4.60517 * factor, rel=0.005)  # ln 100: M/M/1's P99
