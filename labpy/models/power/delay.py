"""From ear to ear: what stands between the sound at the microphone and at the eardrum."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.power.radio import Radio, as_radio

Array = NDArray[np.float64]


@dataclass(frozen=True)
class EarDelay:
    """Delay from ear to ear when the sound waits for the gateway's mask; fields broadcast.

    Attributes
    ----------
    capture_s
        Sound gathered for one frame.
    lookahead_s
        Later sound that the algorithm wants to hear first.
    uplink_wait_s
        From the end of the frame to the next event of the radio.
    gateway_s
        In the gateway: gathering the batch and computing.
    downlink_wait_s
        From then to the next event of the radio.
    airtime_s
        Of the events that take the features and bring the mask.
    playout_s
        Applying the mask and playing.
    total_s
        The sum; ``inf`` if any part is.
    mean_s
        The same with the mean of the uplink wait.
    """

    capture_s: Array
    lookahead_s: Array
    uplink_wait_s: Array
    gateway_s: Array
    downlink_wait_s: Array
    airtime_s: Array
    playout_s: Array
    total_s: Array
    mean_s: Array


def ear_delay(
    interval_s: ArrayLike,
    gateway_s: ArrayLike,
    link: Radio | str = "bluetooth-le-short",
    hop_s: ArrayLike | None = None,
    lookahead_s: ArrayLike = 0.0,
    airtime_s: ArrayLike = 0.0,
    playout_s: ArrayLike = 0.5e-3,
    synchronised: bool = False,
) -> EarDelay:
    """Delay from ear to ear over the gateway.

    Parameters
    ----------
    interval_s
        Interval of the radio; ValueError if its standard does not allow it.
    gateway_s
        Time in the gateway, ``inf`` in overload.
    link
        Key or record of the radio.
    hop_s
        Length of a frame; one interval by default.
    lookahead_s, playout_s
        Of the algorithm; 0.5 ms to play by default (assumption).
    airtime_s
        Length of a radio event, see :func:`radio_power`.
    synchronised
        Whether frames end just before an event of the radio; else up to one interval is lost.

    Notes
    -----
    Events come at a fixed interval, so the way to the gateway and back takes a whole number of
    them: a staircase, on which a slightly longer batch window costs nothing or a full interval.
    With the 7.5 ms of Bluetooth LE before Core 6.2 no mask is back within 10 ms.

    Examples
    --------
    >>> (ear_delay([2.5e-3, 7.5e-3], 1.5e-3, synchronised=True).total_s * 1e3).tolist()
    [5.5, 15.5]
    """
    interval = as_radio(link).check_interval_s(interval_s)
    inside = np.asarray(gateway_s, dtype=float)
    if np.isnan(inside).any() or (inside < 0).any():
        raise ValueError(f"gateway_s must be 0 or greater, got {gateway_s!r}")
    capture = interval if hop_s is None else _checks.positive("hop_s", hop_s)
    lookahead = _checks.non_negative("lookahead_s", lookahead_s)
    airtime = _checks.non_negative("airtime_s", airtime_s)
    playout = _checks.non_negative("playout_s", playout_s)
    uplink = 0.0 * interval if synchronised else interval
    held = np.where(np.isinf(inside), 0.0, inside) + airtime
    steps = np.maximum(np.ceil(held / interval - 1e-9), 1.0)
    downlink = np.where(np.isinf(inside), np.inf, steps * interval - held)
    total = capture + lookahead + uplink + inside + downlink + 2 * airtime + playout
    parts = (capture, lookahead, uplink, inside, downlink, 2 * airtime, playout)
    fields = np.broadcast_arrays(*parts, total, total - uplink / 2)
    return EarDelay(*(np.array(values) for values in fields))


def ear_split_s(
    layers: ArrayLike, interval_s: ArrayLike, link: Radio | str = "bluetooth-le"
) -> Array:
    """Least time of a network whose layers are split over two ears, on the air alone.

    Two all-reduces a layer, each of which waits for the next event of the radio: the interval rules
    a tensor split out, whatever is sent.

    Examples
    --------
    >>> float(ear_split_s(4, 7.5e-3))
    0.06
    """
    count = _checks.count("layers", layers)
    return 2.0 * count * as_radio(link).check_interval_s(interval_s)
