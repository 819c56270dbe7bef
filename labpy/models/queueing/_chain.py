"""Chain of the number present at the dispatches of a batching server, and its response times.

Let ``s`` be the number present at a dispatch: ``b = min(s, B)`` are served, ``s - b`` stay. The
next dispatch is possible after the service time ``T = S(b)``. With ``A ~ Poisson(rate * T)``
arrivals until then, and none left over, the next dispatch

- comes at ``T`` with ``A`` if ``A >= B``, or if the first arrived ``window`` or more before ``T``;
- else comes ``window`` after the first arrival with ``1 + Poisson(rate * window)``, at most ``B``.

These transitions are exact. Of requests left over, whose window may still be open if it is longer
than a service, the mean age is taken.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PHASES = (np.arange(8) + 0.5) / 8  # where between two dispatches an arrival falls
_STATE_BINS = 12
_TAIL_BINS = 10
_COUNT_BINS = 12
_FILL_BINS = 12


@dataclass(frozen=True)
class Waits:
    """Waits and service times of requests as weighted points along the last axis, and means."""

    wait_s: Array
    final_s: Array
    weight: Array
    mean_formation_s: Array
    wait_probability: Array
    mean_batch: Array

    def mean(self, values: Array) -> Array:
        """Mean over requests of one of the arrays of points."""
        return (self.weight * values).sum(axis=1) / self.weight.sum(axis=1)


def joined(parts: list[Waits], order: NDArray[np.intp]) -> Waits:
    """Several results as one, their rows in a new order; points of no weight fill the shorter."""
    most = max(part.wait_s.shape[1] for part in parts)

    def all_of(name: str) -> Array:
        rows = []
        for part in parts:
            values = getattr(part, name)
            if values.ndim == 2:
                room = ((0, 0), (0, most - values.shape[1]))
                values = np.pad(values, room, "constant" if name == "weight" else "edge")
            rows.append(values)
        return np.concatenate(rows)[order]

    return Waits(**{field.name: all_of(field.name) for field in fields(Waits)})


def poisson(mean: Array, size: int) -> Array:
    """P(k events) for k below ``size``, along a new last axis."""
    k = np.arange(size)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, size)))])
    log_mean = np.log(np.maximum(mean, 1e-300))[..., np.newaxis]
    exponent = k * log_mean - mean[..., np.newaxis] - log_factorial
    return np.exp(exponent)


def states_needed(size: int, load: float) -> int:
    """States that hold all but about 1e-3 of the chain at this share of the capacity."""
    return size + int(np.ceil(4 + 3.5 / (1 - load)))


def stationary(rate: Array, service: Array, window: float, states: int) -> Array:
    """Distribution of the number present at a dispatch, 1 to ``states``, for each rate.

    ``service`` (size B) is the time that a batch of 1 to B takes.
    """
    size = len(service)
    mean = rate[:, np.newaxis] * service
    arrivals = poisson(mean, states + 1)
    step = np.zeros((len(rate), states, states))
    step[:, :size] = _from_empty(rate, service, window, arrivals)
    for left in range(1, states - size + 1):  # those left over shift the count of arrivals
        row = arrivals[:, size - 1, : states - left + 1]
        step[:, size + left - 1, left - 1 :] = row
        still_open_s = _still_open_s(float(left), size, service[-1], window)
        if still_open_s > 0 and left < size:
            step[:, size + left - 1] = _joined(step[:, size + left - 1], rate * still_open_s, size)
    step[..., -1] += 1 - step.sum(axis=-1)
    balance = np.swapaxes(step, 1, 2) - np.eye(states)
    balance[:, -1, :] = 1.0
    target = np.zeros((len(rate), states, 1))
    target[:, -1] = 1.0
    return np.clip(np.linalg.solve(balance, target)[..., 0], 0.0, None)


def _from_empty(rate: Array, service: Array, window: float, arrivals: Array) -> Array:
    """Transitions after a dispatch that left nobody behind."""
    size = len(service)
    inside = np.minimum(window, service)
    n = np.arange(1, arrivals.shape[-1])
    with np.errstate(divide="ignore", invalid="ignore"):
        late = (
            np.where(inside > 0, inside / service, 0.0)[:, np.newaxis] ** n
        )  # all within the window
    at_end = arrivals[..., 1:] * np.where(n < size, 1 - late, 1.0)
    opened = np.exp(-rate[:, np.newaxis] * (service - inside))[..., np.newaxis]
    filled = poisson(rate * window, size)[:, np.newaxis, : size - 1]
    at_end[..., : size - 1] += opened * filled
    rest = 1 - at_end.sum(axis=-1) - _beyond(arrivals)
    at_end[..., size - 1] += np.clip(rest, 0.0, None)
    return at_end


def _still_open_s(left: Array | float, size: int, service_s: float, window: float) -> Array:
    """Rest of the window of the first left over, one service after it was left over.

    With ``left`` over it arrived about a share ``left / (size + left)`` of a service before.
    """
    return np.maximum(window - service_s * (1 + left / (size + left)), 0.0)


def _joined(present: Array, mean: Array, size: int) -> Array:
    """Distribution of the number present after Poisson arrivals join those below ``size``."""
    more = poisson(mean, size)
    below = present[:, : size - 1]
    shift = np.arange(size - 1)[:, np.newaxis] - np.arange(size - 1)
    kernel = np.where(shift >= 0, more[:, np.maximum(shift, 0)], 0.0)
    after = np.einsum("gij,gj->gi", kernel, below)
    out = present.copy()
    out[:, : size - 1] = after
    out[:, size - 1] += below.sum(axis=1) - after.sum(axis=1)
    return out


def _beyond(pmf: Array) -> Array:
    return np.clip(1 - pmf.sum(axis=-1), 0.0, None)


def _bins(mass: Array, bins: int) -> tuple[Array, Array]:
    """Merge neighbours of a distribution over 1, 2, ... into ``bins`` points with their means."""
    length = mass.shape[-1]
    stride = -(-length // bins)
    padding = [(0, 0)] * (mass.ndim - 1) + [(0, stride * (-(-length // stride)) - length)]
    value = np.arange(1, length + 1) * mass
    shape = (*mass.shape[:-1], -1, stride)
    weight = np.pad(mass, padding).reshape(shape).sum(axis=-1)
    total = np.pad(value, padding).reshape(shape).sum(axis=-1)
    middle = (np.arange(weight.shape[-1]) + 0.5) * stride + 0.5
    return np.where(weight > 1e-12, total / np.maximum(weight, 1e-12), middle), weight


def _counts(mean: Array) -> tuple[Array, Array]:
    """Poisson counts as ``_COUNT_BINS`` points: all of them if few, else evenly spaced."""
    spread = np.sqrt(mean)
    low = np.maximum(np.floor(mean - 3.5 * spread), 0.0)
    stride = np.maximum((mean + 4 * spread + 3 - low) / _COUNT_BINS, 1.0)
    count = low[..., np.newaxis] + stride[..., np.newaxis] * np.arange(_COUNT_BINS)
    log_mean = np.log(np.maximum(mean, 1e-300))[..., np.newaxis]
    exponent = count * log_mean - _log_factorial(count) - mean[..., np.newaxis]
    weight = np.exp(exponent - exponent.max(axis=-1, keepdims=True))
    return count, weight / weight.sum(axis=-1, keepdims=True)


def _log_factorial(n: Array) -> Array:
    """Log of n! by Stirling's series, shifted so that small n are exact to 1e-9."""
    x = n + 8.0
    series = (x - 0.5) * np.log(x) - x + 0.9189385332046727 + 1 / (12 * x) - 1 / (360 * x**3)
    shift = sum(np.log(n + k) for k in range(1, 8))
    return series - shift


