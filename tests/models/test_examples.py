"""Every example in a docstring of the models and in their guide is executed."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import labpy.models

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(labpy.models.__path__, "labpy.models.")
)
GUIDE = Path(__file__).parents[2] / "docs" / "models.md"
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_are_true(name):
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=OPTIONS)
    assert failed == 0


def test_examples_of_the_guide_are_true():
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False, optionflags=OPTIONS)
    assert failed == 0
    assert tried > 30


@pytest.mark.parametrize(
    "name", ["economics", "kv_cache", "offload", "power", "speculative", "streaming", "tail"]
)
def test_every_public_function_has_an_example(name):
    module = importlib.import_module(f"labpy.models.{name}")
    public = [
        getattr(module, attribute)
        for attribute in getattr(module, "__all__", vars(module))
        if not attribute.startswith("_")
    ]
    functions = [
        thing
        for thing in public
        if type(thing).__name__ == "function" and thing.__module__.startswith(module.__name__)
    ]
    assert functions
    assert [f.__name__ for f in functions if ">>>" not in (f.__doc__ or "")] == []
