"""WCAG 2.2 AA in a real browser: axe-core in every state, the keyboard alone, what is announced,
and what a reader's own settings do to the page. docs/accessibility.md says what is promised."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from labpy.instruments.figures.palette import PALETTES
from labpy.missions import Part, all_missions, load_part
from labpy.state.ledger import Ledger
from tests.browser.barriers import Keyboard, audit
from tests.browser.conftest import START_MS, Visitor, kept_as, wait_ready
from tests.browser.play import Player, press_in_menu

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400%
TRACKS = [pytest.param(track.key, parts, id=track.key) for track, parts in all_missions()]
STARTS_PYTHON = 'id="lab-config"'
# WCAG 2.2, 1.4.12
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
CUT_OFF = """() => [...document.querySelectorAll("main *, header *")]
  .filter((each) => each.checkVisibility() && each.textContent.trim())
  // What is for screen readers alone is clipped away whole.
  .filter((each) => getComputedStyle(each).clipPath !== "inset(50%)")
  .filter((each) => ["hidden", "clip"].includes(getComputedStyle(each).overflowY))
  .filter((each) => each.scrollHeight > each.clientHeight + 1)
  .map((each) => each.outerHTML.slice(0, 100))"""
UNLABELLED_TABLES = """() => [
    ...document.querySelectorAll(":is([data-instrument], [data-deployments]) table")
  ]
  .filter((table) => table.rows.length)
  .filter((table) => !table.caption?.textContent ||
    [...table.querySelectorAll("th")].some((head) => !head.scope) ||
    [...table.tBodies[0].rows].some((row) => row.cells[0].tagName !== "TH"))
  .map((table) => table.outerHTML.slice(0, 100))"""


# Python answers a change of theme with the controls' colours, one control after the other.
PAINTED = """([dark, accent]) => {
  const within = (root) => [...root.querySelectorAll("*")].flatMap((each) =>
    [each, ...(each.shadowRoot ? within(each.shadowRoot) : [])]);
  const part = document.querySelector("section[data-part]:not([hidden])");
  const parts = part ? [...part.querySelectorAll("[data-slot=knob]")].flatMap(within) : [];
  const style = (each) => getComputedStyle(each);
  return parts.every((each) =>
    each.matches(".MuiSlider-thumb") ? style(each).backgroundColor === accent :
    each.matches("button[aria-pressed=false]")
      ? (style(each).color === "rgb(255, 255, 255)") === dark : true);
}"""


def look(page: Page, size: dict[str, int], scheme: str) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.wait_for_function(PAINTED, arg=[scheme == "dark", rgb(PALETTES[scheme].accent)])


def rgb(color: str) -> str:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def open_everything(page: Page, section: Locator) -> None:
    """The table and the formulas of each instrument, then the first one's tab again."""
    for peek in section.locator("[data-math-peek], [data-table-peek]").all():
        press_in_menu(peek)
    tabs = section.locator("[role=tab]")
    if tabs.count():
        tabs.first.click()
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def test_axe_finds_nothing_on_any_page_without_python(visitor: Visitor, dist: Path):
    """The pages come from the built site, so that a new one is looked at by itself."""
    page = visitor.page()
    for path in sorted(dist.rglob("*.html")):
        if STARTS_PYTHON in path.read_text("utf-8"):
            continue  # the walks through the tracks look at these
        page.goto(visitor.server.url + path.relative_to(dist).as_posix())
        for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
            look(page, size, scheme)
            audit(page, f"{path}, {size['width']} px, {scheme}")


@pytest.mark.parametrize(("track", "parts"), TRACKS)
def test_axe_finds_nothing_in_any_state_of_any_part(
    visitor: Visitor, track: str, parts: tuple[Part, ...]
):
    """Failing, then won; each with everything open, at two widths and in two themes."""
    page = visitor.open(f"{track}/", ready=False)
    audit(page, f"{track}, while Python starts")
    wait_ready(page)
    for part in parts:
        look(page, DESKTOP, "light")
        if part.number > 1:
            page.locator(f'.part-nav [data-part-link="{part.number}"]').click()
        assert page.title().startswith(f"Part {part.number}: {part.title} · ")
        player = Player(page, part)
        canvas = player.section.locator("[data-instrument] canvas").first
        expect(canvas).to_be_attached(timeout=START_MS)
        player.predict()
        open_everything(page, player.section)
        audit(page, f"{track} {part.number}, failing")
        assert page.evaluate(UNLABELLED_TABLES) == []
        look(page, PHONE, "dark")
        audit(page, f"{track} {part.number}, failing on a phone")
        look(page, DESKTOP, "dark")
        player.set(part.winning)
        player.deploy()
        player.expect_pass()
        player.write()
        player.checkpoint()
        here = page.locator(f'.part-nav [data-part-link="{part.number}"]')
        expect(here).to_have_accessible_name(f"Part {part.number}: {part.title}, in your ledger")
        audit(page, f"{track} {part.number}, won")
        look(page, PHONE, "light")
        audit(page, f"{track} {part.number}, won on a phone")
        page.set_viewport_size(ZOOMED)
        sheet = page.add_style_tag(content=SPACED)
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]
        assert page.evaluate(CUT_OFF) == []
        sheet.evaluate("element => element.remove()")
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]


