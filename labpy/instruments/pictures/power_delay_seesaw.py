"""A seesaw: delay against power as the batch grows, with both limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from labpy.instruments.telling.facts import Formula
from labpy.words import Message, Value
from labpy.words.amounts import chosen


@dataclass(frozen=True)
class Measured:
    """A published point that stands beside the model's curve; `source` is its citation."""

    label: Value
    delay_s: float
    power_w: float
    source: str


@dataclass(frozen=True, eq=False)
class Seesaw:
    """The curve as the batch grows, the operating point, and both limits.

    `batch`, `delay_s` and `power_w` are of shape (n,), in the order of the batch; the values that
    stand on the curve are those of `marked`, also of shape (n,), true where a batch is named.
    `batch_words` is the message that names a batch, as soon as it has `n`, in the batch's own unit,
    and `form`, "long" ("4 ms of window") or "short" ("4 ms").
    `model` are the formulas of the curve, with numbers, from whoever computed it.
    """

    batch: np.ndarray
    delay_s: np.ndarray
    power_w: np.ndarray
    marked: np.ndarray
    batch_words: Message
    batch_now: float
    delay_now_s: float
    power_now_w: float
    delay_limit_s: float
    power_limit_w: float
    measured: tuple[Measured, ...] = ()
    model: tuple[Formula, ...] = ()

    @property
    def sweet(self) -> np.ndarray:
        """Which points of the curve keep both limits."""
        return (self.delay_s <= self.delay_limit_s) & (self.power_w <= self.power_limit_w)

    @property
    def in_time(self) -> bool:
        """Whether the operating point keeps the limit of the delay."""
        return bool(self.delay_now_s <= self.delay_limit_s)

    @property
    def in_power(self) -> bool:
        """Whether the operating point keeps the limit of the power."""
        return bool(self.power_now_w <= self.power_limit_w)

    @property
    def sweet_span(self) -> tuple[float, float] | None:
        """The smallest and the largest batch that keep both limits; None if there is none.

        The operating point is exact where the curve is read between points, so it has the say about
        its own batch.
        """
        keeps = self.batch[self.sweet & (self.batch != self.batch_now)].tolist()
        if self.in_time and self.in_power:
            keeps.append(self.batch_now)
        return (min(keeps), max(keeps)) if keeps else None

    def named(self, batch: float, form: str = "long") -> Message:
        """Name a batch."""
        words = self.batch_words
        values = {**words.values, "n": chosen(float(batch), "number"), "form": form}
        return Message(words.key, values)
