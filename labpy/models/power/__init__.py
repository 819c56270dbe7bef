"""Hearables and their gateway: what a batch saves, what it delays, what the radio costs.

The gateway pays a fixed energy for each batch, so longer windows save power; the wearer hears the
delay as an echo of the own voice, objectionable above 10 ms (Agnew and Thornton 2000, J Am Acad
Audiol 11: 90% of trials). :func:`seesaw` puts the two against each other.

How real is 1 mW? A published neural hearable that enhances speech on the ear takes 71.6 mW
(NeuralAids, Itani et al. 2025, arXiv:2503.18698). Chips of 1 mW and far below detect voice activity
or keywords (0.14 uW: IEEE JSSC 54(11), 2019, doi:10.1109/JSSC.2019.2936756).
Here the network is on the gateway, and the 1 mW of the ear hold microphone, features and radio,
averaged over a day in which it isolates for a share of the time only; while it does, it takes
more. The loudspeaker is not counted.
"""

from labpy.models.power.air import AirRate, air_rate
from labpy.models.power.delay import EarDelay, ear_delay, ear_split_s
from labpy.models.power.ear import EarPower, ear_power
from labpy.models.power.gateway import (
    Gateway,
    GatewayLoad,
    energy_per_inference_j,
    gateway,
    gateway_load,
)
from labpy.models.power.radio import Radio, RadioPower, radio, radio_power
from labpy.models.power.seesaw import Seesaw, seesaw

__all__ = [
    "AirRate",
    "EarDelay",
    "EarPower",
    "Gateway",
    "GatewayLoad",
    "Radio",
    "RadioPower",
    "Seesaw",
    "air_rate",
    "ear_delay",
    "ear_power",
    "ear_split_s",
    "energy_per_inference_j",
    "gateway",
    "gateway_load",
    "radio",
    "radio_power",
    "seesaw",
]
