"""Static batching under Poisson arrivals: a batching server whose service is a whole generation.

A batch runs until its longest reply is done, and all its requests with it.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from labpy.models.queueing.batch import Solution, solve
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.lengths import Lengths
from labpy.models.serving.load import Latency, Line, median_and_p99
from labpy.models.serving.phases import _decode, _prefill

Array = NDArray[np.float64]


class Static:
    """One replica with static batching."""

    # utilizations between which latency may be interpolated
    support = np.array([0.01, 0.06, 0.16, 0.3, 0.45, 0.6, 0.72, 0.82, 0.9, 0.93])
    solved_directly, nearly_full = len(support), float(support[-1])

    def __init__(
        self,
        deployment: Deployment,
        prompts: Lengths,
        outputs: Lengths,
        max_batch: int,
        window: float,
    ) -> None:
        prompt, self.output = prompts.mean, outputs.mean
        self.constant = prompts.constant and outputs.constant
        fitting = int(deployment.kv_capacity_tokens / (prompt + outputs.mean))
        self.slots = max(1, min(max_batch, fitting, deployment.engine.max_running_requests))
        self.window = window
        batch = np.arange(1.0, self.slots + 1)
        self.prefill_s = _prefill(deployment, np.full(self.slots, 1.0 * prompt), batch).total_s
        longest = outputs.longest_of(batch)
        context = prompt + longest / 2
        self.step_s = _decode(deployment, batch, context).total_s
        self.service_s = self.prefill_s + (longest - 1) * self.step_s

    @cached_property
    def capacity(self) -> float:
        """Rate of completions with full batches."""
        return float(self.slots / self.service_s[-1])

    @cached_property
    def full_step_s(self) -> float:
        """Time per output token of a full batch."""
        return float(self.step_s[-1])

    def solve(self, rate: Array) -> Latency:
        """Latency at each of ``rate``, all below the capacity.

        Trusted to the utilization to which it was compared, with requests of one length: the
        longest reply of a batch is taken to be as its mean, without its spread.
        """
        solution = solve(rate, self.service_s, self.window)
        trusted = self.constant & (rate <= self.support[-1] * self.capacity * (1 + 1e-9))
        return self._latency(solution, trusted.astype(float))

    def line(self, rate: float, limit_s: Array) -> Line:
        """Means at a rate below the capacity, by Little's law (Little 1961).

        The points of the wait stand for eighths of a service, too coarse for a share late.
        """
        points = solve(np.array([rate]), self.service_s, self.window).points
        wait_s, service_s = (float(points.mean(x)[0]) for x in (points.wait_s, points.final_s))
        return Line(rate * wait_s, rate * service_s, np.full(limit_s.shape, np.nan))

    def _latency(self, solution: Solution, trusted: Array) -> Latency:
        points = solution.points
        prefill = np.interp(points.final_s, self.service_s, self.prefill_s)
        step = np.interp(points.final_s, self.service_s, self.step_s)
        return Latency(
            *median_and_p99(points.wait_s + prefill, points.weight),
            *median_and_p99(step, points.weight),
            *median_and_p99(solution.response_s, points.weight),
            mean_batch=solution.mean_batch,
            trusted=trusted,
        )
