"""Serves the folder that this file lies in to the local network: `python3 serve.py [port]`.

Any Python from 3.8 does, with nothing installed. It names the types that the lab needs itself,
since on some machines (Windows above all) Python takes wrong ones from the system's settings.
"""

import argparse
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}


def main() -> None:
    """Serve until Ctrl+C."""
    parser = argparse.ArgumentParser(description="Serve the Fleet Serving Lab.")
    parser.add_argument("port", nargs="?", type=int, default=8000, help="default 8000")
    parser.add_argument("--bind", default="0.0.0.0", help="default: every address of this machine")
    options = parser.parse_args()
    SimpleHTTPRequestHandler.extensions_map.update(TYPES)
    SimpleHTTPRequestHandler.protocol_version = "HTTP/1.1"
    here = str(Path(__file__).resolve().parent)
    handler = partial(SimpleHTTPRequestHandler, directory=here)
    with ThreadingHTTPServer((options.bind, options.port), handler) as server:
        print(f"Serving the lab on port {server.server_address[1]} (stop with Ctrl+C).", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")


if __name__ == "__main__":
    main()
