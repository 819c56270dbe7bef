"""A perception stack on the engines of one chip: whole, split by tensor, or in stages.

The engines (a GPU and two accelerators of Jetson AGX Orin) share their DRAM. A tensor split runs
each sub-model on all engines at once and pays a synchronisation in every layer; a stage pipeline
gives each engine a run of sub-models and pays a hand-off between engines. Whatever runs at once
must share the bandwidth: where it wants more than there is, all of it takes longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks, registry

Array = NDArray[np.float64]
COMPUTE_EFFICIENCY = 0.35  # assumption: convolutions of a few layers' size on an embedded engine
DRAM_EFFICIENCY = 0.70  # assumption: share of the peak that mixed traffic reaches
ORIN = ("jetson-agx-orin", "orin-dla", "orin-dla")


@dataclass(frozen=True)
class Engine:
    """One engine: its name, and the operations a second that it reaches."""

    name: str
    ops_per_s: float

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_positive("ops_per_s", self.ops_per_s)


@dataclass(frozen=True)
class Chip:
    """Engines that share a DRAM.

    Attributes
    ----------
    engines
        In the order in which a pipeline passes them.
    dram_bytes_per_s
        Bandwidth that all of them share.
    sync_s
        Start-up of a hand-off or synchronisation between two engines.
    """

    engines: tuple[Engine, ...]
    dram_bytes_per_s: float
    sync_s: float

    def __post_init__(self) -> None:
        """Check the arguments."""
        if not self.engines:
            raise ValueError("engines must hold at least one engine")
        _checks.single_positive("dram_bytes_per_s", self.dram_bytes_per_s)
        _checks.single_non_negative("sync_s", self.sync_s)

    @property
    def ops_per_s(self) -> Array:
        """Operations a second of each engine."""
        return np.array([engine.ops_per_s for engine in self.engines])


def chip(
    keys: Sequence[str] = ORIN,
    dtype: str = "int8",
    compute_efficiency: float = COMPUTE_EFFICIENCY,
    dram_efficiency: float = DRAM_EFFICIENCY,
) -> Chip:
    """Engines of the registry as one chip: by default GPU and two accelerators of AGX Orin.

    ``dtype`` is that of the products; the efficiencies are the shares of the peaks that are
    reached. DRAM is that of the first, the start-up of a hand-off that of its link.

    Examples
    --------
    >>> orin = chip()
    >>> (orin.ops_per_s / 1e12).round(2).tolist(), round(orin.dram_bytes_per_s / 1e9, 1)
    ([29.75, 9.19, 9.19], 143.4)
    """
    share = _checks.single_positive("compute_efficiency", compute_efficiency)
    dram = _checks.single_positive("dram_efficiency", dram_efficiency)
    for name, value in (("compute_efficiency", share), ("dram_efficiency", dram)):
        _checks.probability(name, value)
    parts = [registry.accelerator(key) for key in keys]
    if not parts:
        raise ValueError("keys must name at least one accelerator")
    engines = tuple(Engine(part.name, share * part.ops_per_s(dtype)) for part in parts)
    bandwidth = dram * parts[0].memory_bandwidth_bytes_per_s
    return Chip(engines, bandwidth, registry.link(parts[0].link).alpha_s)


@dataclass(frozen=True)
class Stack:
    """Sub-models in the order in which a frame passes them; arrays of shape (models,).

    Attributes
    ----------
    operations
        Of each for one frame, a multiply-add counting two.
    dram_bytes
        Weights and activations that each moves for one frame.
    output_bytes
        What each passes on to the next.
    layers
        Of each: a tensor split synchronises after every one.
    """

    operations: ArrayLike
    dram_bytes: ArrayLike
    output_bytes: ArrayLike
    layers: ArrayLike

    def __post_init__(self) -> None:
        """Check the arguments and keep them as arrays."""
        object.__setattr__(self, "operations", _checks.positive("operations", self.operations))
        for name in ("dram_bytes", "output_bytes"):
            object.__setattr__(self, name, _checks.non_negative(name, getattr(self, name)))
        object.__setattr__(self, "layers", _checks.count("layers", self.layers))
        shape = self.operations.shape
        if len(shape) != 1 or shape[0] == 0:
            raise ValueError("operations must be a list with one entry per sub-model")
        for name in ("dram_bytes", "output_bytes", "layers"):
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} must have {shape[0]} entries, one per sub-model")

    def __len__(self) -> int:
        """Count the sub-models."""
        return len(self.operations)


def even_stack(
    models: int = 10,
    operations: float = 8e9,
    dram_bytes: float = 30e6,
    output_bytes: float = 2e6,
    layers: int = 20,
) -> Stack:
    """Sub-models that are all alike; the defaults are assumptions for a camera's perception."""
    count = _checks.single_count("models", models)
    sizes = (operations, dram_bytes, output_bytes, layers)
    return Stack(*(np.full(count, value) for value in sizes))


