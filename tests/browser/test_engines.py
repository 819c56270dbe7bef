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
    assert reveal_bars(tab) == ["100%", "8%"]


def reveal_bars(tab: Tab) -> list[str]:
    """How far each bar of the reveal is filled, longest first; the lock said 1, the model 12.2."""
    sizes = tab.evaluate(
        "return [...document.querySelectorAll('.reveal-bar meter')]"
        ".map((meter) => getComputedStyle(meter).backgroundSize)"
    )
    return sorted(f"{float(each.split('%')[0]):.0f}%" for each in sizes)
