"""A wireless channel that all glasses of a room share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks, registry
from labpy.models.tail import ShiftedLogNormal

Array = NDArray[np.float64]


@dataclass(frozen=True)
class WirelessChannel:
    """A channel of ``wireless_channels.toml``, whose comments say what each field means.

    ``alpha`` is the law of the start-up of one exchange, a message out and its answer.
    """

    key: str
    name: str
    shift_s: float
    median_s: float
    sigma: float
    payload_bytes_per_s: float
    overhead_airtime_s: float
    hops: int
    sources: Mapping[str, str]

    @property
    def alpha(self) -> ShiftedLogNormal:
        """Law of the start-up of an exchange on a channel with no other traffic."""
        return ShiftedLogNormal(self.shift_s, self.median_s, self.sigma)

    def airtime_s(self, size_bytes: ArrayLike) -> Array:
        """Seconds for which one message of ``size_bytes`` occupies the channel, on all its hops."""
        size = _checks.non_negative("size_bytes", size_bytes)
        return self.hops * (self.overhead_airtime_s + size / self.payload_bytes_per_s)


@cache
def wireless_channel(key: str) -> WirelessChannel:
    """Channel with this key: ``"wifi6-clean-80mhz"`` or ``"wifi6-home-mesh"``.

    Examples
    --------
    >>> round(wireless_channel("wifi6-clean-80mhz").alpha.quantile_s(0.99), 4)
    0.0095
    >>> round(wireless_channel("wifi6-home-mesh").alpha.quantile_s(0.99), 3)
    0.09
    """
    return registry.build(WirelessChannel, "wireless_channels", key)


def as_channel(channel: WirelessChannel | str) -> WirelessChannel:
    """Return the record itself, or that of a key."""
    return wireless_channel(channel) if isinstance(channel, str) else channel


def channel_utilization(
    channel: WirelessChannel | str, messages_per_s: ArrayLike, size_bytes: ArrayLike
) -> Array:
    """Share of the airtime that messages of all stations take; 1 or more is overload.

    ``messages_per_s`` and ``size_bytes`` of one message broadcast.
    """
    rate = _checks.non_negative("messages_per_s", messages_per_s)
    return rate * as_channel(channel).airtime_s(size_bytes)
