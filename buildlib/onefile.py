"""The whole lab in one HTML file, for a double click where there is neither server nor network.

Every page and file of the site stands in a ``<script data-file>`` that no browser runs: base64,
which costs a third, and for all but what a page needs at once gzip before that, which saves more.
``site/onefile/place.js`` puts a page on show, ``site/js/files/files.js`` unpacks the rest.
"""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from markupsafe import Markup

from buildlib import csp
from buildlib.errors import BuildError
from buildlib.gather import Asset
from buildlib.render import Page, environment, render_pages
from buildlib.serve import TYPES, UNKNOWN_TYPE
from buildlib.sizes import gzipped

TEMPLATE = "onefile/page.html"
PLACE = "onefile/place.js"
AT_ONCE = ("css", "fonts", "img", "js")
PACKED_ALREADY = frozenset((".bin", ".png", ".woff2", ".zip"))
LICENCES = Page("onefile/licences.html", "third-party-licences.txt", {})


@dataclass(frozen=True)
class Carried:
    """One file that the document carries.

    Parameters
    ----------
    path : str
        Its address relative to the root; of a page, the folder's.
    data : bytes
        Its content.
    query : str or None
        Of a page: what in the document's query asks for it.
    gzipped : bool
        Whether to compress it; a page that loads cannot wait for that to be undone.
    """

    path: str
    data: bytes
    query: str | None = None
    gzipped: bool = False

    def element(self) -> Markup:
        """Return the element that carries it; base64 holds nothing that HTML would read."""
        data = gzipped(self.data) if self.gzipped else self.data
        attributes = {
            "type": "text/plain",
            "data-file": self.path,
            "data-type": TYPES.get(PurePosixPath(self.path).suffix, UNKNOWN_TYPE),
            "data-encoding": "gzip" if self.gzipped else "base64",
        }
        if self.query is not None:
            attributes["data-query"] = self.query
        told = Markup(" ").join(Markup('{}="{}"').format(*each) for each in attributes.items())
        return Markup("<script {}>{}</script>").format(told, b64encode(data).decode())


def one_file(
    site_folder: Path, assets: dict[str, Asset], pages: list[Page], context: dict[str, Any]
) -> bytes:
    """Return the document.

    Parameters
    ----------
    site_folder : Path
        Holds the templates and ``onefile/``.
    assets : dict of str to Asset
        All folders of the site, by kind; no script in ``js`` may import another.
    pages : list of Page
        The pages to carry.
    context : dict
        What templates see.
    """
    # Nothing to keep a snapshot in, and nothing on the way that could change a byte.
    config = {**context["config"], "snapshot": False, "sums": {}}
    licences = _licences(context, assets)
    context = {**context, "config": config, "licences": licences}
    context |= {"preload": [], "early_worker": ""}
    rendered = render_pages(site_folder, [*pages, LICENCES], context, root="./")
    first = [Carried(p.address, rendered[p.out], _query(p)) for p in [*pages, LICENCES]]
    rest: list[Carried] = []
    for kind, asset in assets.items():
        for path, data in sorted(asset.files().items()):
            if kind in AT_ONCE:
                first.append(Carried(path, data))
            else:
                packed = PurePosixPath(path).suffix in PACKED_ALREADY
                rest.append(Carried(path, data, gzipped=not packed))
    html = environment(site_folder).get_template(TEMPLATE)
    return html.render(
        **context,
        first=[each.element() for each in first],
        rest=[each.element() for each in rest],
        place=_place(site_folder),
        policy=csp.policy(csp.ONE_FILE),
    ).encode()


def _query(page: Page) -> str:
    """Return what asks for a page: a track's own key, as links to settings say it."""
    if "track" in page.extra:
        return f"track={page.extra['track']}"
    return "" if page.address == "./" else f"page={page.address}"


def _place(site_folder: Path) -> Markup:
    text = (site_folder / PLACE).read_text(encoding="utf-8")
    if "</script" in text:
        raise BuildError(f"{PLACE} says </script, which would end its own element.")
    return Markup(text)


def _licences(context: dict[str, Any], assets: dict[str, Asset]) -> str:
    """Return all licences in one text: beside this file lies nothing."""
    fonts = assets["fonts"].tree
    texts = [fonts[path].decode() for path in sorted(fonts) if path.endswith(".txt")]
    return "\n".join([context["licences"], *texts])
