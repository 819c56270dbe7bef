"""The operating point of a figure is in the hand: it turns the dial, as the slider would."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from buildlib.serve import StaticServer
from labpy.instruments.figures.frontier import LatencyThroughputFrontier
from labpy.instruments.figures.power_delay_seesaw import PowerDelaySeesaw
from labpy.missions import Part, load_part
from labpy.scenarios import scenario
from labpy.words import say
from tests.browser.conftest import LITTLE_MEMORY, Visitor, until
from tests.browser.play import Player

FRONTIER, SEESAW = LatencyThroughputFrontier.name, PowerDelaySeesaw.name
CLOUD = load_part("cloud", 1)
# Where the operating point is on the screen, and where it would be at another place of the axes.
POINTS = """([id, to]) => {
    const slot = document.getElementById(id);
    const view = [...Bokeh.index].find(({ el }) => slot.contains(el));
    const { left, top } = view.canvas_view.el.getBoundingClientRect();
    const { x_scale, y_scale } = view.frame;
    const { data } = view.model.renderers.find(({ name }) => name === "here").data_source;
    const at = ([x, y]) => [left + x_scale.compute(x), top + y_scale.compute(y)];
    const here = [data.x[0], data.y[0]];
    return { here: at(here), to: at([to[0] ?? here[0], to[1] ?? here[1]]) };
}"""
CURSORS = """(id) => {
    const deep = (root) => [...root.querySelectorAll("*")].flatMap((each) =>
        [each, ...(each.shadowRoot ? deep(each.shadowRoot) : [])]);
    const slot = document.getElementById(id);
    return [slot, ...deep(slot)].map((each) => each.style.cursor);
}"""


def committed(page: Page, part: Part) -> Player:
    player = Player(page, part)
    player.predict()
    return player


def figure_id(part: Part, name: str) -> str:
    return f"p{part.number}-instrument-{name}"


def show(page: Page, part: Part, name: str) -> None:
    """Choose the figure's tab, and bring the figure into view."""
    slot = page.locator(f"#{figure_id(part, name)}")
    figure = slot.locator("xpath=ancestor::figure")
    if not figure.evaluate("each => each.hasAttribute('data-shown')"):
        page.locator(f'[role=tab][aria-controls="{figure.get_attribute("id")}"]').click()
    slot.evaluate("each => each.scrollIntoView({ block: 'center', behavior: 'instant' })")
    before, now = None, slot.bounding_box()
    while now != before:  # until nothing moves it any more, such as a hint that comes late
        page.wait_for_timeout(300)
        before, now = now, slot.bounding_box()


def places(
    page: Page, part: Part, name: str, x: float | None = None, y: float | None = None
) -> dict[str, Any]:
    return page.evaluate(POINTS, [figure_id(part, name), [x, y]])


