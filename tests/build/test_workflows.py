"""The workflows name what the build writes, and deployment waits for one suite at most."""

import re
from pathlib import Path

import pytest

from buildlib import quarto, scorm
from buildlib.paths import default_layout
from buildlib.render import load_downloads

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs(name):
    """Give each job's text by its name."""
    text = (ROOT / ".github" / "workflows" / f"{name}.yml").read_text("utf-8")
    found = re.split(r"^  (\w+):\n", text.partition("\njobs:\n")[2], flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_action_is_pinned_by_its_commit_and_no_credentials_stay(path):
    text = path.read_text("utf-8")
    assert all(re.search(r"@[0-9a-f]{40} # v", each) for each in re.findall(r"uses: .*", text))
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert "permissions:\n  contents: read" in text


def test_deployment_does_not_wait_for_the_browsers():
    pages = jobs("pages")
    assert ".ci/run" in pages["test"]
    assert "needs: build" in pages["deploy"]
    assert ".ci/run" not in pages["build"]
    assert "path: dist" in pages["build"]
    assert "uv run build.py" in pages["build"]


def test_a_pull_request_deploys_nothing():
    assert "github.event_name != 'pull_request'" in jobs("pages")["build"]


def test_a_release_has_one_file_zip_scorm_quarto_and_wheel():
    layout, release = default_layout(), jobs("release")["release"]
    names = load_downloads(layout.site).values()
    for name in (*(f"dist/{each}" for each in names), f"dist/{quarto.NAME}"):
        assert f"{name} " in release
    assert f"dist-scorm/{scorm.NAME} " in release
    assert "uv build --wheel --out-dir dist-wheel" in release
    assert "dist-wheel/*.whl" in release
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"dist-scorm/", "dist-wheel/"} <= set(ignored)


def test_the_readme_begins_with_where_it_runs_and_how_to_publish_a_fork():
    head = (ROOT / "README.md").read_text("utf-8").split("## ")[0]
    assert "https://OWNER.github.io/REPOSITORY/" in head
    assert re.findall(r"^(\d)\. ", head, re.MULTILINE) == ["1", "2", "3"]
    for each in ("Fork", "Settings → Pages", "GitHub Actions", "Run workflow"):
        assert each in head
    assert "workflow_dispatch:" in (ROOT / ".github/workflows/pages.yml").read_text("utf-8")
