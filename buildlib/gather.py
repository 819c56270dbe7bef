"""Gathers what the browser loads into folders named by their content.

Every folder is ``assets/<kind>-<hash>/``. The hash is the folder's, not the file's, so that
relative imports and ``url()`` inside it work as they were written, and so that a file can be
cached for ever: other content has another address.
"""

import re
import tomllib
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from buildlib.errors import BuildError
from buildlib.trim import Tree, is_dropped

ASSETS_FILE = Path(__file__).with_name("assets.toml")
HASH_DIGITS = 8
FONT_RULE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
FONT_URL = re.compile(r"""url\(["']?([^"')]+)""")


@dataclass(frozen=True)
class Asset:
    """A folder of files that belong together.

    Parameters
    ----------
    kind : str
        What it is, the name that templates use.
    tree : dict of str to bytes
        Its files.
    """

    kind: str
    tree: Tree

    @property
    def folder(self) -> str:
        """Its address relative to the site's root, without a slash at the end."""
        return f"assets/{self.kind}-{tree_hash(self.tree)[:HASH_DIGITS]}"

    def files(self) -> Tree:
        """Return its files by their address relative to the site's root."""
        folder = self.folder
        return {f"{folder}/{path}": data for path, data in self.tree.items()}


def tree_hash(tree: Tree) -> str:
    """Return a hash over the names and contents of a tree."""
    digest = sha256()
    for path in sorted(tree):
        digest.update(f"{path}\0{len(tree[path])}\0".encode())
        digest.update(tree[path])
    return digest.hexdigest()


def read_folder(folder: Path) -> Tree:
    """Return the files of a folder, without caches and hidden files.

    Parameters
    ----------
    folder : Path
        May be absent: then the tree is empty.
    """
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _is_private(path.relative_to(folder))
    }


def _is_private(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


def vendor_assets(wheels: dict[str, bytes], versions: dict[str, str]) -> list[Asset]:
    """Return the assets that come out of Python wheels, as ``assets.toml`` lists them.

    Parameters
    ----------
    wheels : dict of str to bytes
        Wheels by package name.
    versions : dict of str to str
        Versions by package name.
    """
    assets = []
    for kind, spec in tomllib.loads(ASSETS_FILE.read_text(encoding="utf-8")).items():
        name = spec["wheel"]
        tree: Tree = {}
        with zipfile.ZipFile(BytesIO(wheels[name])) as archive:
            members = [
                path
                for path in archive.namelist()
                if not path.endswith("/") and not is_dropped(path, spec.get("drop", []))
            ]
            for target, source in spec["files"].items():
                target = target.format(version=versions[name])
                found = {m: target + m[len(source) :] for m in members if _matches(m, source)}
                if not found:
                    raise BuildError(f"{name} {versions[name]} has no {source} (assets.toml).")
                tree |= {path: archive.read(member) for member, path in found.items()}
        assets.append(Asset(kind, _without_missing_fonts(tree)))
    return assets


def _without_missing_fonts(tree: Tree) -> Tree:
    """Drop the @font-face rules whose fonts stay behind, so that no page asks for them."""
    leaves = {path.rsplit("/", 1)[-1] for path in tree}

    def keep(rule: re.Match[str]) -> str:
        wanted = {url.rsplit("/", 1)[-1] for url in FONT_URL.findall(rule[0])}
        return rule[0] if wanted & leaves else ""

    return {
        path: FONT_RULE.sub(keep, data.decode()).encode() if path.endswith(".css") else data
        for path, data in tree.items()
    }


def _matches(member: str, source: str) -> bool:
    return member.startswith(source) if source.endswith("/") else member == source


FONT_FACE = """@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: 100 900;
  font-display: swap;
  src: url("{file}") format("woff2");
}}
"""
FONT_FAMILIES = {"inter": "Inter", "jetbrains-mono": "JetBrains Mono"}


def font_asset(fonts: Tree) -> Asset:
    """Return the fonts with ``fonts.css``, which declares them beside themselves."""
    css = "".join(
        FONT_FACE.format(family=family, file=name)
        for prefix, family in FONT_FAMILIES.items()
        for name in sorted(fonts)
        if name.startswith(prefix) and name.endswith(".woff2")
    )
    return Asset("fonts", {**fonts, "fonts.css": css.encode()})
