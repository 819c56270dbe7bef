import json

import pytest

from buildlib.errors import BuildError
from buildlib.render import Page, load_pages, render_pages


@pytest.fixture
def render(tmp_path):
    (tmp_path / "templates").mkdir()

    def run(text: str, out: str = "index.html", name: str = "page.html", **context) -> str:
        (tmp_path / "templates" / name).write_text(text)
        pages = [Page(name, out, {"out": out})]
        return render_pages(tmp_path, pages, context)[out].decode()

    return run


@pytest.mark.parametrize(
    ("out", "root", "address"),
    [
        ("index.html", "./", "./"),
        ("cloud/index.html", "../", "cloud/"),
        ("a/b/index.html", "../../", "a/b/"),
        ("sw.js", "./", "sw.js"),
    ],
)
def test_root_and_address_are_relative(out, root, address):
    page = Page("x", out, {})
    assert (page.root, page.address) == (root, address)


def test_html_is_escaped_and_javascript_is_not(render):
    assert render("{{ word }}", word="<b>") == "&lt;b&gt;"
    assert render("{{ word }}", out="sw.js", name="sw.js", word="<b>") == "<b>"


def test_json_cannot_end_its_script_element(render):
    text = render("<script>{{ data | json }}</script>", data={"a": "</script>&"})
    inner = text.removeprefix("<script>").removesuffix("</script>")
    assert "<" not in inner
    assert json.loads(inner) == {"a": "</script>&"}


def test_markdown_is_rendered_and_its_html_is_not_trusted(render):
    assert render("{{ t | markdown }}", t="*a* <script>") == "<p><em>a</em> &lt;script&gt;</p>\n"
    assert render("{{ t | markdown_inline }}", t="*a*") == "<em>a</em>"


def test_an_unknown_name_in_a_template_is_reported_with_the_template(render):
    with pytest.raises(BuildError, match=r"page\.html for index\.html: 'titel' is undefined"):
        render("{{ titel }}")


def test_a_missing_template_is_reported(tmp_path):
    with pytest.raises(BuildError, match=r"gone\.html"):
        render_pages(tmp_path, [Page("gone.html", "index.html", {})], {})


def test_a_broken_list_of_pages_says_what_it_must_hold(tmp_path):
    (tmp_path / "pages.toml").write_text('[[page]]\nout = "index.html"\n')
    with pytest.raises(BuildError, match="`template` and `out`"):
        load_pages(tmp_path)


def test_other_keys_of_a_page_reach_its_template(tmp_path):
    row = '[[page]]\ntemplate = "a.html"\nout = "a/index.html"\ntitle = "A"\n'
    (tmp_path / "pages.toml").write_text(row)
    (page,) = load_pages(tmp_path)
    assert page.extra["title"] == "A"
