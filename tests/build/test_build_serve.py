import gzip
import http.client
from contextlib import suppress

import pytest

from buildlib.serve import StaticServer


@pytest.fixture
def site(tmp_path):
    files = {
        "index.html": "home",
        "cloud/index.html": "cloud",
        "a.wasm": "\0asm" * 200,
        "a.mjs": "export {};",
        "manifest.webmanifest": "{}",
        "packages.bin": "b" * 1000,
        "assets/css-1/a.css": "b {}",
    }
    for name, text in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "secret").write_text("not served")
    return tmp_path / "site"


@pytest.fixture
def ask(site):
    servers = []

    def request(path: str, method: str = "GET", headers=None, base: str = "/", faults=None):
        server = StaticServer(site, base=base, faults=faults)
        servers.append(server)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            connection.request(method, path, headers=headers or {})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    yield request
    for server in servers:
        server.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/a.wasm", "application/wasm"),
        ("/a.mjs", "text/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/packages.bin", "application/octet-stream"),
    ],
)
def test_types_are_those_browsers_insist_on(ask, path, kind):
    status, headers, _ = ask(path)
    assert (status, headers["Content-Type"]) == (200, kind)


def test_every_answer_may_be_read_from_a_sandboxed_frame(ask):
    for path in ("/", "/none"):
        assert ask(path)[1]["Access-Control-Allow-Origin"] == "*"


def test_wasm_is_gzipped_for_those_who_accept_it(ask):
    accepts = {"Accept-Encoding": "gzip"}
    _, headers, body = ask("/a.wasm", headers=accepts)
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == ask("/a.wasm")[2] == b"\0asm" * 200
    assert "Content-Encoding" not in ask("/packages.bin", headers=accepts)[1]


def test_folders_serve_their_index_and_need_a_slash(ask):
    assert ask("/cloud/")[2] == b"cloud"
    status, headers, _ = ask("/cloud?part=2")
    assert (status, headers["Location"]) == (301, "/cloud/?part=2")


def test_a_base_path_is_required_once_given(ask):
    assert ask("/sub/path/cloud/", base="/sub/path/")[2] == b"cloud"
    assert ask("/sub/path", base="sub/path")[1]["Location"] == "/sub/path/"
    assert ask("/cloud/", base="/sub/path/")[0] == 404


def test_nothing_outside_the_folder_is_served(ask):
    for path in ("/../secret", "/%2e%2e/secret", "/cloud/../../secret"):
        status, _, body = ask(path)
        assert status == 404
        assert b"not served" not in body


def test_an_own_page_is_shown_for_what_is_missing(ask, site):
    (site / "404.html").write_text("lost?")
    assert ask("/none")[::2] == (404, b"lost?")


def test_head_has_the_headers_and_no_body(ask):
    _, headers, body = ask("/a.wasm", method="HEAD")
    assert headers["Content-Length"] == "800"
    assert body == b""


def test_pages_are_checked_again_and_assets_are_cached(ask):
    assert ask("/")[1]["Cache-Control"] == "no-cache"
    assert ask("/assets/css-1/a.css")[1]["Cache-Control"] == "max-age=600"


def test_faults_replace_files(ask):
    def refuse_head(handler) -> bool:
        if handler.command != "HEAD":
            return False
        handler.send_error(418)
        return True

    faults = {"a.wasm": 503, "a.mjs": b"broken", "index.html": refuse_head}
    assert ask("/a.wasm", faults=faults)[0] == 503
    assert ask("/a.mjs", faults=faults)[2] == b"broken"
    assert ask("/index.html", faults=faults)[2] == b"home"
    assert ask("/index.html", method="HEAD", faults=faults)[0] == 418


def test_a_connection_serves_several_requests_which_are_remembered(site):
    with StaticServer(site) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        for path in ("/a.mjs", "/cloud/"):
            connection.request("GET", path)
            assert connection.getresponse().read()
        connection.close()
        assert server.requests == ["a.mjs", "cloud/"]
        assert server.url == f"http://127.0.0.1:{server.port}/"


def test_a_port_in_use_is_refused(site):
    with StaticServer(site) as server, pytest.raises(OSError, match="in use"):
        StaticServer(site, port=server.port)


def test_a_closed_server_answers_nothing_even_on_a_connection_held_open(site):
    with StaticServer(site) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"home"
    connection.auto_open = False
    with suppress(OSError):  # the system may take the request, but nobody answers it
        connection.request("GET", "/")
    with pytest.raises((http.client.HTTPException, OSError)):
        connection.getresponse()
    connection.close()
