"""The picture of measured points over the model's curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from labpy.words import Value


@dataclass(frozen=True, eq=False)
class MeasuredPace:
    """The picture: time per token over concurrency, measured and modelled.

    `concurrency`, `measured_s` and `predicted_s` are of shape (n,), where it was measured;
    `curve_concurrency` and `curve_s`, of shape (m,), are the model's curve between. `setting` says
    what was measured, `source` by whom, `note` what the points don't cover.
    """

    setting: Value
    concurrency: np.ndarray
    measured_s: np.ndarray
    predicted_s: np.ndarray
    curve_concurrency: np.ndarray
    curve_s: np.ndarray
    source: Value
    note: Value = ""

    @property
    def mean_error(self) -> float:
        """Mean absolute error of the model, relative to what was measured; 0 without points."""
        if not self.concurrency.size:
            return 0.0
        return float(np.mean(np.abs(self.predicted_s / self.measured_s - 1)))
