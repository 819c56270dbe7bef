"""The queue is seen: the strip of requests above the figure, and the one on the start page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from labpy.app.workbench import SEED
from labpy.instruments.telling import flow as telling
from labpy.missions import load_part
from labpy.scenarios import scenario
from tests.browser.barriers import audit
from tests.browser.conftest import Visitor, until
from tests.browser.play import Player

PART = load_part("cloud", 1)
STRIP = 'section[data-part="1"] [data-flow]'


def native(settings: dict) -> dict:
    return telling.as_facts(scenario(PART).flow(settings, SEED))


def expect_counts(strip: Locator, facts: dict) -> None:
    """The page shows the counts of the run that Python makes natively, and says them."""
    expect(strip.locator("p.unseen")).to_have_text(facts["sentence"])
    counts = strip.locator(".flow-count")
    expect(counts).to_have_count(len(facts["counts"]))
    for i, count in enumerate(facts["counts"]):
        expect(counts.nth(i).locator("dt")).to_have_text(count["name"])
        expect(counts.nth(i).locator("dd").first).to_have_text(count["run"])
        models = counts.nth(i).locator("dd.flow-models")
        if count["models"]:
            expect(models).to_have_text(f"models {count['models']}")
        else:
            expect(models).to_have_count(0)


def time_of(page: Page, selector: str = STRIP) -> float:
    return float(page.locator(selector).get_attribute("data-time"))


def drawn(page: Page, selector: str = STRIP) -> str:
    return page.locator(f"{selector} canvas").evaluate("each => each.toDataURL()")


def come_to(page: Page) -> None:
    page.evaluate("document.getElementById('p1-workbench').scrollIntoView()")


def test_the_strip_plays_pauses_and_steps_with_the_counts_of_the_run(visitor: Visitor):
    page = visitor.open("cloud/?part=1")
    assert page.locator("[data-flow]").count() == 0
    player = Player(page, PART)
    player.predict()
    come_to(page)
    strip = page.locator(STRIP)
    expect(strip).to_have_attribute("data-flow", "playing")
    expect_counts(strip, native(PART.start()))
    before = time_of(page)
    until(page, f"Number(document.querySelector('{STRIP}').dataset.time) > {before + 1}")
    strip.get_by_role("button", name="Pause").click()
    expect(strip).to_have_attribute("data-flow", "still")
    paused, picture = time_of(page), drawn(page)
    page.wait_for_timeout(300)
    assert (time_of(page), drawn(page)) == (paused, picture)
    strip.get_by_role("button", name="Next").click()
    assert time_of(page) != paused
    strip.get_by_role("combobox", name="Speed").select_option("4")
    strip.get_by_role("button", name="Play").click()
    expect(strip).to_have_attribute("data-flow", "playing")
    player.set(PART.winning)
    expect_counts(strip, native(PART.winning))
    strip.locator("summary").press("Enter")
    rows = strip.locator("tbody tr")
    assert rows.count() == len(native(PART.winning)["table"]["rows"])
    audit(page, "the strip")


def test_numbers_in_the_picture_are_those_of_the_run_at_that_moment(visitor: Visitor):
    page = visitor.open("cloud/?part=1")
    Player(page, PART).predict()
    come_to(page)
    strip = page.locator(STRIP)
    strip.get_by_role("button", name="Pause").click()
    strip.get_by_role("button", name="Next").click()
    flow = scenario(PART).flow(PART.start(), SEED)
    step = flow.span_s / telling.TICKS
    # A tick later, since what happens at this very moment may be rounded to either side.
    now = time_of(page) + step / 2
    enter, start, end = (flow.enter_s[:, 0], flow.start_s[:, 0], flow.end_s[:, 0])
    waiting = int(((enter <= now) & (start > now)).sum())
    serving = int(((start <= now) & (end > now)).sum())
    assert strip.get_attribute("data-waiting") == str(waiting)
    assert strip.get_attribute("data-serving") == str(serving)


def test_under_reduced_motion_it_is_a_still_picture_with_the_same_counts(visitor: Visitor):
    page = visitor.open("cloud/?part=1")
    page.emulate_media(reduced_motion="reduce")
    Player(page, PART).predict()
    come_to(page)
    strip = page.locator(STRIP)
    expect_counts(strip, native(PART.start()))
    expect(strip).to_have_attribute("data-flow", "still")
    expect(strip.get_by_role("button", name="Next")).to_be_visible()
    expect(strip.get_by_role("button", name="Pause")).to_be_hidden()
    picture = drawn(page)
    page.wait_for_timeout(300)
    assert drawn(page) == picture
    assert int(strip.get_attribute("data-serving")) > 0


def test_it_stands_still_out_of_view_and_while_a_dial_moves(visitor: Visitor):
    page = visitor.open("cloud/?part=1")
    player = Player(page, PART)
    player.predict()
    come_to(page)
    strip = page.locator(STRIP)
    expect(strip).to_have_attribute("data-flow", "playing")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    expect(strip).to_have_attribute("data-flow", "still")
    come_to(page)
    expect(strip).to_have_attribute("data-flow", "playing")
    page.evaluate(
        f"""() => new MutationObserver(() => {{ window.held = true; }}).observe(
          document.querySelector('{STRIP}'), {{ attributeFilter: ["data-held"] }})"""
    )
    player.section.locator('[data-knob="arrival_rate"] [role=slider]').press("ArrowRight")
    until(page, "window.held")
    expect(strip).not_to_have_attribute("data-held", "")


def test_the_start_page_has_a_live_queue_before_python(visitor: Visitor):
    page = visitor.open("", ready=False)
    live = page.locator("[data-live]")
    strip = live.locator("[data-flow]")
    expect(strip).to_be_visible()
    sentence = live.locator("[data-live-sentence]")
    dial = live.get_by_role("slider", name="Load")
    expect(sentence).to_contain_text("At 80%")
    waiting = []
    for load in ("50", "90", "95"):
        dial.fill(load)
        expect(sentence).to_contain_text(f"At {load}%")
        run, law = strip.locator(".flow-count").first.locator("dd").all_inner_texts()
        waiting.append(float(run))
        # Three standard errors at 60,000 customers are below a third of the mean up to this load.
        assert abs(float(run) - float(law.removeprefix("models "))) <= 0.3 * float(run) + 0.1
    assert waiting == sorted(waiting)
    dial.fill("110")
    expect(sentence).to_contain_text("grows")
    dial.press("ArrowLeft")
    expect(sentence).to_contain_text("At 105%")
    audit(page, "the live queue")


@pytest.mark.parametrize("track", ["edge", "mobile", "tiny"])
def test_the_other_tracks_show_what_the_same_run_gives_natively(visitor: Visitor, track: str):
    part = load_part(track, 1)
    page = visitor.open(f"{track}/?part=1")
    Player(page, part).predict()
    come_to(page)
    facts = telling.as_facts(scenario(part).flow(part.start(), SEED))
    expect_counts(page.locator(STRIP), facts)
