"""Batch window against echo and power: the seesaw and the interval in which both limits hold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.power.air import air_rate
from labpy.models.power.delay import ear_delay
from labpy.models.power.ear import ear_power
from labpy.models.power.gateway import Gateway, gateway_load
from labpy.models.power.radio import Radio, radio_power

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Seesaw:
    """Delay and power over the batch window; arrays have its shape.

    Attributes
    ----------
    window_s
        As given, ascending.
    delay_s, gateway_w, ear_w
        From ear to ear, of the gateway, and of one ear on average (which the window leaves alone).
    ear_active_w
        Of one ear while it isolates.
    mean_batch
        Of the gateway.
    delay_holds, gateway_holds, ear_holds
        Whether each limit holds.
    sweet_spot_s
        First and last window at which delay and gateway power hold, or None. Of the windows given:
        its ends are as exact as their spacing.
    stable
        Whether gateway and radio carry the load.
    """

    window_s: Array
    delay_s: Array
    gateway_w: Array
    ear_w: Array
    ear_active_w: Array
    mean_batch: Array
    delay_holds: NDArray[np.bool_]
    gateway_holds: NDArray[np.bool_]
    ear_holds: NDArray[np.bool_]
    sweet_spot_s: tuple[float, float] | None
    stable: NDArray[np.bool_]


def seesaw(
    window_s: ArrayLike,
    ears: int = 64,
    interval_s: float = 2.5e-3,
    up: str = "features",
    duty: float = 0.3,
    link: Radio | str = "bluetooth-le-short",
    hub: Gateway | str = "hearable-hub",
    delay_limit_s: float = 0.010,
    gateway_limit_w: float = 1.0,
    ear_limit_w: float = 1e-3,
    lookahead_s: float = 0.0,
    synchronised: bool = False,
) -> Seesaw:
    """Curves of delay and power over the batch window of the gateway.

    Parameters
    ----------
    window_s
        Batch windows, ascending, shape (n,).
    ears
        Ears that the gateway serves, all isolating: the load that it must carry.
    interval_s
        Of the radio, and the length of a frame.
    up
        What an ear sends: ``"features"``, ``"raw"`` or ``"lc3"``. A mask comes back.
    duty
        Share of the day that an ear isolates, for its mean power.
    link, hub
        Keys or records of radio and gateway.
    delay_limit_s, gateway_limit_w, ear_limit_w
        10 ms (Agnew and Thornton 2000), 1 W for the hub (assumption: 200 mA at 5 V), 1 mW.
    lookahead_s, synchronised
        See :func:`ear_delay`.

    Examples
    --------
    A window of about 1.5 ms holds both limits; 50 ms saves a fifth of the power and is an echo:

    >>> curve = seesaw(np.arange(0, 0.0601, 0.0001))
    >>> [round(end * 1e3, 1) for end in curve.sweet_spot_s]
    [1.3, 1.7]
    >>> short, long = curve.delay_s[17], curve.delay_s[500]
    >>> round(float(long - short), 3), (curve.gateway_w[[17, 500]]).round(2).tolist()
    (0.052, [0.93, 0.73])
    """
    window = _checks.non_negative("window_s", window_s)
    if window.ndim != 1 or window.size == 0 or (np.diff(window) < 0).any():
        raise ValueError("window_s must be a non-empty list of ascending windows")
    count = _checks.single_count("ears", ears)
    interval = _checks.single_positive("interval_s", interval_s)
    _checks.choice("up", up, ("features", "raw", "lc3"))
    limits = [
        _checks.single_positive(name, value)
        for name, value in (
            ("delay_limit_s", delay_limit_s),
            ("gateway_limit_w", gateway_limit_w),
            ("ear_limit_w", ear_limit_w),
        )
    ]
    sent, received = air_rate(up, interval).bytes_per_s, air_rate("mask", interval).bytes_per_s
    air = radio_power(link, interval, sent, received)
    load = gateway_load(count / interval, window, hub)
    delay = ear_delay(
        interval,
        np.where(air.stable, load.delay_s, np.inf),
        link,
        lookahead_s=lookahead_s,
        airtime_s=air.airtime_s,
        synchronised=synchronised,
    )
    ear = ear_power(air.power_w, duty)
    ear_w, active_w = (np.broadcast_to(w, window.shape) for w in (ear.total_w, ear.active_w))
    holds = [delay.total_s <= limits[0], load.power_w <= limits[1], ear_w <= limits[2]]
    both = np.flatnonzero(holds[0] & holds[1] & load.stable)
    spot = (float(window[both[0]]), float(window[both[-1]])) if both.size else None
    return Seesaw(
        window_s=window,
        delay_s=delay.total_s,
        gateway_w=load.power_w,
        ear_w=ear_w,
        ear_active_w=active_w,
        mean_batch=load.mean_batch,
        delay_holds=holds[0],
        gateway_holds=holds[1],
        ear_holds=holds[2],
        sweet_spot_s=spot,
        stable=load.stable & air.stable,
    )
