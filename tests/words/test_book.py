"""The book says what Fluent's own runtime says, and a number is written by one rule."""

import doctest
import math
import re
from dataclasses import replace

import pytest
from babel.numbers import format_decimal
from babel.plural import PluralRule  # noqa: F401  (Babel is the second opinion)
from fluent.runtime import FluentBundle, FluentResource
from hypothesis import given
from hypothesis import strategies as st

from buildlib.documents import markdown_parser
from buildlib.words import as_pseudo
from labpy.words import (
    Amount,
    Book,
    Listed,
    WordedError,
    amounts,
    load_book,
    msg,
    plurals,
    use,
    words_root,
)
from labpy.words.compiled import WordsError, compile_text

SAMPLE = """
hello = Hello, { $name }!
pairs = { $n ->
    [0] no pairs
    [one] { $n } pair
   *[other] { $n } pairs
}
both = { hello } { pairs }
    .short = { $name }: { $n }
"""


def _book(language="en"):
    base = load_book("en").messages
    return Book(language, {**base, **compile_text(SAMPLE, "sample")})


@pytest.mark.parametrize("n", [0, 1, 2, 1200])
def test_the_book_says_what_fluents_runtime_says(n):
    bundle = FluentBundle(["en"], use_isolating=False)
    bundle.add_resource(FluentResource(SAMPLE))
    said, errors = bundle.format_pattern(bundle.get_message("both").value, {"name": "Ada", "n": n})
    assert not errors
    assert _book().say(msg("both", name="Ada", n=n)) == said


def test_an_attribute_is_a_message_of_its_own():
    assert _book().say(msg("both.short", name="Ada", n=3)) == "Ada: 3"


def test_what_is_missing_is_named():
    with pytest.raises(WordsError, match="no message 'none'"):
        _book().say(msg("none"))
    with pytest.raises(WordsError, match="'hello' asks for 'name'"):
        _book().say(msg("hello"))
    with pytest.raises(WordsError, match="sample: the message 'a' stands there twice"):
        compile_text("a = 1\na = 2\n", "sample")
    with pytest.raises(WordsError, match="sample"):
        compile_text("a = { $b\n", "sample")


def test_lists_are_joined_as_the_language_does():
    book = _book()
    assert book.say(Listed(("a",))) == "a"
    assert book.say(Listed(("a", "b"))) == "a and b"
    assert book.say(Listed(("a", "b", amounts.count(3)))) == "a, b and 3"


@given(st.integers(-(10**9), 10**9))
def test_separators_are_those_of_cldr(value):
    expected = format_decimal(value, locale="en").replace("-", "−")
    assert load_book("en").say(amounts.count(value)) == expected


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("number", ["0", "1", "1.0", "1.5", "2", "1000000", "2000000", "1000001"])
def test_plural_rules_are_those_of_cldr(language, number):
    from decimal import Decimal

    from babel import Locale

    assert plurals.rule(language)(number) == Locale(language).plural_form(Decimal(number))


WRITTEN = [
    (amounts.duration(0.01234), "12.3 ms"),
    (amounts.duration(0.9996), "1.00 s"),
    (amounts.duration(119.9), "2.00 min"),
    (amounts.duration(0), "0 ms"),
    (amounts.duration(math.inf), "without end"),
    (amounts.duration(math.nan), "not known"),
    (amounts.chosen(0.05, "duration"), "50 ms"),
    (amounts.chosen(1 / 60, "duration"), "16.7 ms"),
    (amounts.count(6.0), "6"),
    (amounts.share(0.897), "90%"),
    (amounts.share(1.03), "103%"),
    (amounts.share(0.9996), "99.96%"),
    (amounts.share(1.0004), "100.04%"),
    (amounts.share(1 - 1e-12), "100%"),
    (amounts.share(0.012), "1.2%"),
    (amounts.average(55.6), "56"),
    (amounts.average(0.7), "0.70"),
    (amounts.ratio(1.26), "1.3×"),
    (amounts.millions(18.25e6), "$18.25 million"),
    (amounts.share(0.0999), "10%"),
    (amounts.money(0.87), "$0.87"),
    (amounts.money(18.25), "$18.25"),
    (amounts.money(1234.5), "$1,234"),
    (amounts.money(0.00123), "$0.0012"),
    (amounts.memory(80e9), "80.0 GB"),
    (amounts.chosen(80e9, "memory"), "80 GB"),
    (amounts.binary_memory(262144), "256 KiB"),
    (amounts.requests_per_s(1234.5), "1,230 requests/s"),
    (amounts.number(-3.456), "−3.46"),
    (amounts.beside(amounts.power(0.25031), 0.25), "250.3 mW"),
    (amounts.beside(amounts.share(1.0000004), 1.0), "100.00004%"),
    (amounts.beside(amounts.duration(0.05), 0.05), "50.0 ms"),
    (amounts.beside(amounts.duration(0.05 * (1 + 1e-12)), 0.05), "50.0 ms"),
]


