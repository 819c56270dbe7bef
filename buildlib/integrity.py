"""Writes into the pages what the files that they name must hash to.

A browser does not run a script, nor apply a style sheet, whose bytes are others: those of another
build behind a stale cache, or of a proxy that rewrites. What the worker fetches is checked by the
worker (``site/js/start/fetch-watched.js``), against sums in the page's config.
"""

import hashlib
import re
from base64 import b64encode
from pathlib import PurePosixPath
from posixpath import join, normpath

from buildlib.trim import Tree

TAG = re.compile(
    r'<(?:script\b[^>]*?\bsrc|link\b[^>]*?\brel="(?:stylesheet|modulepreload)"[^>]*?\bhref)'
    r'="(?P<address>[^"]+)"'
)


def digest(data: bytes, algorithm: str) -> str:
    """Return a hash in base64; `algorithm` is one of hashlib's names."""
    return b64encode(hashlib.new(algorithm, data).digest()).decode()


def with_integrity(site: Tree) -> Tree:
    """Return the site with `integrity` on each script, style sheet and module that a page names.

    Parameters
    ----------
    site : dict of str to bytes
        All its files by path. Only ``.html`` files change, and in them only tags whose file is
        part of the site.
    """
    return {
        path: _marked(path, data.decode(), site).encode() if path.endswith(".html") else data
        for path, data in site.items()
    }


def _marked(page: str, text: str, site: Tree) -> str:
    folder = str(PurePosixPath(page).parent)

    def mark(tag: re.Match[str]) -> str:
        named = site.get(normpath(join(folder, tag["address"])))
        if named is None:
            return tag[0]
        # Frames with an opaque origin may only check what they ask for by CORS.
        return f'{tag[0]} integrity="sha384-{digest(named, "sha384")}" crossorigin'

    return TAG.sub(mark, text)
