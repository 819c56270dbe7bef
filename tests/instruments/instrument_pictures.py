"""One usual, one overloaded and one empty picture for each instrument."""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import KIBIBYTES
from labpy.instruments.figures.bisection_gauge import BisectionGauge
from labpy.instruments.figures.budget_bars import BudgetBars
from labpy.instruments.figures.cost_per_user import CostPerUser
from labpy.instruments.figures.fan_out_tail import FanOutTail
from labpy.instruments.figures.feature_memory import FeatureMemory
from labpy.instruments.figures.frame_timeline import FrameTimeline
from labpy.instruments.figures.kv_cache_heatmap import KVCacheHeatmap
from labpy.instruments.figures.latency_waterfall import LatencyWaterfall
from labpy.instruments.figures.power_delay_seesaw import PowerDelaySeesaw
from labpy.instruments.figures.reality_check import RealityCheck
from labpy.instruments.figures.request_timeline import RequestTimeline
from labpy.instruments.figures.weight_gather import WeightGather
from labpy.instruments.pictures.bisection_gauge import Bisection, FabricUse
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.cost_per_user import UserCost
from labpy.instruments.pictures.fan_out_tail import FanOut, TailCurve
from labpy.instruments.pictures.frame_timeline import Frames
from labpy.instruments.pictures.kv_cache_heatmap import CacheFilm
from labpy.instruments.pictures.latency_waterfall import Components, Waterfall
from labpy.instruments.pictures.power_delay_seesaw import Measured, Seesaw
from labpy.instruments.pictures.reality_check import MeasuredPace
from labpy.instruments.pictures.request_timeline import Schedule, Timeline
from labpy.instruments.pictures.weight_gather import GatherVolumes
from labpy.instruments.telling.request_timeline import Policy
from labpy.words import msg

NONE = np.array([])


@dataclass(frozen=True, eq=False)
class Case:
    """How to make an instrument, and pictures to feed it with."""

    make: Any
    usual: Any
    overloaded: Any
    empty: Any

    @property
    def pictures(self) -> tuple[Any, ...]:
        return (self.usual, self.overloaded, self.empty)

    def instrument(self) -> Instrument:
        return self.make()


ZERO = Components(0, 0, 0, 0, 0, 0)
WATERFALL = Waterfall(
    ttft=Components(0.002, 0.022, 0.004, 0.006, 0.0, 0.003),
    tpot=Components(0.0, 0.001, 0.009, 0.001, 0.0, 0.002),
    ttft_limit_s=0.05,
    ghost_ttft=Components(0.002, 0.043, 0.009, 0.001, 0.02, 0.004),
    ghost_tpot=Components(0.0, 0.002, 0.019, 0.001, 0.005, 0.002),
)


def tail_curve(label: str, time_s: np.ndarray, p99_s: float) -> TailCurve:
    """An exponential, whose quantiles are known."""
    mean = p99_s / math.log(100)
    late = math.exp(-0.01 / mean) if math.isfinite(mean) else 1.0
    return TailCurve(label, np.exp(-time_s / mean), p99_s, mean * math.log(1000), late)


TIME_S = np.linspace(0, 0.03, 200)
FAN_OUT = FanOut(
    TIME_S, 10, 0.01, tail_curve("One call", TIME_S, 0.006),
    tail_curve("Slowest of 10", TIME_S, 0.012), tail_curve("Hedged", TIME_S, 0.008), 0.05,
)  # fmt: skip
SILENT = TailCurve("One call", NONE, math.nan, math.nan, 0.0)
FRAME_S = np.array([0.010] * 95 + [0.020] * 5)


def film(frames: int) -> CacheFilm:
    """A cache of 4 x 2 blocks that fills by one block a frame, in the order of the states."""
    codes = np.zeros((frames, 8), dtype=np.uint8)
    for frame in range(frames):
        codes[frame, : frame + 1] = (1, 1, 2, 3, 4, 1, 1, 1)[: frame + 1]
    count = np.arange(frames)
    return CacheFilm(codes, 0.5 * count, count + 1, 2 * count, 3, 16, 5_242_880.0, "contiguous")


BATCH = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
SEESAW = Seesaw(
    batch=BATCH, delay_s=0.002 + 0.001 * BATCH, power_w=0.0002 + 0.004 / BATCH,
    marked=np.array([True, False, True, False, True]), batch_words=msg("tiny-window"),
    batch_now=4.0, delay_now_s=0.006, power_now_w=0.0012, delay_limit_s=0.01, power_limit_w=0.001,
    measured=(Measured("NeuralAids", 0.006, 0.0716, "its authors, 2025"),),
)  # fmt: skip
TOKENS = np.geomspace(1, 1e6, 50)
GATHER = GatherVolumes(TOKENS, 1e5 * TOKENS, np.full(50, 1e9), 1e4, 500.0, 5e7, 1e9)


