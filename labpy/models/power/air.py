"""What goes over the air: sound, coded sound, features or the mask to apply to the sound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks

Array = NDArray[np.float64]
KINDS = ("raw", "lc3", "features", "mask")
LC3_BYTES_PER_S = 4000.0  # 40 octets in 10 ms: setting 16_2 of the Basic Audio Profile
LC3_FRAMES_S = (0.0075, 0.010)


@dataclass(frozen=True)
class AirRate:
    """One direction of one ear: ``bytes_per_hop`` every ``hop_s``, so ``bytes_per_s``."""

    bytes_per_hop: Array
    bytes_per_s: Array


def air_rate(
    kind: str,
    hop_s: ArrayLike,
    sample_rate: float = 16_000.0,
    sample_bytes: float = 2.0,
    bands: int = 22,
    band_bytes: float = 1.0,
) -> AirRate:
    """Bytes over the air for one ear in one direction.

    Parameters
    ----------
    kind
        ``"raw"`` samples; ``"lc3"`` at 32 kbit/s, in frames of 7.5 or 10 ms only; ``"features"``,
        the energy of each band; ``"mask"``, the gain of each band.
    hop_s
        Time from one frame to the next, any shape.
    sample_rate, sample_bytes
        Of raw sound.
    bands, band_bytes
        Bands of features and mask: 22 on the Bark scale as in RNNoise (Valin 2018,
        arXiv:1709.08243), a byte each (assumption).

    Examples
    --------
    >>> [float(air_rate(kind, 0.010).bytes_per_s) for kind in ("raw", "lc3", "features", "mask")]
    [32000.0, 4000.0, 2200.0, 2200.0]
    """
    _checks.choice("kind", kind, KINDS)
    hop = _checks.positive("hop_s", hop_s)
    if kind == "raw":
        rate = _checks.single_positive("sample_rate", sample_rate)
        size = hop * rate * _checks.single_positive("sample_bytes", sample_bytes)
    elif kind == "lc3":
        if not np.isin(hop, LC3_FRAMES_S).all():
            raise ValueError(f"hop_s must be 0.0075 or 0.010 for lc3, got {hop_s!r}")
        size = hop * LC3_BYTES_PER_S
    else:
        count = _checks.single_count("bands", bands)
        size = np.full_like(hop, count * _checks.single_positive("band_bytes", band_bytes))
    return AirRate(size, size / hop)
