"""Fluent's files as lists that need no parser: what the book is made of, and what the browser gets.

A pattern is a list. Its items are text, or lists that begin with a letter: `["v", name]` a value,
`["m", key]` another message, `["s", selector, [[key, pattern], ...], default]` a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Pattern = list[Any]
Messages = dict[str, Pattern]


class WordsError(ValueError):
    """A file of words says something that the book does not take."""


def compile_text(text: str, where: str) -> Messages:
    """Compile the text of an .ftl file; `where` names it for error messages.

    Keys are those of the messages, and `message.attribute` for attributes.
    """
    from fluent.syntax import FluentParser, ast  # the browser gets the book ready made

    found: Messages = {}
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, ast.Junk):
            problem = entry.annotations[0].message if entry.annotations else "unknown"
            raise WordsError(f"{where}: {problem}: {entry.content.strip().splitlines()[0]}")
        if not isinstance(entry, ast.Message | ast.Term):
            continue
        key = ("-" if isinstance(entry, ast.Term) else "") + entry.id.name
        for name, pattern in _patterns(key, entry):
            if name in found:
                raise WordsError(f"{where}: the message {name!r} stands there twice")
            found[name] = _pattern(pattern, f"{where}: {name}")
    return found


def _patterns(key: str, entry: Any) -> Iterator[tuple[str, Any]]:
    if entry.value is not None:
        yield key, entry.value
    for each in entry.attributes:
        yield f"{key}.{each.id.name}", each.value


def _pattern(pattern: Any, where: str) -> Pattern:
    from fluent.syntax import ast

    items: Pattern = []
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            items.append(element.value)
        else:
            items.append(_expression(element.expression, where))
    return items


def _expression(node: Any, where: str) -> Any:
    from fluent.syntax import ast

    if isinstance(node, ast.StringLiteral):
        return node.parse()["value"]
    if isinstance(node, ast.NumberLiteral):
        return node.value
    if isinstance(node, ast.VariableReference):
        return ["v", node.id.name]
    if isinstance(node, ast.MessageReference | ast.TermReference):
        prefix = "-" if isinstance(node, ast.TermReference) else ""
        attribute = f".{node.attribute.name}" if node.attribute else ""
        return ["m", prefix + node.id.name + attribute]
    if isinstance(node, ast.SelectExpression):
        if not isinstance(node.selector, ast.VariableReference):
            raise WordsError(f"{where}: a choice must be made by a value, as in {{ $n -> ... }}")
        variants = [[_variant_key(v.key), _pattern(v.value, where)] for v in node.variants]
        default = next(i for i, v in enumerate(node.variants) if v.default)
        return ["s", node.selector.id.name, variants, default]
    if isinstance(node, ast.Placeable):
        return _expression(node.expression, where)
    raise WordsError(f"{where}: {type(node).__name__} is not used in this book")


def _variant_key(key: Any) -> str:
    return key.name if hasattr(key, "name") else key.value


def placeholders(pattern: Pattern) -> set[str]:
    """Name the values that a pattern asks for."""
    return {item[1] for item in walk(pattern) if item[0] in ("v", "s")}


def references(pattern: Pattern) -> set[str]:
    """Name the other messages that a pattern refers to."""
    return {item[1] for item in walk(pattern) if item[0] == "m"}


def walk(pattern: Pattern) -> Iterator[list[Any]]:
    """Give every item of a pattern that is not text, those inside choices included."""
    for item in pattern:
        if isinstance(item, list):
            yield item
            if item[0] == "s":
                for _, variant in item[2]:
                    yield from walk(variant)


def merged(files: Iterable[tuple[str, Messages]]) -> Messages:
    """Put the messages of several files into one; WordsError if two define the same key."""
    found: Messages = {}
    for where, messages in files:
        if twice := sorted(found.keys() & messages.keys()):
            raise WordsError(f"{where}: the message {twice[0]!r} stands in another file too")
        found |= messages
    return found
