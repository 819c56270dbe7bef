"""A ledger as Markdown, in which nothing that a student typed can become markup."""

from __future__ import annotations

import re

from labpy.state.ledger.document import Ledger
from labpy.state.ledger.progress import Missions
from labpy.state.ledger.sections import print_view
from labpy.state.ledger.text import readable_lines

# What starts a span of CommonMark, of GitHub's tables, mentions, maths and struck-out text, or of
# a template language that a site generator may run first.
_INLINE = re.compile(r"[\\`*_\[\]{}|~^$@]")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What starts a block: headings, lists and rules, definitions, underlined headings, numbers.
_BLOCK = re.compile(r"[#+\-=:]")
_NUMBERED = re.compile(r"([0-9]+)([.)])")


def to_markdown(ledger: Ledger, missions: Missions) -> str:
    """Write a ledger as CommonMark: a heading a track and part, a list item a field."""
    blocks = []
    for heading, rows, level in print_view(ledger, missions):
        blocks.append(f"{'#' * level} {escape_line(heading)}\n")
        blocks.append("".join(_item(label, text) for label, text in rows))
    return "\n".join(blocks)


def escape_line(text: str) -> str:
    """Escape a text for the inside of one line; line breaks become spaces."""
    return _escape_inline(" ".join(readable_lines(text)))


def escape_block(text: str) -> str:
    """Escape a text of several lines, which stay lines."""
    lines = [_escape_start(line.rstrip()) for line in readable_lines(text)] or [""]
    broken = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        broken += line + ("\\\n" if line and following else "\n")
    return broken


def _item(label: str, text: str) -> str:
    if len(readable_lines(text)) <= 1:
        return f"- **{escape_line(label)}:** {escape_line(text)}\n"
    quoted = "".join(f"  > {line}".rstrip() + "\n" for line in escape_block(text).split("\n")[:-1])
    return f"- **{escape_line(label)}:**\n\n{quoted}"


def _escape_inline(text: str) -> str:
    escaped = _INLINE.sub(lambda found: "\\" + found[0], text)
    return re.sub("[&<>]", lambda found: _HTML[found[0]], escaped)


def _escape_start(line: str) -> str:
    """Escape one line, its start too; indentation becomes no-break spaces, or it would be code."""
    bare = line.lstrip(" \t")
    indent = "\u00a0" * (len(line) - len(bare))
    escaped = _escape_inline(bare)
    if _BLOCK.match(escaped):
        escaped = "\\" + escaped
    if _NUMBERED.match(escaped):
        escaped = _NUMBERED.sub(r"\1\\\2", escaped, count=1)
    return indent + escaped
