"""The link: settings in a query string, and back.

``?track=cloud&part=1&embed=1&theme=dark&arrival_rate=20.5`` holds a place, whether the page is
embedded, what of it alone and in which colours, and each knob by its key. Whatever a link says, it
is read: what is bad is said in a notice and replaced by the default, never obeyed in silence.
"""

from __future__ import annotations

import reprlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from labpy.missions import Knob, MissionError, Part
from labpy.words import Message, Value, msg

THEMES = ("light", "dark")
VIEWS = ("instrument", "workbench", "lock")  # of an embedded page: that alone
# No knob may have one of these as its key.
PLACE_KEYS = (
    "track",
    "part",
    "embed",
    "view",
    "theme",
    "assign",
)
MAX_LENGTH = 4096  # characters; all knobs of a part take a few hundred
MAX_NOTICES = 20

# Keys that other sites add to a link to count their visitors: not ours, and no mistake.
_FOREIGN_PREFIXES = ("utm_",)
_FOREIGN = frozenset({"fbclid", "gclid", "mc_cid", "mc_eid", "msclkid", "ref"})
_OF_A_COURSE = frozenset({"learner", "learner_name"})  # the page reads them: site/scorm


@dataclass(frozen=True)
class Place:
    """Where a link leads. `notices` says, each in a sentence, what of it was bad."""

    track: str
    part: int
    embed: bool
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Settings:
    """A value for each knob of a part, from the link or its default, and the notices.

    `named` has the knobs that the link names.
    """

    values: dict[str, Any]
    notices: tuple[Message, ...] = ()
    named: frozenset[str] = frozenset()


def read_place(query: str, parts: Mapping[str, Collection[int]], track: str, part: int) -> Place:
    """Read the place out of a query string; never raises for what the query says.

    Parameters
    ----------
    query
        The query string, with or without its question mark.
    parts
        The numbers of the parts of each track, keyed by track.
    track, part
        The defaults: the page's own track, and its first part.
    """
    said, notices = _pairs(query)
    wanted = said.get("track", track)
    if wanted not in parts:
        notices.append(_notice("track", wanted, ", ".join(parts), track))
        wanted = track
    numbers = {str(number): number for number in parts[wanted]}
    number = numbers.get(said.get("part", str(part)).lstrip("0"))
    if number is None:
        notices.append(_notice("part", said.get("part", ""), ", ".join(numbers), str(part)))
        number = part
    embed = {"1": True, "true": True, "0": False, "false": False}.get(said.get("embed", "0"))
    if embed is None:
        notices.append(_notice("embed", said["embed"], "0, 1", "0"))
    if said.get("theme", "light") not in THEMES:
        default = msg("link-theme-of-system")
        notices.append(_notice("theme", said["theme"], ", ".join(THEMES), default))
    if said.get("view", VIEWS[0]) not in VIEWS:
        notices.append(_notice("view", said["view"], ", ".join(VIEWS), msg("link-view-of-all")))
    return Place(wanted, number, bool(embed), _few(notices))


def read_assign(query: str) -> str:
    """Give what a link says of an assignment, as it stands there; "" if it says nothing."""
    return _pairs(query)[0].get("assign", "")


def read_settings(query: str, part: Part) -> Settings:
    """Read the settings of a part out of a query string; never raises for what the query says.

    A knob that the link doesn't name has its default, without a notice. What is wrong with the
    query as a whole, and with the place, `read_place` says.
    """
    said, _ = _pairs(query)
    values = part.start()
    notices = []
    unknown = []
    for key, text in said.items():
        if key in PLACE_KEYS or _is_foreign(key):
            continue
        if key not in values:
            unknown.append(reprlib.repr(key))
            continue
        knob = part.knob(key)
        try:
            values[key] = knob.parse(text)
        except MissionError:
            notices.append(_notice(key, text, knob.allowed, _written(knob, knob.start)))
    notices += _unknown(unknown, (*PLACE_KEYS, *values))
    return Settings(values, _few(notices), frozenset(values).intersection(said))


def to_query(part: Part, settings: Mapping[str, Any], track: str = "", embed: bool = False) -> str:
    """Write a query string, without its question mark, that reads back to exactly these settings.

    Parameters
    ----------
    part
        The part; its number is written, and every one of its knobs.
    settings
        Values by knob; a knob that is not there is written with its default.
    track
        The track's key; left out if empty.
    embed
        Whether the link is to be embedded.

    Raises
    ------
    MissionError
        If a key is no knob of the part, or a value isn't one that its knob takes.
    """
    for key in settings:
        if key not in part.start():
            raise MissionError(msg("link-no-knob", key=repr(key), part=part.number))
    pairs = [("track", track)] if track else []
    pairs.append(("part", str(part.number)))
    if embed:
        pairs.append(("embed", "1"))
    for knob in part.knobs:
        text = _written(knob, settings.get(knob.key, knob.start))
        knob.parse(text)
        pairs.append((knob.key, text))
    return "&".join(f"{quote_plus(key)}={quote_plus(text)}" for key, text in pairs)


def _written(knob: Knob, value: Any) -> str:
    """Write a value as `Knob.parse` reads it; floats by repr, which loses nothing."""
    if knob.kind == "switch":
        return "true" if value else "false"
    if knob.kind == "choice":
        return str(value)
    return repr(float(value)) if knob.kind == "float" else str(value)


def _pairs(query: str) -> tuple[dict[str, str], list[Message]]:
    """Split a query into its keys and values; the first of a repeated key counts."""
    query = query.removeprefix("?")
    if len(query) > MAX_LENGTH:
        return {}, [msg("link-too-long", characters=MAX_LENGTH)]
    said: dict[str, str] = {}
    notices = []
    for piece in filter(None, query.split("&")):
        # A link that was copied out of a page's source has "&amp;" where it should have "&".
        key, _, text = piece.removeprefix("amp;").partition("=")
        key, text = unquote_plus(key), unquote_plus(text)
        if key in said and said[key] != text and not _is_foreign(key):
            notices.append(msg("link-twice", key=reprlib.repr(key)))
        said.setdefault(key, text)
    return said, notices


def _unknown(keys: list[str], known: Collection[str]) -> list[Message]:
    """Say of unknown keys, however many, in one sentence that they are ignored."""
    if len(keys) > 1:
        return [msg("link-unknown-many", count=len(keys), first=keys[0])]
    return [msg("link-unknown", key=key, known=", ".join(known)) for key in keys]


def _is_foreign(key: str) -> bool:
    return key in _FOREIGN | _OF_A_COURSE or key.startswith(_FOREIGN_PREFIXES)


def _notice(key: str, text: str, allowed: Value, default: Value) -> Message:
    value = reprlib.repr(text)
    return msg("link-not-allowed", key=key, value=value, allowed=allowed, default=default)


def _few(notices: list[Message]) -> tuple[Message, ...]:
    """Keep the notices to a number that one can read."""
    if len(notices) <= MAX_NOTICES:
        return tuple(notices)
    return (*notices[:MAX_NOTICES], msg("link-more", left=len(notices) - MAX_NOTICES))
