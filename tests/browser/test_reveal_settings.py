"""A number of the reveal opens its setting, and the prediction lies over the computed curve."""

import pytest
from playwright.sync_api import expect

from labpy.missions import load_part
from labpy.state.link import read_settings
from tests.browser.conftest import START_MS, Visitor
from tests.browser.play import Player


@pytest.mark.parametrize("track", ["cloud", "edge", "mobile", "tiny"])
def test_a_link_of_the_reveal_sets_the_dials_to_exactly_its_setting(visitor: Visitor, track: str):
    part = load_part(track, 1)
    page = visitor.open(f"{track}/?part=1")
    player = Player(page, part)
    player.predict()
    player.section.locator("[data-reveal-open]").click()
    picture = player.section.locator(".reveal-overlay svg")
    expect(picture).to_be_visible(timeout=START_MS)
    assert part.lock.quantity_label in picture.get_attribute("aria-label")
    link = player.section.locator("[data-setting]").last
    wanted = read_settings(link.get_attribute("href"), part).values
    link.click()
    for key, value in wanted.items():
        shown = player.section.locator(f'[data-knob="{key}"] [data-knob-value]')
        expect(shown).to_have_text(part.knob(key).shown(value))
    bench = player.section.locator("[data-step=workbench]")
    expect(bench).to_be_in_viewport()
    expect(bench.locator("h2")).to_be_focused()  # and Tab goes on to the dials
