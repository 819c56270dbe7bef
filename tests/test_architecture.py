"""Arrows run one way: each package of labpy imports only what its layer may."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

LABPY = Path(__file__).parents[1] / "labpy"
UI = {"param", "panel", "panel_material_ui", "bokeh", "js", "pyodide", "pyodide_js"}

# What a layer may import of labpy, and which of the packages in UI.
LAYERS = {
    "models": ({"models"}, set()),
    "words": ({"words"}, set()),
    "fleet": ({"models", "fleet", "words"}, set()),
    "missions": ({"missions", "words"}, set()),
    "instruments": ({"models", "instruments", "words"}, {"bokeh"}),
    "scenarios": ({"models", "instruments", "missions", "scenarios", "words"}, set()),
    "state": ({"missions", "state", "words"}, {"param"}),
    "classroom": ({"missions", "scenarios", "state", "classroom", "words"}, set()),
    "views": (
        {"missions", "instruments", "state", "views", "words"},
        {"bokeh", "panel", "panel_material_ui"},
    ),
    "app": (
        {
            "classroom",
            "fleet",
            "missions",
            "instruments",
            "models",
            "scenarios",
            "state",
            "views",
            "app",
            "words",
        },
        set(),
    ),
    "browser": ({"browser", "app", "missions", "models", "words"}, UI),
}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where an arrow points"
            found.add(node.module or "")
    return found


def test_every_package_has_a_layer():
    packages = {path.name for path in LABPY.iterdir() if (path / "__init__.py").exists()}
    assert packages <= set(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_it_may(layer):
    own, ui = LAYERS[layer]
    allowed = {f"labpy.{name}" for name in own}
    for path in (LABPY / layer).rglob("*.py"):
        for name in imports(path):
            top = name.split(".")[0]
            if top == "labpy" and name != "labpy":  # the root itself holds nothing
                fits = any(name == each or name.startswith(each + ".") for each in allowed)
                assert fits, f"{path.relative_to(LABPY)} imports {name}"
            elif top in UI:
                assert top in ui, f"{path.relative_to(LABPY)} imports {name}"


def test_nothing_else_in_labpy_imports_js_or_pyodide():
    for path in LABPY.rglob("*.py"):
        if path.relative_to(LABPY).parts[0] != "browser":
            tops = {name.split(".")[0] for name in imports(path)}
            assert not tops & {"js", "pyodide", "pyodide_js"}, path


def rooms() -> dict[str, set[str]]:
    """Give for each room of the page's scripts the others that it imports."""
    scripts = LABPY.parent / "site" / "js"
    found: dict[str, set[str]] = {}
    for path in scripts.glob("*/*.js"):
        here = path.parent.name
        targets = re.findall(r'from "(\.[^"]+)"', path.read_text("utf-8"))
        used = {(path.parent / each).resolve().relative_to(scripts).parts[0] for each in targets}
        found.setdefault(here, set()).update(used - {here})
    return found


def test_no_room_of_the_scripts_imports_one_that_imports_it():
    TopologicalSorter(rooms()).prepare()  # raises on a circle


def test_the_page_on_the_architecture_names_every_room_of_the_scripts():
    text = (LABPY.parent / "docs" / "architecture.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE)) >= set(rooms())


def test_the_page_on_the_architecture_names_what_each_layer_may_use():
    text = (LABPY.parent / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE)
    told = {name: uses for name, uses in rows if name in LAYERS}
    assert set(told) == set(LAYERS)
    for name, (own, _) in LAYERS.items():
        assert set(re.findall(r"`(\w+)`", told[name])) == own - {name}, name


def test_the_walk_would_notice():
    """The rule has teeth: the worker's module, seen as a model, would be refused."""
    assert "js" in imports(LABPY / "browser" / "worker.py")
