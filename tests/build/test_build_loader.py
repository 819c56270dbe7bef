import pytest

from buildlib.errors import BuildError
from buildlib.loader import PATCHES, patch_loader


def test_the_shipped_loader_lets_the_worker_place_libraries(dist, dist_plain):
    (fast,) = dist.glob("assets/pyodide-*/pyodide.asm.mjs")
    (plain,) = dist_plain.glob("assets/pyodide-*/pyodide.asm.mjs")
    assert patch_loader(plain.read_bytes()) == fast.read_bytes()
    assert b"Module.placeLibrary" in fast.read_bytes()


def test_another_release_of_pyodide_is_noticed():
    (first, _), (second, _) = PATCHES
    for text in (second, first + first + second):
        with pytest.raises(BuildError, match="another release of Pyodide"):
            patch_loader(text.encode())