@pytest.mark.parametrize(("amount", "expected"), WRITTEN, ids=[e for _, e in WRITTEN])
def test_an_amount_is_written(amount, expected):
    assert load_book("en").say(amount) == expected


@given(
    st.sampled_from(["duration", "share", "power", "money", "memory", "requests_per_s"]),
    st.floats(1e-6, 1e6),
    st.floats(-0.02, 0.02).filter(lambda x: abs(x) > 1e-6),
)
def test_a_value_off_its_limit_is_never_written_as_the_limit(kind, limit, off):
    limit = float(f"{limit:.3g}")
    value = limit * (1 + off)
    book = load_book("en")
    shown = book.say(amounts.beside(Amount(value, kind), limit))
    assert shown != book.say(amounts.chosen(limit, kind))


def test_an_unknown_kind_says_which_there_are():
    with pytest.raises(ValueError, match="kind must be one of number, count"):
        Amount(1.0, "weight")


def test_every_unit_is_in_the_book():
    book = load_book("en")
    for kind in amounts.KINDS.values():
        for scale in kind.scales:
            assert scale.unit in book
    assert words_root().is_dir()


def test_all_values_of_a_dial_are_written_in_one_unit():
    book = load_book("en")
    shown = [replace(amounts.chosen(value, "duration"), like=10.0) for value in (0.2, 0, 10)]
    assert [book.say(each) for each in shown] == ["0.2 s", "0 s", "10 s"]
    assert book.bare(shown[0]) == "0.2"
    assert book.bare(amounts.chosen(0.05, "share")) == "5%"


def test_an_error_for_readers_says_its_message():
    error = WordedError(msg("knob-refused", key="k", value="'3'", allowed="1, 2"))
    assert str(error) == "k='3' is not allowed; allowed: 1, 2"
    assert str(WordedError("as it is")) == "as it is"


def test_a_language_has_its_markdown_files_and_names_one_that_it_lacks():
    assert load_book("en").text("missions/cloud/part_1.md").startswith("## Briefing\n")
    with pytest.raises(WordsError, match=r"\(en\) has no file missions/moon\.md"):
        load_book("en").text("missions/moon.md")


def test_markdown_is_in_brackets_where_the_build_speaks_the_pseudo_language():
    use(as_pseudo(load_book("en")))
    try:
        html = markdown_parser().render("One [way](a/b.md).\n\n- **Two** `code`\n")
    finally:
        use("en")
    assert html.startswith("<p>⟦Öñé")
    assert '<a href="a/b.md">ŵàý' in html
    assert "<strong>⟦Ţŵö·" in html
    assert "<code>code</code>" in html


def test_the_examples_of_the_guide_to_words_are_true():
    failed, tried = doctest.testfile(
        str(words_root().parent / "docs" / "words.md"), module_relative=False
    )
    assert (failed, tried) == (0, 3)


def test_what_has_no_end_is_said_in_one_way_everywhere():
    """A queue, a delay or a total grows without end; an amount reads "without end"."""
    others = re.compile(r"\bno end\b|\bendless\b|\bnever (?:ends|settles)\b", re.IGNORECASE)
    texts = [path.read_text() for path in sorted((words_root() / "en").rglob("*.ftl"))]
    texts = [
        re.sub(r"^#.*$|^[\w-]+ =|^ *\*?\[\w+\]", "", text, flags=re.MULTILINE) for text in texts
    ]
    texts += [path.read_text() for path in sorted((words_root() / "en").rglob("*.md"))]
    assert len(texts) > 50
    assert [found for text in texts for found in others.findall(text)] == []
