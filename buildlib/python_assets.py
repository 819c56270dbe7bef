"""What the worker loads: the runtime, the packages, and the lab with its missions."""

import json
from pathlib import Path

from buildlib import words
from buildlib.archive import pack, zip_tree
from buildlib.compile import SITE_PACKAGES, STDLIB, compile_tree
from buildlib.gather import Asset, read_folder
from buildlib.loader import patch_loader
from buildlib.lock import Lock
from buildlib.paths import Layout, is_for_teachers
from buildlib.trim import Tree, load_rules, trim_stdlib, trim_wheel
from labpy.classroom.own_words import FILE as OWN_WORDS
from labpy.classroom.rubric import FILE as RUBRIC

DROP_ASSERTS_AND_DOCSTRINGS = 2
CLASS = "class"
"""The kind of the archive that only the page of a class loads."""
FOR_A_CLASS = ("labpy/classroom/", "labpy/app/class_lab.", f"missions/{RUBRIC}")


def python_assets(
    layout: Layout, lock: Lock, files: Tree, wheels: dict[str, bytes], plain: bool
) -> list[Asset]:
    """Return the runtime, the packages and the lab: what the worker loads."""
    rules = load_rules()
    packages: Tree = {}
    for name in sorted(wheels):
        packages |= trim_wheel(wheels[name], name, lock.version_of(name), rules)
    lab = {f"labpy/{path}": data for path, data in read_folder(layout.labpy).items()}
    lab |= {f"missions/{path}": data for path, data in students_missions(layout.missions).items()}
    lab |= words.for_python(layout)
    lab |= _for_marking(layout)
    runtime = {item.filename: files[item.filename] for item in lock.of_kind("runtime")}
    lock_text = pyodide_lock_text(lock)
    if not plain:
        toolchain = (dict(runtime), lock_text, layout.cache)
        packages = compile_tree(packages, *toolchain, DROP_ASSERTS_AND_DOCSTRINGS, SITE_PACKAGES)
        lab = compile_tree(lab, *toolchain, DROP_ASSERTS_AND_DOCSTRINGS, SITE_PACKAGES, bare=True)
        stdlib = trim_stdlib(runtime["python_stdlib.zip"], rules)
        stdlib = compile_tree(stdlib, *toolchain, DROP_ASSERTS_AND_DOCSTRINGS, STDLIB)
        runtime["python_stdlib.zip"] = zip_tree(stdlib)
        runtime["pyodide.asm.mjs"] = patch_loader(runtime["pyodide.asm.mjs"])
    # Under its own name, filters of schools would hold it back: site/js/start/python.js.
    runtime["python_stdlib.bin"] = runtime.pop("python_stdlib.zip")
    runtime["pyodide-lock.json"] = lock_text.encode()
    own = {path: data for path, data in lab.items() if path.startswith(FOR_A_CLASS)}
    lab = {path: data for path, data in lab.items() if path not in own}
    archives = {"packages": packages, "lab": lab} | ({CLASS: own} if own else {})
    return [
        Asset("pyodide", runtime),
        *(_archive_asset(kind, tree, layout, plain) for kind, tree in archives.items()),
    ]


def _for_marking(layout: Layout) -> Tree:
    """Return what filling in the rubric reads; the test projects of the build have none."""
    path = layout.missions / RUBRIC
    if not path.is_file():
        return {}
    own = words.for_a_class(layout)
    return {f"missions/{RUBRIC}": path.read_bytes(), f"labpy/classroom/{OWN_WORDS}": own}


def students_missions(folder: Path) -> Tree:
    """Return the files of the missions that the browser gets: all but the teacher's."""
    found = read_folder(folder)
    return {path: data for path, data in found.items() if not is_for_teachers(path)}


def pyodide_lock_text(lock: Lock) -> str:
    """Return the lock file that ``loadPyodide`` asks for: no packages, ours come unpacked."""
    return json.dumps({"info": lock.pyodide_info, "packages": {}}, indent=1)


def _archive_asset(kind: str, tree: Tree, layout: Layout, plain: bool) -> Asset:
    suffix, data = pack(tree, layout.cache, plain)
    return Asset(kind, {kind + suffix: data})
