"""After one visit the whole lab works with its server gone, and says how that stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from buildlib.serve import StaticServer
from labpy.missions import load_part, track_keys
from tests.browser.drivers import Tab
from tests.browser.journey import play_mission, wait_ready

STATE = "[data-offline-state]"
READY = "Ready for offline use"
OFFLINE = "Offline now: all tracks work"
VISITED, PLAYED = "cloud", "tiny"


@pytest.fixture(params=["chromium", "firefox"])
def tab(request: pytest.FixtureRequest, engines: Callable[[str], Tab]) -> Tab:
    return engines(request.param)


def test_after_a_visit_to_one_track_all_work_with_the_server_gone(tab: Tab, server: StaticServer):
    tab.go(server.url)
    tab.until_text(STATE, "Open a track once")
    tab.go(server.url + f"{VISITED}/")
    wait_ready(tab)
    tab.until_text(STATE, READY)
    server.close()
    tab.go(server.url)
    tab.until_text(STATE, OFFLINE)
    for track in track_keys():
        tab.go(server.url + f"{track}/")
        tab.until_text("h1", load_part(track, 1).title)
        wait_ready(tab)
        if track == PLAYED:
            ledger = play_mission(tab, load_part(track, 1))
            assert {event.track for event in ledger.events if event.part} == {track}
            tab.until_text(STATE, OFFLINE)
    foreign = [said for said in tab.heard() if server.url not in said]
    assert foreign == []


def test_a_browser_that_keeps_nothing_says_so(chromium: Browser, server: StaticServer):
    with chromium.new_context() as context:
        page = context.new_page()
        page.add_init_script("delete Navigator.prototype.serviceWorker")
        page.goto(server.url)
        expect(page.locator(STATE)).to_contain_text("this browser keeps nothing here")
