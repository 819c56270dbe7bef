"""The workbench is one screen: lights, verdict, Deploy, dials and figure are in sight together."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from labpy.missions import Part, Track, all_missions, load_part
from tests.browser.conftest import Visitor
from tests.browser.play import Player

DESKTOPS = ((1440, 900), (1280, 720), (1024, 768))
PHONE = (390, 844)
TRACKS = [pytest.param(track, parts, id=track.key) for track, parts in all_missions()]
# Everything that must be in sight, by a name; the drawn plot is Bokeh's own element in its slot.
BOXES = """(number) => {
  const section = document.querySelector(`section[data-part="${number}"]`);
  const wanted = {
    strip: "[data-strip]", light: "[data-target]", verdict: "[data-verdict]",
    deploy: "[data-deploy]", dials: ".knobs", dial: ".knobs > [data-knob]",
    figure: "[data-shown] [data-slot=instrument]",
    plot: "[data-shown] [data-slot=instrument] > *", sentence: "[data-shown] [data-summary]",
  };
  const boxes = Object.entries(wanted).flatMap(([name, selector]) =>
    [...section.querySelectorAll(selector)].filter((each) => each.checkVisibility()).map((each) => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      return { name, left, top, right, bottom };
    }));
  const above = section.querySelector(".arc").getBoundingClientRect().bottom;
  return { boxes, above, width: innerWidth, height: innerHeight };
}"""
ROUNDING = 1


def come_to_the_workbench(page: Page, part: Part, size: tuple[int, int]) -> dict[str, Any]:
    """Scroll as the link under the lock does, let the layout settle, and measure."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    top = f"document.getElementById('p{part.number}-workbench').scrollIntoView()"
    before: dict[str, Any] = {}
    for _ in range(50):
        page.evaluate(top)
        page.wait_for_timeout(100)
        measured = page.evaluate(BOXES, part.number)
        if measured == before:
            return measured
        before = measured
    raise AssertionError("the layout does not come to rest")


def assert_in_sight(measured: dict[str, Any], where: str) -> None:
    for box in measured["boxes"]:
        assert box["left"] >= -ROUNDING, (where, box)
        assert box["right"] <= measured["width"] + ROUNDING, (where, box)
        assert box["top"] >= measured["above"] - ROUNDING, (where, box)
        assert box["bottom"] <= measured["height"] + ROUNDING, (where, box)
    areas = [b for b in measured["boxes"] if b["name"] in ("strip", "dials", "figure", "sentence")]
    for one, other in combinations(areas, 2):
        apart = (
            one["right"] <= other["left"] + ROUNDING
            or other["right"] <= one["left"] + ROUNDING
            or one["bottom"] <= other["top"] + ROUNDING
            or other["bottom"] <= one["top"] + ROUNDING
        )
        assert apart, (where, one, other)


def counted(measured: dict[str, Any], name: str) -> int:
    return sum(box["name"] == name for box in measured["boxes"])


@pytest.mark.parametrize(("track", "parts"), TRACKS)
def test_all_is_in_sight_together_at_three_sizes_and_on_a_phone(
    visitor: Visitor, track: Track, parts: tuple[Part, ...]
):
    page = visitor.open(f"{track.key}/")
    for part in parts:
        page.set_viewport_size({"width": DESKTOPS[0][0], "height": DESKTOPS[0][1]})
        page.locator(f'.part-nav [data-part-link="{part.number}"]').click()
        player = Player(page, part)
        player.predict()
        expect(
            player.section.locator("[data-shown] [data-slot=instrument] canvas").first
        ).to_be_visible()
        for size in (*DESKTOPS, PHONE):
            measured = come_to_the_workbench(page, part, size)
            assert_one_screen(measured, part, size, f"{track.key} {part.number} at {size}")


def assert_one_screen(
    measured: dict[str, Any], part: Part, size: tuple[int, int], where: str
) -> None:
    assert_in_sight(measured, where)
    assert counted(measured, "light") == len(part.targets), where
    assert counted(measured, "deploy") == bool(part.iterations), where
    shown = 1 if size == PHONE else sum(not knob.advanced for knob in part.knobs)
    assert counted(measured, "dial") == shown, where
    assert counted(measured, "figure") == counted(measured, "plot") == 1, where
    if size == PHONE:
        tops = {box["name"]: box["top"] for box in measured["boxes"]}
        assert tops["strip"] < tops["figure"] < tops["dials"], where


