"""Drafts on the glasses, verified at the node: one alpha for several tokens."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.speculative import expected_tokens

Array = NDArray[np.float64]


@dataclass(frozen=True)
class DraftedDecoding:
    """A round of drafting and verifying; fields broadcast.

    Attributes
    ----------
    draft_s, network_s, verify_s, round_s
        Time on the glasses, alpha and bytes, time at the node, and their sum.
    tokens_per_round
        Mean tokens that a round yields.
    tpot_s
        Mean time per output token.
    plain_tpot_s
        The same if the node decodes each token for the glasses, with an exchange for each.
    speedup
        ``plain_tpot_s / tpot_s``; below 1 drafting loses.
    """

    draft_s: Array
    network_s: Array
    verify_s: Array
    round_s: Array
    tokens_per_round: Array
    tpot_s: Array
    plain_tpot_s: Array
    speedup: Array


def drafted_decoding(
    acceptance: ArrayLike,
    draft_tokens: ArrayLike,
    draft_token_s: ArrayLike,
    alpha_s: ArrayLike,
    verify_s: ArrayLike,
    verify_token_s: ArrayLike = 0.0,
    token_bytes: ArrayLike = 4.0,
    bandwidth_bytes_per_s: ArrayLike = 75e6,
) -> DraftedDecoding:
    """Time per token if the glasses draft ``draft_tokens`` and the node verifies them at once.

    Parameters
    ----------
    acceptance
        Probability that a drafted token is accepted, each independently of the others.
    draft_tokens
        Drafts in a round, whole, at least 0; with 0 the node decodes token by token.
    draft_token_s
        Time of a draft on the glasses.
    alpha_s
        Start-up of the exchange: its mean for a mean time per token.
    verify_s, verify_token_s
        Time of a step of the node's model, and what each further position adds to it.
    token_bytes, bandwidth_bytes_per_s
        Bytes of a token on the air (in both directions) and the rate of the channel.

    Notes
    -----
    ``(k * draft + alpha + bytes / beta + verify) / E[tokens]``; expected tokens by Leviathan et
    al. 2023, equation 1. With drafts that cost nothing, k -> infinity divides alpha by
    ``1 / (1 - acceptance)`` and no more: drafts hide a start-up, they don't remove it.

    Examples
    --------
    >>> one = drafted_decoding(0.8, [0, 4], 0.002, alpha_s=0.010, verify_s=0.005)
    >>> one.tpot_s.round(4).tolist(), one.speedup.round(2).tolist()
    ([0.015, 0.0068], [1.0, 2.19])
    """
    drafts = _checks.count("draft_tokens", draft_tokens, 0)
    draft_token = _checks.non_negative("draft_token_s", draft_token_s)
    alpha = _checks.non_negative("alpha_s", alpha_s)
    verify = _checks.positive("verify_s", verify_s)
    further = _checks.non_negative("verify_token_s", verify_token_s)
    size = _checks.non_negative("token_bytes", token_bytes)
    rate = _checks.positive("bandwidth_bytes_per_s", bandwidth_bytes_per_s)
    tokens = np.asarray(expected_tokens(acceptance, drafts))
    draft = drafts * draft_token
    network = alpha + (drafts + 1) * size / rate
    check = verify + drafts * further
    total = draft + network + check
    plain = alpha + size / rate + verify
    fields = np.broadcast_arrays(
        draft, network, check, total, tokens, total / tokens, plain, plain * tokens / total
    )
    return DraftedDecoding(*(np.array(values) for values in fields))


def best_draft_tokens(
    acceptance: float,
    draft_token_s: float,
    alpha_s: float,
    verify_s: float,
    verify_token_s: float = 0.0,
    limit: int = 32,
) -> int:
    """Drafts from 0 to ``limit`` with the least time per token: the larger alpha, the more.

    Examples
    --------
    >>> [best_draft_tokens(0.8, 0.002, alpha, 0.005) for alpha in (0.0, 0.003, 0.010, 0.090)]
    [2, 3, 5, 11]
    """
    lengths = np.arange(_checks.single_count("limit", limit, 0) + 1)
    result = drafted_decoding(acceptance, lengths, draft_token_s, alpha_s, verify_s, verify_token_s)
    return int(np.argmin(result.tpot_s))
