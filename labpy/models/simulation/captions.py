"""Captions that are made in rounds: drafted on the glasses, sent, and verified in batches."""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models.offload import Channel

Array = NDArray[np.float64]

_AIR, _NODE, _FREE = 0, 1, 2


@dataclass(frozen=True)
class RoundsTrace:
    """One entry a round, in the order in which they are begun; times in s.

    Attributes
    ----------
    caption
        Whose round it is.
    begun_s
        When its drafting begins.
    sent_s, air_start_s, air_end_s, arrived_s
        At the radio, on the air, and at the node after the start-up.
    start_s, end_s, batch
        Of the batch that verifies it.
    """

    caption: NDArray[np.intp]
    begun_s: Array
    sent_s: Array
    air_start_s: Array
    air_end_s: Array
    arrived_s: Array
    start_s: Array
    end_s: Array
    batch: NDArray[np.intp]


def rounds_until(
    rng: np.random.Generator, captions: int, tokens: int, acceptance: float, drafts: int
) -> NDArray[np.intp]:
    """Draw how many rounds each caption takes, draft by draft.

    A round yields the drafts before the first that is refused, and one token of the verifier's.

    Parameters
    ----------
    rng
        Draws each draft's fate.
    captions, tokens, drafts
        Captions, tokens that each needs, and drafts in a round.
    acceptance
        Probability that a draft is accepted.

    Examples
    --------
    >>> rounds_until(np.random.default_rng(0), 3, 4, 0.8, 0).tolist()
    [4, 4, 4]
    """
    if drafts == 0:
        return np.full(captions, tokens, dtype=np.intp)
    refused = rng.random((captions, tokens, drafts)) >= acceptance
    accepted = np.where(refused.any(axis=2), refused.argmax(axis=2), drafts)
    return (np.cumsum(accepted + 1, axis=1) < tokens).sum(axis=1) + 1


def trace_rounds(
    channel: Channel,
    arrival_s: Array,
    rounds: NDArray[np.intp],
    draft_s: float,
    air_s: float,
    service_s: Array,
    rng: np.random.Generator,
) -> RoundsTrace:
    """Run captions round by round through a channel and a node that works in batches.

    Parameters
    ----------
    channel
        Whose start-ups are drawn; it sends in the order of arrival.
    arrival_s, rounds
        When each caption begins, ascending, in s, and its rounds; shape (captions,).
    draft_s, air_s
        Drafting before each round, and its time on the air.
    service_s
        Time of a batch of 1, 2, ... rounds; a free node takes all that wait, at most so many.
    rng
        Draws the start-ups.

    Examples
    --------
    >>> from labpy.models.tail import Deterministic
    >>> line = Channel("test", Deterministic(0.002), 1e9, 0.001)
    >>> draw, twice = np.random.default_rng(0), np.array([2])
    >>> run = trace_rounds(line, np.zeros(1), twice, 0.01, 0.001, np.array([0.02]), draw)
    >>> run.end_s.round(6).tolist()
    [0.033, 0.066]
    """
    total = int(rounds.sum())
    alpha = channel.alpha.sample(rng, total).tolist()
    service, most = service_s.tolist(), len(service_s)
    left = rounds.tolist()
    rows: list[list[float]] = []
    calendar = [(at + draft_s, _AIR, i, -1) for i, at in enumerate(arrival_s.tolist())]
    heapq.heapify(calendar)
    waiting: list[int] = []
    air_free, node_free, batch = 0.0, 0.0, 0
    while calendar:
        now, kind, caption, row = heapq.heappop(calendar)
        if kind == _AIR:
            start = max(air_free, now)
            air_free = start + air_s
            arrived = air_free + alpha[len(rows)]
            heapq.heappush(calendar, (arrived, _NODE, caption, len(rows)))
            rows.append([caption, now - draft_s, now, start, air_free, arrived, 0.0, 0.0, 0])
            continue
        if kind == _NODE:
            waiting.append(row)
        if now < node_free or not waiting:
            continue
        taken, waiting = waiting[:most], waiting[most:]
        node_free = now + service[len(taken) - 1]
        for each in taken:
            rows[each][6:] = now, node_free, batch
            of = int(rows[each][0])
            left[of] -= 1
            if left[of]:
                heapq.heappush(calendar, (node_free + draft_s, _AIR, of, -1))
        batch += 1
        heapq.heappush(calendar, (node_free, _FREE, -1, -1))
    columns = np.array(rows).T
    return RoundsTrace(columns[0].astype(np.intp), *columns[1:8], columns[8].astype(np.intp))
