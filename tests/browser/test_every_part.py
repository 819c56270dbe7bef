"""Every part of every track: played by keyboard, told as the models say, open to everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from labpy.missions import Part, Track, all_missions
from labpy.scenarios import scenario
from labpy.state.ledger import Ledger, summary
from tests.browser.conftest import Visitor
from tests.browser.play import Player
from tests.browser.test_cloud_part_1 import audit

PARTS = [
    pytest.param(track, part, id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]


def open_part(visitor: Visitor, track: Track, part: Part) -> Player:
    page = visitor.open(f"{track.key}/?part={part.number}")
    return Player(page, part)


@pytest.mark.parametrize(("track", "part"), PARTS)
def test_a_part_is_played_by_keyboard_and_read_back_from_the_ledger(
    visitor: Visitor, track: Track, part: Part
):
    player = open_part(visitor, track, part)
    page, section = player.page, player.section
    player.predict()
    expect(section.locator('[data-target][data-state="fail"]')).not_to_have_count(0)
    player.set(part.winning)
    player.deploy()
    player.expect_pass()
    player.write()
    player.checkpoint()
    with page.expect_download() as download:
        button = page.locator('[data-ledger-export="json"]')
        button.focus()
        page.keyboard.press("Enter")
    ledger = Ledger.from_json(Path(download.value.path()).read_text("utf-8"))
    told = next(t for t in summary(ledger, all_missions()).tracks if t.key == track.key)
    found = next(p for p in told.parts if p.part == part.number)
    assert found.state == "checkpointed"
    assert found.missing == ()


@pytest.mark.parametrize(("track", "part"), PARTS)
def test_a_part_says_what_the_models_say_and_is_open_to_everybody(
    visitor: Visitor, track: Track, part: Part
):
    """One page, since a start costs seconds: the figures natively, axe in both themes, a phone."""
    player = open_part(visitor, track, part)
    page = player.page
    compare_with_the_models(player)
    player.predict()
    for button in player.section.locator("[data-math-peek]").all():
        button.click()
    for details in page.locator("details").all():
        details.evaluate("element => { element.open = true; }")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(400)
        audit(page, f"all open, {scheme}")
    page.set_viewport_size({"width": 320, "height": 700})
    page.wait_for_timeout(400)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def compare_with_the_models(player: Player) -> None:
    """Sentence and table of each instrument are those of the models called here."""
    made = scenario(player.part)
    outcome = made.evaluate(player.part.start())
    for instrument in made.instruments():
        picture = outcome.pictures[instrument.name]
        instrument.update(picture)
        figure = player.section.locator(f'[data-instrument="{instrument.name}"]')
        expect(figure.locator("[data-summary]")).to_have_text(instrument.sentence(picture))
        shown = figure.locator("table").evaluate(
            "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(c => c.textContent))"
        )
        assert shown == [list(row) for row in instrument.table(picture).rows]
        assert figure.locator("canvas").count() > 0
