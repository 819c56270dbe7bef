"""A language's messages, and the making of sentences out of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from labpy.words import plurals
from labpy.words.amounts import KINDS, Amount, Written, write
from labpy.words.compiled import Messages, Pattern, WordsError, compile_text, merged, placeholders
from labpy.words.message import Listed, Message, Value

FALLBACK = "en"
KEPT = 4096  # sentences that were said are kept, as many as this


def words_root() -> Path:
    """Give the folder of the words: beside the package, or where FLEET_LAB_WORDS says.

    A wheel that was installed has them inside the package.
    """
    if named := os.environ.get("FLEET_LAB_WORDS"):
        return Path(named)
    inside = Path(__file__).parents[1] / "shipped" / "words"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "words"


def languages() -> tuple[str, ...]:
    """List the languages that there are words in."""
    root = words_root()
    folders = {path.name for path in root.iterdir() if path.is_dir()}
    return tuple(sorted(folders | {path.stem for path in root.glob("*.json")}))


class Book:
    """All messages of one language.

    Parameters
    ----------
    language : its code, such as "en"; it is what `<html lang>` says.
    messages : patterns by key, as `labpy.words.compiled` makes them.
    read : gives a Markdown file of the language by its path.
    """

    def __init__(
        self, language: str, messages: Messages, read: Callable[[str], str] | None = None
    ) -> None:
        self.language = language
        self.messages = messages
        self._read = read
        self._plural = plurals.rule(language)
        self._decimal = self._plain("number-decimal", ".")
        self._group = self._plain("number-group", ",")
        self._least_grouped = 10 ** int(self._plain("number-grouping-from-digits", "4")) / 10
        self._said: dict[Message, str] = {}

    def _plain(self, key: str, default: str) -> str:
        return self.messages[key][0] if key in self.messages else default

    def __contains__(self, key: str) -> bool:
        return key in self.messages

    def placeholders(self, key: str) -> set[str]:
        """Name the values that a message asks for; WordsError if there is no such message."""
        return placeholders(self._pattern(key))

    def text(self, path: str) -> str:
        """Give a Markdown file of the language, such as missions/cloud/part_1.md.

        Raises
        ------
        WordsError
            If the book has no such file.
        """
        try:
            if self._read:
                return self._read(path)
        except OSError:
            pass
        raise WordsError(f"the book ({self.language}) has no file {path}")

    def _pattern(self, key: str) -> Pattern:
        try:
            return self.messages[key]
        except KeyError:
            raise WordsError(f"the book ({self.language}) has no message {key!r}") from None

    def say(self, value: Value) -> str:
        """Say a message, a list or an amount; a text is itself.

        Raises
        ------
        WordsError
            If the book has no such message, or the message asks for a value that is not given.
        """
        if isinstance(value, str):
            return value
        if isinstance(value, Message):
            return self._message(value)
        if isinstance(value, Listed):
            return self._list(value)
        return self.amount(Amount(float(value), "count") if isinstance(value, int) else value)

    def _message(self, message: Message) -> str:
        kept = self._said.get(message)
        if kept is None:
            if len(self._said) >= KEPT:
                self._said.clear()
            kept = self._said[message] = self._fill(message.key, message.values)
        return kept

    def _list(self, listed: Listed) -> str:
        items = [self.say(each) for each in listed.items]
        if len(items) < 2:
            return "".join(items)
        said = items[0]
        for each in items[1:-1]:
            said = self._fill("list-middle", {"before": said, "after": each})
        return self._fill("list-end", {"before": said, "after": items[-1]})

    def _fill(self, key: str, values: Mapping[str, Value]) -> str:
        return "".join(self._item(item, key, values) for item in self._pattern(key))

    def _item(self, item: Any, key: str, values: Mapping[str, Value]) -> str:
        if isinstance(item, str):
            return item
        if item[0] == "m":
            return self._fill(item[1], values)
        value = self._value(item[1], key, values)
        if item[0] == "v":
            return self.say(value)
        _, _, variants, default = item
        pattern = self._chosen(value, variants, default)
        return "".join(self._item(each, key, values) for each in pattern)

    def _value(self, name: str, key: str, values: Mapping[str, Value]) -> Value:
        try:
            return values[name]
        except KeyError:
            raise WordsError(f"the message {key!r} asks for {name!r}") from None

    def _chosen(self, value: Value, variants: list, default: int) -> Pattern:
        by_key = dict(map(tuple, variants))
        if isinstance(value, str):
            return by_key.get(value, variants[default][1])
        if isinstance(value, int):
            value = Amount(float(value), "count")
        if isinstance(value, Amount):
            shown = write(value).number
            for name in (shown, self._plural(shown)):
                if name in by_key:
                    return by_key[name]
        return variants[default][1]

    def amount(self, amount: Amount) -> str:
        """Write an amount with its unit."""
        written = write(amount)
        return self._fill(written.unit, {"number": self.figures(written)})

    def bare(self, amount: Amount) -> str:
        """Write an amount without its unit; a share keeps its sign."""
        if KINDS[amount.kind].style == "share":
            return self.amount(amount)
        return self.figures(write(amount))

    def figures(self, written: Written) -> str:
        """Write the number of an amount as the language does, without its unit."""
        text = written.number
        sign, text = ("−", text[1:]) if text.startswith("-") else ("", text)
        whole, point, places = text.partition(".")
        if whole and int(whole) >= self._least_grouped:
            whole = f"{int(whole):,}".replace(",", self._group)
        return sign + whole + (self._decimal + places if point else "")


@cache
def load_book(language: str) -> Book:
    """Load a language: ready made (`<language>.json`), or out of its .ftl files.

    Raises
    ------
    WordsError
        If there is no such language, or a file of it can't be read.
    """
    root = words_root()
    ready = root / f"{language}.json"
    if ready.is_file():
        made = json.loads(ready.read_text("utf-8"))
        return Book(made["language"], made["messages"])
    folder = root / language

    def read(path: str) -> str:
        return (folder / path).read_text("utf-8")

    if not folder.is_dir():
        raise WordsError(f"no words in {language!r}; there are: {', '.join(languages())}")
    return Book(language, read_folder(folder), read)


def read_folder(folder: Path, wanted: Callable[[Path], bool] = lambda _: True) -> Messages:
    """Compile the .ftl files of a folder, and of the folders in it."""
    files = [path for path in sorted(folder.rglob("*.ftl")) if wanted(path)]
    return merged(
        (path.name, compile_text(path.read_text("utf-8"), str(path.relative_to(folder))))
        for path in files
    )


_in_force: Book | None = None


def use(spoken: str | Book) -> None:
    """Speak another language from now on, by its code or as a book of one's own.

    Raises
    ------
    WordsError
        If there is no language of that code.
    """
    global _in_force
    _in_force = load_book(spoken) if isinstance(spoken, str) else spoken


def current() -> Book:
    """Give the book in force."""
    return _in_force or load_book(FALLBACK)


def language() -> str:
    """Give the code of the language in force."""
    return current().language


def say(value: Value) -> str:
    """Say a message, a list or an amount in the language in force."""
    return current().say(value)


def bare(amount: Amount) -> str:
    """Write an amount without its unit, in the language in force."""
    return current().bare(amount)


def text(path: str) -> str:
    """Give a Markdown file of the language in force; WordsError if there is none."""
    return current().text(path)


class WordedError(ValueError):
    """An error that reaches a reader: it carries a message, and says it when it is shown."""

    def __init__(self, message: Value) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """Say the message in the language in force."""
        return say(self.message)
