"""One student's feedback as a page that stands alone: no script, no address, nothing to fetch."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape

from labpy.classroom.handing_back import feedback_name
from labpy.classroom.marking import Mark, Marked
from labpy.classroom.rubric import Rubric
from labpy.state.ledger.text import readable_lines
from labpy.words import language, msg, say

HEAD = """<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">"""
STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;\
color:#1b1f24;background:#fff}table{border-collapse:collapse;width:100%}th,td{text-align:left;\
vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #c9ced6}td ul{margin:0;\
padding-left:1.1rem}blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid #c9ced6;\
white-space:pre-wrap;overflow-wrap:anywhere}@media(prefers-color-scheme:dark){body{color:#e6e9ee;\
background:#15181d}th,td,blockquote{border-color:#444b55}}"""


AT = (1980, 1, 1, 0, 0, 0)  # no clock in what is written: the same hand-ins give the same bytes


def feedback_pages(marked: Iterable[tuple[str, Marked, str]], rubric: Rubric) -> dict[str, bytes]:
    """Write a page for each track of each hand-in, by the name under which its system takes it.

    Parameters
    ----------
    marked : each hand-in's file, its rubric filled in for one track, and the teacher's comment.
    rubric : for the sentences of each level.
    """
    pages: dict[str, bytes] = {}
    for file, one, comment in marked:
        name = feedback_name(file, one.track.key)
        while name in pages:
            name = f"{name.removesuffix('.html')}-2.html"
        pages[name] = feedback_page(one, rubric, file, comment).encode()
    return pages


def feedback_zip(pages: Mapping[str, bytes]) -> bytes:
    """Pack pages as Moodle and Canvas take them back."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(pages.items()):
            archive.writestr(zipfile.ZipInfo(name, AT), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def feedback_page(marked: Marked, rubric: Rubric, file: str, comment: str = "") -> str:
    """Write the page; what students and teachers typed is set as text.

    Parameters
    ----------
    marked : the rubric filled in for one track.
    rubric : for the sentences of each level.
    file : what stands for a student who gave no name.
    comment : what the teacher adds.
    """
    title = say(msg("marking-title", track=marked.track.name))
    head = say(msg("marking-for", name=marked.name or file))
    body = [
        f"<h1>{_text(title)}</h1>",
        f"<p>{_text(head)}</p>",
        f"<p><strong>{_total(marked)}</strong></p>",
    ]
    if comment:
        body += [f"<h2>{_said('marking-comment')}</h2>", _quoted(comment)]
    for part in marked.track.parts:
        rows = [each for each in marked.marks if each.part == part.part]
        name = say(msg("marking-part", part=part.part, title=part.mission.title))
        body += [f"<h2>{_text(name)}</h2>", _table(rows, rubric)]
        body += [_read(each, rubric) for each in rows if each.text]
    body.append(f"<p>{_said('marking-made-by')}</p>")
    top = f"<title>{_text(title)}</title><style>{STYLE}</style>"
    whole = [
        f'<!doctype html>\n<html lang="{_text(language())}">',
        HEAD,
        top,
        "</head><body><main>",
    ]
    return "\n".join([*whole, *body, "</main></body></html>\n"])


def _total(marked: Marked) -> str:
    if marked.total is None:
        return _said("marking-not-yet", most=marked.most)
    return _said("marking-total", points=marked.total, most=marked.most)


def _table(rows: list[Mark], rubric: Rubric) -> str:
    names = ("marking-row", "marking-points", "marking-shows")
    head = "".join(f'<th scope="col">{_said(each)}</th>' for each in names)
    lines = "".join(
        f'<tr><th scope="row">{_text(rubric.row(each.key).name)}</th><td>{_points(each)}</td>'
        f"<td><ul>{''.join(f'<li>{_text(say(fact))}</li>' for fact in each.facts)}</ul></td></tr>"
        for each in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _points(each: Mark) -> str:
    if each.points is None:
        return _said("marking-open", most=each.most)
    return _said("marking-given", points=each.points, most=each.most)


def _read(each: Mark, rubric: Rubric) -> str:
    row = rubric.row(each.key)
    levels = "".join(f"<li>{_text(text)}</li>" for text in (row.good, row.partial, row.weak))
    asked = f"<details><summary>{_said('marking-levels')}</summary><ul>{levels}</ul></details>"
    return f"<h3>{_text(row.name)}: {_said('marking-written')}</h3>{_quoted(each.text)}{asked}"


def _quoted(text: str) -> str:
    return f"<blockquote>{_text(text)}</blockquote>"


def _said(key: str, **values: int) -> str:
    return _text(say(msg(key, **values)))


def _text(text: str) -> str:
    return escape("\n".join(readable_lines(text)), quote=True)
