"""The build from downloads to a folder that any static host can serve."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tqdm import tqdm

from buildlib import render, sizes, stamp
from buildlib.archive import zip_tree
from buildlib.bundle import Asset, font_asset, read_folder, tree_hash, vendor_assets
from buildlib.compile import SITE_PACKAGES, STDLIB, compile_tree
from buildlib.errors import BuildError
from buildlib.fetch import Sources, fetch_all
from buildlib.lock import Lock, load_lock
from buildlib.paths import Layout
from buildlib.snapshot import patch_loader
from buildlib.trim import Tree, licence_texts, load_rules, trim_wheel, unzip

BUILDLIB = Path(__file__).parent
BUILD_ID_DIGITS = 12
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
    fresh : bool
        Whether there was anything to do.
    """

    output: Path
    report: str
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
    inputs = stamp.inputs_hash([layout.site, layout.labpy, layout.missions, BUILDLIB], mode)
    stamp_path = layout.state / f"{mode}.json"
    output = layout.output(plain)
    last = stamp.load_stamp(stamp_path)
    if stamp.is_current(last, inputs, output):
        return Built(output, last.report, fresh=False)
    site, report = assemble(layout, plain, progress)
    stamp.write_site(site, output)
    stamp.save_stamp(stamp.make_stamp(inputs, site, report), stamp_path)
    return Built(output, report, fresh=True)


def assemble(layout: Layout, plain: bool, progress: bool) -> tuple[Tree, str]:
    """Return every file of the site by path, and the table of sizes."""
    lock = load_lock()
    with Sources() as sources:
        files = fetch_all(lock.items, layout.cache, sources.read, progress=progress)
    with tqdm(desc="Building", total=4, unit="step", disable=not progress) as bar:
        step = _stepper(bar)
        wheels = {item.name: files[item.filename] for item in lock.of_kind("wheel")}
        python = step("python", lambda: _python_assets(layout, lock, files, wheels, plain))
        static = step("assets", lambda: _static_assets(layout, lock, files, wheels))
        assets = {asset.kind: asset for asset in [*python, *static]}
        site = step("pages", lambda: _site(layout, lock, assets, wheels, plain))
        return step("sizes", lambda: _with_manifest(site, plain))


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
        packages |= trim_wheel(wheels[name], name, rules)
    lab = {f"labpy/{path}": data for path, data in read_folder(layout.labpy).items()}
    lab |= {f"missions/{path}": data for path, data in read_folder(layout.missions).items()}
    runtime = {item.filename: files[item.filename] for item in lock.of_kind("runtime")}
    lock_text = json.dumps({"info": lock.pyodide_info, "packages": {}}, indent=1)
    if not plain:
        toolchain = (dict(runtime), lock_text, layout.cache)
        packages = compile_tree(packages, *toolchain, DROP_ASSERTS_AND_DOCSTRINGS, SITE_PACKAGES)
        lab = compile_tree(lab, *toolchain, KEEP_ALL, SITE_PACKAGES)
        stdlib = unzip(runtime["python_stdlib.zip"])
        stdlib = compile_tree(stdlib, *toolchain, DROP_ASSERTS_AND_DOCSTRINGS, STDLIB)
        runtime["python_stdlib.zip"] = zip_tree(stdlib)
        runtime["pyodide.asm.mjs"] = patch_loader(runtime["pyodide.asm.mjs"])
    runtime["pyodide-lock.json"] = lock_text.encode()
    return [
        Asset("pyodide", runtime),
        Asset("packages", {"packages.zip": zip_tree(packages)}),
        Asset("lab", {"lab.zip": zip_tree(lab)}),
    ]


def _static_assets(
    layout: Layout, lock: Lock, files: Tree, wheels: dict[str, bytes]
) -> list[Asset]:
    """Return what the page itself loads."""
    versions = {item.name: item.version for item in lock.items}
    fonts = {item.filename: files[item.filename] for item in lock.of_kind("font")}
    rendered = {page.template for page in render.load_pages(layout.site)}
    scripts = read_folder(layout.site / "js")
    own = [
        Asset("css", read_folder(layout.site / "css")),
        Asset("js", {path: data for path, data in scripts.items() if path not in rendered}),
        Asset("img", read_folder(layout.site / "img")),
    ]
    vendor = [*vendor_assets(wheels, versions), font_asset(fonts)]
    return [*(asset for asset in own if asset.tree), *vendor]


def _site(
    layout: Layout, lock: Lock, assets: dict[str, Asset], wheels: dict[str, bytes], plain: bool
) -> Tree:
    """Return the assets and the rendered pages by path."""
    site: Tree = {}
    for asset in assets.values():
        site |= asset.files()
    site["third-party-licences.txt"] = _licences(wheels).encode()
    pages = render.load_pages(layout.site)
    later = sizes.load_budget()["later"]
    precache = sizes.first_visit(site, later)
    precache += [page.address for page in pages if sizes.first_visit([page.out], later)]
    context = {
        "assets": {kind: asset.folder for kind, asset in assets.items()},
        "precache": sorted(precache),
        "plain": plain,
    }
    draft = _rendered(layout, lock, pages, context, build_id="")
    build_id = sha256((tree_hash(site) + tree_hash(draft)).encode()).hexdigest()[:BUILD_ID_DIGITS]
    return site | _rendered(layout, lock, pages, context, build_id)


def _rendered(
    layout: Layout, lock: Lock, pages: list[render.Page], context: dict, build_id: str
) -> Tree:
    config = page_config(context["assets"], lock, context["plain"], build_id)
    sys.path.insert(0, str(layout.project))
    try:
        return render.render_pages(
            layout.site, pages, {**context, "build_id": build_id, "config": config}
        )
    finally:
        sys.path.remove(str(layout.project))


def page_config(assets: dict[str, str], lock: Lock, plain: bool, build_id: str) -> dict[str, Any]:
    """Return what the page and its worker must know, all addresses relative to the root.

    Parameters
    ----------
    assets : dict of str to str
        Folders by kind.
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
        "pyodide": f"{assets['pyodide']}/",
        "archives": [
            {"url": f"{assets['packages']}/packages.zip", "format": "zip"},
            {"url": f"{assets['lab']}/lab.zip", "format": "zip"},
        ],
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
    parts = ["Licences of the packages that this site redistributes.\n"]
    for name in sorted(wheels):
        for path, text in licence_texts(wheels[name]).items():
            parts.append(f"{'=' * 80}\n{name}: {path}\n{'=' * 80}\n{text.strip()}\n")
    return "\n".join(parts)


def _with_manifest(site: Tree, plain: bool) -> tuple[Tree, str]:
    """Return the site with ``build.json``, which says what it weighs, and the table."""
    budget = sizes.load_budget()
    wire = sizes.wire_sizes(site)
    both = {path: (len(site[path]), wire[path]) for path in sorted(site)}
    first = sizes.first_visit(site, budget["later"])
    manifest = {
        "files": {path: {"raw": raw, "wire": wired} for path, (raw, wired) in both.items()},
        "first_visit": first,
        "first_visit_wire_bytes": sum(wire[path] for path in first),
    }
    if not plain:
        sizes.check_budget(manifest["first_visit_wire_bytes"], budget["first_visit_bytes"])
    text = json.dumps(manifest, indent=1) + "\n"
    return {**site, "build.json": text.encode()}, sizes.size_table(both, first)
