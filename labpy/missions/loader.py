"""Reads `missions/<track>/track.toml`, `part_N.toml` and `part_N.md`."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from functools import cache
from pathlib import Path

from labpy.missions.schema import MissionError, Part, Track

# The sections that every part's Markdown file has, in the order in which a student meets them.
SECTIONS = ("Briefing", "Message", "Dials", "Reveal")


def missions_root() -> Path:
    """Give the folder of the missions: beside the package, or where FLEET_LAB_MISSIONS says."""
    named = os.environ.get("FLEET_LAB_MISSIONS")
    return Path(named) if named else Path(__file__).parents[2] / "missions"


def track_keys() -> tuple[str, ...]:
    """List the tracks that have a `track.toml`, in the order of the plan."""
    order = ("cloud", "edge", "mobile", "tiny")
    found = {path.parent.name for path in missions_root().glob("*/track.toml")}
    return (*(key for key in order if key in found), *sorted(found - set(order)))


@cache
def load_track(key: str) -> Track:
    """Load a track; MissionError lists the known ones when there is none of that name."""
    path = missions_root() / key / "track.toml"
    if key not in track_keys():
        raise MissionError(f"no track {key!r}; known: {', '.join(track_keys())}")
    track = Track.from_table(_toml(path), f"{key}/track.toml")
    if track.key != key:
        raise MissionError(f"{key}/track.toml: its key is {track.key!r}, its folder {key!r}")
    return track


@cache
def load_part(track: str, number: int) -> Part:
    """Load one part with the sections of its Markdown file."""
    if number not in load_track(track).parts:
        allowed = ", ".join(map(str, load_track(track).parts))
        raise MissionError(f"track {track!r} has no part {number!r}; it has: {allowed}")
    folder = missions_root() / track
    where = f"{track}/part_{number}"
    part = Part.from_table(_toml(folder / f"part_{number}.toml"), where + ".toml")
    if part.number != number:
        raise MissionError(f"{where}.toml: its number is {part.number}")
    words = split_sections((folder / f"part_{number}.md").read_text("utf-8"))
    if missing := [name for name in SECTIONS if name not in words]:
        raise MissionError(f"{where}.md: the section '## {missing[0]}' is missing")
    return dataclasses.replace(part, words=words)


def split_sections(text: str) -> dict[str, str]:
    """Split Markdown at its level-two headings into {heading: body}."""
    sections: dict[str, str] = {}
    for block in ("\n" + text).split("\n## ")[1:]:
        heading, _, body = block.partition("\n")
        sections[heading.strip()] = body.strip()
    return sections


def _toml(path: Path) -> dict:
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
