"""Short derivations for the Math Peek, with the reader's own numbers."""

from __future__ import annotations

from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula
from labpy.models.economics import cost_per_million_tokens
from labpy.models.kv_cache import bytes_per_token
from labpy.models.registry import LanguageModel, dtype_bytes
from labpy.models.speculative import expected_tokens
from labpy.words import Amount, amounts, msg, say

HOUR_S = 3600


def kv_bytes(model: LanguageModel, kv_dtype: str) -> Formula:
    """Bytes of KV cache that a token takes: a key and a value for each head of each layer."""
    letters = [m.num("2"), m.op("·"), m.ident("L"), m.op("·"), m.ident("h")]
    return Formula(
        msg("derived-kv"),
        m.math(m.ident("m"), m.op("="), *letters, m.op("·"), m.ident("d"), m.op("·"), m.ident("b")),
        msg(
            "derived-kv-numbers",
            layers=model.layers,
            heads=model.kv_heads,
            size=model.head_dim,
            bytes=int(dtype_bytes(kv_dtype)),
            memory=amounts.memory(bytes_per_token(model, kv_dtype)),
        ),
        msg("derived-kv-source"),
    )


def tokens_a_round(acceptance: float, drafts: int) -> Formula:
    """Tokens that a round of speculation brings: each draft counts if all before it are right."""
    bottom = m.row(m.num("1"), m.op("−"), m.ident("a"))
    power = m.sup(m.ident("a"), m.row(m.ident("k"), m.op("+"), m.num("1")))
    return Formula(
        msg("derived-round"),
        m.math(
            m.ident("E"), m.op("="), m.num("1"), m.op("+"), m.ident("a"), m.op("+"), m.op("…"),
            m.op("+"), m.sup(m.ident("a"), m.ident("k")), m.op("="),
            m.frac(m.row(m.num("1"), m.op("−"), power), bottom),
        ),
        msg(
            "derived-round-numbers",
            share=amounts.share(acceptance),
            drafts=drafts,
            tokens=amounts.average(expected_tokens(acceptance, drafts)),
            further=amounts.average(expected_tokens(acceptance, drafts + 1)),
        ),
        msg("derived-round-source"),
    )  # fmt: skip


def million_tokens(price_per_hour_usd: float, tokens_per_s: float, share: float) -> Formula:
    """Dollars for a million tokens, out of the price of an hour.

    Parameters
    ----------
    price_per_hour_usd : of all GPUs together.
    tokens_per_s : at capacity; 0 where nothing can be served.
    share : of the capacity that is planned with.
    """
    hour = m.row(m.num("3600"), m.text(say(msg("derived-second"))))
    per_s = tokens_per_s * share
    numbers = msg("derived-million-none")
    if tokens_per_s > 0:
        numbers = msg(
            "derived-million-numbers",
            price=amounts.money(price_per_hour_usd),
            share=amounts.share(share),
            rate=amounts.tokens_per_s(tokens_per_s),
            millions=amounts.number(per_s * HOUR_S / 1e6),
            cost=amounts.money(float(cost_per_million_tokens(price_per_hour_usd, per_s))),
        )
    return Formula(
        msg("derived-million"),
        m.math(
            m.ident("c"), m.op("="),
            m.frac(
                m.row(m.ident("p"), m.op("·"), m.sup(m.num("10"), m.num("6"))),
                m.row(m.ident("u"), m.op("·"), m.ident("X"), m.op("·"), hour),
            ),
        ),
        numbers,
        msg("derived-million-source"),
    )  # fmt: skip


def knee(load: Amount, capacity: Amount) -> Formula:
    """Where one per cent more load begins to cost more than one per cent of latency.

    Parameters
    ----------
    load, capacity : rates of the knee and of the most that can be finished, of one kind.
    """
    slope = m.frac(
        m.row(m.ident("d"), m.op("ln"), m.ident("R")), m.row(m.ident("d"), m.op("ln"), m.ident("ρ"))
    )
    return Formula(
        msg("derived-knee"),
        m.math(slope, m.op("="), m.num("1")),
        msg(
            "derived-knee-numbers",
            rate=load,
            share=amounts.share(load.value / capacity.value),
            half=amounts.share(0.5),
        ),
        msg("derived-knee-source"),
    )
