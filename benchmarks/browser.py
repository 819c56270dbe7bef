"""Runs the benchmark in the browser's own Python: Pyodide, under Node instead of a page."""

import json
import tempfile
from pathlib import Path

from buildlib.compile import write_tree
from buildlib.fetch import Sources, cache_path, fetch_all
from buildlib.lock import load_lock
from buildlib.paths import PROJECT, cache_dir
from buildlib.python_assets import pyodide_lock_text
from buildlib.tools import run_node

SCRIPT = Path(__file__).with_name("browser.mjs")


def measure_in_pyodide(repeats: int) -> dict[str, float]:
    """Median seconds of each task, by the runtime and the numpy that the site ships."""
    lock = load_lock()
    runtime = lock.of_kind("runtime")
    numpy = next(item for item in lock.of_kind("wheel") if item.name == "numpy")
    with Sources() as sources:
        files = fetch_all([*runtime, numpy], cache_dir(), sources.read)
    with tempfile.TemporaryDirectory(prefix="fleet-lab-benchmark-") as name:
        folder = Path(name)
        tree = {item.filename: files[item.filename] for item in runtime}
        write_tree(tree | {"pyodide-lock.json": pyodide_lock_text(lock).encode()}, folder)
        job = {
            "runtime": str(folder),
            "wheels": [str(cache_path(numpy, cache_dir()))],
            "project": str(PROJECT),
            "repeats": repeats,
        }
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        said = run_node([str(SCRIPT), str(folder / "job.json")])
    return json.loads(said.splitlines()[-1])
