"""The picture of what a layer sends, over the tokens of a batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class GatherVolumes:
    """The picture: bytes that each device sends in one layer, over the tokens of a batch.

    `batch_tokens`, `stationary_bytes` and `gathered_bytes` are of shape (n,), ascending;
    `crossover_tokens` is where both are equal, inf where they never are; the last three are the
    operating point.
    """

    batch_tokens: np.ndarray
    stationary_bytes: np.ndarray
    gathered_bytes: np.ndarray
    crossover_tokens: float
    tokens_now: float
    stationary_now_bytes: float
    gathered_now_bytes: float
