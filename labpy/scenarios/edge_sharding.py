"""Edge Guardian, part 2: ten sub-models on one chip, whose engines share one memory.

The stack runs whole on the GPU, split by tensor over all three engines, or in stages from engine to
engine. Frames are evenly spaced, so nothing waits until something cannot keep up.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import GIGABYTES_PER_S
from labpy.instruments.figures.budget_bars import BudgetBars
from labpy.instruments.figures.latency_waterfall import LatencyWaterfall
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.latency_waterfall import Components, Waterfall
from labpy.instruments.telling.latency_waterfall import LatencyWords
from labpy.missions import Part
from labpy.models.pipeline import Chip, SplitResult, Stack, chip, stage_pipeline, tensor_split
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.passing import edge
from labpy.scenarios.trusted import EDGE_CHIP
from labpy.words import Value, msg
from labpy.words.amounts import beside, count, duration, share

WATERFALL = LatencyWaterfall.name
BUDGET = BudgetBars.name
WORDS = LatencyWords(
    first=msg("edge-sharding-first"),
    first_short=msg("edge-sharding-first.short"),
    second=msg("edge-sharding-second"),
    second_short=msg("edge-sharding-second.short"),
    sentence="edge-sharding-waterfall",
    overloaded="edge-sharding-waterfall-overloaded",
)
TRAFFIC = (
    msg("edge-sharding-weights"),
    msg("edge-sharding-activations"),
    msg("edge-sharding-hand-offs"),
)


@dataclasses.dataclass(frozen=True)
class Sharded:
    """One way to run the stack: what the model says, and what it would take without the DRAM."""

    result: SplitResult
    stages: tuple[int, ...]
    compute_s: np.ndarray
    handoff_bytes: float


ROUNDING = 1e-12  # relative: sums of a few floats come nearer than this


class EdgeSharding(Scenario):
    """A perception stack on a GPU and two deep-learning accelerators."""

    trusts = {  # noqa: RUF012
        WATERFALL: (EDGE_CHIP,),
        BUDGET: (EDGE_CHIP,),
    }

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.rate = float(fixed["frames_per_s"])
        self.operations = np.array(fixed["operations"], dtype=float)
        # A network with more operations has more weights, in the same proportion.
        self.weights = fixed["weight_bytes"] * self.operations / self.operations.mean()
        self.latency_limit_s = self.limit("frame_s")

    def chip(self, sync_us: float) -> Chip:
        """Give the chip with this start-up time of a hand-off."""
        made = chip(
            tuple(self.part.fixed["engines"]),
            compute_efficiency=self.part.fixed["compute_efficiency"],
            dram_efficiency=self.part.fixed["dram_efficiency"],
        )
        return dataclasses.replace(made, sync_s=sync_us / 1e6)

    def stack(self, fused: int, batch: int) -> Stack:
        """Give the stack for a batch of frames, its layers fused in groups.

        Inside a group activations stay on the engine. What overlaps between tiles is computed
        again, for each further layer of a group.
        """
        fixed, models = self.part.fixed, self.operations.size
        again = 1.0 + fixed["recomputed_share"] * (fused - 1)
        activations = fixed["activation_bytes"] / fused
        return Stack(
            operations=self.operations * again * batch,
            dram_bytes=self.weights + activations * batch,
            output_bytes=np.full(models, fixed["output_bytes"] * batch),
            layers=np.full(models, math.ceil(fixed["layers"] / fused)),
        )

    def shard(self, split: str, gpu_models: int, stack: Stack, on: Chip, batch: int) -> Sharded:
        """Run the stack in one of the three ways."""
        models = len(stack)
        alone = stack.operations[:, np.newaxis] / on.ops_per_s
        output = float(stack.output_bytes[0])
        if split == "tensor":
            shares = on.ops_per_s / on.ops_per_s.sum()
            result = tensor_split(stack, on, shares, self.rate / batch)
            # Each further engine hands over its part of every layer's output: written, then read.
            handed = 2.0 * output * float(stack.layers.sum()) * float(shares[1:].sum())
            return Sharded(result, (models,) * 3, (alone * shares).sum(axis=0), handed)
        first = models if split == "whole" else gpu_models
        sizes = self._sizes(first, stack, on)
        engine = np.repeat(np.arange(3), sizes)
        compute = np.bincount(engine, alone[np.arange(models), engine], 3)
        handed = 2.0 * output * np.count_nonzero(np.diff(engine))
        return Sharded(stage_pipeline(stack, on, sizes, self.rate / batch), sizes, compute, handed)

    def _sizes(self, first: int, stack: Stack, on: Chip) -> tuple[int, ...]:
        """Leave the rest to the two accelerators, so that the busiest engine is least busy."""
        rest = len(stack) - first
        ways = [(first, second, rest - second) for second in range(rest, -1, -1)]
        return min(ways, key=lambda sizes: -stage_pipeline(stack, on, sizes, 0.0).throughput_per_s)

    def evaluate(self, settings: Settings) -> Outcome:
        """Run the stack as the settings say."""
        split, batch = str(settings["split"]), int(settings["batch"])
        on = self.chip(float(settings["sync"]))
        stack = self.stack(int(settings["fused_layers"]), batch)
        found = self.shard(split, int(settings["gpu_models"]), stack, on, batch)
        gathering = (batch - 1) / self.rate
        most = found.result.throughput_per_s * batch
        traffic = self._traffic(stack, found, batch)
        metrics = {
            "frame_s": gathering + found.result.latency_s,
            # A frame that gets through: in overload, the busiest engine is what has to be said.
            "settled_frame_s": gathering + found.result.latency_s if found.result.stable else 0.0,
            "interval_s": 1.0 / most,
            "busiest": self.rate / most,
            "frames_per_s": most,
            "dram_bytes_per_s": sum(traffic),
            "dram_share": sum(traffic) / on.dram_bytes_per_s,
        }
        waterfall = Waterfall(
            ttft=self._frame(found, split, gathering),
            tpot=self._interval(found, split, batch),
            ttft_limit_s=self.latency_limit_s,
            tpot_limit_s=self.limit("busiest") / self.rate,
        )
        limit = self.limit("dram_share") * on.dram_bytes_per_s
        pictures = {WATERFALL: waterfall, BUDGET: Budget(traffic, limit)}
        return Outcome(metrics, pictures, self._meanings(found, split, batch, metrics, stack))

    def known(self, settings: Settings) -> tuple[Value, ...]:
        """How many engines have work."""
        engines = {"whole": 1, "tensor": len(self.part.fixed["engines"])}
        split, gpu_models = str(settings["split"]), int(settings["gpu_models"])
        stack, on = self.stack(1, 1), self.chip(float(settings["sync"]))
        used = engines.get(split) or sum(map(bool, self._sizes(gpu_models, stack, on)))
        return (msg("edge-sharding-known", used=used, there=len(self.part.fixed["engines"])),)

    def _traffic(self, stack: Stack, found: Sharded, batch: int) -> tuple[float, ...]:
        """Give bytes a second in the order of `TRAFFIC`."""
        weights = float(self.weights.sum())
        activations = float(stack.dram_bytes.sum()) - weights
        each = np.array([weights, activations, found.handoff_bytes])
        return tuple((each * self.rate / batch).tolist())

    def _frame(self, found: Sharded, split: str, gathering: float) -> Components:
        """Give a frame's latency by cause."""
        busy, compute = found.result.stage_s, found.compute_s
        if split == "tensor":  # the engines work at the same time, each as long as the others
            busy, compute = busy[:1], compute[:1]
        return Components(
            queue_s=gathering if found.result.stable else math.inf,
            compute_s=float(compute.sum()),
            memory_s=max(float((busy - compute).sum()), 0.0),
            communication_s=found.result.handoff_s,
            bubble_s=0.0,
            overhead_s=0.0,
        )

    def _interval(self, found: Sharded, split: str, batch: int) -> Components:
        """Give the busiest engine's time for a frame; bubbles are what the others are idle of it.

        Compute and memory are means over the engines in use, so that with the bubbles they add up
        to the busiest engine's time.
        """
        busy, compute = found.result.stage_s / batch, found.compute_s / batch
        used = busy > 0
        handoff = found.result.handoff_s / batch if split == "tensor" else 0.0
        mean, work = float(busy[used].mean()), float(compute[used].mean())
        return Components(
            queue_s=0.0,
            compute_s=work,
            memory_s=_rest(mean, work),
            communication_s=handoff,
            bubble_s=_rest(1.0 / found.result.throughput_per_s / batch, handoff, mean),
            overhead_s=0.0,
        )

    def _meanings(
        self, found: Sharded, split: str, batch: int, metrics: dict[str, float], stack: Stack
    ) -> dict[str, Value]:
        busiest = msg("edge-sharding-outrun")
        if metrics["busiest"] <= 1:
            busiest = msg("edge-sharding-busiest", share=beside(share(metrics["busiest"]), 1.0))
        placed = msg("edge-sharding-shared")
        if split == "whole":
            placed = msg("edge-sharding-whole")
        if split == "stages":
            gpu, one, two = map(count, found.stages)
            done = float(self.operations[: found.stages[0]].sum() / self.operations.sum())
            placed = msg("edge-sharding-placed", gpu=gpu, one=one, two=two, operations=share(done))
        syncs = (
            2 * int(stack.layers.sum()) if split == "tensor" else sum(map(bool, found.stages)) - 1
        )
        return {
            "split": busiest,
            "gpu_models": placed,
            "fused_layers": msg(
                "edge-sharding-dram",
                share=beside(share(metrics["dram_share"]), self.limit("dram_share")),
            ),
            "batch": msg("edge-sharding-alone")
            if batch == 1
            else msg("edge-sharding-gathering", wait=duration((batch - 1) / self.rate)),
            "sync": msg(
                "edge-sharding-syncs", syncs=count(syncs), takes=duration(found.result.handoff_s)
            ),
        }

    def truth(self) -> Truth:
        """A lone frame's latency split by tensor, over that in stages."""
        start, won = self.part.start(), self.part.winning
        on, stack = self.chip(float(start["sync"])), self.stack(1, 1)
        gpu, tensor, staged = (
            self.shard(split, int(won["gpu_models"]), stack, on, 1).result
            for split in ("whole", "tensor", "stages")
        )
        # Alone on the chip, a frame has the memory to itself.
        stages_s = float(staged.stage_s.sum()) / staged.stretch + staged.handoff_s
        split_s, gpu_s = 1.0 / tensor.throughput_per_s, float(gpu.stage_s.sum())
        return Truth(
            split_s / stages_s,
            msg(
                "edge-sharding-truth",
                gpu=duration(gpu_s),
                stages=duration(stages_s),
                split=duration(split_s),
                handoffs=duration(tensor.handoff_s),
            ),
        )

    def _split_over_stages(self, sync_us: float) -> float:
        """Give a lone frame's latency split by tensor, over that in stages."""
        on, stack, won = self.chip(sync_us), self.stack(1, 1), self.part.winning
        tensor, staged = (
            self.shard(split, int(won["gpu_models"]), stack, on, 1).result
            for split in ("tensor", "stages")
        )
        stages_s = float(staged.stage_s.sum()) / staged.stretch + staged.handoff_s
        return 1.0 / tensor.throughput_per_s / stages_s

    def overlay(self) -> Overlay:
        """A lone frame split by tensor over that in stages, against the start-up of a hand-off."""
        knob, start = self.part.knob("sync"), self.part.start()
        hand_off_us = np.arange(knob.low, knob.high + 1, knob.step, dtype=float)
        slower = np.array([self._split_over_stages(each) for each in hand_off_us])
        at = 1e-6 * float(start["sync"])
        return Overlay(msg("overlay-hand-off"), "duration", 1e-6 * hand_off_us, slower, at)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the waterfall and the budget of the memory's bandwidth."""
        return (
            LatencyWaterfall(0.025, 0.01, WORDS),
            BudgetBars(
                msg("edge-sharding-budget"),
                msg("edge-sharding-traffic"),
                TRAFFIC,
                GIGABYTES_PER_S,
                250e9,
            ),
        )

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show frames that pass the engines of the chip."""
        return edge.stages(self, settings, seed)


def _rest(whole_s: float, *parts_s: float) -> float:
    """Give what parts leave of a whole, in s; what rounding leaves of it is nothing."""
    rest = whole_s - sum(parts_s)
    return rest if rest > ROUNDING * whole_s else 0.0


SCENARIO = EdgeSharding
