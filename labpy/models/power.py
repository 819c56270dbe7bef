"""Hearables and their gateway: power against latency, from microphone to ear.

The ear captures a window of sound, sends features over the radio, the gateway computes a mask for
a batch of ears, and the mask comes back. Every wait that saves power is heard as an echo.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]

NEURALAIDS_W = 71.6e-3
"""Speech enhancement wholly on the ear: 71.6 mW at 5.54 ms for chunks of 6 ms.

Itani et al., "Wireless Hearables With Programmable Speech AI Accelerators", arXiv:2503.18698, 2025.
"""
VOICE_ACTIVITY_W = 0.14e-3
"""Always-on word spotting, the class that fits in a milliwatt: 140 uW, Syntiant NDP101.

D. Garrett, "Is that your standby power?", syntiant.com, 2021.
"""


def _plain(values: ArrayLike) -> Array | float:
    array = np.asarray(values, dtype=float)
    return float(array) if array.ndim == 0 else array


@dataclass(frozen=True)
class Radio:
    """A short-range radio that sleeps between its intervals.

    Attributes
    ----------
    bytes_per_s
        Physical rate.
    transmit_w, receive_w
        Power while on the air.
    wake_s, wake_w
        What each interval takes besides the bytes: ramp, headers, turn-around, acknowledgement.
    """

    bytes_per_s: float = 250e3
    transmit_w: float = 10.2e-3
    receive_w: float = 8.1e-3
    wake_s: float = 0.25e-3
    wake_w: float = 6e-3

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_positive("bytes_per_s", self.bytes_per_s)
        for name in ("transmit_w", "receive_w", "wake_s", "wake_w"):
            _checks.single_non_negative(name, getattr(self, name))

    @property
    def transmit_j_per_byte(self) -> float:
        """Energy to send a byte."""
        return self.transmit_w / self.bytes_per_s

    @property
    def receive_j_per_byte(self) -> float:
        """Energy to receive a byte."""
        return self.receive_w / self.bytes_per_s

    @property
    def wake_j(self) -> float:
        """Energy of an interval without any bytes."""
        return self.wake_s * self.wake_w


LE_2M = Radio()
"""Bluetooth Low Energy, 2 Mbit/s: 3.4 mA to send at 0 dBm, 2.7 mA to receive, at 3 V.

