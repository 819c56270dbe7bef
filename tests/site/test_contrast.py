"""The colours of `site/css/tokens.css`, held to the contrast of WCAG 2.2 AA in both themes."""

import re
from pathlib import Path

import pytest

from labpy.instruments.figures.palette import PALETTES
from tests.contrast import contrast

TOKENS = Path(__file__).parents[2] / "site" / "css" / "tokens.css"
TEXT = 4.5  # WCAG 2.2, 1.4.3
DRAWN = 3.0  # WCAG 2.2, 1.4.11: borders of controls, shapes that mean something
THEMES = ("light", "dark")

GROUNDS = ("page", "panel", "wash", "hover")
TRACKS = tuple(f"track-{key}" for key in ("cloud", "edge", "mobile", "tiny"))
PAIRS = [
    *((name, ground, TEXT) for name in ("text", "quiet", "link") for ground in GROUNDS),
    *((name, ground, TEXT) for name in (*TRACKS, "accent") for ground in ("page", "panel")),
    *((state, ground, TEXT) for state in ("good", "bad", "warn") for ground in ("page", "panel")),
    *((state, f"{state}-wash", TEXT) for state in ("good", "bad", "warn")),
    *((name, f"{s}-wash", TEXT) for name in ("text", "quiet") for s in ("good", "bad", "warn")),
    ("on-accent", "accent", TEXT),
    *(("edge", ground, DRAWN) for ground in ("page", "panel", "wash")),
    ("crimson", "page", DRAWN),
    *(
        (name, ground, TEXT)
        for name in ("ink-text", "ink-quiet", "ink-accent")
        for ground in ("ink", "ink-card", "ink-card-hover")
    ),
    ("ink-on-accent", "ink-accent", TEXT),
    *(("ink-border", ground, DRAWN) for ground in ("ink", "ink-card")),
]


def read_tokens() -> dict[str, dict[str, str]]:
    """Read every colour of the style sheet: {theme: {name: #rrggbb}}."""
    text = TOKENS.read_text("utf-8").split("@media")[0]
    one = r"#[0-9a-f]{6}"
    found: dict[str, dict[str, str]] = {theme: {} for theme in THEMES}
    for name, light, dark in re.findall(rf"--([\w-]+): light-dark\(({one}), ({one})\);", text):
        found["light"][name], found["dark"][name] = light, dark
    for name, value in re.findall(rf"--([\w-]+): ({one});", text):
        found["light"][name] = found["dark"][name] = value
    return found


COLORS = read_tokens()


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_pair_reaches_aa(theme: str, front: str, ground: str, least: float) -> None:
    assert contrast(COLORS[theme][front], COLORS[theme][ground]) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_figures_are_drawn_in_the_page_s_colours(theme: str) -> None:
    palette, page = PALETTES[theme], COLORS[theme]
    assert palette.ground == page["panel"]
    assert palette.accent == page["accent"]
    assert (palette.good, palette.bad, palette.warn) == (page["good"], page["bad"], page["warn"])
    assert (palette.text, palette.quiet, palette.grid) == (
        page["text"],
        page["quiet"],
        page["line"],
    )


def test_one_colour_is_for_interaction_on_all_tracks():
    """A track's colour is its identity: no control takes it, and it does not change the accent."""
    control = re.compile(
        r"button|input|select|summary|slider|knob|chip|tab\b|:focus|aria-|:checked"
    )
    for sheet in TOKENS.parent.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        for selector, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            if "var(--track" in rules:
                assert not control.search(selector), selector
            if "data-track=" in selector or "data-track-card=" in selector:
                assert "--accent" not in rules, selector
