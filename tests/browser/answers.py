"""What a bad network or host may answer in place of a file; for `StaticServer.faults`."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET

from buildlib.integrity import digest
from buildlib.serve import TYPES, UNKNOWN_TYPE, Fault

PAGE = b"<!doctype html><title>Not found</title><h1>There is no such page</h1>"


def address(dist: Path, pattern: str) -> str:
    """Give the address, relative to the site's root, of the one file that matches a pattern."""
    (found,) = dist.glob(f"assets/{pattern}")
    return found.relative_to(dist).as_posix()


def type_of(path: Path) -> str:
    """Give the type that a good host sends a file with."""
    return TYPES.get(path.suffix, UNKNOWN_TYPE)


def answer(status: int, kind: str, body: bytes, sent: int | None = None) -> Fault:
    """Answer with this status, type and body; hang up after `sent` bytes of it."""

    def fault(handler: BaseHTTPRequestHandler) -> bool:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Access-Control-Allow-Origin", "*")
        handler.end_headers()
        handler.wfile.write(body[:sent])
        handler.close_connection = sent is not None
        return True

    return fault


def missing() -> Fault:
    """Answer as a host does that has a page for what it has not."""
    return refused(404)


def replaced() -> Fault:
    """Answer with a page and no error, as a network's log-in does."""
    return answer(200, "text/html; charset=utf-8", PAGE)


def refused(status: int) -> Fault:
    """Answer as a filter or a broken host does: with a status and a page that says why."""
    return answer(status, "text/html; charset=utf-8", PAGE)


def truncated(path: Path) -> Fault:
    """Answer with the first half of a file as if that were all."""
    data = path.read_bytes()
    return answer(200, type_of(path), data[: len(data) // 2])


def altered(path: Path) -> Fault:
    """Answer with as many bytes of a file, the last of which is another."""
    data = path.read_bytes()
    return answer(200, type_of(path), data[:-1] + bytes([data[-1] ^ 1]))


def broken_off(path: Path) -> Fault:
    """Promise a file and hang up in its middle, as a network does that goes away."""
    data = path.read_bytes()
    return answer(200, type_of(path), data, sent=len(data) // 2)


def reset(path: Path) -> Fault:
    """Send a quarter of a file, and then end the connection as a firewall does."""
    data = path.read_bytes()
    begin = answer(200, type_of(path), data, sent=len(data) // 4)

    def fault(handler: BaseHTTPRequestHandler) -> bool:
        begin(handler)
        handler.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        return True

    return fault


def stalled(path: Path, end: threading.Event) -> Fault:
    """Send a quarter of a file and then nothing more, until something has happened."""
    data = path.read_bytes()
    begin = answer(200, type_of(path), data, sent=len(data) // 4)

    def fault(handler: BaseHTTPRequestHandler) -> bool:
        begin(handler)
        handler.wfile.flush()
        end.wait(timeout=300)
        return True

    return fault


def wrong_type(path: Path) -> Fault:
    """Answer with the file as bytes of no known type."""
    return answer(200, UNKNOWN_TYPE, path.read_bytes())


def held(until: threading.Event) -> Fault:
    """Answer as usual, but not before something has happened."""

    def fault(handler: BaseHTTPRequestHandler) -> bool:
        until.wait(timeout=120)
        return False

    return fault


def another_worker(
    dist: Path, change: Callable[[str], str], page: str = "cloud/"
) -> dict[str, Fault]:
    """Answer with a worker that is changed, and with a page that knows the changed one's bytes."""
    worker = address(dist, "js-*/worker.js")
    before = (dist / worker).read_text("utf-8")
    text = (dist / page / "index.html").read_text("utf-8")
    for known in (_known, _sized):
        old, new = known(before), known(change(before))
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {
        worker: answer(200, "text/javascript; charset=utf-8", change(before).encode()),
        page: answer(200, "text/html; charset=utf-8", text.encode()),
    }


def _known(script: str) -> str:
    return digest(script.encode(), "sha256")


def _sized(script: str) -> str:
    return f'"worker.js": {len(script.encode())}'