@dataclass(frozen=True)
class SplitResult:
    """A stack on a chip; times of one frame.

    Attributes
    ----------
    stage_s
        What each engine is busy with for a frame, DRAM contention included, shape (engines,).
    handoff_s
        Hand-offs or synchronisations of a frame.
    stretch
        How many times longer all takes because of the DRAM; 1 if it has enough.
    dram_utilization
        Demand at ``frame_rate`` over the supply.
    latency_s
        From the first engine to the last result; ``inf`` if frames come faster than it can.
    throughput_per_s
        Highest rate of frames: one over the slowest stage.
    stable
        Whether ``frame_rate`` is below it.
    """

    stage_s: Array
    handoff_s: float
    stretch: float
    dram_utilization: float
    latency_s: float
    throughput_per_s: float
    stable: bool


def _alone_s(stack: Stack, chip: Chip) -> Array:
    """Time of each sub-model with the DRAM to itself, shape (models, engines).

    Operations or bytes, whichever takes longer.
    """
    compute = stack.operations[:, np.newaxis] / chip.ops_per_s
    return np.maximum(compute, stack.dram_bytes[:, np.newaxis] / chip.dram_bytes_per_s)


def _crossing_s(output_bytes: Array, chip: Chip) -> Array:
    """One hand-off: one engine writes to the DRAM, the other reads."""
    return chip.sync_s + 2.0 * output_bytes / chip.dram_bytes_per_s


def _loaded(
    stack: Stack, chip: Chip, frame_rate: float, busy_s: float, latency_s: float
) -> dict[str, float | bool]:
    """Fields that depend on the rate at which frames come."""
    rate = _checks.single_non_negative("frame_rate", frame_rate)
    stable = rate * busy_s < 1.0
    return {
        "dram_utilization": rate * float(stack.dram_bytes.sum()) / chip.dram_bytes_per_s,
        "latency_s": latency_s if stable else np.inf,
        "throughput_per_s": 1.0 / busy_s,
        "stable": stable,
    }


def tensor_split(
    stack: Stack, chip: Chip, shares: ArrayLike | None = None, frame_rate: float = 0.0
) -> SplitResult:
    """Each sub-model on all engines at once, by ``shares`` of its operations.

    Parameters
    ----------
    stack, chip
        What runs, and on what.
    shares
        Part of each engine, shape (engines,), adding up to 1; by default in proportion to their
        speeds, so that all end together. A single 1 is no split at all.
    frame_rate
        Frames a second that come, evenly spaced.

    Notes
    -----
    After every layer each further engine hands over its part, one after the other. All layers'
    activations are taken to be as large as the sub-model's output.

    Examples
    --------
    On AGX Orin the split saves a third of the compute and ends nine times later:

    >>> whole, split = (tensor_split(even_stack(), chip(), s) for s in ([1, 0, 0], None))
    >>> round(whole.latency_s * 1e3, 1), round(split.latency_s * 1e3, 1)
    (2.7, 24.2)
    """
    speeds = chip.ops_per_s
    parts = speeds / speeds.sum() if shares is None else _checks.non_negative("shares", shares)
    if parts.shape != speeds.shape or abs(parts.sum() - 1.0) > 1e-9:
        raise ValueError(f"shares must be {len(speeds)} numbers that add up to 1, got {shares!r}")
    compute = parts * stack.operations[:, np.newaxis] / speeds
    alone = compute.max(axis=1)
    model_s = np.maximum(alone, stack.dram_bytes / chip.dram_bytes_per_s)
    others = np.delete(parts, np.argmax(parts))
    handed = [
        stack.layers * _crossing_s(part * stack.output_bytes, chip) for part in others if part
    ]
    handoff = float(np.sum(handed))
    total = float(model_s.sum()) + handoff
    return SplitResult(
        stage_s=(compute * (model_s / alone)[:, np.newaxis]).sum(axis=0),
        handoff_s=handoff,
        stretch=float(model_s.sum() / alone.sum()),
        **_loaded(stack, chip, frame_rate, total, total),
    )


