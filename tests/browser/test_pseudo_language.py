"""The site in its pseudo-language: no word comes from elsewhere than the book, and none is cut.

`uv run build.py --pseudo` puts every message into brackets, accented and 40% longer. What stands
outside brackets must be a name, a number or a unit; what is longer must still have room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from buildlib.paths import default_layout
from buildlib.pipeline import build
from buildlib.pseudo import CLOSE, OPEN
from buildlib.serve import StaticServer
from labpy.missions import Part, Track, all_missions
from tests.browser.conftest import BASE, LITTLE_MEMORY, Visitor
from tests.browser.play import Player

TRACKS = [pytest.param(track, parts, id=track.key) for track, parts in all_missions()]
TEXTS = Path(__file__).with_name("page_texts.js").read_text("utf-8")

# Units and symbols, formats, and what a formula is made of.
UNITS = (
    r"[µnmkMGT]?(?:s|B|W|J|Hz|bit|flop)|[KMGT]iB|min|h|days|years|tokens?|requests?|replies|reply|"
    r"users?|sessions?|pairs?|ears?|frames?|layers?|calls?|packets?|captions?|million"
)
NAMES = (
    r"JSON|CSV|Markdown|UTC|FP8|BF16|FP4|INT8|GPU|GPUs|TP|PP|TTFT|TPOT|SLA|P50|P99|P99\.9|M/M/1|"
    r"H100|Llama(?:-\d+)?(?:-\d+B)?|NVLink(?: \d)?|PCIe(?: \d)?|[A-Z]\w*[ -]?\d[\w.]*"
)
# Papers, people and file names read the same in each language.
CITED = re.compile(r"\b(?:19|20)\d\d\b|\bet al\.|arxiv|^https?:|\.(?:md|json|csv|toml)\b")
HASH = r"[0-9a-f]{12,64}"
PLAIN = re.compile(rf"(?:{UNITS}|{NAMES}|{HASH}|[A-Za-z]{{1,2}})(?:/(?:{UNITS}|[a-z]+))?")


def outside_brackets(text: str) -> str:
    """What stands outside any bracket."""
    depth, left = 0, []
    for letter in text:
        if letter == OPEN:
            depth += 1
        elif letter == CLOSE:
            depth -= 1
        elif depth == 0:
            left.append(letter)
    return "".join(left)


def strange_words(text: str, names: set[str]) -> list[str]:
    """Words outside brackets that are neither names, units nor numbers."""
    left = outside_brackets(text)
    if CITED.search(left):
        return []
    for name in sorted(names, key=len, reverse=True):
        left = left.replace(name, " ")
    words = re.findall(r"[^\s()\[\],;:·=+−×–—…|≤≥<>“”\"]+", left)
    return [w for w in words if re.search(r"[A-Za-zà-ž]{3,}", w) and not PLAIN.fullmatch(w)]


def names_of_missions() -> set[str]:
    """People, and what readers' browsers call files: the only words that missions keep."""
    return {each for _, parts in all_missions() for part in parts for each in (
        part.stakeholder.name, part.reflection.voice,
    )} | {"Machine Learning Systems"}  # fmt: skip


@pytest.fixture(scope="module")
def pseudo_site() -> Iterator[StaticServer]:
    layout = default_layout()
    build(layout, pseudo=True, progress=False)
    with StaticServer(layout.output("pseudo"), base=BASE) as server:
        yield server


@pytest.fixture
def reader(chromium, pseudo_site: StaticServer) -> Iterator[Visitor]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LITTLE_MEMORY)
    visitor = Visitor(context, pseudo_site)
    yield visitor
    context.close()
    assert visitor.unexpected() == []


def look(page: Page) -> None:
    """Hold everything that is on show, in the page and in its figures."""
    names = names_of_missions()
    told = page.evaluate(TEXTS)
    strange = {text: found for text in told["texts"] if (found := strange_words(text, names))}
    assert strange == {}, "words that do not come from the book"
    assert told["clipped"] == [], "texts that are cut off"
    assert told["overlapping"] == [], "texts that lie on each other"


@pytest.mark.parametrize(("track", "parts"), TRACKS)
def test_a_track_says_nothing_outside_the_book(
    reader: Visitor, track: Track, parts: tuple[Part, ...]
):
    page = reader.open(f"{track.key}/")
    for part in parts:
        page.locator(f'.part-nav [data-part-link="{part.number}"]').click()
        look(page)
        player = Player(page, part, says=False)
        player.predict()
        look(page)
        player.set(part.winning)
        player.deploy()
        expect(player.section.locator("[data-reveal]")).to_be_visible()
        page.wait_for_timeout(300)
        look(page)


# Pages of docs/ and docs/settings.toml are documentation, which the book leaves out.
ADDRESSES = ["", "teach/", "teach/cloud/", "teach/rubric/", "teach/models/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_says_nothing_outside_the_book(reader: Visitor, address: str):
    look(reader.open(address, ready=False))


def test_the_test_would_see_a_word():
    assert strange_words(f"{OPEN}Ĥéļļö{CLOSE} world", set()) == ["world"]
    assert strange_words(f"{OPEN}Ĥéļļö{CLOSE} 12.3 ms, H100, $0.87", set()) == []
