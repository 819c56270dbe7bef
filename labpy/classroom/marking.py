"""The rubric filled in as far as a program honestly can.

The settings can be judged from the ledger alone. Of a prediction, a reflection and a defence a
program sees that they are there, how long they are and which of their figures are the student's
own; what they are worth is the teacher's to say. Nothing here reads files: a command and a page can
both call it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from labpy.classroom.own_figures import own_figures
from labpy.classroom.rubric import Rubric
from labpy.state.ledger import Ledger, PartProgress, Summary, TrackProgress, restored, summary
from labpy.state.ledger.progress import Missions
from labpy.words import Message, Value, msg

PARTED = ("prediction", "settings", "reflection")
DEFENCE = "defence"


@dataclass(frozen=True)
class Mark:
    """One row of the rubric at one part.

    `key` is the row's, `most` its points; `points` is None where a teacher has to say. `facts` are
    what the ledger shows, `text` is what there is to read.
    """

    key: str
    part: int
    most: int
    points: int | None
    facts: tuple[Value, ...]
    text: str = ""

    @property
    def column(self) -> str:
        """Name it in a table: "2 settings", or "defence"."""
        return self.key if self.key == DEFENCE else f"{self.part} {self.key}"


@dataclass(frozen=True)
class Marked:
    """One track of one ledger."""

    name: str
    track: TrackProgress
    marks: tuple[Mark, ...]

    @property
    def most(self) -> int:
        """All points that there are."""
        return sum(each.most for each in self.marks)

    @property
    def total(self) -> int | None:
        """The points in all; None while a row is open."""
        points = [each.points for each in self.marks]
        return None if None in points else sum(points)


def mark(ledger: Ledger, missions: Missions, rubric: Rubric) -> list[Marked]:
    """Fill the rubric in for each track that a ledger has begun."""
    told = summary(ledger, missions)
    return [_track(told, track, rubric) for track in told.tracks if track.begun and _known(track)]


def _known(track: TrackProgress) -> bool:
    return all(part.mission for part in track.parts)


def _track(told: Summary, track: TrackProgress, rubric: Rubric) -> Marked:
    marks: list[Mark] = []
    for part in track.parts:
        marks += [
            _prediction(part, rubric.row("prediction").points),
            _settings(part, rubric.row("settings").points),
            _text("reflection", part, part.reflection, [part], rubric),
        ]
        if part.mission.defence:
            marks.append(_text(DEFENCE, part, part.defence, list(track.parts), rubric))
    return Marked(told.name, track, tuple(marks))


def _prediction(part: PartProgress, most: int) -> Mark:
    if not part.answer:
        return Mark("prediction", part.part, most, 0, (msg("marking-no-prediction"),))
    lock = part.mission.lock
    facts: list[Value] = [msg("marking-predicted", answer=part.label or part.answer)]
    if part.confidence:
        facts.append(msg("marking-sure", how=part.confidence))
    if part.actual is not None:
        facts.append(msg("marking-came-out", outcome=lock.outcome(part.actual)))
    facts.append(msg("marking-why") if part.why else msg("marking-no-why"))
    if part.early:
        facts.append(msg("marking-early"))
    return Mark("prediction", part.part, most, None, tuple(facts), part.why)


def _settings(part: PartProgress, most: int) -> Mark:
    missed, failures = _missed(part), _failures(part)
    facts: list[Value] = []
    if not part.settings:
        facts.append(msg("marking-no-settings"))
    elif missed:
        facts += [msg("marking-missed", target=each) for each in missed]
    else:
        facts.append(msg("marking-met", targets=len(part.mission.targets)))
    facts += [msg("marking-failure", failure=each) for each in failures]
    if part.settings and part.settings == part.mission.start():
        facts.append(msg("marking-start"))
    if part.mission.iterations:
        facts.append(_deployed(part))
    return Mark("settings", part.part, most, _settings_points(part, missed, failures), tuple(facts))


def _settings_points(part: PartProgress, missed: list[str], failures: list[str]) -> int:
    """Give the points of the rubric's second row: it says no more than this."""
    if not part.settings or failures or part.settings == part.mission.start():
        return 0
    if missed:
        return 1 if len(missed) == 1 else 0
    return 3 if _mostly_single(part) else 2


def _missed(part: PartProgress) -> list[str]:
    """Label the targets that the settings which count miss, unknown figures among them."""
    told = _figures(part)
    return [
        target.label
        for target in part.mission.targets
        if not isinstance(told.get(target.metric), int | float)
        or not target.passes(told[target.metric])
    ]


def _failures(part: PartProgress) -> list[str]:
    told = _figures(part)
    return [
        each.title
        for each in part.mission.failures
        if isinstance(told.get(each.metric), int | float) and each.holds(told[each.metric])
    ]


def _figures(part: PartProgress) -> dict[str, Any]:
    return {key: restored(value) for key, value in part.metrics.items()}


def dials_changed(part: PartProgress) -> list[int]:
    """Count the dials that each deployment changed, against the one before or the start."""
    before, changed = part.mission.start(), []
    for each in part.deployments:
        now = each.get("settings", {})
        changed.append(sum(now.get(key) != value for key, value in before.items()))
        before = now
    return changed


def _mostly_single(part: PartProgress) -> bool:
    changed = dials_changed(part)
    return 2 * sum(each <= 1 for each in changed) >= len(changed)


def _deployed(part: PartProgress) -> Message:
    changed = dials_changed(part)
    single = sum(each <= 1 for each in changed)
    return msg("marking-deployed", deployments=len(changed), single=single, restarts=part.restarts)


def _text(
    key: str, part: PartProgress, text: str, parts: list[PartProgress], rubric: Rubric
) -> Mark:
    """Tell what a program sees of a text: its length, and figures that are its writer's own."""
    most = rubric.row(key).points
    if not text.strip():
        return Mark(key, part.part, most, 0, (msg("marking-no-text"),))
    asked = part.mission.defence if key == DEFENCE else part.mission.reflection
    facts: list[Value] = [msg("marking-words", words=len(text.split()))]
    if len(text.strip()) < asked.minimum_characters:
        facts.append(msg("marking-short", least=asked.minimum_characters))
    own = own_figures(text, parts)
    if not own:
        facts.append(msg("marking-no-figure"))
    for each in own:
        facts.append(
            msg("marking-figure-of", figure=each.text, parts=_numbers(each.parts))
            if key == DEFENCE
            else msg("marking-figure", figure=each.text)
        )
    return Mark(key, part.part, most, None, tuple(facts), text)


def _numbers(parts: tuple[int, ...]) -> Value:
    told: Value = str(parts[0])
    for each in parts[1:]:
        told = msg("marking-parts", before=told, after=str(each))
    return told
