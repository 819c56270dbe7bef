"""The site's pages as the build renders them, without the build."""

from pathlib import Path

import pytest

from buildlib import render

SITE = Path(__file__).parents[2] / "site"
KINDS = ("css", "js", "img", "fonts")


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Render every HTML page: {path in the site: text}."""
    rows = [page for page in render.load_pages(SITE) if page.out.endswith(".html")]
    context = {
        "assets": {kind: f"assets/{kind}-0" for kind in KINDS},
        "config": {"archives": [], "bytes": {}, "sums": {}},
        "class_needs": {"archives": [], "bytes": {}, "sums": {}},
        "build_id": "",
        "precache": [],
        "teaching": [],
        "teaching_sums": {},
        "preload": [],
        "early_worker": "",
        "plain": False,
        "keys": True,
        "downloads": {
            "onefile": {"name": "fleet-lab-offline.html", "megabytes": 16},
            "archive": {"name": "fleet-lab-site.zip", "megabytes": 23},
        },
    }
    return {path: text.decode() for path, text in render.render_pages(SITE, rows, context).items()}
