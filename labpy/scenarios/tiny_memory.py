"""Tiny Pioneer, part 3: the streaming state of many ears in one module's SRAM.

A stack of causal convolutions with dilations 1, 2, 4, ... remembers the past of each ear in a
buffer a layer. Slots of the longest layer's size waste most of it, ring buffers none, and with
eviction only the ears that isolate hold a place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import KIBIBYTES
from labpy.instruments.figures.budget_bars import BudgetBars
from labpy.instruments.figures.power_delay_seesaw import PowerDelaySeesaw
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.power_delay_seesaw import Measured, Seesaw
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula
from labpy.missions import Part
from labpy.models.power import NEURALAIDS_W, Ear, Gateway, ear_to_ear
from labpy.models.queueing import batch_server
from labpy.models.streaming import (
    CausalConvolution,
    StreamMemory,
    stream_memory,
    streams_that_fit,
)
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.grades import Graded
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.passing import tiny
from labpy.words import Value, msg, say
from labpy.words.amounts import binary_memory, count, duration, power, requests_per_s, share

BARS, SEESAW = BudgetBars.name, PowerDelaySeesaw.name
NAMES = (
    msg("tiny-memory-weights"),
    msg("tiny-memory-scratch"),
    msg("tiny-memory-used"),
    msg("tiny-memory-reserved"),
)
BARS_END_BYTES = 640 * 1024
DELAY_AXIS_S, POWER_AXIS_W = (4e-3, 60e-3), (1e-3, 0.3)
WINDOWS_S = 1e-3 * np.array([0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0])
ROUGH = 4  # windows of the seesaw while a knob moves
NAMED_S = 1e-3 * np.array([1.0, 10.0])
PUBLISHED = Measured(
    msg("tiny-memory-neuralaids"), 11.54e-3, NEURALAIDS_W, "Itani et al. 2025, arXiv:2503.18698"
)


@dataclass(frozen=True)
class _Network:
    """A stack of layers: its memory for one ear, and what slots of one size would take."""

    memory: StreamMemory
    slot_bytes: float


@dataclass(frozen=True)
class Fit:
    """Ears that a module serves, the places it has for them, and bytes by `NAMES`."""

    ears: int
    places: int
    parts_bytes: tuple[float, ...]


@lru_cache(maxsize=512)
def pool(places: int, active_fraction: float, blocked_share: float) -> int:
    """Most ears that can share so many places, each active by itself for a share of the time.

    With one more, all places would be taken too often: P(more than `places` active) would pass
    `blocked_share`, by the binomial distribution.
    """
    if places < 1 or active_fraction >= 1:
        return places
    # held[k]: the probability that k ears are active, for as many k as there are places.
    held, ears = np.eye(1, places + 1)[0], 0
    while held.sum() >= 1 - blocked_share:
        ears += 1
        held = held * (1 - active_fraction) + np.append(0.0, held[:-1]) * active_fraction
    return ears - 1


class TinyMemory(Scenario):
    """Ears, energy and echo of a module whose SRAM holds their state."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.base = Gateway(**fixed["gateway"])
        self.ear = Ear()
        self.frame_s: float = fixed["window_s"]
        self.sram_bytes: int = fixed["sram_bytes"]
        self.base_parameters = self._network(
            fixed["base_layers"], fixed["base_channels"], 8
        ).memory.weight_bytes
        self._served = Graded(self._along, WINDOWS_S, ROUGH, size=128)

    def _network(self, layers: int, channels: int, state_bits: int) -> _Network:
        kernel, width = self.part.fixed["kernel"], state_bits / 8
        stack = [CausalConvolution(channels, channels, kernel, 2**k) for k in range(layers)]
        return _Network(stream_memory(stack, width), layers * stack[-1].state_numbers * width)

    def fit(self, network: _Network, buffers: str, active_fraction: float) -> Fit:
        """Count the ears; the parts are those of one ear where not even one fits."""
        fixed, memory = self.part.fixed, network.memory
        place_bytes = network.slot_bytes if buffers == "slots" else memory.state_bytes
        scratch = fixed["scratch_bytes"]
        places = int(streams_that_fit(self.sram_bytes, memory.weight_bytes, place_bytes, scratch))
        ears = places
        if buffers == "evict":
            ears = pool(places, active_fraction, fixed["blocked_share"])
        drawn = max(places, 1)
        used = drawn * memory.state_bytes
        parts = (memory.weight_bytes, float(scratch), used, drawn * place_bytes - used)
        return Fit(ears, places, parts)

    def _network_of(self, settings: Settings) -> _Network:
        return self._network(*(int(settings[k]) for k in ("layers", "channels", "state_bits")))

    def fit_of(self, settings: Settings) -> Fit:
        """Count the ears and the places of a setting."""
        active = float(settings["active_fraction"])
        return self.fit(self._network_of(settings), str(settings["buffers"]), active)

    def _module(
        self, rate: float, scale: float, window_s: np.ndarray | float
    ) -> tuple[np.ndarray, np.ndarray]:
        """P99 and power of a module under these batch windows."""
        box, slots = self.base, self.part.fixed["max_batch"]
        queue = batch_server(rate, scale * box.batch_s, scale * box.inference_s, slots, window_s)
        served = min(rate, self._capacity(scale))
        busy_w = served * scale * (box.batch_j / queue.mean_batch + box.inference_j)
        return np.asarray(queue.response_quantile_s(0.99)), box.idle_w + busy_w

    def _along(self, rate: float, scale: float, windows_s: np.ndarray) -> tuple[np.ndarray, ...]:
        """Give some windows, and P99 and power of a module under each."""
        return (windows_s, *self._module(rate, scale, windows_s))

    def _capacity(self, scale: float) -> float:
        """Requests a second that full batches come to."""
        slots = self.part.fixed["max_batch"]
        return slots / (scale * (self.base.batch_s + slots * self.base.inference_s))

    def evaluate(self, settings: Settings) -> Outcome:
        """Give ears, powers and delay, the SRAM by its use, and the seesaw along the window."""
        return self._outcome(settings, rough=False)

    def sketch(self, settings: Settings) -> Outcome:
        """Give the same, the seesaw through a few windows."""
        return self._outcome(settings, rough=True)

    def _outcome(self, settings: Settings, rough: bool) -> Outcome:
        buffers, active = str(settings["buffers"]), float(settings["active_fraction"])
        window_s = 1e-3 * float(settings["batch_window"])
        network = self._network_of(settings)
        fit = self.fit_of(settings)
        way = ear_to_ear(
            self.frame_s, self.part.fixed["radio_interval_s"], 0.0, 1, active,
            self.part.fixed["up_bytes"], self.part.fixed["down_bytes"], ear_spec=self.ear,
        )  # fmt: skip
        outside_s = self.frame_s + float(way.radio_s)
        # One ear is drawn where none fits, so that the figure has something to compare.
        drawn = max(fit.ears, 1)
        rate = drawn * active / self.frame_s
        scale = network.memory.weight_bytes / self.base_parameters
        p99_s, module_w = self._module(rate, scale, window_s)
        past_s = network.memory.past_frames * self.frame_s
        power_w = float(module_w) / drawn if fit.ears else math.inf
        metrics = {
            "ears": float(fit.ears),
            "power_per_ear_w": power_w,
            "delay_p99_s": outside_s + float(p99_s) if fit.ears else math.inf,
            "ear_power_w": float(way.ear_power_w),
            "active_fraction": active,
            "state_snr_db": 6.02 * int(settings["state_bits"]) + 1.76,
            "past_s": past_s,
            "parameters": network.memory.weight_bytes,
            "utilization": rate / self._capacity(scale),
            "wake_s": past_s if buffers == "evict" else 0.0,
        }
        pictures = {
            BARS: self._bars(fit),
            SEESAW: self._seesaw(rate, scale, drawn, outside_s, window_s, metrics, rough),
        }
        meanings: dict[str, Value] = {
            "buffers": msg("tiny-memory-places", places=count(fit.places), ears=count(fit.ears)),
            "layers": msg("tiny-memory-past", past=duration(past_s)),
            "active_fraction": msg(
                "tiny-memory-rate", rate=requests_per_s(rate), ears=count(drawn)
            ),
            "state_bits": msg("tiny-memory-state", size=binary_memory(network.memory.state_bytes)),
            "channels": msg(
                "tiny-memory-of-weights", size=binary_memory(network.memory.weight_bytes)
            ),
            "batch_window": msg("tiny-gateway-tail", tail=duration(p99_s)),
        }
        return Outcome(metrics, pictures, meanings)

    def _bars(self, fit: Fit) -> Budget:
        start = self.part.start()
        network = self._network(start["layers"], start["channels"], start["state_bits"])
        first = self.fit(network, start["buffers"], start["active_fraction"])
        return Budget(
            fit.parts_bytes, self.sram_bytes, first.parts_bytes,
            source=msg("tiny-memory-source"),
        )  # fmt: skip

    def _seesaw(
        self,
        rate: float,
        scale: float,
        ears: int,
        outside_s: float,
        window_s: float,
        metrics: dict[str, float],
        rough: bool,
    ) -> Seesaw:
        windows_s, p99_s, module_w = self._served(rate, scale, rough=rough)
        return Seesaw(
            batch=1e3 * windows_s,
            delay_s=outside_s + p99_s,
            power_w=module_w / ears,
            marked=np.isin(windows_s, NAMED_S),
            batch_words=msg("tiny-window"),
            batch_now=1e3 * window_s,
            delay_now_s=metrics["delay_p99_s"],
            power_now_w=metrics["power_per_ear_w"],
            delay_limit_s=self.limit("delay_p99_s"),
            power_limit_w=self.limit("power_per_ear_w"),
            measured=(PUBLISHED,),
            model=(_dominance(metrics["ears"], metrics["power_per_ear_w"]),),
        )

    def truth(self) -> Truth:
        """Ears that ring buffers let in beyond those of the slots, all else as at the start."""
        start = self.part.start()
        network = self._network(start["layers"], start["channels"], start["state_bits"])
        slots, ring = (
            self.fit(network, each, start["active_fraction"]) for each in ("slots", "ring")
        )
        return Truth(
            float(ring.ears - slots.ears),
            msg(
                "tiny-memory-truth",
                slots=count(slots.ears),
                ring=count(ring.ears),
                reserved=binary_memory(network.slot_bytes),
                used=binary_memory(network.memory.state_bytes),
                share=share(network.memory.state_bytes / network.slot_bytes),
            ),
        )

    def overlay(self) -> Overlay:
        """More ears by ring buffers, against the network's layers."""
        start = self.part.start()
        layers = np.arange(self.part.knob("layers").low, self.part.knob("layers").high + 1)
        more = []
        for each in map(int, layers):
            network = self._network(each, start["channels"], start["state_bits"])
            slots, ring = (
                self.fit(network, how, start["active_fraction"]) for how in ("slots", "ring")
            )
            more.append(float(ring.ears - slots.ears))
        across = msg("overlay-layers")
        return Overlay(across, "count", layers.astype(float), np.array(more), start["layers"])

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the SRAM's budget and the seesaw."""
        return (
            BudgetBars(
                msg("tiny-memory-budget"), msg("tiny-memory-axis"), NAMES, KIBIBYTES, BARS_END_BYTES
            ),
            PowerDelaySeesaw(DELAY_AXIS_S, POWER_AXIS_W, msg("tiny-swept-window"), "batch_window"),
        )

    def flow(self, settings: Settings, seed: int) -> Flow | None:
        """Show who holds a place in memory, and who waits for one; None if not one ear fits."""
        return tiny.heard(tiny.sessions(self, settings, seed), self, settings)


def _dominance(ears: float, power_per_ear_w: float) -> Formula:
    """Say what the module's power is shared by."""
    said = msg("tiny-memory-shared-by-nobody")
    if ears:
        said = msg(
            "tiny-memory-shared",
            module=power(power_per_ear_w * ears),
            ears=count(ears),
            each=power(power_per_ear_w),
        )
    one, module, all_ears = (
        m.text(say(each))
        for each in (msg("tiny-memory-ear"), msg("tiny-memory-module"), msg("tiny-memory-ears"))
    )
    return Formula(
        msg("tiny-memory-serving-cost"),
        m.math(
            m.sub(m.ident("P"), one), m.op("="),
            m.frac(m.sub(m.ident("P"), module), all_ears),
        ),
        said,
        msg("tiny-memory-serving-cost-source"),
    )  # fmt: skip


SCENARIO = TinyMemory
