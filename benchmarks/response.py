"""How long a knob takes from the press to the repaint that shows its result, part by part.

`uv run python -m benchmarks.response` builds the site, opens each part in Chromium, locks an
answer, and turns every primary knob: by keyboard, one press at a time, and sliders also by a drag
over their whole range. A press comes at a random moment within a frame, as a reader's does, and
ends with the frame in which both the words and the figures of that very value have been drawn. For
a drag each painted value counts from the pointer's move that made it; what it skipped is counted
too.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.lab_page import LabPage, launch, served_site
from benchmarks.processes import browser_processes, processor_ms, renderer
from labpy.missions import Knob, Part, all_missions

SEED = 20261123
PRESSES, CHOICE_ROUNDS = 24, 4
DRAG_STEPS, DRAG_PAUSE_MS = 60, 16
FRAME_MS = 1000 / 60
BAR_MS = {"playing": (40.0, 70.0), "paused": (30.0, 60.0)}  # the strip: median and P95
STAGES = ("send", "panel", "evaluate", "draw", "tell", "flush", "other", "apply", "paint")


@dataclass
class Press:
    """One value: milliseconds from input to repaint, whole and by stage, and bytes received."""

    total_ms: float
    stages: dict[str, float] = field(default_factory=dict)
    patch_bytes: int = 0
    facts_bytes: int = 0
    processor_ms: dict[str, float] = field(default_factory=dict)


def painted_at(log: dict[str, list], ready: float, until: float) -> float:
    """Give the end of the frame that shows what was ready at a time.

    If canvases were drawn for it, it is the frame of the last such draw before `until`.
    """
    draws = [t for t in log["draws"] if ready <= t < until]
    if draws:
        return next(end for _, end in log["frames"] if end >= draws[-1])
    return next(end for start, end in log["frames"] if start >= ready)


def answers(log: dict[str, list]) -> Iterator[dict[str, Any]]:
    """Pair each patch that was sent with its facts, its patches, and when the next message came.

    An answer ends with `idle`; what comes between answers is what the app does when knobs rest.
    """
    sent = iter([each for each in log["sent"] if each["type"] == "patch"])
    python = iter([each for each in log["python"] if each["call"] == "patch"])
    got = log["got"]
    begin = 0
    for i, each in enumerate(got):
        if each["type"] != "idle":
            continue
        facts = [j for j in range(begin, i) if got[j].get("kind") == "facts"]
        answer = {"sent": next(sent), "python": next(python, {}), "facts": None, "patches": []}
        if facts:
            answer["facts"] = got[facts[-1]]
            after = got[facts[-1] : i]
            answer["patches"] = [each for each in after if each["type"] == "patch"]
        answer["until"] = got[i + 1]["t"] if i + 1 < len(got) else math.inf
        yield answer
        begin = i + 1


def _press(log: dict[str, list], answer: dict[str, Any], begin: float) -> Press:
    """Measure one answer that told facts, from an input to its repaint."""
    parts = (answer["facts"], *answer["patches"])
    ready = max(each["applied"] for each in parts)
    painted = painted_at(log, ready, answer["until"])
    python = answer["python"]
    known = {name: python.get(name, 0.0) for name in ("evaluate", "draw", "tell", "flush")}
    stages = {
        "send": answer["sent"]["t"] - begin,
        **known,
        "panel": python["all"] - sum(known.values()),
        "apply": sum(each["applied"] - each["t"] for each in parts),
        "paint": painted - ready,
    }
    stages["other"] = painted - begin - sum(stages.values())
    sent = sum(each["bytes"] for each in answer["patches"])
    return Press(painted - begin, stages, sent, answer["facts"]["bytes"])


def measure_press(lab: LabPage, key: str) -> Press | None:
    """Press a key and wait for its repaint; None where the value did not change."""
    lab.take()
    process = renderer(browser_processes())
    before = processor_ms(process)
    # What was asked of the page just now was answered between frames: without a pause every press
    # would come right after one.
    lab.page.wait_for_timeout(random.uniform(0, FRAME_MS))
    lab.page.keyboard.press(key)
    lab.settle()
    after = processor_ms(process)
    log = lab.take()
    begin = next(each["t"] for each in log["inputs"] if each["type"] == "keydown")
    found = [each for each in answers(log) if each["facts"]]
    if not found:
        return None
    press = _press(log, found[0], begin)
    press.processor_ms = {name: after[name] - before[name] for name in after}
    return press


def press_slider(lab: LabPage, knob: Knob) -> list[Press]:
    """Walk a slider from one end towards the other, every value new."""
    lab.knob(knob.key).locator('[role="slider"]').focus()
    steps = round((knob.high - knob.low) / knob.step)
    lab.page.keyboard.press("Home")
    lab.settle()
    found = []
    # A long range is walked in two stretches, from either end, since cost depends on the value.
    halves = [("ArrowRight", min(steps, PRESSES // 2))]
    if steps > PRESSES // 2:
        halves.append(("ArrowLeft", min(steps - PRESSES // 2, PRESSES // 2)))
    for key, count in halves:
        if key == "ArrowLeft":
            lab.page.keyboard.press("End")
            lab.settle()
        found += [measure_press(lab, key) for _ in range(count)]
    return [each for each in found if each]


def press_choices(lab: LabPage, knob: Knob) -> list[Press]:
    """Press each of a knob's choices in turn; a switch is turned on and off."""
    box, found = lab.knob(knob.key), []
    for _ in range(CHOICE_ROUNDS):
        if knob.kind == "switch":
            box.locator("input[type=checkbox]").focus()
            found += [measure_press(lab, "Space") for _ in range(2)]
            continue
        for button in box.locator("button[aria-pressed]").all():
            button.focus()
            found.append(measure_press(lab, "Enter"))
    return [each for each in found if each]