def drag(page: Page, start: list[float], end: list[float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()


def expect_outcome(player: Player, settings: dict[str, Any], name: str) -> None:
    """Dials, lights and the figure's sentence are those of these settings."""
    part, section = player.part, player.section
    for key, value in settings.items():
        knob = part.knob(key)
        box = section.locator(f'[data-knob="{key}"]')
        expect(box.locator("[data-knob-value]")).to_have_text(knob.shown(value))
        if knob.kind in ("int", "float"):
            assert float(box.locator("[role=slider]").input_value()) == value
    here = scenario(part)
    outcome = here.evaluate(settings)
    for target in part.targets:
        light = section.locator(f'[data-target="{target.key}"] [data-target-value]')
        expect(light).to_have_text(say(outcome.reading(target)))
    instrument = next(each for each in here.instruments() if each.name == name)
    summary = section.locator(f'[data-instrument="{name}"] [data-summary]')
    expect(summary).to_have_text(say(instrument.sentence(outcome.pictures[name])))


@pytest.mark.parametrize(
    ("track", "dial", "value"),
    [
        ("cloud", "arrival_rate", 8.5),
        ("edge", "frame_rate", 33),
        ("mobile", "glasses", 9),
        ("tiny", "hearables", 200),
    ],
)
def test_a_frontier_s_point_turns_the_dial_of_its_axis(
    visitor: Visitor, track: str, dial: str, value: float
):
    part = load_part(track, 1)
    page = visitor.open(f"{track}/?part=1")
    player = committed(page, part)
    show(page, part, FRONTIER)
    rate = scenario(part).evaluate({**part.start(), dial: value}).pictures[FRONTIER].arrival_rate
    at = places(page, part, FRONTIER, x=rate)
    drag(page, at["here"], at["to"])
    expect_outcome(player, {**part.start(), dial: value}, FRONTIER)


def test_a_seesaw_s_point_runs_along_its_curve(visitor: Visitor):
    part = load_part("tiny", 1)
    page = visitor.open("tiny/?part=1")
    player = committed(page, part)
    show(page, part, SEESAW)
    wanted = {**part.start(), "batch_window": 20.0}
    picture = scenario(part).evaluate(wanted).pictures[SEESAW]
    at = places(page, part, SEESAW, 1e3 * picture.delay_now_s, 1e3 * picture.power_now_w)
    drag(page, at["here"], at["to"])
    expect_outcome(player, wanted, SEESAW)


def test_a_drag_beyond_the_axis_stops_at_the_dial_s_ends(visitor: Visitor):
    page = visitor.open("cloud/")
    player = committed(page, CLOUD)
    show(page, CLOUD, FRONTIER)
    knob = CLOUD.knob("arrival_rate")
    for end, x in ((knob.high, 1270), (knob.low, 2)):
        here = places(page, CLOUD, FRONTIER)["here"]
        drag(page, here, [x, here[1]])
        expect_outcome(player, {**CLOUD.start(), "arrival_rate": end}, FRONTIER)


def test_only_the_point_is_taken_and_the_cursor_says_so(visitor: Visitor):
    page = visitor.open("cloud/")
    player = committed(page, CLOUD)
    show(page, CLOUD, FRONTIER)
    x, y = places(page, CLOUD, FRONTIER)["here"]
    drag(page, [x + 60, y - 60], [x + 260, y - 60])
    assert "grab" not in page.evaluate(CURSORS, figure_id(CLOUD, FRONTIER))
    expect_outcome(player, CLOUD.start(), FRONTIER)
    page.mouse.move(x + 3, y)
    assert "grab" in page.evaluate(CURSORS, figure_id(CLOUD, FRONTIER))
    page.mouse.down()
    assert "grabbing" in page.evaluate(CURSORS, figure_id(CLOUD, FRONTIER))
    page.mouse.up()
    expect_outcome(player, CLOUD.start(), FRONTIER)


def test_the_point_can_still_be_dragged_after_a_change_of_theme(visitor: Visitor):
    page = visitor.open("cloud/")
    player = committed(page, CLOUD)
    paper = "() => [...Bokeh.index].find(({ frame }) => frame).model.background_fill_color"
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    until(page, f"({paper})() !== '{light}'")
    show(page, CLOUD, FRONTIER)
    at = places(page, CLOUD, FRONTIER, x=12.0)
    drag(page, at["here"], at["to"])
    expect_outcome(player, {**CLOUD.start(), "arrival_rate": 12.0}, FRONTIER)


def test_nothing_is_dragged_under_an_open_lock(visitor: Visitor):
    page = visitor.open("cloud/")
    show(page, CLOUD, FRONTIER)
    at = places(page, CLOUD, FRONTIER, x=12.0)
    drag(page, at["here"], at["to"])
    player = committed(page, CLOUD)
    expect_outcome(player, CLOUD.start(), FRONTIER)


def test_a_finger_drags_the_point_and_scrolls_elsewhere(chromium: Browser, server: StaticServer):
    size = {"width": 390, "height": 844}
    context = chromium.new_context(viewport=size, has_touch=True, is_mobile=True)
    context.add_init_script(LITTLE_MEMORY)
    reader = Visitor(context, server)
    page = reader.open("cloud/")
    player = committed(page, CLOUD)
    show(page, CLOUD, FRONTIER)
    cdp = context.new_cdp_session(page)

    def swipe(start: list[float], end: list[float]) -> float:
        """Move a finger; gives how far the page scrolled."""
        before = page.evaluate("scrollY")
        for kind, share in (("Start", 0), *(("Move", i / 8) for i in range(1, 9)), ("End", 1)):
            x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
            points = [] if kind == "End" else [{"x": x, "y": y}]
            cdp.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
        page.wait_for_timeout(300)
        return page.evaluate("scrollY") - before

    at = places(page, CLOUD, FRONTIER, x=9.0)
    assert swipe(at["here"], [at["to"][0], at["here"][1] - 60]) == 0
    expect_outcome(player, {**CLOUD.start(), "arrival_rate": 9.0}, FRONTIER)
    x, y = places(page, CLOUD, FRONTIER)["here"]
    assert swipe([x + 90, y], [x + 90, y - 120]) > 40
    expect_outcome(player, {**CLOUD.start(), "arrival_rate": 9.0}, FRONTIER)
    context.close()
    assert reader.unexpected() == []
