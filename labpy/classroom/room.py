"""A class: what was handed in, read file by file, and told as a whole."""

from __future__ import annotations

import io
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from labpy.classroom.collecting import Collected, Handed, collected, hand_in, minutes
from labpy.classroom.copies import same_as
from labpy.classroom.feedback import feedback_pages, feedback_zip
from labpy.classroom.finding import MAX_ZIP_BYTES, Found, in_zip, may_be_ledger, within_limit
from labpy.classroom.marking import mark
from labpy.classroom.rubric import load_rubric
from labpy.classroom.xlsx import write_xlsx
from labpy.missions import Lock
from labpy.scenarios import kept_scenario
from labpy.state.ledger import Ledger, PartProgress, Section, Summary, plain, print_view, summary
from labpy.state.ledger.progress import Missions
from labpy.state.ledger.sections import settings_told
from labpy.words import Value, amounts, msg, say

# A number that was predicted falls into one of these, by how often it is of the outcome.
BANDS = {"far-below": 0.5, "below": 0.9, "near": 1.1, "above": 2.0}
FARTHEST = "far-above"
SUMMED = ("complete", "begun", "passed", "missed", "challenges", "early", "minutes")
UNTOUCHED = 2  # rows of a track or part that nobody began


@dataclass(frozen=True)
class Tally:
    """What a class predicted of one part.

    Attributes
    ----------
    counts : of each option's key, or of each of the bands, how many predicted it.
    sentence : the same in words, and how the class fared.
    """

    counts: dict[str, int]
    sentence: Value


class ClassRoom:
    """Ledgers of a class. Files are taken at once, and read one by one by `step`.

    Parameters
    ----------
    missions : the tracks, each with its parts.
    build : this lab's, if it is known.
    """

    def __init__(self, missions: Missions, build: str | None = None) -> None:
        self.missions, self.build = missions, build
        self.handed: dict[str, Handed] = {}
        self.other: list[str] = []
        self._waiting: deque[Iterator[Found]] = deque()
        self._summaries: dict[str, tuple[Ledger, Summary]] = {}

    def take(self, name: str, data: bytes) -> None:
        """Take a file: a ledger, or a zip with ledgers in it; `other` names what is neither."""
        if name.lower().endswith(".zip") or data[:4] == b"PK\3\4":
            if len(data) > MAX_ZIP_BYTES:
                problem = msg("collect-zip-too-large", most=amounts.memory(MAX_ZIP_BYTES))
                self._waiting.append(iter([Found(name, problem=problem)]))
            else:
                self._waiting.append(in_zip(name, io.BytesIO(data), self.other))
        elif may_be_ledger(name, data):
            self._waiting.append(iter([within_limit(name, data)]))
        else:
            self.other.append(name)

    def step(self) -> bool:
        """Read the next ledger; False if there was none left."""
        while self._waiting:
            found = next(self._waiting[0], None)
            if found is not None:
                each = hand_in(found, self.build)
                self.handed[each.file] = each
                return True
            self._waiting.popleft()
        return False

    def stop(self) -> None:
        """Read no more of what was taken."""
        self._waiting.clear()

    def table(self) -> Collected:
        """Give the table that the command `labpy collect` writes."""
        return collected(self.handed.values(), self.missions)

    def to_xlsx(self) -> bytes:
        """Write that table, texts and all, and what was predicted, as a workbook."""
        columns, rows = self.table().table(texts=True)
        told = [[part, answer, count] for part, tally in self.tallies().items()
                for answer, count in tally.counts.items()]  # fmt: skip
        return write_xlsx(
            {
                "parts": [columns, *(list(row.values()) for row in rows)],
                "predictions": [("part", "answer", "students"), *told],
            }
        )

    def students(self) -> list[dict[str, Any]]:
        """Tell each file in a row: texts as they are shown, and numbers to sort by."""
        notes = same_as({name: each.ledger for name, each in self.handed.items() if each.ledger})
        return [self._row(self.handed[name], notes.get(name, "")) for name in sorted(self.handed)]

    def _row(self, each: Handed, note: str) -> dict[str, Any]:
        told = {"file": each.file, "chain": each.chain, "note": note or each.problem}
        if not (each.ledger and each.replay):
            return told
        whole = self._summary(each)
        begun = [part for part in whole.parts if part.state != "untouched"]
        parts = {f"{part.track}-{part.part}": _of_part(part) for part in begun}
        off = [part.off_by for part in begun if part.off_by is not None]
        return told | {
            "name": whole.name,
            "replay": each.replay.verdict,
            "build": whole.build,
            "parts": parts,
            **{key: round(sum(part[key] for part in parts.values()), 1) for key in SUMMED},
            **_off(median(off) if off else None),
        }

    def _summary(self, each: Handed) -> Summary:
        """Tell a ledger as a whole; each is told once, however often the class is."""
        kept = self._summaries.get(each.file)
        if kept is None or kept[0] is not each.ledger:
            kept = self._summaries[each.file] = (each.ledger, summary(each.ledger, self.missions))
        return kept[1]

    def feedback(self) -> bytes:
        """Fill in the rubric for each ledger as `labpy mark` does, and give its zip of pages."""
        rubric = load_rubric()
        marked = [
            (each.file, one, "")
            for each in sorted(self.handed.values(), key=lambda each: each.file)
            if each.ledger
            for one in mark(each.ledger, self.missions, rubric)
        ]
        return feedback_zip(feedback_pages(marked, rubric))

    def detail(self, name: str) -> tuple[list[Value], list[Section]]:
        """Tell one file: what doesn't fit when it is computed anew, and the ledger's parts."""
        each = self.handed[name]
        if not (each.ledger and each.replay):
            return [each.problem], []
        findings = [
            msg("class-finding", entry=found.event, reason=found.reason)
            for found in each.replay.findings
        ]
        sections = print_view(each.ledger, self.missions)
        return findings, [section for section in sections if len(section.rows) > UNTOUCHED]

    def tallies(self) -> dict[str, Tally]:
        """Tell of each part what the class predicted; of one ledger's states the longest counts."""
        longest: dict[str, Handed] = {}
        for each in self.handed.values():
            if each.ledger:
                own = each.ledger.events[0].hash
                known = longest.get(own)
                if known is None or len(known.ledger.events) < len(each.ledger.events):
                    longest[own] = each
        predicted: dict[str, list[PartProgress]] = {}
        for each in longest.values():
            for part in self._summary(each).parts:
                if part.mission and part.predicted is not None:
                    predicted.setdefault(f"{part.track}-{part.part}", []).append(part)
        return {place: _tally(predicted[place]) for place in sorted(predicted)}


