"""Power of a radio that wakes at a fixed interval, by its packets and by its wake-ups."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks, registry

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Radio:
    """A radio of ``radios.toml``, whose comments say what each field means."""

    key: str
    name: str
    min_interval_s: float
    step_s: float
    max_interval_s: float
    bytes_per_s: float
    packet_overhead_bytes: float
    max_payload_bytes: float
    frame_space_s: float
    transmit_w: float
    receive_w: float
    wake_j: float
    sleep_w: float
    sources: Mapping[str, str]

    def check_interval_s(self, interval_s: ArrayLike) -> Array:
        """Return the intervals, or raise ValueError that says which the standard allows."""
        interval = _checks.positive("interval_s", interval_s)
        steps = (interval - self.min_interval_s) / self.step_s
        on_grid = np.abs(steps - np.round(steps)) < 1e-6
        inside = (steps > -1e-6) & (interval <= self.max_interval_s * (1 + 1e-9))
        if not (on_grid & inside).all():
            raise ValueError(
                f"interval_s must be {self.min_interval_s * 1e3:g} ms to "
                f"{self.max_interval_s * 1e3:g} ms in steps of {self.step_s * 1e3:g} ms "
                f"({self.name}), got {interval_s!r}"
            )
        return interval


@cache
def radio(key: str) -> Radio:
    """Radio with this key: ``"bluetooth-le"``, ``"le-audio"`` or ``"bluetooth-le-short"``."""
    return registry.build(Radio, "radios", key)


def as_radio(link: Radio | str) -> Radio:
    """Return the record itself, or that of a key."""
    return radio(link) if isinstance(link, str) else link


@dataclass(frozen=True)
class RadioPower:
    """Radio of one ear; fields broadcast.

    Attributes
    ----------
    events_per_s
        Wake-ups a second.
    airtime_s
        From the first bit of an event to its last, both directions.
    wake_w, byte_w, sleep_w
        Power for waking up and packet overhead, for the payload, and between events.
    power_w
        Their sum; ``inf`` if the event does not fit its interval.
    energy_per_byte_j
        ``power_w`` over the payload in both directions; ``inf`` without payload.
    stable
        Whether the event fits its interval.
    """

    events_per_s: Array
    airtime_s: Array
    wake_w: Array
    byte_w: Array
    sleep_w: Array
    power_w: Array
    energy_per_byte_j: Array
    stable: NDArray[np.bool_]


def radio_power(
    link: Radio | str,
    interval_s: ArrayLike,
    sent_bytes_per_s: ArrayLike,
    received_bytes_per_s: ArrayLike = 0.0,
) -> RadioPower:
    """Power of a radio that sends and receives what has gathered, once every interval.

    Parameters
    ----------
    link
        Key or record of the radio.
    interval_s
        Time between connection events; ValueError if the standard does not allow it.
    sent_bytes_per_s, received_bytes_per_s
        Payload in each direction. They broadcast with ``interval_s``.

    Notes
    -----
    Each event has at least one packet in each direction, if empty; every further packet one more
    with its acknowledgement, an empty packet. Retransmissions are left out (assumption: a gateway
    at arm's length).

    Examples
    --------
    Waking up costs more than the bytes, and short intervals are dear:

    >>> power = radio_power("bluetooth-le-short", [2.5e-3, 7.5e-3], 8800, 8800)
    >>> (power.power_w * 1e3).round(2).tolist(), (power.wake_w * 1e3).round(2).tolist()
    ([2.54, 1.44], [1.65, 0.55])
    """
    record = as_radio(link)
    interval = record.check_interval_s(interval_s)
    sent = _checks.non_negative("sent_bytes_per_s", sent_bytes_per_s)
    received = _checks.non_negative("received_bytes_per_s", received_bytes_per_s)
    interval, sent, received = np.broadcast_arrays(interval, sent, received)
    events = 1.0 / interval
    packets = [
        np.maximum(np.ceil(rate * interval / record.max_payload_bytes - 1e-9), 1.0)
        for rate in (sent, received)
    ]
    exchanges = np.maximum(*packets)
    header_s = record.packet_overhead_bytes / record.bytes_per_s
    spaces_s = (2 * exchanges - 1) * record.frame_space_s
    payload_s = (sent + received) * interval / record.bytes_per_s
    airtime = 2 * exchanges * header_s + spaces_s + payload_s
    both_w = record.transmit_w + record.receive_w
    # Between the packets of an event the radio turns round at about its power for receiving.
    event_j = record.wake_j + exchanges * header_s * both_w + spaces_s * record.receive_w
    byte_w = (sent * record.transmit_w + received * record.receive_w) / record.bytes_per_s
    stable = airtime <= interval
    sleep = record.sleep_w * np.clip(1.0 - airtime / interval, 0.0, 1.0)
    total = np.where(stable, events * event_j + byte_w + sleep, np.inf)
    payload = sent + received
    with np.errstate(divide="ignore", invalid="ignore"):
        per_byte = np.where(payload > 0, total / payload, np.inf)
    return RadioPower(events, airtime, events * event_j, byte_w, sleep, total, per_byte, stable)
