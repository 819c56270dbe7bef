"""What frames say: the mean, which may be fine, and the stutters, which may not."""

from __future__ import annotations

import math

import numpy as np

from labpy.instruments.pictures.frame_timeline import Frames
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula, Table
from labpy.words import Amount, Value, msg, say
from labpy.words.amounts import beside, chosen, count, duration, share


def deadline(picture: Frames) -> Amount:
    """Give the deadline, which somebody chose."""
    return chosen(picture.deadline_s, "duration")


def stutter(picture: Frames) -> Amount:
    """Give the share of late frames as it is read beside its limit."""
    return beside(share(picture.statistics.late), picture.stutter_limit)


def heading(picture: Frames, drawn: int) -> Value:
    """Count the late ones among the newest frames, as many as are drawn."""
    frames = picture.frame_s.size
    if not frames:
        return msg("frames-none")
    values: dict[str, Value] = {
        "late": count(picture.late[-drawn:].sum()),
        "drawn": count(min(drawn, frames)),
        "share": stutter(picture),
        "verdict": "beyond" if picture.stutters_too_often else "within",
    }
    if frames > drawn:
        return msg("frames-heading-of-all", **values, frames=count(frames))
    return msg("frames-heading", **values)


def sentence(picture: Frames) -> Value:
    """Say the mean, which may be fine, and the stutters, which may not."""
    if not picture.frame_s.size:
        return msg("frames-summary-none")
    mean_s = picture.statistics.mean_s
    return msg(
        "frames-summary",
        come="all" if math.isfinite(mean_s) else "some",
        mean=duration(mean_s),
        late=count(picture.late.sum()),
        frames=count(picture.frame_s.size),
        share=stutter(picture),
        deadline=deadline(picture),
        verdict="beyond" if picture.stutters_too_often else "within",
        limit=chosen(picture.stutter_limit, "share"),
    )


def table(picture: Frames) -> Table:
    """Give the frames' mean, median, P99 and longest, and the stutters."""
    frames, found = picture.frame_s, picture.statistics
    rows: list[tuple[Value, ...]] = [
        (msg("frames-row-frames"), count(frames.size)),
        (msg("frames-row-late"), count(picture.late.sum())),
    ]
    if frames.size:
        # Without interpolation, since between a number and inf there is none.
        median_s, longest_s = np.quantile(frames, (0.5, 1.0), method="inverted_cdf")
        rows += [
            (msg("frames-row-share"), stutter(picture)),
            (msg("frames-row-mean"), duration(found.mean_s)),
            (msg("frames-row-median"), duration(median_s)),
            ("P99", beside(duration(found.p99_s), picture.deadline_s)),
            (msg("frames-row-longest"), beside(duration(longest_s), picture.deadline_s)),
        ]
    return Table(
        msg("frames-caption", deadline=deadline(picture)),
        (msg("frames-column-of"), msg("frames-column-value")),
        tuple(rows),
    )


def formulas(picture: Frames) -> tuple[Formula, ...]:
    """Give the share of late frames with today's numbers."""
    if not picture.frame_s.size:
        return ()
    late = m.sub(m.ident("n"), m.text(say(msg("frames-formula-late"))))
    return (
        Formula(
            msg("frames-formula"),
            m.math(m.ident("s"), m.op("="), m.frac(late, m.ident("n"))),
            _counted(picture),
            msg("frames-formula-source"),
        ),
    )


def _counted(picture: Frames) -> Value:
    values: dict[str, Value] = {
        "late": count(picture.late.sum()),
        "frames": count(picture.frame_s.size),
        "share": stutter(picture),
        "rate": chosen(1 / picture.deadline_s, "frames_per_s"),
    }
    if picture.law is not None:
        return msg("frames-formula-numbers-law", **values)
    return msg("frames-formula-numbers", **values)
