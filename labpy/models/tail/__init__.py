"""Tails of latency: distributions, fan-out, hedged and tied requests, and what they cost.

A request that waits for the slowest of many leaves meets the tail of each of them. The remedies
(a second copy after a delay) are exact here as long as load stands still, and
:func:`hedged_under_load` feeds the second copies back into the queues they are sent to.
"""

from labpy.models.tail.distributions import (
    Deterministic,
    Empirical,
    Exponential,
    LatencyDistribution,
    ShiftedLogNormal,
    WithStalls,
)
from labpy.models.tail.fan_out import fan_out_quantile_s, k_of_n_quantile_s, prob_any_exceeds
from labpy.models.tail.hedging import HedgeResult, TiedResult, hedged, tied
from labpy.models.tail.loop import (
    LoopLatency,
    LoopSimulation,
    frames_together,
    hedged_loop,
    loop_capacity,
    loop_rate_at,
    simulate_loop,
)
from labpy.models.tail.simulation import HedgeSimulation, simulate_hedging
from labpy.models.tail.under_load import (
    LoadedLatency,
    hedged_capacity,
    hedged_under_load,
    tied_under_load,
)

__all__ = [
    "Deterministic",
    "Empirical",
    "Exponential",
    "HedgeResult",
    "HedgeSimulation",
    "LatencyDistribution",
    "LoadedLatency",
    "LoopLatency",
    "LoopSimulation",
    "ShiftedLogNormal",
    "TiedResult",
    "WithStalls",
    "fan_out_quantile_s",
    "frames_together",
    "hedged",
    "hedged_capacity",
    "hedged_loop",
    "hedged_under_load",
    "k_of_n_quantile_s",
    "loop_capacity",
    "loop_rate_at",
    "prob_any_exceeds",
    "simulate_hedging",
    "simulate_loop",
    "tied",
    "tied_under_load",
]
