"""Cloud Titan's first part as a student meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from labpy.missions import load_part
from labpy.state.ledger import Ledger
from tests.browser.conftest import Visitor, kept_as, kept_text, until, wait_ready
from tests.browser.play import press_in_menu

PART = load_part("cloud", 1)
SECTION = 'section[data-part="1"]'


def commit(page: Page, answer: str = "linear") -> None:
    page.locator(f'{SECTION} input[value="{answer}"]').check()
    page.locator(f"{SECTION} form[data-lock] [type=submit]").click()


def summary(page: Page) -> str:
    return page.locator(f"{SECTION} [data-instrument] [data-summary]").first.inner_text()


def rows(page: Page) -> list[str]:
    table = page.locator(f"{SECTION} [data-instrument] table").first
    return table.evaluate("table => [...table.rows].map(row => row.textContent)")


def set_knobs(page: Page, settings: dict) -> None:
    """Put the knobs there by a link, as a student who was sent one would."""
    query = "&".join(f"{key}={value}" for key, value in settings.items())
    page.goto(page.url.split("?")[0] + f"?part=1&{query}")
    wait_ready(page)


def test_a_cold_load_reaches_a_workbench_without_leaving_the_site(visitor: Visitor):
    page = visitor.open()
    expect(page.locator("[data-boot]")).to_be_hidden()
    expect(page.locator(f"{SECTION} [data-instrument] canvas").first).to_be_attached()
    marks = page.evaluate("performance.getEntriesByType('mark').map(mark => mark.name)")
    order = [mark for mark in marks if mark.startswith("lab:")]
    assert order == ["lab:lock-ready", "lab:python-ready", "lab:workbench-ready"]


def test_a_prediction_made_before_python_is_up_is_kept(visitor: Visitor):
    page = visitor.open(ready=False)
    page.wait_for_selector(f"{SECTION} form[data-lock] [type=submit]")
    commit(page)
    assert page.evaluate("document.documentElement.dataset.python") == "loading"
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    wait_ready(page)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    stored = kept_text(page)
    kinds = [event.kind for event in Ledger.from_json(stored).events]
    assert kinds == ["started", "predicted"]


UNHEARD = """
// Until the page is loaded again, the worker is too busy to hear what the reader does.
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (said, ...rest) {
  const lost = said.kind === "receive" && said.message.kind === "predict";
  if (!lost || sessionStorage.heard) post.call(this, said, ...rest);
};
"""


def test_a_lock_is_kept_though_its_reader_leaves_before_the_app_has_taken_it(visitor: Visitor):
    visitor.context.add_init_script(UNHEARD)
    page = visitor.open()
    commit(page)
    page.evaluate("sessionStorage.heard = 'yes'")
    page.reload()
    wait_ready(page)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    expect(page.locator(f"{SECTION} [data-summary]").first).not_to_be_empty()
    until(page, f"localStorage.getItem('{kept_as('queue/cloud')}') === '[]'")
    kept = Ledger.from_json(kept_text(page))
    assert [event.kind for event in kept.events] == ["started", "predicted"]


def test_the_workbench_is_inert_until_the_prediction_is_locked_and_the_lock_is_final(
    visitor: Visitor,
):
    page = visitor.open()
    workbench = page.locator(f"{SECTION} [data-workbench]")
    assert workbench.evaluate("element => element.inert")
    commit(page)
    assert not workbench.evaluate("element => element.inert")
    assert page.locator(f"{SECTION} form[data-lock] input").first.is_disabled()


def test_a_slider_moved_by_keyboard_changes_the_sentence_and_the_table(visitor: Visitor):
    page = visitor.open()
    commit(page)
    said, shown = summary(page), rows(page)
    slider = page.locator('[data-knob="arrival_rate"] [role="slider"]')
    slider.focus()
    before = float(slider.input_value())
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"{SECTION} [data-summary]").first).not_to_have_text(said)
    table = page.locator(f"{SECTION} [data-instrument] table").first
    expect(table.locator("tr").nth(1)).not_to_have_text(shown[1])  # it follows at rest
    assert float(slider.input_value()) == before - 2 * PART.knob("arrival_rate").step
    page.keyboard.press("Home")
    low = PART.knob("arrival_rate").low
    expect(page.locator('[data-knob="arrival_rate"] [data-knob-value]')).to_contain_text(f"{low}")


def test_a_double_click_on_a_knob_returns_it_to_the_start(visitor: Visitor):
    page = visitor.open()
    commit(page)
    value = page.locator('[data-knob="arrival_rate"] [data-knob-value]')
    start = value.inner_text()
    page.locator('[data-knob="arrival_rate"] [role="slider"]').focus()
    page.keyboard.press("Home")
    expect(value).not_to_have_text(start)
    page.locator('[data-knob="arrival_rate"]').dblclick(position={"x": 5, "y": 5})
    expect(value).to_have_text(start)


def test_the_start_fails_and_a_winning_setting_passes_and_reveals(visitor: Visitor):
    page = visitor.open()
    commit(page)
    assert page.locator(f'{SECTION} [data-target][data-state="fail"]').count() > 0
    set_knobs(page, PART.winning)
    expect(page.locator(f'{SECTION} [data-target][data-state="fail"]')).to_have_count(0)
    expect(page.locator(f"{SECTION} [data-failure]")).to_have_count(0)
    expect(page.locator(f"{SECTION} [data-reveal]")).to_be_visible()
    expect(page.locator(f"{SECTION} [data-reveal-sentence]")).to_contain_text("You predicted 2×")


def test_the_page_shows_what_the_models_say_natively(visitor: Visitor):
    from labpy.scenarios import scenario
    from labpy.words import say

    page = visitor.open()
    commit(page)
    set_knobs(page, PART.winning)
    made = scenario(PART)
    instrument = {each.name: each for each in made.instruments()}[PART.instruments[0]]
    picture = made.evaluate(PART.winning).pictures[PART.instruments[0]]
    expect(page.locator(f"{SECTION} [data-summary]").first).to_have_text(
        say(instrument.sentence(picture))
    )
    for row, told in zip(instrument.table(picture).as_facts()["rows"], rows(page)[1:], strict=True):
        assert "".join(row) == told


def test_simulate_draws_dots_and_says_so(visitor: Visitor):
    page = visitor.open()
    commit(page)
    shown = rows(page)
    press_in_menu(page.locator(f"{SECTION} [data-simulate]"))
    page.wait_for_function(
        "before => [...document.querySelector('[data-instrument] table').rows]"
        ".map(row => row.textContent).join() !== before",
        arg=",".join(shown),
    )
    assert any("simulated" in row.lower() for row in rows(page))


def test_the_math_peek_opens_with_formulas_and_todays_numbers(visitor: Visitor):
    page = visitor.open()
    commit(page)
    peek = page.locator(f"{SECTION} [data-math-peek]").first
    press_in_menu(peek)
    assert peek.get_attribute("aria-expanded") == "true"
    expect(page.locator(f"{SECTION} [data-math] math").first).to_be_visible()


def test_everything_is_still_there_after_a_reload(visitor: Visitor):
    page = visitor.open()
    commit(page)
    page.locator('[data-knob="arrival_rate"] [role="slider"]').focus()
    page.keyboard.press("Home")
    value = page.locator('[data-knob="arrival_rate"] [data-knob-value]')
    expect(value).to_contain_text(f"{PART.knob('arrival_rate').low}")
    text = "The queue is the model, and <b>1/(1 − ρ)</b> has a wall."
    page.locator(f"{SECTION} textarea[data-reflect]").fill(text)
    kept = value.inner_text()
    page.reload()
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    assert page.locator(f"{SECTION} textarea[data-reflect]").input_value() == text
    wait_ready(page)
    expect(value).to_have_text(kept)


def test_after_one_visit_the_lab_works_with_the_network_off(visitor: Visitor):
    page = visitor.open()
    expect(page.locator("[data-offline-state]").first).to_contain_text(
        "Ready for offline use", timeout=60_000
    )
    visitor.context.set_offline(True)
    visitor.server.faults.update(dict.fromkeys(("cloud/", "index.html", ""), 503))
    page.reload()
    wait_ready(page)
    commit(page)
    said = summary(page)
    page.locator('[data-knob="arrival_rate"] [role="slider"]').focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"{SECTION} [data-summary]").first).not_to_have_text(said)
    visitor.expected = ("ERR_INTERNET_DISCONNECTED",)


def test_a_ledger_is_exported_and_reads_back_in_another_browser(
    visitor: Visitor, chromium, server, tmp_path: Path
):
    page = visitor.open()
    commit(page, "hyperbolic")
    page.locator(f"{SECTION} [data-checkpoint]").click()
    with page.expect_download() as download:
        page.locator('[data-ledger-export="json"]').click()
    saved = tmp_path / "ledger.json"
    download.value.save_as(saved)
    kinds = [event.kind for event in Ledger.from_json(saved.read_text("utf-8")).events]
    assert kinds == ["started", "predicted", "checkpointed"]
    with page.expect_download() as download:
        page.locator('[data-ledger-export="markdown"]').click()
    assert "Cloud Titan" in Path(download.value.path()).read_text("utf-8")
    with chromium.new_context() as context:
        other = Visitor(context, server)
        elsewhere = other.open()
        expect(elsewhere.locator(SECTION)).to_have_attribute("data-lock-state", "open")
        elsewhere.locator("[data-ledger-import]").set_input_files(saved)
        expect(elsewhere.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
        bad = tmp_path / "bad.json"
        bad.write_text(json.dumps({"format": "theirs"}))
        elsewhere.locator("[data-ledger-import]").set_input_files(bad)
        expect(elsewhere.locator("[data-ledger-message]")).to_contain_text("no ledger")
        expect(elsewhere.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
        assert other.unexpected() == []


def test_a_bad_link_is_said_and_its_value_not_obeyed(visitor: Visitor):
    page = visitor.open("cloud/?part=1&arrival_rate=%3Cimg%20src%3Dx%3E&replicas=2")
    expect(page.locator("[data-notice]")).to_contain_text("arrival_rate")
    assert page.locator("[data-notice] img").count() == 0
    start = PART.knob("arrival_rate").start
    slider = page.locator('[data-knob="arrival_rate"] [role="slider"]')
    assert float(slider.input_value()) == start


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_scrolls_sideways(visitor: Visitor, width: int):
    page = visitor.page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(visitor.server.url + "cloud/")
    wait_ready(page)
    commit(page)
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
