"""Finds the ledgers of a folder, in files and inside zips, and reads no more than a ledger has."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from labpy.state.ledger import MAX_BYTES
from labpy.words import Message, msg

MAX_ZIP_MEMBERS = 10_000  # a learning-management system's download of a whole course has fewer
MAX_ZIP_BYTES = 500_000_000  # unpacked, of one zip

# What reading a damaged, encrypted or oddly packed member raises.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class Found:
    """A file that may be a ledger.

    Parameters
    ----------
    name : str
        Its path from the folder; a zip's members follow the zip's own path after a slash.
    data : bytes
        Its content; empty when there is a problem.
    problem : Message or None
        Why it could not be read.
    """

    name: str
    data: bytes = b""
    problem: Message | None = None


def find(folder: Path, other: list[str]) -> Iterator[Found]:
    """Give the ``.json`` files of a folder, those of its folders and those in its zips, by name.

    Parameters
    ----------
    folder : Path
        Where to look. Links to other folders are not followed.
    other : list of str
        Is given the names of files that are neither ``.json`` nor ``.zip``.
    """
    for path in sorted(_files(folder)):
        name = _readable(path.relative_to(folder).as_posix())
        if path.suffix.lower() == ".json":
            yield read(path, name)
        elif path.suffix.lower() == ".zip":
            yield from _in_zip(path, name)
        else:
            other.append(name)


def read(path: Path, name: str) -> Found:
    """Read one file, if it is no larger than a ledger."""
    try:
        if not path.is_file():  # a pipe would never end
            return Found(name, problem=msg("collect-no-file"))
        with path.open("rb") as stream:
            return _within_limit(name, stream.read(MAX_BYTES + 1))
    except OSError as error:
        return Found(name, problem=msg("collect-unreadable", reason=error.strerror))


def _readable(name: str) -> str:
    """Replace what is no character of Unicode, which old systems leave in names."""
    return name.encode("utf-8", "replace").decode()


def _within_limit(name: str, data: bytes) -> Found:
    if len(data) > MAX_BYTES:
        return Found(name, problem=msg("collect-too-large", most=MAX_BYTES))
    return Found(name, data)


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        for name in names:
            if not _is_litter(name):
                yield Path(where, name)


def _is_litter(name: str) -> bool:
    """Tell what macOS and other systems leave beside files, such as ``._a.json``."""
    path = PurePosixPath(name)
    return path.name.startswith(".") or "__MACOSX" in path.parts


def _in_zip(path: Path, name: str) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(archive, name)
    except _ZIP_ERRORS:
        yield Found(name, problem=msg("collect-no-zip"))


def _members(archive: zipfile.ZipFile, zip_name: str) -> Iterator[Found]:
    members = [each for each in archive.infolist() if not _is_litter(each.filename)]
    total = 0
    for count, member in enumerate(sorted(members, key=lambda each: each.filename)):
        if count >= MAX_ZIP_MEMBERS or total > MAX_ZIP_BYTES:
            yield Found(zip_name, problem=msg("collect-too-much", file=member.filename))
            return
        name = _readable(f"{zip_name}/{member.filename}")
        ending = member.filename.lower()
        if ending.endswith(".zip"):
            yield Found(name, problem=msg("collect-zip-in-zip"))
        elif ending.endswith(".json"):
            found = _member(archive, member, name)
            total += len(found.data)
            yield found


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Found:
    try:
        with archive.open(member) as stream:  # what the zip says of its size may be a lie
            return _within_limit(name, stream.read(MAX_BYTES + 1))
    except _ZIP_ERRORS as error:
        return Found(name, problem=msg("collect-not-unpacked", reason=str(error)))
