"""An assignment: which parts of a track, with which limits, and until when.

It travels in a link as one short word, ``?assign=1-cloud-1.3-1.latency.0p5-d202612012259-k7qm``:
the version, the track, its parts, a limit for each target that has another one than the lab's
(the part, the target's key, the value in SI units with a ``p`` for its point), the end in UTC, a
seed, and a checksum, so that a mistyped one is refused. A limit with two values is drawn for each
student between the two, from the seed and from what tells their ledger from others.

`site/js/assign/code.js` writes and reads the same; a test holds the one against the other.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from labpy.missions.loader import Limits, load_part, load_track, track_keys
from labpy.missions.records import MissionError
from labpy.missions.schema import Target
from labpy.words import msg

VERSION = "1"
MAX_LENGTH = 400  # characters; a ledger's line has 500
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # of the checksum: none looks like another

_PARTS = re.compile(r"[1-9][0-9]?(\.[1-9][0-9]?)*\Z")
_LIMIT = re.compile(r"([1-9][0-9]?)\.([a-z_]+)\.([0-9]+(?:p[0-9]+)?)(?:\.([0-9]+(?:p[0-9]+)?))?\Z")
_DUE = re.compile(r"d([0-9]{12})\Z")
_SEED = re.compile(r"s([0-9]{1,6})\Z")
_NOT_OURS = re.compile(r"[^0-9a-z._-]")


@dataclass(frozen=True)
class Assignment:
    """What a teacher asks for.

    Attributes
    ----------
    code : what stands in the link.
    track : key of the track.
    parts : numbers of the parts that are asked for, in order.
    limits : the values among which each limit is drawn, by part and target; one where it is fixed.
    due : the end as ISO time in UTC; "" if there is none.
    seed : from which limits are drawn; "" where all are fixed.
    """

    code: str
    track: str
    parts: tuple[int, ...]
    limits: Mapping[tuple[int, str], tuple[float, ...]] = field(default_factory=dict)
    due: str = ""
    seed: str = ""

    def drawn(self, identity: str) -> dict[int, Limits]:
        """Give one student's limits, by part; `identity` tells their ledger from others."""
        found: dict[int, Limits] = {}
        for (number, key), values in sorted(self.limits.items()):
            index = draw(f"{self.seed}/{identity}/{number}.{key}", len(values))
            found[number] = (*found.get(number, ()), (key, values[index]))
        return found


def read_assignment(text: str) -> Assignment:
    """Read what stands in a link.

    Raises
    ------
    MissionError
        With a sentence for the reader: it is mistyped, of a newer lab, or asks for what the
        lab does not have.
    """
    code = text.strip().lower()
    body, _, told = code.rpartition("-")
    version = body.partition("-")[0]
    if version.isdigit() and version != VERSION:
        raise MissionError(msg("assign-newer"))
    if len(code) > MAX_LENGTH or _NOT_OURS.search(code) or told != checksum(body):
        raise MissionError(msg("assign-mistyped"))
    fields = body.split("-")
    if len(fields) < 3 or fields[1] not in track_keys() or not _PARTS.match(fields[2]):
        raise MissionError(msg("assign-unknown"))
    track = fields[1]
    parts = tuple(sorted({int(each) for each in fields[2].split(".")}))
    if not set(parts) <= set(load_track(track).parts):
        raise MissionError(msg("assign-unknown"))
    limits: dict[tuple[int, str], tuple[float, ...]] = {}
    due = seed = ""
    for each in fields[3:]:
        if found := _LIMIT.match(each):
            number, key, *ends = found.groups()
            limits[int(number), key] = _values(track, parts, int(number), key, ends)
        elif found := _DUE.match(each):
            due = _due(found[1])
        elif found := _SEED.match(each):
            seed = found[1]
        else:
            raise MissionError(msg("assign-unknown"))
    return Assignment(code, track, parts, limits, due, seed)


def _values(
    track: str, parts: tuple[int, ...], number: int, key: str, ends: list[str | None]
) -> tuple[float, ...]:
    """Give the values that a limit may have: one, or those between two."""
    targets = (
        {each.key: each for each in load_part(track, number).targets} if number in parts else {}
    )
    allowed = allowed_limits(targets[key]) if key in targets else {}
    first, last = ends[0], ends[1] or ends[0]
    order = list(allowed)
    if first not in order or last not in order or order.index(first) > order.index(last):
        raise MissionError(msg("assign-unknown"))
    between = order[order.index(first) : order.index(last) + 1]
    return tuple(allowed[each] for each in between)


def allowed_limits(target: Target) -> dict[str, float]:
    """Give the limits that a target may have, its own among them, by how a link writes them."""
    if not target.assignable:
        return {}
    return {written(value): value for value in sorted({*target.assignable, target.limit})}


def written(value: float) -> str:
    """Write a limit as a link does: 0.022 is ``0p022``."""
    text = format(Decimal(repr(value)).normalize(), "f")
    return text.replace(".", "p")


def _due(text: str) -> str:
    try:
        at = datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        raise MissionError(msg("assign-unknown")) from None
    return at.strftime("%Y-%m-%dT%H:%M:00Z")


def checksum(body: str) -> str:
    """Give the four characters that end a link's word: 20 bits of its CRC-32."""
    bits = zlib.crc32(body.encode())
    return "".join(DIGITS[bits >> shift & 31] for shift in (15, 10, 5, 0))


def draw(text: str, among: int) -> int:
    """Draw one of `among` numbers from a text, the same everywhere."""
    spread = zlib.crc32(text.encode()) * 2654435761 % 2**32  # neighbours go apart: Knuth's hash
    return spread * among >> 32
