"""Reads `missions/<track>/track.toml` and `part_N.toml`, with their words from the book."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from labpy.missions.records import MissionError, Place
from labpy.missions.schema import Part, Track
from labpy.words import Amount, amounts, language

# The sections that every part's Markdown file has, in the order in which a student meets them.
SECTIONS = ("Briefing", "Message", "Dials", "Reveal")
Limits = tuple[tuple[str, float], ...]
"""Limits that an assignment sets: each a target's key and a value in SI units, sorted."""


def missions_root() -> Path:
    """Give the folder of the missions: beside the package, or where FLEET_LAB_MISSIONS says.

    A wheel that was installed has them inside the package.
    """
    if named := os.environ.get("FLEET_LAB_MISSIONS"):
        return Path(named)
    inside = Path(__file__).parents[1] / "shipped" / "missions"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "missions"


def track_keys() -> tuple[str, ...]:
    """List the tracks that have a `track.toml`, in the order of the plan."""
    order = ("cloud", "edge", "mobile", "tiny")
    found = {path.parent.name for path in missions_root().glob("*/track.toml")}
    return (*(key for key in order if key in found), *sorted(found - set(order)))


def load_track(key: str) -> Track:
    """Load a track; MissionError lists the known ones when there is none of that name."""
    if key not in track_keys():
        raise MissionError(f"no track {key!r}; known: {', '.join(track_keys())}")
    return _track(key, language())


def load_part(track: str, number: int, limits: Limits = ()) -> Part:
    """Load one part in the language in force, with these limits in place of its own.

    Raises
    ------
    MissionError
        That says which parts there are, or which target there is not.
    """
    if number not in load_track(track).parts:
        allowed = ", ".join(map(str, load_track(track).parts))
        raise MissionError(f"track {track!r} has no part {number!r}; it has: {allowed}")
    if limits:
        return _part_with_limits(track, number, language(), limits)
    return _part(track, number, language())


@cache
def _track(key: str, _language: str) -> Track:
    return _read_track(key, Place(key))


@cache
def _part(track: str, number: int, _language: str) -> Part:
    return _read_part(track, number, Place(f"{track}-{number}"))


@lru_cache(maxsize=512)
def _part_with_limits(track: str, number: int, _language: str, limits: Limits) -> Part:
    return _read_part(track, number, Place(f"{track}-{number}"), limits)


def _read_track(key: str, words: Place) -> Track:
    table = read_toml(missions_root() / key / "track.toml")
    values = {
        f"limit-{number}-{name}": amount
        for number in table.get("parts", Track.parts)
        for name, amount in _quoted(_part_table(key, number)).items()
    }
    place = dataclasses.replace(words, values=values)
    track = Track.from_table(table, f"{key}/track.toml", place)
    if track.key != key:
        raise MissionError(f"{key}/track.toml: its key is {track.key!r}, its folder {key!r}")
    return track


def _read_part(track: str, number: int, words: Place, limits: Limits = ()) -> Part:
    where = f"{track}/part_{number}.toml"
    table = _part_table(track, number, limits)
    values = {f"limit-{key}": amount for key, amount in _quoted(table).items()}
    part = Part.from_table(table, where, dataclasses.replace(words, values=values))
    if part.number != number:
        raise MissionError(f"{where}: its number is {part.number}")
    return dataclasses.replace(part, track=track)


def _part_table(track: str, number: int, limits: Limits = ()) -> dict[str, Any]:
    where = f"{track}/part_{number}.toml"
    table = read_toml(missions_root() / where)
    targets = {each.get("key"): each for each in table.get("targets", [])}
    for key, limit in limits:
        if key not in targets:
            raise MissionError(f"{where}: there is no target {key!r}")
        targets[key]["limit"] = limit
    return table


def _quoted(table: dict[str, Any]) -> dict[str, Amount]:
    """Give each limit of a part as a text may quote it, by its target's key."""
    return {
        each["key"]: amounts.chosen(float(each["limit"]), each["quantity"])
        for each in table.get("targets", [])
        if {"key", "limit", "quantity"} <= set(each)
    }


def read_toml(path: Path) -> dict:
    """Read a file of the missions; MissionError names it if it is missing or no TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise MissionError(f"{path.parent.name}/{path.name} is missing") from None
    except tomllib.TOMLDecodeError as error:
        raise MissionError(f"{path.parent.name}/{path.name}: {error}") from None


def all_missions() -> list[tuple[Track, tuple[Part, ...]]]:
    """Load every track with its parts, in the order of the plan."""
    tracks = map(load_track, track_keys())
    return [(track, tuple(load_part(track.key, n) for n in track.parts)) for track in tracks]


def word_keys() -> tuple[str, ...]:
    """List the messages that the missions ask the book for, whether it has them or not."""
    return recorded_keys(_read_all)


def _read_all(words: Place) -> None:
    for key in track_keys():
        for number in _read_track(key, words.at(key)).parts:
            _read_part(key, number, words.at(key, number))


def recorded_keys(read: Callable[[Place], object]) -> tuple[str, ...]:
    """List the messages that `read` asks for, by having it read with a book that only listens."""
    keys: list[str] = []
    read(Place("", keys.append))
    return tuple(keys)
