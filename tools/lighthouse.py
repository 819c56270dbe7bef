"""Lighthouse on the built site: `uv run python -m tools.lighthouse [PAGE ...]`.

Accessibility and best practices of the start page and of Cloud Titan's page, or of the pages named
(`edge/`). Lighthouse comes from npm at a fixed version into the user's cache; the report of each
page is kept beside it. Ends with 1 when a score is below 95.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from buildlib.paths import default_layout
from buildlib.pipeline import build
from buildlib.serve import StaticServer
from buildlib.tools import run_node, run_npm

VERSION = "13.5.0"
LEAST = 95
PAGES = ("", "cloud/")
CATEGORIES = ("accessibility", "best-practices")
CHROME_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "fleet-serving-lab"


def installed() -> Path:
    """Give Lighthouse's command line, fetched at the first time."""
    folder = CACHE / f"lighthouse-{VERSION}"
    cli = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not cli.exists():
        folder.mkdir(parents=True, exist_ok=True)
        run_npm(["install", "--silent", "--no-save", f"lighthouse@{VERSION}"], cwd=folder)
    return cli


def measure(cli: Path, chrome: str, address: str, report: Path) -> dict:
    """Run Lighthouse on one address, as on a phone, and give its report."""
    arguments = [
        str(cli), address, "--quiet", "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROME_FLAGS}",
    ]  # fmt: skip
    run_node(arguments, env={**os.environ, "CHROME_PATH": chrome})
    return json.loads(report.read_text("utf-8"))


def failing(report: dict) -> list[str]:
    """Name the audits that cost points."""
    weighed = {
        each["id"]: each["weight"]
        for category in report["categories"].values()
        for each in category["auditRefs"]
    }
    return [
        f"{key}: {audit['title']}"
        for key, audit in report["audits"].items()
        if weighed.get(key) and audit["score"] is not None and audit["score"] < 1
    ]


def main() -> None:
    """Build, serve, measure, and print a table."""
    chrome = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if not chrome:
        sys.exit("No Chromium or Chrome on the PATH.")
    cli = installed()
    low = False
    print("| page | accessibility | best practices |\n|---|---|---|")
    with StaticServer(build(default_layout(), progress=False).output, base="/lab/") as server:
        for page in sys.argv[1:] or PAGES:
            report_file = cli.parents[3] / f"{page.strip('/') or 'start'}.json"
            report = measure(cli, chrome, server.url + page, report_file)
            scores = [round(100 * report["categories"][key]["score"]) for key in CATEGORIES]
            print(f"| {page or 'start'} | {' | '.join(map(str, scores))} |", flush=True)
            for each in failing(report):
                print(f"  {each}", file=sys.stderr)
            low |= min(scores) < LEAST
    sys.exit(low)


if __name__ == "__main__":
    main()
