"""A knob that moves faster than the app answers: the newest value wins, and the figures stay."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from labpy.missions import load_part
from labpy.scenarios import scenario
from labpy.words import say
from tests.browser.conftest import Visitor
from tests.browser.play import Player

WATCH_PAGE = Path(__file__).parents[2] / "benchmarks" / "watch_page.js"
PART = load_part("edge", 1)
MOVES = 30
# No message of the worker is heard before the last of them: they are microtasks of one task.
BURST = """async (slider, moves) => {
    const press = { key: "ArrowRight", bubbles: true, composed: true, cancelable: true };
    for (let i = 0; i < moves; i += 1) {
        slider.dispatchEvent(new KeyboardEvent("keydown", press));
        for (let turn = 0; turn < 5; turn += 1) await null;
    }
}"""
KEPT = """() => ({
    models: Bokeh.documents.map((each) => [...each._all_models.keys()].sort()),
    canvases: (globalThis.kept ??= [...document.querySelectorAll("[data-instrument]")].map(
        (figure) => figure.querySelector("[data-slot=instrument]").firstElementChild,
    ).filter(Boolean)).every((each) => each.isConnected),
})"""
# Paints each axis of a part's figures twice, on two canvases; a place where none was ever painted
# makes the first of them a new look. Gives for each axis how many pixels have ink, and how far off
# the worst of the second canvas is.
PAINT_TWICE = """async () => {
    const { CanvasLayer } = Bokeh.require("core/util/canvas");
    const { AxisView } = Bokeh.require("models/axes/axis");
    const shift = 0.4375;
    const painted = (view) => {
        const layer = new CanvasLayer("canvas", false);
        const { width, height } = view.plot_view.bbox;
        layer.resize(width, height);
        layer.ctx.translate(shift, shift);
        view.paint(layer.ctx);
        return layer.ctx.getImageData(0, 0, width, height).data;
    };
    const views = [...Bokeh.index].flatMap((root) => [root, ...root.children()])
        .flatMap((view) => view.computed_renderer_views ?? []);
    return views.filter((view) => view instanceof AxisView).map((view) => {
        const [first, second] = [painted(view), painted(view)];
        let [ink, off] = [0, 0];
        first.forEach((value, i) => {
            if (value) ink += 1;
            off = Math.max(off, Math.abs(value - second[i]));
        });
        return { ink, off };
    });
}"""


def test_a_burst_of_moves_is_answered_once_or_twice_and_ends_with_the_exact_outcome(
    visitor: Visitor,
):
    visitor.context.add_init_script(path=WATCH_PAGE)
    page = visitor.open(f"edge/?part={PART.number}")
    player = Player(page, PART)
    player.predict()
    page.evaluate("() => benchmark.settled()")
    before = page.evaluate(KEPT)
    page.evaluate("() => benchmark.take()")
    slider = player.section.locator('[data-knob="batch_window"] [role="slider"]')
    slider.evaluate(BURST, MOVES)
    reached = {**PART.start(), "batch_window": PART.knob("batch_window").step * MOVES}
    value = player.section.locator('[data-knob="batch_window"] [data-knob-value]')
    expect(value).to_have_text(PART.knob("batch_window").shown(reached["batch_window"]))
    page.evaluate("() => benchmark.settled()")
    log = page.evaluate("() => benchmark.take()")
    facts = [each for each in log["got"] if each.get("kind") == "facts"]
    assert len([each for each in log["sent"] if each["type"] == "patch"]) <= 2
    assert [each["brief"] for each in facts].count(True) <= 2
    assert not facts[-1]["brief"]
    assert facts[-1]["settings"] == reached
    assert page.evaluate(KEPT) == before
    for instrument in scenario(PART).instruments():
        picture = scenario(PART).evaluate(reached).pictures[instrument.name]
        table = player.section.locator(f'[data-instrument="{instrument.name}"] table')
        shown = table.evaluate(
            "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(c => c.textContent))"
        )
        assert shown == instrument.table(picture).as_facts()["rows"]


def test_what_is_said_right_after_a_burst_finds_the_dial_where_it_stands(visitor: Visitor):
    part = load_part("mobile", 2)
    page = visitor.open("mobile/?part=2")
    player = Player(page, part)
    player.predict()
    slider = player.section.locator('[data-knob="glasses"] [role="slider"]')
    slider.evaluate(
        f"async (slider, moves) => {{ await ({BURST})(slider, moves);"
        " document.querySelector('section[data-part=\"2\"] [data-deploy]').click(); }",
        8,
    )
    row = player.section.locator("[data-deployments] tbody tr").first
    expect(row).to_contain_text("9")
    outcome = scenario(part).evaluate({**part.start(), "glasses": 9})
    target = next(each for each in part.targets if each.key == "cost")
    reading = player.section.locator('[data-target="cost"] [data-target-value]')
    expect(reading).to_have_text(say(outcome.reading(target)))


def test_an_axis_that_is_copied_looks_like_one_that_is_painted(visitor: Visitor):
    page = visitor.open(f"edge/?part={PART.number}")
    page.evaluate("document.fonts.ready")
    axes = page.evaluate(PAINT_TWICE)
    assert len(axes) >= 2 * len(PART.instruments)
    assert all(axis["ink"] > 500 for axis in axes), axes
    assert max(axis["off"] for axis in axes) <= 2, axes  # of 255: colours are rounded once more
