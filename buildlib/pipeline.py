"""The build from downloads to a folder that any static host can serve."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock
from tqdm import tqdm

from buildlib import quarto, render, sizes, stamp, words
from buildlib.downloads import with_downloads
from buildlib.errors import BuildError
from buildlib.fetch import Sources, fetch_all
from buildlib.gather import Asset, read_folder, tree_hash
from buildlib.integrity import digest, with_integrity
from buildlib.lock import Lock, load_lock
from buildlib.page_assets import EARLY_WORKER, page_scripts, static_assets
from buildlib.page_config import class_needs, own_files, start_context, with_build_id
from buildlib.paths import Layout, is_for_teachers
from buildlib.python_assets import CLASS, python_assets
from buildlib.trim import Tree, licence_texts

BUILDLIB = Path(__file__).parent
MANIFEST = "build.json"
LOCK = "building.lock"  # in the cache: whoever else builds waits
BUILD_ID_DIGITS = 12
LICENCE_HEAD = """Licences of what this site redistributes.

Pyodide: Mozilla Public License 2.0, source at github.com/pyodide/pyodide. It contains CPython:
Python Software Foundation License, source at github.com/python/cpython.
The fonts' licences lie beside the fonts. @fluent/bundle: Apache License 2.0,
github.com/projectfluent/fluent.js. qr: MIT or Apache License 2.0, Copyright (c) 2023 Paul Miller
(paulmillr.com), github.com/paulmillr/qr. The Python packages follow.
"""


@dataclass(frozen=True)
class Built:
    """What a build has to say.

    Parameters
    ----------
    output : Path
        The folder of the site.
    report : str
        The table of sizes.
    sizes : dict of str to dict
        Bytes of each file, ``raw`` and on the ``wire``.
    first_visit : list of str
        The files of a first visit.
    fresh : bool
        Whether there was anything to do.
    """

    output: Path
    report: str
    sizes: dict[str, dict[str, int]]
    first_visit: list[str]
    fresh: bool


def mode_of(plain: bool, pseudo: bool, keys: bool) -> str:
    """Name a build: "fast", "plain", "pseudo" or "no-keys"."""
    return "pseudo" if pseudo else "plain" if plain else "fast" if keys else "no-keys"


def build(
    layout: Layout,
    plain: bool = False,
    progress: bool = True,
    pseudo: bool = False,
    keys: bool = True,
) -> Built:
    """Build the site unless the last build still stands; one build at a time for a cache.

    Parameters
    ----------
    layout : Layout
        Where to read and write.
    plain : bool
        Leave out what makes the start fast: ship sources, and an unchanged runtime.
    progress : bool
        Whether to draw progress bars.
    pseudo : bool
        Speak the pseudo-language (``buildlib/pseudo.py``).
    keys : bool
        Whether the teachers' pages, answer keys among them, are part of the site.

    Raises
    ------
    BuildError
        With a sentence for the user.
    """
    if not layout.site.is_dir():
        raise BuildError(f"There is no folder {layout.site}: the pages' templates belong there.")
    layout.cache.mkdir(parents=True, exist_ok=True)
    with FileLock(layout.cache / LOCK):
        return _build(layout, plain, progress, pseudo, keys)


def _build(layout: Layout, plain: bool, progress: bool, pseudo: bool, keys: bool) -> Built:
    mode = mode_of(plain, pseudo, keys)
    folders = [layout.site, layout.labpy, layout.missions, layout.words, layout.docs, BUILDLIB]
    inputs = stamp.inputs_hash(folders, mode)
    stamp_path = layout.state / f"{mode}.json"
    output = layout.output(mode)
    last = stamp.load_stamp(stamp_path)
    if stamp.is_current(last, inputs, output):
        return _describe(output, fresh=False)
    words.check_all(layout)
    with words.speaking(layout, pseudo):
        site = assemble(layout, plain, progress, keys)
    stamp.write_site(site, output)
    stamp.save_stamp(stamp.make_stamp(inputs, site), stamp_path)
    return _describe(output, fresh=True)


def _describe(output: Path, fresh: bool) -> Built:
    manifest = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
    files, first = manifest["files"], manifest["first_visit"]
    return Built(output, sizes.size_table(files, first), files, first, fresh)


def assemble(layout: Layout, plain: bool, progress: bool, keys: bool = True) -> Tree:
    """Return every file of the site by path."""
    lock = load_lock()
    with Sources() as sources:
        files = fetch_all(lock.items, layout.cache, sources.read, progress=progress)
    with tqdm(desc="Building", total=4, unit="step", disable=not progress) as bar:
        step = _stepper(bar)
        wheels = {item.name: files[item.filename] for item in lock.of_kind("wheel")}
        python = step("python", lambda: python_assets(layout, lock, files, wheels, plain))
        scripts = page_scripts(layout, lock, files, plain)
        early_worker = scripts.pop(EARLY_WORKER, b"").decode()  # stands in the pages themselves
        static = step("assets", lambda: static_assets(layout, lock, files, wheels, scripts, plain))
        assets = {asset.kind: asset for asset in [*python, *static]}
        own = assets.pop(CLASS, None)  # nothing that a student takes along has it
        pages = {
            "plain": plain,
            "keys": keys,
            "own": own,
            "early_worker": "" if plain else early_worker,
        }
        site = step("pages", lambda: _site(layout, lock, assets, wheels, pages))
        return step("sizes", lambda: _with_manifest(site))


def _stepper(bar: tqdm) -> Callable[[str, Callable[[], Any]], Any]:
    def step(name: str, action: Callable[[], Any]) -> Any:
        bar.set_postfix_str(name)
        result = action()
        bar.update()
        return result

    return step


def _site(
    layout: Layout,
    lock: Lock,
    assets: dict[str, Asset],
    wheels: dict[str, bytes],
    start: dict[str, Any],
) -> Tree:
    """Return the assets, the rendered pages and the downloads by path.

    `start` says how the lab starts: whether it is ``plain``, whether it has the teachers' ``keys``,
    the text of ``early_worker``, and in ``own`` what only the page of a class loads.
    """
    site: Tree = {}
    for asset in assets.values():
        site |= asset.files()
    site["third-party-licences.txt"] = _licences(wheels).encode()
    pages = render.load_pages(layout.site)
    if start["keys"]:
        site |= quarto.packed(layout.site)
        site |= own_files(start["own"]) if start["own"] else {}
    else:
        pages = [page for page in pages if not is_for_teachers(page.out)]
    later = sizes.load_budget()["later"]
    precache = sizes.first_visit(site, later)
    precache += [page.address for page in pages if sizes.first_visit([page.out], later)]
    teaching = _kept_for_teachers(site, pages)
    context = {
        **start_context(assets, start["plain"]),
        "precache": sorted(precache),
        "teaching": teaching,
        "precache_sums": _sums(site, precache),
        "teaching_sums": _sums(site, teaching),
        "downloads": {},
        **{key: start[key] for key in ("plain", "keys", "early_worker")},
        "class_needs": class_needs(start["own"]),
    }
    draft = render.render_pages(layout.site, pages, with_build_id(context, lock, ""))
    own = read_folder(layout.site / "onefile")
    hashes = "".join(tree_hash(tree) for tree in (site, draft, own))
    build_id = sha256(hashes.encode()).hexdigest()[:BUILD_ID_DIGITS]
    context = with_build_id(context, lock, build_id)
    site = with_integrity({**site, **render.render_pages(layout.site, pages, context)})
    return site if start["plain"] else with_downloads(site, layout, assets, pages, context)


def _sums(site: Tree, paths: Iterable[str]) -> dict[str, str]:
    """Return what these files hash to; a page, which names others' hashes, has none."""
    return {path: digest(site[path], "sha256") for path in paths if path in site}


