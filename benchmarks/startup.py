"""How long the lab takes to start: ``uv run python -m benchmarks.startup``.

Serves ``dist/`` and ``dist-plain/`` and opens a track's page in a browser: first with an empty
profile, then again with the same one, then on another track. The two sites take turns, so that
whatever else the machine does meets both. Reads the marks that the page leaves, counts bytes and
requests at the server, and prints medians. ``--write`` also puts the table into
``docs/performance.md``.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.profiles import BROWSERS
from buildlib.paths import PROJECT, default_layout
from buildlib.pipeline import build
from buildlib.serve import StaticServer

DOCUMENT = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- startup:begin -->", "<!-- startup:end -->"
VISITS = (("first", "cloud/"), ("later", "cloud/"), ("other track", "edge/"))
MARKS = {"lock": "lab:lock-ready", "python": "lab:python-ready", "ready": "lab:workbench-ready"}
READY = "['ready', 'failed'].includes(document.documentElement.dataset.python)"
SETTLED = """
    /^Ready|^$/.test(document.querySelector('[data-offline-state]').textContent)
    && (!JSON.parse(document.getElementById('lab-config').textContent).snapshot
        || document.documentElement.dataset.start === 'snapshot'
        || document.documentElement.dataset.snapshot !== undefined)
"""
READ_MARKS = """
    Object.fromEntries(performance.getEntriesByType('mark')
        .filter((mark) => /^(lab|stage):/.test(mark.name))
        .map((mark) => [mark.name, mark.startTime]))
