"""Dials become a fleet, traffic and an SLO, and travel in a link."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from math import inf
from typing import Any
from urllib.parse import parse_qsl, urlencode

from labpy.fleet import EXAMPLES, Fleet, Slo, Synthetic
from labpy.fleet.commands import own_config
from labpy.missions import Knob, MissionError
from labpy.missions.bench import SECOND
from labpy.models.registry import LanguageModel
from labpy.words import Message, msg

OWN_MODEL, OWN_LINK = "config.json", "own"
CONFIG, TRACE = "config", "trace"  # keys of a link besides the dials


def fleet_of(settings: Mapping[str, Any], own: LanguageModel | None, suffix: str = "") -> Fleet:
    """Return the fleet that the dials make; MissionError while its own model is not there."""
    names = {field.name for field in fields(Fleet)}
    chosen = {
        key.removesuffix(suffix): value
        for key, value in settings.items()
        if key.endswith(suffix) and key.removesuffix(suffix) in names
    }
    if chosen["link"] == OWN_LINK:
        chosen["link"] = ""
    if chosen["model"] == OWN_MODEL:
        if own is None:
            raise MissionError(msg("bench-paste-first"))
        chosen["model"] = own
    return Fleet(**chosen)


def synthetic_of(settings: Mapping[str, Any]) -> Synthetic:
    """Return the traffic's statistics: of the dials, or of an example."""
    if settings["traffic"] in EXAMPLES:
        return EXAMPLES[settings["traffic"]].settings(settings["requests"])
    names = {field.name for field in fields(Synthetic)}
    return Synthetic(**{key: value for key, value in settings.items() if key in names})


def slo_of(settings: Mapping[str, Any]) -> Slo:
    """Return the SLO."""
    return Slo(settings["slo_ttft"], settings["slo_tpot"] * 1e-3)


def budget_of(settings: Mapping[str, Any], knob: Knob) -> float:
    """Return the budget of an hour; at its end the dial sets none."""
    return inf if settings[knob.key] == knob.high else float(settings[knob.key])


def to_link(
    first: Mapping[str, Any],
    second: Mapping[str, Any] | None,
    own: LanguageModel | None,
    fingerprint: str,
) -> str:
    """Return the query that holds all dials, a second fleet if it is shown, model and trace."""
    told = {key: _text(value) for key, value in first.items()}
    told |= {key: _text(value) for key, value in (second or {}).items()}
    if own is not None:
        told[CONFIG] = json.dumps(own_config(own), separators=(",", ":"))
    if fingerprint:
        told[TRACE] = fingerprint
    return urlencode(told)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value}"


def from_link(query: str, knobs: tuple[Knob, ...]) -> tuple[dict[str, Any], list[Message]]:
    """Return the dials that a link sets, and what it says that can't be."""
    known = {knob.key: knob for knob in knobs}
    values: dict[str, Any] = {}
    refused: list[Message] = []
    for key, text in parse_qsl(query.removeprefix("?")):
        if key not in known:
            continue
        try:
            values[key] = known[key].parse(text)
        except MissionError as error:
            refused.append(error.message)
    return values, refused


def also_in_link(query: str, key: str) -> str:
    """Return another key's text in a link, or ""."""
    return dict(parse_qsl(query.removeprefix("?"))).get(key, "")


def has_second(query: str) -> bool:
    """Tell whether a link has a second fleet."""
    return any(key.endswith(SECOND) for key, _ in parse_qsl(query.removeprefix("?")))
