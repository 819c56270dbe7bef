import pytest
from markdown_it import MarkdownIt

from buildlib.documents import read_document, render_document, slug
from buildlib.errors import BuildError
from buildlib.pseudo import CLOSE, FILLER, OPEN, pseudo_tokens
from buildlib.render import load_pages

DRAWING = '<svg viewBox="0 0 1 1"><style>.d-box { fill: red }</style><title>A box</title></svg>'


@pytest.fixture
def render(tmp_path):
    def run(text: str, **addresses: str):
        (tmp_path / "box.svg").write_text(DRAWING)
        known = {tmp_path / f"{name}.md": address for name, address in addresses.items()}
        return render_document(f"# Title\n{text}", tmp_path / "here.md", known, "../")

    return run


def test_the_title_is_taken_out_of_the_body(render):
    document = render("\nWords.\n\n## One & two\n")
    assert document.title == "Title"
    assert "<h1" not in document.body
    assert document.headings == (("one-two", "One & two"),)
    assert '<h2 id="one-two"' in document.body


def test_a_link_to_a_file_leads_to_the_page_that_it_became(render):
    body = render("[a](there.md#part) [b](https://example.org) [c](#x)", there="about/there/").body
    assert 'href="../about/there/#part"' in body
    assert 'href="https://example.org"' in body
    assert 'href="#x"' in body


def test_a_link_to_what_is_not_there_is_refused_by_name(render):
    with pytest.raises(BuildError, match=r"here\.md links to gone\.md, which is no file"):
        render("[a](gone.md)")


def test_a_link_to_a_file_that_is_no_page_keeps_its_words(render):
    assert render("[the box](box.svg) [b](https://example.org)").body == (
        '<p><span>the box</span> <a href="https://example.org">b</a></p>\n'
    )


def test_a_file_of_docs_that_no_row_names_is_a_page_too(tmp_path):
    (tmp_path / "docs").mkdir()
    for name in ("named", "other", "taught"):
        (tmp_path / "docs" / f"{name}.md").write_text(f"# On {name}\nWords.\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "pages.toml").write_text(
        '[documents]\nteach = ["taught"]\n'
        '[[page]]\ntemplate = "document.html"\nout = "x.html"\nsource = "docs/named.md"\n'
    )
    found = [(page.out, page.extra.get("section"), page.extra.get("title"))
             for page in load_pages(tmp_path / "site")]  # fmt: skip
    assert found == [
        ("x.html", None, None),
        ("about/other/index.html", "about", "On other"),
        ("about/taught/index.html", "teach", "On taught"),
    ]


def test_a_drawing_stands_in_the_page_without_colours_of_its_own(render):
    body = render("![A box](box.svg)").body
    assert "<title>A box</title>" in body
    assert "<style>" not in body


@pytest.mark.parametrize("source", ["gone.svg", "photo.png"])
def test_a_drawing_that_cannot_be_shown_is_refused(render, source):
    with pytest.raises(BuildError, match=f"here.md shows {source}"):
        render(f"![A box]({source})")


def test_what_is_wide_can_be_scrolled_by_keyboard(render):
    body = render("\n| a |\n|---|\n| 1 |\n\n```\n<b>\n```\n").body
    assert body.count('tabindex="0"') == 2
    assert "&lt;b&gt;" in body


def test_a_file_without_a_title_or_without_a_file_is_refused(tmp_path):
    with pytest.raises(BuildError, match="must begin with its title"):
        render_document("Words.", tmp_path / "here.md", {}, "./")
    with pytest.raises(BuildError, match="Cannot read"):
        read_document(tmp_path / "gone.md", {}, "./")


def test_html_in_a_document_is_text(render):
    assert "<script>" not in render("<script>alert(1)</script>").body


def test_a_slug_is_lower_case_and_has_no_marks():
    assert slug("What is stored, and where?") == "what-is-stored-and-where"


def test_the_pseudo_language_leaves_out_nothing_around_words_of_the_book():
    parser = MarkdownIt("commonmark")
    parser.core.ruler.push("pseudo", pseudo_tokens)
    said = f"{OPEN}1 of 7{CLOSE}"
    mixed = parser.renderInline(f"cut at **{said}** here")
    assert mixed.startswith(f"{OPEN}çúţ àţ")
    assert mixed.rstrip(CLOSE + FILLER).endswith("ĥéŕé")
    assert f"<strong>{said}</strong>" in mixed
    assert parser.renderInline(said) == said
