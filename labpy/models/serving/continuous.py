"""Continuous batching under Poisson arrivals, as processor sharing with a bounded batch."""

from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from labpy.models.serving.deployment import Deployment
from labpy.models.serving.lengths import Lengths
from labpy.models.serving.load import (
    LEVELS,
    Latency,
    Line,
    interp_rows,
    median_and_p99,
)
from labpy.models.serving.phases import mixed_step_s, prompt_pass_s, step_pass_s
from labpy.models.serving.prompts import Cells, PromptQueue, cells, kinds_of_step, prompt_queue
from labpy.models.serving.slots import SlotQueue, slot_queue, with_variable_windows
from labpy.models.serving.step import prompt_attention_ops, prompt_attention_s

Array = NDArray[np.float64]

_PROMPTS = np.arange(10.0)  # prompts in one step
_DEPTHS = -np.log1p(-np.array([0.5, 0.99]))  # of the median and the p99
_COMING = 0.85  # load at which most requests that fill a batch have come
# where a curve is solved, and the probabilities of a full batch, times the root of its slots, at
# which it is solved besides: there the p99, and the median, of the time to first token jump from
# a step to a wait
_UTILIZATION = [0.02, 0.04, 0.07, 0.1, 0.14, 0.18, 0.22, 0.26, 0.3, 0.34, 0.38, 0.42, 0.46, 0.5]
_UTILIZATION += [0.55, 0.6, 0.66, 0.72, 0.78, 0.84, 0.88, 0.9, 0.93, 0.96, 0.98, 0.99, 0.998]
_FULL = [0.006, 0.009, 0.013, 0.017, 0.021, 0.027, 0.036, 0.05, 0.3, 0.34, 0.4]
# where the queue of prompts is solved for a curve
_CHAIN_LOW = np.array([0.01, 0.03, 0.055, 0.08, 0.11, 0.15, 0.2, 0.28, 0.38, 0.5])
_CHAIN_HIGH = np.array([0.6, 0.7, 0.8, 0.88, 0.94, 0.97, 0.998])
_CHAIN = np.concatenate([_CHAIN_LOW, _CHAIN_HIGH])
# where latency is not to be trusted. The p99 of the time to the first token jumps from a step to a
# wait where one request in a hundred waits for a slot:
_JUMP = 0.004, 0.02
# a batch is bounded by tokens, not requests, by the KV cache (in which requests in prefill and
# preempted ones are, too), or by a step's token budget; and where most of the time goes to
# prompts, those in prefill hold many slots. How near it may come, by its mean and 2.5 standard
# deviations, as a share of the slots; the first of the cache is for one length only:
_ROOM_IN_MEMORY, _ROOM_IN_STEPS, _ROOM_FOR_PROMPTS = (0.72, 0.6), 0.8, 0.85
_MOST_PROMPTS = 0.6
# prompts come in clusters, of which only the mean and the variance are kept: the most of them in
# one, as an arrival sees it, and the most that one may take of a mean reply
_CLUSTER, _LUMP = 14.0, 1.3
# slices of a normal distribution, skewed in `_skewed`: of the prompts that come during a reply
_NORMAL = np.array([-1.55, -0.68, 0.0, 0.68, 1.36, 1.96, 2.6])
_NORMAL_WEIGHTS = np.array([0.13, 0.22, 0.29, 0.22, 0.09, 0.035, 0.015])
# of the batch that is seen, and of the time to the first token
_SEEN_EDGES = np.array([0, 0.1, 0.25, 0.4, 0.6, 0.75, 0.85, 0.92, 0.96, 0.98, 0.99, 0.996, 1.0])
_SEEN, _SEEN_WEIGHTS = (_SEEN_EDGES[1:] + _SEEN_EDGES[:-1]) / 2, np.diff(_SEEN_EDGES)
_FIRST_EDGES = np.array([0, 0.15, 0.35, 0.65, 0.85, 0.95, 0.98, 0.99, 0.996, 1.0])
_FIRST, _FIRST_WEIGHTS = (_FIRST_EDGES[1:] + _FIRST_EDGES[:-1]) / 2, np.diff(_FIRST_EDGES)