def _of_part(part: PartProgress) -> dict[str, Any]:
    """Tell one part of a student's: texts as they are shown, and numbers to sort by."""
    said = part.label or (part.mission and part.mission.lock.predicted(part.predicted))
    return {
        "complete": int(not part.missing),
        "begun": 1,
        "passed": int(part.passed),
        "missed": len(part.targets_missed),
        "challenges": len(part.challenges),
        "early": int(part.early),
        "minutes": minutes(part),
        "prediction": say(said or "") if part.predicted is not None else "",
        "settings": say(settings_told(part.settings, part.mission)) if part.passed else "",
        **_off(part.off_by),
    }


def _off(factor: float | None) -> dict[str, Any]:
    """Tell how far off a prediction was: a number to sort by, None for an infinite one, a text."""
    if factor is None:
        return {}
    return {"off": plain(factor), "off_said": say(amounts.factor(factor))}


def _tally(parts: list[PartProgress]) -> Tally:
    lock = parts[0].mission.lock
    truth = float(kept_scenario(parts[0].mission).truth().value)
    answers = Counter(_answer(lock, part, truth) for part in parts)
    right = lock.nearest(truth) if lock.kind == "choice" else "near"
    keys = list(lock.ends) or [*BANDS, FARTHEST]
    off = [part.off_by for part in parts if part.off_by is not None]
    sentence = msg(
        "class-tally",
        students=len(parts),
        right=answers[right],
        share=amounts.share(answers[right] / len(parts)),
        passed=sum(part.passed for part in parts),
        early=sum(part.early for part in parts),
        off=amounts.factor(median(off)) if off else msg("ledger-nothing"),
    )
    return Tally({key: answers[key] for key in keys}, sentence)


def _answer(lock: Lock, part: PartProgress, truth: float) -> str:
    if lock.kind == "choice":
        return part.answer
    return band(part.predicted, truth)


def band(predicted: float, truth: float) -> str:
    """Tell how far from the outcome a number is, by the keys of `BANDS` and `FARTHEST`."""
    times = predicted / truth
    return next((name for name, most in BANDS.items() if times <= most), FARTHEST)
