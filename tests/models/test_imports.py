import ast
from pathlib import Path

import pytest

import labpy.models

FILES = sorted(Path(labpy.models.__path__[0]).rglob("*.py"))
ALLOWED = {"numpy", "labpy"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_models_import_numpy_and_the_standard_library_alone(path):
    import sys

    for name in imported(path):
        top = name.split(".")[0]
        assert top in ALLOWED | set(sys.stdlib_module_names), name
        assert top != "labpy" or name.startswith("labpy.models"), name
