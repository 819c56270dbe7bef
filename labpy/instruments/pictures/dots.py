"""What a simulation found at a few rates, to be set beside a curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Dots:
    """Simulated latencies: shape (n,) each; the spread is the lowest and the highest seed."""

    arrival_rate: np.ndarray
    low_s: np.ndarray
    middle_s: np.ndarray
    high_s: np.ndarray
    requests: int
    seeds: int


def dots(rates: np.ndarray, found_s: np.ndarray, requests: int) -> Dots:
    """Sum up runs with several seeds.

    Parameters
    ----------
    rates : at which the simulation ran, shape (n,).
    found_s : the latency of each run in s, shape (n, seeds).
    requests : of each run.
    """
    return Dots(
        arrival_rate=rates,
        low_s=found_s.min(axis=1),
        middle_s=np.median(found_s, axis=1),
        high_s=found_s.max(axis=1),
        requests=requests,
        seeds=found_s.shape[1],
    )
