"""The queue of prompts for the steps of one replica, as a Markov chain from step to step.

A step takes the prompts that came in the step before, up to the engine's token budget, in the
order of arrival; who does not fit waits for the next. So the tokens that wait at the start of a
step form a chain: a step with more of them is longer, and more arrive in it. Tokens are counted in
cells, and the arrivals of a step are compound Poisson, computed by their generating function.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.models.serving.lengths import Lengths
from labpy.models.serving.load import LEVELS, interp_rows

Array = NDArray[np.float64]

_PHASES = (np.arange(5) + 0.5) / 5  # where in a step an arrival falls
_BUDGET_CELLS = 5  # cells in a step's token budget, or more where a prompt is short
_BINS_A_LOG, _NOTHING = 300, 1e-12  # of the time to the first token: a third of a per cent
# numbers of waiting cells that are told apart: beyond the first, each is as good as the next few
_BLOCKS = np.append(np.arange(20), np.geomspace(20, 400, 17)[:-1].astype(np.intp))
_MOST_CELLS = 128, 400  # of the queue, with prompts of one length or of many; beyond, all is one


@dataclass(frozen=True)
class Cells:
    """Tokens counted in cells: the distribution of a prompt's, and a step's budget.

    ``own`` are prompts, not rounded to whole cells, and their weights.
    """

    tokens: float
    chance: Array
    budget: float
    own: Array
    own_weight: Array

    @property
    def mean(self) -> float:
        """Cells of a prompt."""
        return float(self.chance @ np.arange(len(self.chance)))

    @property
    def second_moment(self) -> float:
        """Of the cells of a prompt."""
        return float(self.chance @ np.arange(len(self.chance)) ** 2.0)

    @property
    def scv(self) -> float:
        """Variance of a prompt's cells over their squared mean."""
        return self.second_moment / self.mean**2 - 1


def cells(prompt: Lengths, budget_tokens: float, squared: float) -> Cells:
    """Cells in which prompts of one length are a whole number; others are split, the mean kept.

    Long prompts take more time for each token, for their attention: ``squared`` is by how much, as
    a share of the time of the rest of it, each token of length. They count as more tokens, and
    short ones as fewer, so that the mean stays.
    """
    work = prompt.tokens * (1 + squared * prompt.tokens)
    work *= prompt.mean / (prompt.weight @ work)
    wanted = budget_tokens / _BUDGET_CELLS
    if prompt.constant:
        size = prompt.mean / max(1, round(prompt.mean / wanted))
    else:
        size = min(wanted, prompt.mean / 2)
    place = work / size
    low = np.floor(place + 1e-9).astype(np.intp)
    rest = np.clip(place - low, 0.0, 1.0)
    chance = np.bincount(low, prompt.weight * (1 - rest), low[-1] + 2)
    chance += np.bincount(low + 1, prompt.weight * rest, low[-1] + 2)
    return Cells(size, chance, max(budget_tokens / size, 1.0), place, prompt.weight)


@dataclass(frozen=True)
class PromptQueue:
    """At several arrival rates, one a row.

    ``step_s`` is the mean step, ``plain_s`` one without prompts; ``prompts`` is the mean number of
    prompts of a step and ``dispersion`` the variance over it. ``first_token_s`` is the time from
    an arrival to the first token at ``LEVELS``, at whatever load.
    """

    step_s: Array
    plain_s: Array
    prompts: Array
    dispersion: Array
    first_token_s: Array

    @property
    def share(self) -> Array:
        """Share of the time that goes to prompts."""
        return 1 - self.plain_s / self.step_s


def queue_cells(rate: float, full_s: float, kind: Cells) -> int:
    """Cells of waiting prompts that are hardly ever exceeded, by the mean of M/G/1."""
    load = min(rate * full_s * kind.mean / kind.budget, 0.97)
    behind = load / (1 - load) * kind.second_moment / kind.mean / 2
    in_step = rate * full_s * kind.mean
    spread = np.sqrt(rate * full_s * kind.second_moment)
    longest = len(kind.chance) if len(kind.own) > 1 else 0.0
    room = kind.budget + 10 * behind + in_step + 3 * spread + longest
    one_step = in_step + 7 * spread + 8 + longest
    if one_step < kind.budget:  # all that came in a step goes in the next
        room = one_step
    return int(np.clip(np.ceil(room), 8, _MOST_CELLS[len(kind.own) > 1]))


