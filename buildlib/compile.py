"""Compiles Python for the browser, by the browser's own Python running under Node.

Only Python 3.14 can write its own byte code, so Pyodide compiles for itself. Each result is kept
under the hash of its source, and a build that changes nothing starts no Node at all.
"""

import json
import tempfile
from hashlib import sha256
from pathlib import Path

from buildlib.errors import BuildError
from buildlib.tools import run_node
from buildlib.trim import Tree

SCRIPT = Path(__file__).with_name("compile.mjs")
SITE_PACKAGES = "/lib/python3.14/site-packages/"
STDLIB = "/lib/python314.zip/"


def compile_tree(
    tree: Tree,
    runtime: Tree,
    lock_text: str,
    cache: Path,
    optimisation: int,
    prefix: str,
    bare: bool = False,
) -> Tree:
    """Return the tree with each ``.py`` replaced by a ``.pyc`` in its place.

    Parameters
    ----------
    tree : dict of str to bytes
        Files by path under site-packages.
    runtime : dict of str to bytes
        Pyodide's files by name.
    lock_text : str
        The lock file for ``loadPyodide``.
    cache : Path
        Folder that keeps compiled modules.
    optimisation : int
        Python's own levels: 0 keeps everything, 2 drops assertions and docstrings.
    prefix : str
        Where the tree will lie in the browser, for tracebacks.
    bare : bool
        Whether functions are to say nothing of the types of their arguments; classes still do, of
        their fields. For code that never asks a function for its types.

    Notes
    -----
    The ``.pyc`` lies where the ``.py`` was, not in ``__pycache__``: only there does Python import
    a module without its source. It carries an unchecked hash, since there is nothing to check
    against.
    """
    salt = sha256(runtime["python_stdlib.zip"] + SCRIPT.read_bytes()).hexdigest()
    how = f"{salt}\0{optimisation}{bare}\0{prefix}"
    keys = {
        path: sha256(f"{how}{path}\0".encode() + source).hexdigest()
        for path, source in tree.items()
        if path.endswith(".py")
    }
    store = cache / "pyc"
    missing = sorted(p for p, key in keys.items() if not (store / key[:2] / key).is_file())
    if missing:
        sources = {path: tree[path] for path in missing}
        fresh = _compile_under_node(sources, runtime, lock_text, optimisation, prefix, bare)
        for path in missing:
            target = store / keys[path][:2] / keys[path]
            target.parent.mkdir(parents=True, exist_ok=True)
            half = target.with_suffix(".part")
            half.write_bytes(fresh[path])
            half.replace(target)
    compiled = {path: data for path, data in tree.items() if path not in keys}
    for path, key in keys.items():
        compiled[path + "c"] = (store / key[:2] / key).read_bytes()
    return compiled


def write_tree(tree: Tree, folder: Path) -> None:
    """Write each file of a tree under a folder."""
    for path, data in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _compile_under_node(
    sources: Tree, runtime: Tree, lock_text: str, optimisation: int, prefix: str, bare: bool
) -> Tree:
    with tempfile.TemporaryDirectory(prefix="fleet-lab-pyc-") as name:
        folder = Path(name)
        write_tree(runtime, folder / "runtime")
        (folder / "runtime" / "pyodide-lock.json").write_text(lock_text, encoding="utf-8")
        write_tree(sources, folder / "src")
        job = {
            "runtime": str(folder / "runtime"),
            "sources": str(folder / "src"),
            "output": str(folder / "out"),
            "paths": sorted(sources),
            "prefix": prefix,
            "optimisation": optimisation,
            "bare": bare,
        }
        (folder / "out").mkdir()
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        run_node([str(SCRIPT), str(folder / "job.json")])
        try:
            return {path: (folder / "out" / f"{path}c").read_bytes() for path in sources}
        except OSError as error:
            raise BuildError(f"Pyodide left a module uncompiled: {error.filename}.") from None
