"""The one-file lab, opened from a folder as by a double click: no server, no network."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from labpy.missions import load_part
from tests.browser.drivers import Tab
from tests.browser.journey import play_mission, wait_ready

NAME = "fleet-lab-offline.html"
PART = load_part("cloud", 1)
ASKED_FOR = (
    "return performance.getEntriesByType('resource').map(({ name }) => name.slice(0, 200))"
    ".filter((name) => !name.startsWith('data:') && !name.startsWith('blob:'))"
)
IMPORT = """
const chosen = new DataTransfer();
chosen.items.add(new File([arguments[0]], "ledger.json", { type: "application/json" }));
const input = find("[data-ledger-import]");
input.files = chosen.files;
input.dispatchEvent(new Event("change"));
"""


@pytest.fixture(params=["chromium", "firefox"])
def tab(request: pytest.FixtureRequest, engines: Callable[[str], Tab]) -> Tab:
    return engines(request.param)


@pytest.fixture
def document(dist: Path, tmp_path: Path) -> str:
    """The file alone, in a folder with a space in its name."""
    folder = tmp_path / "USB stick"
    folder.mkdir()
    shutil.copy(dist / NAME, folder)
    return (folder / NAME).as_uri()


def test_a_mission_is_played_through_from_the_file_alone(tab: Tab, document: str):
    tab.go(document)
    tab.until_text("[data-offline-state]", "the whole lab is in this file")
    follow(tab, '[data-track-card="cloud"] a')
    ledger = play_mission(tab, PART)
    tab.evaluate("find('[data-part-link=\"2\"]').click()")
    tab.until("return !find('section[data-part=\"2\"]').hidden")
    tab.evaluate("find('[data-theme-toggle]').click()")
    theme = tab.evaluate("return document.documentElement.dataset.theme")
    assert tab.evaluate(ASKED_FOR) == []

    # Another track is another page of the same file; what was done is kept.
    follow(tab, ".site-name")
    tab.until_text('[data-progress-for="cloud"]', "1 of 3")
    assert tab.evaluate("return document.documentElement.dataset.theme") == theme
    follow(tab, '[data-track-card="edge"] a')
    tab.until_text("h1", load_part("edge", 1).title)
    follow(tab, 'a[href*="third-party-licences"]')
    tab.until_text("pre", "SIL OPEN FONT LICENSE")

    # A link to a setting opens its track, its part and its knobs. A forged ledger is refused.
    tab.go(f"{document}?track=cloud&part=1&arrival_rate=7")
    wait_ready(tab)
    tab.until_attribute('section[data-part="1"]', "data-lock-state", "committed")
    tab.until_text('[data-knob="arrival_rate"] [data-knob-value]', "7")
    tab.evaluate(IMPORT, ledger.to_json().replace("predicted", "forged"))
    tab.until_text("[data-ledger-message]", "Your ledger is as it was.")
    tab.evaluate(IMPORT, ledger.to_json())
    tab.until_text("[data-ledger-message]", "already holds everything")
    assert tab.evaluate(ASKED_FOR) == []
    assert tab.heard() == []


def follow(tab: Tab, link: str) -> None:
    """Click a link to another page of the file, and wait until that has come."""
    tab.until("return Boolean(find(arguments[0]))", link)
    tab.evaluate("window.__old = true; find(arguments[0]).click()", link)
    tab.until("return !window.__old && document.readyState === 'complete'", what=link)
