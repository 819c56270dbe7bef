"""What the pages say and hold before any script runs."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from labpy.missions import all_missions, load_part
from labpy.scenarios import scenario
from labpy.words import say

SITE = Path(__file__).parents[2] / "site"
EVERY_PART = [(track, part) for track, parts in all_missions() for part in parts]
PART_IDS = [f"{track.key}-{part.number}" for track, part in EVERY_PART]
ONCE = (
    "form[data-lock]", "[data-lock-committed]", "[data-lock-answer]", "[data-workbench]",
    "[data-failures]", "button[data-reveal-open]", "[data-reveal]", "[data-reveal-sentence]",
    "textarea[data-reflect]", "[data-reflect-count]", "button[data-checkpoint]",
    "[data-checkpoint-state]",
)  # fmt: skip
ON_THE_PAGE = (
    "[data-boot]", "[data-boot-bar]", "[data-boot-text]", "[data-boot-error]",
    "[data-boot-error-text]", "[data-boot-retry]", "[data-offline-state]", "[data-notice]",
    "[data-theme-toggle]", "[data-ledger-import]", "[data-ledger-message]", "[data-ledger-view]",
    "[data-ledger-kept]", "[data-ledger-aside]", "[data-ledger-begin]",
    '[data-ledger-export="json"]', '[data-ledger-export="markdown"]',
    '[data-ledger-export="csv"]', '[data-ledger-export="print"]',
)  # fmt: skip


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def count(self, selector: str) -> int:
        """Count the elements of `tag[name]` or `[name="value"]`."""
        match = re.fullmatch(r'(\w*)\[([\w-]+)(?:="([^"]*)")?\]', selector)
        assert match, selector
        wanted, name, value = match.groups()
        return sum(
            (not wanted or tag == wanted)
            and name in attributes
            and (value is None or attributes[name] == value)
            for tag, attributes in self.found
        )


def section_of(pages: dict[str, str], track: str, number: int) -> str:
    """Cut one part's section out of its track's page."""
    page = pages[f"{track}/index.html"]
    start = page.index(f'data-part="{number}"')
    following = re.search(r'<section[^>]* data-part="|<section class="ledger"', page[start:])
    return page[start : start + following.start()] if following else page[start:]


@pytest.mark.parametrize(("track", "part"), EVERY_PART, ids=PART_IDS)
def test_a_part_has_every_hook_that_scripts_rely_on(pages, track, part):
    section = Elements("<section " + section_of(pages, track.key, part.number))
    keyed = [
        *(f'[data-knob="{knob.key}"]' for knob in part.knobs),
        *(f'[data-target="{target.key}"]' for target in part.targets),
        *(f'[data-instrument="{name}"]' for name in part.instruments),
    ]
    for selector in (*ONCE, *keyed):
        assert section.count(selector) == 1, selector
    for hook in ("data-math-peek", "data-math", "data-summary", "data-table"):
        assert section.count(f"[{hook}]") == len(part.instruments), hook
    slots = {attributes.get("id") for _, attributes in section.found}
    assert {f"p{part.number}-knob-{knob.key}" for knob in part.knobs} <= slots
    assert {f"p{part.number}-instrument-{name}" for name in part.instruments} <= slots


READING = r"\d[\d.,]*(?: (?:ms|s|min)\b|%|×)"


@pytest.mark.parametrize(("track", "part"), EVERY_PART, ids=PART_IDS)
def test_no_briefing_tells_what_the_lock_asks_for(pages, track, part):
    """Neither in words nor in its drawing; what it demands and where it starts it may say."""
    section = section_of(pages, track.key, part.number)
    briefing = re.sub(r"<[^>]+>", " ", section.split('data-step="lock"')[0])
    truth = scenario(part).truth()
    given = {say(target.bound) for target in part.targets}
    given |= {knob.shown(knob.start) for knob in part.knobs}
    answers = {say(part.lock.predicted(truth.value)), *re.findall(READING, say(truth.sentence))}
    for answer in answers - set(re.findall(READING, " ".join(given))):
        assert not re.search(rf"(?<![\d.,]){re.escape(answer)}", briefing), answer


@pytest.mark.parametrize("track", sorted({track.key for track, _ in EVERY_PART}))
def test_the_ledger_is_four_tracks_of_three_lines_and_all_else_is_behind_a_disclosure(pages, track):
    ledger = pages[f"{track}/index.html"].split('<section class="ledger"')[1]
    grid, rest = ledger.split('<p class="ledger-name">')
    listed = re.findall(r'data-ledger-part="([\w/]+)"', grid)
    assert listed == [f"{track.key}/{part.number}" for track, part in EVERY_PART]
    assert grid.count("data-ledger-line") == len(listed) == 12
    assert re.search(r'<details class="ledger-all">.*data-ledger-view', rest, re.DOTALL)
    assert not re.search(r"[0-9a-f]{32}|\b\d{4}-\d\d-\d\d\b|—", grid)


@pytest.mark.parametrize("track", sorted({track.key for track, _ in EVERY_PART}))
def test_a_track_s_page_has_every_hook_outside_its_parts(pages, track):
    page = Elements(pages[f"{track}/index.html"])
    for selector in ON_THE_PAGE:
        assert page.count(selector) == 1, selector


def test_no_element_carries_style_or_a_script_of_its_own(pages):
    for path, text in pages.items():
        for tag, attributes in Elements(text).found:
            inline = [name for name in attributes if name == "style" or name.startswith("on")]
            assert not inline, f"{path}: <{tag} {inline}>"


def test_nothing_is_fetched_from_another_host(pages):
    for path, text in pages.items():
        for tag, attributes in Elements(text).found:
            address = attributes.get("src") or (attributes.get("href") if tag == "link" else None)
            assert not re.match(r"(?:https?:)?//", address or ""), f"{path}: <{tag} {address}>"
    for sheet in (SITE / "css").glob("*.css"):
        assert "//" not in re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)


def test_ids_are_unique_and_every_reference_has_its_target(pages):
    for path, text in pages.items():
        found = Elements(text).found
        ids = [attributes["id"] for _, attributes in found if attributes.get("id")]
        assert len(ids) == len(set(ids)), path
        for _, attributes in found:
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                assert set((attributes.get(name) or "").split()) <= set(ids), f"{path}: {name}"
            href = attributes.get("href") or ""
            assert not href.startswith("#") or href[1:] in ids, f"{path}: {href}"


@pytest.mark.parametrize("track", sorted({track.key for track, _ in EVERY_PART}))
def test_headings_skip_no_level(pages, track):
    levels = [int(tag[1]) for tag, _ in Elements(pages[f"{track}/index.html"]).found
              if re.fullmatch(r"h[1-6]", tag)]  # fmt: skip
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_static_batch_is_drawn_to_scale():
    """The caption says a fifth, the drawing 80% idle: the bars must say the same.

    They are quantiles of the lengths that the part's model assumes, so their mean share of the
    longest is near the model's expectation.
    """
    fixed = load_part("cloud", 1).fixed
    drawing = (SITE / "templates" / "figures" / "cloud_1.svg").read_text("utf-8")
    bars = [float(width) for width in re.findall(r"h([\d.]+)", drawing.split('"crisis-work"')[1])]
    share = sum(bars) / len(bars) / max(bars)
    assert len(bars) == fixed["max_batch"]
    assert 0.195 < share < 0.205
    assert share == pytest.approx(fixed["output_tokens"] / fixed["longest_output_tokens"], abs=0.01)


def test_the_snippet_of_the_guide_is_the_one_that_the_demonstration_runs(pages):
    snippet = (SITE / "templates" / "embed-snippet.js").read_text("utf-8")
    assert snippet in (SITE.parent / "docs" / "embedding.md").read_text("utf-8")
    assert f"<script>\n{snippet}" in pages["teach/embedding/demo/index.html"]
