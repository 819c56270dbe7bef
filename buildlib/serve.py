"""A small static server that behaves like GitHub Pages, for development and tests."""

import gzip
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, unquote, urlsplit

Fault = int | bytes | Callable[[BaseHTTPRequestHandler], bool]
"""A status to answer, a body to answer, or a callable that answers and returns True."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
UNKNOWN_TYPE = "application/octet-stream"
GZIPPED = frozenset(TYPES) - {".png", ".woff2", ".zip"}
SMALLEST_GZIPPED = 256


@lru_cache(maxsize=256)
def _gzipped(data: bytes) -> bytes:
    """Compress each content once: wasm takes half a second."""
    return gzip.compress(data, compresslevel=6, mtime=0)


class StaticServer:
    """Serves a folder on 127.0.0.1 in a thread of its own; a context manager.

    Parameters
    ----------
    directory : Path
        What to serve.
    base : str
        The path under which it lies, such as ``/sub/path/``.
    port : int
        0 picks a free one.
    faults : mapping of str to Fault, optional
        Answers that replace files, by their path relative to the base: an HTTP status, a body,
        or a callable that is given the request handler and returns whether it has answered. It
        may be changed while the server runs.

    Raises
    ------
    OSError
        When the port is taken.
    """

    def __init__(
        self,
        directory: Path,
        base: str = "/",
        port: int = 0,
        faults: Mapping[str, Fault] | None = None,
    ):
        self.directory = Path(directory).resolve()
        self.base = f"/{base.strip('/')}/" if base.strip("/") else "/"
        self.faults: dict[str, Fault] = dict(faults or {})
        self.requests: list[str] = []
        self.sent = 0
        self._http = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._http.server_address[1]

    @property
    def url(self) -> str:
        """The address of the site's root, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}{quote(self.base)}"

    def wait(self) -> None:
        """Serve until interrupted."""
        while self._thread.is_alive():
            self._thread.join(timeout=1)

    def close(self) -> None:
        """Stop serving, end the connections that browsers hold open, and free the port."""
        self._http.shutdown()
        self._http.server_close()
        self._http.hang_up()
        self._thread.join()

    def __enter__(self) -> "StaticServer":
        """Return itself, already serving."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], site: StaticServer):
        self.site = site
        self.open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def hang_up(self) -> None:
        """End all connections."""
        for connection in list(self.open):
            with suppress(OSError):  # the browser was first
                connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request, client_address) -> None:
        """Remember a connection before its thread begins."""
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request) -> None:
        """Forget a connection that is over."""
        self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, client_address) -> None:
        """Say nothing: browsers drop connections whenever they like."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(site.base):
            if path + "/" == site.base:
                self._redirect(site.base)
            else:
                self._not_found()
            return
        relative = path.removeprefix(site.base)
        site.requests.append(relative)
        if relative in site.faults and self._fail(site.faults[relative]):
            return
        self._send_file(relative)

    do_HEAD = do_GET

    def _send_file(self, relative: str) -> None:
        site = self.server.site
        target = (site.directory / relative).resolve()
        if not target.is_relative_to(site.directory):
            self._not_found()
        elif target.is_dir() and relative and not relative.endswith("/"):
            self._redirect(f"{site.base}{relative}/")
        elif (target / "index.html").is_file():
            self._send_path(target / "index.html", HTTPStatus.OK)
        elif target.is_file() and not relative.endswith("/"):
            self._send_path(target, HTTPStatus.OK)
        else:
            self._not_found()

    def _fail(self, fault: Fault) -> bool:
        if callable(fault):
            return fault(self)
        if isinstance(fault, bytes):
            self._send(HTTPStatus.OK, UNKNOWN_TYPE, fault)
        else:
            self._send(HTTPStatus(fault), "text/plain; charset=utf-8", b"fault\n")
        return True

    def _redirect(self, location: str) -> None:
        query = urlsplit(self.path).query
        target = quote(location) + (f"?{query}" if query else "")
        self._send(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", {"Location": target})

    def _not_found(self) -> None:
        page = self.server.site.directory / "404.html"
        if page.is_file():
            self._send_path(page, HTTPStatus.NOT_FOUND)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"404: not found\n")

    def _send_path(self, path: Path, status: HTTPStatus) -> None:
        kind = TYPES.get(path.suffix, UNKNOWN_TYPE)
        data = path.read_bytes()
        accepts = "gzip" in self.headers.get("Accept-Encoding", "")
        if accepts and path.suffix in GZIPPED and len(data) >= SMALLEST_GZIPPED:
            self._send(
                status,
                kind,
                _gzipped(data),
                {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"},
            )
        else:
            self._send(status, kind, data)

    def _send(
        self, status: HTTPStatus, kind: str, body: bytes, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", self._cache_control())
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.server.site.sent += len(body)
            self.wfile.write(body)

    def _cache_control(self) -> str:
        """Let assets be cached, as their address names their content; ask again for pages."""
        relative = self.path.removeprefix(self.server.site.base)
        return "max-age=600" if relative.startswith("assets/") else "no-cache"

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: the browser's own tools show requests better."""
