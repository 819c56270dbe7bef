"""The same mission in Chromium, Firefox and WebKitGTK."""

from __future__ import annotations

from buildlib.serve import StaticServer
from labpy.missions import load_part
from tests.browser.drivers import Tab
from tests.browser.journey import play_mission

PART = load_part("cloud", 1)


def test_a_mission_is_played_through_in_each_engine(tab: Tab, server: StaticServer):
    tab.go(server.url + "cloud/?part=1")
    play_mission(tab, PART)
    assert tab.heard() == []
