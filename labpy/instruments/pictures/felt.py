"""What a setting is to the senses: a sound that comes back as an echo, a picture that stutters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from labpy.words import Value


@dataclass(frozen=True)
class Echo:
    """A sound that comes back after `delay_s`, in s; inf for one that never does."""

    delay_s: float


@dataclass(frozen=True)
class Motion:
    """A picture that moves a step with each frame, and holds still while one is late.

    Attributes
    ----------
    noun : what moves it, in the plural ("frames of one pair of glasses").
    period_s : from one frame to the next, in s.
    due_s : how long after it was begun each is due, in s.
    frames : how many there are, one after the other.
    late : of each that is not there when it is due, its place from 0 and how long it took, in s.
    """

    noun: Value
    period_s: float
    due_s: float
    frames: int
    late: tuple[tuple[int, float], ...]

    def newest(self) -> np.ndarray:
        """Give which frame is shown when each is due, shape (frames,); -1 for none yet.

        It is the newest that is there; one that comes after a later one is never shown.
        """
        shown = np.arange(self.frames)
        due = shown.copy()
        for k, took_s in self.late:
            due[k] += int(np.ceil((took_s - self.due_s) / self.period_s - 1e-9))
        there = due < self.frames
        best = np.full(self.frames, -1)
        np.maximum.at(best, due[there], shown[there])
        return np.maximum.accumulate(best)

    def held(self) -> float:
        """Give the share of the periods in which nothing new is shown."""
        return float((np.diff(self.newest(), prepend=-1) == 0).mean())


def motion(noun: Value, period_s: float, due_s: float, took_s: np.ndarray) -> Motion:
    """Make the motion of frames that took so long, shape (frames,), in the order of their begin."""
    late = np.flatnonzero(took_s > due_s)
    pairs = tuple(zip(late.tolist(), took_s[late].tolist(), strict=True))
    return Motion(noun, period_s, due_s, len(took_s), pairs)
