"""Every setting of the lab on one page, from where each is declared.

The dials come from the missions and the options from the command line's own parser. What has no
declaration that can be read (addresses, variables, commands, what a browser keeps) is said in
``docs/settings.toml``; a test looks for each of them in the code, both ways.
"""

import argparse
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from buildlib import cli
from buildlib.errors import BuildError
from labcollect import cli as collect_cli
from labpy.missions import Knob, MissionError, Part, Place, Record, Track, all_missions
from labpy.words import Listed, msg, say

FILE = "settings.toml"
PARSERS = {"build.py": cli.command_line, "labpy": collect_cli.command_line}


@dataclass(frozen=True)
class Setting(Record):
    """A setting with the words that it takes, what holds without it, and what it does."""

    name: str
    meaning: str
    values: str = ""
    default: str = ""


@dataclass(frozen=True)
class Command(Record):
    """A command, as it is typed in the project's folder."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Declared(Record):
    """What ``docs/settings.toml`` says."""

    query: tuple[Setting, ...]
    environment: tuple[Setting, ...]
    commands: tuple[Command, ...]
    kept: tuple[Setting, ...]


@dataclass(frozen=True)
class Reference:
    """All that the page of the settings shows."""

    declared: Declared
    options: tuple[tuple[str, tuple[Setting, ...]], ...]
    dials: tuple[tuple[Track, tuple[tuple[Part, tuple[Setting, ...]], ...]], ...]


def load_declared(docs: Path) -> Declared:
    """Load ``docs/settings.toml``."""
    try:
        table = tomllib.loads((docs / FILE).read_text(encoding="utf-8"))
        return Declared.from_table(table, FILE, Place(""))
    except (OSError, tomllib.TOMLDecodeError, MissionError) as error:
        raise BuildError(f"The reference of the settings can't be written: {error}.") from None


def reference(docs: Path) -> Reference:
    """Gather every setting."""
    options = (each for name, make in PARSERS.items() for each in _options(make(), name))
    return Reference(load_declared(docs), tuple(options), tuple(_dials()))


def _options(
    parsed: argparse.ArgumentParser, command: str
) -> Iterator[tuple[str, tuple[Setting, ...]]]:
    """Yield each command of a parser with its options."""
    found = []
    for action in parsed._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from _options(inner, f"{command} {name}")
        elif not isinstance(action, argparse._HelpAction):
            found.append(_option(action))
    yield command, tuple(found)


def _option(action: argparse.Action) -> Setting:
    takes = action.option_strings and action.nargs != 0
    values = str(action.metavar or action.dest).upper() if takes else ""
    stands = action.default not in (None, False, argparse.SUPPRESS)
    return Setting(
        name=", ".join(action.option_strings) or action.dest.upper(),
        meaning=action.help or "",
        values=values,
        default=str(action.default) if stands else "",
    )


def _dials() -> Iterator[tuple[Track, tuple[tuple[Part, tuple[Setting, ...]], ...]]]:
    for track, parts in all_missions():
        yield track, tuple((part, tuple(map(dial, part.knobs))) for part in parts)


def dial(knob: Knob) -> Setting:
    """Write a knob as a setting: what a link may say, and the start."""
    values = knob.allowed
    if knob.kind in ("float", "int"):
        values = msg("settings-steps", values=values, step=f"{knob.step:g}")
    elif any(str(c) != label for c, label in zip(knob.choices, knob.labels(), strict=True)):
        values = msg("settings-labels", values=values, labels=Listed(knob.labels()))
    default = str(knob.start).lower() if knob.kind == "switch" else str(knob.start)
    meaning = msg(
        "settings-dial", label=knob.label, about=knob.doc, advanced=str(knob.advanced).lower()
    )
    return Setting(knob.key, say(meaning), say(values), default)
