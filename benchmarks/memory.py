"""What the lab's page takes of a machine's memory, and whether it takes more the longer one stays.

`uv run python -m benchmarks.memory` uses one track for ten minutes as a restless student would:
goes from part to part, turns knobs, simulates, deploys once a minute. Each minute it collects
garbage and prints what is held.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from dataclasses import astuple, dataclass, fields

from playwright.sync_api import CDPSession, sync_playwright

from benchmarks.lab_page import LabPage, launch, served_site
from benchmarks.processes import browser_processes, memory_mb
from labpy.missions import Part, load_part, load_track

MODELS = "Bokeh.documents.reduce((sum, each) => sum + each._all_models.size, 0)"
LEDGER_LENGTH = "localStorage.getItem('fleet-lab:%2F:ledger').length"  # of a site at the root
PYTHON_OBJECTS = "import gc; gc.collect(); len(gc.get_objects())"
VIEWPORT = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Held:
    """What is held at one moment; MB are 1e6 bytes."""

    minute: float
    processes_mb: float
    script_mb: float
    python_mb: float
    python_objects: int
    documents: int
    models: int
    nodes: int
    listeners: int
    ledger_kb: float


def held(lab: LabPage, session: CDPSession, minute: float) -> Held:
    """Collect garbage on both sides, and look."""
    objects = lab.python(PYTHON_OBJECTS)
    session.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    page = lab.page
    return Held(
        minute=minute,
        processes_mb=memory_mb(browser_processes()),
        script_mb=metrics["JSHeapUsedSize"] / 1e6,
        python_mb=lab.heap_bytes() / 1e6,
        python_objects=objects,
        documents=page.evaluate("Bokeh.documents.length"),
        models=page.evaluate(MODELS),
        nodes=int(metrics["Nodes"]),
        listeners=int(metrics["JSEventListeners"]),
        ledger_kb=page.evaluate(LEDGER_LENGTH) / 1e3,
    )


def use(lab: LabPage, part: Part, chance: random.Random) -> None:
    """Turn each primary knob of a part a few times, and simulate."""
    lab.show(part)
    for knob in part.knobs:
        if knob.advanced:
            continue
        box = lab.knob(knob.key)
        if knob.kind in ("float", "int"):
            box.locator('[role="slider"]').focus()
            for _ in range(8):
                lab.page.keyboard.press(
                    chance.choice(["ArrowRight", "ArrowLeft", "PageUp", "Home"])
                )
        elif knob.kind == "switch":
            box.locator("input[type=checkbox]").focus()
            lab.page.keyboard.press("Space")
        else:
            chance.choice(box.locator("button[aria-pressed]").all()).click()
        lab.settle()
    if part.simulates:
        lab.section.locator("[data-simulate]").first.click()
        lab.settle()


def deploy(lab: LabPage, part: Part) -> None:
    """Spend an iteration, and take it back."""
    lab.show(part)
    lab.section.locator("[data-deploy]").click()
    lab.settle()
    lab.section.locator("[data-restart]").click()
    lab.settle()


def report(row: Held) -> None:
    """Print one moment."""
    print(" ".join(f"{v:14.1f}" if isinstance(v, float) else f"{v:14}" for v in astuple(row)))


def main() -> None:
    """Use the lab and print what it holds, minute by minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--track", default="cloud")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--built", action="store_true", help="take dist/ as it is")
    options = parser.parse_args()
    parts = [load_part(options.track, number) for number in load_track(options.track).parts]
    chance = random.Random(1)
    with served_site(options.built) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport=VIEWPORT)
        lab = LabPage(page, server, options.track, parts[0])
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        for part in parts:  # once through all, so that each has been drawn
            use(lab, part, chance)
        print(" ".join(f"{each.name:>14}" for each in fields(Held)))
        begin, minute, peak = time.monotonic(), 0, 0.0
        report(held(lab, session, 0.0))
        for part in itertools.cycle(parts):
            use(lab, part, chance)
            peak = max(peak, memory_mb(browser_processes()))
            lab.take()  # what the benchmark itself records must not pile up
            passed = (time.monotonic() - begin) / 60
            if passed >= minute + 1:
                minute = int(passed)
                for each in parts:
                    if each.iterations:
                        deploy(lab, each)
                report(held(lab, session, passed))
            if passed >= options.minutes:
                break
        print(f"peak of all processes of the browser: {peak:.0f} MB")
        browser.close()


if __name__ == "__main__":
    main()
