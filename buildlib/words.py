"""The book of words for a build: checked against the code that speaks it, and made ready to ship.

A message that nothing asks for fails the build by name, and so does one that is asked for and is
not there. What asks: Python by a text that is the message's key (`msg("queue-empty")`), templates
and scripts likewise, other messages by `{ key }`, and the missions by the keys that they derive.
"""

from __future__ import annotations

import ast
import importlib
import io
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from buildlib.errors import BuildError
from buildlib.paths import Layout
from buildlib.trim import Tree
from labpy.words.book import Book, current, read_folder, use
from labpy.words.compiled import Messages, Pattern, WordsError, references

LANGUAGE = "en"
LISTS = ("list-middle", "list-end")  # of Python's words, for scripts too
# Folders of a language that Python in the browser never speaks.
_TEACHING = ("buildlib.teaching", "buildlib.model_notes")
NOT_FOR_PYTHON = ("site", "scripts", "teach", "collect", "collect_plan", "marking")
OF_A_CLASS = ("marking.ftl", "teach/rubric.ftl")
SPEAKERS = ("labpy", "labcollect", "buildlib", "tools", "site")
QUOTED = re.compile(r"""(["'`])([a-z][A-Za-z0-9_.-]*)\1""")
ALWAYS = (
    "number-decimal",
    "number-group",
    "number-grouping-from-digits",
    "list-middle",
    "list-end",
)


def folder_of(layout: Layout, language: str) -> Path:
    """Return the folder of a language's words."""
    return layout.words / language


def load(layout: Layout, language: str, pseudo: bool = False) -> Book:
    """Return all words of a language, or its pseudo-language; BuildError says what is wrong."""
    folder = folder_of(layout, language)
    try:
        messages = read_folder(folder)
    except WordsError as error:
        raise BuildError(f"words/{language}: {error}") from None
    book = Book(language, messages, lambda path: (folder / path).read_text("utf-8"))
    return as_pseudo(book) if pseudo else book


def as_pseudo(book: Book) -> Book:
    """Return the book in its pseudo-language: accented, longer, in brackets."""
    from buildlib.pseudo import PSEUDO, pseudo_messages

    return Book(
        f"{book.language}{PSEUDO}",
        pseudo_messages(book.messages),
        book.text,
    )


def for_python(layout: Layout) -> Tree:
    """Return what Python in the browser reads, as the book in force says it."""
    folder, spoken = folder_of(layout, LANGUAGE), current()
    wanted = read_folder(folder, lambda path: not _is_left_out(path.relative_to(folder)))
    messages = {key: spoken.messages[key] for key in wanted}
    made = {"language": spoken.language, "messages": messages}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return {f"words/{LANGUAGE}.json": text.encode()}


def for_a_class(layout: Layout) -> bytes:
    """Return what the page of a class says beyond that: the rubric, and how it is filled in."""
    folder, spoken = folder_of(layout, LANGUAGE), current()
    wanted = read_folder(folder, lambda path: path.relative_to(folder).as_posix() in OF_A_CLASS)
    made = {key: spoken.messages[key] for key in wanted}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def _is_left_out(path: Path) -> bool:
    return path.parts[0].removesuffix(".ftl") in NOT_FOR_PYTHON


def for_scripts(project: Path, where: str = "scripts") -> dict[str, Any]:
    """Return the messages of the page's scripts as @fluent/bundle takes them, already parsed.

    They are said by the book in force; which they are, the folder `where` says. Lists go with them.
    """
    folder = project / "words" / LANGUAGE / where
    keys = [*read_folder(folder), *LISTS] if folder.is_dir() else []
    spoken = current()
    body = [
        {"id": key, "value": _for_bundle(spoken.messages[key]), "attributes": {}} for key in keys
    ]
    return {"language": spoken.language, "messages": body}


def _for_bundle(pattern: Pattern) -> Any:
    if len(pattern) == 1 and isinstance(pattern[0], str):
        return pattern[0]
    return [_item_for_bundle(item) for item in pattern]


def _item_for_bundle(item: Any) -> Any:
    if isinstance(item, str):
        return item
    kind, name = item[0], item[1]
    if kind == "v":
        return {"type": "var", "name": name}
    if kind == "m":
        return {"type": "mesg", "name": name, "attr": None}
    _, _, variants, star = item
    rows = [{"key": _variant_key(key), "value": _for_bundle(each)} for key, each in variants]
    return {
        "type": "select",
        "selector": {"type": "var", "name": name},
        "variants": rows,
        "star": star,
    }


