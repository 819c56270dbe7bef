"""Every part of every track: played by keyboard, told as the models say."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from labpy.missions import Part, Track, all_missions, load_part
from labpy.scenarios import scenario
from labpy.state.ledger import Ledger, summary
from labpy.words import say
from tests.browser.conftest import Visitor, kept_text
from tests.browser.play import Player

TRACKS = [pytest.param(track, parts, id=track.key) for track, parts in all_missions()]


@pytest.mark.parametrize(("track", "parts"), TRACKS)
def test_each_part_says_what_the_models_say_is_played_by_keyboard_and_read_back(
    visitor: Visitor, track: Track, parts: tuple[Part, ...]
):
    """In one visit to the track, as a reader goes through it."""
    page = visitor.open(f"{track.key}/")
    for part in parts:
        if part.number > 1:
            page.locator(f'.part-nav [data-part-link="{part.number}"]').press("Enter")
        player = Player(page, part)
        player.predict()
        expect(player.section.locator('[data-target][data-state="fail"]')).not_to_have_count(0)
        assert_as_the_models_say(player, part)
        player.set(part.winning)
        player.deploy()
        player.expect_pass()
        expect_the_dial_that_did_it(player)
        player.write()
        player.checkpoint()
    with page.expect_download() as download:
        button = page.locator('[data-ledger-export="json"]')
        button.focus()
        page.keyboard.press("Enter")
    ledger = Ledger.from_json(Path(download.value.path()).read_text("utf-8"))
    told = next(t for t in summary(ledger, all_missions()).tracks if t.key == track.key)
    assert [(each.state, each.missing) for each in told.parts] == [("checkpointed", ())] * 3


def expect_the_dial_that_did_it(player: Player) -> None:
    """If the strip names one, then with the value that it has now."""
    said = player.section.locator("[data-verdict-by]").inner_text()
    dials = player.section.locator("[data-knob]").evaluate_all(
        "all => all.map((each) => [each.querySelector('.knob-name').textContent,"
        " each.querySelector('[data-knob-value]').textContent])"
    )
    assert said == "" or said in [f"{name} at {value} did it." for name, value in dials]


def assert_as_the_models_say(player: Player, part: Part) -> None:
    """Hold the sentence and the table of each instrument against the models called here."""
    made = scenario(part)
    outcome = made.evaluate(part.start())
    for instrument in made.instruments():
        picture = outcome.pictures[instrument.name]
        instrument.update(picture)
        figure = player.section.locator(f'[data-instrument="{instrument.name}"]')
        expect(figure.locator("[data-summary]")).to_have_text(say(instrument.sentence(picture)))
        shown = figure.locator("table").evaluate(
            "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(c => c.textContent))"
        )
        assert shown == instrument.table(picture).as_facts()["rows"]
        assert figure.locator("canvas").count() > 0
    slot = player.section.locator('[data-instrument] [data-slot="instrument"]').first
    expect(slot.locator("canvas").first).to_be_visible()


@pytest.mark.parametrize("track", ["cloud", "edge", "mobile", "tiny"])
def test_a_challenge_checks_itself_and_stands_in_the_ledger(visitor: Visitor, track: str):
    part = load_part(track, 1)
    page = visitor.open(f"{track}/")
    player = Player(page, part)
    expect(player.section.locator("[data-challenge]").first).not_to_be_visible()
    player.predict()
    each = part.challenges[0]
    task = player.section.locator(f'[data-challenge="{each.key}"]')
    expect(task).to_be_visible()
    expect(task).to_have_attribute("data-state", "open")
    player.set(each.proof[-1])
    expect(task).to_have_attribute("data-state", "done")
    reached = scenario(part).evaluate({**part.start(), **each.proof[-1]})
    expect(task.locator("[data-challenge-done]")).to_have_text(say(each.told(reached.metrics)))
    expect(player.section.locator("[data-challenges-count]")).to_have_text(
        f"1/{len(part.challenges)}"
    )
    kept = Ledger.from_json(kept_text(page))
    assert [e.data["key"] for e in kept.events if e.kind == "challenge"] == [each.key]
    page.reload()
    expect(task).to_have_attribute("data-state", "done")
