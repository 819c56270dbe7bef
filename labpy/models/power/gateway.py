"""A gateway that wakes up for a batch: the longer it gathers, the less each inference costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks, registry

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Gateway:
    """A gateway of ``gateways.toml``, whose comments say what each field means."""

    key: str
    name: str
    idle_w: float
    wake_j: float
    wake_s: float
    inference_j: float
    inference_s: float
    max_batch: int
    sources: Mapping[str, str]

    @property
    def capacity(self) -> float:
        """Inferences a second with full batches back to back."""
        return self.max_batch / (self.wake_s + self.max_batch * self.inference_s)


@cache
def gateway(key: str) -> Gateway:
    """Gateway with this key, such as ``"hearable-hub"``."""
    return registry.build(Gateway, "gateways", key)


def as_gateway(hub: Gateway | str) -> Gateway:
    """Return the record itself, or that of a key."""
    return gateway(hub) if isinstance(hub, str) else hub


def energy_per_inference_j(
    batch: ArrayLike, arrival_rate: ArrayLike, hub: Gateway | str = "hearable-hub"
) -> Array:
    """Energy of one inference: its own, its share of the wake-up and of the idle power.

    ``batch`` (1 or more) is the mean batch and ``arrival_rate`` inferences a second; they
    broadcast.

    Examples
    --------
    >>> (energy_per_inference_j([1, 10, 100], 25_600) * 1e6).round(1).tolist()
    [378.4, 63.4, 31.9]
    """
    hub = as_gateway(hub)
    size = _checks.positive("batch", batch)
    if (size < 1).any():
        raise ValueError(f"batch must be 1 or greater, got {batch!r}")
    rate = _checks.positive("arrival_rate", arrival_rate)
    return hub.idle_w / rate + hub.wake_j / size + hub.inference_j


@dataclass(frozen=True)
class GatewayLoad:
    """A gateway under load; fields broadcast. Times are ``inf`` in overload, and power is full.

    Attributes
    ----------
    stable, utilization
        Whether it can serve the arrivals at all; share of the time that it computes.
    mean_batch, batches_per_s
        Inferences in a batch, and batches a second.
    gather_s
        Longest time that an inference waits for its batch to start: the window, or the service of
        the batch before if that is longer.
    service_s
        Time of a batch.
    delay_s
        The sum of the two: the longest time in the gateway.
    power_w, energy_per_inference_j
        Mean power, and it over the arrival rate (``inf`` without arrivals).
    """

    stable: NDArray[np.bool_]
    utilization: Array
    mean_batch: Array
    batches_per_s: Array
    gather_s: Array
    service_s: Array
    delay_s: Array
    power_w: Array
    energy_per_inference_j: Array


def gateway_load(
    arrival_rate: ArrayLike, window_s: ArrayLike, hub: Gateway | str = "hearable-hub"
) -> GatewayLoad:
    """Batches, delay and power of a gateway that gathers for ``window_s`` from the first arrival.

    Parameters
    ----------
    arrival_rate
        Inferences a second, 0 or more.
    window_s
        How long it gathers, 0 or more; a batch that is full starts at once. They broadcast.
    hub
        Key or record of the gateway.

    Notes
    -----
    A cycle lasts the window and the mean time to its first arrival, or the time of serving the
    batch before, whichever is longer; a batch is what arrives in it, at most ``max_batch``. Against
    a simulation with Poisson arrivals the mean batch is within 4% for windows no shorter than the
    service of their batch, and up to 20% too small for shorter ones; the longest delay is that of
    a mean batch, to be exceeded by a few per cent. The queue that builds up before full batches
    close to capacity is left out.

    Examples
    --------
    >>> load = gateway_load(25_600, [0.001, 0.002, 0.050])
    >>> load.power_w.round(2).tolist(), load.mean_batch.round(0).tolist()
    ([1.06, 0.9, 0.73], [27.0, 52.0, 1281.0])
    """
    hub = as_gateway(hub)
    rate = _checks.non_negative("arrival_rate", arrival_rate)
    window = _checks.non_negative("window_s", window_s)
    rate, window = np.broadcast_arrays(rate, window)
    stable = rate < hub.capacity
    served = np.where(stable, rate, 0.0)
    gathered = 1.0 + served * window
    own = np.maximum(1.0 - served * hub.inference_s, 1e-12)
    back_to_back = served * hub.wake_s / own
    batch = np.minimum(np.maximum(gathered, back_to_back), float(hub.max_batch))
    batch = np.where(stable, batch, float(hub.max_batch))
    service = hub.wake_s + batch * hub.inference_s
    batches = np.where(stable, served / batch, 1.0 / service)
    full = np.where(served > 0, (hub.max_batch - 1) / np.where(served > 0, served, 1.0), np.inf)
    gather = np.maximum(np.minimum(window, full), np.where(served > 0, service, 0.0))
    power = hub.idle_w + batches * (hub.wake_j + batch * hub.inference_j)
    each = np.where(rate > 0, power / np.where(rate > 0, rate, 1.0), np.inf)
    return GatewayLoad(
        stable=stable,
        utilization=np.where(stable, batches * service, rate / hub.capacity),
        mean_batch=batch,
        batches_per_s=batches,
        gather_s=np.where(stable, gather, np.inf),
        service_s=service,
        delay_s=np.where(stable, gather + service, np.inf),
        power_w=power,
        energy_per_inference_j=each,
    )
