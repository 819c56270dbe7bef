"""How much of the memory holds tokens under each allocator, in closed form."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.registry import LanguageModel, dtype_bytes, language_model

ALLOCATORS = ("contiguous_max", "contiguous_pow2", "contiguous_oracle", "paged")

Array = NDArray[np.float64]


def bytes_per_token(model: LanguageModel | str, kv_dtype: str = "bf16") -> float:
    """Bytes of KV cache that one token takes in all layers.

    Parameters
    ----------
    model
        A record of the registry, or its key.
    kv_dtype
        Type of the cached numbers: bf16, fp16, fp8, ...

    Notes
    -----
    ``2 * layers * kv_heads * head_dim * bytes``: keys and values. With grouped-query attention the
    KV heads count, not the query heads, so never ``hidden``.

    Examples
    --------
    >>> bytes_per_token("opt-13b"), bytes_per_token("llama-3-70b")
    (819200.0, 327680.0)
    >>> round(128 * 1024 * bytes_per_token("llama-3-70b") / 1e9, 1)  # GB for 128 Ki tokens
    42.9
    """
    record = language_model(model) if isinstance(model, str) else model
    return 2.0 * record.layers * record.kv_heads * record.head_dim * dtype_bytes(kv_dtype)


@dataclass(frozen=True)
class CachePlan:
    """What the memory holds when as many requests run as it admits.

    The six fractions add up to 1.

    Attributes
    ----------
    concurrent_requests
        Requests in the cache at once, whole.
    mean_concurrent_requests
        The same before rounding down: a mean over the sample of lengths.
    token_state_fraction
        Slots that hold keys and values of a token now.
    reserved_fraction
        Slots that the request will fill later, held from the start.
    internal_fragmentation_fraction
        Slots held for a request that it will never fill.
    external_fragmentation_fraction
        Slots that nobody can use: the rounding of the allocator, and holes too small for the next
        request.
    free_fraction
        Slots that the next request could use in part, and the watermark that is kept free.
    allocator
        Which of ``ALLOCATORS``.
    """

    concurrent_requests: int
    mean_concurrent_requests: float
    token_state_fraction: float
    reserved_fraction: float
    internal_fragmentation_fraction: float
    external_fragmentation_fraction: float
    free_fraction: float
    allocator: str


def running_requests(
    prompt_tokens: ArrayLike, output_tokens: ArrayLike, size: int = 8192, seed: int = 0
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Sample what a look at the server finds: long outputs more often, each part of the way.

    A request runs as long as its output takes, so the running ones are a sample weighted by
    output length (the inspection paradox), each at a uniformly random point of its output.

    Parameters
    ----------
    prompt_tokens, output_tokens
        Lengths of the arriving requests, shape (requests,).
    size
        Requests to draw.
    seed
        Seed of the draw.

    Returns
    -------
    prompt, held, final
        Tokens of the prompt, tokens held now, and tokens at the end; each of shape (size,).

    Examples
    --------
    >>> prompt, held, final = running_requests([10, 10], [100, 300])
    >>> bool(255 < final.mean() < 265)  # not 210: three of four running requests are long ones
    True
    """
    prompt = _checks.count("prompt_tokens", prompt_tokens).ravel()
    output = _checks.count("output_tokens", output_tokens).ravel()
    prompt, output = np.broadcast_arrays(prompt, output)
    size = _checks.single_count("size", size)
    rng = np.random.default_rng(seed)
    drawn = rng.choice(prompt.size, size, p=output / output.sum())
    done = np.floor(rng.random(size) * (output[drawn] + 1)).astype(int)
    return prompt[drawn], prompt[drawn] + done, prompt[drawn] + output[drawn]


