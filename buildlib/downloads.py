"""What a reader may take along: the one-file lab, and a zip of the site for a school's server."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from buildlib import scorm
from buildlib.archive import zip_tree
from buildlib.gather import Asset, read_folder, tree_hash
from buildlib.integrity import with_integrity
from buildlib.onefile import one_file
from buildlib.paths import Layout, is_for_teachers
from buildlib.render import Page, load_downloads, render_pages
from buildlib.trim import Tree

FOLDER = "fleet-serving-lab"
SCHOOL = "school"
START = "index.html"
"""The page that offers them."""


def with_downloads(
    site: Tree,
    layout: Layout,
    assets: dict[str, Asset],
    pages: list[Page],
    context: dict[str, Any],
) -> Tree:
    """Return the site with its downloads, and with a start page that offers them.

    The zip holds the one-file lab too, but neither holds itself, so each has a start page that
    offers what comes with it.

    Parameters
    ----------
    site : dict of str to bytes
        The site without downloads.
    layout : Layout
        Where the templates are, and where zips are kept.
    assets : dict of str to Asset
        The site's folders by kind.
    pages : list of Page
        All pages; the one-file lab carries those that a first visit keeps.
    context : dict
        What templates see.
    """
    names = load_downloads(layout.site)
    if not names:
        return site
    kept = [p for p in pages if p.out.endswith(".html") and p.address in context["precache"]]
    licences = site["third-party-licences.txt"].decode()
    document = one_file(layout.site, assets, kept, {**context, "licences": licences})
    offered = {"onefile": _offer(names["onefile"], document)}
    site = _offering({**site, names["onefile"]: document}, layout, pages, context, offered)
    students = [page for page in pages if not is_for_teachers(page.out)]
    theirs = {**context, "downloads": offered, "keys": False}
    rendered = {**site, **render_pages(layout.site, students, theirs)}
    archive = _zip(with_integrity(rendered), layout)
    if context["keys"] and (layout.site / "scorm").is_dir():
        site[scorm.PLACE] = _kept_scorm(site, layout)
    offered["archive"] = _offer(names["archive"], archive)
    site = _offering(site, layout, pages, context, offered)
    return {**site, names["archive"]: archive}


def _offering(
    site: Tree, layout: Layout, pages: list[Page], context: dict[str, Any], offered: dict[str, Any]
) -> Tree:
    """Return the site with a start page that offers these downloads."""
    start = [page for page in pages if page.out == START]
    rendered = render_pages(layout.site, start, {**context, "downloads": offered})
    whole = {**site, **rendered}
    return {**site, START: with_integrity(whole)[START]}


def _offer(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "megabytes": round(len(data) / 1e6)}


def _zip(site: Tree, layout: Layout) -> bytes:
    """Return a zip with one folder, how to serve it inside, and nothing for teachers.

    Packing takes seconds, so it is kept.
    """
    students = {path: data for path, data in site.items() if not is_for_teachers(path)}
    whole = {**students, **read_folder(layout.site / SCHOOL)}
    tree = {f"{FOLDER}/{path}": data for path, data in whole.items()}
    kept = layout.cache / "zip" / sha256(tree_hash(tree).encode()).hexdigest()
    if not kept.is_file():
        _keep(zip_tree(tree), kept)
    return kept.read_bytes()


def _kept_scorm(site: Tree, layout: Layout) -> bytes:
    """Return the package for a course; packing takes seconds, so it is kept."""
    tree = scorm.contents(site, layout.site)
    kept = layout.cache / "zip" / sha256(tree_hash(tree).encode()).hexdigest()
    if not kept.is_file():
        _keep(zip_tree(tree), kept)
    return kept.read_bytes()


def _keep(data: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    half.write_bytes(data)
    half.replace(target)
