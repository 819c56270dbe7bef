"""What the page itself loads: its style sheets, scripts, pictures and fonts."""

import io
import re
import tarfile

from buildlib import protocol, render, words
from buildlib.bundle import bundle_scripts
from buildlib.gather import Asset, font_asset, read_folder, vendor_assets
from buildlib.lock import Lock
from buildlib.paths import Layout
from buildlib.trim import Tree

ENTRY_SCRIPT = re.compile(r"""<script[^>]*assets\.js \}\}/([\w./-]+\.js)""")
WORKER = "worker.js"
EARLY_WORKER = "early-worker.js"
"""Stands in the pages themselves."""


def static_assets(
    layout: Layout,
    lock: Lock,
    files: Tree,
    wheels: dict[str, bytes],
    scripts: Tree,
    plain: bool,
) -> list[Asset]:
    """Return what the page itself loads."""
    versions = {item.name: item.version for item in lock.items}
    fonts = {item.filename: files[item.filename] for item in lock.of_kind("font")}
    own = [
        Asset("css", page_styles(layout, lock, files, plain)),
        Asset("js", scripts),
        Asset("img", read_folder(layout.site / "img")),
    ]
    vendor = [*vendor_assets(wheels, versions), font_asset(fonts)]
    return [*(asset for asset in own if asset.tree), *vendor]


def npm_member(package: bytes, path: str) -> bytes:
    """Return one file of an npm package."""
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as archive:
        return archive.extractfile(f"package/{path}").read()


def page_styles(layout: Layout, lock: Lock, files: Tree, plain: bool) -> Tree:
    """Return the page's own style sheets, minified unless the build is plain."""
    sheets = read_folder(layout.site / "css")
    if plain:
        return sheets
    (tool,) = lock.of_kind("tool")
    return bundle_scripts(sheets, sorted(sheets), files[tool.filename], layout.cache)


def page_scripts(layout: Layout, lock: Lock, files: Tree, plain: bool) -> Tree:
    """Return the page's own scripts; none imports another unless the build is plain.

    There is one for each that a page or a worker starts with: that many requests.
    """
    rendered = {page.template for page in render.load_pages(layout.site)}
    scripts = read_folder(layout.site / "js")
    scripts = {path: data for path, data in scripts.items() if path not in rendered}
    scripts[protocol.SCRIPT] = protocol.messages_script()
    packages = {item.name: files[item.filename] for item in lock.of_kind("script")}
    scripts |= words.library(packages["@fluent/bundle"])
    scripts["qr/index.js"] = npm_member(packages["qr"], "index.js")
    if plain:
        return scripts
    templates = "".join(
        path.read_text(encoding="utf-8") for path in sorted(layout.site.rglob("*.html"))
    )
    named = {WORKER, EARLY_WORKER, *ENTRY_SCRIPT.findall(templates)}
    entries = sorted(named & scripts.keys())
    (tool,) = lock.of_kind("tool")
    return bundle_scripts(scripts, entries, files[tool.filename], layout.cache)