class Continuous:
    """One replica with continuous batching."""

    solved_directly = len(_UTILIZATION) + len(_FULL)  # of so many rates each is solved
    nearly_full = _UTILIZATION[-1]

    def __init__(
        self, deployment: Deployment, prompt: Lengths, output: Lengths, max_batch: int
    ) -> None:
        self.deployment, self.prompts, self.outputs = deployment, prompt, output
        self.prompt, self.output = prompt.mean, output.mean
        # of a request at a time when it runs: the long replies run longer
        self.context = prompt.mean + output.mean * (1 + output.scv) / 2
        # of a step, and in a pipeline of a lap, in which each stage has one
        stages = deployment.pipeline_parallel_size
        self.budget = float(deployment.engine.max_batched_tokens * stages)
        fitting = int(deployment.kv_capacity_tokens / self.context)
        most = max(1, min(deployment.most_requests(max_batch), fitting))
        # more cannot decode at a time than prompts come through in full steps
        through = int(np.ceil(self.output * self.budget / self.prompt))
        self.slots = max(1, min(most, through))
        self.by_prompts = through <= most
        self.by_memory = fitting <= most
        batch = np.arange(1.0, self.slots + 1)
        self.step_s = self._mixed_s(batch, 0.0)
        self.prefill_s, self.coming = self._prefill_s(batch)
        # from the first token to the last, in a batch of 1, 2, ... that others join
        self.stay_s = self.output * self.step_s + batch * self.prefill_s
        self.completions = batch / self.stay_s

    def _prefill_s(self, batch: Array) -> tuple[Array, Array]:
        """What a prompt adds to a step, and the probability of 0, 1, ... prompts in a step.

        As many come as go: ``batch / output`` in a step. Steps with more prompts are longer and
        more come in them, so the variance of the number is that of a first-order autoregression:
        the mean over ``1 - share ** 2``, of the share of time that goes to prompts while they
        come; who came together ends together, also when the batch has become full. More than the
        token budget takes several steps, and in each of them replies go on.
        """
        number = _PROMPTS * max(1.0, self.slots / self.output / 4)
        tokens = number * self.prompt
        steps = np.maximum(tokens / self.budget, 1.0)
        carried = np.minimum(tokens, self.budget)
        extra = self._mixed_s(batch[:, np.newaxis], carried) - self.step_s[:, np.newaxis]
        mean, share = batch / self.output, np.zeros_like(batch)
        scale = number[1]
        for _ in range(3):
            coming = _counts(mean / scale, 1 / (1 - share**2))
            extra_s = (coming * steps * extra).sum(axis=1)
            share = _COMING * extra_s / (self.step_s + extra_s)
        return extra_s / (coming @ number), coming

    def _mixed_s(self, batch: Array, tokens: Array | float) -> Array:
        """Time of a step for ``batch`` requests that carries ``tokens`` of prompts."""
        tokens = np.asarray(tokens, dtype=float)
        number = np.maximum(tokens / self.prompt, 1.0)
        whole = mixed_step_s(self.deployment, batch, self.context, tokens / number, number)
        # attention of whole prompts, of which long ones have more than their share
        per_token = self.prompt * (1 + self.prompts.scv)
        ops = prompt_attention_ops(self.deployment, np.array(1.0)) * (
            tokens * per_token - tokens * tokens / number
        )
        return whole + prompt_attention_s(self.deployment, ops)

    @cached_property
    def capacity(self) -> float:
        """Rate of completions with a full batch."""
        return float(self.completions[-1])

    @cached_property
    def full_step_s(self) -> float:
        """Time per output token of a full batch, in which others' prompts pass."""
        return float(self.stay_s[-1] / self.output)

    @cached_property
    def cells(self) -> Cells:
        """How tokens of prompts are counted."""
        plain, carrying, attending = (
            float(x) for x in (self.step_s[-1], self.full_prompt_step_s, self._attention_s(1.0))
        )
        with_attention = (carrying - plain) / self.budget
        rest = with_attention - attending * self.prompt * (1 + self.prompts.scv)
        return cells(self.prompts, self.budget, attending / max(rest, 0.1 * with_attention))

    def _attention_s(self, tokens: float) -> float:
        """Of one prompt."""
        ops = prompt_attention_ops(self.deployment, np.array(tokens))
        return float(prompt_attention_s(self.deployment, ops))

    @cached_property
    def support(self) -> Array:
        """Utilizations between which latency may be interpolated."""
        utilization = np.linspace(0.05, 0.995, 28)
        full = self._without_queue(utilization * self.capacity)[:, -1] * self.slots**0.5
        more = np.interp(_FULL, full, utilization)
        return np.unique(np.concatenate([_UTILIZATION, more]))

    def solve(self, rate: Array) -> Latency:
        """Latency at each of ``rate``, all below the capacity."""
        queue_of_prompts = self._prompt_queue(rate)
        present, queue = self._present(rate, queue_of_prompts)
        number = np.arange(self.slots + 1.0)
        beyond = 1 - present.sum(axis=1)
        mean = present @ number + beyond * self.slots
        squared = present @ number**2 + beyond * self.slots**2
        spread = np.sqrt(np.maximum(squared - mean**2, 0.0))
        below = np.cumsum(present, axis=1)
        seen = interp_rows(_SEEN, below, number[np.newaxis])
        ttft_s = queue_of_prompts.first_token_s
        first_s = interp_rows(_FIRST, LEVELS, ttft_s)
        stay_s, weight = self._stay(rate, mean, seen, first_s, queue_of_prompts)
        wait_s = queue.quantiles_s(_SEEN)[:, np.newaxis, :, np.newaxis, np.newaxis]
        whole = stay_s * (self.outputs.tokens > 1)[:, np.newaxis, np.newaxis, np.newaxis]
        whole = whole + wait_s + first_s[:, np.newaxis, np.newaxis, :, np.newaxis]
        steps = np.maximum(self.outputs.tokens - 1, 1.0)[:, np.newaxis, np.newaxis, np.newaxis]
        rows = len(rate)
        flat = np.broadcast_to(weight, stay_s.shape).reshape(rows, -1)
        tpot = median_and_p99((stay_s / steps).reshape(rows, -1), flat)
        ttft = self._with_wait(ttft_s, queue)
        response = median_and_p99(whole.reshape(rows, -1), flat)
        trusted = self._trusted(rate, mean, spread, queue, queue_of_prompts)
        return Latency(*ttft, *tpot, *response, mean_batch=mean, trusted=trusted.astype(float))

    def line(self, rate: float, limit_s: Array) -> Line:
        """Means at a rate below the capacity.

        Who finds a slot waits for the rest of the step in progress, half of it in the mean.
        """
        rates = np.array([rate])
        prompts = self._prompt_queue(rates)
        present, queue = self._present(rates, prompts)
        mean = float(present[0] @ np.arange(self.slots + 1.0)) + self.slots * (1 - present[0].sum())
        step_s = float(np.interp(mean, self._batches, self.stay_s)) / self.output
        waits = float(queue.probability[0])
        wait_s = queue.mean_s(0) + (1 - waits) * step_s / 2
        late = queue.longer(np.maximum(limit_s - self.joining_s, 0.0))[0]
        first_s = prompts.first_token_s[0]
        late += (1 - waits) * (1 - np.interp(limit_s, first_s, LEVELS, left=0.0, right=1.0))
        return Line(rate * wait_s, float(mean), late)

    def _trusted(
        self, rate: Array, mean: Array, spread: Array, queue: SlotQueue, prompts: PromptQueue
    ) -> NDArray[np.bool_]:
        """Where none of what the approximations leave out matters; see the constants above."""
        if self.deployment.pipeline_parallel_size > 1:
            return np.zeros(len(rate), dtype=bool)
        waits = queue.probability
        on_the_jump = (waits > _JUMP[0]) & (waits < _JUMP[1])
        room = np.where(prompts.share > _MOST_PROMPTS, _ROOM_FOR_PROMPTS, np.inf)
        if self.by_prompts:
            room = _ROOM_IN_STEPS
        elif self.by_memory:
            varied = self.prompts.scv + self.outputs.scv > 0
            room = _ROOM_IN_MEMORY[varied]
        tight = mean + 2.5 * spread > room * self.slots
        single, keeps = self._correlated(prompts)
        cluster = single * (1 + keeps) / (1 - keeps)
        own_s = (prompts.step_s - prompts.plain_s) / prompts.prompts
        lump = cluster * own_s / (max(self.output - 1, 1.0) * prompts.step_s)
        lump = lump * (1 + self.prompts.scv)
        return ~(on_the_jump | tight | (cluster > _CLUSTER) | (lump > _LUMP))

    @cached_property
    def _chain(self) -> PromptQueue:
        """The queue of prompts where a curve of it is solved."""
        low, high = (  # a short queue takes few cells
            vars(self._solve_prompts(part * self.capacity)) for part in (_CHAIN_LOW, _CHAIN_HIGH)
        )
        return PromptQueue(**{name: np.concatenate([low[name], high[name]]) for name in low})

    def _prompt_queue(self, rate: Array) -> PromptQueue:
        if len(rate) <= len(_CHAIN):
            return self._solve_prompts(rate)
        # by the load of prompts, which is what makes them wait
        at = -np.log1p(-_CHAIN)
        to = -np.log1p(-np.clip(rate / self.capacity, _CHAIN[0], _CHAIN[-1]))
        found = {}
        for name, values in vars(self._chain).items():
            logs = np.log(np.maximum(values, 1e-12))
            if values.ndim == 1:
                found[name] = np.exp(np.interp(to, at, logs))
            else:
                found[name] = np.exp(_rows_between(to, at, logs))
        return PromptQueue(**found)

    def _solve_prompts(self, rate: Array) -> PromptQueue:
        batch = np.interp(rate, np.maximum.accumulate(self.completions), self._batches)
        batch = np.maximum(batch, 1.0)
        carried = kinds_of_step(self.cells, float(rate.max()), self.full_prompt_step_s)
        step_s = self._mixed_s(batch[:, np.newaxis], carried * self.cells.tokens)
        idle = np.exp(-rate * self.output * self.step_s[0])
        queue = prompt_queue(
            rate, step_s, self.cells, carried, idle, self._alone_s(self.prompts.tokens)
        )
        if self.deployment.pipeline_parallel_size == 1:
            return queue
        own = np.array(self.prompt)
        late_s = prompt_pass_s(self.deployment, batch, self.context, own) - self._mixed_s(
            batch, own
        )
        late_s = np.maximum(late_s, 0.0)[:, np.newaxis]  # one's own takes more than a lap
        return replace(queue, first_token_s=queue.first_token_s + late_s)

    @cached_property
    def _batches(self) -> Array:
        return np.arange(1.0, self.slots + 1)

    @cached_property
    def full_prompt_step_s(self) -> float:
        """Time of a step that uses its token budget, besides a full batch."""
        return float(self._mixed_s(self._batches[-1:], self.budget)[0])

    def _behind(self, steps: Array, queue: PromptQueue) -> Array:
        """How many more than usual come in ``steps`` after one's own prompt; (rows, steps).

        The number in successive steps is a first-order autoregression with the variance of a
        single one and the sum of all correlations: that of the clusters in which prompts come,
        one busy period each (Borel; Consul and Jain 1973).
        """
        single, keeps = (values[:, np.newaxis] for values in self._correlated(queue))
        return single * keeps * (1 - keeps**steps) / (1 - keeps)

    def _correlated(self, queue: PromptQueue) -> tuple[Array, Array]:
        single = np.maximum(queue.dispersion, 1e-3)
        share = np.minimum(queue.share, 1 - 1e-3)
        all_in_all = (1 + share**2 * self.cells.scv) / (1 - share) ** 2
        keeps = np.clip((all_in_all - single) / (all_in_all + single), 0.0, 0.9999)
        return single, keeps

    def _batch_dispersion(self, queue: PromptQueue) -> Array:
        """Variance over mean of the number decoding: of what came and has not gone yet."""
        single, keeps = self._correlated(queue)
        tokens, weight = self.outputs.tokens, self.outputs.weight
        pair = weight[:, np.newaxis] * weight
        one, other = tokens[:, np.newaxis], tokens[np.newaxis, :]
        short = (pair * np.minimum(one, other)).sum()
        sums = _summed(
            np.minimum(one, other), np.maximum(one, other), keeps[:, np.newaxis, np.newaxis]
        )
        spread = single * (pair * sums).sum(axis=(1, 2)) - short
        return np.maximum(1 + spread / self.output, 1.0)

    def _present(self, rate: Array, prompts: PromptQueue) -> tuple[Array, SlotQueue]:
        """Probability of 0 to ``slots`` requests, and the queue beyond."""
        weight = self._without_queue(rate, prompts)
        if self.by_prompts:
            weight = weight / weight.sum(axis=1, keepdims=True)
            none = np.zeros((len(rate), self.slots + 1))
            none[:, 0] = 1.0
            return weight, slot_queue(rate, none, self._window_s(), 0.0)
        share = float(self.slots * self.prefill_s[-1] / self.stay_s[-1])
        queue = slot_queue(rate, weight, self._window_s(), share)
        if self.outputs.scv:
            queue = with_variable_windows(queue, rate, weight, self.capacity, self.outputs.scv)
        return weight / (1 + queue.beyond)[:, np.newaxis], queue

    def _without_queue(self, rate: Array, prompts: PromptQueue | None = None) -> Array:
        """Probability of 0 to ``slots`` requests, given that nobody waits for a slot.

        Prompts have priority, and all others stand still for them. So count time in steps: by it
        service is processor sharing, and arrivals come in clusters, those of one busy period of
        the prompts. At a constant speed the number present is taken to be negative binomial with
        the dispersion of what came during a reply; the ratio of neighbouring probabilities is
        taken with the speed at each number. Arrivals see it in time, where the more are present
        the longer a step.
        """
        prompts = self._prompt_queue(rate) if prompts is None else prompts
        number = self._batches
        share = prompts.share[:, np.newaxis]
        clusters = self._batch_dispersion(prompts)[:, np.newaxis]
        expected = rate[:, np.newaxis] * self.output * self.step_s / (1 - share)
        before = expected / clusters + (1 - 1 / clusters) * (number - 1)
        log_weight = np.cumsum(np.pad(np.log(before / number), [(0, 0), (1, 0)]), axis=1)
        weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
        mean = (weight[:, 1:] @ number / weight.sum(axis=1))[:, np.newaxis]
        part = self._behind(np.array([self.output]), prompts) / clusters
        added = np.pad(mean + part * (number - mean), [(0, 0), (1, 0)], mode="edge")
        step = np.insert(self.step_s, 0, self.step_s[0])
        stretch = self.output * share / (1 - share) * step / np.maximum(mean, 1e-9)
        weight *= self.output * step + added * stretch
        return weight / weight.sum(axis=1, keepdims=True)

    def _window_s(self) -> Array:
        """Time of ``output`` steps of a batch of 0, 1, ... in which all slots are taken anew."""
        step_s = np.pad(self.step_s, (1, 0), mode="edge")
        return self.output * step_s + self.slots * self.prefill_s[-1]

    @cached_property
    def joining_s(self) -> float:
        """The step of a request that waited: prompts that come when others end."""
        tokens = np.minimum((1 + _PROMPTS) * self.prompt, self.budget)
        return float(self.coming[-1] @ self._mixed_s(self._batches[-1:], tokens))

    def _with_wait(self, ttft_s: Array, queue: SlotQueue) -> tuple[Array, Array]:
        """Median and p99 of the time to the first token.

        Who waits for a slot gets it at the end of a step, and has the rest of no step before his.
        """
        time_s = np.sort(np.hstack([ttft_s, queue.wait_s + self.joining_s]), axis=1)
        below = interp_rows(time_s, ttft_s, LEVELS[np.newaxis])
        below = np.where(time_s < ttft_s[:, :1], 0.0, below)
        below = np.where(time_s > ttft_s[:, -1:], 1.0, below)
        longer = queue.longer(time_s - self.joining_s)
        longer += (1 - queue.probability)[:, np.newaxis] * (1 - below)
        median, p99 = interp_rows(_DEPTHS, -np.log(longer), time_s).T
        return median, p99

    def _stay(
        self, rate: Array, mean: Array, seen: Array, first_s: Array, prompts: PromptQueue
    ) -> tuple[Array, Array]:
        """Time from the first token to the last, and weights.

        By reply, batch seen, time to the first token and noise: shape (rows, outputs, seen, first,
        noise).

        The batch averaged over a stay keeps half of what was seen at its start if the batch
        forgets in one stay (requests of one length, constant speed), and all of it if the batch
        drains slowly, near capacity. The other half is the prompts that come during it.
        """
        batch = self._batches
        if self.slots > 2:
            slope = np.gradient(np.log(self.completions), np.log(batch))
            gain = np.clip(np.interp(mean, batch, slope), 0.0, 1.0)[:, np.newaxis]
        else:
            gain = np.ones((len(rate), 1))
        steps = np.maximum(self.outputs.tokens - 1, 1.0)
        keeps = 1 / (1 + gain * steps / self.output)  # (rows, outputs)
        middle = np.maximum(mean, 1e-9)[:, np.newaxis]
        settled = middle[..., np.newaxis] + keeps[..., np.newaxis] * (
            seen[:, np.newaxis, :] - middle[..., np.newaxis]
        )
        steps = steps[:, np.newaxis]
        queued, came, noise = self._coming_prompts(rate, steps, first_s, prompts)
        usual = (prompts.prompts[:, np.newaxis, np.newaxis] * steps)[..., np.newaxis]
        grown = queued[..., np.newaxis] + came[..., np.newaxis] + noise - usual
        grown = grown * np.minimum(0.5, 0.5 * self.output / steps)[..., np.newaxis]
        average = np.clip(
            settled[:, :, :, np.newaxis, np.newaxis] + grown[:, :, np.newaxis], 1.0, self.slots
        )
        plain = np.interp(average, self._batches, self.step_s)
        rows = (slice(None), *[np.newaxis] * 4)
        own_s = ((prompts.step_s - prompts.plain_s) / prompts.prompts)[rows]
        faster = plain / prompts.plain_s[rows]
        steps = steps[:, :, np.newaxis, np.newaxis]
        more = queued[:, :, np.newaxis, :, np.newaxis] + noise[:, :, np.newaxis]
        more = more + faster * came[:, :, np.newaxis, :, np.newaxis]
        # no more can join than there are slots for those who stay as long
        stay = steps * plain + own_s * np.clip(more, 0.0, self.slots * steps / self.output)
        stay = np.minimum(stay, steps * self.full_prompt_step_s)
        weight = self.outputs.weight[:, np.newaxis, np.newaxis, np.newaxis] * (
            _SEEN_WEIGHTS[:, np.newaxis, np.newaxis]
            * _FIRST_WEIGHTS[:, np.newaxis]
            * _NORMAL_WEIGHTS
        )
        return stay, weight

    def _coming_prompts(
        self, rate: Array, steps: Array, first_s: Array, queue: PromptQueue
    ) -> tuple[Array, Array, Array]:
        """Prompts that pass in ``steps`` after one's first token, which came after ``first_s``.

        Those that queue behind one's own and those that come while they pass; the mean of those
        that come then, to an empty queue at first; and the spread of these. Shapes (rows, steps,
        first), the last with slices of the spread along one more axis.
        """
        share = queue.share[:, np.newaxis, np.newaxis]
        per_step = self.budget / self.prompt
        behind = rate[:, np.newaxis] * first_s
        behind = np.maximum(behind - (per_step - 1), behind * 2 / 3)[:, np.newaxis, :]
        behind = behind * (1 - share**steps) / (1 - share)
        queued = np.minimum(behind, steps * per_step)
        left = steps - queued / per_step
        single, keeps = (x[:, np.newaxis, np.newaxis] for x in self._correlated(queue))
        usual = queue.prompts[:, np.newaxis, np.newaxis]
        at_first = (rate * queue.plain_s)[:, np.newaxis, np.newaxis]
        came = left * usual - (usual - at_first) * (1 - keeps**left) / (1 - keeps)
        came = np.maximum(came, 1e-6)
        clusters = single * _summed(left, left, keeps) / np.maximum(left, 1e-6)
        # a busy period that begins with those behind varies, too
        lasting = single * _summed(steps, steps, keeps) / steps
        total = queued + came
        varies = (clusters * came + lasting * share * queued) / total
        noise = _skewed(total, np.maximum(varies, 1e-3)) - total[..., np.newaxis]
        return queued, came, noise

    def _alone_s(self, tokens: Array) -> Array:
        """Prefill of prompts of ``tokens`` on an idle replica."""
        tokens = np.maximum(tokens, 1.0)
        chunks = np.ceil(tokens / self.deployment.engine.max_batched_tokens)
        attention = prompt_attention_s(
            self.deployment, prompt_attention_ops(self.deployment, tokens)
        )
        return chunks * step_pass_s(self.deployment, tokens / chunks, prompts=True) + attention


