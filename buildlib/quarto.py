"""The extension for Quarto books, packed with a drawing of each part for paper.

``site/quarto/`` holds the shortcode; the drawings are those of the briefings, in the light colours
of ``site/css``, which a file that stands alone must carry itself.
"""

import importlib
import re
from pathlib import Path

from buildlib.archive import zip_tree
from buildlib.errors import BuildError
from buildlib.gather import read_folder
from buildlib.render import environment
from buildlib.trim import Tree

NAME = "teach/embedding/fleet-lab-quarto.zip"
FOLDER = "quarto"
PICTURES = "_extensions/fleet-lab/pictures"
VALUE = re.compile(r"(--[a-z-]+):\s*(?:light-dark\(([^,]+),[^)]*\)|([^;]+));")
RULE = re.compile(r"^(\.crisis-[^{]*)\{([^}]*)\}", re.MULTILINE)


def extension(site: Path) -> Tree:
    """Return the extension's files: what ``site/quarto/`` has, and a picture for each part."""
    files = read_folder(site / FOLDER)
    return files | {f"{PICTURES}/{name}": data for name, data in pictures(site).items()}


def packed(site: Path) -> Tree:
    """Return the zip by its place in the site, or nothing where there is no extension."""
    return {NAME: zip_tree(extension(site))} if (site / FOLDER).is_dir() else {}


def pictures(site: Path) -> Tree:
    """Return an SVG of each part's crisis that stands alone, such as ``cloud-1.svg``."""
    missions = importlib.import_module("labpy.missions")
    tokens = (site / "css" / "tokens.css").read_text("utf-8")
    rules = (site / "css" / "part.css").read_text("utf-8")
    jinja, found = environment(site), {}
    for track, parts in missions.all_missions():
        style = _style(rules, tokens, track.key)
        for part in parts:
            drawn = jinja.get_template(f"figures/{track.key}_{part.number}.svg").render()
            found[f"{track.key}-{part.number}.svg"] = _alone(drawn, style).encode()
    return found


def _style(rules: str, tokens: str, track: str) -> str:
    """Return the rules of the drawings with every custom property replaced by its light value."""
    values = {name: light or other for name, light, other in VALUE.findall(tokens)}
    values["--track"] = values[f"--track-{track}"]
    values["--sans"] = "sans-serif"

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise BuildError(f"the drawings use {found[1]}, which tokens.css does not have")
        return values[found[1]].strip()

    told = "".join(f"{selector}{{{body}}}" for selector, body in RULE.findall(rules))
    return re.sub(r"var\((--[a-z-]+)\)", value, told)


def _alone(drawn: str, style: str) -> str:
    start = drawn.index("<svg")
    head, body = drawn[start:].split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{body}'
