"""The build from downloads to a folder that any static host can serve."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from tqdm import tqdm

from buildlib import protocol, render, sizes, stamp
from buildlib.archive import FORMATS, pack, zip_tree
from buildlib.bundle import bundle_scripts
from buildlib.compile import SITE_PACKAGES, STDLIB, compile_tree
from buildlib.downloads import with_downloads
from buildlib.errors import BuildError
from buildlib.fetch import Sources, fetch_all
from buildlib.gather import Asset, font_asset, read_folder, tree_hash, vendor_assets
from buildlib.integrity import digest, with_integrity
from buildlib.loader import patch_loader
from buildlib.lock import Lock, load_lock
from buildlib.paths import Layout, is_for_teachers
from buildlib.trim import Tree, licence_texts, load_rules, trim_stdlib, trim_wheel

BUILDLIB = Path(__file__).parent
MANIFEST = "build.json"
BUILD_ID_DIGITS = 12
LICENCE_HEAD = """Licences of what this site redistributes.

Pyodide: Mozilla Public License 2.0, source at github.com/pyodide/pyodide. It contains CPython:
Python Software Foundation License, source at github.com/python/cpython.
The fonts' licences lie beside the fonts. The Python packages follow.
"""
ENTRY_SCRIPT = re.compile(r"""<script[^>]*assets\.js \}\}/([\w./-]+\.js)""")
WORKER = "worker.js"
EARLY_WORKER = "early-worker.js"
FETCHED = ("pyodide", "packages", "lab")
KEEP_ALL = 0
DROP_ASSERTS_AND_DOCSTRINGS = 2


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


def build(layout: Layout, plain: bool = False, progress: bool = True) -> Built:
    """Build the site unless the last build still stands.

    Parameters
    ----------
    layout : Layout
        Where to read and write.
    plain : bool
        Leave out what makes the start fast: ship sources, and an unchanged runtime.
    progress : bool
        Whether to draw progress bars.

    Raises
    ------
    BuildError
        With a sentence for the user.
    """
    if not layout.site.is_dir():
        raise BuildError(f"There is no folder {layout.site}: the pages' templates belong there.")
    mode = "plain" if plain else "fast"
    folders = [layout.site, layout.labpy, layout.missions, layout.docs, BUILDLIB]
    inputs = stamp.inputs_hash(folders, mode)
    stamp_path = layout.state / f"{mode}.json"
    output = layout.output(plain)
    last = stamp.load_stamp(stamp_path)
    if stamp.is_current(last, inputs, output):
        return _describe(output, fresh=False)
    site = assemble(layout, plain, progress)
    stamp.write_site(site, output)
    stamp.save_stamp(stamp.make_stamp(inputs, site), stamp_path)
    return _describe(output, fresh=True)


def _describe(output: Path, fresh: bool) -> Built:
    manifest = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
    files, first = manifest["files"], manifest["first_visit"]
    return Built(output, sizes.size_table(files, first), files, first, fresh)


def assemble(layout: Layout, plain: bool, progress: bool) -> Tree:
    """Return every file of the site by path."""
    lock = load_lock()
    with Sources() as sources:
        files = fetch_all(lock.items, layout.cache, sources.read, progress=progress)
    with tqdm(desc="Building", total=4, unit="step", disable=not progress) as bar:
        step = _stepper(bar)
        wheels = {item.name: files[item.filename] for item in lock.of_kind("wheel")}
        python = step("python", lambda: _python_assets(layout, lock, files, wheels, plain))
        scripts = _scripts(layout, lock, files, plain)
        early_worker = scripts.pop(EARLY_WORKER, b"").decode()  # stands in the pages themselves
        static = step("assets", lambda: _static_assets(layout, lock, files, wheels, scripts))
        assets = {asset.kind: asset for asset in [*python, *static]}
        pages = {"plain": plain, "early_worker": "" if plain else early_worker}
        site = step("pages", lambda: _site(layout, lock, assets, wheels, pages))
        return step("sizes", lambda: _with_manifest(site))


def _stepper(bar: tqdm) -> Callable[[str, Callable[[], Any]], Any]:
    def step(name: str, action: Callable[[], Any]) -> Any:
        bar.set_postfix_str(name)
        result = action()
        bar.update()
        return result

    return step


def _python_assets(
    layout: Layout, lock: Lock, files: Tree, wheels: dict[str, bytes], plain: bool
) -> list[Asset]:
    """Return the runtime, the packages and the lab: what the worker loads."""
    rules = load_rules()
    packages: Tree = {}
    for name in sorted(wheels):
        packages |= trim_wheel(wheels[name], name, lock.version_of(name), rules)
    lab = {f"labpy/{path}": data for path, data in read_folder(layout.labpy).items()}
    lab |= {f"missions/{path}": data for path, data in students_missions(layout.missions).items()}
    runtime = {item.filename: files[item.filename] for item in lock.of_kind("runtime")}
    lock_text = pyodide_lock_text(lock)
    if not plain:
        toolchain = (dict(runtime), lock_text, layout.cache)
        packages = compile_tree(packages, *toolchain, DROP_ASSERTS_AND_DOCSTRINGS, SITE_PACKAGES)
        lab = compile_tree(lab, *toolchain, KEEP_ALL, SITE_PACKAGES)
        stdlib = trim_stdlib(runtime["python_stdlib.zip"], rules)
        stdlib = compile_tree(stdlib, *toolchain, DROP_ASSERTS_AND_DOCSTRINGS, STDLIB)
        runtime["python_stdlib.zip"] = zip_tree(stdlib)
        runtime["pyodide.asm.mjs"] = patch_loader(runtime["pyodide.asm.mjs"])
    runtime["pyodide-lock.json"] = lock_text.encode()
    return [
        Asset("pyodide", runtime),
        _archive_asset("packages", packages, layout, plain),
        _archive_asset("lab", lab, layout, plain),
    ]


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


def _static_assets(
    layout: Layout, lock: Lock, files: Tree, wheels: dict[str, bytes], scripts: Tree
) -> list[Asset]:
    """Return what the page itself loads."""
    versions = {item.name: item.version for item in lock.items}
    fonts = {item.filename: files[item.filename] for item in lock.of_kind("font")}
    own = [
        Asset("css", read_folder(layout.site / "css")),
        Asset("js", scripts),
        Asset("img", read_folder(layout.site / "img")),
    ]
    vendor = [*vendor_assets(wheels, versions), font_asset(fonts)]
    return [*(asset for asset in own if asset.tree), *vendor]


def _scripts(layout: Layout, lock: Lock, files: Tree, plain: bool) -> Tree:
    """Return the page's own scripts; none imports another unless the build is plain.

    There is one for each that a page or a worker starts with: that many requests.
    """
    rendered = {page.template for page in render.load_pages(layout.site)}
    scripts = read_folder(layout.site / "js")
    scripts = {path: data for path, data in scripts.items() if path not in rendered}
    scripts[protocol.SCRIPT] = protocol.messages_script()
    if plain:
        return scripts
    templates = "".join(
        path.read_text(encoding="utf-8") for path in sorted(layout.site.rglob("*.html"))
    )
    named = {WORKER, EARLY_WORKER, *ENTRY_SCRIPT.findall(templates)}
    entries = sorted(named & scripts.keys())
    (tool,) = lock.of_kind("tool")
    return bundle_scripts(scripts, entries, files[tool.filename], layout.cache)


def _site(
    layout: Layout,
    lock: Lock,
    assets: dict[str, Asset],
    wheels: dict[str, bytes],
    start: dict[str, Any],
) -> Tree:
    """Return the assets, the rendered pages and the downloads by path.

    `start` says how the lab starts: whether it is ``plain``, and the text of ``early_worker``.
    """
    site: Tree = {}
    for asset in assets.values():
        site |= asset.files()
    site["third-party-licences.txt"] = _licences(wheels).encode()
    pages = render.load_pages(layout.site)
    later = sizes.load_budget()["later"]
    precache = sizes.first_visit(site, later)
    precache += [page.address for page in pages if sizes.first_visit([page.out], later)]
    fetched = _fetched([assets[kind] for kind in FETCHED])
    context = {
        "assets": {kind: asset.folder for kind, asset in assets.items()},
        "archives": [_archive_config(assets[kind]) for kind in ("packages", "lab")],
        "bytes": {name: len(data) for name, data in fetched.items()},
        "sums": {name: digest(data, "sha256") for name, data in fetched.items()},
        "precache": sorted(precache),
        "precache_sums": {path: digest(site[path], "sha256") for path in precache if path in site},
        "preload": [] if start["plain"] else _preload(assets),
        "downloads": {},
        **start,
    }
    draft = render.render_pages(layout.site, pages, _named(context, lock, build_id=""))
    own = read_folder(layout.site / "onefile")
    hashes = "".join(tree_hash(tree) for tree in (site, draft, own))
    build_id = sha256(hashes.encode()).hexdigest()[:BUILD_ID_DIGITS]
    context = _named(context, lock, build_id)
    site = with_integrity({**site, **render.render_pages(layout.site, pages, context)})
    return site if start["plain"] else with_downloads(site, layout, assets, pages, context)


def _preload(assets: dict[str, Asset]) -> list[str]:
    """Return the modules that a page needs sooner or later, for it to ask for at once.

    The worker and Python's own files are not among them: the worker is started by the page's first
    lines and asks for them as soon as it runs. A page's preload would be read a second time on each
    later visit, from the cache and for nothing.
    """
    return [path for path in assets["pmui"].files() if path.endswith(".bundle.js")]


def _named(context: dict, lock: Lock, build_id: str) -> dict:
    """Return what templates see, for a build of this name."""
    given = (context[key] for key in ("assets", "archives", "bytes", "sums"))
    config = page_config(*given, lock, context["plain"], build_id)
    return {**context, "build_id": build_id, "config": config}


def _archive_config(asset: Asset) -> dict[str, str]:
    (address,) = asset.files()
    return {"url": address, "format": FORMATS[Path(address).suffix]}


def _fetched(assets: list[Asset]) -> Tree:
    """Return each file that the worker fetches, by its name; it imports the scripts."""
    return {
        PurePosixPath(path).name: data
        for asset in assets
        for path, data in asset.files().items()
        if not path.endswith(".mjs")
    }


def page_config(
    assets: dict[str, str],
    archives: list[dict],
    fetched: dict[str, int],
    sums: dict[str, str],
    lock: Lock,
    plain: bool,
    build_id: str,
) -> dict[str, Any]:
    """Return what the page and its worker must know, all addresses relative to the root.

    Parameters
    ----------
    assets : dict of str to str
        Folders by kind.
    archives : list of dict
        Address and format of what the worker unpacks into site-packages, in order.
    fetched : dict of str to int
        Bytes of each file that the worker fetches, by its name: for the progress bar, and to tell
        a file that broke off from a whole one.
    sums : dict of str to str
        SHA-256 of the same files, in base64.
    lock : Lock
        For the versions.
    plain : bool
        Whether start-up is unoptimised: then no snapshot is to be taken.
    build_id : str
        Names this build's content.
    """
    bokeh, panel, pmui = (assets[kind] for kind in ("bokeh", "panel", "pmui"))
    panel_version = lock.version_of("panel")
    return {
        "build": build_id,
        "plain": plain,
        "snapshot": not plain,
        "worker": f"{assets['js']}/worker.js",
        "pyodide": f"{assets['pyodide']}/",
        "archives": archives,
        "bytes": fetched,
        "sums": sums,
        "sitePackages": SITE_PACKAGES.rstrip("/"),
        "scripts": [
            f"{bokeh}/bokeh.min.js",
            f"{bokeh}/bokeh-widgets.min.js",
            f"{panel}/{panel_version}/dist/panel.min.js",
        ],
        "panelRoot": f"{panel}/",
        "panelMaterialRoot": f"{pmui}/",
        "materialBundle": f"{pmui}/{lock.version_of('panel-material-ui')}"
        "/panel-material-ui.bundle.js",
    }


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
