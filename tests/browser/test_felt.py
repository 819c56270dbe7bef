"""An echo can be heard and a stutter can be seen, both off until they are asked for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from labpy.app.workbench import SEED
from labpy.instruments.telling import felt
from labpy.missions import load_part
from labpy.scenarios import scenario
from tests.browser.barriers import audit
from tests.browser.conftest import Visitor, until
from tests.browser.play import Player

MOTION = 'section[data-part="1"] .felt'
# When each sound is to begin, by the clock of its device.
LISTEN = """() => {
  window.sounds = [];
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (when) {
    window.sounds.push({ when, loud: Math.max(...this.buffer.getChannelData(0)) });
    start.call(this, when);
  };
}"""


def native(part, settings: dict) -> dict:
    return felt.as_facts(scenario(part).flow(settings, SEED).felt)


def come_to(page: Page, part) -> Player:
    assert not page.locator(".felt").count()
    player = Player(page, part)
    player.predict()
    page.evaluate("document.getElementById('p1-workbench').scrollIntoView()")
    return player


def test_an_echo_is_heard_after_the_delay_of_the_setting(visitor: Visitor):
    part = load_part("tiny", 1)
    page = visitor.open("tiny/?part=1")
    page.evaluate(LISTEN)
    player = come_to(page, part)
    menu = page.locator(MOTION)
    menu.locator("summary").press("Enter")
    press = menu.get_by_role("button", name="Play the click")
    assert page.evaluate("sounds") == []
    for settings in (part.start(), part.start() | {"batch_window": 3.0}):
        player.set({"batch_window": settings["batch_window"]})
        told = native(part, settings)
        if not menu.evaluate("each => each.open"):
            menu.locator("summary").press("Enter")
        expect(menu.locator("p")).to_have_text(told["sentence"])
        page.evaluate("sounds.length = 0")
        press.press("Enter")
        first, second = page.evaluate("sounds")
        assert second["when"] - first["when"] == pytest.approx(told["delay"], abs=1e-6)
        assert first["loud"] == second["loud"] > 0.1
    audit(page, "the echo")


def test_a_stutter_is_seen_and_stands_still_under_reduced_motion(visitor: Visitor):
    part = load_part("mobile", 1)
    page = visitor.open("mobile/?part=1")
    come_to(page, part)
    menu, told = page.locator(MOTION), native(part, part.start())
    canvas = menu.locator("canvas")
    menu.locator("summary").press("Enter")
    expect(menu.locator("p")).to_have_text(told["sentence"])
    expect(menu).to_have_attribute("data-felt", "still")
    picture = "each => each.toDataURL()"
    still = canvas.evaluate(picture)
    page.wait_for_timeout(300)
    assert canvas.evaluate(picture) == still
    menu.get_by_role("button", name="Let it move").press("Enter")
    expect(menu).to_have_attribute("data-felt", "playing")
    first_late = told["late"][0][0]
    until(page, f"Number(document.querySelector('{MOTION}').dataset.shown) > {first_late}")
    assert canvas.evaluate(picture) != still
    page.emulate_media(reduced_motion="reduce")
    expect(menu).to_have_attribute("data-felt", "still")
    expect(menu.get_by_role("button")).to_be_hidden()
    assert canvas.evaluate(picture) == still
    audit(page, "the stutter")
