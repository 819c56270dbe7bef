import importlib
import inspect
import pkgutil

import pytest

import labpy.models
from labpy.models.trust import STANDINGS, families, trust, trust_in

# no results of their own: tables, checks, and this
PLUMBING = {"_checks", "registry", "measurements", "trust"}
MODULES = [
    module.name
    for module in pkgutil.walk_packages(labpy.models.__path__, "labpy.models.")
    if module.name.removeprefix("labpy.models.").split(".")[0] not in PLUMBING
]


def public_functions():
    for name in MODULES:
        module = importlib.import_module(name)
        for attribute, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == name and attribute[0] != "_":
                yield value


def test_every_public_function_has_a_family():
    functions = list(public_functions())
    assert len(functions) > 100
    for function in functions:
        assert trust_in(function) in families().values()


@pytest.mark.parametrize("key", families())
def test_a_family_covers_something_and_says_it_in_one_short_paragraph(key):
    family = trust(key)
    for module in family.covers:
        importlib.import_module(f"labpy.models.{module}")
    assert family.standing in STANDINGS
    assert "\n" not in family.text
    assert 40 <= len(family.text.split()) <= 90
    assert family.text.endswith(".")


def test_no_module_is_claimed_twice():
    claimed = [module for family in families().values() for module in family.covers]
    assert len(claimed) == len(set(claimed))


def test_the_nearest_family_counts():
    from labpy.models.queueing import batch_server, md1

    assert trust_in(md1).key == "queues"
    assert trust_in(batch_server).key == "batching"


def test_what_is_not_of_the_models_is_refused():
    with pytest.raises(ValueError, match="function must be one of"):
        trust_in(len)
    with pytest.raises(ValueError, match="key must be one of"):
        trust("luck")
