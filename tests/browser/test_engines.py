"""The same mission in Chromium, Firefox and WebKitGTK."""

from __future__ import annotations

from buildlib.serve import StaticServer
from labpy.missions import load_part
from labpy.scenarios import scenario
from tests.browser.drivers import Tab
from tests.browser.journey import WORDS, play_mission, predict, wait_ready

PART = load_part("cloud", 1)
DEFENDED = load_part("cloud", 3)
HEIGHT = "return find(arguments[0]).offsetHeight"
IN_VIEW = """
const { top, bottom } = document.activeElement.getBoundingClientRect();
return top > -1 && bottom < innerHeight + 1;
"""


def test_a_mission_is_played_through_in_each_engine(tab: Tab, server: StaticServer):
    tab.go(server.url + "cloud/?part=1")
    play_mission(tab, PART)
    assert tab.heard() == []
    share = PART.lock.options[0].implies / scenario(PART).truth().value
    assert reveal_bars(tab) == ["100%", f"{100 * share:.0f}%"]


def test_the_focus_stays_in_view_while_the_evidence_above_it_grows(tab: Tab, server: StaticServer):
    """Who leaves the field by Tab is at the button below it when the defence appears above both."""
    tab.go(server.url + "cloud/?part=3")
    predict(tab, DEFENDED)
    wait_ready(tab)
    section = 'section[data-part="3"]'
    field, evidence = (f"{section} [data-{each}]" for each in ("defence", "defence-evidence"))
    tab.until_text(evidence, "0 users")
    tall = tab.evaluate(HEIGHT, evidence)
    tab.focus(field)
    tab.type(WORDS * 4)
    tab.press("Tab")
    tab.until_text(evidence, (WORDS * 4).strip())
    assert tab.evaluate(HEIGHT, evidence) > tall + 40
    tab.until(IN_VIEW, what="the focus in view")
    assert tab.evaluate("return document.activeElement.matches('[data-checkpoint]')")


def reveal_bars(tab: Tab) -> list[str]:
    """How far each bar of the reveal is filled, as `sorted` has it."""
    sizes = tab.evaluate(
        "return [...document.querySelectorAll('.reveal-bar meter')]"
        ".map((meter) => getComputedStyle(meter).backgroundSize)"
    )
    return sorted(f"{float(each.split('%')[0]):.0f}%" for each in sizes)
