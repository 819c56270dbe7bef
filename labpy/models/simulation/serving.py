"""Iteration-level simulation of a serving engine: continuous batching with chunked prefill.

Every step decodes one token for each running request and fills what is left of the engine's token
budget with prompts, in the order of arrival. A request is admitted when a slot is free and its
prompt fits in the KV cache; when the cache is full the newest request is preempted and recomputed.
Steps between which nothing changes are taken in one leap, which is exact.
"""

from collections import deque
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import ceil, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.deployment import Deployment
from labpy.models.simulation.clock import StepClock
from labpy.models.simulation.queues import _ascending

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Speculation:
    """Draft ``draft_tokens`` a step; each is accepted with probability ``acceptance``.

    ``cost_ratio`` is the time to draft one token as a share of a decode step.
    """

    draft_tokens: int
    acceptance: float
    cost_ratio: float = 0.05

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_count("draft_tokens", self.draft_tokens)
        _checks.probability("acceptance", self.acceptance)
        _checks.single_non_negative("cost_ratio", self.cost_ratio)

    def tokens_mean_and_variance(self) -> tuple[float, float]:
        """Of the tokens that one step yields: accepted ones until the first refusal, and one."""
        k = np.arange(1, self.draft_tokens + 2)
        p = self.acceptance ** (k - 1) * np.where(k <= self.draft_tokens, 1 - self.acceptance, 1.0)
        mean = float((k * p).sum())
        return mean, float((k * k * p).sum()) - mean**2


@dataclass(frozen=True)
class ServingTrace:
    """One entry per request, in the order of arrival; times run from the arrival.

    ``slot`` is the place in the batch that served it, taken at ``start_s`` and left at
    ``response_s``. ``preemptions`` counts how often it was thrown out and recomputed.
    """

    arrival_s: Array
    start_s: Array
    ttft_s: Array
    tpot_s: Array
    response_s: Array
    slot: NDArray[np.int64]
    preemptions: NDArray[np.int64]

    def after(self, warm_up: float = 0.1) -> "ServingTrace":
        """Trace without the first share ``warm_up`` of the requests, which found it empty."""
        start = int(len(self.arrival_s) * float(_checks.probability("warm_up", warm_up)))
        return ServingTrace(*(array[start:] for array in vars(self).values()))


def simulate_serving(
    deployment: Deployment,
    arrival_s: ArrayLike,
    input_tokens: ArrayLike,
    output_tokens: ArrayLike,
    max_batch: int = 256,
    speculation: Speculation | None = None,
    seed: int = 0,
    clients: int | None = None,
    request_overhead_s: float | None = None,
) -> ServingTrace:
    """Simulate continuous batching on one replica.

    Parameters
    ----------
    deployment
        The replica.
    arrival_s
        Ascending times of arrival.
    input_tokens, output_tokens
        Of each request; they broadcast against ``arrival_s``.
    max_batch
        Most requests in the batch.
    speculation, seed
        Speculative decoding; the seed is of its random acceptance.
    clients
        If given, the loop is closed: ``arrival_s`` says only how many requests there are, all
        clients send at 0, and each sends the next request when its last is done.
    request_overhead_s
        Time outside the steps, in place of the engine's.
    """
    arrivals = _ascending(arrival_s)
    prompts = np.broadcast_to(_checks.count("input_tokens", input_tokens), arrivals.shape)
    outputs = np.broadcast_to(_checks.count("output_tokens", output_tokens), arrivals.shape)
    max_batch = _checks.single_count("max_batch", max_batch)
    if (prompts + outputs).max() > deployment.kv_capacity_tokens:
        raise ValueError(
            "input_tokens + output_tokens must fit in the KV cache of "
            f"{deployment.kv_capacity_tokens:.0f} tokens"
        )
    verified, drafting, mean = 1, 0.0, 1.0
    steps = outputs
    if speculation is not None:
        verified, drafting = speculation.draft_tokens + 1, speculation.cost_ratio
        mean, variance = speculation.tokens_mean_and_variance()
        noise = np.random.default_rng(seed).standard_normal(len(arrivals))
        drawn = outputs / mean + noise * np.sqrt(outputs * variance / mean**3)
        steps = np.clip(np.round(drawn), np.ceil(outputs / verified), outputs).astype(int)
    overhead = deployment.engine.request_overhead_s
    if request_overhead_s is not None:
        overhead = _checks.single_non_negative("request_overhead_s", request_overhead_s)
    run = _Run(
        StepClock(deployment, max_batch, verified, drafting),
        deployment.kv_capacity_tokens,
        max_batch,
        deployment.engine.max_batched_tokens,
        mean,
    )
    run.go(arrivals.tolist(), prompts.tolist(), steps.tolist(), clients)
    return run.trace(outputs, overhead)