def _kept_for_teachers(site: Tree, pages: list[render.Page]) -> list[str]:
    """Return what the service worker keeps once a teacher's page was visited."""
    files = sizes.load_budget()["teaching"]
    kept = [path for path in site if sizes.is_among(path, files)]
    own = [page.address for page in pages if is_for_teachers(page.out)]
    return sorted(kept + [address for address in own if address.endswith("/")])


def _licences(wheels: dict[str, bytes]) -> str:
    parts = [LICENCE_HEAD]
    for name in sorted(wheels):
        for path, text in licence_texts(wheels[name]).items():
            parts.append(f"{'=' * 80}\n{name}: {path}\n{'=' * 80}\n{text.strip()}\n")
    return "\n".join(parts)


def _with_manifest(site: Tree) -> Tree:
    """Return the site with ``build.json``, which says what each file weighs."""
    wire = sizes.wire_sizes(site)
    first = sizes.first_visit(site, sizes.load_budget()["later"])
    manifest = {
        "files": {path: {"raw": len(site[path]), "wire": wire[path]} for path in sorted(site)},
        "first_visit": first,
        "first_visit_wire_bytes": sum(wire[path] for path in first),
    }
    return {**site, MANIFEST: (json.dumps(manifest, indent=1) + "\n").encode()}
