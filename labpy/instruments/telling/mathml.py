"""A few builders for MathML, enough for the lab's formulas; text is always escaped."""

from __future__ import annotations

from html import escape

# A node is a str of finished MathML; plain text enters only by ident(), num() and text().


def ident(name: str) -> str:
    """Write a variable."""
    return f"<mi>{escape(name)}</mi>"


def num(written: str) -> str:
    """Write a number, as it was written in figures or said by the book."""
    return f"<mn>{escape(written)}</mn>"


def text(words: str) -> str:
    """Write words or a unit in upright letters, with a space before."""
    return f"<mspace width='0.25em'/><mtext>{escape(words)}</mtext>"


def op(sign: str) -> str:
    """Write an operator."""
    return f"<mo>{escape(sign)}</mo>"


def row(*nodes: str) -> str:
    """Put nodes in one row."""
    return f"<mrow>{''.join(nodes)}</mrow>"


def frac(top: str, bottom: str) -> str:
    """Write a fraction."""
    return f"<mfrac>{row(top)}{row(bottom)}</mfrac>"


def sub(base: str, index: str) -> str:
    """Write a subscript."""
    return f"<msub>{base}{row(index)}</msub>"


def sup(base: str, exponent: str) -> str:
    """Write a superscript."""
    return f"<msup>{base}{row(exponent)}</msup>"


def math(*nodes: str) -> str:
    """Close the nodes into a displayed formula."""
    return f'<math display="block">{row(*nodes)}</math>'