@dataclass
class Drag:
    """A drag over the whole range: milliseconds of each value that was painted."""

    painted_ms: list[float]
    moves: int


def drag_slider(lab: LabPage, knob: Knob) -> Drag:
    """Drag a slider from end to end at a steady pace."""
    slider = lab.knob(knob.key).locator(".MuiSlider-root")
    box = slider.bounding_box()
    y, mouse = box["y"] + box["height"] / 2, lab.page.mouse
    mouse.move(box["x"], y)
    mouse.down()
    lab.settle()
    lab.take()
    for step in range(1, DRAG_STEPS + 1):
        mouse.move(box["x"] + box["width"] * step / DRAG_STEPS, y)
        lab.page.wait_for_timeout(DRAG_PAUSE_MS)
    lab.settle()
    log = lab.take()
    mouse.up()
    lab.settle()
    lab.take()
    return drag_of(log, knob, box)


def drag_of(log: dict[str, list], knob: Knob, box: dict[str, float]) -> Drag:
    """Find for each painted value the move that brought it, and its repaint."""
    moves = [each for each in log["inputs"] if each["type"] == "pointermove"]
    values = [_value_at(knob, (each["x"] - box["x"]) / box["width"]) for each in moves]
    painted = []
    for answer in filter(lambda each: each["facts"], answers(log)):
        told = answer["facts"]["settings"][knob.key]
        mine = [
            move["t"]
            for move, value in zip(moves, values, strict=True)
            if abs(value - told) < knob.step / 2
        ]
        if mine:
            painted.append(_press(log, answer, mine[0]).total_ms)
    return Drag(painted, len(moves))


def _value_at(knob: Knob, share: float) -> float:
    steps = (knob.high - knob.low) / knob.step
    return knob.low + knob.step * min(max(round(share * steps), 0), round(steps))


