"""Every link within the built site, and within the repository, leads somewhere."""

import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from buildlib import render
from buildlib.paths import is_for_teachers

PROJECT = Path(__file__).parents[2]
SITE = PROJECT / "site"
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//")
KEYS = [page for page in render.load_pages(SITE) if page.extra.get("gives") == "answers"]


class Links(HTMLParser):
    """The ids of a page and the addresses that it names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.ids |= {said["id"]} if said.get("id") else set()
        self.addresses += [said[name] for name in ("href", "src") if said.get(name)]


@pytest.fixture(scope="module")
def read(dist) -> dict[Path, Links]:
    return {path: Links(path.read_text("utf-8")) for path in sorted(dist.rglob("*.html"))
            if "assets" not in path.relative_to(dist).parts}  # fmt: skip


def broken(pages: dict[Path, Links], root: Path) -> list[str]:
    """List the links that lead nowhere, or out of the site by a relative address."""
    found = []
    for path, page in pages.items():
        for address in page.addresses:
            if OUTSIDE.match(address):
                continue
            parts = urlsplit(address)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            lost = not target.is_file() or not target.is_relative_to(root.resolve())
            if not lost and parts.fragment and target in pages:
                lost = parts.fragment not in pages[target].ids
            if lost:
                found.append(f"{path.relative_to(root)}: {address}")
    return found


def test_every_link_within_the_site_leads_somewhere(read, dist):
    assert len(read) > 15
    assert sum(len(page.addresses) for page in read.values()) > 300
    assert broken(read, dist) == []


def test_the_checker_notices(tmp_path):
    texts = {"a.html": '<a href="b.html#x">', "b.html": '<p id="y"><img src="../c.png">'}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    pages = {tmp_path / name: Links(text) for name, text in texts.items()}
    assert broken(pages, tmp_path) == ["a.html: b.html#x", "b.html: ../c.png"]


def test_every_link_within_the_repository_leads_somewhere():
    files = [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")]
    files += (PROJECT / "missions" / "teach").glob("*.md")
    for path in files:
        text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
        for address in re.findall(r"\]\(([^)#\s]+)", text):
            assert OUTSIDE.match(address) or (path.parent / address).exists(), f"{path}: {address}"


def test_every_page_of_text_is_reached_from_the_start_page(read, dist):
    seen, queue = set(), [dist / "index.html"]
    while queue:
        path = queue.pop()
        if path in seen or path not in read:
            continue
        seen.add(path)
        for address in read[path].addresses:
            target = (path.parent / urlsplit(address).path).resolve()
            queue.append(target / "index.html" if target.is_dir() else target)
    pages = {page.out for page in render.load_pages(SITE) if page.out.endswith(".html")}
    assert pages - {"404.html"} <= {path.relative_to(dist).as_posix() for path in seen}


def test_a_student_meets_no_answer_key_by_the_way(read, dist):
    """Not by a link of a track's page, not in what the service worker keeps, not by a search."""
    assert len(KEYS) == 4
    for path, page in read.items():
        if "data-python" in path.read_text("utf-8"):
            assert not [address for address in page.addresses if "teach" in address], path
    worker = (dist / "sw.js").read_text("utf-8")
    assert '"cloud/"' in worker
    for page in KEYS:
        assert page.address not in worker
        assert 'name="robots" content="noindex"' in (dist / page.out).read_text("utf-8")


def test_the_lab_s_archive_holds_the_missions_and_nothing_of_the_teacher(dist_plain):
    (archive,) = dist_plain.glob("assets/lab-*/lab.zip")
    with zipfile.ZipFile(archive) as packed:
        missions = [name.removeprefix("missions/") for name in packed.namelist()
                    if name.startswith("missions/")]  # fmt: skip
    assert "cloud/part_1.toml" in missions
    assert [name for name in missions if is_for_teachers(name)] == []
