"""Static batching under Poisson arrivals: a batching server whose service is a whole generation."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from labpy.models.queueing.batch import Solution, solve
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.load import Latency, median_and_p99
from labpy.models.serving.phases import _decode, _prefill

Array = NDArray[np.float64]


class Static:
    """One replica with static batching; requests of one length."""

    # utilizations between which latency may be interpolated
    support = np.array([0.01, 0.06, 0.16, 0.3, 0.45, 0.6, 0.72, 0.82, 0.9, 0.93])

    def __init__(
        self, deployment: Deployment, prompt: int, output: int, max_batch: int, window: float
    ) -> None:
        fitting = int(deployment.kv_capacity_tokens / (prompt + output))
        self.slots = max(1, min(max_batch, fitting, deployment.engine.max_running_requests))
        self.window = window
        batch = np.arange(1.0, self.slots + 1)
        self.prefill_s = _prefill(deployment, np.full(self.slots, 1.0 * prompt), batch).total_s
        context = np.full(self.slots, prompt + output / 2)
        self.step_s = _decode(deployment, batch, context).total_s
        self.service_s = self.prefill_s + (output - 1) * self.step_s

    @cached_property
    def capacity(self) -> float:
        """Rate of completions with full batches."""
        return float(self.slots / self.service_s[-1])

    def solve(self, rate: Array) -> Latency:
        """Latency at each of ``rate``, all below the capacity."""
        solution = solve(rate, self.service_s, self.window)
        return self._latency(solution)

    def _latency(self, solution: Solution) -> Latency:
        points = solution.points
        prefill = np.interp(points.final_s, self.service_s, self.prefill_s)
        step = np.interp(points.final_s, self.service_s, self.step_s)
        return Latency(
            *median_and_p99(points.wait_s + prefill, points.weight),
            *median_and_p99(step, points.weight),
            *median_and_p99(solution.response_s, points.weight),
            mean_batch=solution.mean_batch,
        )
