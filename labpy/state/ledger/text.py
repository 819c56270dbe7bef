"""What a student typed, made fit for a text file."""

from __future__ import annotations

import re

# Control characters that are no white space: no reader shows them, some stop at them.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def readable_lines(text: str) -> list[str]:
    """Split a text into its lines, with a replacement character for each control character."""
    return _CONTROL.sub("\ufffd", text).splitlines()
