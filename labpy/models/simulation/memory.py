"""A memory whose bandwidth all who read at a time share alike."""

import heapq

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def read_shared(at_s: Array, bytes_read: Array, bandwidth_bytes_per_s: float) -> Array:
    """End of each reading from a memory that serves all readings at once, each as fast.

    Parameters
    ----------
    at_s
        When each begins, ascending, shape (readings,), in s.
    bytes_read
        Shape (readings,); above 0.
    bandwidth_bytes_per_s
        Of the memory.

    Returns
    -------
    ndarray
        Ends, shape (readings,), in s. Processor sharing, reading by reading: each gets the same
        number of bytes in a time, so they end in the order of the bytes that each of those present
        has got by then.

    Examples
    --------
    Two that read the same at once each take twice as long:

    >>> read_shared(np.array([0.0, 0.0, 5.0]), np.array([1.0, 1.0, 1.0]), 1.0).tolist()
    [2.0, 2.0, 6.0]
    """
    ends = np.empty(len(at_s))
    present: list[tuple[float, int]] = []
    now = got = 0.0
    for i, (at, size) in enumerate(
        zip([*at_s.tolist(), float("inf")], [*bytes_read.tolist(), 0.0], strict=True)
    ):
        while present:
            target, job = present[0]
            ends_at = now + (target - got) * len(present) / bandwidth_bytes_per_s
            if ends_at > at:
                break
            heapq.heappop(present)
            now, got = ends_at, target
            ends[job] = now
        if present:
            got += (at - now) * bandwidth_bytes_per_s / len(present)
        now = at
        heapq.heappush(present, (got + size, i))
    return ends
