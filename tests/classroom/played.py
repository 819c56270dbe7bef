"""Ledgers of students who play: they turn dials at random, pass, and write."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.missions import load_track
from labpy.state.ledger import Ledger

BUILD = "played"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clock:
    """Gives later and later times."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> str:
        self.seconds += 20
        at = START + timedelta(seconds=self.seconds)
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def play(
    track: str, seed: int, tries: int = 2, query: str = "", parts: tuple[int, ...] = ()
) -> Ledger:
    """Play parts of a track, all if none is named, through the app, as the page would."""
    draw, clock = random.Random(seed), Clock()
    lab = Lab(
        RecordingPage(), track=track, build=BUILD, at=clock(), identity=str(seed), query=query
    )
    for number in parts or load_track(track).parts:
        play_part(lab, number, draw, clock, tries)
    return lab.session.ledger


def play_part(lab: Lab, number: int, draw: random.Random, clock: Clock, tries: int) -> None:
    """Predict, try settings at random, pass with the winning one, reflect, save."""

    def act(kind: str, **facts) -> None:
        lab.receive({"kind": kind, "part": number, "at": clock(), **facts})

    mission = lab.session.mission(number)
    lock = mission.lock
    options = [each.key for each in lock.options] or [f"{lock.lowest:g}"]
    act("predict", answer=draw.choice(options))
    bench = lab.open(number)
    for settings in [*(at_random(mission, draw) for _ in range(tries)), mission.winning]:
        bench.state.apply(settings)
        if mission.iterations:
            act("deploy")
        else:
            bench.finish()
    text = f"Student {draw.random()} of part {number}: the queue is the model. " * 5
    act("reflect", text=text)
    if mission.defence:
        act("defend", text=text)
    act("checkpoint")


def at_random(mission, draw: random.Random) -> dict:
    """Draw a setting that the dials can have."""

    def one(knob):
        if knob.kind == "switch":
            return draw.random() < 0.5
        if knob.kind == "choice":
            return draw.choice(knob.choices)
        steps = round((knob.high - knob.low) / knob.step)
        return knob.parse(f"{knob.low + draw.randint(0, steps) * knob.step:.6g}")

    return {knob.key: one(knob) for knob in mission.knobs}
