"""A backlog of requests in the slots of one batch, under static and under continuous batching.

A picture of the two policies rather than a model of latency: prompts take the time of one prefill,
and every token that of one step with full slots.
"""

from __future__ import annotations

import heapq

import numpy as np

from labpy.instruments.pictures.request_timeline import Schedule


def continuous_schedule(
    slots: int, prefill_s: float, step_s: float, replies: np.ndarray
) -> Schedule:
    """Hand each slot to the next request as soon as its reply is complete.

    Parameters
    ----------
    slots : most requests at once.
    prefill_s, step_s : seconds from a request's start to its first token, and for each further one.
    replies : tokens of each reply, in the order in which the requests wait, shape (requests,).
    """
    free = [(0.0, slot) for slot in range(slots)]
    start, slot = np.zeros(len(replies)), np.zeros(len(replies), dtype=int)
    for i, reply in enumerate(replies):
        start[i], slot[i] = heapq.heappop(free)
        heapq.heappush(free, (start[i] + prefill_s + (reply - 1) * step_s, slot[i]))
    return _schedule(start, slot, prefill_s, step_s, replies)


def static_schedule(slots: int, prefill_s: float, step_s: float, replies: np.ndarray) -> Schedule:
    """Fill all slots at once, and keep them until the longest reply of the batch is complete.

    The parameters are those of `continuous_schedule`.
    """
    order = np.arange(len(replies))
    batch = order // slots
    longest = np.zeros(batch[-1] + 1)
    np.maximum.at(longest, batch, replies)
    ends = np.cumsum(prefill_s + (longest - 1) * step_s)
    start = np.concatenate(([0.0], ends))[batch]
    return _schedule(start, order % slots, prefill_s, step_s, replies)


def _schedule(
    start: np.ndarray, slot: np.ndarray, prefill_s: float, step_s: float, replies: np.ndarray
) -> Schedule:
    first = start + prefill_s
    return Schedule(
        request=np.arange(1, len(replies) + 1),
        slot=slot,
        start_s=start,
        first_token_s=first,
        end_s=first + (replies - 1) * step_s,
    )
