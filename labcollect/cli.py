"""The command ``labpy``: ``collect`` and ``mark`` ledgers, ``check`` single ones, ``plan``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from labcollect import marking
from labcollect.finding import find, read
from labpy.classroom.judging import judge
from labpy.missions import all_missions
from labpy.state.ledger import Ledger
from labpy.state.ledger.text import readable_lines
from labpy.words import msg, say

OUTPUT = "ledgers.csv"
NAMED = 10  # how many files that were left aside are named


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 1 if it could not do what was asked."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = command_line("plan" in given[:1]).parse_args(given)
    try:
        return options.action(options)
    except OSError as error:
        _say(f"labpy: {error.filename}: {error.strerror}")
        return 1


def command_line(plans: bool = True) -> argparse.ArgumentParser:
    """Return the parser of the command line; the reference of the settings reads it too.

    Unless it `plans`, that command is only named: its options need the models, and they numpy.
    """
    parser = argparse.ArgumentParser(prog="labpy", description=say(msg("collect-help")))
    commands = parser.add_subparsers(metavar=say(msg("collect-help-command")), required=True)
    gather = commands.add_parser("collect", help=say(msg("collect-help-collect")))
    gather.add_argument("folder", type=Path, help=say(msg("collect-help-folder")))
    gather.add_argument(
        "-o", "--output", type=Path, help=say(msg("collect-help-output", name=OUTPUT))
    )
    gather.add_argument("--texts", action="store_true", help=say(msg("collect-help-texts")))
    gather.set_defaults(action=_collect)
    check = commands.add_parser("check", help=say(msg("collect-help-check")))
    check.add_argument("file", type=Path, nargs="+", help=say(msg("collect-help-file")))
    check.set_defaults(action=_check)
    marker = commands.add_parser("mark", help=say(msg("mark-help")))
    marking.add_options(marker)
    marker.set_defaults(action=_mark)
    planner = commands.add_parser("plan", help=say(msg("plan-help")))
    if plans:
        from labcollect.planning import add_options

        add_options(planner)
    return parser


def _collect(options: argparse.Namespace) -> int:
    if not _may_replay(options.folder):
        return 1
    output = options.output or options.folder / OUTPUT
    # These bring the models with them, which the other command does without.
    from labpy.classroom.collecting import collect
    from labpy.classroom.copies import some_of

    other: list[str] = []
    told = collect(find(options.folder, other), all_missions())
    output.write_bytes(told.to_csv(options.texts))
    written = msg("collect-written", file=str(output), ledgers=told.ledgers, rows=len(told.rows))
    print(_line(say(written)))
    for name, why in told.bad:
        _say(say(msg("collect-bad", file=name, reason=why)))
    aside = [name for name in other if name != OUTPUT]
    if aside:
        _say(say(msg("collect-aside", files=some_of(aside, NAMED))))
    return 0


def _mark(options: argparse.Namespace) -> int:
    if not _may_replay(options.folder):
        return 1
    return marking.run(options, lambda text: print(_line(text)), _say)


def _may_replay(folder: Path) -> bool:
    """Make ready to compute a folder's ledgers anew; say so if there is no such folder."""
    # Threads cost more than they give to the small systems that a replay solves.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not folder.is_dir():
        _say(f"labpy: {say(msg('collect-no-folder', folder=str(folder)))}")
    return folder.is_dir()


def _check(options: argparse.Namespace) -> int:
    refused = 0
    for path in options.file:
        chain, result = judge(read(path, str(path)))
        if isinstance(result, Ledger):
            first, last = result.events[0], result.events[-1]
            told = msg(
                "collect-chain-holds",
                file=str(path),
                entries=len(result.events),
                first=first.at,
                last=last.at,
            )
            print(_line(say(told)))
        else:
            refused += 1
            how = {"broken": "broken", "against-the-rules": "rules"}.get(chain, "unread")
            told = msg("collect-chain-fails", file=str(path), chain=how, reason=result)
            print(_line(say(told)))
    return 1 if refused else 0


def _line(text: str) -> str:
    """Make a name that somebody else chose fit for a terminal: one line, no control characters."""
    return " ".join(readable_lines(text)).encode("utf-8", "replace").decode()


def _say(text: str) -> None:
    print(_line(text), file=sys.stderr)
