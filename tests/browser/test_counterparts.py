"""A light, its dials and its line light up together; figures take the colours asked for."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from labpy.instruments.figures.palette import LIGHT_MORE, palette_of
from labpy.missions import load_part
from tests.browser.conftest import Visitor, until
from tests.browser.play import Player

CLOUD = load_part("cloud", 1)
FIGURE = "LatencyThroughputFrontier"
# How thick the named lines are, and how large the operating point.
DRAWN = """() => {
  const plot = [...Bokeh.index].find(({ frame }) => frame).model;
  const line = (name) => plot.center.find((each) => each.name === name).line_width;
  const point = plot.renderers.find(({ name }) => name === "here");
  return [line("limit"), line("ceiling"), point.glyph.size.value];
}"""
LIT = """() => [...document.querySelectorAll("section[data-part='1'] [data-lit]")]
  .map(({ dataset, role }) => dataset.target ?? dataset.knob ?? dataset.chip ?? role)"""
GROUND = "() => [...Bokeh.index].find(({ frame }) => frame).model.background_fill_color"
ON_THE_LIMIT = """() => {
  const plot = [...Bokeh.index].find(({ frame }) => frame);
  const { left, top } = plot.canvas_view.el.getBoundingClientRect();
  const line = plot.model.center.find(({ name }) => name === "limit");
  return [left + plot.frame.bbox.right - 40, top + plot.frame.y_scale.compute(line.location)];
}"""


def lit(page: Page) -> set[str]:
    return set(page.evaluate(LIT))


def test_a_light_its_dials_and_its_line_light_up_together(visitor: Visitor):
    page = visitor.open("cloud/")
    player = Player(page, CLOUD)
    player.section.locator('[data-knob="arrival_rate"] [role="slider"]').dispatch_event("focusin")
    assert lit(page) == set()  # not under an open lock
    player.predict()
    usual = page.evaluate(DRAWN)
    for target in CLOUD.targets:
        light = player.section.locator(f'[data-target="{target.key}"]')
        light.focus()
        assert lit(page) == {target.key, *target.moved_by}
        limit, ceiling, point = page.evaluate(DRAWN)
        assert (limit > usual[0]) == (f"{FIGURE} limit" in target.marks)
        assert (ceiling > usual[1]) == (f"{FIGURE} ceiling" in target.marks)
        assert (point > usual[2]) == (f"{FIGURE} here" in target.marks)
        labels = [knob.label for knob in CLOUD.knobs if knob.key in target.moved_by]
        expect(light).to_contain_text(f"Moved by: {', '.join(labels)}.")
    slider = player.section.locator('[data-knob="arrival_rate"] [role="slider"]')
    slider.focus()
    moved = {each.key for each in CLOUD.targets if "arrival_rate" in each.moved_by}
    assert lit(page) == {"arrival_rate", *moved}
    assert page.evaluate(DRAWN)[2] > usual[2]
    slider.blur()
    assert (lit(page), page.evaluate(DRAWN)) == (set(), usual)
    page.locator(f'[data-instrument="{FIGURE}"]').scroll_into_view_if_needed()
    page.mouse.move(*page.evaluate(ON_THE_LIMIT))
    assert "latency" in lit(page)
    assert page.evaluate(DRAWN)[0] > usual[0]
    page.mouse.move(2, 2)
    assert (lit(page), page.evaluate(DRAWN)) == (set(), usual)


def test_figures_take_the_system_s_colours_and_more_contrast(visitor: Visitor):
    page = visitor.open("cloud/")
    Player(page, CLOUD).predict()
    colors = """() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const all = ["Canvas", "CanvasText", "GrayText", "Highlight", "LinkText"].map((name) => {
        probe.style.color = name;
        const channels = getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).map(Number);
        return "#" + channels.map((each) => each.toString(16).padStart(2, "0")).join("");
      });
      probe.remove();
      return all;
    }"""
    page.emulate_media(forced_colors="active", color_scheme="dark")
    until(page, f"({GROUND})() !== '#ffffff'")
    forced = palette_of(" ".join(["forced", *page.evaluate(colors)]))
    until(page, f"({GROUND})() === '{forced.ground}'")
    axis = "() => [...Bokeh.index].find(({ frame }) => frame).model.left[0].axis_label_text_color"
    until(page, f"({axis})() === '{forced.text}'")
    page.emulate_media(forced_colors="none", color_scheme="light", contrast="more")
    until(page, f"({GROUND})() === '{LIGHT_MORE.ground}'")
    until(page, f"({axis})() === '{LIGHT_MORE.quiet}'")
