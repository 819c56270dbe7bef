"""The first command works where Python is externally managed, wherever it is written."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
WRITTEN = ("README.md", "CONTRIBUTING.md", ".ci/run", ".github/workflows/audit.yml")


def test_uv_is_never_installed_beside_the_systems_own_python():
    for name in WRITTEN:
        found = re.findall(r"pip install[^\n;&]*\buv\b", (ROOT / name).read_text("utf-8"))
        assert found, name
        assert all("--target .tools" in each for each in found), name


def test_the_folder_of_uv_is_no_part_of_the_project():
    assert ".tools/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
