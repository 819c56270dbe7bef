"""The page for who can't see, hear, point or wait: what it names is in the lab, and it is found."""

import re

import pytest

from buildlib import render
from labpy.missions import all_missions
from labpy.words import load_book
from tests.site.test_pages import SITE, Elements

OUT = "about/accommodations/index.html"
SOURCE = SITE.parent / "words" / "en" / "site" / "accommodations.md"
BOOK = load_book("en")
NAMES = {"Markdown"}  # of what is no word of any language
PARTS = [(track.key, part) for track, parts in all_missions() for part in parts]


def labels(text):
    """List what the text says that the lab itself says: its words in single asterisks."""
    return re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text.partition("*italics*")[2])


def said_by_the_lab():
    """Give the messages that hold no value: the labels among them."""
    for pieces in BOOK.messages.values():
        if all(isinstance(each, str) for each in pieces):
            yield "".join(pieces).removesuffix(".")


def test_each_label_that_it_names_is_the_lab_s_own():
    found = labels(SOURCE.read_text("utf-8"))
    assert len(found) > 15
    assert set(found) - set(said_by_the_lab()) - NAMES == set()


def test_a_label_that_nobody_says_is_found():
    assert labels("Words in *italics*. Press *Go faster*, **now**.") == ["Go faster"]
    assert "Go faster" not in set(said_by_the_lab())


def test_every_page_of_a_student_and_the_teachers_guide_lead_there(pages):
    guide = pages["teach/index.html"]
    assert 'href="../about/accommodations/"' in guide.partition("</nav>")[2].partition("<footer")[0]
    for path in ("about/index.html", "about/accessibility/index.html"):
        text = pages[path].partition("<article")[2].partition("</article>")[0]
        assert 'href="../../about/accommodations/"' in text or "../about/accommodations/" in text
    for track, _ in all_missions():
        footer = pages[f"{track.key}/index.html"].partition("<footer")[2]
        assert 'href="../about/accommodations/"' in footer
    assert 'href="./about/accommodations/"' in pages["index.html"]


def test_it_leads_no_student_to_the_teachers(pages):
    text = pages[OUT].partition("<article")[2].partition("</article>")[0]
    assert "teach/" not in text
    links = re.findall(r"\]\(", SOURCE.read_text("utf-8"))
    assert text.count('<a href="../../about/') == len(links)  # each leads to a page


def test_it_is_kept_for_who_has_no_network():
    from buildlib.sizes import first_visit, load_budget

    assert first_visit([OUT], load_budget()["later"])


@pytest.mark.parametrize(("track", "part"), PARTS, ids=[f"{t}-{p.number}" for t, p in PARTS])
def test_a_part_has_what_the_page_promises(pages, track, part):
    page = Elements(pages[f"{track}/index.html"])
    shown = pages[f"{track}/index.html"].partition(f'id="part-{part.number}"')[2]
    head = shown.partition("</header>")[0]
    steps = re.findall(r"<span>([^<]+)</span></a></li>", head.partition("</ol>")[0])
    assert steps == ["Brief", "Predict", "Explore", "Reveal", "Reflect", "Save"]
    assert head.count("<h1") == 1
    assert not [tag for tag, _ in page.found if tag in ("audio", "video", "embed", "object")]
    assert not [name for _, attributes in page.found for name in attributes if "autoplay" in name]
    for target in part.targets:  # which dials move it is said, not only drawn
        light = shown.partition(f'data-target="{target.key}"')[2].partition("</li>")[0]
        dials = [knob.label for knob in part.knobs if knob.key in target.moved_by]
        said = re.search(r'class="unseen">Moved by: ([^<]*)\.<', light)[1]
        assert said == ", ".join(dials)
    if part.lock.kind == "choice":  # a card's sketch is said in words, beside its figure
        for option in part.lock.options:
            card = f'aria-describedby="p{part.number}-option-{option.key}-detail"'
            assert card in shown
            assert option.detail


def test_the_page_is_listed_with_those_about_the_lab():
    (row,) = (each for each in render.load_pages(SITE) if each.out == OUT)
    assert row.extra["section"] == "about"
    assert row.extra["title"] == "If you can’t see, hear, point or wait"
