import pytest

from buildlib import compile as compile_module
from buildlib.compile import SITE_PACKAGES, compile_tree
from buildlib.errors import BuildError
from buildlib.fetch import Sources, fetch_all
from buildlib.lock import load_lock
from buildlib.paths import cache_dir
from buildlib.python_assets import pyodide_lock_text

SOURCES = {
    "lab/__init__.py": b'"""Words."""\nNAMES = ("a", "b", frozenset({"x", "y"}))\n',
    "lab/queue.py": b'def wait(rate):\n    """Words."""\n    assert rate\n    return rate[1:2]\n',
    "lab/data.css": b"b {}",
}
UNCHECKED_HASH = (1).to_bytes(4, "little")


@pytest.fixture(scope="module")
def runtime():
    lock = load_lock()
    items = lock.of_kind("runtime")
    with Sources() as sources:
        return fetch_all(items, cache_dir(), sources.read, progress=False), pyodide_lock_text(lock)


@pytest.fixture
def compiled(runtime, tmp_path):
    def run(tree, optimisation=0, cache="cache", bare=False):
        where = tmp_path / cache
        return compile_tree(tree, *runtime, where, optimisation, SITE_PACKAGES, bare)

    return run


def test_each_source_is_replaced_in_its_place_by_a_module_with_an_unchecked_hash(compiled):
    tree = compiled(SOURCES)
    assert sorted(tree) == ["lab/__init__.pyc", "lab/data.css", "lab/queue.pyc"]
    assert tree["lab/queue.pyc"][4:8] == UNCHECKED_HASH
    assert tree["lab/data.css"] == b"b {}"


def test_a_module_compiles_to_the_same_bytes_alone_and_in_company(compiled):
    together = compiled(SOURCES)["lab/queue.pyc"]
    alone = compiled({"lab/queue.py": SOURCES["lab/queue.py"]}, cache="other")["lab/queue.pyc"]
    assert together == alone


def test_level_two_drops_docstrings_and_level_zero_keeps_them(compiled):
    assert b"Words." in compiled(SOURCES)["lab/queue.pyc"]
    assert b"Words." not in compiled(SOURCES, optimisation=2)["lab/queue.pyc"]


def test_bare_code_has_no_types_of_functions_and_those_of_fields(compiled):
    source = (
        b"from __future__ import annotations\n"
        b"def wait(rate: Hertz, *more: Kelvin, key: Pascal = 1) -> Seconds:\n    return rate\n"
        b"class Row:\n    size: Metres\n"
    )
    dropped = (b"Hertz", b"Kelvin", b"Pascal", b"Seconds")
    full = compiled({"lab/typed.py": source})["lab/typed.pyc"]
    bare = compiled({"lab/typed.py": source}, bare=True)["lab/typed.pyc"]
    assert all(word in full and word not in bare for word in dropped)
    assert b"Metres" in bare


def test_only_what_changed_is_compiled_again(compiled, monkeypatch):
    compiled(SOURCES)
    asked = []

    def under_node(sources, *_):
        asked.extend(sources)
        return dict.fromkeys(sources, b"fresh")

    monkeypatch.setattr(compile_module, "_compile_under_node", under_node)
    changed = {**SOURCES, "lab/__init__.py": b"NAMES = ()\n"}
    assert compiled(changed)["lab/__init__.pyc"] == b"fresh"
    assert asked == ["lab/__init__.py"]


def test_a_module_that_does_not_compile_fails_the_build_with_its_own_words(compiled):
    with pytest.raises(BuildError, match="SyntaxError") as caught:
        compiled({"lab/bad.py": b"def broken(:\n"})
    assert "\n" not in str(caught.value)
    assert "lab/bad.py" in str(caught.value)
