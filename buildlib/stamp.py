"""Remembers what a build was made of and what it wrote, so that a second one has little to do."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from buildlib.gather import read_folder, tree_hash
from buildlib.trim import Tree

RENDERERS = ("jinja2", "markdown-it-py")


@dataclass(frozen=True)
class Stamp:
    """One finished build.

    Parameters
    ----------
    inputs : str
        A hash over everything the build read.
    outputs : dict of str to str
        The sha256 of every file it wrote, by path.
    """

    inputs: str
    outputs: dict[str, str]


def inputs_hash(folders: Iterable[Path], mode: str) -> str:
    """Return a hash over folders, the mode and the versions of what renders."""
    digest = sha256(mode.encode())
    for name in RENDERERS:
        digest.update(f"{name}=={version(name)}\0".encode())
    for folder in folders:
        digest.update(f"{folder.name}\0{tree_hash(read_folder(folder))}".encode())
    return digest.hexdigest()


def is_current(stamp: Stamp | None, inputs: str, output: Path) -> bool:
    """Say whether a build with these inputs has left its files untouched in the folder."""
    if stamp is None or stamp.inputs != inputs or not output.is_dir():
        return False
    return stamp.outputs == _hashes(_all_files(output))


def make_stamp(inputs: str, site: Tree) -> Stamp:
    """Return the stamp of a build that wrote this site."""
    return Stamp(inputs, _hashes(site))


def load_stamp(path: Path) -> Stamp | None:
    """Return the stamp of the last build, or None if there is none to be read."""
    try:
        return Stamp(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def save_stamp(stamp: Stamp, path: Path) -> None:
    """Keep a stamp for the next build."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(stamp)), encoding="utf-8")


def write_site(site: Tree, output: Path) -> None:
    """Make the folder hold exactly these files, touching only those that differ."""
    for path in sorted(output.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(output).as_posix() not in site:
            path.unlink()
    for name, data in site.items():
        target = output / name
        if target.is_file() and target.read_bytes() == data:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _all_files(folder: Path) -> Tree:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _hashes(tree: Tree) -> dict[str, str]:
    return {path: sha256(tree[path]).hexdigest() for path in sorted(tree)}
