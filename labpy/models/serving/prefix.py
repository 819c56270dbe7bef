"""Prefix caching: how often the beginning of a prompt is still in the KV cache.

A cache that evicts the least recently used holds whatever has been asked for within its
characteristic time (Che, Tung and Wang 2002; for sizes that differ, and why it is so exact,
Fricker, Robert and Roberts 2012).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.queueing.result import bisect

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PrefixHits:
    """How often prefixes are found in the cache.

    ``hit_probability`` has one entry per prefix; ``hit_rate`` is the share of requests that hit,
    ``token_hit_rate`` the share of prefix tokens that need no prefill. ``requests_in_cache`` is
    the characteristic time, counted in requests to one replica: ``inf`` if everything fits.
    """

    hit_probability: Array
    hit_rate: float
    token_hit_rate: float
    requests_in_cache: float


def zipf_popularity(prefixes: int, exponent: float = 1.0) -> Array:
    """Share of requests with each of ``prefixes``: the k-th as often as ``k ** -exponent``.

    >>> zipf_popularity(3, 1.0).round(2)
    array([0.55, 0.27, 0.18])
    """
    count = _checks.single_count("prefixes", prefixes)
    power = _checks.single_non_negative("exponent", exponent)
    weight = np.arange(1.0, count + 1) ** -power
    return weight / weight.sum()


def prefix_hits(
    popularity: ArrayLike,
    prefix_tokens: ArrayLike,
    cache_tokens: float,
    replicas: int = 1,
    router: str = "random",
) -> PrefixHits:
    """Hits of a least recently used cache of prefixes in each replica.

    Parameters
    ----------
    popularity
        Share of requests with each prefix, shape (prefixes,); it adds up to at most 1, the rest
        being requests without one.
    prefix_tokens
        Length of each, broadcast against ``popularity``.
    cache_tokens
        Tokens of one replica's KV cache that running requests leave to prefixes.
    replicas, router
        With ``"random"`` or ``"round_robin"`` each replica sees, and caches, the same prefixes.
        With ``"prefix"`` each sees its own, an equal part: as good as one cache of the size of all.

    Raises
    ------
    ValueError
        For a wrong argument.

    Notes
    -----
    Requests are independent of each other: no bursts of one prefix, no prefixes that go out of
    fashion. Under that, hits are within 0.01 of a simulated cache. Running requests leave more
    room at one time than at another, and a prefix in use is never evicted: ``simulate_fleet`` has
    both. A prefix longer than the cache never hits.

    Examples
    --------
    Forty system prompts, a cache for ten in each of four replicas: the router decides.

    >>> shares = zipf_popularity(40, 0.8)
    >>> for router in ("random", "prefix"):
    ...     print(router, round(prefix_hits(shares, 2000, 20_000, 4, router).hit_rate, 2))
    random 0.44
    prefix 1.0
    """
    share = _checks.non_negative("popularity", popularity)
    if share.ndim != 1 or not 0 < share.sum() <= 1 + 1e-9:
        raise ValueError("popularity must be a list of shares that adds up to at most 1")
    tokens = _checks.non_negative("prefix_tokens", prefix_tokens)
    if tokens.shape not in ((), share.shape):
        raise ValueError("prefix_tokens must be one number, or as many as popularity has")
    tokens = np.broadcast_to(tokens, share.shape)
    room = _checks.single_non_negative("cache_tokens", cache_tokens)
    count = _checks.single_count("replicas", replicas)
    _checks.choice("router", router, ("random", "round_robin", "prefix"))
    total = room * count if router == "prefix" else room
    fits = tokens <= room
    kept = np.where(fits, tokens, 0.0)
    time = _characteristic_requests(share, kept, total)
    hit = np.where(fits & (share > 0), -np.expm1(-share * time), 0.0)
    asked = float(share.sum())
    per_replica = time / count if router == "prefix" else time
    return PrefixHits(
        hit_probability=hit,
        hit_rate=min(float(share @ hit) / asked, 1.0),
        token_hit_rate=min(float((share * tokens) @ hit) / max(float(share @ tokens), 1e-300), 1.0),
        requests_in_cache=per_replica,
    )


def _characteristic_requests(share: Array, tokens: Array, room: float) -> float:
    """Requests after which a prefix has gone if nobody asked for it again."""
    asked = share > 0
    if tokens[asked].sum() <= room:
        return float("inf")

    def spare(log_time: Array) -> Array:
        return room + (tokens * np.expm1(-share * np.exp(log_time))).sum()

    return float(np.exp(bisect(spare, np.array(-50.0), np.array(50.0), 80)))
