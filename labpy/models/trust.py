"""How far to trust the models: a paragraph for each family of functions, for a page to show.

The paragraphs are in ``labpy/models/data/trust.toml``.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from labpy.models import _checks

STANDINGS = ("exact", "measured", "simulated", "assumed")


@dataclass(frozen=True)
class Trust:
    """What a family of functions can be trusted with.

    ``standing`` is one of ``STANDINGS``: a theorem under the assumptions that ``text`` names, held
    against measurements, held against simulation, or resting on assumed constants. ``covers`` are
    modules of ``labpy.models``.
    """

    key: str
    name: str
    covers: tuple[str, ...]
    standing: str
    text: str


@cache
def families() -> dict[str, Trust]:
    """All families by key, in the order of the file."""
    source = files("labpy.models").joinpath("data", "trust.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        key: Trust(key, entry["name"], tuple(entry["covers"]), entry["standing"], entry["text"])
        for key, entry in table.items()
    }


def trust(key: str) -> Trust:
    """Family with this key; ValueError lists the known ones.

    Examples
    --------
    >>> trust("routing").standing
    'exact'
    """
    return families()[_checks.choice("key", key, families())]


def trust_in(function: Callable) -> Trust:
    """Family that a public function of the models belongs to.

    Raises
    ------
    ValueError
        For a function that is not of the models.

    Examples
    --------
    >>> from labpy.models.serving import disaggregated
    >>> trust_in(disaggregated).name
    'Prefill and decode in pools of their own'
    """
    module = getattr(function, "__module__", "").removeprefix("labpy.models.")
    found = [
        (len(prefix), family)
        for family in families().values()
        for prefix in family.covers
        if f"{module}.".startswith(f"{prefix}.")
    ]
    if not found:
        raise ValueError(f"function must be one of labpy.models, got {function!r}")
    return max(found, key=lambda pair: pair[0])[1]
