"""Figures of a part on a bare page: computed here, drawn by BokehJS and the site's scripts.

No Python starts in the browser, so that many settings at many sizes take seconds. What is painted
is read from the canvas itself: each text that a script paints leaves the box of its ink.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bokeh
from bokeh.embed import json_item
from playwright.sync_api import BrowserContext, Page, Route

from labpy.instruments.figures.palette import PALETTES
from labpy.missions import Part
from labpy.scenarios import scenario
from tests.browser.conftest import until

ROOT = Path(__file__).parents[2]
BOKEH = Path(bokeh.__file__).parent / "server" / "static" / "js" / "bokeh.min.js"
ADDRESS = "http://figures.invalid/"
HTML = """<!doctype html><meta charset="utf-8"><title>Figures</title>
<style>body { margin: 0; font: 12px sans-serif } [data-figure] { position: relative }</style>
<script src="/bokeh.js"></script>
<script type="module">
import { makeThrifty } from "/site/js/draw/bokeh-thrift.js";
import { placeLabels } from "/site/js/draw/place-labels.js";
makeThrifty(Bokeh);
placeLabels(Bokeh);
for (const { id, size, item } of await (await fetch("/items.json")).json()) {
  const slot = document.createElement("div");
  slot.id = id;
  slot.dataset.figure = "";
  slot.style = `width: ${size[0]}px; height: ${size[1]}px`;
  document.body.append(slot);
  await Bokeh.embed.embed_item(item, id);
}
window.drawn = true;
</script>"""
RECORD = (Path(__file__).parent / "written.js").read_text("utf-8")


@dataclass(frozen=True)
class Slot:
    """A figure to draw: the name of its settings, the size of its slot in CSS px, its JSON."""

    settings: str
    instrument: str
    size: tuple[int, int]
    item: dict[str, Any]

    @property
    def id(self) -> str:
        """Name the slot by all three."""
        return f"{self.settings}/{self.instrument}/{self.size[0]}x{self.size[1]}"


def four_settings(part: Part) -> dict[str, dict[str, Any]]:
    """Give the start, the winning, the tempting, and the turn of one dial that breaks most."""
    start, made = part.start(), scenario(part)
    turns = [
        {**start, knob.key: value}
        for knob in part.knobs
        for value in ((knob.low, knob.high) if knob.kind in ("int", "float") else knob.choices)
    ]

    def breaks(settings: dict[str, Any]) -> tuple[int, int]:
        outcome = made.evaluate(settings)
        return len(outcome.failures(part)), list(outcome.lights(part).values()).count(False)

    return {
        "start": start,
        "winning": {**start, **part.winning},
        "tempting": {**start, **part.tempting},
        "overloaded": max(turns, key=breaks),
    }


def slots(part: Part, sizes: tuple[tuple[int, int], ...]) -> list[Slot]:
    """Draw each instrument of a part at the four settings, for slots of these sizes."""
    made, found = scenario(part), []
    for name, settings in four_settings(part).items():
        outcome = made.evaluate(settings)
        for size in sizes:
            for instrument in made.instruments():
                instrument.update(outcome.pictures[instrument.name])
                instrument.recolor(PALETTES["light"])
                found.append(Slot(name, instrument.name, size, json_item(instrument.figure)))
    return found


def draw(context: BrowserContext, given: list[Slot]) -> Page:
    """Draw the figures, one below the other, and give the page when all are painted."""
    items = [{"id": each.id, "size": each.size, "item": each.item} for each in given]
    bodies = {"/": HTML, "/items.json": json.dumps(items), "/favicon.ico": ""}
    types = {".js": "text/javascript", ".json": "application/json"}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS.rstrip("/"))
        body = bodies.get(path)
        if body is None:
            body = (BOKEH if path == "/bokeh.js" else ROOT / path[1:]).read_text("utf-8")
        route.fulfill(body=body, content_type=types.get(Path(path).suffix, "text/html"))

    context.add_init_script(RECORD)
    context.route(f"{ADDRESS}**", answer)
    page = context.new_page()
    page.goto(ADDRESS)
    until(page, "window.drawn === true")
    page.wait_for_timeout(300)  # the last figure's paint
    return page
