"""Plays a class: `python -m tests.classroom.make_class FOLDER N` writes N ledgers."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.missions import load_track, track_keys
from labpy.state.ledger import Ledger
from tests.classroom.played import BUILD, Clock, play_part

MADE_UP = ("Ada", "Bela", "Chidi", "Dunya", "Emre", "Farah", "Goran", "Hana", "Ines", "Jun")


def student(number: int, build: str = BUILD) -> tuple[str, Ledger]:
    """Give a made-up student's name and ledger: one track, all its parts or the first ones."""
    draw, clock = random.Random(number), Clock()
    clock.seconds = draw.randrange(3600) + number / 1000  # no two begin in one millisecond
    track = track_keys()[number % len(track_keys())]
    lab = Lab(RecordingPage(), track=track, build=build, at=clock(), identity=str(number))
    parts = load_track(track).parts
    for part in parts[: draw.choice((1, 2, 3, 3, 3))]:
        play_part(lab, part, draw, clock, tries=draw.randint(0, 3))
    name = f"{MADE_UP[number % len(MADE_UP)]} {number}"
    lab.receive({"kind": "export", "at": clock(), "format": "json", "name": name})
    return name, lab.session.ledger


if __name__ == "__main__":
    folder, many = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    for each in range(many):
        name, ledger = student(each, *sys.argv[3:4])
        (folder / f"{name}.json").write_text(ledger.to_json(), encoding="utf-8")
    print(f"{many} ledgers in {time.perf_counter() - begun:.1f} s")