def quantiles(values: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(values), float(np.quantile(values, 0.95))


def report(name: str, presses: list[Press], strip: str) -> None:
    """Print one line: total, then the median of each stage."""
    median, p95 = quantiles([each.total_ms for each in presses])
    most, most_p95 = BAR_MS[strip]
    verdict = "" if median <= most and p95 <= most_p95 else "  over"
    stages = " ".join(
        f"{statistics.median(each.stages[stage] for each in presses):6.1f}" for stage in STAGES
    )
    patch = statistics.median(each.patch_bytes for each in presses) / 1e3
    facts = statistics.median(each.facts_bytes for each in presses) / 1e3
    page, worker = (
        statistics.median(each.processor_ms[thread] for each in presses)
        for thread in ("page", "worker")
    )
    print(
        f"{name:42} {len(presses):4} {median:7.1f} {p95:7.1f}   {stages} {patch:7.1f} {facts:6.1f}"
        f" {page:6.1f} {worker:6.1f}{verdict}",
        flush=True,
    )


HEAD = (
    f"{'part, knob':42} {'n':>4} {'median':>7} {'p95':>7}   "
    + " ".join(f"{each[:6]:>6}" for each in STAGES)
    + f" {'patch':>7} {'facts':>6} {'page':>6} {'worker':>6}"
)


def report_drag(name: str, painted_ms: list[float], moves: int) -> None:
    """Print one line: the values of a drag that were painted."""
    median, p95 = quantiles(painted_ms)
    print(
        f"{name + ', dragged':42} {len(painted_ms):4} {median:7.1f} {p95:7.1f}"
        f"   painted of {moves} moves",
        flush=True,
    )


def measure_part(
    lab: LabPage, track: str, part: Part, only: str, strip: str
) -> tuple[list[Press], list[Drag]]:
    """Turn every primary knob of a part and print a line for each."""
    whole: list[Press] = []
    drags: list[Drag] = []
    for knob in part.knobs:
        if knob.advanced or only not in ("", knob.key):
            continue
        name = f"{track} {part.number} {knob.key}"
        slides = knob.kind in ("float", "int")
        presses = (press_slider if slides else press_choices)(lab, knob)
        report(name, presses, strip)
        whole += presses
        if slides:
            drag = drag_slider(lab, knob)
            if drag.painted_ms:
                drags.append(drag)
                report_drag(name, drag.painted_ms, drag.moves)
    return whole, drags


def chosen(which: list[str]) -> Iterator[tuple[str, list[Part]]]:
    """Give the tracks and parts that were asked for, as `cloud/1`; all of them by default."""
    for track, parts in all_missions():
        mine = [p for p in parts if not which or f"{track.key}/{p.number}" in which]
        if mine:
            yield track.key, mine


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help="such as cloud/1; all by default")
    parser.add_argument("--knob", default="", help="measure this knob only")
    parser.add_argument("--built", action="store_true", help="take dist/ as it is")
    parser.add_argument(
        "--every-frame", action="store_true", help="ask for every frame, as an animation would"
    )
    parser.add_argument("--paused", action="store_true", help="with the strip of requests paused")
    parser.add_argument("--json", type=Path, help="write the presses of each part here")
    options = parser.parse_args()
    strip = "paused" if options.paused else "playing"
    random.seed(SEED)
    kept: dict[str, dict[str, list[float]]] = {}
    with served_site(options.built) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        print(HEAD)
        for track, parts in chosen(options.parts):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            lab = LabPage(context.new_page(), server, track, parts[0], options.every_frame)
            for part in parts:
                lab.show(part)
                if options.paused:
                    lab.pause_strip()
                name = f"{track} {part.number}"
                presses, drags = measure_part(lab, track, part, options.knob, strip)
                report(name, presses, strip)
                dragged = [each for drag in drags for each in drag.painted_ms]
                if dragged:
                    report_drag(name, dragged, sum(drag.moves for drag in drags))
                pressed = [each.total_ms for each in presses]
                kept[f"{track}/{part.number}"] = {"pressed": pressed, "dragged": dragged}
            context.close()
        browser.close()
    if options.json:
        options.json.write_text(json.dumps(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
