"""The Content-Security-Policy of the pages: nothing may be loaded or asked but the site's own.

GitHub Pages sends no headers of a project's own, so the policy stands in a ``<meta>`` element, put
into each page after it is rendered: only then are its inline scripts known, and each of them is
allowed by its hash. ``docs/security.md`` says what each directive is for and what was measured.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape

from buildlib.errors import BuildError

MARK = "@content-security-policy@"
"""What a template writes where the policy is to stand."""

FRAME_MARK = "@content-security-policy-of-a-frame@"
"""The same where `early.js` finds the policy that it adapts in a frame with an opaque origin."""

SITE: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'", "'wasm-unsafe-eval'"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "worker-src": ("'self'", "blob:", "data:"),
    "manifest-src": ("'self'",),
    "frame-src": ("'self'",),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
"""The policy of a page that a server sends."""

ONE_FILE: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'unsafe-inline'", "'wasm-unsafe-eval'", "data:"),
    "style-src": ("'unsafe-inline'", "data:"),
    "img-src": ("data:", "blob:"),
    "font-src": ("data:",),
    "worker-src": ("data:",),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}
"""The policy of a page that has everything inside itself and may ask no server at all."""

SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.I)
NOT_RUN = re.compile(r"\bsrc\s*=|\btype\s*=\s*[\"']?application/(?:ld\+)?json\b", re.I)


def policy(directives: Mapping[str, tuple[str, ...]] = SITE, scripts: Iterable[str] = ()) -> str:
    """Write a policy.

    Parameters
    ----------
    directives : mapping of str to tuple of str
        Sources by directive: `SITE` or `ONE_FILE`.
    scripts : iterable of str
        The texts of the inline scripts that may run, exactly as they stand in the page.

    Returns
    -------
    str
        What belongs into the ``content`` of the ``<meta>``.
    """
    allowed = dict(directives)
    allowed["script-src"] = (*allowed["script-src"], *map(source_hash, scripts))
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items())


def source_hash(text: str) -> str:
    """Return the source expression that allows one inline script."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def inline_scripts(page: str) -> list[str]:
    """Return the texts of a page's inline scripts, without those that only hold data."""
    found = (match for match in SCRIPT.finditer(page) if not NOT_RUN.search(match["attributes"]))
    return [match["text"] for match in found]


def fill(page: str, directives: Mapping[str, tuple[str, ...]] = SITE) -> str:
    """Put the policy where a rendered page has `MARK`.

    Raises
    ------
    BuildError
        When something that the policy is to hold for stands before it.
    """
    before, mark, after = page.partition(MARK)
    if not mark:
        return page
    early = inline_scripts(before)
    if len(early) > 1 or re.search(r"\bsrc\s*=|<(?:style|link)\b", before):
        raise BuildError("Nothing but early.js may stand before the Content-Security-Policy.")
    text = escape(policy(directives, inline_scripts(after)), quote=True)
    return page.replace(FRAME_MARK, text).replace(MARK, text)
