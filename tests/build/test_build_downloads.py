"""The one-file lab and the zip: complete, without a request, and served as browsers insist."""

import gzip
import http.client
import json
import re
import subprocess
import sys
import zipfile
from base64 import b64decode
from html.parser import HTMLParser

import pytest

from buildlib.errors import BuildError
from buildlib.gather import read_folder
from buildlib.onefile import Carried, _place
from buildlib.paths import is_for_teachers
from buildlib.pipeline import build
from buildlib.render import load_downloads
from labpy.missions import track_keys

SERVED = {
    "index.html": "text/html",
    "pyodide.asm.wasm": "application/wasm",
    "pyodide.mjs": "text/javascript",
    "shell.js": "text/javascript",
    "base.css": "text/css",
    "packages.bin": "application/octet-stream",
}


class Reader(HTMLParser):
    """Reads the document as a browser would: what stands in each ``<script>``."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.carried: dict[str, dict[str, str]] = {}
        self.addresses: list[str] = []
        self._open: dict[str, str] = {}
        self.feed(document)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._open = dict(attributes) if tag == "script" else {}
        self.addresses += [value for name, value in attributes if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        self._open = {}

    def handle_data(self, data: str) -> None:
        if "data-file" in self._open:
            self.carried[self._open["data-file"]] = {**self._open, "text": data}

    def content(self, path: str) -> bytes:
        told = self.carried[path]
        data = b64decode(told["text"], validate=True)
        return gzip.decompress(data) if told["data-encoding"] == "gzip" else data


@pytest.fixture(scope="module")
def reader(dist) -> Reader:
    return Reader((dist / "fleet-lab-offline.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def unzipped(dist, tmp_path_factory):
    folder = tmp_path_factory.mktemp("school")
    with zipfile.ZipFile(dist / "fleet-lab-site.zip") as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def test_every_file_of_a_first_visit_is_carried_unchanged(dist, reader):
    first = json.loads((dist / "build.json").read_text())["first_visit"]
    files = [path for path in first if path.startswith("assets/") and "/js-" not in path]
    assert len(files) > 15
    assert [path for path in files if reader.content(path) != (dist / path).read_bytes()] == []


def test_every_page_is_carried_under_the_query_that_asks_for_it(reader):
    pages = {path: told for path, told in reader.carried.items() if "data-query" in told}
    queries = {told["data-query"]: path for path, told in pages.items()}
    for track in track_keys():
        assert f'data-track="{track}"'.encode() in reader.content(queries[f"track={track}"])
    assert b"At scale" in reader.content(queries[""])
    assert b"SIL OPEN FONT LICENSE" in reader.content(queries["page=third-party-licences.txt"])


def test_no_answer_key_is_carried(reader):
    assert [path for path in reader.carried if path.startswith("teach")] == []


def test_the_document_itself_names_no_other_file(reader):
    assert reader.addresses == ["data:,"]  # no icon is asked of a server


def test_no_script_imports_another(reader):
    scripts = [path for path in reader.carried if re.match(r"assets/js-\w+/", path)]
    assert {path.rsplit("/", 1)[1] for path in scripts} >= {"shell.js", "start.js", "worker.js"}
    for path in scripts:
        assert not re.search(r'^import .* from "\.', reader.content(path).decode(), re.MULTILINE)


def test_base64_and_attributes_can_not_end_their_element():
    element = Carried('a"><script>.css', b"</script>", query='x"y').element()
    (told,) = Reader(element).carried.values()
    assert (told["data-file"], told["data-query"]) == ('a"><script>.css', 'x"y')
    assert b64decode(told["text"]) == b"</script>"


def test_a_placing_script_that_would_end_its_element_is_refused(tmp_path):
    (tmp_path / "onefile").mkdir()
    (tmp_path / "onefile" / "place.js").write_text('"</script>"')
    with pytest.raises(BuildError, match=r"place\.js"):
        _place(tmp_path)


def test_the_zip_holds_the_whole_site_and_how_to_serve_it(dist, unzipped):
    site = read_folder(dist)
    held = read_folder(unzipped)
    assert set(held) - set(site) == {"HOW-TO-SERVE.txt", "serve.py"}
    missing = set(site) - set(held)
    assert {"build.json", "fleet-lab-site.zip"} <= missing
    assert {path for path in missing if not is_for_teachers(path)} <= {
        "build.json",
        "fleet-lab-site.zip",
    }
    for path in held.keys() & site.keys():
        if held[path] != site[path]:  # only what a start page offers, and the way to the keys
            assert path == "index.html" or b"teach/" in site[path], path
            assert b'/teach/"' not in held[path]


def test_pages_offer_just_what_lies_beside_them(dist, unzipped, reader):
    names = load_downloads(dist.parent / "site").values()
    offered = [
        {name for name in names if name in page}
        for page in (
            (dist / "index.html").read_text(),
            (unzipped / "index.html").read_text(),
            reader.content("./").decode(),
        )
    ]
    assert offered == [set(names), {"fleet-lab-offline.html"}, set()]


def test_the_server_in_the_zip_names_the_types_that_browsers_insist_on(unzipped):
    command = [sys.executable, str(unzipped / "serve.py"), "0", "--bind", "127.0.0.1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            port = int(re.search(r"port (\d+)", server.stdout.readline())[1])
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            for name, kind in SERVED.items():
                (path,) = unzipped.glob(name) if name == "index.html" else unzipped.rglob(name)
                connection.request("HEAD", f"/{path.relative_to(unzipped).as_posix()}")
                answer = connection.getresponse()
                answer.read()
                assert (answer.status, answer.headers.get_content_type()) == (200, kind), name
            connection.close()
        finally:
            server.terminate()


def test_the_plain_site_offers_no_downloads(built_project):
    output = build(built_project, plain=True, progress=False).output
    assert [path.name for path in output.glob("fleet-lab-*")] == []