def test_axe_finds_nothing_where_something_went_wrong(visitor: Visitor, dist: Path, tmp_path: Path):
    archive = next(dist.glob("assets/packages-*/*")).relative_to(dist).as_posix()
    visitor.server.faults[archive] = 404
    visitor.expected = ("404",)
    knob = load_part("cloud", 3).knobs[0].key
    page = visitor.open(f"cloud/?part=3&{knob}=nonsense", ready=False)
    expect(page.locator("[data-boot-error]")).to_be_visible(timeout=60_000)
    section = page.locator('section[data-part="3"]')
    field = section.locator("form[data-lock] input")
    section.locator("form[data-lock] [type=submit]").click()
    error = section.locator("[data-lock-error]")
    expect(error).to_contain_text("Give a number from 0 to 500")
    expect(field).to_be_focused()
    assert error.get_attribute("id") in field.get_attribute("aria-describedby").split()
    assert field.get_attribute("aria-invalid") == "true"
    audit(page, "the start failed, the prediction is missing")
    field.fill("12")
    expect(error).to_be_hidden()
    assert field.get_attribute("aria-invalid") == "false"
    visitor.server.faults.clear()
    with page.expect_navigation():
        page.locator("[data-boot-retry]").click()
    wait_ready(page)
    foreign = tmp_path / "foreign.json"
    foreign.write_text('{"format": "theirs"}')
    chooser = page.locator("[data-ledger-import]")
    chooser.set_input_files(foreign)
    refusal = page.locator("[data-ledger-message]")
    expect(refusal).to_contain_text("ledger")
    assert chooser.get_attribute("aria-describedby") == refusal.get_attribute("id")
    notice = page.locator("[data-notice] .notice")
    expect(notice).to_contain_text("nonsense")
    expect(notice).to_be_in_viewport()
    for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
        look(page, size, scheme)
        audit(page, f"a link and an import were refused, {scheme}")
    notice.get_by_text("Dismiss").press("Escape")
    expect(notice).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_part_is_played_with_the_keyboard_alone(visitor: Visitor):
    """From the skip link to the export, by Tab; at each stop the focus is seen and uncovered."""
    part = load_part("cloud", 3)
    page = visitor.page()
    look(page, DESKTOP, "light")
    page.goto(visitor.server.url + "cloud/?part=3")
    wait_ready(page)
    section = page.locator('section[data-part="3"]')
    keys = Keyboard(page)
    assert keys.tab().words == "Skip to the content"
    keys.press("Enter")
    keys.to("name=prediction")
    page.keyboard.type("60")
    keys.press("Enter")
    expect(section).to_have_attribute("data-lock-state", "committed")
    expect(section.locator("[data-lock-committed]")).to_be_focused()
    value = {k.key: section.locator(f'[data-knob="{k.key}"] [data-knob-value]') for k in part.knobs}
    for knob in sorted(part.knobs, key=lambda each: each.advanced):
        if knob.advanced and not section.locator("details.advanced[open]").count():
            keys.to("Advanced dials")
            keys.press("Enter")
        keys.to(knob.key)
        if knob.kind == "choice":
            keys.press("Home", *["ArrowRight"] * knob.choices.index(part.winning[knob.key]))
            keys.press("Space")
            expect(value[knob.key]).to_have_text(knob.shown(part.winning[knob.key]))
        else:
            check_slider_keys(keys, knob, value[knob.key])
    check_the_player_steps(keys, section)
    expect(section.locator('[data-target][data-state="fail"]')).to_have_count(0)
    expect(section.locator("[data-reveal]")).to_be_visible()
    for name in ("data-reflect", "data-defence"):
        keys.to(name)
        page.keyboard.insert_text("The queue is the model, and its wall is at one. " * 6)
    keys.to("data-checkpoint")
    keys.press("Enter")
    expect(section.locator("[data-checkpoint-state]")).to_contain_text("ledger")
    keys.to("data-ledger-export=json")
    with page.expect_download() as download:
        keys.press("Enter")
    ledger = Ledger.from_json(Path(download.value.path()).read_text("utf-8"))
    assert {"predicted", "passed", "checkpointed"} <= {event.kind for event in ledger.events}
    assert keys.to("data-ledger-import").tag == "input"
    keys.to("Licences")  # the end of the page: there is no trap


def check_slider_keys(keys: Keyboard, knob, value: Locator) -> None:
    """Arrows step, Page keys leap, Home and End go to the ends; it ends at the winning value."""
    for key, expected in (
        ("End", knob.high),
        ("Home", knob.low),
        ("ArrowRight", knob.low + knob.step),
        ("ArrowLeft", knob.low),
    ):
        keys.press(key)
        expect(value).to_have_text(knob.shown(expected))
    keys.press("PageUp")
    expect(value).not_to_have_text(knob.shown(knob.low))
    assert float(value.inner_text().split()[0]) > knob.low + knob.step
    keys.press("Home")
    part = load_part("cloud", 3)
    for _ in range(round((part.winning[knob.key] - knob.low) / knob.step)):
        keys.press("ArrowRight")
    expect(value).to_have_text(knob.shown(part.winning[knob.key]))