class _Run:
    """State of one simulation. A request's age is counted in steps, so a leap is one addition."""

    def __init__(
        self, clock: StepClock, capacity: float, max_batch: int, budget: int, tokens_per_step: float
    ) -> None:
        self.clock, self.capacity, self.budget = clock, capacity, budget
        self.max_batch, self.tokens_per_step = max_batch, tokens_per_step
        self.now, self.step = 0.0, 0
        self.context = 0.0  # tokens in the KV cache of decoding requests
        self.reserved = 0  # tokens of prompts in prefill
        self.batch = 0  # decoding requests
        self.ends: list[tuple[int, int]] = []  # heap of (step at which it ends, request)
        self.prefilling: deque[list[int]] = deque()  # [request, tokens done]
        self.waiting: deque[int] = deque()
        self.decoding: list[int] = []  # in the order of admission, with some already gone

    def go(
        self, arrivals: list[float], prompts: list[int], steps: list[int], clients: int | None
    ) -> None:
        count = len(arrivals)
        self.prompt, self.steps = list(prompts), list(steps)
        self.arrival = [0.0] * count if clients else arrivals
        self.next = 0
        self.closed = clients is not None
        self.start, self.first, self.end = [-1.0] * count, [-1.0] * count, [0.0] * count
        self.until = [-1] * count  # step at which a decoding request ends; -1 if not decoding
        self.slot, self.preempted = [0] * count, [0] * count
        self.free_slots = list(range(self.max_batch))
        heapify(self.free_slots)
        if clients:
            for _ in range(min(clients, count)):
                self._send()
        done = 0
        while done < count:
            if not self.closed:
                self._arrive(count)
            self._admit()
            if self.prefilling:
                done += self._mixed_step()
            elif self.batch:
                done += self._leap(count)
            else:
                self.now = self.arrival[self.next]

    def _send(self) -> None:
        self.arrival[self.next] = self.now
        self.waiting.append(self.next)
        self.next += 1

    def _arrive(self, count: int) -> None:
        while self.next < count and self.arrival[self.next] <= self.now:
            self.waiting.append(self.next)
            self.next += 1

    def _fits(self, request: int) -> bool:
        return (
            self.batch + len(self.prefilling) < self.max_batch
            and self.context + self.reserved + self.prompt[request] <= self.capacity
        )

    def _admit(self) -> None:
        while self.waiting and self._fits(self.waiting[0]):
            request = self.waiting.popleft()
            self.slot[request] = heappop(self.free_slots)
            if self.start[request] < 0:
                self.start[request] = self.now
            self.reserved += self.prompt[request]
            self.prefilling.append([request, 0])

    def _mixed_step(self) -> int:
        """One step with prompts; returns how many requests ended."""
        self._make_room()
        clock, batch = self.clock, self.batch
        room = max(self.budget - batch, 1)
        duration, chunk, finished = 0.0, 0, []
        while self.prefilling and room > 0:
            entry = self.prefilling[0]
            total = self.prompt[entry[0]]
            take = min(total - entry[1], room)
            duration += clock.attention_s(entry[1], entry[1] + take)
            entry[1] += take
            chunk += take
            room -= take
            if entry[1] < total:
                break
            finished.append(entry[0])
            self.prefilling.popleft()
        duration += clock.mixed_s(batch, chunk) + clock.kv_s(batch) * self.context
        self.now += duration
        self.step += 1
        self.context += batch * self.tokens_per_step
        for request in finished:
            self._start_decoding(request)
        return self._finish()

    def _start_decoding(self, request: int) -> None:
        self.reserved -= self.prompt[request]
        self.context += self.prompt[request] + 1
        if self.first[request] < 0:
            self.first[request] = self.now
        self.batch += 1
        self.until[request] = self.step + self.steps[request] - 1
        heappush(self.ends, (self.until[request], request))
        self.decoding.append(request)

    def _leap(self, count: int) -> int:
        """Decode steps until something changes; returns how many requests ended."""
        self._make_room()
        if not self.batch:
            return 0
        while self.until[self.ends[0][1]] != self.ends[0][0]:
            heappop(self.ends)
        per_token, batch = self.clock.kv_s(self.batch), self.batch
        steps = max(self.ends[0][0] - self.step, 1)
        growth = batch * self.tokens_per_step
        steps = min(steps, max(int((self.capacity - self.context - self.reserved) / growth), 1))
        base = self.clock.decode_s(batch) + per_token * self.context
        slope = per_token * growth / 2
        if not self.closed and not self.waiting and self.next < count and batch < self.max_batch:
            # smallest k with base k + slope k (k - 1) >= time to the next arrival
            gap, linear = self.arrival[self.next] - self.now, base - slope
            steps = min(
                steps, max(ceil((sqrt(linear**2 + 4 * slope * gap) - linear) / 2 / slope), 1)
            )
        self.now += base * steps + slope * steps * (steps - 1)
        self.step += steps
        self.context += growth * steps
        return self._finish()

    def _finish(self) -> int:
        ended = 0
        while self.ends and self.ends[0][0] <= self.step:
            step, request = heappop(self.ends)
            if self.until[request] != step:
                continue  # preempted since
            self.end[request] = self.now
            self._leave(request, self.steps[request])
            ended += 1
            if self.closed and self.next < len(self.arrival):
                self._send()
        return ended

    def _leave(self, request: int, steps_done: int) -> None:
        self.batch -= 1
        self.until[request] = -1
        tokens = self.prompt[request] + 1 + (steps_done - 1) * self.tokens_per_step
        self.context = max(self.context - tokens, 0.0) if self.batch else 0.0
        heappush(self.free_slots, self.slot[request])

    def _make_room(self) -> None:
        """Preempt the newest requests until the next step's tokens fit in the cache."""
        needed = self.batch * self.tokens_per_step
        while self.batch > 1 and self.context + self.reserved + needed > self.capacity:
            request = self.decoding.pop()
            if self.until[request] < 0:
                continue
            left = self.until[request] - self.step
            done = self.steps[request] - left
            self._leave(request, done)
            self.prompt[request] += int(done * self.tokens_per_step)
            self.steps[request] = max(left, 1)
            self.preempted[request] += 1
            self.waiting.appendleft(request)
            needed = self.batch * self.tokens_per_step

    def trace(self, outputs: NDArray[np.int64], overhead_s: float) -> ServingTrace:
        arrival, first, end = (np.array(x) for x in (self.arrival, self.first, self.end))
        return ServingTrace(
            arrival_s=arrival,
            start_s=np.array(self.start) - arrival,
            ttft_s=first - arrival + overhead_s,
            tpot_s=(end - first) / np.maximum(outputs - 1, 1),
            response_s=end - arrival + overhead_s,
            slot=np.array(self.slot),
            preemptions=np.array(self.preempted),
        )