def _variant_key(key: str) -> dict[str, Any]:
    if re.fullmatch(r"-?\d+(\.\d+)?", key):
        return {"type": "num", "value": float(key), "precision": len(key.partition(".")[2])}
    return {"type": "str", "value": key}


def library(package: bytes) -> Tree:
    """Return the modules of @fluent/bundle that the page's scripts import, out of its package.

    Its parser stays behind: the build parses.
    """
    wanted = ("builtins", "bundle", "memoizer", "resolver", "scope", "types")
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as archive:
        read = {name: archive.extractfile(f"package/esm/{name}.js").read() for name in wanted}
    return {f"fluent/{name}.js": data for name, data in read.items()}


@contextmanager
def speaking(layout: Layout, pseudo: bool) -> Iterator[None]:
    """Speak the pseudo-language meanwhile, if it is asked for."""
    if not pseudo:
        yield
        return
    before = current()
    use(load(layout, LANGUAGE, pseudo=True))
    try:
        yield
    finally:
        use(before)


def check_all(layout: Layout) -> None:
    """Hold a project's book against its code and its missions, if it has a book.

    Raises
    ------
    BuildError
        That names every message that is missing, and every one that nothing uses.
    """
    if layout.words.is_dir():
        check(layout, load(layout, LANGUAGE), derived_keys())


def derived_keys() -> tuple[str, ...]:
    """List the messages that the missions and the teacher's pages ask for."""
    modules = ("labpy.missions", "labpy.missions.bench", *_TEACHING)
    return tuple(key for name in modules for key in importlib.import_module(name).word_keys())


def check(layout: Layout, book: Book, derived: Iterable[str] = ()) -> None:
    """Hold the book against the code; `derived` are the keys that the missions ask for.

    Raises
    ------
    BuildError
        That names every message that is missing, and every one that nothing uses.
    """
    derived = set(derived)
    asked = dict(_asked(layout))
    problems = [
        f"{where} asks for the message {key!r}, which is not in words/{book.language}"
        for key, where in sorted(asked.items())
        if key not in book
    ]
    problems += [
        f"the missions ask for the message {key!r}" for key in sorted(derived - set(book.messages))
    ]
    problems += _broken_references(book.messages)
    spoken = derived | _literals(layout) | set(ALWAYS)
    spoken |= {name for pattern in book.messages.values() for name in references(pattern)}
    problems += [f"nothing uses the message {key!r}" for key in sorted(set(book.messages) - spoken)]
    if problems:
        raise BuildError("The book of words and the code disagree:\n  " + "\n  ".join(problems))


def _broken_references(messages: Messages) -> Iterator[str]:
    for key, pattern in messages.items():
        for name in sorted(references(pattern) - messages.keys()):
            yield f"the message {key!r} refers to {name!r}, which is not there"


def _python_files(layout: Layout) -> Iterator[Path]:
    for name in SPEAKERS:
        yield from sorted((layout.project / name).rglob("*.py"))


def _asked(layout: Layout) -> Iterator[tuple[str, str]]:
    """Give each key that is asked for by name in so many words, with the file that does."""
    for path in _python_files(layout):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _named(node.func) == "msg" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, f"{path.relative_to(layout.project)}:{node.lineno}"
    for path in _site_files(layout):
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r"""\b(?:t|say)\(\s*(["'])([a-z][\w.-]*)\1""", text):
            line = text.count("\n", 0, found.start()) + 1
            yield found.group(2), f"{path.relative_to(layout.project)}:{line}"


def _named(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def _site_files(layout: Layout) -> list[Path]:
    kinds = (".html", ".js", ".toml", ".svg", ".webmanifest")
    return [path for path in sorted(layout.site.rglob("*")) if path.suffix in kinds]


def _literals(layout: Layout) -> set[str]:
    """Return every text in the code that might be a message's key."""
    found: set[str] = set()
    for path in _python_files(layout):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    for path in _site_files(layout):
        found |= {match[1] for match in QUOTED.findall(path.read_text(encoding="utf-8"))}
    return found
