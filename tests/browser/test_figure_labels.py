"""No text of a figure covers another, a line or an edge, at four settings and three sizes."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser

from labpy.missions import Part, Track, all_missions
from tests.browser.figure_page import draw, slots

# The figures' slots on a page of 1440x900, 1024x768 and 390x844 px.
SIZES = ((962, 486), (654, 364), (374, 256))
INK = 1.0  # CSS px by which the ink of two texts may come into each other's box
PARTS = [
    pytest.param(track, part, id=f"{track.key}-{part.number}")
    for track, parts in all_missions()
    for part in parts
]


def covers(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["left"] < other["right"] - INK
        and other["left"] < one["right"] - INK
        and one["top"] < other["bottom"] - INK
        and other["top"] < one["bottom"] - INK
    )


def faults(panel: dict[str, Any]) -> list[str]:
    """List what is covered in one plot; all in px of its canvas."""
    found = []
    frame, texts = panel["frame"], panel["texts"]
    for one, other in combinations(texts, 2):
        if covers(one, other):
            found.append(f"{one['text']!r} and {other['text']!r} lie on each other")
    for text in texts:
        if text["left"] < -INK or text["right"] > panel["size"][0] + INK:
            found.append(f"{text['text']!r} is cut off at a side")
        if text["top"] < -INK or text["bottom"] > panel["size"][1] + INK:
            found.append(f"{text['text']!r} is cut off above or below")
        if not covers(text, frame):
            continue
        inside = all(text[s] >= frame[s] - INK for s in ("left", "top")) and all(
            text[s] <= frame[s] + INK for s in ("right", "bottom")
        )
        if not inside:
            found.append(f"{text['text']!r} crosses the frame's edge")
        for line in panel["lines"]:
            across = "x" in line and text["left"] + INK < line["x"] < text["right"] - INK
            along = "y" in line and text["top"] + INK < line["y"] < text["bottom"] - INK
            if across or along:
                found.append(f"{text['text']!r} covers a line")
    written = " ".join(str(each["text"]) for each in texts)
    for label in panel["asked"]:
        if label.split("\n")[0] not in written:
            found.append(f"{label!r} has no room")
    return found


@pytest.mark.parametrize(("track", "part"), PARTS)
def test_no_text_covers_another_or_a_line_or_an_edge(chromium: Browser, track: Track, part: Part):
    context = chromium.new_context(viewport={"width": 1000, "height": 900})
    page = draw(context, slots(part, SIZES))
    found = []
    for name, figure in page.evaluate("readFigures()").items():
        assert any(panel["texts"] for panel in figure["panels"]), name
        for panel in figure["panels"]:
            found += [f"{track.key} {part.number} {name}: {each}" for each in faults(panel)]
            below = panel["off"][1] + panel["size"][1] - figure["size"][1]
            if below > INK:
                found.append(f"{track.key} {part.number} {name}: {below:.0f} px below its slot")
    context.close()
    assert not found, "\n".join(found)
