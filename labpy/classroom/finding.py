"""Finds the ledgers in what a teacher hands over: files, and zips in zips.

A learning-management system gives a zip of a whole course, renames what is in it, and may call a
ledger ``.txt``: so a file is known by what it says, not by its name alone.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from labpy.state.ledger import FORMAT, MAX_BYTES
from labpy.words import Message, msg

MAX_ZIP_MEMBERS = 10_000  # a learning-management system's download of a whole course has fewer
MAX_ZIP_BYTES = 500_000_000  # unpacked, of one zip
MAX_DEPTH = 3  # zips in zips: a course, a student's submission, an export
MAX_INNER_ZIP = 50_000_000  # bytes of a zip within a zip
_MARK = 400  # bytes in which a ledger says what it is

# What reading a damaged, encrypted or oddly packed member raises.
ZIP_ERRORS = (
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
        Its path; a zip's members follow the zip's own path after a slash.
    data : bytes
        Its content; empty when there is a problem.
    problem : Message or None
        Why it could not be read.
    """

    name: str
    data: bytes = b""
    problem: Message | None = None


def may_be_ledger(name: str, data: bytes) -> bool:
    """Tell whether a file claims to be a ledger, by its name or by its first bytes."""
    mark = data[:_MARK].replace(b"\0", b"")  # UTF-16 puts one beside each letter
    return name.lower().endswith(".json") or FORMAT.encode() in mark


def readable(name: str) -> str:
    """Replace what is no character of Unicode, which old systems leave in names."""
    return name.encode("utf-8", "replace").decode()


def within_limit(name: str, data: bytes) -> Found:
    """Give a file, or the problem that it is larger than a ledger can be."""
    if len(data) > MAX_BYTES:
        return Found(name, problem=msg("collect-too-large", most=MAX_BYTES))
    return Found(name, data)


def is_litter(name: str) -> bool:
    """Tell what macOS and other systems leave beside files, such as ``._a.json``."""
    path = PurePosixPath(name)
    return path.name.startswith(".") or "__MACOSX" in path.parts


def in_zip(name: str, file: BinaryIO | Path, other: list[str], depth: int = 1) -> Iterator[Found]:
    """Give the ledgers of a zip, `depth` zips deep; `other` is given the names of other files."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _members(archive, name, other, depth)
    except ZIP_ERRORS:
        yield Found(name, problem=msg("collect-no-zip"))


def _members(
    archive: zipfile.ZipFile, zip_name: str, other: list[str], depth: int
) -> Iterator[Found]:
    members = [
        each for each in archive.infolist() if not each.is_dir() and not is_litter(each.filename)
    ]
    total = 0
    for count, member in enumerate(sorted(members, key=lambda each: each.filename)):
        if count >= MAX_ZIP_MEMBERS or total > MAX_ZIP_BYTES:
            yield Found(zip_name, problem=msg("collect-too-much", file=member.filename))
            return
        name = readable(f"{zip_name}/{member.filename}")
        zipped = member.filename.lower().endswith(".zip")
        if zipped and depth >= MAX_DEPTH:
            yield Found(name, problem=msg("collect-zip-in-zip", most=MAX_DEPTH))
            continue
        try:
            with archive.open(member) as stream:  # what the zip says of its size may be a lie
                data = stream.read((MAX_INNER_ZIP if zipped else MAX_BYTES) + 1)
        except ZIP_ERRORS as error:
            yield Found(name, problem=msg("collect-not-unpacked", reason=str(error)))
            continue
        total += len(data)
        if zipped:
            yield from in_zip(name, io.BytesIO(data), other, depth + 1)
        elif may_be_ledger(name, data):
            yield within_limit(name, data)
        else:
            other.append(name)
