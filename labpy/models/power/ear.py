"""Power budget of one ear: what is always on, and what runs only while it isolates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]
MICROPHONE_W = 150e-6  # assumption: a MEMS microphone with its converter in low-power mode
FEATURES_W = 50e-6  # assumption: a filter bank in digital logic; analogue ones take 80 nW
SLEEP_W = 20e-6  # assumption: memory kept, timers, regulators


@dataclass(frozen=True)
class EarPower:
    """Mean power of one ear over a day; fields broadcast.

    Attributes
    ----------
    microphone_w, features_w, sleep_w
        Always on.
    network_w, radio_w
        On for the duty only: their power times it.
    total_w
        Mean power.
    active_w
        Power while it isolates, with all parts on.
    battery_s
        How long a battery lasts.
    """

    microphone_w: Array
    features_w: Array
    sleep_w: Array
    network_w: Array
    radio_w: Array
    total_w: Array
    active_w: Array
    battery_s: Array


def ear_power(
    radio_w: ArrayLike,
    duty: ArrayLike = 1.0,
    network_w: ArrayLike = 0.0,
    microphone_w: ArrayLike = MICROPHONE_W,
    features_w: ArrayLike = FEATURES_W,
    sleep_w: ArrayLike = SLEEP_W,
    battery_j: ArrayLike = 800.0,
) -> EarPower:
    """Add up the power of an ear that isolates for a share ``duty`` of the time.

    Parameters
    ----------
    radio_w, network_w
        Power of the radio and of a network on the ear while it isolates: none if the gateway runs
        it, 71.6 mW for NeuralAids on the ear (with its radio).
    duty
        Share of the time that there is noise to isolate from; the always-on features find out.
    microphone_w, features_w, sleep_w
        Always on; the defaults are assumptions of the voice-activity class. Features: analogue
        filter banks take 80 nW (IEEE JSSC, doi:10.1109/JSSC.2022.3227246).
    battery_j
        Of one ear; by default 60 mAh at 3.7 V (assumption).

    Notes
    -----
    Overload of the radio (``inf``) stays ``inf``, whatever the duty, unless it is 0.

    Examples
    --------
    >>> power = ear_power(radio_w=2.4e-3, duty=[1.0, 0.3])
    >>> (power.total_w * 1e3).round(2).tolist(), (power.active_w * 1e3).round(2).tolist()
    ([2.62, 0.94], [2.62, 2.62])
    >>> round(float(ear_power(0.0, network_w=71.6e-3).total_w * 1e3), 1)
    71.8
    """
    on_air = np.asarray(radio_w, dtype=float)
    if np.isnan(on_air).any() or (on_air < 0).any():
        raise ValueError(f"radio_w must be 0 or greater, got {radio_w!r}")
    share = _checks.probability("duty", duty)
    network = _checks.non_negative("network_w", network_w)
    always = [
        _checks.non_negative(name, value)
        for name, value in (
            ("microphone_w", microphone_w),
            ("features_w", features_w),
            ("sleep_w", sleep_w),
        )
    ]
    battery = _checks.positive("battery_j", battery_j)
    # 0 * inf would be NaN: a radio that is never on costs nothing, overloaded or not.
    with np.errstate(invalid="ignore"):
        air = np.where(share > 0, share * on_air, 0.0)
    total = sum(always) + share * network + air
    with np.errstate(divide="ignore"):
        lasts = np.where(total > 0, battery / np.where(total > 0, total, 1.0), np.inf)
    active = sum(always) + network + on_air
    fields = np.broadcast_arrays(*always, share * network, air, total, active, lasts)
    return EarPower(*(np.array(values) for values in fields))
