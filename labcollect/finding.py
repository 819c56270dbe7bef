"""Finds the ledgers of a folder, in files and inside zips, and reads no more than a ledger has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from labpy.classroom.finding import (
    Found,
    in_zip,
    is_litter,
    may_be_ledger,
    readable,
    within_limit,
)
from labpy.state.ledger import MAX_BYTES
from labpy.words import msg


def find(folder: Path, other: list[str]) -> Iterator[Found]:
    """Give the ledgers of a folder, those of its folders and those in its zips, by name.

    Parameters
    ----------
    folder : Path
        Where to look. Links to other folders are not followed.
    other : list of str
        Is given the names of files that are none.
    """
    for path in sorted(_files(folder)):
        name = readable(path.relative_to(folder).as_posix())
        if path.suffix.lower() == ".zip":
            yield from in_zip(name, path, other)
            continue
        found = read(path, name)
        if (found.problem and path.suffix.lower() == ".json") or may_be_ledger(name, found.data):
            yield found
        else:
            other.append(name)


def read(path: Path, name: str) -> Found:
    """Read one file, if it is no larger than a ledger."""
    try:
        if not path.is_file():  # a pipe would never end
            return Found(name, problem=msg("collect-no-file"))
        with path.open("rb") as stream:
            return within_limit(name, stream.read(MAX_BYTES + 1))
    except OSError as error:
        return Found(name, problem=msg("collect-unreadable", reason=error.strerror))


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        for name in names:
            if not is_litter(name):
                yield Path(where, name)
