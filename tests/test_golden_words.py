"""What each part says stands in `tests/golden_words/`: a change of words or numbers is a diff.

After a change that is meant: `uv run python -m tools.golden_words`, and read what it changed.
"""

import pytest

from labpy.missions import all_missions
from tools.golden_words import FOLDER, OVERLOADED, golden_words, path_of

PARTS = [(track.key, part.number) for track, parts in all_missions() for part in parts]


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_a_part_says_what_its_golden_file_has(track, number):
    assert golden_words(track, number) == path_of(track, number).read_text("utf-8")


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_the_overloaded_setting_breaks_down(track, number):
    text = path_of(track, number).read_text("utf-8")
    assert "\nbreaks down: " in text.partition("== overloaded ==")[2].partition("== reveal ==")[0]


def test_there_is_a_file_for_each_part_and_no_other():
    assert sorted(FOLDER.iterdir()) == sorted(path_of(*place) for place in PARTS)
    assert OVERLOADED.keys() == set(PARTS)
