"""All instruments by name, for the build and for tests; the browser imports only what it shows."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import labpy.instruments as package
from labpy.instruments.base import Instrument


def catalogue() -> dict[str, type[Instrument]]:
    """Find every instrument class in this package, keyed by the name that missions use."""
    found: dict[str, type[Instrument]] = {}
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        module = importlib.import_module(info.name)
        for _, each in inspect.getmembers(module, inspect.isclass):
            own = each.__module__ == module.__name__
            if own and issubclass(each, Instrument) and not inspect.isabstract(each):
                found[each.name] = each
    return dict(sorted(found.items()))
