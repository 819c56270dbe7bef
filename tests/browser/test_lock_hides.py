"""Before the commit the workbench shows its form and no fact; what is locked is said first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from labpy.missions import Part, Track, all_missions, load_part
from labpy.state.ledger import Ledger
from tests.browser.conftest import Visitor, kept_as, kept_text, until, wait_ready
from tests.browser.play import Player

PARTS = [
    pytest.param(track, part, id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]
# What an open lock must not show, in picture or in the document; shadow roots are looked into.
SHOWN = """part => {
  const bench = document.querySelector(`section[data-part="${part}"] [data-workbench]`);
  const all = (root) => [...root.querySelectorAll("*")]
    .flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
  const texts = (selector) => [...bench.querySelectorAll(selector)].map((each) => each.textContent);
  return {
    canvases: all(bench).filter((each) => each.localName === "canvas" && each.checkVisibility(
      { checkVisibilityCSS: true, checkOpacity: true })).length,
    controls: all(bench).filter((each) => each.matches("input, [role=slider]") &&
      each.checkVisibility({ checkVisibilityCSS: true })).length,
    digits: texts("[data-summary], table, [data-knob-meaning], [data-draft-known], [data-hint]")
      .filter((text) => /\\d/.test(text)),
    values: texts("[data-knob-value]").filter(Boolean),
    lights: [...bench.querySelectorAll("[data-target]")].map((each) => each.dataset.state)
      .filter((state) => state !== "pending"),
    readings: texts("[data-target-value]").filter((text) => /\\d/.test(text)),
    failures: bench.querySelectorAll("[data-failure]").length,
    formulas: bench.querySelectorAll("math").length,
  };
}"""
NOTHING = {
    "canvases": 0, "controls": 0, "digits": [], "values": [], "lights": [], "readings": [],
    "failures": 0, "formulas": 0,
}  # fmt: skip


def shown(page: Page, number: int = 1) -> dict:
    return page.evaluate(SHOWN, number)


@pytest.mark.parametrize(("track", "part"), PARTS)
def test_an_open_lock_hides_every_fact_and_the_commit_shows_them(
    visitor: Visitor, track: Track, part: Part
):
    page = visitor.open(f"{track.key}/?part={part.number}")
    page.wait_for_timeout(500)  # spare time must not tell anything either
    assert shown(page, part.number) == NOTHING
    player = Player(page, part)
    for name in [knob.label for knob in part.knobs if not knob.advanced]:
        expect(player.section.locator(".knob-name", has_text=name).first).to_be_visible()
    player.predict()
    expect(player.section.locator("[data-target][data-state=fail]").first).to_be_visible()
    now = shown(page, part.number)
    assert now["canvases"] > 0
    assert now["controls"] > 0
    assert len(now["values"]) == len(part.knobs)
    assert len(now["lights"]) == len(part.targets)
    assert now["digits"]


def test_a_links_settings_apply_after_the_commit(visitor: Visitor):
    page = visitor.open("cloud/?part=1&arrival_rate=4")
    section = page.locator('section[data-part="1"]')
    start = load_part("cloud", 1).knob("arrival_rate").start
    slider = section.locator('[data-knob="arrival_rate"] input[type=range]')
    assert float(slider.input_value()) == start
    Player(page, load_part("cloud", 1)).predict()
    expect(section.locator('[data-knob="arrival_rate"] [data-knob-value]')).to_contain_text("4")
    expect(slider).to_have_value("4")


def test_a_new_ledger_hides_all_again_and_its_dials_start_anew(visitor: Visitor):
    part = load_part("cloud", 1)
    page = visitor.open("cloud/?part=1")
    player = Player(page, part)
    player.predict()
    player.set(part.winning)
    player.expect_pass()
    page.locator("[data-ledger-begin]").click()
    page.get_by_role("button", name="Begin a new ledger").click()
    expect(player.section).to_have_attribute("data-lock-state", "open")
    expect(player.section.locator("[data-reveal]")).to_be_hidden()
    page.wait_for_timeout(500)
    assert shown(page) == NOTHING
    page.reload()
    wait_ready(page)
    assert shown(page) == NOTHING
    player.predict()
    for knob in part.knobs:
        box = player.section.locator(f'[data-knob="{knob.key}"] [data-knob-value]')
        expect(box).to_have_text(knob.shown(knob.start))


def test_dials_of_a_ledger_that_is_gone_are_not_the_next_readers(visitor: Visitor):
    part = load_part("cloud", 1)
    page = visitor.open("cloud/?part=1")
    player = Player(page, part)
    player.predict()
    player.set({"replicas": 2})
    page.evaluate("(name) => localStorage.removeItem(name)", kept_as("ledger"))
    page.goto("about:blank")
    page.goto(visitor.server.url + "cloud/?part=1")
    wait_ready(page)
    player.predict()
    value = player.section.locator('[data-knob="replicas"] [data-knob-value]')
    expect(value).to_have_text(part.knob("replicas").shown(part.knob("replicas").start))


TYPED = [
    ("40", "40 users"),
    (" 40 ", "40 users"),
    ("1e2", "100 users"),
    ("1E2", "100 users"),
    ("100.0", "100 users"),
    ("100,0", "100 users"),
    ("4 0 0", None),
    ("0 400", None),
    ("+12", "12 users"),
    ("12 users", "12 users"),
    ("１２", "12 users"),
    ("1", "1 user"),
    ("2,5", None),
    ("2.5", None),
    ("40 %", None),
    ("forty", None),
    ("1,000", None),
    ("1.000", None),
    ("1 00", None),
    ("1,00", "1 user"),
    ("0.400", None),
    ("-3", None),
    ("501", None),
    ("1e999", None),
    ("Infinity", None),
    ("0x10", None),
    ("", None),
]


def test_what_is_typed_is_read_as_meant_or_not_at_all_and_said_before_it_is_final(
    visitor: Visitor,
):
    page = visitor.open("cloud/?part=3", ready=False)
    section = page.locator('section[data-part="3"]')
    form = section.locator("form[data-lock]")
    until(page, "performance.getEntriesByName('lab:lock-ready').length")
    for typed, meant in TYPED:
        form.locator("[name=prediction]").fill(typed)
        said = f"You predict {meant}." if meant else ""
        assert form.locator("[data-lock-says]").inner_text() == said, typed
        if not meant:
            form.locator("[type=submit]").click()
            assert form.locator("[data-lock-error]").is_visible(), typed
            assert section.get_attribute("data-lock-state") == "open", typed
    form.locator("[name=prediction]").fill("1e2")
    form.locator("[type=submit]").click()
    expect(form.locator("[data-lock-answer]")).to_have_text("100 users")
    wait_ready(page)
    stored = kept_text(page)
    assert Ledger.from_json(stored).latest("predicted", "cloud", 3).data["implies"] == 100.0


def test_how_sure_one_is_and_why_come_back_in_the_reveal(visitor: Visitor):
    page = visitor.open("cloud/?part=1")
    section = page.locator('section[data-part="1"]')
    form = section.locator("form[data-lock]")
    form.locator("[name=confidence]").select_option("certain")
    form.locator("[name=why]").fill("Waits grow with the load.")
    form.locator('input[value="linear"]').check()
    expect(form.locator("[data-lock-says]")).to_contain_text("You predict Linear")
    form.locator("[type=submit]").click()
    section.locator("[data-reveal-open]").click()
    reveal = section.locator("[data-reveal]")
    expect(reveal).to_contain_text("You were certain")
    expect(reveal).to_contain_text("Waits grow with the load.")
    expect(reveal).to_contain_text("before the targets were met")


def test_save_says_beside_itself_what_is_missing(visitor: Visitor):
    page = visitor.open("cloud/?part=1")
    section = page.locator('section[data-part="1"]')
    missing = section.locator("[data-checkpoint-missing]")
    expect(missing).to_contain_text("the prediction")
    Player(page, load_part("cloud", 1)).predict()
    expect(missing).not_to_contain_text("the prediction")
    section.locator("textarea[data-reflect]").fill("a" * 300)
    section.locator("[data-reveal-open]").click()
    expect(missing).to_have_text(
        "Still missing: a reflection of at least 120 characters, in words."
    )
    pasted = section.locator("[data-reveal] .prose p").first.text_content()
    section.locator("textarea[data-reflect]").fill(pasted)
    section.locator("textarea[data-reflect]").blur()
    expect(missing).to_contain_text("word for word on the page")
    section.locator("textarea[data-reflect]").fill("I would leave a fifth of it idle. " * 5)
    section.locator("textarea[data-reflect]").blur()
    expect(missing).not_to_contain_text("word for word")


def test_a_red_light_has_a_gap_and_a_remedy_beside_it_and_never_that_nothing_breaks_down(
    visitor: Visitor,
):
    part = load_part("cloud", 1)
    page = visitor.open("cloud/?part=1")
    player = Player(page, part)
    player.predict()
    hint = player.section.locator("[data-hint]")
    expect(hint).to_contain_text("What moves it: “")
    verdict = player.section.locator("[data-verdict]")
    expect(verdict).not_to_have_attribute("data-verdict", "met")
    player.set(part.winning)
    expect(verdict).to_have_attribute("data-verdict", "met")
    expect(hint).to_have_text("")


def test_a_draft_shows_only_what_is_known_before_it_runs(visitor: Visitor):
    part = load_part("cloud", 2)
    page = visitor.open("cloud/?part=2")
    player = Player(page, part)
    player.predict()
    lights = player.section.locator("[data-target-value]")
    expect(lights.first).not_to_have_text("–")
    before = lights.all_inner_texts()
    player.set(part.winning)
    expect(player.section.locator("[data-draft-known]")).to_contain_text("uses 8 of 8 GPUs")
    assert lights.all_inner_texts() == before
    player.deploy()
    player.expect_pass()
    assert lights.all_inner_texts() != before
