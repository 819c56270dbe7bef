"""Stations that a run passes one after the other, for many items at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def in_turn(arrival_s: Array, service_s: ArrayLike) -> tuple[Array, Array]:
    """Start and end of service at one server that takes arrivals in their order.

    Parameters
    ----------
    arrival_s
        Shape (items,), in any order, in s; ties go by their place.
    service_s
        The same for all, or shape (items,), in s.

    Returns
    -------
    tuple of ndarray
        Starts and ends, shape (items,). Lindley's recursion as a running maximum (Lindley 1952).

    Examples
    --------
    >>> start, end = in_turn(np.array([0.0, 1.0, 5.0]), 2.0)
    >>> start.tolist(), end.tolist()
    ([0.0, 2.0, 5.0], [2.0, 4.0, 7.0])
    """
    order = np.argsort(arrival_s, kind="stable")
    service = np.broadcast_to(np.asarray(service_s, dtype=float), arrival_s.shape)[order]
    before = np.cumsum(service) - service
    begun = np.maximum.accumulate(arrival_s[order] - before) + before
    start = np.empty_like(begun)
    start[order] = np.maximum(begun, arrival_s[order])  # rounding
    return start, start + np.broadcast_to(service_s, arrival_s.shape)


def batches_of(start_s: Array) -> NDArray[np.intp]:
    """Number the batches of requests that are given in order, by the moments they start at.

    Examples
    --------
    >>> batches_of(np.array([1.0, 1.0, 3.0])).tolist()
    [0, 0, 1]
    """
    return np.cumsum(np.diff(start_s, prepend=start_s[0]) > 0).astype(np.intp)
