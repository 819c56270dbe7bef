"""Edge Guardian, part 3: how much of the past a car can keep, and how much it can read again.

Each camera keeps feature maps of past frames, and every turn of the loop reads all of its camera's.
Capacity is what a map takes once; the memory's bandwidth is what it takes again at every frame.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MILLISECONDS
from labpy.instruments.figures.budget_bars import BudgetBars
from labpy.instruments.figures.feature_memory import FeatureMemory
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.kv_cache_heatmap import BlockState, CacheFilm
from labpy.missions import Part
from labpy.models.history import kept_ages, map_bytes, maps_after, newest_age, shared_read_s
from labpy.models.registry import accelerator
from labpy.models.tail import LoopLatency, hedged_loop
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.edge_loop import QUANTILE, copies_sent, copy_after_s, engine_call
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.passing import edge
from labpy.scenarios.trusted import STREAMS, TAILS_UNDER_LOAD
from labpy.words import msg
from labpy.words.amounts import beside, chosen, count, duration, memory, share

BUDGET = BudgetBars.name
MEMORY = FeatureMemory.name
PARTS = (
    msg("edge-memory-window"),
    msg("edge-memory-engines"),
    msg("edge-memory-reading"),
    msg("edge-memory-waiting"),
)
COLUMNS, ROWS = 48, 16
FRAMES = 25


class EdgeMemory(Scenario):
    """Feature maps of past frames in a memory that has a size and a bandwidth."""

    trusts = {  # noqa: RUF012
        BUDGET: (TAILS_UNDER_LOAD, STREAMS),
        MEMORY: (STREAMS,),
    }

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        board = accelerator(fixed["accelerator"])
        self.bandwidth = fixed["dram_efficiency"] * board.memory_bandwidth_bytes_per_s
        self.room_bytes = float(fixed["feature_room_bytes"])
        self.fan_out: int = fixed["sub_models"]
        self.frame_rate = float(fixed["frame_rate"])
        self.window_s = fixed["batch_window_ms"] / 1e3
        self.call = engine_call(fixed)
        self.deadline_s = self.limit("loop_p999_s")
        self.map_bytes = self._map_bytes()
        self.loop = lru_cache(maxsize=256)(self._solve)
        self._ghost: tuple[float, ...] | None = None

    def _map_bytes(self) -> np.ndarray:
        """Bytes of one map of each camera that the car can have, the long-range ones first."""
        fixed = self.part.fixed
        most = int(self.part.knob("cameras").high)
        shapes = [fixed["long_range_map"]] * fixed["long_range_cameras"]
        shapes += [fixed["surround_map"]] * (most - len(shapes))
        return np.array([map_bytes(*shape, fixed["map_dtype"]) for shape in shapes])

    def _solve(self, cameras: int, after_s: float) -> LoopLatency:
        return hedged_loop(
            self.call,
            self.part.fixed["per_frame_ms"] / 1e3,
            cameras * self.frame_rate,
            self.window_s,
            after_s,
            self.fan_out,
        )

    def needed_bytes(self, cameras: int, maps: int, allocator: str) -> float:
        """Give the bytes that the maps take: slots of the largest map's size, or pages."""
        sizes = self.map_bytes[:cameras]
        each = np.full(cameras, sizes.max()) if allocator == "slots" else sizes
        return float(maps * each.sum())

    def traffic(self, cameras: int, maps: int, loop: LoopLatency) -> tuple[float, float]:
        """Give the bytes a second of maps and of weights."""
        extra = float(loop.extra_load[0]) if loop.stable[0] else 1.0
        of_maps = self.frame_rate * maps * float(self.map_bytes[:cameras].sum())
        # All ten calls of a frame share one reading of its past; a second copy reads it again.
        of_maps *= 1.0 + self.fan_out * extra
        calls = cameras * self.frame_rate / float(loop.mean_batch[0]) * self.fan_out * (1.0 + extra)
        return of_maps, calls * self.part.fixed["weight_bytes"]

    def loop_parts(self, cameras: int, maps: int, after_s: float) -> tuple[float, ...]:
        """Give the loop's P99.9 for the largest camera in the order of `PARTS`, in seconds."""
        loop = self.loop(cameras, after_s)
        load = sum(self.traffic(cameras, maps, loop)) / self.bandwidth
        past = float(maps * self.map_bytes[0])
        alone = past / self.bandwidth
        read = float(shared_read_s(past, self.bandwidth, load))
        engines = float(loop.quantile_s(QUANTILE)[0]) - self.window_s
        return self.window_s, engines, alone, read - alone

    def evaluate(self, settings: Settings) -> Outcome:
        """Solve memory, traffic and loop."""
        policy, maps = str(settings["policy"]), int(settings["maps"])
        cameras, stride = int(settings["cameras"]), int(settings["stride"])
        allocator = str(settings["allocator"])
        after = copy_after_s(settings["hedge_after"], self.deadline_s)
        loop = self.loop(cameras, after)
        parts = self.loop_parts(cameras, maps, after)
        needed = self.needed_bytes(cameras, maps, allocator)
        of_maps, of_weights = self.traffic(cameras, maps, loop)
        reach = float(kept_ages(policy, maps, stride)[-1]) / self.frame_rate
        metrics = {
            "loop_p999_s": sum(parts),
            "cost_per_camera": self.part.fixed["computer_usd"] / cameras,
            "reach_s": reach,
            "newest_s": newest_age(policy, stride) / self.frame_rate,
            "room_share": needed / self.room_bytes,
            "dram_load": (of_maps + of_weights) / self.bandwidth,
        }
        pictures = {
            BUDGET: Budget(parts, self.deadline_s, self._start_parts()),
            MEMORY: self._film(policy, maps, cameras, stride, allocator),
        }
        meanings = {
            "policy": msg(
                "edge-memory-reach",
                reach=duration(reach),
                newest=duration(metrics["newest_s"]),
            ),
            "maps": msg(
                "edge-memory-room",
                needed=beside(memory(needed), self.room_bytes),
                room=chosen(self.room_bytes, "memory"),
            ),
            "cameras": msg("edge-memory-bandwidth", share=beside(share(metrics["dram_load"]), 1.0)),
            "stride": msg("edge-memory-no-stride")
            if policy != "keyframes"
            else msg("edge-memory-stride", every=duration(stride / self.frame_rate)),
            "allocator": msg(
                "edge-memory-maps",
                largest=memory(self.map_bytes[0]),
                smallest=memory(self.map_bytes[cameras - 1]),
            ),
            "hedge_after": copies_sent(loop),
        }
        return Outcome(metrics, pictures, meanings)

    def _start_parts(self) -> tuple[float, ...]:
        if self._ghost is None:
            start = self.part.start()
            after = copy_after_s(start["hedge_after"], self.deadline_s)
            self._ghost = self.loop_parts(int(start["cameras"]), int(start["maps"]), after)
        return self._ghost

    def _film(self, policy: str, maps: int, cameras: int, stride: int, allocator: str) -> CacheFilm:
        """Fill the memory from the start of the drive, camera by camera."""
        time_s = np.linspace(0.0, self.part.fixed["film_s"], FRAMES)
        held = maps_after(policy, maps, (time_s * self.frame_rate).astype(int) + 1, stride)
        sizes = self.map_bytes[:cameras]
        slot = np.full(cameras, sizes.max()) if allocator == "slots" else sizes
        ends = np.cumsum(maps * slot)
        fits = int(np.searchsorted(ends, self.room_bytes * (1.0 + 1e-12), side="right"))
        cell = self.room_bytes / (COLUMNS * ROWS)
        middle = (np.arange(COLUMNS * ROWS) + 0.5) * cell
        owner = np.searchsorted(ends, middle, side="right")
        owned = owner < fits
        camera = np.where(owned, owner, 0)
        offset = middle - np.concatenate(([0.0], ends))[camera]
        index = (offset / slot[camera]).astype(int)
        inside = offset - index * slot[camera] < sizes[camera]
        full = np.where(inside, BlockState.TOKEN, BlockState.INTERNAL)
        # A slot is reserved from the start; a page is taken when its map comes.
        empty = BlockState.RESERVED if allocator == "slots" else BlockState.FREE
        filled = index[np.newaxis] < held[:, np.newaxis]
        codes = np.where(filled, full, empty)
        codes = np.where(owned, codes, BlockState.FREE).astype(np.uint8)
        return CacheFilm(
            codes=codes,
            time_s=time_s,
            running=np.full(FRAMES, fits),
            waiting=np.full(FRAMES, cameras - fits),
            preemptions=0,
            cell_tokens=cell / float(self.map_bytes[0]),
            cell_bytes=cell,
            allocator=msg("edge-memory-slot") if allocator == "slots" else msg("edge-memory-page"),
            fractions=self._fractions(held, maps, sizes[:fits], slot[:fits], allocator),
            first_frame=FRAMES - 1,  # filled: at the start of the drive there is nothing to see
        )

    def _fractions(
        self, held: np.ndarray, maps: int, sizes: np.ndarray, slot: np.ndarray, allocator: str
    ) -> np.ndarray:
        """Give the exact shares of each state over time, shape (frames, states)."""
        shares = np.zeros((held.size, len(BlockState)))
        shares[:, BlockState.TOKEN] = held * sizes.sum()
        shares[:, BlockState.INTERNAL] = held * (slot - sizes).sum()
        if allocator == "slots":
            shares[:, BlockState.RESERVED] = (maps - held) * slot.sum()
        shares /= self.room_bytes
        shares[:, BlockState.FREE] = 1.0 - shares.sum(axis=1)
        return np.clip(shares, 0.0, 1.0)

    def served(self, maps: int, allocator: str, after_s: float) -> tuple[int, int]:
        """Give the cameras that fit the memory, and those that also keep the deadline."""
        most = len(self.map_bytes)
        fit = sum(
            self.needed_bytes(n, maps, allocator) <= self.room_bytes for n in range(1, most + 1)
        )
        on_time = sum(
            sum(self.loop_parts(n, maps, after_s)) <= self.deadline_s for n in range(1, fit + 1)
        )
        return fit, on_time

    def truth(self) -> Truth:
        """Cameras on time with pages over those with slots, at the winning maps and copies."""
        maps = int(self.part.winning["maps"])
        after = copy_after_s(self.part.winning["hedge_after"], self.deadline_s)
        slots, slots_on_time = self.served(maps, "slots", after)
        pages, pages_on_time = self.served(maps, "pages", after)
        return Truth(
            pages_on_time / slots_on_time,
            msg(
                "edge-memory-truth",
                maps=count(maps),
                slots=count(slots),
                pages=count(pages),
                more="yes" if pages == len(self.map_bytes) else "no",
                deadline=chosen(self.deadline_s, "duration"),
                slots_on_time=count(slots_on_time),
                pages_on_time=count(pages_on_time),
            ),
        )

    def overlay(self) -> Overlay:
        """Cameras on time with pages over those with slots, against the maps of a camera."""
        won = self.part.winning
        after = copy_after_s(won["hedge_after"], self.deadline_s)
        maps = np.arange(4, 21)
        gained = [
            self.served(int(n), "pages", after)[1] / self.served(int(n), "slots", after)[1]
            for n in maps
        ]
        at = float(won["maps"])
        return Overlay(msg("overlay-maps"), "count", maps.astype(float), np.array(gained), at)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the budget of the loop and the heatmap of the memory."""
        return (
            BudgetBars(
                msg("edge-memory-budget"), msg("edge-memory-time"), PARTS, MILLISECONDS, 0.02
            ),
            FeatureMemory(COLUMNS, ROWS, float(self.part.fixed["film_s"])),
        )

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show frames that read their past, and the loops of calls that follow."""
        return edge.reading(self, settings, seed)


SCENARIO = EdgeMemory