def waits(rate: Array, service: Array, window: float, present: Array) -> Waits:
    """Waits and service times of requests, from the distribution ``present`` at dispatches."""
    size = len(service)
    tail = present.shape[1] - size
    tail_bins = max(_TAIL_BINS, -(-tail // max(1, size // 4)))
    parts = (_bins(present[:, :size], _STATE_BINS), _bins(present[:, size:], tail_bins))
    before = np.concatenate([parts[0][0], size + parts[1][0]], axis=1)
    before_weight = np.concatenate([parts[0][1], parts[1][1]], axis=1)
    busy = _arrive_during_service(rate, service, window, before, before_weight)
    free = _arrive_at_free_server(rate, service, window, before, before_weight)
    wait, final, weight = (np.concatenate([a, b], 1) for a, b in zip(busy, free, strict=True))
    total = weight.sum(axis=1)
    free_wait, _, free_weight = free
    at_once = (free_weight * (free_wait <= 0)).sum(axis=1)
    batch = np.minimum(np.arange(1, present.shape[1] + 1), size)
    return Waits(
        wait_s=wait,
        final_s=final,
        weight=weight,
        mean_formation_s=(free_weight * free_wait).sum(axis=1) / total,
        wait_probability=1 - at_once / total,
        mean_batch=(present * batch).sum(axis=1) / present.sum(axis=1),
    )


def _scatter(counts: int) -> Array:
    """Normal deviates that differ from phase to phase and from count to count, always the same."""
    normal = np.array([-1.53, -0.89, -0.49, -0.16, 0.16, 0.49, 0.89, 1.53])
    index = np.arange(len(_PHASES)) * 3 + 7 * np.arange(counts)[:, np.newaxis]
    return normal[index % len(normal)]


def _at(table: Array, batch: Array) -> Array:
    """Value of ``table`` (for batches of 1 to B) at a batch that may be a fraction."""
    return np.interp(batch, np.arange(1, len(table) + 1), table)


def _arrive_during_service(
    rate: Array, service: Array, window: float, before: Array, before_weight: Array
) -> tuple[Array, Array, Array]:
    """Requests that arrive while the server is busy: wait, service time and weight."""
    size = len(service)
    served = np.minimum(before, size)
    left = before - served
    length = _at(service, served)
    count, count_weight = _counts(rate[:, np.newaxis] * length)
    many = before_weight[..., np.newaxis] * count_weight * count  # requests, not dispatches
    inside = np.minimum(window, length)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(inside > 0, inside / np.maximum(length, 1e-300), 0.0)
    # where all fell within the window, the dispatch waits for it (_arrive_at_free_server)
    waits_on = np.where((left[..., np.newaxis] < 0.5) & (count < size), 1.0, 0.0)
    waits_on = waits_on * share[..., np.newaxis] ** np.maximum(count - 1, 0.0)
    covered = np.clip(share[..., np.newaxis] * len(_PHASES) - np.arange(len(_PHASES)), 0.0, 1.0)
    total = left[..., np.newaxis] + count
    remaining = _PHASES * length[..., np.newaxis, np.newaxis]
    others = np.maximum(count - 1, 0.0)[..., np.newaxis]
    spread = np.sqrt(others * _PHASES * (1 - _PHASES)) * _scatter(count.shape[-1])
    earlier = np.clip(np.round(others * (1 - _PHASES) + spread), 0.0, others)
    ahead = left[..., np.newaxis, np.newaxis] + earlier
    rounds = np.floor(ahead / size)
    later = total[..., np.newaxis] - rounds * (size - rate[:, None, None, None] * service[-1])
    open_s = _still_open_s(left[..., np.newaxis], size, service[-1], window)
    fill_s = (size - total) / rate[:, np.newaxis, np.newaxis]
    held_s = np.where(
        (left[..., np.newaxis] >= 0.5) & (total < size), np.minimum(open_s, fill_s), 0
    )
    later = later + (rate[:, np.newaxis, np.newaxis] * held_s)[..., np.newaxis]
    final = _at(service, np.clip(later, 1.0, size))
    wait = remaining + rounds * service[-1] + held_s[..., np.newaxis]
    inside_share = waits_on[..., np.newaxis] * covered[..., np.newaxis, :]
    weight = many[..., np.newaxis] * (1 - inside_share) / len(_PHASES)
    flat = (len(rate), -1)
    return (
        wait.reshape(flat),
        np.broadcast_to(final, wait.shape).reshape(flat),
        weight.reshape(flat),
    )


def _arrive_at_free_server(
    rate: Array, service: Array, window: float, before: Array, before_weight: Array
) -> tuple[Array, Array, Array]:
    """Requests of a batch that opens its window: the first, and those that join it."""
    size = len(service)
    empty = np.where(before <= size, before_weight, 0.0)
    length = _at(service, np.minimum(before, size))
    inside = np.minimum(window, length)
    opened = (empty * np.exp(-rate[:, np.newaxis] * (length - inside))).sum(axis=1)
    excess = _filled_in_service(rate, length, inside, empty, size)
    batch, open_s, weight = _window_ends(rate, window, size, opened, excess)
    final = _at(service, batch)
    joined = open_s[..., np.newaxis] * _PHASES
    filled = batch >= size
    last = np.where(filled & (size > 1), 1.0, 0.0)  # it fills the batch, so it does not wait
    groups = (
        (open_s, final, weight),
        (0 * open_s, final, weight * last),
        (
            joined.reshape(len(rate), -1),
            np.repeat(final, len(_PHASES), axis=1),
            np.repeat(weight * (batch - 1 - last) / len(_PHASES), len(_PHASES), axis=1),
        ),
    )
    return tuple(np.concatenate(part, axis=1) for part in zip(*groups, strict=True))


def _window_ends(
    rate: Array, window: float, size: int, opened: Array, excess: Array
) -> tuple[Array, Array, Array]:
    """How windows end: batch, time open and weight, for those that run out and those that fill.

    ``opened`` is the weight of all windows, ``excess`` that of those which fill before the server
    is free and so are no part of this.
    """
    count, weight = _counts(rate * window)
    ran_out = np.where(count + 1 < size, weight, 0.0) * opened[:, np.newaxis]
    edges = window * np.linspace(0, 1, _FILL_BINS + 1)
    none = poisson(rate[:, np.newaxis] * edges, size)[..., : size - 1].sum(axis=-1)
    filled = -np.diff(none, axis=1) if size > 1 else np.eye(1, _FILL_BINS)
    filled = np.clip(filled, 0.0, None) + np.zeros((len(rate), 1))
    total = filled.sum(axis=1)
    left = np.clip(opened - ran_out.sum(axis=1) - excess, 0.0, None)
    filled = filled * (left / np.maximum(total, 1e-300))[:, np.newaxis]
    middle = (edges[1:] + edges[:-1]) / 2 if size > 1 else np.zeros(_FILL_BINS)
    return (
        np.concatenate([np.minimum(count + 1, size), np.full(filled.shape, float(size))], axis=1),
        np.concatenate([np.full(count.shape, window), np.broadcast_to(middle, filled.shape)], 1),
        np.concatenate([ran_out, filled], axis=1),
    )


def _filled_in_service(rate: Array, length: Array, inside: Array, empty: Array, size: int) -> Array:
    """Probability that a batch opens within the window before the end of a service and fills."""
    short = np.arange(size)
    pmf = poisson(rate[:, np.newaxis] * inside, size)
    at_least = np.clip(1 - pmf[..., short].sum(axis=-1), 0.0, None)
    before = np.exp(-rate[:, np.newaxis] * (length - inside))
    return (empty * before * at_least).sum(axis=1)
