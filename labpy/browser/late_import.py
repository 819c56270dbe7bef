"""Imports after a restore: the disk is empty then, and what was imported stands in memory."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any

import labpy


class LateFinder:
    """Unpacks the archives when something that lies in them is imported, and only then.

    Parameters
    ----------
    unpack : callable
        Puts all files into site-packages.
    """

    def __init__(self, unpack: Callable[[], None]) -> None:
        self._unpack: Callable[[], None] | None = unpack
        site_packages = Path(labpy.__path__[0]).parent
        self._packages = {
            name.partition(".")[0]
            for name, module in sys.modules.items()
            if (getattr(module, "__file__", None) or "").startswith(f"{site_packages}/")
        }

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find a module of a package in the archives, once they are unpacked."""
        if self._unpack is None or name.partition(".")[0] not in self._packages:
            return None
        unpack, self._unpack = self._unpack, None
        unpack()
        importlib.invalidate_caches()
        return PathFinder.find_spec(name, path, target)


def unpack_late(unpack: Callable[[], None]) -> None:
    """Have imports that find nothing on the disk unpack the archives first."""
    sys.meta_path.append(LateFinder(unpack))
