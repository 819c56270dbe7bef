"""The lab imports nothing that the build leaves out of a wheel, or of Python itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from buildlib.trim import is_dropped, load_rules

LABPY = Path(__file__).parents[2] / "labpy"
ON_THE_DESKTOP = {"desktop.py"}
FILES = sorted(each for each in LABPY.rglob("*.py") if each.name not in ON_THE_DESKTOP)


def modules_of(path: Path) -> set[str]:
    """The modules that a file imports, and those of numpy that it asks for as attributes."""
    source = path.read_text("utf-8")
    found = {f"numpy.{name}" for name in re.findall(r"\bnp\.([a-z_]\w*)", source)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def left_out(module: str) -> bool:
    """Whether the build drops a module's file, be it a package."""
    path, rules = module.replace(".", "/"), load_rules()
    drop = rules.get(module.split(".")[0], rules["stdlib"])["drop"]
    return any(is_dropped(each, drop) for each in (f"{path}.py", f"{path}/__init__.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda each: each.relative_to(LABPY).as_posix())
def test_what_the_lab_imports_is_in_the_browser(path: Path):
    assert sorted(filter(left_out, modules_of(path))) == []


def test_what_is_left_out_is_known():
    assert left_out("numpy.polynomial")
    assert left_out("xml.sax.saxutils")
    assert not left_out("numpy.linalg")
    assert not left_out("json")
