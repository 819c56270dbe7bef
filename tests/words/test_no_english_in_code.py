"""No sentence that a reader sees is written in code: they stand in the book of words."""

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SENTENCE = re.compile(r"[A-Za-z’']{2,} +[a-z’']{2,}|[a-z]{3,}: [A-Za-z]{2,}")
# A name of a paper with its year is data, and reads the same in each language.
CITATION = re.compile(r"\b(19|20)\d\d\b|\bet al\.|by way of NVIDIA")
MARKUP = re.compile(r"^\s*[<.{]|\{[^{}]*:[^{}]*;")  # elements and style sheets
ERRORS = ("Error", "Exception", "Warning", "refusal")


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.value)
        for parent in ast.walk(tree)
        if isinstance(body := getattr(parent, "body", None), list)
        for node in body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _of_errors(tree: ast.Module) -> set[int]:
    """Every node inside a raise, inside the making of an error, or in what documents a param."""
    found: set[int] = set()
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        is_doc = isinstance(node, ast.keyword) and node.arg == "doc"  # of a param, for developers
        if isinstance(node, ast.Raise | ast.Assert) or is_doc or name.endswith(ERRORS):
            found |= {id(each) for each in ast.walk(node)}
    return found


def python_sentences(source: str) -> list[tuple[int, str]]:
    tree = ast.parse(source)
    left_out = _docstrings(tree) | _of_errors(tree)
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in left_out and SENTENCE.search(node.value)
        if not CITATION.search(node.value) and not MARKUP.search(node.value)
    ]


@pytest.mark.parametrize(
    "path",
    [
        path
        for folder in ("labpy",)
        for path in sorted((PROJECT / folder).rglob("*.py"))
        if path.relative_to(PROJECT / folder).parts[0] != "models"  # says nothing but errors
    ],
    ids=lambda path: str(path.relative_to(PROJECT)),
)
def test_python_holds_no_sentence(path):
    assert python_sentences(path.read_text("utf-8")) == []


NAMED = {"Home mesh"}  # a link, as the registry's records have names


def test_models_hold_no_sentence_either():
    for path in sorted((PROJECT / "labpy" / "models").rglob("*.py")):
        found = [s for s in python_sentences(path.read_text("utf-8")) if s[1] not in NAMED]
        assert found == [], path


COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.S)
LITERAL = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)""")
NOT_SAID = re.compile(
    r"new \w*Error\(\s*$|console\.\w+\(\s*$|checked\([^)]*$|fault\(|querySelector(All)?\(\s*$"
    r"|matches\(\s*$|closest\(\s*$|matchMedia\(\s*$"
)
SELECTOR = re.compile(r"[\[#]|^\.")
# Classes of an element have no sentence's form.
CLASSES = re.compile(r"^(?=.*-)[a-z0-9-]+( [a-z0-9-]+)*$")
PUT_IN = re.compile(r"\$\{[^}]*\}")
PYTHON = re.compile(r"^import ")  # that a worker runs
VALUES = {"light dark", "not attempted"}  # of CSS, of SCORM


def script_sentences(source: str) -> list[str]:
    text = COMMENT.sub("", source)
    found = []
    for match in LITERAL.finditer(text):
        said = match.group()[1:-1]
        if not SENTENCE.search(PUT_IN.sub("x", said)):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        if NOT_SAID.search(before) or said in VALUES:
            continue
        plain = PUT_IN.sub("x", said)
        kinds = (SELECTOR.search, CLASSES.match, PYTHON.match, MARKUP.search)
        if not any(is_kind(plain) for is_kind in kinds):
            found.append(said)
    return found


# What is thrown or written to the console for developers alone.
FOR_DEVELOPERS = {
    "bridge/protocol.js", "start/memory.js", "start/snapshot-store.js",
    "start/snapshot-when-idle.js", "draw/bokeh-thrift.js",
}  # fmt: skip


@pytest.mark.parametrize(
    "path",
    sorted((PROJECT / "site").rglob("*.js")),
    ids=lambda path: str(path.relative_to(PROJECT)),
)
def test_scripts_hold_no_sentence(path):
    if any(str(path).endswith(each) for each in FOR_DEVELOPERS):
        return
    assert script_sentences(path.read_text("utf-8")) == []


JINJA = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.S)
ELEMENTS = re.compile(
    r"<!--.*?-->|<meta[^>]*(?:http-equiv|color-scheme|viewport)[^>]*>|<!doctype[^>]*>"
    r"|<(script|style|code)\b.*?</\1>",
    re.S | re.I,
)
ATTRIBUTES = re.compile(r"\{% block html_attributes %\}.*?\{% endblock %\}", re.S)
SPOKEN = re.compile(r"""\b(?:aria-label|title|alt|placeholder|content)="([^"]*)\"""")


def template_words(source: str) -> list[str]:
    text = ELEMENTS.sub("", JINJA.sub("", ATTRIBUTES.sub("", source)))
    texts = re.split(r"<[^>]*>", text)
    spoken = [each for each in SPOKEN.findall(text) if " " in each.strip()]
    return [
        each.strip()
        for each in (*texts, *spoken)
        if re.search(r"[A-Za-z]{3,}", re.sub(r"&\w+;", "", each))
    ]


# Names and formats that no language changes.
NAMES = {"Markdown", "CSV", "light dark"}


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted((PROJECT / "site").rglob("*"))
        if path.suffix in (".html", ".svg") and path.name != "icon.svg"
    ],
    ids=lambda path: str(path.relative_to(PROJECT)),
)
def test_templates_hold_no_words(path):
    assert [each for each in template_words(path.read_text("utf-8")) if each not in NAMES] == []


def test_the_test_would_see_a_sentence():
    assert python_sentences('x = f"the queue grows {n} times"\n')
    assert script_sentences('place.textContent = "It is saved.";') == ["It is saved."]
    assert script_sentences("place.textContent = `Saved as ${name} for you`;")
    assert template_words("<p>Hello {{ name }}</p>") == ["Hello"]
    assert template_words('<b aria-label="Parts of it">{{ t("x") }}</b>') == ["Parts of it"]
