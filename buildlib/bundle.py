"""Bundles the page's own scripts, so that none has to import another: one request each, and none
in the one-file lab, where no import would work. Bundles are minified.
"""

import io
import json
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

from buildlib.compile import write_tree
from buildlib.errors import BuildError
from buildlib.gather import read_folder, tree_hash
from buildlib.tools import run_node
from buildlib.trim import Tree

SCRIPT = Path(__file__).with_name("esbuild.mjs")


def bundle_scripts(scripts: Tree, entries: list[str], esbuild: bytes, cache: Path) -> Tree:
    """Return each entry with all that it imports in one module.

    Parameters
    ----------
    scripts : dict of str to bytes
        Modules that import each other by relative addresses.
    entries : list of str
        Those to start from.
    esbuild : bytes
        The bundler's npm package.
    cache : Path
        Folder that keeps bundles.

    Raises
    ------
    BuildError
        When a script cannot be parsed or imports what is not there.
    """
    key = sha256(json.dumps(sorted(entries)).encode() + SCRIPT.read_bytes() + esbuild)
    key.update(tree_hash(scripts).encode())
    kept = cache / "bundles" / key.hexdigest()
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as name:
            _bundle_under_node(Path(name), scripts, sorted(entries), esbuild)
            _keep(Path(name) / "out", kept)
    return read_folder(kept)


def _keep(made: Path, kept: Path) -> None:
    try:
        made.rename(kept)
    except OSError:
        if not kept.is_dir():  # else another build has just made the same
            raise


def _bundle_under_node(folder: Path, scripts: Tree, entries: list[str], esbuild: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(esbuild), mode="r:gz") as archive:
        archive.extractall(folder, filter="data")
    write_tree(scripts, folder / "src")
    (folder / "out").mkdir()
    job = {
        "esbuild": str(folder / "package"),
        "sources": str(folder / "src"),
        "output": str(folder / "out"),
        "entries": entries,
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    run_node([str(SCRIPT), str(folder / "job.json")])
    missing = [entry for entry in entries if not (folder / "out" / entry).is_file()]
    if missing:
        raise BuildError(f"esbuild left {', '.join(missing)} unbundled.")
