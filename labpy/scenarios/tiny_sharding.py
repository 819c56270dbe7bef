"""Tiny Pioneer, part 2: one network over two ears and a gateway.

`cut` stages run on the ear and the others on the gateway, a pipeline of two. With tensor
parallelism the two ears share each of the ear's blocks, and add up over the radio: every sum waits
for the next interval. Each ear has sound of its own, so sharing halves the time of a block and
not the work of an ear.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MILLISECONDS
from labpy.instruments.figures.budget_bars import BudgetBars
from labpy.instruments.figures.power_delay_seesaw import PowerDelaySeesaw
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.power_delay_seesaw import Measured, Seesaw
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula
from labpy.missions import Part
from labpy.models.network import all_reduce_s
from labpy.models.power import LE_2M, NEURALAIDS_W, Ear, Gateway, on_ear_power, radio
from labpy.models.queueing import batch_server
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.passing import tiny
from labpy.words import Value, msg, say
from labpy.words.amounts import beside, chosen, count, duration, power, share

BARS, SEESAW = BudgetBars.name, PowerDelaySeesaw.name
LINK = "bluetooth-le"
SUMS, RADIO = msg("tiny-sharding-sums"), msg("tiny-sharding-radio")
NAMES = (
    msg("tiny-sharding-sound"),
    msg("tiny-sharding-ear"),
    SUMS,
    RADIO,
    msg("tiny-sharding-window"),
    msg("tiny-sharding-gateway"),
)
DELAY_AXIS_S, POWER_AXIS_W = (3e-3, 150e-3), (0.3e-3, 0.2)
BARS_END_S = 0.04
# 6 ms of sound and 5.54 ms to compute it, always on; see `NEURALAIDS_W`.
PUBLISHED = Measured(
    msg("tiny-sharding-neuralaids"), 11.54e-3, NEURALAIDS_W, "Itani et al. 2025, arXiv:2503.18698"
)


@dataclass(frozen=True)
class _Split:
    """What a split costs: seconds in the order of `NAMES`, watts, and the radio's use."""

    parts_s: tuple[float, ...]
    ear_power_w: float
    gateway_power_w: float
    air_share: float
    exchanges: int

    @property
    def delay_s(self) -> float:
        """Ear to ear, without end where the radio cannot carry it."""
        return sum(self.parts_s) if self.air_share <= 1 else math.inf


