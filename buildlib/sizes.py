"""What the site weighs, and the budget that it must keep."""

import gzip
import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from buildlib.errors import BuildError
from buildlib.trim import Tree

BUDGET_FILE = Path(__file__).with_name("budget.toml")
GZIPPED_TYPES = frozenset(
    (".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest", ".xml")
)


def load_budget(path: Path = BUDGET_FILE) -> dict:
    """Read the budget: ``files``, ``total``, ``kinds`` and ``downloads`` in kB, and what comes
    ``later``.
    """
    return tomllib.loads(path.read_text(encoding="utf-8"))


def wire_sizes(site: Tree) -> dict[str, int]:
    """Return the bytes on the wire per file: gzipped where a static host does so."""
    return {path: _wire_size(path, data) for path, data in site.items()}


def _wire_size(path: str, data: bytes) -> int:
    if PurePosixPath(path).suffix not in GZIPPED_TYPES:
        return len(data)
    return len(gzipped(data))


@lru_cache(maxsize=256)
def gzipped(data: bytes) -> bytes:
    """Return the bytes compressed as hard as gzip can; the same for the same bytes."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def first_visit(paths: Iterable[str], later: list[str]) -> list[str]:
    """Return the files that a first visit loads, sorted."""
    return sorted(path for path in paths if not is_among(path, later))


def is_among(path: str, patterns: Iterable[str]) -> bool:
    """Tell whether a path fits one of these patterns."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def size_table(sizes: dict[str, dict[str, int]], first: Iterable[str]) -> str:
    """Return a table of raw and wire sizes per kind, with the total of a first visit.

    Parameters
    ----------
    sizes : dict of str to dict
        By path, ``raw`` and ``wire`` in bytes.
    first : iterable of str
        The paths of a first visit.
    """
    kinds: dict[str, list[int]] = {}
    downloads = load_budget()["downloads"]
    for path, size in sizes.items():
        row = kinds.setdefault("downloads" if path in downloads else _kind(path), [0, 0, 0])
        row[0] += 1
        row[1] += size["raw"]
        row[2] += size["wire"]
    lines = [f"{'kind':<12}{'files':>7}{'raw kB':>12}{'wire kB':>12}"]
    for kind, row in sorted(kinds.items(), key=lambda pair: -pair[1][2]):
        lines.append(_row(kind, *row))
    chosen = [sizes[path] for path in first]
    total = [sum(size[unit] for size in chosen) for unit in ("raw", "wire")]
    return "\n".join([*lines, "-" * len(lines[0]), _row("first visit", len(chosen), *total)])


def _row(name: str, files: int, raw: int, wire: int) -> str:
    return f"{name:<12}{files:>7}{raw / 1000:>12,.1f}{wire / 1000:>12,.1f}"


def _kind(path: str) -> str:
    parts = PurePosixPath(path).parts
    return parts[1].rsplit("-", 1)[0] if parts[0] == "assets" else "pages"


def check_budget(
    sizes: Mapping[str, Mapping[str, int]], first: Iterable[str], budget: Mapping[str, Any]
) -> None:
    """Fail when a first visit or a download costs more than the budget allows.

    Parameters
    ----------
    sizes : mapping of str to mapping
        By path, ``wire`` and of downloads ``raw``, in bytes.
    first : iterable of str
        The paths of a first visit.
    budget : mapping
        See `load_budget`.

    Raises
    ------
    BuildError
        Naming each kind that is over, and by how much.
    """
    spent: dict[str, float] = {}
    first = list(first)
    for path in first:
        spent[_kind(path)] = spent.get(_kind(path), 0) + sizes[path]["wire"] / 1000
    rows = [(kind, each, budget["kinds"].get(kind, 0), "kB") for kind, each in spent.items()]
    rows += [
        ("a first visit", sum(spent.values()), budget["total"], "kB"),
        ("a first visit", len(first), budget["files"], "files"),
    ]
    downloads = budget["downloads"].items()
    rows += [(name, sizes[name]["raw"] / 1000, m, "kB") for name, m in downloads if name in sizes]
    over = [
        f"{name} {'has' if unit == 'files' else 'costs'} {each:,.0f} {unit}, allowed are {most:,}"
        for name, each, most, unit in rows
        if each > most
    ]
    if over:
        raise BuildError(
            f"Over the budget: {'; '.join(over)}. Drop something or raise {BUDGET_FILE.name}."
        )