def plan(
    request_tokens: ArrayLike,
    max_tokens: int,
    budget_bytes: float,
    bytes_per_token: float,
    allocator: str,
    block_tokens: int = 16,
    *,
    held_tokens: ArrayLike | None = None,
    prompt_tokens: ArrayLike = 0,
    watermark: float = 0.0,
) -> CachePlan:
    """Fill the memory with requests until the next does not fit, and say what it holds.

    Parameters
    ----------
    request_tokens
        Tokens of a request at its end, prompt and output: one number, or a sample of shape
        (requests,) from which running requests are like.
    max_tokens
        The longest request that the server allows.
    budget_bytes
        Memory for the KV cache.
    bytes_per_token
        See :func:`bytes_per_token`.
    allocator
        ``"contiguous_max"`` reserves ``max_tokens`` for everyone. ``"contiguous_pow2"`` knows the
        output's length up to the next power of two, ``"contiguous_oracle"`` knows it exactly.
        These three take contiguous chunks of a buddy allocator, whose sizes are powers of two (as
        Kwon et al. did for Orca); ``contiguous_max`` takes slots of one size, hence no rounding.
        ``"paged"`` takes blocks of ``block_tokens`` as the tokens come, anywhere.
    block_tokens
        Tokens in a block of ``"paged"``.
    held_tokens
        Tokens held now, at most ``request_tokens``; by default all of them, so that nothing is
        reserved for later.
    prompt_tokens
        Part of the request that is known at the start; ``"contiguous_pow2"`` rounds up the rest.
    watermark
        Share of the blocks that ``"paged"`` keeps free for growth (0.01 in vLLM).

    Returns
    -------
    CachePlan
        For a sample, requests are taken in its order from each possible first one, and the counts
        are averaged.

    Raises
    ------
    ValueError
        If an argument is out of its range or a request is longer than ``max_tokens``.

    Notes
    -----
    Against figure 2 of Kwon et al. 2023 (token states 20.4%, 26.8%, 38.2%, 96.3%), for OPT-13B in
    15,700 slots with running requests like :func:`sharegpt_trace`: 20.2, 31.2, 42.0 and 95.2%. The
    spread of the outputs is chosen to meet the first; the others follow. The two buddy allocators
    come out too high, since the closed form fills the memory afresh and does not know the holes
    that departures leave between chunks: :func:`simulate_cache` has them, and gives 19.6, 29.2,
    39.1 and 97.3% (``docs/models.md``).

    Examples
    --------
    One request of 418 tokens in slots of 2,048 uses a fifth of what it holds:

    >>> slots = plan(418, 2048, 2048 * 10 * 819200, 819200, "contiguous_max")
    >>> slots.concurrent_requests, round(slots.token_state_fraction, 3)
    (10, 0.204)
    >>> pages = plan(418, 2048, 2048 * 10 * 819200, 819200, "paged")
    >>> pages.concurrent_requests, round(pages.token_state_fraction, 3)
    (47, 0.959)
    """
    final = _checks.count("request_tokens", request_tokens).ravel()
    limit = _checks.single_count("max_tokens", max_tokens)
    budget = _checks.single_positive("budget_bytes", budget_bytes)
    per_token = _checks.single_positive("bytes_per_token", bytes_per_token)
    _checks.choice("allocator", allocator, ALLOCATORS)
    block = _checks.single_count("block_tokens", block_tokens)
    if (final > limit).any():
        raise ValueError(f"request_tokens must be at most max_tokens ({limit}), got {final.max()}")
    held = final if held_tokens is None else _checks.count("held_tokens", held_tokens).ravel()
    prompt = _checks.count("prompt_tokens", prompt_tokens, 0).ravel()
    final, held, prompt = np.broadcast_arrays(final, held, prompt)
    if (held > final).any():
        raise ValueError("held_tokens must be at most request_tokens")
    if (prompt > final).any():
        raise ValueError("prompt_tokens must be at most request_tokens")
    kept_free = float(_checks.probability("watermark", watermark))
    slots = np.floor(budget / per_token)
    if allocator == "paged":
        pages = np.floor(slots / block) * block
        needs = held  # a page more at each page's end; the reserve is nobody's yet
        taken = np.ceil(held / block) * block
        capacity = np.floor(pages * (1.0 - kept_free) / block) * block
        reserve = taken
    else:
        reserve, taken = _contiguous(final, prompt, limit, allocator)
        needs, capacity = final, slots
    return _filled(held, needs, reserve, taken, capacity, slots, allocator)


def _contiguous(final: Array, prompt: Array, limit: int, allocator: str) -> tuple[Array, Array]:
    """Slots reserved for a request, and slots of the chunk that they come in."""
    if allocator == "contiguous_max":
        whole = np.full(final.shape, float(limit))
        return whole, whole
    if allocator == "contiguous_pow2":
        reserve = np.minimum(prompt + _next_power_of_two(final - prompt), float(limit))
    else:
        reserve = final.astype(float)
    return reserve, _next_power_of_two(reserve)


def _next_power_of_two(value: Array) -> Array:
    return np.where(value > 0, 2.0 ** np.ceil(np.log2(np.maximum(value, 1))), 0.0)


def _filled(
    held: Array,
    needs: Array,
    reserve: Array,
    taken: Array,
    capacity: float,
    slots: float,
    name: str,
) -> CachePlan:
    """Fill ``capacity`` slots from every start in the sample, and average."""
    requests, sums = _fill(capacity, taken, (held, needs - held, reserve - needs, taken - reserve))
    token, reserved, internal, rounding = sums / max(slots, 1.0)
    left = 1.0 - token - reserved - internal - rounding
    paged = name == "paged"
    return CachePlan(
        concurrent_requests=int(np.floor(requests + 1e-9)),
        mean_concurrent_requests=requests,
        token_state_fraction=float(token),
        reserved_fraction=float(reserved),
        internal_fragmentation_fraction=float(internal),
        external_fragmentation_fraction=float(rounding if paged else rounding + left),
        free_fraction=float(left if paged else 0.0),
        allocator=name,
    )


def _fill(capacity: float, taken: Array, parts: tuple[Array, ...]) -> tuple[float, Array]:
    """Take the sample's requests in order, again and again, while they fit in ``capacity``.

    Returns the number that fit and the sums of ``parts`` over them, averaged over the starts.
    """
    rounds, rest = divmod(capacity, float(taken.sum()))
    first = np.arange(taken.size)
    ends = np.cumsum(np.concatenate((taken, taken)))
    last = np.searchsorted(ends, ends[: taken.size] - taken + rest, side="right")
    sums = []
    for part in parts:
        until = np.concatenate(([0.0], np.cumsum(np.concatenate((part, part)))))
        sums.append(rounds * part.sum() + (until[last] - until[first]).mean())
    return float(rounds * taken.size + (last - first).mean()), np.array(sums)
