"""Reveals: every number from the models, every link a setting, half as long as they were."""

import re
from urllib.parse import urlsplit

import pytest

from buildlib.documents import markdown_parser
from buildlib.errors import BuildError
from buildlib.reveals import Reveal
from labpy.missions import all_missions
from labpy.scenarios import kept_scenario
from labpy.state.link import read_settings
from labpy.words import say

PARTS = [part for _, parts in all_missions() for part in parts]
LONGEST = 340  # words, of texts that had 390 to 800


@pytest.fixture(scope="module", params=PARTS, ids=lambda part: f"{part.track}-{part.number}")
def told(request):
    reveal = Reveal(request.param)
    return request.param, reveal, str(reveal.html(markdown_parser()))


def links(html):
    return re.findall(r'<a data-setting href="([^"]*)">(.*?)</a>', html)


def test_no_placeholder_is_left_and_the_text_is_short(told):
    _, reveal, html = told
    assert "{" not in html
    assert "setting:" not in html
    assert len(re.sub(r"\]\([^)]*\)", "]", reveal.text()).split()) <= LONGEST


def test_each_link_reads_back_to_a_setting_without_a_notice(told):
    part, _, html = told
    found = [urlsplit(href.replace("&amp;", "&")).query for href, _ in links(html)]
    assert len(found) >= 5
    for query in found:
        read = read_settings(query, part)
        assert read.notices == ()
        assert set(read.values) == set(part.start())


def test_what_a_link_says_of_a_target_is_what_the_light_reads_there(told):
    part, _, html = told
    told_alone = 0
    for href, label in links(html):
        settings = read_settings(urlsplit(href.replace("&amp;", "&")).query, part).values
        metrics = kept_scenario(part).evaluate(settings).metrics
        readings = {say(each.amount(metrics[each.metric])) for each in part.targets}
        told_alone += any(label.endswith(each) for each in readings)
    assert told_alone >= 1


def test_two_figures_stand_beside_the_paragraphs_and_are_said_in_words(told):
    _, _, html = told
    figures = re.findall(r'<figure class="told"><svg [^>]*aria-label="([^"]+)"', html)
    assert len(figures) >= 2
    assert all(re.search(r"\d", each) for each in figures)


def test_a_reading_that_there_is_not_stops_the_build():
    reveal = Reveal(PARTS[0])
    for text in ("[{warp}](setting:winning)", "[x](setting:dream)", "{~warp}", "{latency}"):
        with pytest.raises(BuildError):
            reveal._filled(text)