def check_the_player_steps(keys: Keyboard, section: Locator) -> None:
    """Less motion is asked for: nothing plays, steps remain. With motion, play and pause."""
    where = section.locator(".player-where")
    play = section.locator(".player button").first
    expect(play).to_be_hidden()
    expect(where).to_contain_text("1 of")
    keys.to("Step")
    keys.press("Enter", "Space")
    expect(where).to_contain_text("3 of")
    keys.page.emulate_media(reduced_motion="no-preference")
    keys.press("Shift+Tab", "Shift+Tab")
    expect(play).to_be_focused()
    keys.press("Space")
    expect(play).to_have_text("Pause")
    expect(where).not_to_contain_text("3 of")
    keys.press("Space")
    expect(play).to_have_text("Play")
    keys.page.emulate_media(reduced_motion="reduce")
    keys.page.locator(".player button").nth(2).focus()


def test_a_burst_of_key_presses_is_announced_once(visitor: Visitor):
    """Time stands still while the knob moves: the announcement waits until it rests."""
    page = visitor.page()
    page.clock.install()
    page.goto(visitor.server.url + "cloud/")
    wait_ready(page)
    player = Player(page, load_part("cloud", 1))
    player.predict()
    knob = player.part.knob("arrival_rate")
    slider = player.section.locator('[data-knob="arrival_rate"] [role="slider"]')
    value = player.section.locator('[data-knob="arrival_rate"] [data-knob-value]')
    spoken = page.locator("[data-announce]")
    page.clock.run_for(5_000)
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.evaluate("""() => {
      globalThis.said = [];
      const live = "[role=status], [role=alert], [aria-live]:not([aria-live=off]), output";
      for (const region of document.querySelectorAll(live))
        new MutationObserver(() => said.push([region.outerHTML.slice(0, 60), region.textContent]))
          .observe(region, { childList: true, characterData: true, subtree: true });
    }""")
    before = spoken.inner_text()
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(value).to_have_text(knob.shown(knob.start + 20 * knob.step))
    summary = player.section.locator("[data-summary]").first
    expect(summary).to_contain_text(f"At {knob.shown(13.5)} ")
    assert page.evaluate("said") == []
    while spoken.inner_text() == before:  # the app's whole answer comes by the worker's clock
        page.wait_for_timeout(200)
        page.clock.run_for(1_000)
    expect(spoken).to_contain_text(summary.inner_text())
    [[region, words]] = page.evaluate("said")
    assert "data-announce" in region
    assert words != before
    assert slider.get_attribute("aria-valuetext") == knob.shown(13.5)


def test_forced_colors_reach_the_drawings_and_less_motion_the_controls(visitor: Visitor):
    page = visitor.page()
    page.add_init_script(f"localStorage.setItem('{kept_as('theme')}', 'light')")
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    page.goto(visitor.server.url + "cloud/")
    wait_ready(page)
    Player(page, load_part("cloud", 1)).predict()
    text = page.evaluate("getComputedStyle(document.body).color")
    drawn = page.locator(".crisis-drawing text").first
    assert drawn.evaluate("e => getComputedStyle(e).fill") == text
    keys = Keyboard(page)
    page.locator("[data-lock-committed]").first.focus()
    keys.to("replicas")
    keys.press("ArrowRight", "Space")
    assert page.evaluate("document.getAnimations().length") == 0
    for button in page.locator(".button-main").all():
        if not button.is_visible():
            continue
        ground, label = button.evaluate(
            "each => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color]"
        )
        assert ground != label, button.inner_text()
    audit(page, "forced colours")


def test_paper_gets_figures_sentences_and_tables_and_no_controls(visitor: Visitor):
    page = visitor.open("cloud/")
    section = page.locator('section[data-part="1"]')
    Player(page, load_part("cloud", 1)).predict()
    page.set_viewport_size({"width": 672, "height": 950})  # the text's width on A4
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    figure = section.locator("[data-instrument]").first
    for shown in ("canvas", "[data-summary]", "table"):
        expect(figure.locator(shown).first).to_be_visible()
    canvas = figure.locator("canvas").first.bounding_box()
    assert canvas["x"] >= 0
    assert canvas["x"] + canvas["width"] <= 672
    for dial in load_part("cloud", 1).knobs:
        value = section.locator(f'[data-knob="{dial.key}"] [data-knob-value]')
        expect(value).to_be_visible()
        expect(value).to_have_text(dial.shown(dial.start))
    for control in ("[data-math-peek]", "[data-link]", "[role=slider]", ".challenges-link"):
        expect(section.locator(control).first).to_be_hidden()
    assert section.locator("details.sources").evaluate("element => element.open")
    # A closed disclosure whose words stand elsewhere on the sheet leaves no heading behind.
    expect(section.locator("details.dials summary")).to_be_hidden()
    for limit in section.locator(".target-limit").all():
        assert limit.evaluate("each => each.scrollWidth <= each.clientWidth + 1")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not section.locator("details.advanced").evaluate("element => element.open")
