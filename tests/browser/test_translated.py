"""A page that the browser translates into a language written from right to left."""

from __future__ import annotations

from playwright.sync_api import expect

from labpy.missions import load_part
from tests.browser.conftest import Visitor

PART = load_part("cloud", 1)
SECTION = 'section[data-part="1"]'
# As Chrome's translator does it: each text node goes into two <font>, and the page is told.
TRANSLATE = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) found.push(texts.currentNode);
  for (const text of found) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest("script, style, [translate=no]")) continue;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    text.replaceWith(outer);
    outer.append(inner);
    inner.append(`\u00ab${text.data}\u00bb`);
  }
  document.documentElement.classList.add("translated-rtl");
  document.documentElement.dir = "rtl";
  document.documentElement.lang = "ar";
}"""


def test_a_part_goes_on_when_the_browser_translates_it_from_right_to_left(visitor: Visitor):
    page = visitor.open()
    page.evaluate(TRANSLATE)
    page.locator(f'{SECTION} input[value="linear"]').check()
    page.locator(f"{SECTION} form[data-lock] [type=submit]").click()
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    knob = page.locator(f'{SECTION} [data-knob="arrival_rate"]')
    slider, value = knob.locator("[role=slider]"), knob.locator("[data-knob-value]")
    page.evaluate(TRANSLATE)
    expect(slider).to_be_visible()
    before = float(slider.input_value())
    slider.focus()
    page.keyboard.press("ArrowRight")  # to the right is more: the dial did not turn round
    now = before + PART.knob("arrival_rate").step
    expect(value).to_contain_text(f"{now:g}")
    words = value.inner_text()
    assert "\u00ab" not in words  # a number is not translated
    slots = page.locator(f"{SECTION} [data-slot]").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).direction)"
    )
    assert set(slots) == {"ltr"}
    # Two quick clicks on the track set a value and leave it; on the dial's name they reset it.
    rail = knob.locator(".MuiSlider-root")
    rail.dblclick(position={"x": rail.bounding_box()["width"] * 0.75, "y": 5})
    expect(value).not_to_have_text(words)
    assert float(slider.input_value()) != PART.start()["arrival_rate"]
    knob.locator(".knob-name").dblclick()
    expect(slider).to_have_value(f"{PART.start()['arrival_rate']:g}")