def test_the_strip_of_requests_has_its_room_and_each_tab_its_instrument(visitor: Visitor):
    """And the rest stays in sight; each instrument is drawn to its tab's size."""
    part = load_part("cloud", 2)
    page = visitor.open("cloud/?part=2")
    player = Player(page, part)
    player.predict()
    flow = player.section.locator("[data-flow]")
    expect(flow).to_be_visible()
    for size in DESKTOPS:
        assert_in_sight(come_to_the_workbench(page, part, size), f"with the strip, {size}")
        assert 64 <= flow.bounding_box()["height"] <= 100
    tabs = player.section.locator("[role=tab]")
    tabs.first.focus()
    for place, name in enumerate(part.instruments):
        expect(tabs.nth(place)).to_be_focused()
        expect(tabs.nth(place)).to_have_attribute("aria-selected", "true")
        for other in part.instruments:
            panel = player.section.locator(f'[data-instrument="{other}"]')
            expect(panel).to_be_visible(visible=other == name)
        assert_in_sight(come_to_the_workbench(page, part, DESKTOPS[0]), name)
        sizes = player.section.locator("[data-shown] [data-slot=instrument]").evaluate(
            "slot => [slot, slot.firstElementChild].map((each) => each.clientHeight)"
        )
        assert sizes[0] == pytest.approx(sizes[1], abs=2)
        page.keyboard.press("ArrowRight")
    expect(tabs.first).to_be_focused()


def test_on_a_phone_one_dial_is_in_hand_and_its_chip_says_which(visitor: Visitor):
    part = load_part("cloud", 1)
    page = visitor.open("cloud/")
    player = Player(page, part)
    player.predict()
    come_to_the_workbench(page, part, PHONE)
    for knob in part.knobs:
        chip = player.section.locator(f'[data-chip="{knob.key}"]')
        chip.click()
        expect(chip).to_have_attribute("aria-pressed", "true")
        expect(chip.locator("[data-chip-value]")).to_have_text(knob.shown(knob.start))
        for each in part.knobs:
            box = player.section.locator(f'[data-knob="{each.key}"]')
            expect(box).to_be_visible(visible=each is knob)
    expect(player.section.locator('[data-chip][aria-pressed="true"]')).to_have_count(1)


def test_a_pass_is_said_in_the_strip_and_leads_to_the_reveal(visitor: Visitor):
    part = load_part("cloud", 1)
    page = visitor.open("cloud/")
    player = Player(page, part)
    player.predict()
    verdict = player.section.locator("[data-verdict]")
    met = player.section.locator(".verdict-met")
    expect(verdict).to_have_attribute("data-verdict", "gap")
    expect(met).to_be_hidden()
    expect(player.section.locator("[data-hint]")).to_contain_text(part.targets[0].label)
    player.set(part.winning)
    player.expect_pass()
    expect(verdict).to_have_attribute("data-verdict", "met")
    expect(met).to_contain_text("All targets met.")
    page.emulate_media(reduced_motion="reduce")
    player.section.locator("[data-to-reveal]").press("Enter")
    sentence = player.section.locator("[data-reveal-sentence]")
    expect(sentence).to_be_focused()
    expect(sentence).to_be_in_viewport()
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_nearest_miss_stands_in_the_strip_and_what_breaks_down_behind_it(visitor: Visitor):
    part = load_part("tiny", 1)
    page = visitor.open("tiny/")
    player = Player(page, part)
    player.predict()
    cards = player.section.locator("[data-failure]")
    expect(cards).to_have_count(2)
    expect(player.section.locator("[data-hint]")).to_contain_text("What moves it: “")
    expect(cards.first).to_be_hidden()
    more = player.section.locator("[data-verdict-more]")
    more.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    for card in cards.all():
        expect(card.locator("p").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(cards.nth(1)).to_be_hidden()