def schedule(end_s: tuple[float, ...]) -> Schedule:
    """Requests that start at 0 in slots of their own and prefill for 0.5 s."""
    count = len(end_s)
    return Schedule(
        np.arange(1, count + 1), np.arange(count), np.zeros(count), np.full(count, 0.5),
        np.array(end_s, dtype=float),
    )  # fmt: skip


USE = FabricUse(3e11, 9e11)
CLIENTS = np.array([4, 8, 16])
MEASURED = MeasuredPace(
    "8 H100", CLIENTS, np.array([0.010, 0.012, 0.015]), np.array([0.011, 0.012, 0.014]),
    CLIENTS, np.array([0.011, 0.012, 0.014]), "a benchmark",
)  # fmt: skip
POLICIES = (Policy("Static", "static batching"), Policy("Continuous", "continuous batching"))
CASES = {
    "RealityCheck": Case(
        lambda: RealityCheck((4, 8, 16), 0.03),
        MEASURED,
        replace(MEASURED, curve_s=np.array([0.011, 0.012, math.inf])),
        MeasuredPace("8 H100", NONE, NONE, NONE, NONE, NONE, "a benchmark"),
    ),
    "LatencyWaterfall": Case(
        lambda: LatencyWaterfall(0.1, 0.04),
        WATERFALL,
        replace(WATERFALL, ttft=replace(WATERFALL.ttft, queue_s=math.inf)),
        Waterfall(ZERO, ZERO, 0.05),
    ),
    "BudgetBars": Case(
        lambda: BudgetBars("SRAM", "Memory", ("Weights", "State"), KIBIBYTES, 512 * 1024.0),
        Budget((100 * 1024.0, 60 * 1024.0), 256 * 1024.0, (200 * 1024.0, 100 * 1024.0)),
        Budget((math.inf, 1.0), 256 * 1024.0),
        Budget((0.0, 0.0), 256 * 1024.0),
    ),
    "CostPerUser": Case(
        lambda: CostPerUser(("Busy GPUs", "Idle GPUs"), 4.0),
        UserCost((1.0, 2.0), (0.8, 0.4)),
        UserCost((1.0, 2.0), (math.inf, 0.4)),
        UserCost((0.0, 0.0), (0.0, 0.0)),
    ),
    "FeatureMemory": Case(lambda: FeatureMemory(4, 2, 4.0), film(8), film(3), film(0)),
    "KVCacheHeatmap": Case(lambda: KVCacheHeatmap(4, 2, 4.0), film(8), film(3), film(0)),
    "RequestTimeline": Case(
        lambda: RequestTimeline(POLICIES, 2, 10.0),
        Timeline((schedule((4.0, 2.0)), schedule((10.0, 8.0))), 10.0),
        Timeline((schedule((math.inf, 2.0)), schedule((10.0, math.inf))), 10.0),
        Timeline((schedule(()), schedule(())), 10.0),
    ),
    "FanOutTail": Case(
        lambda: FanOutTail(0.03),
        FAN_OUT,
        replace(FAN_OUT, slowest=tail_curve("Slowest of 10", TIME_S, math.inf), hedged=None),
        FanOut(NONE, 10, 0.01, SILENT, SILENT, SILENT),
    ),
    "FrameTimeline": Case(
        lambda: FrameTimeline(80, 0.05),
        Frames(FRAME_S, 1 / 60, 0.01),
        Frames(np.array([0.01, math.inf, math.nan, 0.2]), 1 / 60, 0.01),
        Frames(NONE, 1 / 60, 0.01),
    ),
    "PowerDelaySeesaw": Case(
        lambda: PowerDelaySeesaw((0.002, 0.1), (0.0001, 0.1), "Batch"),
        SEESAW,
        replace(SEESAW, delay_s=np.where(BATCH > 4, np.inf, SEESAW.delay_s), delay_now_s=math.inf),
        replace(
            SEESAW, batch=NONE, delay_s=NONE, power_w=NONE, marked=NONE.astype(bool), measured=()
        ),
    ),
    "WeightGather": Case(
        lambda: WeightGather((1, 1e6), (1e4, 1e11)),
        GATHER,
        replace(GATHER, crossover_tokens=math.inf),
        GatherVolumes(NONE, NONE, NONE, 1e4, 500.0, 0.0, 0.0),
    ),
    "BisectionGauge": Case(
        lambda: BisectionGauge(("TP 1 × PP 8", "TP 8 × PP 1")),
        Bisection((USE, FabricUse(8.9e11, 9e11)), 1),
        Bisection((USE, FabricUse(1e11, 0.0)), 1),
        Bisection((FabricUse(0.0, 0.0), FabricUse(0.0, 9e11)), 0),
    ),
}
