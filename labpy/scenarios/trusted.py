"""How far to trust the models of a figure: what its Math Peek says at the end."""

from __future__ import annotations

from dataclasses import dataclass

from labpy.instruments.telling.facts import Formula
from labpy.words import Message, msg


@dataclass(frozen=True)
class Trusted:
    """A family of functions, as `labpy.models.trust` knows it by its key."""

    key: str
    standing: str
    text: Message
    name: Message

    def formula(self) -> Formula:
        """Give the paragraph as an entry of a Math Peek, with no formula of its own."""
        title = msg("trust-title", family=self.name)
        return Formula(title, "", self.text, msg("trust-standing", standing=self.standing))


BATCHING = Trusted("batching", "simulated", msg("trust-batching"), msg("trust-batching.name"))
OPEN_LOOP = Trusted("open-loop", "simulated", msg("trust-open-loop"), msg("trust-open-loop.name"))
STEPS = Trusted("steps", "measured", msg("trust-steps"), msg("trust-steps.name"))
CLOSED_LOOP = Trusted(
    "closed-loop", "measured", msg("trust-closed-loop"), msg("trust-closed-loop.name")
)
NETWORK = Trusted("network", "measured", msg("trust-network"), msg("trust-network.name"))
KV_CACHE = Trusted("kv-cache", "measured", msg("trust-kv-cache"), msg("trust-kv-cache.name"))
SPECULATION = Trusted(
    "speculation", "exact", msg("trust-speculation"), msg("trust-speculation.name")
)
TAILS_UNDER_LOAD = Trusted(
    "tails-under-load",
    "simulated",
    msg("trust-tails-under-load"),
    msg("trust-tails-under-load.name"),
)
EDGE_CHIP = Trusted("edge-chip", "assumed", msg("trust-edge-chip"), msg("trust-edge-chip.name"))
STREAMS = Trusted("streams", "exact", msg("trust-streams"), msg("trust-streams.name"))