def _skewed(mean: Array, dispersion: Array) -> Array:
    """Slices of a log-normal distribution, along a new last axis.

    Its skewness is about that of the time in which a queue empties, three times its coefficient
    of variation.
    """
    sigma = np.sqrt(np.log1p(dispersion / mean))[..., np.newaxis]
    slices = np.exp(sigma * _NORMAL)
    return slices / (slices @ _NORMAL_WEIGHTS)[..., np.newaxis] * mean[..., np.newaxis]


def _summed(short: Array, long: Array, keeps: Array) -> Array:
    """Sum of ``keeps ** abs(i - j)`` over ``i`` below ``short`` and ``j`` below ``long``."""
    edge = keeps * (1 - keeps**short) / (1 - keeps) ** 2
    return short * (1 + keeps) / (1 - keeps) - edge * (1 + keeps ** (long - short))


def _rows_between(to: Array, at: Array, values: Array) -> Array:
    """Rows of ``values``, given at ``at``, between which it is interpolated."""
    after = np.clip(np.searchsorted(at, to), 1, len(at) - 1)
    part = ((to - at[after - 1]) / (at[after] - at[after - 1]))[:, np.newaxis]
    return values[after - 1] * (1 - part) + values[after] * part


def _counts(mean: Array, dispersion: Array) -> Array:
    """P(0, 1, ... prompts) of a negative binomial distribution, the last for all above."""
    excess = np.maximum(dispersion - 1, 1e-6)
    chance = [np.exp(-mean * np.log1p(excess) / excess)]
    for k in range(len(_PROMPTS) - 1):
        chance.append(chance[-1] * (mean + k * excess) / (1 + excess) / (k + 1))
    chance[-1] = chance[-1] + np.clip(1 - sum(chance), 0.0, None)
    return np.stack(chance, axis=-1)
