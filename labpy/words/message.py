"""What is to be said, before it is said: a key of the book with the values that go into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from labpy.words.amounts import Amount


@dataclass(frozen=True)
class Message:
    """A message of the book by its key, and what stands for each of its placeholders."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash by key and values, so that what was said can be kept."""
        return hash((self.key, tuple(sorted(self.values.items(), key=lambda item: item[0]))))


@dataclass(frozen=True)
class Listed:
    """Several things one after the other: "a", "a and b", "a, b and c", as the language does."""

    items: tuple[Value, ...]


# A text is a name that no language changes (a model's, a person's) or was typed by the reader; a
# plain int is a count.
Value = Message | Listed | Amount | str | int


def msg(key: str, /, **values: Value) -> Message:
    """Make a message: `msg("queue-length", requests=count(3))`."""
    return Message(key, values)