Currents from the product brief of Nordic's nRF5340. What a wake-up takes (1.5 uJ: 250 us at 6 mW)
is an assumption.
"""


@dataclass(frozen=True)
class RadioPoint:
    """A radio at a given interval; fields broadcast.

    Attributes
    ----------
    power_w
        Mean power of the ear's radio.
    air_time_s
        Time on the air in each interval, both ways.
    fits
        Whether that is shorter than the interval.
    wait_s
        Longest wait of a payload for its interval; the mean is half of it.
    """

    power_w: Array | float
    air_time_s: Array | float
    fits: Array | bool
    wait_s: Array | float


def radio(
    interval_s: ArrayLike,
    up_bytes_per_s: ArrayLike,
    down_bytes_per_s: ArrayLike,
    spec: Radio = LE_2M,
) -> RadioPoint:
    """Power and wait of a radio that wakes every ``interval_s``.

    Parameters
    ----------
    interval_s
        Time between wake-ups: 7.5 or 10 ms in LE Audio; connections may go down to 0.375 ms since
        Bluetooth Core 6.2 (Shorter Connection Intervals, 2025).
    up_bytes_per_s, down_bytes_per_s
        Payload that the ear sends and receives.
    spec
        The radio.

    Examples
    --------
    Waking ten times as often costs the ear a milliwatt and a half:

    >>> often, seldom = (radio(i, 4e3, 2e3) for i in (1e-3, 10e-3))
    >>> round(often.power_w * 1e3, 2), round(seldom.power_w * 1e3, 2)
    (1.73, 0.38)
    """
    interval = _checks.positive("interval_s", interval_s)
    up = _checks.non_negative("up_bytes_per_s", up_bytes_per_s)
    down = _checks.non_negative("down_bytes_per_s", down_bytes_per_s)
    payload_w = up * spec.transmit_j_per_byte + down * spec.receive_j_per_byte
    air = spec.wake_s + interval * (up + down) / spec.bytes_per_s
    fits = air <= interval
    wait = interval + np.zeros_like(air)
    return RadioPoint(
        _plain(payload_w + spec.wake_j / interval),
        _plain(air),
        bool(fits) if fits.ndim == 0 else fits,
        _plain(wait),
    )


@dataclass(frozen=True)
class SharedAir:
    """The gateway's side of the air, which all ears share; fields broadcast.

    Attributes
    ----------
    ear_share
        Share of a gateway radio's time that one isolating ear takes.
    radios
        Gateway radios that all isolating ears keep busy on average; above 1 one is not enough.
    """

    ear_share: Array | float
    radios: Array | float


def shared_air(
    ears: ArrayLike,
    active_fraction: ArrayLike,
    interval_s: ArrayLike,
    up_bytes_per_s: ArrayLike,
    down_bytes_per_s: ArrayLike,
    spec: Radio = LE_2M,
) -> SharedAir:
    """Air that a fleet takes at its gateway: a radio there serves one ear at a time.

    Parameters
    ----------
    ears, active_fraction
        Ears of the gateway, and the share of them that isolates on average.
    interval_s, up_bytes_per_s, down_bytes_per_s, spec
        See :func:`radio`; of one ear.

    Notes
    -----
    A mean without losses or gaps between ears, so a lower bound: :func:`ear_to_ear` takes each ear
    to have the gateway's radio to itself.

    Examples
    --------
    Forty ears that send features every 2 ms, a quarter of them isolating, at 1.5 ms:

    >>> air = shared_air(40, 0.25, 1.5e-3, 12e3, 6e3)
    >>> round(air.ear_share, 2), round(air.radios, 1)
    (0.24, 2.4)
    """
    count = _checks.count("ears", ears)
    active = _checks.probability("active_fraction", active_fraction)
    one = radio(interval_s, up_bytes_per_s, down_bytes_per_s, spec)
    share = np.asarray(one.air_time_s) / _checks.positive("interval_s", interval_s)
    return SharedAir(_plain(share), _plain(count * active * share))


@dataclass(frozen=True)
class Gateway:
    """The box that computes for many ears. All figures are assumptions for a battery-run one.

    Attributes
    ----------
    idle_w
        Power with nothing to do.
    batch_j
        Energy of a batch, however small: waking the accelerator and reading the weights.
    inference_j
        What each ear in the batch adds.
    batch_s, inference_s
        The same for time.
    """

    idle_w: float = 0.15
    batch_j: float = 1.0e-3
    inference_j: float = 20e-6
    batch_s: float = 0.6e-3
    inference_s: float = 15e-6

    def __post_init__(self) -> None:
        """Check the arguments."""
        for name in ("idle_w", "batch_j", "inference_j", "batch_s", "inference_s"):
            _checks.single_non_negative(name, getattr(self, name))


@dataclass(frozen=True)
class GatewayPoint:
    """A gateway at a given load and batch window; fields broadcast.

    Attributes
    ----------
    stable
        Whether batches are computed as fast as they come.
    batch
        Mean requests in a batch, at least 1.
    power_w
        Mean power; an unstable gateway's is that of computing all the time.
    energy_per_inference_j
        Power over rate: the idle power and the batch's fixed energy shared out.
    wait_s
        Longest wait for the window to close.
    compute_s
        Time to compute a batch.
    latency_s
        Both together, the worst case; ``inf`` when unstable.
    """

    stable: Array | bool
    batch: Array | float
    power_w: Array | float
    energy_per_inference_j: Array | float
    wait_s: Array | float
    compute_s: Array | float
    latency_s: Array | float


def gateway(
    inferences_per_s: ArrayLike, batch_window_s: ArrayLike, spec: Gateway | None = None
) -> GatewayPoint:
    """Power and latency of a gateway that collects requests for ``batch_window_s``.

    Parameters
    ----------
    inferences_per_s
        Requests a second of all ears.
    batch_window_s
        Time for which requests are collected; 0 computes each on arrival.
    spec
        The gateway.

    Notes
    -----
    A window opens with the first request that finds none open, so batches come every
    ``window + 1 / rate`` and hold ``1 + rate * window`` requests on average. Ears send on their own
    clocks, taken as random.

    Examples
    --------
    Fifty milliseconds of batching save most of the power, and are an echo:

    >>> one, many = (gateway(4000.0, w) for w in (0.5e-3, 50e-3))
    >>> round(one.power_w, 2), round(many.power_w, 2)
    (1.56, 0.25)
    >>> round(one.latency_s * 1e3, 1), round(many.latency_s * 1e3, 1)
    (1.1, 53.6)
    """
    spec = spec or Gateway()
    rate = _checks.positive("inferences_per_s", inferences_per_s)
    window = _checks.non_negative("batch_window_s", batch_window_s)
    batch = 1.0 + rate * window
    period_s = window + 1.0 / rate
    compute_s = spec.batch_s + spec.inference_s * batch
    stable = compute_s <= period_s
    busy_w = (spec.batch_j + spec.inference_j * batch) / np.maximum(period_s, compute_s)
    power = spec.idle_w + busy_w
    served = batch / np.maximum(period_s, compute_s)
    return GatewayPoint(
        bool(stable) if stable.ndim == 0 else stable,
        _plain(batch),
        _plain(power),
        _plain(power / served),
        _plain(window + np.zeros_like(batch)),
        _plain(compute_s),
        _plain(np.where(stable, window + compute_s, np.inf)),
    )


@dataclass(frozen=True)
class Ear:
    """What the ear does besides its radio. All figures are assumptions.

    Attributes
    ----------
    sleep_w
        Leakage and clock, always.
    voice_activity_w
        Listening for something worth isolating, always; see ``VOICE_ACTIVITY_W``.
    active_w
        Microphone, converter, filter bank and applying the mask, while active.
    """

    sleep_w: float = 0.02e-3
    voice_activity_w: float = VOICE_ACTIVITY_W
    active_w: float = 0.35e-3

    def __post_init__(self) -> None:
        """Check the arguments."""
        for name in ("sleep_w", "voice_activity_w", "active_w"):
            _checks.single_non_negative(name, getattr(self, name))


@dataclass(frozen=True)
class EarToEar:
    """A whole configuration; fields broadcast.

    Attributes
    ----------
    latency_s
        Longest time from a sound at the microphone to its isolated form at the ear: the sum of the
        parts below. ``inf`` if the radio or the gateway can't keep up.
    capture_s, radio_s, batch_s, compute_s
        The window of sound; both ways over the radio; waiting for the batch; computing it.
    ear_power_w
        Mean power at the ear.
    gateway_power_w
        Mean power of the gateway.
    energy_per_inference_j
        Gateway energy for each inference.
    stable
        Whether the radio fits in its interval and the gateway keeps up.
    """

    latency_s: Array | float
    capture_s: Array | float
    radio_s: Array | float
    batch_s: Array | float
    compute_s: Array | float
    ear_power_w: Array | float
    gateway_power_w: Array | float
    energy_per_inference_j: Array | float
    stable: Array | bool


def ear_to_ear(
    capture_s: ArrayLike,
    radio_interval_s: ArrayLike,
    batch_window_s: ArrayLike,
    ears: ArrayLike = 20,
    active_fraction: ArrayLike = 1.0,
    feature_bytes: ArrayLike = 24,
    mask_bytes: ArrayLike = 12,
    *,
    radio_spec: Radio = LE_2M,
    gateway_spec: Gateway | None = None,
    ear_spec: Ear | None = None,
) -> EarToEar:
    """Latency and power of a fleet of hearables that lean on a gateway.

    Parameters
    ----------
    capture_s
        Window of sound from which features are computed; one inference for each.
    radio_interval_s
        Time between wake-ups of the radio. A payload waits for the next one, on the way up and on
        the way down.
    batch_window_s
        Time for which the gateway collects requests.
    ears
        Ears that the gateway serves.
    active_fraction
        Share of the time in which isolation is on (duty cycling); else only voice activity is.
    feature_bytes, mask_bytes
        Sent up and down for each window. Raw sound would be 32 bytes a millisecond (16 kHz, 16
        bits).
    radio_spec, gateway_spec, ear_spec
        The machines.

    Notes
    -----
    All waits are worst cases, as an echo is heard at its longest. All arguments broadcast.

    Examples
    --------
    >>> point = ear_to_ear(2e-3, 1.5e-3, 2e-3, active_fraction=0.3)
    >>> point.latency_s < 10e-3, point.ear_power_w < 1e-3
    (True, True)
    """
    ear, box = ear_spec or Ear(), gateway_spec or Gateway()
    window = _checks.positive("capture_s", capture_s)
    interval = _checks.positive("radio_interval_s", radio_interval_s)
    ears = _checks.count("ears", ears)
    active = _checks.probability("active_fraction", active_fraction)
    up = _checks.non_negative("feature_bytes", feature_bytes)
    down = _checks.non_negative("mask_bytes", mask_bytes)
    air = radio(interval, up / window, down / window, radio_spec)
    # An ear that sleeps sends nothing, so the gateway sees the active ones only.
    rate = np.maximum(ears * active, 1e-9) / window
    box_point = gateway(rate, batch_window_s, box)
    radio_s = 2.0 * np.asarray(air.wait_s) + np.asarray(air.air_time_s)
    stable = np.asarray(air.fits) & np.asarray(box_point.stable)
    total = window + radio_s + np.asarray(box_point.wait_s) + np.asarray(box_point.compute_s)
    ear_power = ear.sleep_w + ear.voice_activity_w
    ear_power = ear_power + active * (ear.active_w + np.asarray(air.power_w))
    parts = (
        np.where(stable, total, np.inf),
        window,
        radio_s,
        box_point.wait_s,
        box_point.compute_s,
        ear_power,
        box_point.power_w,
        box_point.energy_per_inference_j,
    )
    shape = np.broadcast_shapes(stable.shape, *(np.shape(part) for part in parts))
    values = (_plain(np.broadcast_to(part, shape)) for part in parts)
    return EarToEar(*values, bool(stable) if shape == () else np.broadcast_to(stable, shape))


def on_ear_power(
    active_fraction: ArrayLike, inference_w: ArrayLike = NEURALAIDS_W, ear_spec: Ear | None = None
) -> Array | float:
    """Power if the network runs on the ear itself: what the radio is up against.

    Examples
    --------
    To stay within a milliwatt, a published network may be on for one percent of the time:

    >>> round(on_ear_power(0.01) * 1e3, 2), round(on_ear_power(1.0) * 1e3, 1)
    (0.88, 72.1)
    """
    ear = ear_spec or Ear()
    active = _checks.probability("active_fraction", active_fraction)
    network = _checks.non_negative("inference_w", inference_w)
    return _plain(ear.sleep_w + ear.voice_activity_w + active * (ear.active_w + network))
