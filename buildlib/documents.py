"""Markdown files of the project as pages of the site.

The files read well where they lie, in a repository; here their links are led to the pages that
they became, and their drawings stand in the page, in its colours.
"""

import os.path
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.anchors import anchors_plugin

from buildlib.errors import BuildError
from buildlib.pseudo import PSEUDO, pseudo_tokens
from labpy.words import Message, current, say

FOREIGN = re.compile(r"(?:[a-z]+:|//|#)")
STYLE = re.compile(r"<style>.*?</style>\s*", re.DOTALL)
PROLOGUE = re.compile(r"<\?xml.*?\?>\s*|<!--.*?-->\s*", re.DOTALL)


@dataclass(frozen=True)
class Document:
    """A rendered Markdown file.

    Parameters
    ----------
    title : str
        Its heading of level one, which is not part of the body.
    body : Markup
        The HTML of all the rest.
    headings : tuple of (str, str)
        Address and words of each heading of level two.
    """

    title: str
    body: Markup
    headings: tuple[tuple[str, str], ...]


def markdown_parser() -> MarkdownIt:
    """Return the site's Markdown: tables and typographer's quotes, and no HTML.

    In a build that speaks the pseudo-language, what it renders does too.
    """
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(
        ["table", "replacements", "smartquotes"]
    )
    if current().language.endswith(PSEUDO):
        parser.core.ruler.push("pseudo", pseudo_tokens)
    return parser


def slug(words: str) -> str:
    """Return the address of a heading within its page."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def read_document(path: Path, addresses: Mapping[Path, str], root: str) -> Document:
    """Render a Markdown file.

    Parameters
    ----------
    path : Path
        The file.
    addresses : mapping of Path to str
        The page that each rendered file became, relative to the site's root.
    root : str
        The relative address of the site's root, seen from the page.

    Raises
    ------
    BuildError
        If the file, its title or a drawing is missing, or if it links to what there is not.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BuildError(f"Cannot read {path}: {error.strerror}.") from None
    return render_document(text, path, addresses, root)


def render_document(text: str, path: Path, addresses: Mapping[Path, str], root: str) -> Document:
    """Render Markdown as if it stood in the file at ``path``; see :func:`read_document`."""
    parser = markdown_parser().use(anchors_plugin, max_level=3, slug_func=slug)
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    tokens = parser.parse(text)
    title, tokens = _take_title(tokens, path)
    flat = _flat(tokens)
    for index, token in enumerate(flat):
        if token.type == "link_open":
            _lead(flat[index:], path, addresses, root)
        elif token.type == "image":
            token.meta["drawing"] = _drawing(str(token.attrs["src"]), path)
    body = parser.renderer.render(tokens, parser.options, {})
    headings = [
        (str(token.attrs["id"]), tokens[i + 1].content)
        for i, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]
    return Document(title, Markup(body), tuple(headings))


def _take_title(tokens: list[Token], path: Path) -> tuple[str, list[Token]]:
    if not tokens or tokens[0].tag != "h1":
        raise BuildError(f"{path.name} must begin with its title, a line like `# Title`.")
    return tokens[1].content, tokens[3:]


def _flat(tokens: Sequence[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *(token.children or ()))]


def _lead(tokens: Sequence[Token], path: Path, addresses: Mapping[Path, str], root: str) -> None:
    """Lead the link that the first token opens to where it leads on the site.

    What is a file of the project and no page keeps its words and loses its link.
    """
    href = str(tokens[0].attrs["href"])
    if FOREIGN.match(href):
        return
    name, mark, fragment = href.partition("#")
    file = Path(os.path.normpath(path.parent / name))
    if file in addresses:
        tokens[0].attrs["href"] = root + addresses[file] + mark + fragment
    elif file.exists():
        closing = next(token for token in tokens if token.type == "link_close")
        tokens[0].tag = closing.tag = "span"
        del tokens[0].attrs["href"]
    else:
        raise BuildError(f"{path.name} links to {href}, which is no file of the project.")


def _drawing(source: str, path: Path) -> str:
    """Return the SVG that an image names, without the colours it has outside of the site."""
    file = path.parent / source
    if file.suffix != ".svg" or not file.is_file():
        raise BuildError(f"{path.name} shows {source}: only an SVG file beside it can be shown.")
    return STYLE.sub("", PROLOGUE.sub("", file.read_text(encoding="utf-8"))).strip()


def _image(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return f'<span class="drawing">{tokens[index].meta["drawing"]}</span>'


def _scrolls(key: str, env: dict[str, int]) -> str:
    """Open what scrolls by itself where a phone is too narrow, and can be reached by keyboard."""
    env[key] = env.get(key, 0) + 1
    name = Markup.escape(say(Message(key, {"number": env[key]})))
    return f'<div class="table-scroll" role="group" aria-label="{name}" tabindex="0">'


def _table_open(
    _self: Any, _tokens: Sequence[Token], _index: int, _options: Any, env: dict[str, int]
) -> str:
    return _scrolls("document-table", env) + "<table>\n"


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


def _fence(
    _self: Any, tokens: Sequence[Token], index: int, _options: Any, env: dict[str, int]
) -> str:
    code = Markup.escape(tokens[index].content)
    return f'{_scrolls("document-code", env)}<pre class="code"><code>{code}</code></pre></div>\n'


TABLES = {"table_open": _table_open, "table_close": _table_close}
_RULES = {
    "image": _image,
    **TABLES,
    "fence": _fence,
    "code_block": _fence,
}
