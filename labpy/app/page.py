"""The seam between the app and the page it lives in.

The page (plain HTML and a few small scripts) owns what the app can't reach from a worker: the
storage, the clock of the reader, the text of the document. The app tells the page facts; the
page tells the app what the student did.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

Message = dict[str, Any]


class Page(ABC):
    """Somewhere that facts can be told to."""

    @abstractmethod
    def tell(self, kind: str, **facts: Any) -> None:
        """Send one message; `facts` must be JSON (no NaN, no infinity)."""


class RecordingPage(Page):
    """A page that only remembers what it was told: for tests and notebooks."""

    def __init__(self) -> None:
        self.told: list[Message] = []

    def tell(self, kind: str, **facts: Any) -> None:
        """Remember the message."""
        self.told.append({"kind": kind, **facts})

    def last(self, kind: str) -> Message:
        """Give the newest message of a kind; LookupError when there is none."""
        for message in reversed(self.told):
            if message["kind"] == kind:
                return message
        raise LookupError(f"the page was never told {kind!r}")