class TinySharding(Scenario):
    """Echo and power of a network that is cut between ears and gateway."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.ear, self.gateway = Ear(), Gateway()
        self.stages: list[dict] = fixed["stages"]
        self.window_s: float = fixed["window_s"]
        self.active: float = fixed["active_fraction"]
        self.split = lru_cache(maxsize=512)(self._solve)
        self._served = lru_cache(maxsize=32)(self._serve)

    def on_ear(self, cut: int) -> float:
        """Share of the network's work that the first `cut` stages are."""
        return sum(stage["compute"] for stage in self.stages[:cut])

    def exchanges(self, cut: int, ears: int) -> int:
        """Sums over the radio for each window: none in the filter bank, or if nothing is shared."""
        blocks = max(cut - 1, 0) if ears > 1 else 0
        return blocks * self.part.fixed["exchanges_per_block"]

    def crossing(self, cut: int) -> tuple[int, int]:
        """Bytes up and down for each window; all of the network on the ear needs no gateway."""
        if cut == len(self.stages):
            return 0, 0
        if cut == 0:  # no filter bank, so no mask can be applied: audio has to come back
            return self.part.fixed["audio_bytes"], self.part.fixed["audio_bytes"]
        return self.stages[cut - 1]["bytes"], self.part.fixed["mask_bytes"]

    def _serve(self, continuous: bool, share: float) -> tuple[float, float]:
        """P99 of the gateway and its power for this share of the network, for all ears."""
        fixed, box = self.part.fixed, self.gateway
        rate = fixed["ears"] * self.active / self.window_s
        window_s = 0.0 if continuous else fixed["batch_window_s"]
        queue = batch_server(
            rate, share * box.batch_s, share * box.inference_s, fixed["max_batch"], window_s
        )
        busy_w = rate * share * (box.batch_j / float(queue.mean_batch) + box.inference_j)
        return float(queue.response_quantile_s(0.99)), box.idle_w + busy_w

    def _solve(self, cut: int, ears: int, interval_s: float, continuous: bool) -> _Split:
        fixed, share = self.part.fixed, self.on_ear(cut)
        up, down = self.crossing(cut)
        sums = self.exchanges(cut, ears)
        each_way = sums * fixed["exchange_bytes"] / self.window_s
        talks = up > 0 or sums > 0
        air = radio(interval_s, each_way + up / self.window_s, each_way + down / self.window_s)
        # Its radio sleeps for good if an ear has nothing to say.
        radio_w = air.power_w if talks else 0.0
        crossing_s = 0.0
        if up:
            payload = (up + down) / self.window_s * interval_s / LE_2M.bytes_per_s
            crossing_s = 2 * interval_s + LE_2M.wake_s + payload
        exchange_s = float(all_reduce_s(fixed["exchange_bytes"], 2, LINK, alpha_s=interval_s))
        gateway_s, gateway_w = (
            self._served(continuous, 1.0 - share) if up else (0.0, self.gateway.idle_w)
        )
        waiting_s = 0.0 if continuous or not up else min(fixed["batch_window_s"], gateway_s)
        compute_s = share * fixed["ear_compute_share"] * self.window_s / ears
        return _Split(
            parts_s=(
                self.window_s, compute_s, sums * exchange_s, crossing_s, waiting_s,
                gateway_s - waiting_s,
            ),
            ear_power_w=on_ear_power(self.active, share * NEURALAIDS_W + radio_w, self.ear),
            gateway_power_w=gateway_w,
            air_share=air.air_time_s / interval_s if talks else 0.0,
            exchanges=sums,
        )  # fmt: skip

    def evaluate(self, settings: Settings) -> Outcome:
        """Give the delay by its parts, and delay against the ear's power as the cut moves."""
        cut, ears = int(settings["cut"]), int(settings["tensor_parallel_size"])
        interval_s = 1e-3 * float(settings["radio_interval"])
        continuous = bool(settings["continuous_batching"])
        now = self.split(cut, ears, interval_s, continuous)
        metrics = {
            "delay_p99_s": now.delay_s,
            # An echo that has an end; without one, the full radio is what has to be said.
            "heard_p99_s": now.delay_s if now.air_share <= 1 else 0.0,
            "ear_power_w": now.ear_power_w,
            "gateway_power_w": now.gateway_power_w,
            "air_share": now.air_share,
        }
        start = self.part.start()
        first = self.split(
            start["cut"], start["tensor_parallel_size"], 1e-3 * start["radio_interval"],
            start["continuous_batching"],
        )  # fmt: skip
        parts_s = now.parts_s
        if now.air_share > 1:
            at = NAMES.index(SUMS if now.exchanges else RADIO)
            parts_s = (*parts_s[:at], math.inf, *parts_s[at + 1 :])
        pictures = {
            BARS: Budget(
                parts_s, self.limit("delay_p99_s"), first.parts_s,
                source=msg("tiny-sharding-source"),
            ),
            SEESAW: self._seesaw(cut, ears, interval_s, continuous),
        }  # fmt: skip
        return Outcome(metrics, pictures, self._meanings(cut, interval_s, now))

    def known(self, settings: Settings) -> tuple[Value, ...]:
        """How much of the network is on the ear, whether two ears share it, and what is sent."""
        cut, ears = int(settings["cut"]), int(settings["tensor_parallel_size"])
        up, down = self.crossing(cut)
        return (
            msg(
                "tiny-sharding-known",
                ears=ears,
                share=share(self.on_ear(cut)),
                up=chosen(up, "memory"),
                down=chosen(down, "memory"),
            ),
        )

    def _seesaw(self, cut: int, ears: int, interval_s: float, continuous: bool) -> Seesaw:
        cuts = np.arange(len(self.stages) + 1)
        splits = [self.split(int(each), ears, interval_s, continuous) for each in cuts]
        now = splits[cut]
        return Seesaw(
            batch=cuts.astype(float),
            delay_s=np.array([each.delay_s for each in splits]),
            power_w=np.array([each.ear_power_w for each in splits]),
            marked=np.ones(len(cuts), dtype=bool),
            batch_words=msg("tiny-cut", stages=count(len(self.stages))),
            batch_now=float(cut),
            delay_now_s=now.delay_s,
            power_now_w=now.ear_power_w,
            delay_limit_s=self.limit("delay_p99_s"),
            power_limit_w=self.limit("ear_power_w"),
            measured=(PUBLISHED,),
            model=(self._power_formula(cut, now),),
        )

    def _power_formula(self, cut: int, now: _Split) -> Formula:
        base_w = self.ear.sleep_w + self.ear.voice_activity_w
        network_w = self.on_ear(cut) * NEURALAIDS_W
        radio_w = (now.ear_power_w - base_w) / self.active - self.ear.active_w - network_w
        listening, *of_terms = (
            m.sub(m.ident("P"), m.text(say(each)))
            for each in (
                msg("tiny-sharding-listening"),
                msg("tiny-sharding-on"),
                msg("tiny-sharding-network"),
                msg("tiny-sharding-of-radio"),
            )
        )
        added = m.op("+").join(of_terms)
        return Formula(
            msg("tiny-sharding-power"),
            m.math(
                m.ident("P"), m.op("="), listening, m.op("+"),
                m.ident("a"), m.op("·"), m.row(m.op("("), added, m.op(")")),
            ),
            msg(
                "tiny-sharding-power-numbers",
                listening=power(base_w),
                active=chosen(self.active, "share"),
                on=power(self.ear.active_w),
                network=power(network_w),
                radio=power(radio_w),
                power=beside(power(now.ear_power_w), self.limit("ear_power_w")),
            ),
            msg("tiny-sharding-power-source"),
        )  # fmt: skip

    def _meanings(self, cut: int, interval_s: float, now: _Split) -> dict[str, Value]:
        up, down = self.crossing(cut)
        crosses = msg("tiny-sharding-all-on-ear")
        if up:
            crosses = msg(
                "tiny-sharding-crosses",
                share=share(self.on_ear(cut)),
                up=chosen(up, "memory"),
                down=chosen(down, "memory"),
            )
        shared = msg("tiny-sharding-no-block")
        if cut > 1:
            shared = msg("tiny-sharding-no-sums")
        if now.exchanges:
            shared = msg(
                "tiny-sharding-sums-wait",
                sums=count(now.exchanges),
                wait=chosen(interval_s, "duration"),
            )
        gateway_s = now.parts_s[-2] + now.parts_s[-1]
        return {
            "cut": crosses,
            "tensor_parallel_size": shared,
            "radio_interval": msg("tiny-sharding-air", share=beside(share(now.air_share), 1.0)),
            "continuous_batching": msg("tiny-gateway-tail", tail=duration(gateway_s))
            if up
            else msg("tiny-sharding-idle-gateway"),
        }

    def truth(self) -> Truth:
        """Single request: all blocks shared by two ears, over the filter bank and the gateway."""
        interval_s = 1e-3 * self.part.start()["radio_interval"]
        tensor = self.split(len(self.stages), 2, interval_s, True)
        pipeline = self.split(1, 1, interval_s, True)
        tensor_s, pipeline_s = sum(tensor.parts_s), sum(pipeline.parts_s)
        saved_s = self.split(len(self.stages), 1, interval_s, True).parts_s[1]
        return Truth(
            tensor_s / pipeline_s,
            msg(
                "tiny-sharding-truth",
                tensor=duration(tensor_s),
                sums=count(tensor.exchanges),
                saved=duration(saved_s / 2),
                pipeline=duration(pipeline_s),
            ),
        )

    def overlay(self) -> Overlay:
        """Shared by two ears over a pipeline, against the radio's interval."""
        intervals_s = 1e-3 * np.array(self.part.knob("radio_interval").choices, dtype=float)
        slower = [
            sum(self.split(len(self.stages), 2, each, True).parts_s)
            / sum(self.split(1, 1, each, True).parts_s)
            for each in map(float, intervals_s)
        ]
        at = 1e-3 * float(self.part.start()["radio_interval"])
        return Overlay(msg("overlay-interval"), "duration", intervals_s, np.array(slower), at)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the budget of the delay and the seesaw along the cut."""
        return (
            BudgetBars(
                msg("tiny-sharding-budget"), msg("seesaw-delay"), NAMES, MILLISECONDS, BARS_END_S
            ),
            PowerDelaySeesaw(DELAY_AXIS_S, POWER_AXIS_W, msg("tiny-swept-cut")),
        )

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show windows of sound on the ears, between them, and at the gateway."""
        return tiny.heard(tiny.split_windows(self, settings, seed), self, settings)


SCENARIO = TinySharding
