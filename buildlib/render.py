"""Turns the templates of ``site/`` into pages, and the service worker."""

import importlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from buildlib import csp, words
from buildlib.assigning import assignable
from buildlib.documents import TABLES, markdown_parser, read_document
from buildlib.errors import BuildError
from buildlib.glossary import explained
from buildlib.quoting import quoted_html
from buildlib.trim import Tree
from labpy.words import Message, bare, current, say

PAGES_FILE = "pages.toml"
TEMPLATE_FOLDERS = ("templates", "js", ".")


@dataclass(frozen=True)
class Page:
    """One page to render.

    Parameters
    ----------
    template : str
        Its template's name under ``site/templates`` or ``site/js``.
    out : str
        Its path in the site, such as ``cloud/index.html``.
    extra : dict
        All other keys of its row in ``pages.toml``.
    """

    template: str
    out: str
    extra: dict[str, Any]

    @property
    def root(self) -> str:
        """The relative address of the site's root: ``./`` or ``../``."""
        return "../" * (len(PurePosixPath(self.out).parts) - 1) or "./"

    @property
    def address(self) -> str:
        """The address people use: a folder's for an ``index.html``."""
        return self.out.removesuffix("index.html") or "./"


def load_pages(site: Path) -> list[Page]:
    """Read ``site/pages.toml``: an array ``page`` of tables with ``template`` and ``out``.

    Every Markdown file of ``docs/`` that no row names is a page too, ``about/<name>/``; it stands
    in the list of the section that ``[documents]`` names it for, else in ``about``.
    """
    path = site / PAGES_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [Page(row["template"], row["out"], _titled(row)) for row in table["page"]]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise BuildError(
            f"Cannot read {path}: {error!r}. It lists the pages as [[page]] tables "
            "with `template` and `out`."
        ) from None
    return [*rows, *_other_documents(site.parent, rows, table.get("documents", {}))]


