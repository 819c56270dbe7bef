"""The command ``labpy``: ``collect`` a folder of ledgers, ``check`` single ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from labcollect.collecting import collect, judge
from labcollect.finding import find, read
from labpy.missions import all_missions
from labpy.state.ledger import Ledger
from labpy.state.ledger.text import readable_lines

OUTPUT = "ledgers.csv"
NAMED = 10  # how many files that were left aside are named


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 1 if it could not do what was asked."""
    options = command_line().parse_args(arguments)
    try:
        return options.action(options)
    except OSError as error:
        _say(f"labpy: {error.filename}: {error.strerror}")
        return 1


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the command line; the reference of the settings reads it too."""
    parser = argparse.ArgumentParser(
        prog="labpy", description="What teachers do with the ledgers of the Fleet Serving Lab."
    )
    commands = parser.add_subparsers(metavar="command", required=True)
    gather = commands.add_parser(
        "collect", help="write one CSV from a folder of ledgers (.json files, also inside .zip)"
    )
    gather.add_argument("folder", type=Path, help="where the ledgers are; folders in it are read")
    gather.add_argument(
        "-o", "--output", type=Path, help=f"the CSV to write (default: FOLDER/{OUTPUT})"
    )
    gather.add_argument(
        "--texts", action="store_true", help="add the reflections and defences in full"
    )
    gather.set_defaults(action=_collect)
    check = commands.add_parser("check", help="say of ledgers whether their chain holds")
    check.add_argument("file", type=Path, nargs="+", help="ledgers, as the lab exported them")
    check.set_defaults(action=_check)
    return parser


def _collect(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        _say(f"labpy: {options.folder} is no folder")
        return 1
    output = options.output or options.folder / OUTPUT
    other: list[str] = []
    told = collect(find(options.folder, other), all_missions())
    output.write_bytes(told.to_csv(options.texts))
    print(_line(f"{output}: {_count(told.ledgers, 'ledger')}, {_count(len(told.rows), 'row')}"))
    for name, why in told.bad:
        _say(f"bad: {name}: {why}")
    aside = [name for name in other if name != OUTPUT]
    if aside:
        more = f" and {len(aside) - NAMED} more" if len(aside) > NAMED else ""
        _say(f"left aside, neither .json nor .zip: {', '.join(aside[:NAMED])}{more}")
    return 0


def _check(options: argparse.Namespace) -> int:
    refused = 0
    for path in options.file:
        chain, result = judge(read(path, str(path)))
        if isinstance(result, Ledger):
            first, last = result.events[0], result.events[-1]
            entries = _count(len(result.events), "entry", "entries")
            print(_line(f"{path}: the chain holds: {entries}, {first.at} to {last.at}"))
        else:
            refused += 1
            print(_line(f"{path}: {chain}: {result}"))
    return 1 if refused else 0


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _line(text: str) -> str:
    """Make a name that somebody else chose fit for a terminal: one line, no control characters."""
    return " ".join(readable_lines(text)).encode("utf-8", "replace").decode()


def _say(text: str) -> None:
    print(_line(text), file=sys.stderr)
