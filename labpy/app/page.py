"""The seam between the app and the page it lives in.

The page (plain HTML and a few small scripts) owns what the app can't reach from a worker: the
storage, the clock of the reader, the text of the document. The app tells the page facts; the
page tells the app what the student did. `protocol.toml` declares both.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from labpy.app import protocol

Message = dict[str, Any]


class Page(ABC):
    """Somewhere that facts can be told to."""

    def tell(self, kind: str, **facts: Any) -> None:
        """Send one message; `facts` must be JSON (no NaN, no infinity).

        Raises
        ------
        ProtocolError
            When the protocol has no such message.
        """
        message = {"kind": kind, **facts}
        protocol.check("from_app", message)
        self.send(message)

    @abstractmethod
    def send(self, message: Message) -> None:
        """Bring one message, which was checked, to the page."""


class RecordingPage(Page):
    """A page that only remembers what it was told: for tests and notebooks."""

    def __init__(self) -> None:
        self.told: list[Message] = []

    def send(self, message: Message) -> None:
        """Remember the message."""
        self.told.append(message)

    def last(self, kind: str) -> Message:
        """Give the newest message of a kind; LookupError when there is none."""
        for message in reversed(self.told):
            if message["kind"] == kind:
                return message
        raise LookupError(f"the page was never told {kind!r}")


class SilentPage(Page):
    """A page where nobody listens: while a snapshot is prepared."""

    def send(self, message: Message) -> None:
        """Forget it."""
