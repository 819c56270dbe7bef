"""Traces of requests: when they arrive and how long their prompts and outputs are."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks

# Means of the ShareGPT conversations, Kwon et al. 2023, figure 11.
SHAREGPT_PROMPT_TOKENS = 161.31
SHAREGPT_OUTPUT_TOKENS = 337.99
# Assumption: coefficients of variation. The paper shows histograms only. 0.92 for the outputs is
# what its figure 2 implies for reservation at the maximum (see ``plan``); the prompts' matter less.
SHAREGPT_PROMPT_CV = 1.0
SHAREGPT_OUTPUT_CV = 0.92


@dataclass(frozen=True, eq=False)
class CacheTrace:
    """Requests in order of arrival; three arrays of shape (requests,).

    Attributes
    ----------
    arrival_s
        Arrival times in seconds, not decreasing.
    prompt_tokens, output_tokens
        Whole numbers of at least 1.
    """

    arrival_s: NDArray[np.float64]
    prompt_tokens: NDArray[np.int64]
    output_tokens: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Check the arrays."""
        arrival = _checks.non_negative("arrival_s", self.arrival_s)
        prompt = _checks.count("prompt_tokens", self.prompt_tokens)
        output = _checks.count("output_tokens", self.output_tokens)
        if arrival.ndim != 1 or not arrival.shape == prompt.shape == output.shape:
            raise ValueError(
                "arrival_s, prompt_tokens and output_tokens must be arrays of one length, got "
                f"shapes {arrival.shape}, {prompt.shape} and {output.shape}"
            )
        if arrival.size == 0 or (np.diff(arrival) < 0).any():
            raise ValueError("arrival_s must hold at least one time and must not decrease")
        object.__setattr__(self, "arrival_s", arrival)
        object.__setattr__(self, "prompt_tokens", prompt)
        object.__setattr__(self, "output_tokens", output)

    @property
    def final_tokens(self) -> NDArray[np.int64]:
        """Tokens in the cache when a request ends."""
        return self.prompt_tokens + self.output_tokens


def _lognormal(rng: np.random.Generator, mean: float, cv: float, n: int) -> NDArray[np.float64]:
    variance = math.log1p(cv**2)
    return np.exp(rng.normal(math.log(mean) - variance / 2, math.sqrt(variance), n))


def lognormal_trace(
    requests: int,
    arrival_rate: float,
    prompt_mean: float,
    output_mean: float,
    prompt_cv: float = 1.0,
    output_cv: float = 1.0,
    max_tokens: int = 2048,
    seed: int = 0,
) -> CacheTrace:
    """Draw a trace with Poisson arrivals and log-normal lengths, the usual fit to chat logs.

    Parameters
    ----------
    requests
        Number of requests.
    arrival_rate
        Requests a second.
    prompt_mean, output_mean
        Mean lengths in tokens, before they are cut to ``max_tokens``.
    prompt_cv, output_cv
        Coefficients of variation (standard deviation over mean); 0 for fixed lengths.
    max_tokens
        Prompts are cut to half of it, outputs to what the prompt leaves.
    seed
        The same seed gives the same trace.

    Examples
    --------
    >>> trace = lognormal_trace(1000, 2.0, 160, 340)
    >>> trace.final_tokens.max() <= 2048
    np.True_
    """
    requests = _checks.single_count("requests", requests)
    rate = _checks.single_positive("arrival_rate", arrival_rate)
    means = [
        _checks.single_positive(n, v)
        for n, v in (("prompt_mean", prompt_mean), ("output_mean", output_mean))
    ]
    cvs = [
        _checks.single_non_negative(n, v)
        for n, v in (("prompt_cv", prompt_cv), ("output_cv", output_cv))
    ]
    limit = _checks.single_count("max_tokens", max_tokens, 2)
    rng = np.random.default_rng(seed)
    arrival = np.cumsum(rng.exponential(1.0 / rate, requests))
    prompt = np.clip(np.rint(_lognormal(rng, means[0], cvs[0], requests)), 1, limit // 2)
    output = np.clip(np.rint(_lognormal(rng, means[1], cvs[1], requests)), 1, limit - prompt)
    return CacheTrace(arrival, prompt.astype(int), output.astype(int))


def sharegpt_trace(requests: int, arrival_rate: float, seed: int = 0) -> CacheTrace:
    """Draw a trace like the ShareGPT conversations of Kwon et al. 2023 with OPT-13B.

    Means of 161.31 prompt and 337.99 output tokens (their figure 11), at most 2,048 in all. That
    the lengths are log-normal, with coefficients of variation of 1.0 and 0.92, is an assumption.

    Examples
    --------
    >>> trace = sharegpt_trace(20_000, 2.0)
    >>> round(trace.prompt_tokens.mean()), round(trace.output_tokens.mean())
    (161, 334)
    """
    return lognormal_trace(
        requests,
        arrival_rate,
        SHAREGPT_PROMPT_TOKENS,
        SHAREGPT_OUTPUT_TOKENS,
        SHAREGPT_PROMPT_CV,
        SHAREGPT_OUTPUT_CV,
        seed=seed,
    )
