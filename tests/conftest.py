from pathlib import Path

import pytest

from buildlib.paths import default_layout
from buildlib.pipeline import build


@pytest.fixture(scope="session")
def dist() -> Path:
    """The site itself, built once per session: seconds when nothing changed."""
    return build(default_layout(), progress=False).output


@pytest.fixture(scope="session")
def dist_plain() -> Path:
    """The same without start-up optimisation."""
    return build(default_layout(), plain=True, progress=False).output