"""
READ_START = "document.documentElement.dataset.start"
# What is called a stage here ends with the mark named; what comes before it is the one above.
STAGES = (
    ("page, worker, files", ("stage:restore", "stage:python")),
    ("Python itself, or its snapshot", ("stage:unpack", "lab:python-ready")),
    ("unpacking", ("stage:import",)),
    ("imports", ("lab:python-ready",)),
    ("building the app", ("stage:draw",)),
    ("drawing", ("lab:workbench-ready",)),
)


@dataclass(frozen=True)
class Visit:
    """One visit: milliseconds since navigation by mark, and what it cost."""

    marks: dict[str, float]
    start: str
    requests: int
    wire_bytes: int
    requests_after: int


def visit(browser, profile: Path, site: StaticServer, path: str) -> Visit:
    """Open a page in a browser of its own and stay until all is settled."""
    requests, sent = len(site.requests), site.sent
    with browser(profile) as window:
        window.go(site.url + path)
        window.wait_for(READY)
        marks, start = window.evaluate(READ_MARKS), window.evaluate(READ_START)
        if MARKS["ready"] not in marks:
            raise SystemExit(f"{site.directory.name}/{path} did not start")
        until_ready, wire = len(site.requests) - requests, site.sent - sent
        window.wait_for(SETTLED)
    return Visit(marks, str(start), until_ready, wire, len(site.requests) - requests - until_ready)


def warm(site: StaticServer) -> None:
    """Let the server gzip every file once, as a static host has done before anybody comes."""
    from urllib.request import Request, urlopen

    for path in sorted(site.directory.rglob("*")):
        if path.is_file():
            address = site.url + path.relative_to(site.directory).as_posix()
            with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
                answer.read()


def measure(browser, sites: dict[str, Path], rounds: int) -> dict[tuple[str, str], list[Visit]]:
    """Let the sites take turns, visit by visit."""
    found: dict[tuple[str, str], list[Visit]] = {}
    for turn in range(rounds):
        with tempfile.TemporaryDirectory(prefix="fleet-lab-startup-") as folder:
            servers = {name: StaticServer(path, base="/lab/") for name, path in sites.items()}
            for server in servers.values():
                warm(server)
            order = list(servers)[:: 1 if turn % 2 else -1]
            for name, path in VISITS:
                for site in order:
                    profile = Path(folder, site)
                    profile.mkdir(exist_ok=True)
                    made = visit(browser, profile, servers[site], path)
                    found.setdefault((site, name), []).append(made)
                    ready = made.marks[MARKS["ready"]] / 1000
                    took = f"{ready:.2f} s ({made.start})"
                    print(f"{turn + 1}/{rounds} {site}, {name}: {took}", flush=True)
            for server in servers.values():
                server.close()
    return found


def median(visits: list[Visit], mark: str) -> float:
    return statistics.median(each.marks[mark] for each in visits)


def table(found: dict[tuple[str, str], list[Visit]]) -> list[str]:
    """Give the medians as Markdown."""
    lines = [
        "| site | visit | lock, s | Python, s | workbench, s | of plain | starts from | requests |"
        " MB | requests after |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for (site, name), visits in found.items():
        times = {key: median(visits, mark) for key, mark in MARKS.items()}
        ratio = ""
        if site != "dist-plain":
            ratio = f"{times['ready'] / median(found['dist-plain', name], MARKS['ready']):.2f}"
        starts = "/".join(sorted({each.start for each in visits}))
        requests = round(statistics.median(each.requests for each in visits))
        after = round(statistics.median(each.requests_after for each in visits))
        wire = statistics.median(each.wire_bytes for each in visits) / 1e6
        seconds = [f"{times[key] / 1000:.2f}" for key in MARKS]
        cells = [site, name, *seconds, ratio, starts, requests, f"{wire:.2f}", after]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def stages(found: dict[tuple[str, str], list[Visit]]) -> list[str]:
    """Give the median time by stage as Markdown."""
    columns = list(found)
    lines = [
        "| stage, s | " + " | ".join(f"{site}, {name}" for site, name in columns) + " |",
        "|---|" + "---|" * len(columns),
    ]
    spent = {key: [_spent(each.marks) for each in visits] for key, visits in found.items()}
    for label, _ in STAGES:
        cells = []
        for key in columns:
            values = [each[label] for each in spent[key] if label in each]
            cells.append(f"{statistics.median(values) / 1000:.2f}" if values else "")
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return lines


def _spent(marks: dict[str, float]) -> dict[str, float]:
    found, last = {}, 0.0
    for label, ends in STAGES:
        end = next((marks[mark] for mark in ends if mark in marks), None)
        if end is not None and end > last:
            found[label] = end - last
            last = end
    return found


def machine(browser: str) -> str:
    """Describe what it was measured on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            row.split(":")[1].strip()
            for row in info.read_text().splitlines()
            if "model name" in row
        ]
        model = names[0] if names else model
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    day = datetime.now(UTC).date().isoformat()
    return (
        f"{day}, {browser.capitalize()} on {platform.system()}, {os.cpu_count()} cores ({model}), "
        f"served from the same machine; load average {load:.1f} when it ended."
    )


def write(text: str) -> None:
    """Put the text between the markers of ``docs/performance.md``."""
    document = DOCUMENT.read_text("utf-8")
    head, rest = document.split(BEGIN)
    _, tail = rest.split(END)
    DOCUMENT.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time to a usable workbench, first and later.")
    parser.add_argument("--browser", choices=BROWSERS, default="chromium")
    parser.add_argument("--rounds", type=int, default=5, help="of which medians are taken")
    parser.add_argument("--write", action="store_true", help="update docs/performance.md")
    parser.add_argument("--json", type=Path, help="keep every single visit in this file")
    chosen = parser.parse_args()
    sites = {
        "dist-plain": build(default_layout(), plain=True).output,
        "dist": build(default_layout()).output,
    }
    found = measure(BROWSERS[chosen.browser], sites, chosen.rounds)
    text = "\n".join(
        [
            machine(chosen.browser),
            f"Medians of {chosen.rounds}.",
            "",
            *table(found),
            "",
            *stages(found),
        ]
    )
    print(text)
    if chosen.json:
        kept = {
            f"{site}, {name}": [vars(v) for v in visits] for (site, name), visits in found.items()
        }
        chosen.json.write_text(json.dumps(kept, indent=1) + "\n")
    if chosen.write:
        write(text)


if __name__ == "__main__":
    main()
