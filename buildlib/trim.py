"""Reduces a wheel to what the browser runs."""

import io
import tomllib
import zipfile
from email.parser import HeaderParser
from fnmatch import fnmatchcase
from pathlib import Path

Tree = dict[str, bytes]
"""Files of a folder: relative path with ``/`` to content."""

RULES_FILE = Path(__file__).with_name("trim.toml")
KEPT_HEADERS = ("Metadata-Version", "Name", "Version")
WASM_LIBRARY = "-wasm32-emscripten.so"


def unzip(data: bytes) -> Tree:
    """Return the files of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        return {name: archive.read(name) for name in names}


def load_rules(path: Path = RULES_FILE) -> dict[str, dict[str, list[str]]]:
    """Read the trimming rules: a table per package and one, ``all``, for every package."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def trim_wheel(
    wheel: bytes, name: str, version: str, rules: dict[str, dict[str, list[str]]]
) -> Tree:
    """Return the files of a wheel that the browser needs.

    Parameters
    ----------
    wheel : bytes
        The wheel.
    name, version : str
        The package's name, the key of its rules, and its version.
    rules : dict
        See `load_rules`.

    Returns
    -------
    dict of str to bytes
        By path under site-packages, with a RECORD that lists just these files' names.
    """
    drop = rules["all"]["drop"] + rules.get(name, {}).get("drop", [])
    keep = rules["all"]["keep"] + rules.get(name, {}).get("keep", [])
    keep = [pattern.replace("{version}", version) for pattern in keep]
    blank = rules.get(name, {}).get("blank", [])
    tree: Tree = {}
    record = ""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        for path in sorted(archive.namelist()):
            if path.endswith(".dist-info/METADATA"):
                tree[path] = _headers_only(archive.read(path))
                record = path.removesuffix("METADATA") + "RECORD"
            elif _is_wanted(path, drop, keep):
                tree[path] = b"" if is_dropped(path, blank) else archive.read(path)
    if record:
        tree[record] = "".join(f"{path},,\n" for path in [*sorted(tree), record]).encode()
    return tree


def trim_stdlib(stdlib: bytes, rules: dict[str, dict[str, list[str]]]) -> Tree:
    """Return the files of Python's own zipped library without those that its rules drop."""
    drop = rules["stdlib"]["drop"]
    return {path: data for path, data in unzip(stdlib).items() if not is_dropped(path, drop)}


def licence_texts(wheel: bytes) -> dict[str, str]:
    """Return the licence files of a wheel by path: whoever redistributes must pass them on."""
    texts = {}
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        for path in sorted(archive.namelist()):
            leaf = path.rsplit("/", 1)[-1].upper()
            if ".dist-info/" in path and leaf.startswith(("LICEN", "COPYING", "NOTICE", "AUTHORS")):
                texts[path] = archive.read(path).decode("utf-8", "replace")
    return texts


def is_dropped(path: str, patterns: list[str]) -> bool:
    """Say whether a path matches one of the patterns, whose ``*`` also crosses ``/``."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _is_wanted(path: str, drop: list[str], keep: list[str]) -> bool:
    if path.endswith("/") or is_dropped(path, drop):
        return False
    if path.endswith(".py"):
        return ".data/" not in path
    if path.endswith(".so"):
        return path.endswith(WASM_LIBRARY)
    return any(fnmatchcase(path, pattern) for pattern in keep)


def _headers_only(metadata: bytes) -> bytes:
    """Keep what `importlib.metadata.version` reads; the long description is for people."""
    headers = HeaderParser().parsestr(metadata.decode("utf-8"))
    return "".join(f"{key}: {headers[key]}\n" for key in KEPT_HEADERS).encode()
