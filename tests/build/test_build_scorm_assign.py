"""A package for a course may be made for an assignment: it asks for that track and those parts."""

import io
import json
import re
import zipfile

import pytest

from buildlib import scorm
from buildlib.errors import BuildError
from buildlib.paths import PROJECT
from tests.missions.assignments import code

WORD = code("1", "cloud", "1.3", "1.latency.0p5")


def launcher(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(scorm.LAUNCHER).decode()


def test_the_launcher_asks_for_the_assigned_parts_and_hands_the_word_on():
    page = launcher(scorm.package({}, PROJECT / "site", assign=WORD))
    (parts,) = re.findall(r'id="tracks">(.*?)</script>', page)
    assert json.loads(parts) == {"cloud": [1, 3]}
    assert f'data-assign="{WORD}"' in page
    assert "data-assign" not in launcher(scorm.package({}, PROJECT / "site", "cloud"))


def test_a_mistyped_word_and_another_track_s_are_refused():
    with pytest.raises(BuildError, match="mistyped"):
        scorm.package({}, PROJECT / "site", assign=WORD[:-1])
    with pytest.raises(BuildError, match="--track"):
        scorm.package({}, PROJECT / "site", "edge", WORD)
