"""Traffic: when requests come and how long they are; drawn from a seed, or read from a trace."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from math import exp, log, pi, sqrt
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from labpy.models import _checks

Times = NDArray[np.float64]
Counts = NDArray[np.int64]

LONGEST_TOKENS = 131_072  # context of the Llama 3.1 family; longer draws are cut to it
STRETCH, STRETCHES = 500, 40  # requests of a stretch at least, and most of them in thinned traffic
WARP_POINTS = 4096  # at which a day's shape is inverted
NORMAL_P90 = 1.2816  # of the standard normal distribution


@dataclass(frozen=True)
class Traffic:
    """Requests in the order of arrival; all arrays have one entry each.

    Attributes
    ----------
    arrival_s
        Ascending times from the first of them, in s.
    input_tokens, output_tokens
        Lengths of prompt and reply, at least 1.
    prefix_id, prefix_tokens
        Requests of one id, 0 or more, begin with the same tokens; -1 for none. None if unknown.
    """

    arrival_s: Times
    input_tokens: Counts
    output_tokens: Counts
    prefix_id: Counts | None = None
    prefix_tokens: Counts | None = None

    def __len__(self) -> int:
        """Count the requests."""
        return len(self.arrival_s)

    @property
    def duration_s(self) -> float:
        """Time from the first arrival to the last, and one mean gap: n requests have n gaps."""
        count = len(self)
        span = float(self.arrival_s[-1] - self.arrival_s[0])
        return span * count / (count - 1) if count > 1 else span

    @property
    def rate_per_s(self) -> float:
        """Mean arrival rate; infinite if all come at once."""
        return len(self) / self.duration_s if self.duration_s > 0 else float("inf")

    @property
    def gap_cv(self) -> float:
        """Coefficient of variation of the gaps between arrivals: 1 if Poisson."""
        gaps = np.diff(self.arrival_s)
        mean = float(gaps.mean()) if len(gaps) else 0.0
        return float(gaps.std()) / mean if mean > 0 else 0.0

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits of a SHA-256 over times and lengths."""
        parts = (self.arrival_s.astype("<f8"), self.input_tokens.astype("<i8"))
        found = sha256(b"".join(each.tobytes() for each in parts))
        found.update(self.output_tokens.astype("<i8").tobytes())
        return found.hexdigest()[:16]

    def faster(self, multiplier: float) -> "Traffic":
        """Return the same requests at so many times the rate."""
        factor = _checks.single_positive("multiplier", multiplier)
        return replace(self, arrival_s=self.arrival_s / factor)

    def thinned(self, most: int) -> "Traffic":
        """Return so many requests at most: stretches of consecutive ones, put end to end.

        They are taken from all of the traffic at equal distances, so that its hours, the gaps
        within them and the lengths stay as they were; what takes longer than a stretch does not.
        """
        most = _checks.single_count("most", most)
        count = len(self)
        if count <= most:
            return self
        stretches = min(max(most // STRETCH, 1), STRETCHES)
        begins = np.linspace(0, count - -(-most // stretches), stretches).astype(np.intp)
        lengths = np.full(stretches, most // stretches)
        lengths[: most % stretches] += 1
        kept = np.concatenate([b + np.arange(n) for b, n in zip(begins, lengths, strict=True)])
        gaps = np.diff(self.arrival_s, prepend=self.arrival_s[0])[kept]
        gaps[0] = 0.0
        return replace(self._picked(kept), arrival_s=np.cumsum(gaps))

    def fitting(self, most_tokens: float) -> "Traffic":
        """Return the requests whose prompt and reply together have at most so many tokens."""
        return self._picked(np.flatnonzero(self.input_tokens + self.output_tokens <= most_tokens))

    def _picked(self, kept: NDArray[np.intp]) -> "Traffic":
        arrays = {name: value for name, value in vars(self).items() if value is not None}
        return replace(self, **{name: value[kept] for name, value in arrays.items()})


@dataclass(frozen=True)
class Synthetic:
    """Traffic by its statistics; ``draw`` makes it, the same for the same seed.

    Attributes
    ----------
    rate_per_s, requests
        Mean arrival rate, and how many arrive.
    burstiness
        Coefficient of variation of the gaps, which are gamma distributed: 1 is Poisson, 0 even,
        more is bursts (Wang et al. 2024, BurstGPT, fit gamma gaps to a production trace).
    input_tokens, input_cv, output_tokens, output_cv
        Mean and coefficient of variation of log-normal lengths; a variation of 0 is one length.
    day_swing
        By which share the rate rises above its mean at noon, and falls below it at midnight; the
        whole traffic is one day, pressed into its duration.
    prefix_share, prefixes
        Share of a prompt that all requests with the same beginning have in common, and how many
        beginnings there are, equally popular; a share of 0 is none.
    seed
        Of all draws.
    """

    rate_per_s: float = 5.0
    requests: int = 2000
    burstiness: float = 1.0
    input_tokens: float = 1024.0
    input_cv: float = 0.5
    output_tokens: float = 256.0
    output_cv: float = 1.0
    day_swing: float = 0.0
    prefix_share: float = 0.0
    prefixes: int = 20
    seed: int = 0

    def draw(self) -> Traffic:
        """Draw the traffic; ValueError for a wrong argument."""
        rate = _checks.single_positive("rate_per_s", self.rate_per_s)
        count = _checks.single_count("requests", self.requests)
        swing = float(_checks.probability("day_swing", self.day_swing))
        rng = np.random.default_rng(_checks.single_count("seed", self.seed, 0))
        busy_s = np.cumsum(self._gaps(rng, count)) / rate
        arrivals = _by_day(busy_s - busy_s[0], count / rate, swing)
        prompts = _lengths(rng, "input", self.input_tokens, self.input_cv, count)
        replies = _lengths(rng, "output", self.output_tokens, self.output_cv, count)
        return Traffic(arrivals, prompts, replies, *self._beginnings(rng, prompts))

    def _gaps(self, rng: np.random.Generator, count: int) -> Times:
        spread = _checks.single_non_negative("burstiness", self.burstiness)
        if spread == 0:
            return np.ones(count)
        return rng.gamma(spread**-2, spread**2, count)

    def _beginnings(
        self, rng: np.random.Generator, prompts: Counts
    ) -> tuple[Counts, Counts] | tuple[None, None]:
        share = float(_checks.probability("prefix_share", self.prefix_share))
        if not share:
            return None, None
        number = _checks.single_count("prefixes", self.prefixes)
        ids = rng.integers(number, size=len(prompts)).astype(np.int64)
        common = int(share * float(np.mean(prompts)))
        return ids, np.minimum(prompts, common)


def _by_day(busy_s: Times, duration_s: float, swing: float) -> Times:
    """Bend time so that a steady rate becomes one that swings once, lowest at both ends."""
    if swing == 0:
        return busy_s
    at = np.linspace(0.0, duration_s, WARP_POINTS)
    turn = 2 * pi / duration_s
    arrived = at - swing * np.sin(turn * at) / turn  # integral of 1 - swing * cos(turn * t)
    bent = np.interp(busy_s, arrived, at)
    return np.where(busy_s <= duration_s, bent, busy_s)


def _lengths(rng: np.random.Generator, name: str, mean: float, cv: float, count: int) -> Counts:
    tokens = _checks.single_positive(f"{name}_tokens", mean)
    spread = _checks.single_non_negative(f"{name}_cv", cv)
    drawn = np.full(count, tokens)
    if spread:
        sigma = sqrt(log(1 + spread * spread))
        drawn = tokens * np.exp(sigma * rng.standard_normal(count) - sigma * sigma / 2)
    return np.clip(np.round(drawn), 1, LONGEST_TOKENS).astype(np.int64)


@dataclass(frozen=True)
class Example:
    """Traffic like that of a public trace, made by us: log-normal lengths of its quantiles.

    Attributes
    ----------
    name, source
        Of the trace, and who published it.
    rate_per_s, requests, burstiness
        As in ``Synthetic``.
    input_median, input_p90, output_median, output_p90
        Tokens of a prompt and of a reply: half of the trace's are below the first, nine in ten
        below the second.
    """

    name: str
    source: str
    rate_per_s: float
    requests: int
    burstiness: float
    input_median: float
    input_p90: float
    output_median: float
    output_p90: float

    def settings(self, requests: int | None = None, seed: int = 0) -> Synthetic:
        """Return the statistics from which the example is drawn."""
        input_sigma = log(self.input_p90 / self.input_median) / NORMAL_P90
        output_sigma = log(self.output_p90 / self.output_median) / NORMAL_P90
        return Synthetic(
            rate_per_s=self.rate_per_s,
            requests=requests or self.requests,
            burstiness=self.burstiness,
            input_tokens=self.input_median * exp(input_sigma**2 / 2),
            input_cv=_cv(input_sigma),
            output_tokens=self.output_median * exp(output_sigma**2 / 2),
            output_cv=_cv(output_sigma),
            seed=seed,
        )


def _cv(sigma: float) -> float:
    return sqrt(exp(sigma * sigma) - 1)


# Read off the published files with ``read_trace``. Azure 2023, both of November 16, 2023:
# data/AzureLLMInferenceTrace_{conv,code}.csv of github.com/Azure/AzurePublicDataset at b469a11,
# described by Patel et al. 2024, Splitwise (ISCA). Mooncake:
# FAST25-release/traces/conversation_trace.jsonl of github.com/kvcache-ai/Mooncake at 3b5a594,
# described by Qin et al. 2025 (FAST). That lengths are log-normal is an assumption: their means are
# 1,372, 2,385 and 12,300 tokens in, and 199, 24 and 382 out; in the files 1,155, 2,048 and 12,035,
# and 211, 28 and 343. Burstiness is the root of variance over mean of the arrivals in a second
# (chat, code), or in a minute (Mooncake's times are multiples of 3 s). Over longer times both of
# Azure's swing more: in a minute it would be 4 and 13.
EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "chat": Example("Azure 2023", "Patel et al. 2024", 5.53, 19_366, 1.2, 1020, 2735, 129, 424),
        "code": Example("Azure 2023", "Patel et al. 2024", 2.57, 8_819, 3.6, 1469, 5188, 13, 55),
        "long": Example("Mooncake", "Qin et al. 2025", 3.40, 12_031, 1.7, 6909, 27_367, 350, 597),
    }
)


def example(key: str, requests: int | None = None, seed: int = 0) -> Traffic:
    """Draw one of ``EXAMPLES``; ValueError lists them."""
    return EXAMPLES[_checks.choice("key", key, EXAMPLES)].settings(requests, seed).draw()
