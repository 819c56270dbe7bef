"""Continuous batching under Poisson arrivals, as processor sharing with a bounded batch."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from labpy.models.serving.deployment import Deployment
from labpy.models.serving.load import (
    LEVEL_WEIGHTS,
    LEVELS,
    NORMAL,
    NORMAL_WEIGHTS,
    Latency,
    median_and_p99,
)
from labpy.models.serving.phases import mixed_step_s, step_pass_s
from labpy.models.serving.step import prompt_attention_ops, prompt_attention_s

Array = NDArray[np.float64]

_PROMPTS = np.arange(10.0)  # prompts in one step
_LASTING = 0.35  # how much of the clusters lasts in the queue; fitted to the simulator
_PHASES = (np.arange(6) + 0.5) / 6  # where in a step an arrival falls


class Continuous:
    """One replica with continuous batching; requests of one length."""

    policy = "continuous"

    def __init__(self, deployment: Deployment, prompt: int, output: int, max_batch: int) -> None:
        self.deployment, self.prompt, self.output = deployment, prompt, output
        self.context = prompt + output / 2
        fitting = int(deployment.kv_capacity_tokens / self.context)
        self.slots = max(1, min(max_batch, fitting, deployment.engine.max_running_requests))
        batch = np.arange(1.0, self.slots + 1)
        self.step_s = self._mixed_s(batch, 0.0)
        # what a prompt adds to a step: the mean of coming alone and of coming in twos
        alone, twos = self._mixed_s(batch, 1.0), self._mixed_s(batch, 2.0)
        self.prefill_s = (alone - self.step_s) / 2 + (twos - self.step_s) / 4
        # from the first token to the last, in a batch of 1, 2, ... that others join
        self.stay_s = output * self.step_s + batch * self.prefill_s
        self.completions = batch / self.stay_s

    def _mixed_s(self, batch: Array, prompts: Array | float) -> Array:
        """Time of a step for ``batch`` requests that carries ``prompts``."""
        return mixed_step_s(
            self.deployment, batch, self.context, np.array(float(self.prompt)), prompts
        )

    @cached_property
    def capacity(self) -> float:
        """Rate of completions with a full batch."""
        return float(self.completions[-1])

    def solve(self, rate: Array) -> Latency:
        """Latency at each of ``rate``, all below the capacity."""
        present, beyond, ratio = self._present(rate)
        number = np.arange(self.slots + 1.0)
        mean = present @ number + beyond * self.slots
        spread = present @ number**2 + beyond * self.slots**2 - mean**2
        seen, queue_s = self._seen(present, ratio)
        stay_s, stay_weight = self._stay(mean, spread, seen)
        ttft_s, ttft_weight = self._first_token(rate, np.maximum(mean, 1.0), present[:, 0])
        waits = queue_s[:, :, np.newaxis]
        first = (waits + ttft_s[:, np.newaxis]).reshape(len(rate), -1)
        first_weight = LEVEL_WEIGHTS[:, np.newaxis] * ttft_weight[:, np.newaxis]
        mean_ttft = (ttft_s * ttft_weight).sum(axis=1) / ttft_weight.sum(axis=1)
        whole = (waits + mean_ttft[:, np.newaxis, np.newaxis] + stay_s).reshape(len(rate), -1)
        flat_weight = np.broadcast_to(stay_weight, stay_s.shape).reshape(len(rate), -1)
        tpot = median_and_p99(stay_s.reshape(len(rate), -1) / self.output, flat_weight)
        ttft = median_and_p99(first, first_weight.reshape(len(rate), -1))
        response = median_and_p99(whole, flat_weight)
        return Latency(*ttft, *tpot, *response, mean_batch=mean)

    def _present(self, rate: Array) -> tuple[Array, Array, Array]:
        """Probability of 0 to ``slots`` requests, that of more, and the ratio of the tail.

        Prompts have priority, and all others stand still for them. So take the clock that runs
        only while no prompt does: by it service is processor sharing, and arrivals come in
        clusters, those of one busy period of the prompts, whose index of dispersion is
        ``1 / (1 - rate * prefill) ** 2``. Beyond the slots a prompt is only begun when a request
        ends, so the queue drains as regularly as requests of one length do: nearly M/D/c, with a
        ratio of ``1 / (1 + u / load)`` where ``exp(u) - 1 = u / load``.
        """
        load = rate / self.completions[-1]
        clear = 1 - rate[:, np.newaxis] * self.prefill_s  # share of time without prompts
        number = np.arange(1.0, self.slots + 1)
        steps = np.log(rate[:, np.newaxis] / clear * self.output * self.step_s / number)
        clustering = clear.mean(axis=1, keepdims=True) ** -2
        log_weight = np.cumsum(np.pad(steps / clustering, [(0, 0), (1, 0)]), axis=1)
        weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
        u = 2 * (1 - load) - 2 * np.log(load)  # above the root
        for _ in range(30):
            u = u - (np.expm1(u) - u / load) / (np.exp(u) - 1 / load)
        ratio = (1 + u / load) ** -(clustering[:, 0] ** -_LASTING)
        clustered = (1 + u / load) ** (-1 / clustering[:, 0])
        tail = weight[:, -1] * clustered / (1 - clustered)
        total = weight.sum(axis=1) + tail
        return weight / total[:, np.newaxis], tail / total, ratio

    def _seen(self, present: Array, ratio: Array) -> tuple[Array, Array]:
        """Batch, and wait for a slot, at each of ``LEVELS`` of what arrivals see."""
        below = np.cumsum(present, axis=1)
        number = np.arange(self.slots + 1.0)
        seen = np.array([np.interp(LEVELS, row, number) for row in below])
        free = np.minimum(below[:, -2], 1 - 1e-15)[:, np.newaxis]  # probability of a free slot
        behind = np.log((1 - free) / (1 - LEVELS)) / -np.log(ratio)[:, np.newaxis]
        queue_s = np.where(free < LEVELS, np.maximum(behind, 0.0) + 0.5, 0.0)
        return np.minimum(seen, self.slots), queue_s / self.completions[-1]

    def _stay(self, mean: Array, spread: Array, seen: Array) -> tuple[Array, Array]:
        """Time from the first token to the last, for what is seen and for what comes after.

        The batch averaged over a stay keeps half of what was seen at its start if the batch
        forgets in one stay (requests of one length, constant speed), and all of it if the batch
        drains slowly, near capacity. ``gain`` is the elasticity of completions to the batch.
        """
        batch = np.arange(1.0, self.slots + 1)
        slope = np.gradient(np.log(self.completions), np.log(batch)) if self.slots > 2 else [1.0]
        gain = np.interp(mean, batch, slope) if self.slots > 2 else np.ones_like(mean)
        gain = np.clip(gain, 0.0, 1.0)[:, np.newaxis]
        kept = 1 - gain / 2
        later = np.sqrt(np.clip((1 - gain / 3) - kept**2, 0.0, None) * spread[:, np.newaxis])
        middle = mean[:, np.newaxis] + kept * (seen - mean[:, np.newaxis])
        average = middle[..., np.newaxis] + later[..., np.newaxis] * NORMAL
        average = np.clip(average, 1.0, self.slots)
        stay = np.interp(average, batch, self.stay_s)
        return stay, LEVEL_WEIGHTS[:, np.newaxis] * NORMAL_WEIGHTS

    def _first_token(self, rate: Array, mean: Array, idle: Array) -> tuple[Array, Array]:
        """Time to the first token once there is a slot: rest of the step, and one's own step.

        Steps with 0, 1, ... prompts form a chain: arrivals in one step are prefilled in the next.
        """
        length = self._mixed_s(mean[:, np.newaxis], _PROMPTS)
        chance = _poisson(rate[:, np.newaxis] * length)
        share = np.full((len(rate), len(_PROMPTS)), 1 / len(_PROMPTS))
        for _ in range(12):
            share = np.einsum("gi,gij->gj", share, chance)
        hit = share * length
        hit = hit / hit.sum(axis=1, keepdims=True) * (1 - idle)[:, np.newaxis]
        rest = (length[..., np.newaxis] * _PHASES)[..., np.newaxis]
        own = self._mixed_s(mean[:, np.newaxis], 1 + _PROMPTS)
        busy = rest + own[:, np.newaxis, np.newaxis]
        weight = hit[..., np.newaxis, np.newaxis] * chance[:, :, np.newaxis] / len(_PHASES)
        weight = np.broadcast_to(weight, busy.shape)
        alone = np.full((len(rate), 1), self._alone_s())
        flat = (len(rate), -1)
        return self._thinned(
            np.concatenate([busy.reshape(flat), alone], axis=1),
            np.concatenate([weight.reshape(flat), idle[:, np.newaxis]], axis=1),
        )

    def _alone_s(self) -> float:
        """Prefill on an idle replica."""
        tokens = np.array(float(self.prompt))
        chunks = np.ceil(tokens / self.deployment.engine.max_batched_tokens)
        attention = prompt_attention_s(
            self.deployment, prompt_attention_ops(self.deployment, tokens)
        )
        return float(chunks * step_pass_s(self.deployment, tokens / chunks) + attention)

    def _thinned(self, time_s: Array, weight: Array) -> tuple[Array, Array]:
        """The same distribution by as many points as there are ``LEVELS``."""
        order = np.argsort(time_s, axis=1)
        time_s = np.take_along_axis(time_s, order, axis=1)
        total = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
        total = total / total[:, -1:]
        points = [np.interp(LEVELS, *row) for row in zip(total, time_s, strict=True)]
        return np.array(points), np.broadcast_to(LEVEL_WEIGHTS, (len(time_s), len(LEVELS)))


def _poisson(mean: Array) -> Array:
    """P(0, 1, ... prompts), the last standing for all above."""
    factorial = np.cumprod(np.maximum(_PROMPTS, 1.0))
    chance = np.exp(-mean)[..., np.newaxis] * mean[..., np.newaxis] ** _PROMPTS / factorial
    chance[..., -1] += np.clip(1 - chance.sum(axis=-1), 0.0, None)
    return chance