def kinds_of_step(kind: Cells, rate: float, full_s: float) -> Array:
    """Cells that a step may carry: 0, 1, ... and at last its budget, or as many as ever wait."""
    size = queue_cells(rate, full_s, kind)
    if kind.budget > size - 1:
        return np.arange(float(size))
    return np.unique(np.append(np.arange(np.floor(kind.budget) + 1), kind.budget))


def prompt_queue(
    rate: Array, step_s: Array, kind: Cells, carried: Array, idle: Array, alone_s: Array
) -> PromptQueue:
    """Solve the chain.

    Parameters
    ----------
    rate
        Requests a second; shape (rows,).
    step_s
        Time of a step that carries each number of cells in ``carried``; shape (rows, kinds).
    kind, carried
        The cells, and what a step may carry of them; see ``kinds_of_step``.
    idle
        Probability that no request is decoding; shape (rows,).
    alone_s
        Time of each of the ``own`` prompts on an idle replica.
    """
    kinds, budget = len(carried), float(carried[-1])
    size = max(queue_cells(float(rate.max()), float(step_s[:, -1].max()), kind), kinds)
    came = _compound(rate[:, np.newaxis] * step_s, kind.chance, size)
    state = np.arange(size)
    which = np.minimum(state, kinds - 1)
    move = _moves(came, size, budget)
    share = _stationary(move)
    length = step_s[:, which]
    mean_s = np.einsum("rs,rs->r", share, length)
    used = np.minimum(state, budget)
    mean_used = share @ used
    variance = share @ used**2 - mean_used**2
    first = _first_token(rate, step_s, share, move, came, kind, carried, idle, alone_s)
    return PromptQueue(
        mean_s,
        step_s[:, 0],
        rate * mean_s,
        variance / np.maximum(mean_used, 1e-12) / kind.mean,
        first,
    )


def _compound(mean: Array, chance: Array, size: int) -> Array:
    """P(0, 1, ... ``size`` - 1 cells) of a compound Poisson number, the last for all above."""
    points = 1 << (size + len(chance)).bit_length()
    one = np.fft.rfft(chance, points) - 1
    found = np.fft.irfft(np.exp(mean[..., np.newaxis] * one), points)[..., :size]
    found = np.maximum(found, 0.0)
    found[..., -1] += np.maximum(1 - found.sum(axis=-1), 0.0)
    return found


def _moves(came: Array, size: int, budget: float) -> Array:
    """From each number of waiting cells to each; a budget of a broken number is met on average."""
    rows, kinds = came.shape[:2]
    move = np.zeros((rows, size, size))
    move[:, : kinds - 1] = came[:, :-1]
    padded = np.concatenate([np.zeros((rows, size)), came[:, -1]], axis=1)
    shifted = np.lib.stride_tricks.sliding_window_view(padded, size, axis=1)
    full, part = np.arange(kinds - 1, size), budget - np.floor(budget)
    for left, weight in ((np.floor(budget), 1 - part), (np.ceil(budget), part)):
        if weight > 0:
            rest = np.maximum(full - left, 0).astype(np.intp)
            move[:, kinds - 1 :] += weight * shifted[:, size - rest]
    move[:, :, -1] += 1 - move.sum(axis=2)
    return move


def _stationary(move: Array) -> Array:
    """Probability of each state of chains."""
    size = move.shape[1]
    system = np.swapaxes(move, 1, 2) - np.eye(size)
    system[:, -1] = 1.0
    right = np.zeros((move.shape[0], size, 1))
    right[:, -1] = 1.0
    found = np.maximum(np.linalg.solve(system, right)[..., 0], 0.0)
    return found / found.sum(axis=1, keepdims=True)


