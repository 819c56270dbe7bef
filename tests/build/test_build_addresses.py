"""Nothing that the browser fetches by itself may leave the site."""

import re
from pathlib import Path

import pytest

ABSOLUTE = r"(?:https?:)?//[a-z0-9][^\s\"'<>)]*"
FETCHED = {
    ".html": [
        rf"\b(?:src|srcset|action|poster|data)\s*=\s*[\"']?({ABSOLUTE})",
        rf"<link\b[^>]*\bhref\s*=\s*[\"']?({ABSOLUTE})",
        rf"url\(\s*[\"']?({ABSOLUTE})",
        rf"\bimport\b[^;]*?[\"']({ABSOLUTE})",
    ],
    ".css": [rf"url\(\s*[\"']?({ABSOLUTE})", rf"@import\s+[\"']({ABSOLUTE})"],
    ".js": [
        rf"\bimport\b[^;\n]*?[\"']({ABSOLUTE})",
        rf"\b(?:fetch|Worker|URL|importScripts|open)\(\s*[\"'`]({ABSOLUTE})",
        rf"\.(?:src|href)\s*=\s*[\"'`]({ABSOLUTE})",
    ],
}
THIRD_PARTY = {
    # Minified code of others, with addresses of documentation, namespaces and CDNs that are only
    # used when its own addresses are not set. The browser tests watch the network while it runs.
    "bokeh.min.js",
    "bokeh-widgets.min.js",
    "panel.min.js",
    "panel-material-ui.bundle.js",
    "pyodide.mjs",
    "pyodide.asm.mjs",
}


def kind(path: Path) -> str:
    return ".js" if path.suffix == ".mjs" else path.suffix


def leaving(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [hit for pattern in FETCHED.get(kind(path), []) for hit in re.findall(pattern, text)]


def scripts_and_styles(dist: Path) -> list[Path]:
    return [path for path in sorted(dist.rglob("*")) if kind(path) in FETCHED]


def test_no_page_style_or_script_fetches_from_elsewhere(dist):
    own = [path for path in scripts_and_styles(dist) if path.name not in THIRD_PARTY]
    assert len(own) > 10
    found = {path.relative_to(dist).as_posix(): leaving(path) for path in own}
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_the_list_of_third_party_files_holds_no_more_than_is_shipped(dist):
    assert {path.name for path in scripts_and_styles(dist)} >= THIRD_PARTY


def test_every_address_in_a_page_is_relative_or_a_link_for_people(dist):
    for page in dist.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        rooted = re.findall(r"\b(?:src|href)\s*=\s*[\"'](/[^\"']*)", text)
        assert rooted == [], f"{page}: an address that starts with / breaks under a sub-path"


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".html", '<script src="https://cdn.example/x.js"></script>'),
        (".html", '<link rel="stylesheet" href="//cdn.example/x.css">'),
        (".css", "b { background: url(https://cdn.example/x.png) }"),
        (".css", '@import "https://cdn.example/x.css";'),
        (".js", 'import { a } from "https://cdn.example/x.js";'),
        (".js", 'const m = await import("https://cdn.example/x.js");'),
        (".mjs", "fetch(`https://cdn.example/x`)"),
    ],
)
def test_the_scan_would_see_each_way_of_leaving(tmp_path, suffix, text):
    path = tmp_path / f"a{suffix}"
    path.write_text(text)
    assert len(leaving(path)) >= 1


def test_links_for_people_are_allowed(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<a href="https://arxiv.org/abs/2309.06180">PagedAttention</a>')
    assert leaving(path) == []
