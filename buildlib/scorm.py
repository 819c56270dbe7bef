"""Packs the lab for a learning-management system, as SCORM 1.2 has it.

The package is the site as it is, in a frame of a launcher of its own (``site/scorm/``), which alone
speaks with the system. ``docs/scorm.md`` says what it reports.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from buildlib.archive import zip_tree
from buildlib.errors import BuildError
from buildlib.gather import read_folder, tree_hash
from buildlib.render import environment
from buildlib.sizes import is_among
from buildlib.trim import Tree
from labpy.words import msg, say

NAME = "fleet-lab-scorm12.zip"
PLACE = f"teach/course/{NAME}"  # in the built site
MANIFEST = "imsmanifest.xml"
LAUNCHER = "scorm.html"
TITLE = "Fleet Serving Lab"
# All that a track's page needs. Not the start page and its downloads, not the teachers' pages, and
# not the service worker, which would outlive the course's own copy of these files.
TAKEN = ("assets/*", "manifest.webmanifest", "third-party-licences.txt")
VERSION_DIGITS = 12


def package(site: Tree, source: Path, track: str = "", assign: str = "") -> bytes:
    """Return the package: a zip of `contents`."""
    return zip_tree(contents(site, source, track, assign))


def contents(site: Tree, source: Path, track: str = "", assign: str = "") -> Tree:
    """Return the files of the package by path.

    Parameters
    ----------
    site : dict of str to bytes
        Every file of the built site.
    source : Path
        The folder ``site/`` of the project, which holds the launcher.
    track : str
        The key of the one track to offer; "" offers all, of which one has to be completed.
    assign : str
        The word of an assignment: its track is offered, and its parts have to be completed.

    Raises
    ------
    BuildError
        When there is no such track, or the assignment can't be read or is another track's.
    """
    missions = importlib.import_module("labpy.missions")
    assignment = _assignment(missions, assign, track) if assign else None
    track = assignment.track if assignment else track
    keys = missions.track_keys()
    if track and track not in keys:
        raise BuildError(f"--track must be one of {', '.join(keys)}, got {track!r}.")
    offered = [missions.load_track(key) for key in ([track] if track else keys)]
    title = f"{TITLE}: {offered[0].name}" if track else TITLE
    taken = [*TAKEN, *(f"{each.key}/index.html" for each in offered)]
    tree = {path: data for path, data in site.items() if is_among(path, taken)}
    tree |= {f"scorm/{path}": data for path, data in _scripts(source).items()}
    tree[LAUNCHER] = _launcher(source, title, offered, assignment)
    version = tree_hash(tree)[:VERSION_DIGITS]
    tree[MANIFEST] = manifest(title, version, sorted(tree)).encode()
    return tree


def manifest(title: str, version: str, files: Iterable[str]) -> str:
    """Write ``imsmanifest.xml``: one organization with one item, which is the launcher.

    No mastery score and no prerequisites, since the lab gives no score.
    """
    listed = "\n".join(f"      <file href={quoteattr(path)}/>" for path in files)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="fleet-serving-lab" version={quoteattr(version)}
    xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>{escape(title)}</title>
      <item identifier="item" identifierref="resource" isvisible="true">
        <title>{escape(title)}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="resource" type="webcontent" adlcp:scormtype="sco" href="{LAUNCHER}">
{listed}
    </resource>
  </resources>
</manifest>
"""


def _scripts(source: Path) -> Tree:
    files = read_folder(source / "scorm")
    return {path: data for path, data in files.items() if not path.endswith(".html")}


def _assignment(missions: Any, word: str, track: str) -> Any:
    try:
        found = missions.read_assignment(word)
    except missions.MissionError as error:
        raise BuildError(f"--assign: {error}") from None
    if track and found.track != track:
        raise BuildError(f"--assign is one of {found.track!r}, --track is {track!r}.")
    return found


def _launcher(source: Path, title: str, tracks: list[Any], assignment: Any = None) -> bytes:
    parts = {each.key: list(assignment.parts if assignment else each.parts) for each in tracks}
    template = environment(source).get_template("scorm/launch.html")
    word = assignment.code if assignment else ""
    words = _states()
    return template.render(
        title=title, tracks=tracks, parts=parts, words=words, assign=word
    ).encode()


def _states() -> dict[str, str]:
    """Return what the launcher says of each state of its course; the script puts in the trouble."""
    trouble = "{trouble}"
    return {
        "completed": say(msg("scorm-completed")),
        "passed": say(msg("scorm-passed")),
        "incomplete": say(msg("scorm-incomplete")),
        "none": say(msg("scorm-none")),
        "silent": say(msg("scorm-silent", trouble=trouble)),
        "review": say(msg("scorm-review")),
        "part": say(msg("scorm-part", trouble=trouble)),
    }
