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
from labpy.models.serving.slots import SlotQueue, slot_queue
from labpy.models.serving.step import prompt_attention_ops, prompt_attention_s

Array = NDArray[np.float64]

_PROMPTS = np.arange(10.0)  # prompts in one step
_COMING = 0.85  # load at which most requests that fill a batch have come
# where a curve is solved, and the probabilities of a full batch, times the root of its slots, at
# which it is solved besides: there the p99, and the median, of the time to first token jump from
# a step to a wait
_UTILIZATION = [0.02, 0.04, 0.07, 0.1, 0.14, 0.18, 0.22, 0.26, 0.3, 0.34, 0.38, 0.42, 0.46, 0.5]
_UTILIZATION += [0.55, 0.6, 0.66, 0.72, 0.78, 0.84, 0.88, 0.9, 0.93, 0.96, 0.98, 0.99, 0.998]
_FULL = [0.006, 0.009, 0.013, 0.017, 0.021, 0.027, 0.036, 0.05, 0.3, 0.34, 0.4]
_PHASES = (np.arange(6) + 0.5) / 6  # where in a step an arrival falls


class Continuous:
    """One replica with continuous batching; requests of one length."""

    def __init__(self, deployment: Deployment, prompt: int, output: int, max_batch: int) -> None:
        self.deployment, self.prompt, self.output = deployment, prompt, output
        self.context = prompt + output / 2
        fitting = int(deployment.kv_capacity_tokens / self.context)
        self.slots = max(1, min(max_batch, fitting, deployment.engine.max_running_requests))
        batch = np.arange(1.0, self.slots + 1)
        self.step_s = self._mixed_s(batch, 0.0)
        self.prefill_s, coming = self._prefill_s(batch)
        # the step of a request that waited: prompts that come when others end
        self.joining_s = float(coming[-1] @ self._mixed_s(batch[-1:], 1 + _PROMPTS))
        # from the first token to the last, in a batch of 1, 2, ... that others join
        self.stay_s = output * self.step_s + batch * self.prefill_s
        self.completions = batch / self.stay_s

    def _prefill_s(self, batch: Array) -> tuple[Array, Array]:
        """What a prompt adds to a step, and the probability of 0, 1, ... prompts in a step.

        As many come as go: ``batch / output`` in a step. Steps with more prompts are longer and
        more come in them, so the variance of the number is that of a first-order autoregression:
        the mean over ``1 - share ** 2``, of the share of time that goes to prompts while they
        come; who came together ends together, also when the batch has become full.
        """
        mixed_s = self._mixed_s(batch[:, np.newaxis], _PROMPTS)
        mean, share = batch / self.output, np.zeros_like(batch)
        for _ in range(3):
            coming = _counts(mean, 1 / (1 - share**2))
            extra_s = (coming * mixed_s).sum(axis=1) - self.step_s
            share = _COMING * extra_s / (self.step_s + extra_s)
        return extra_s / (coming @ _PROMPTS), coming

    def _mixed_s(self, batch: Array, prompts: Array | float) -> Array:
        """Time of a step for ``batch`` requests that carries ``prompts``."""
        return mixed_step_s(
            self.deployment, batch, self.context, np.array(float(self.prompt)), prompts
        )

    @cached_property
    def capacity(self) -> float:
        """Rate of completions with a full batch."""
        return float(self.completions[-1])

    @cached_property
    def support(self) -> Array:
        """Utilizations between which latency may be interpolated."""
        utilization = np.linspace(0.05, 0.995, 64)
        full = self._without_queue(utilization * self.capacity)[:, -1] * self.slots**0.5
        more = np.interp(_FULL, full, utilization)
        return np.unique(np.concatenate([_UTILIZATION, more]))

    def solve(self, rate: Array) -> Latency:
        """Latency at each of ``rate``, all below the capacity."""
        present, queue = self._present(rate)
        number = np.arange(self.slots + 1.0)
        beyond = 1 - present.sum(axis=1)
        mean = present @ number + beyond * self.slots
        spread = present @ number**2 + beyond * self.slots**2 - mean**2
        below = np.cumsum(present, axis=1)
        seen = np.array([np.interp(LEVELS, row, number) for row in below])
        stay_s, stay_weight = self._stay(mean, spread, seen)
        ttft_s = self._first_token(rate, np.maximum(mean, 1.0), present[:, 0])
        whole = queue.quantiles_s(LEVELS) + (ttft_s @ LEVEL_WEIGHTS)[:, np.newaxis]
        whole = (whole[:, :, np.newaxis] + stay_s).reshape(len(rate), -1)
        flat_weight = np.broadcast_to(stay_weight, stay_s.shape).reshape(len(rate), -1)
        tpot = median_and_p99(stay_s.reshape(len(rate), -1) / self.output, flat_weight)
        ttft = self._with_wait(ttft_s, queue)
        response = median_and_p99(whole, flat_weight)
        return Latency(*ttft, *tpot, *response, mean_batch=mean)

    def _present(self, rate: Array) -> tuple[Array, SlotQueue]:
        """Probability of 0 to ``slots`` requests, and the queue beyond."""
        weight = self._without_queue(rate)
        share = float(self.slots * self.prefill_s[-1] / self.stay_s[-1])
        queue = slot_queue(rate, weight, self._window_s(), share)
        return weight / (1 + queue.beyond)[:, np.newaxis], queue

    def _without_queue(self, rate: Array) -> Array:
        """Probability of 0 to ``slots`` requests, given that nobody waits for a slot.

        Prompts have priority, and all others stand still for them. So count time in steps: by it
        service is processor sharing, and arrivals come in clusters, those of one busy period of
        the prompts. At a constant speed the number present is then generalized Poisson (Consul and
        Jain 1973); the ratio of neighbouring probabilities is taken with the speed at each number.
        Arrivals see it in time, where the more are present the longer a step.
        """
        # share of time with prompts; a small batch may be slowed more than a full one is
        share = np.minimum(rate[:, np.newaxis] * self.prefill_s, 1 - 1e-3)
        number = np.arange(1.0, self.slots + 1)
        before = rate[:, np.newaxis] * self.output * self.step_s + share * (number - 1)
        steps = np.log(before / number) + (number - 1) * np.log1p(share / before) - share
        log_weight = np.cumsum(np.pad(steps, [(0, 0), (1, 0)]), axis=1)
        weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
        weight *= np.insert(self.stay_s, 0, self.output * self.step_s[0])
        return weight / weight.sum(axis=1, keepdims=True)

    def _window_s(self) -> Array:
        """Time of ``output`` steps of a batch of 0, 1, ... in which all slots are taken anew."""
        step_s = np.pad(self.step_s, (1, 0), mode="edge")
        return self.output * step_s + self.slots * self.prefill_s[-1]

    def _with_wait(self, ttft_s: Array, queue: SlotQueue) -> tuple[Array, Array]:
        """Median and p99 of the time to the first token.

        Who waits for a slot gets it at the end of a step, and has the rest of no step before his.
        """
        depth, found = -np.log1p(-np.array([0.5, 0.99])), []
        for row, (free_s, waits) in enumerate(zip(ttft_s, queue.probability, strict=True)):
            time_s = np.sort(np.concatenate([free_s, queue.wait_s[row] + self.joining_s]))
            longer = queue.longer(row, time_s - self.joining_s)
            longer += (1 - waits) * (1 - np.interp(time_s, free_s, LEVELS, left=0.0, right=1.0))
            found.append(np.interp(depth, -np.log(longer), time_s))
        median, p99 = np.array(found).T
        return median, p99

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

    def _first_token(self, rate: Array, mean: Array, idle: Array) -> Array:
        """Time to the first token with a slot free, at ``LEVELS``: rest of the step, and one's own.

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

    def _thinned(self, time_s: Array, weight: Array) -> Array:
        """The same distribution by as many points as there are ``LEVELS``."""
        order = np.argsort(time_s, axis=1)
        time_s = np.take_along_axis(time_s, order, axis=1)
        total = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
        total = total / total[:, -1:]
        points = [np.interp(LEVELS, *row) for row in zip(total, time_s, strict=True)]
        return np.array(points)


def _poisson(mean: Array) -> Array:
    """P(0, 1, ... prompts), the last standing for all above."""
    factorial = np.cumprod(np.maximum(_PROMPTS, 1.0))
    chance = np.exp(-mean)[..., np.newaxis] * mean[..., np.newaxis] ** _PROMPTS / factorial
    chance[..., -1] += np.clip(1 - chance.sum(axis=-1), 0.0, None)
    return chance


def _counts(mean: Array, dispersion: Array) -> Array:
    """P(0, 1, ... prompts) of a negative binomial distribution, the last for all above."""
    excess = np.maximum(dispersion - 1, 1e-6)
    chance = [np.exp(-mean * np.log1p(excess) / excess)]
    for k in range(len(_PROMPTS) - 1):
        chance.append(chance[-1] * (mean + k * excess) / (1 + excess) / (k + 1))
    chance[-1] = chance[-1] + np.clip(1 - sum(chance), 0.0, None)
    return np.stack(chance, axis=-1)
