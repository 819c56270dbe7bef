"""The words of the exports, which `missions/ledger.toml` holds so that they can be translated."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from labpy.missions import missions_root
from labpy.missions.schema import MissionError, Record
from labpy.state.ledger.progress import FIELDS, STATES


@dataclass(frozen=True)
class Words(Record):
    """What the exports say; the names are the TOML keys, ``{...}`` stands for what is put in."""

    title: str
    part: str
    build: str
    begun: str
    last: str
    events: str
    head: str
    complete: str
    missing: str
    state: str
    prediction: str
    outcome: str
    off_by: str
    times: str
    targets_met: str
    deployments: str
    restarts: str
    deployment: str
    settings: str
    metrics: str
    reflection: str
    defence: str
    passed_at: str
    checkpointed_at: str
    yes: str
    no: str
    unbounded: str
    nothing: str
    states: dict[str, str]
    fields: dict[str, str]

    def __post_init__(self) -> None:
        for name, keys in (("states", STATES), ("fields", FIELDS)):
            if set(getattr(self, name)) != set(keys):
                raise MissionError(f"[{name}] must have the keys {', '.join(keys)}")


@cache
def load_words() -> Words:
    """Load `missions/ledger.toml`; MissionError says what is wrong with it."""
    where = "ledger.toml"
    try:
        table = tomllib.loads((missions_root() / where).read_text("utf-8"))
    except FileNotFoundError:
        raise MissionError(f"{where} is missing") from None
    except tomllib.TOMLDecodeError as error:
        raise MissionError(f"{where}: {error}") from None
    return Words.from_table(table, where)
