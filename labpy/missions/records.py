"""Frozen records that are read from TOML tables, with their texts from the book of words.

A record mirrors its TOML table field by field, so the field names are the TOML keys. A field that
is `worded` is no key of the table: its text is a message of the book, whose key follows from where
the record stands.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from labpy.words import Message, Value, WordedError, say

IDENTIFIERS = ("key", "metric", "name", "answer", "formula")  # what tells records of a list apart


class MissionError(WordedError):
    """A mission file says something that the schema does not allow, or a value is refused."""


def worded(suffix: str = "", *, each: str = "", when: str = "", **more: Any) -> Any:
    """Declare a field of which the text stands in the book.

    Parameters
    ----------
    suffix : what follows the record's own key in the message's key.
    each : the field that says how many texts there are: a sequence (one for each of its values) or
        a count.
    when : the field that must be true for there to be a text.
    """
    return field(metadata={"suffix": suffix, "each": each, "when": when}, **more)


@dataclass(frozen=True)
class Place:
    """Where a record's texts stand in the book: all of their keys begin with `prefix`.

    With `listen` nothing is said: it is told each key that the record asks for. `values` are what
    the texts may put in: `$limit-latency` is the limit of the target `latency`.
    """

    prefix: str
    listen: Callable[[str], object] | None = None
    values: Mapping[str, Value] = field(default_factory=dict)

    def at(self, *names: Any) -> Place:
        """Give the place of something inside."""
        inner = "-".join([self.prefix, *map(identifier, names)]).strip("-")
        return dataclasses.replace(self, prefix=inner)


def identifier(value: Any) -> str:
    """Write a value so that it may stand in a message's key."""
    return str(value).replace(".", "_")


class Record:
    """A frozen record that is read from a TOML table."""

    @classmethod
    def from_table(cls, table: Any, where: str, words: Place) -> Self:
        """Make the record from a TOML table.

        Parameters
        ----------
        table : what TOML gives.
        where : names the file and the place in it, for error messages.
        words : where the record's texts stand in the book.

        Raises
        ------
        MissionError
            That names an unknown key, a missing one, or a value of a wrong type.
        """
        if not isinstance(table, dict):
            raise MissionError(f"{where}: expected a table, found {type(table).__name__}")
        hints = typing.get_type_hints(cls)
        every = {f.name: f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
        known = {name: each for name, each in every.items() if not each.metadata}
        if unknown := sorted(set(table) - set(known)):
            raise MissionError(f"{where}: unknown key {unknown[0]!r}; allowed: {', '.join(known)}")
        values = {}
        for name, each in known.items():
            if name in table:
                inner = _inner_place(words, name, table[name])
                values[name] = _read(table[name], hints[name], f"{where}.{name}", inner)
            elif (
                each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
            ):
                raise MissionError(f"{where}: the key {name!r} is missing")
        for name, each in every.items():
            if each.metadata:
                values |= dict(_texts(name, hints[name], each.metadata, values, words))
        try:
            return cls(**values)
        except MissionError as error:
            raise MissionError(f"{where}: {error}") from None


def _inner_place(words: Place, name: str, value: Any) -> Place:
    """Give the place of a record in a field, or of those in a list: `knobs` stand at "knob"."""
    if isinstance(value, list):
        return words.at(name.removesuffix("s"))
    return words.at(name)


def _texts(
    name: str, annotation: Any, how: Mapping[str, str], values: Mapping[str, Any], words: Place
) -> Iterator[tuple[str, Any]]:
    """Give a worded field with its text or texts, if it has any."""
    if how["when"] and not values.get(how["when"]):
        return
    key = words.prefix + how["suffix"]
    if not how["each"]:
        yield name, _text(key.strip("-"), annotation, words)
        return
    among = values[how["each"]]
    names = range(1, among + 1) if isinstance(among, int) else among
    inner = (typing.get_args(annotation) or (str,))[0]
    yield name, tuple(_text(f"{key}-{identifier(each)}", inner, words) for each in names)


def _text(key: str, annotation: Any, words: Place) -> Any:
    if words.listen:
        words.listen(key)
        return key if annotation is str else Message(key)
    return say(Message(key, words.values)) if annotation is str else Message(key)


def _fits(value: Any, annotation: Any) -> bool:
    """Tell whether `value`, as TOML gives it, is of the annotated type."""
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return value in typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, each) for each in typing.get_args(annotation))
    if origin in (tuple, dict):
        return isinstance(value, list | tuple | dict)
    if annotation is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if annotation is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if annotation is Any:
        return True
    return isinstance(value, annotation)


def _read(value: Any, annotation: Any, where: str, words: Place) -> Any:
    """Turn a TOML value into the annotated type, records and tuples of records included."""
    options = [a for a in typing.get_args(annotation) if a is not type(None)]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType) and len(options) == 1:
        annotation = options[0]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation.from_table(value, where, words)
    if not _fits(value, annotation):
        raise MissionError(f"{where}: {value!r} is not allowed; expected {_expected(annotation)}")
    if typing.get_origin(annotation) is tuple:
        inner = typing.get_args(annotation)[0]
        return tuple(
            _read(each, inner, f"{where}[{i}]", words.at(_name(each, i)))
            for i, each in enumerate(value)
        )
    return float(value) if annotation is float else value


def _name(table: Any, index: int) -> Any:
    """Give what tells a table of a list from the others: one of its keys, else its number."""
    if isinstance(table, dict):
        for key in IDENTIFIERS:
            if key in table:
                return table[key]
        return table.get("number", index + 1)
    return index + 1


def _expected(annotation: Any) -> str:
    if typing.get_origin(annotation) is Literal:
        return " or ".join(map(repr, typing.get_args(annotation)))
    return getattr(annotation, "__name__", str(annotation))
