"""The formulas on the page about the models, as MathML, by the name that its words use.

Words within a formula come from the book; names such as SRAM, λ or `KV` stay.
"""

from labpy.instruments.telling.mathml import frac, ident, math, num, op, row, sub, sup, text
from labpy.words import msg, say


def _words(words: str) -> str:
    """Write words within a formula, with a space on either side."""
    return row(text(words), "<mspace width='0.35em'/>")


def _name(letter: str, index: str = "") -> str:
    return sub(ident(letter), f"<mtext>{index}</mtext>") if index else ident(letter)


def _equals(left: str, *right: str) -> str:
    return math(left, op("="), *right)


def _minus(left: str, right: str) -> str:
    return row(left, op("−"), right)


def _bracket(*inner: str) -> str:
    return row(op("("), *inner, op(")"))


def _root(*inner: str) -> str:
    return f"<msqrt>{row(*inner)}</msqrt>"


_RHO, _ALPHA, _BETA = ident("ρ"), ident("α"), ident("β")


def formulas() -> dict[str, str]:
    """Write every formula in the language in force."""
    return {
        "queue": _equals(
            _name("W", "P99"),
            frac(
                row(ident("ln"), "<mspace width='0.2em'/>", num("100")),
                row(ident("μ"), op("−"), ident("λ")),
            ),
            _words(say(msg("formula-for-m-m-1-the-mean-wait-of-m-g-1-is"))),
            _name("W", "q"),
            op("="),
            frac(row(_RHO, ident("s")), _minus(num("1"), _RHO)),
            frac(row(num("1"), op("+"), sup(ident("c"), num("2"))), num("2")),
        ),
        "batch": _equals(
            row(ident("t"), _bracket(ident("b"))),
            sub(ident("t"), num("0")),
            op("+"),
            row(ident("b"), sub(ident("t"), num("1"))),
            op(","),
            _words(say(msg("formula-capacity"))),
            op("="),
            frac(
                ident("B"),
                row(sub(ident("t"), num("0")), op("+"), ident("B"), sub(ident("t"), num("1"))),
            ),
        ),
        "step": _equals(
            _name("t", say(msg("formula-step"))),
            _root(
                sup(_name("t", say(msg("formula-weights"))), num("2")),
                op("+"),
                sup(_name("t", say(msg("formula-compute"))), num("2")),
            ),
            op("+"),
            _name("t", "KV"),
            op("+"),
            row(num("2"), ident("L"), _name("t", say(msg("formula-all-reduce")))),
            op("+"),
            _name("t", say(msg("formula-overhead"))),
        ),
        "closed": _equals(
            _name("t", say(msg("formula-token"))),
            _name("t", say(msg("formula-step"))),
            _bracket(ident("b")),
            op("+"),
            frac(
                row(ident("b"), _name("t", say(msg("formula-prefill")))),
                _name("n", say(msg("formula-output"))),
            ),
        ),
        "sharing": _equals(
            row(ident("p"), _bracket(ident("n"))),
            text("∝"),
            frac(
                sup(ident("λ"), ident("n")),
                row(ident("μ"), _bracket(num("1")), op("⋯"), ident("μ"), _bracket(ident("n"))),
            ),
        ),
        "reduce": _equals(
            ident("t"),
            row(_ALPHA, sub(ident("log"), num("2")), ident("p")),
            op("+"),
            frac(row(num("2"), _bracket(_minus(ident("p"), num("1")))), ident("p")),
            frac(ident("n"), _BETA),
        ),
        "bubble": _equals(
            ident("t"),
            _bracket(row(ident("m"), op("+"), ident("p"), op("−"), num("1"))),
            _name("t", say(msg("formula-stage"))),
        ),
        "cache": _equals(
            text(say(msg("formula-bytes-a-token"))),
            row(
                num("2"),
                ident("L"),
                _name("h", "KV"),
                ident("d"),
                text(say(msg("formula-bytes-a-number"))),
            ),
        ),
        "speculative": _equals(
            row(ident("E"), _bracket(text(say(msg("formula-tokens"))))),
            frac(
                _minus(num("1"), sup(ident("a"), row(ident("γ"), op("+"), num("1")))),
                _minus(num("1"), ident("a")),
            ),
        ),
        "fan_out": _equals(
            ident("P"),
            _minus(num("1"), sup(_bracket(_minus(num("1"), ident("p"))), ident("n"))),
        ),
        "hedged": _equals(
            row(ident("P"), _bracket(row(ident("T"), op(">"), ident("t")))),
            _bracket(_minus(num("1"), row(ident("F"), _bracket(ident("t"))))),
            _bracket(_minus(num("1"), row(ident("F"), _bracket(_minus(ident("t"), ident("d")))))),
        ),
        "frame": _equals(
            _name("t", say(msg("formula-frame"))),
            _name("t", say(msg("formula-glasses"))),
            op("+"),
            _name("t", say(msg("formula-queue"))),
            op("+"),
            _ALPHA,
            op("+"),
            frac(ident("n"), _BETA),
            op("+"),
            _name("t", say(msg("formula-node"))),
        ),
        "power": _equals(
            ident("P"),
            _name("P", say(msg("formula-idle"))),
            op("+"),
            frac(
                _name("E", say(msg("formula-batch"))),
                text(say(msg("formula-time-between-batches"))),
            ),
            op("+"),
            row(ident("λ"), _name("E", say(msg("formula-request")))),
        ),
        "streams": _equals(
            text(say(msg("formula-streams"))),
            frac(
                _minus(
                    text("SRAM"),
                    row(
                        text(say(msg("formula-weights"))),
                        op("+"),
                        text(say(msg("formula-scratch"))),
                    ),
                ),
                text(say(msg("formula-state-of-one-stream"))),
            ),
        ),
        "dram": _equals(
            _name("t", say(msg("formula-read"))),
            frac(
                text(say(msg("formula-bytes-read"))), row(_BETA, _bracket(_minus(num("1"), _RHO)))
            ),
        ),
        "cost": _equals(
            text(say(msg("formula-serving-over-training"))),
            frac(
                row(
                    text(say(msg("formula-users"))),
                    op("×"),
                    text(say(msg("formula-requests-a-day"))),
                    op("×"),
                    num("365"),
                    op("×"),
                    text(say(msg("formula-years"))),
                    op("×"),
                    text(say(msg("formula-cost-of-a-request"))),
                ),
                text(say(msg("formula-cost-of-training"))),
            ),
        ),
    }
