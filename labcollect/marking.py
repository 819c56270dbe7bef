"""The command ``labpy mark``: feedback for each student, and a table for the teacher's points."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from labcollect.finding import find
from labpy.classroom.feedback import feedback_pages, feedback_zip
from labpy.classroom.handing_back import Given, WorksheetError, fill_worksheet, owner
from labpy.classroom.marking import DEFENCE, PARTED, Marked, mark
from labpy.classroom.rubric import Rubric, load_rubric
from labpy.missions import all_missions
from labpy.state.ledger.table import write_csv
from labpy.words import msg, say

FOLDER, MARKS, ZIP, PAGES = "marks", "marks.csv", "feedback.zip", "feedback"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Handed:
    """One track of one hand-in, with what the teacher wrote beside it."""

    file: str
    marked: Marked
    replay: str
    comment: str = ""


class TableError(ValueError):
    """The teacher's table says what can't be."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("folder", type=Path, help=say(msg("collect-help-folder")))
    parser.add_argument("-o", "--output", type=Path, help=say(msg("mark-help-output", name=FOLDER)))
    parser.add_argument("--marks", type=Path, help=say(msg("mark-help-marks")))
    parser.add_argument("--worksheet", type=Path, help=say(msg("mark-help-worksheet")))
    parser.add_argument("--column", default="", help=say(msg("mark-help-column")))


def run(options: argparse.Namespace, tell: Say, warn: Say) -> int:
    """Mark a folder of ledgers; 1 if a table could not be read, and then nothing is written."""
    rubric, output = load_rubric(), options.output or options.folder / FOLDER
    handed, bad = _handed(options.folder, output, rubric)
    for name, why in bad:
        warn(say(msg("collect-bad", file=name, reason=why)))
    try:
        if options.marks:
            handed = _with_points(handed, options.marks)
        sheet = _worksheet(options, handed)
    except (TableError, WorksheetError) as error:
        warn(str(error))
        return 1
    output.mkdir(parents=True, exist_ok=True)
    _write(output, handed, rubric, keep=options.marks)
    told = msg("mark-written", folder=str(output), files=len(handed), marks=MARKS)
    tell(say(told))
    if sheet:
        place = output / options.worksheet.name
        place.write_bytes(sheet.data)
        tell(say(msg("mark-graded", file=str(place), rows=sheet.rows)))
        if sheet.left:
            warn(say(msg("mark-nobody", files=", ".join(sheet.left))))
    return 0


def _handed(
    folder: Path, output: Path, rubric: Rubric
) -> tuple[list[Handed], list[tuple[str, str]]]:
    """Mark every ledger of the folder whose chain holds; tell which files were refused."""
    from labpy.classroom.collecting import hand_in  # brings the models with it

    handed, bad, missions = [], [], all_missions()
    for found in find(folder, []):
        if output in (folder / found.name).parents:
            continue
        each = hand_in(found)
        if each.ledger and each.replay:
            marked = mark(each.ledger, missions, rubric)
            handed += [Handed(each.file, one, each.replay.verdict) for one in marked]
        else:
            bad.append((each.file, each.problem))
    return handed, bad


# ---- The teacher's table ----------------------------------------------------------------------


def _columns(handed: list[Handed]) -> list[str]:
    numbers = sorted({each.part for one in handed for each in one.marked.marks})
    return [f"{number} {key}" for number in numbers for key in PARTED] + [DEFENCE]


def _table(handed: list[Handed]) -> bytes:
    columns = ("file", "name", "replay", "track", *_columns(handed), "total", "comment")
    rows = []
    for one in handed:
        points = {each.column: each.points for each in one.marked.marks}
        rows.append(
            dict.fromkeys(columns)
            | points
            | {"file": one.file, "name": one.marked.name, "track": one.marked.track.key}
            | {"replay": one.replay, "total": one.marked.total, "comment": one.comment}
        )
    return write_csv(columns, rows).encode("utf-8-sig")


def _with_points(handed: list[Handed], path: Path) -> list[Handed]:
    """Take the points and comments of the table over; TableError for points that can't be."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(_refused(path, say(msg("mark-unreadable")))) from None
    delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","  # as some spreadsheets save
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    given = {(row.get("file") or "", row.get("track") or ""): row for row in rows}
    return [_taken(one, given.get(_key(one), {}), path) for one in handed]


def _key(one: Handed) -> tuple[str, str]:
    """Give what a row of the table is known by: the file as the table's cell has it."""
    (line,) = csv.reader([write_csv(("file",), [{"file": one.file}]).splitlines()[1]])
    return line[0], one.marked.track.key


def _taken(one: Handed, row: dict[str, str], path: Path) -> Handed:
    marks = []
    for each in one.marked.marks:
        typed = (row.get(each.column) or "").strip()
        if typed and not (typed.isdecimal() and int(typed) <= each.most):
            told = msg(
                "mark-bad-points", file=one.file, column=each.column, most=each.most, value=typed
            )
            raise TableError(_refused(path, say(told)))
        marks.append(replace(each, points=int(typed) if typed else each.points))
    marked = replace(one.marked, marks=tuple(marks))
    return replace(one, marked=marked, comment=(row.get("comment") or "").strip())


def _refused(path: Path, reason: str) -> str:
    return say(msg("mark-refused", file=str(path), reason=reason))


def _worksheet(options: argparse.Namespace, handed: list[Handed]):
    if not options.worksheet:
        return None
    given = {}
    for one in handed:
        if whose := owner(one.file).id:
            given[whose] = Given(one.marked.total, one.comment)
    try:
        return fill_worksheet(options.worksheet.read_bytes(), given, options.column)
    except WorksheetError as error:
        raise TableError(_refused(options.worksheet, str(error))) from None


# ---- What is written --------------------------------------------------------------------------


def _write(output: Path, handed: list[Handed], rubric: Rubric, keep: Path | None) -> None:
    """Write the pages, all of them in one zip too, and the table unless it is the one read."""
    pages = feedback_pages([(one.file, one.marked, one.comment) for one in handed], rubric)
    (output / PAGES).mkdir(exist_ok=True)
    for name, data in pages.items():
        (output / PAGES / name).write_bytes(data)
    (output / ZIP).write_bytes(feedback_zip(pages))
    table = output / MARKS
    if not keep or table.resolve() != keep.resolve():
        table.write_bytes(_table(handed))
