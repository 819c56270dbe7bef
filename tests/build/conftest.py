from pathlib import Path

import pytest
from build_samples import copy_project

from buildlib.paths import Layout
from buildlib.pipeline import build


@pytest.fixture
def project(tmp_path: Path) -> Layout:
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """The small project with its downloads, built once; not to be changed."""
    layout = copy_project(tmp_path_factory.mktemp("built") / "project", downloads=True)
    build(layout, progress=False)
    return layout
