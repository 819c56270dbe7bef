"""Common beginnings of prompts from the hashes of their blocks, as Mooncake's traces have them.

A block is BLOCK_TOKENS of a prompt, and its hash stands for all that comes before it too, so equal
hashes are equal beginnings (github.com/kvcache-ai/Mooncake, FAST25-release/README.md). The
simulator knows a prefix as one entry, by its id, of which each request uses the first so many
tokens. So the tree of all prompts is cut into chains: a prompt that goes on where another's shared
blocks end belongs to the other's chain, one that branches off begins a chain of its own, and what
it has in common with the first is not found for it. Never is more found than there is; of the
tokens that an endless cache would find, 96% are in Mooncake's conversations, 94% in its synthetic
trace.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

BLOCK_TOKENS = 512


def chains(hashes: Counts, blocks: Counts, prompts: Counts) -> tuple[Counts, Counts] | None:
    """Return each request's prefix id and tokens, as ``Traffic`` has them; None if none is shared.

    Parameters
    ----------
    hashes
        Of all blocks of all requests, one request after the other, in the order of arrival.
    blocks
        How many of them each request has, shape (requests,).
    prompts
        Tokens of each prompt, shape (requests,).
    """
    _, block, uses = np.unique(hashes, return_inverse=True, return_counts=True)
    shared = (uses[block] > 1).tolist()
    if not any(shared):
        return None
    ids = np.full(len(blocks), -1, dtype=np.int64)
    tokens = np.zeros(len(blocks), dtype=np.int64)
    chain_of: dict[int, int] = {}  # by block
    tip_of: list[int] = []  # last block of each chain
    for request, path in enumerate(_paths(block.tolist(), shared, blocks.tolist())):
        if path:
            ids[request] = _chain(path, chain_of, tip_of)
            tokens[request] = BLOCK_TOKENS * len(path)
    return ids, np.minimum(tokens, prompts)


def _paths(block: list[int], shared: list[bool], blocks: list[int]) -> Iterator[list[int]]:
    """Give each request's blocks up to the last that another has too."""
    end = 0
    for count in blocks:
        start, end = end, end + count
        last = end
        while last > start and not shared[last - 1]:
            last -= 1
        yield block[start:last]


def _chain(path: list[int], chain_of: dict[int, int], tip_of: list[int]) -> int:
    known = 0
    while known < len(path) and path[known] in chain_of:
        known += 1
    before = path[known - 1] if known else -1
    if known == len(path):
        return chain_of[before]
    if known and tip_of[chain_of[before]] == before:
        chain = chain_of[before]
    else:
        chain = len(tip_of)
        tip_of.append(before)
    for each in path[known:]:
        chain_of[each] = chain
    tip_of[chain] = path[-1]
    return chain


def found_share(ids: Counts, tokens: Counts, prompts: Counts) -> float:
    """Share of all prompt tokens that one endless cache would find."""
    longest: dict[int, int] = {}
    found = 0
    for prefix, length in zip(ids.tolist(), tokens.tolist(), strict=True):
        if prefix >= 0:
            cached = longest.get(prefix, 0)
            found += min(cached, length)
            longest[prefix] = max(cached, length)
    return found / int(prompts.sum())