def _first_token(
    rate: Array,
    step_s: Array,
    share: Array,
    move: Array,
    came: Array,
    kind: Cells,
    carried: Array,
    idle: Array,
    alone_s: Array,
) -> Array:
    """Time from an arrival to the first token, at ``LEVELS``.

    The rest of the step, then the steps until one's own prompt is through. What arrives in one's
    step in all does not depend on the time of one's arrival; of it, the part before is ahead.
    """
    rows, kinds = step_s.shape
    size = share.shape[1]
    total = np.arange(size, dtype=float)
    hit = share[:, :kinds] * step_s
    hit[:, -1] = share[:, kinds - 1 :].sum(axis=1) * step_s[:, -1]
    hit /= hit.sum(axis=1, keepdims=True)
    # cells that wait at the end of the step, without one's own
    after = came[:, :kinds].copy()
    after[:, -1] = np.einsum("rs,rst->rt", share[:, kinds - 1 :], move[:, kinds - 1 :])
    after /= np.maximum(after.sum(axis=2, keepdims=True), 1e-300)
    total, after = _coarser(total, after)
    arrival = rate[:, np.newaxis, np.newaxis, np.newaxis]
    length = step_s[:, :, np.newaxis, np.newaxis]
    phase = _PHASES[:, np.newaxis]
    total = np.broadcast_to(total, after.shape)[:, :, np.newaxis]
    arrived = total.copy()
    arrived[:, -1] = np.minimum(total[:, -1], arrival[:, 0] * length[:, -1] * kind.mean)
    later = arrived * (1 - phase)
    ahead = np.maximum(total - later, 0.0)
    budget, full_s = float(carried[-1]), step_s[:, -1][:, np.newaxis, np.newaxis, np.newaxis]
    times, weights = [], []
    for cell, chance, alone in zip(kind.own, kind.own_weight, alone_s, strict=True):
        before = np.maximum(np.ceil((ahead + cell) / budget - 1e-9) - 1, 0.0)
        last = total + cell - before * budget + arrival * before * full_s * kind.mean
        last = np.clip(last, 0.0, budget)
        own_s = interp_rows(last.reshape(rows, -1), carried, step_s).reshape(last.shape)
        times.append((length * (1 - phase) + before * full_s + own_s).reshape(rows, -1))
        weight = hit[:, :, np.newaxis, np.newaxis] * after[:, :, np.newaxis, :] * chance
        weight = (
            weight
            * np.where(np.arange(kinds) > 0, 1.0, 1 - idle[:, np.newaxis])[
                :, :, np.newaxis, np.newaxis
            ]
        )
        weights.append(np.broadcast_to(weight / len(_PHASES), own_s.shape).reshape(rows, -1))
        times.append(np.full((rows, 1), alone))
        weights.append((hit[:, 0] * idle * chance)[:, np.newaxis])
    return _thinned(np.concatenate(times, axis=1), np.concatenate(weights, axis=1))


def _coarser(total: Array, after: Array) -> tuple[Array, Array]:
    """Fewer numbers of waiting cells: each of the small ones, and blocks of larger ones.

    Returns the mean of each block and its probability; shape (rows, kinds, blocks).
    """
    starts = _BLOCKS[: np.searchsorted(_BLOCKS, len(total))]
    chance = np.add.reduceat(after, starts, axis=2)
    mean = np.add.reduceat(after * total, starts, axis=2) / np.maximum(chance, 1e-300)
    return np.where(chance > 1e-200, mean, total[starts]), chance


def _thinned(time_s: Array, weight: Array) -> Array:
    """The same distribution by as many points as there are ``LEVELS``.

    Points are put in bins of the same places in all rows, which is faster than sorting; bins of as
    good as no weight do not count. Between two others the time goes in a line.
    """
    rows = len(time_s)
    place = np.floor(np.log(time_s) * _BINS_A_LOG).astype(np.int64)
    first = place.min()
    place -= first
    bins = int(place.max()) + 1
    place += bins * np.arange(rows)[:, np.newaxis]
    mass = np.bincount(place.ravel(), weight.ravel(), rows * bins).reshape(rows, bins)
    mass[mass < _NOTHING] = 0.0
    total = np.cumsum(mass, axis=1)
    filled = mass > 0
    lowest = np.argmax(filled, axis=1)[:, np.newaxis]
    near = np.maximum.accumulate(np.where(filled, np.arange(bins), lowest), axis=1)
    found = interp_rows(LEVELS, total / total[:, -1:], near)
    return np.exp((found + first + 0.5) / _BINS_A_LOG)
