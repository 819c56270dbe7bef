"""Speculative decoding in the simulators: how many steps a reply takes when drafts are verified."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Speculation:
    """Draft ``draft_tokens`` a step; each is accepted with probability ``acceptance``.

    ``cost_ratio`` is the time to draft one token as a share of a decode step.
    """

    draft_tokens: int
    acceptance: float
    cost_ratio: float = 0.05

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_count("draft_tokens", self.draft_tokens)
        _checks.probability("acceptance", self.acceptance)
        _checks.single_non_negative("cost_ratio", self.cost_ratio)

    @property
    def verified(self) -> int:
        """Tokens that a request puts through the matrices in a step: the drafts and one."""
        return self.draft_tokens + 1

    def tokens_mean_and_variance(self) -> tuple[float, float]:
        """Of the tokens that one step yields: accepted ones until the first refusal, and one."""
        k = np.arange(1, self.draft_tokens + 2)
        p = self.acceptance ** (k - 1) * np.where(k <= self.draft_tokens, 1 - self.acceptance, 1.0)
        mean = float((k * p).sum())
        return mean, float((k * k * p).sum()) - mean**2

    def steps(self, output_tokens: Counts, rng: np.random.Generator) -> Counts:
        """Steps of each reply, drawn: a sum of many steps is near normal."""
        mean, variance = self.tokens_mean_and_variance()
        noise = rng.standard_normal(len(output_tokens))
        drawn = output_tokens / mean + noise * np.sqrt(output_tokens * variance / mean**3)
        least = np.ceil(output_tokens / self.verified)
        return np.clip(np.round(drawn), least, output_tokens).astype(np.int64)
