"""What the page and its worker must know of a build: addresses, sizes, checksums, versions."""

from pathlib import Path, PurePosixPath
from typing import Any

from buildlib.archive import FORMATS
from buildlib.compile import SITE_PACKAGES
from buildlib.gather import Asset
from buildlib.integrity import digest
from buildlib.lock import Lock
from buildlib.page_assets import WORKER
from buildlib.trim import Tree

FETCHED = ("pyodide", "packages", "lab")
"""Folders out of which the worker fetches."""
CLASS_FOLDER = "teach/class"


def start_context(assets: dict[str, Asset], plain: bool) -> dict[str, Any]:
    """Return what templates see of how the lab starts.

    Parameters
    ----------
    assets : dict of str to Asset
        The site's folders by kind.
    plain : bool
        Whether start-up is unoptimised.
    """
    fetched = _fetched([assets[kind] for kind in FETCHED], assets["js"])
    return {
        "assets": {kind: asset.folder for kind, asset in assets.items()},
        "archives": [_archive_config(assets[kind]) for kind in ("packages", "lab")],
        "bytes": {name: len(data) for name, data in fetched.items()},
        "sums": {
            name: digest(data, "sha256")
            for name, data in (fetched | _drawing([assets["bokeh"], assets["panel"]])).items()
        },
        "preload": [] if plain else _preload(assets),
        "plain": plain,
    }


def with_build_id(context: dict, lock: Lock, build_id: str) -> dict:
    """Return what templates see, for a build of this name."""
    given = (context[key] for key in ("assets", "archives", "bytes", "sums"))
    config = page_config(*given, lock, context["plain"], build_id)
    return {**context, "build_id": build_id, "config": config}


def _preload(assets: dict[str, Asset]) -> list[str]:
    """Return the modules that a page needs sooner or later, for it to ask for at once.

    The worker and Python's own files are not among them: the worker is started by the page's first
    lines and asks for them as soon as it runs. A page's preload would be read a second time on each
    later visit, from the cache and for nothing.
    """
    return [path for path in assets["pmui"].files() if path.endswith(".bundle.js")]


def own_files(own: Asset) -> Tree:
    """Return the archive of the page of a class, beside that page, where only teachers get it."""
    name = PurePosixPath(own.folder).name
    return {
        f"{CLASS_FOLDER}/{name}{PurePosixPath(path).suffix}": data
        for path, data in own.tree.items()
    }


def class_needs(own: Asset | None) -> dict[str, Any]:
    """Return what the page of a class needs beyond the others, as `page_config` names it."""
    if own is None:
        return {"archives": [], "bytes": {}, "sums": {}}
    files = own_files(own)
    fetched = {PurePosixPath(path).name: data for path, data in files.items()}
    return {
        "archives": [{"url": p, "format": FORMATS[PurePosixPath(p).suffix]} for p in files],
        "bytes": {name: len(data) for name, data in fetched.items()},
        "sums": {name: digest(data, "sha256") for name, data in fetched.items()},
    }


def _archive_config(asset: Asset) -> dict[str, str]:
    (address,) = asset.files()
    return {"url": address, "format": FORMATS[Path(address).suffix]}


def _fetched(assets: list[Asset], scripts: Asset) -> Tree:
    """Return each file that the worker fetches or imports, itself too, by its name."""
    fetched = {
        PurePosixPath(path).name: data for asset in assets for path, data in asset.files().items()
    }
    return fetched | {WORKER: scripts.tree[WORKER]}


def _drawing(assets: list[Asset]) -> Tree:
    """Return the scripts that the page itself loads before it draws, by their name."""
    return {
        PurePosixPath(path).name: data
        for asset in assets
        for path, data in asset.files().items()
        if path.endswith(".min.js")
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
        SHA-256 of the same files, and of the scripts that draw, in base64.
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