def stage_pipeline(
    stack: Stack, chip: Chip, stage_models: Sequence[int], frame_rate: float = 0.0
) -> SplitResult:
    """Run of sub-models on each engine, frame after frame.

    Parameters
    ----------
    stack, chip
        What runs, and on what.
    stage_models
        Sub-models of each engine in the engines' order, whole, shape (engines,), adding up to all;
        0 leaves an engine out.
    frame_rate
        Frames a second that come, evenly spaced, so that none waits while the pipeline keeps up.

    Notes
    -----
    Throughput is one over the slowest stage; latency is the sum of all stages and hand-offs, which
    the engines' copy units carry out beside the compute. The pipeline is taken to be full: all
    stages draw on the DRAM at once, and if they want more than there is, all stretch alike.

    Examples
    --------
    >>> stack, orin = even_stack(), chip()
    >>> one, three = (stage_pipeline(stack, orin, sizes) for sizes in ([10, 0, 0], [6, 2, 2]))
    >>> [round(r.latency_s * 1e3, 1) for r in (one, three)]
    [2.7, 6.6]
    >>> [round(r.throughput_per_s) for r in (one, three)], round(three.stretch, 2)
    ([372, 456], 1.26)
    """
    counts = _checks.count("stage_models", stage_models, 0)
    if counts.shape != (len(chip.engines),) or counts.sum() != len(stack):
        raise ValueError(
            f"stage_models must be {len(chip.engines)} counts that add up to {len(stack)}, "
            f"got {stage_models!r}"
        )
    alone = _alone_s(stack, chip)
    engine = np.repeat(np.arange(len(counts)), counts)  # of each sub-model
    own = alone[np.arange(len(stack)), engine]
    stage = np.bincount(engine, own, len(counts))
    moved = np.bincount(engine, stack.dram_bytes, len(counts))
    used = stage > 0
    wanted = float((moved[used] / stage[used]).sum())
    stretch = max(1.0, wanted / chip.dram_bytes_per_s)
    leaves = np.flatnonzero(np.diff(engine))  # last sub-model of every stage but the last
    handoff = float(_crossing_s(stack.output_bytes[leaves], chip).sum())
    stage = stage * stretch
    latency = float(stage.sum()) + handoff
    return SplitResult(
        stage_s=stage,
        handoff_s=handoff,
        stretch=stretch,
        **_loaded(stack, chip, frame_rate, float(stage.max()), latency),
    )


def best_stages(
    stack: Stack, chip: Chip, frame_rate: float = 0.0, goal: str = "latency"
) -> tuple[int, ...]:
    """Sub-models of each engine with the least latency at ``frame_rate``, or most throughput.

    All ways to cut the stack are tried. ``goal`` is ``"latency"`` or ``"throughput"``; ties, such
    as that of overload everywhere, go to the throughput, then to the earlier engines.

    Examples
    --------
    Few frames are best left on the GPU; more than it can carry have to be staged:

    >>> [best_stages(even_stack(), chip(), rate) for rate in (30, 400)]
    [(10, 0, 0), (9, 1, 0)]
    """
    _checks.choice("goal", goal, ("latency", "throughput"))
    engines, models = len(chip.engines), len(stack)
    best, best_score = (models,), None
    for cuts in combinations(range(models + engines - 1), engines - 1):
        edges = (-1, *cuts, models + engines - 1)
        sizes = tuple(high - low - 1 for low, high in pairwise(edges))
        result = stage_pipeline(stack, chip, sizes, frame_rate)
        score = (result.latency_s, -result.throughput_per_s)
        score = score if goal == "latency" else score[::-1]
        if best_score is None or score <= best_score:
            best, best_score = sizes, score
    return best