def _titled(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's keys, with its title said."""
    extra = {k: v for k, v in row.items() if k not in ("template", "title_key")}
    return extra | {"title": say(Message(row["title_key"]))} if "title_key" in row else extra


def _other_documents(
    project: Path, rows: Sequence[Page], sections: Mapping[str, Sequence[str]]
) -> Iterator[Page]:
    named = {row.extra.get("source") for row in rows}
    for path in sorted((project / "docs").glob("*.md")):
        source = path.relative_to(project).as_posix()
        if source in named:
            continue
        first, _, _ = path.read_text(encoding="utf-8").partition("\n")
        section = next((key for key, names in sections.items() if path.stem in names), "about")
        extra = {
            "out": f"about/{path.stem}/index.html",
            "section": section,
            "title": first.removeprefix("# "),
            "source": source,
        }
        yield Page("document.html", extra["out"], extra)


def load_downloads(site: Path) -> dict[str, str]:
    """Read the table ``downloads`` of ``site/pages.toml``: names of what readers may take along.

    Its keys are ``onefile``, the whole lab in one document, and ``archive``, a zip of the site.
    Without the table nothing is offered.
    """
    rows = tomllib.loads((site / PAGES_FILE).read_text(encoding="utf-8"))
    return rows.get("downloads", {})


def environment(site: Path) -> Environment:
    """Return Jinja2 over the site's templates, escaping HTML but not JavaScript.

    In a template `t("key", name=value)` says a message of the book in force.
    """
    jinja = Environment(
        loader=FileSystemLoader([site / folder for folder in TEMPLATE_FOLDERS]),
        autoescape=lambda name: name is not None and name.endswith((".html", ".svg", ".xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    markdown = markdown_parser()
    for name, rule in TABLES.items():
        markdown.add_render_rule(name, rule)
    jinja.filters["markdown"] = lambda text: Markup(markdown.render(str(text)))
    jinja.filters["markdown_inline"] = lambda text: Markup(markdown.renderInline(str(text)))
    jinja.filters["brief"] = lambda part: [
        quoted_html(each, part)
        for each in explained(
            [markdown.render(part.words[each]) for each in ("Briefing", "Dials")],
            f"p{part.number}",
        )
    ]
    jinja.filters["prose"] = lambda text, part: quoted_html(markdown.render(text), part)
    jinja.filters["reveal"] = lambda part: _from("reveals").Reveal(part).html(markdown)
    jinja.filters["json"] = _json_for_script
    jinja.filters["say"] = say
    jinja.filters["bare"] = bare
    jinja.globals["t"] = lambda key, **values: say(Message(key, values))
    jinja.globals["language"] = current().language
    jinja.globals["words"] = words.for_scripts(site.parent)
    jinja.globals["teach_words"] = words.for_scripts(site.parent, "teach/scripts")
    return jinja


def _json_for_script(value: Any) -> Markup:
    """Return JSON that may stand inside a ``<script>`` element."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def render_pages(
    site: Path, pages: list[Page], context: Mapping[str, Any], root: str | None = None
) -> Tree:
    """Return the rendered pages by their path in the site.

    Parameters
    ----------
    site : Path
        The folder of the templates.
    pages : list of Page
        What to render.
    context : mapping
        What every template sees. A page also sees ``page`` (its row), ``root`` and ``tracks``.
        What else it sees goes by its row. With ``track``: that ``track`` and its ``parts``, as
        ``labpy.missions`` loads them. With ``source``: the ``document`` that this Markdown file
        became or, with ``gives``, what one of ``GIVERS`` makes of the file. With ``section``: the
        ``section_pages`` of the same section.
    root : str, optional
        The relative address of the root when it is not where `out` says.
    """
    jinja = environment(site)
    rendered: Tree = {}
    for page in pages:
        own = {"page": page.extra, "root": root or page.root}
        own |= {**_missions(page), **_text(page, pages, site)}
        try:
            text = jinja.get_template(page.template).render({**context, **own})
        except TemplateError as error:
            where = f"{getattr(error, 'name', None) or page.template}"
            raise BuildError(f"Template {where} for {page.out}: {error}.") from error
        rendered[page.out] = csp.fill(text).encode()
    return rendered


def _missions(page: Page) -> dict[str, Any]:
    """Return all `tracks`, and the page's `track` with its `parts` when its row has one."""
    missions = importlib.import_module("labpy.missions")
    found: dict[str, Any] = {"tracks": [missions.load_track(key) for key in missions.track_keys()]}
    if "track" in page.extra:
        track = missions.load_track(page.extra["track"])
        found |= {"track": track, "parts": [missions.load_part(track.key, n) for n in track.parts]}
        found["assignable"] = assignable([track])
        found["part_titles"] = {
            each.key: {n: missions.load_part(each.key, n).title for n in each.parts}
            for each in found["tracks"]
        }
        instruments = importlib.import_module("labpy.instruments.catalogue").catalogue()
        found["instrument_titles"] = {name: say(each.title) for name, each in instruments.items()}
    return found


def _text(page: Page, pages: Sequence[Page], site: Path) -> dict[str, Any]:
    """Return what a page of text shows, and its neighbours."""
    project = site.parent
    found: dict[str, Any] = {}
    if section := page.extra.get("section"):
        found["section_pages"] = [each for each in pages if each.extra.get("section") == section]
    if "source" in page.extra:
        addresses = {
            project / each.extra["source"]: each.address for each in pages if "source" in each.extra
        }
        if "gives" not in page.extra and page.extra["source"].endswith(".md"):
            found["document"] = read_document(project / page.extra["source"], addresses, page.root)
    if "gives" in page.extra:
        name = page.extra["gives"]
        if name not in GIVERS:
            raise BuildError(f"{page.out} asks for {name!r}; there is: {', '.join(GIVERS)}.")
        found[name] = GIVERS[name](page, project)
    return found


def _from(module: str) -> Any:
    """Import only when a page asks: the models and all that they need are not small."""
    return importlib.import_module(f"buildlib.{module}")


GIVERS: dict[str, Callable[[Page, Path], Any]] = {
    "bench": lambda _page, _project: importlib.import_module("labpy.missions.bench").load_bench(),
    "answers": lambda page, _: _from("teaching").answers(page.extra["about"]),
    "all_answers": lambda _page, _project: _from("teaching").all_answers(),
    "grading": lambda _page, _project: _from("teaching").grading(),
    "checks": lambda _page, _project: _from("assigning").page(),
    "locks": lambda _page, _project: _from("assigning").locks(),
    "models": lambda _page, _project: _from("model_notes").model_notes(),
    "reference": lambda _page, project: _from("reference").reference(project / "docs"),
}
