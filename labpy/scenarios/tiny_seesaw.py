"""Tiny Pioneer, part 1: a gateway's batch window saves its power and is heard as an echo.

Ears send a request for each window of sound, on their own clocks, taken as random; the gateway
computes them in batches. Capture and radio take a fixed time, counted at its longest; the gateway's
P99 comes from the batching queue, its power from the mean batch of the same queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.frontier import LatencyThroughputFrontier
from labpy.instruments.figures.power_delay_seesaw import PowerDelaySeesaw
from labpy.instruments.pictures.dots import dots
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.frontier import Frontier, FrontierCurve, Measure
from labpy.instruments.pictures.power_delay_seesaw import Seesaw
from labpy.instruments.telling import mathml as m
from labpy.instruments.telling.facts import Formula
from labpy.missions import Part
from labpy.models.power import Ear, EarToEar, Gateway, ear_to_ear, shared_air
from labpy.models.queueing import batch_server
from labpy.models.serving import knee_arrival_rate
from labpy.models.simulation import poisson_arrivals, simulate_batch_server
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.grades import Graded, without_knee
from labpy.scenarios.overlay import Overlay, growth
from labpy.scenarios.passing import tiny
from labpy.words import Listed, Value, msg, say
from labpy.words.amounts import (
    average,
    beside,
    chosen,
    duration,
    energy,
    power,
    requests_per_s,
    share,
)

SEESAW, FRONTIER = PowerDelaySeesaw.name, LatencyThroughputFrontier.name
POLICIES = {
    "window": (msg("tiny-seesaw-window"), msg("tiny-seesaw-window.phrase")),
    "none": (msg("tiny-seesaw-none"), msg("tiny-seesaw-none.phrase")),
}
MEASURE = Measure(msg("tiny-seesaw-latency"))
# Where the batching queue is solved; the curves run through these points.
LOADS = np.concatenate(
    [[0.01, 0.017, 0.03, 0.055, 0.1, 0.14, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [0.8, 0.9, 0.95, 0.985]]
)
WINDOWS_S = 1e-3 * np.concatenate(
    [np.arange(0.0, 6.0, 0.5), np.arange(6.0, 20.0, 2.0), np.arange(20.0, 61.0, 5.0)]
)
ROUGH = 7  # points of a curve while a knob moves
NAMED_S = 1e-3 * np.array([1.0, 4.0, 10.0, 20.0, 50.0])
DOTS = (0.02, 0.1, 0.3, 0.6, 0.8, 0.9)  # of capacity: where the simulation is run
SEEDS = 3
DELAY_AXIS_S, POWER_AXIS_W = (4e-3, 120e-3), (0.1, 10.0)
FRONTIER_AXIS_S = (3e-3, 0.12)


@dataclass(frozen=True, eq=False)
class _Load:
    """The gateway at several rates or windows: arrays of one shape."""

    p50_s: np.ndarray
    p99_s: np.ndarray
    mean_s: np.ndarray
    mean_batch: np.ndarray


class TinySeesaw(Scenario):
    """Echo and power of a fleet of hearables against the gateway's batch window."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.gateway, self.ear = Gateway(), Ear()
        self.interval_s: float = fixed["radio_interval_s"]
        self.active: float = fixed["active_fraction"]
        self.slots: int = fixed["max_batch"]
        full_s = self.gateway.batch_s + self.slots * self.gateway.inference_s
        self.capacity = self.slots / full_s
        self._here = lru_cache(maxsize=256)(self._serve)
        self._along_window = Graded(self._over_windows, WINDOWS_S, ROUGH)
        self._curve = Graded(self._solve, LOADS, ROUGH, roughen=without_knee)

    def _serve(self, rate: np.ndarray | float, window_s: np.ndarray | float) -> _Load:
        box = self.gateway
        queue = batch_server(rate, box.batch_s, box.inference_s, self.slots, window_s)
        return _Load(
            np.atleast_1d(queue.response_quantile_s(0.5)),
            np.atleast_1d(queue.response_quantile_s(0.99)),
            np.atleast_1d(queue.mean_response_s),
            np.atleast_1d(queue.mean_batch),
        )

    def _over_windows(self, rate: float, windows_s: np.ndarray) -> tuple[np.ndarray, _Load]:
        """Give some windows, and the gateway under each: what the operating point is read from."""
        return windows_s, self._serve(rate, windows_s)

    def gateway_power_w(self, rate: float, mean_batch: np.ndarray) -> np.ndarray:
        """Idle power, and the energy of the batches and of the requests in them."""
        served = min(rate, self.capacity)
        busy_j = self.gateway.batch_j / mean_batch + self.gateway.inference_j
        return self.gateway.idle_w + served * busy_j

    def _way(self, payload: str) -> EarToEar:
        """Give capture, radio and the ear's power of one payload, with an idle gateway."""
        sizes = self.part.fixed["payloads"][payload]
        return ear_to_ear(
            sizes["window_s"], self.interval_s, 0.0, 1, self.active,
            sizes["up_bytes"], sizes["down_bytes"], ear_spec=self.ear,
        )  # fmt: skip

    def outside_s(self, payload: str) -> float:
        """Longest time that a sound spends outside the gateway."""
        capture_s: float = self.part.fixed["payloads"][payload]["capture_s"]
        return capture_s + float(self._way(payload).radio_s)

    def radios(self, hearables: int, payload: str) -> float:
        """Radios at the gateway that the isolating ears keep busy on average."""
        sizes = self.part.fixed["payloads"][payload]
        up, down = (sizes[key] / sizes["window_s"] for key in ("up_bytes", "down_bytes"))
        return float(shared_air(hearables, self.active, self.interval_s, up, down).radios)

    def rate(self, hearables: int, payload: str) -> float:
        """Requests a second: one for each window of sound of each ear that is isolating."""
        return hearables * self.active / self.part.fixed["payloads"][payload]["window_s"]

    def evaluate(self, settings: Settings) -> Outcome:
        """Give the delay, both powers, and the curves along the window and along the rate."""
        return self._outcome(settings, rough=False)

    def sketch(self, settings: Settings) -> Outcome:
        """Give the same, with curves through a few points."""
        return self._outcome(settings, rough=True)

    def _outcome(self, settings: Settings, rough: bool) -> Outcome:
        ears, payload = int(settings["hearables"]), str(settings["payload"])
        window_s = 1e-3 * float(settings["batch_window"])
        rate, outside_s = self.rate(ears, payload), self.outside_s(payload)
        here = self._here(rate, window_s)
        power_w = float(self.gateway_power_w(rate, here.mean_batch)[0])
        delay_s, load = outside_s + float(here.p99_s[0]), rate / self.capacity
        metrics = {
            "delay_p99_s": delay_s,
            # An echo that has an end; without one, the overload is what has to be said.
            "heard_p99_s": delay_s if load < 1 else 0.0,
            "ear_power_w": float(self._way(payload).ear_power_w),
            "gateway_power_w": power_w,
            # In a queue without end everybody's window is late, so that nobody is served.
            "served_ears": float(ears) if load < 1 else 0.0,
            "utilization": load,
            "radios": self.radios(ears, payload),
        }
        pictures = {
            SEESAW: self._seesaw(rate, window_s, outside_s, metrics, rough),
            FRONTIER: self._frontier(rate, window_s, outside_s, here, rough),
        }
        meanings = self._meanings(rate, here, outside_s, metrics)
        return Outcome(metrics, pictures, meanings)

    def _seesaw(
        self,
        rate: float,
        window_s: float,
        outside_s: float,
        metrics: dict[str, float],
        rough: bool,
    ) -> Seesaw:
        windows_s, along = self._along_window(rate, rough=rough)
        return Seesaw(
            batch=1e3 * windows_s,
            delay_s=outside_s + along.p99_s,
            power_w=self.gateway_power_w(rate, along.mean_batch),
            marked=np.isin(windows_s, NAMED_S),
            batch_words=msg("tiny-window"),
            batch_now=1e3 * window_s,
            delay_now_s=metrics["delay_p99_s"],
            power_now_w=metrics["gateway_power_w"],
            delay_limit_s=self.limit("delay_p99_s"),
            power_limit_w=self.limit("gateway_power_w"),
            model=(self._power_formula(rate, window_s, metrics["gateway_power_w"]),),
        )

    def _power_formula(self, rate: float, window_s: float, power_w: float) -> Formula:
        box, batch = self.gateway, float(self._here(rate, window_s).mean_batch[0])
        idle, of_batch, of_request = (
            m.text(say(each))
            for each in (
                msg("tiny-seesaw-idle"),
                msg("tiny-seesaw-batch"),
                msg("tiny-seesaw-request"),
            )
        )
        fixed, each = m.sub(m.ident("E"), of_batch), m.sub(m.ident("E"), of_request)
        return Formula(
            msg("tiny-seesaw-power"),
            m.math(
                m.ident("P"), m.op("="), m.sub(m.ident("P"), idle), m.op("+"),
                m.ident("λ"), m.op("·"),
                m.row(m.op("("), m.frac(fixed, m.ident("b")), m.op("+"), each, m.op(")")),
            ),
            msg(
                "tiny-seesaw-power-numbers",
                idle=power(box.idle_w),
                rate=requests_per_s(min(rate, self.capacity)),
                batch_energy=energy(box.batch_j),
                batch=average(batch),
                request_energy=energy(box.inference_j),
                power=beside(power(power_w), self.limit("gateway_power_w")),
            ),
            msg("tiny-seesaw-power-source"),
        )  # fmt: skip

    def _frontier(
        self, rate: float, window_s: float, outside_s: float, here: _Load, rough: bool
    ) -> Frontier:
        curves = tuple(
            self._curve(key, window_s if key == "window" else 0.0, outside_s, rough=rough)
            for key in POLICIES
        )
        return Frontier(
            measure=MEASURE,
            curves=curves,
            current="window",
            arrival_rate=rate,
            p50_s=outside_s + float(here.p50_s[0]),
            quantile_s=outside_s + float(here.p99_s[0]),
            utilization=rate / self.capacity,
            limit_s=self.limit("delay_p99_s"),
            highest_rate=1.25 * self.capacity,
            mean_response_s=outside_s + float(here.mean_s[0]),
        )

    def _solve(
        self, key: str, window_s: float, outside_s: float, loads: np.ndarray
    ) -> FrontierCurve:
        rate = self.capacity * loads
        load = self._serve(rate, window_s)
        p99_s = outside_s + load.p99_s
        # The knee lies to the right of the lowest point: left of it a fuller gateway is faster.
        low = min(int(np.argmin(p99_s)), len(rate) - 3)
        knee = knee_arrival_rate(rate[low:], p99_s[low:])
        label, phrase = POLICIES[key]
        return FrontierCurve(
            key=key,
            label=label,
            phrase=phrase,
            arrival_rate=rate,
            p50_s=outside_s + load.p50_s,
            quantile_s=p99_s,
            capacity=self.capacity,
            knee_rate=knee,
            knee_s=float(np.interp(knee, rate, p99_s)),
            # Both curves end at the same wall, where their names would lie on each other.
            label_rate=None if key == "window" else 0.35 * self.capacity,
        )

    def _meanings(
        self, rate: float, here: _Load, outside_s: float, metrics: dict[str, float]
    ) -> dict[str, Value]:
        return {
            "hearables": msg(
                "tiny-seesaw-load",
                rate=requests_per_s(rate),
                share=beside(share(metrics["utilization"]), 1.0),
            ),
            "batch_window": msg("tiny-seesaw-mean-batch", batch=average(here.mean_batch[0])),
            "payload": msg(
                "tiny-seesaw-way",
                outside=duration(outside_s),
                radios=average(metrics["radios"]),
                power=beside(power(metrics["ear_power_w"]), self.limit("ear_power_w")),
            ),
        }

    def truth(self) -> Truth:
        """P99 at 90% of capacity over that of the start, both with the start's window."""
        start = self.part.start()
        outside_s = self.outside_s(start["payload"])
        window_s = 1e-3 * start["batch_window"]
        first = self.rate(start["hearables"], start["payload"])
        rates = np.array([first, *(self.capacity * np.array([0.1, 0.45, 0.8, 0.9, 0.99]))])
        p99 = outside_s + self._serve(rates, window_s).p99_s
        said = Listed(
            tuple(
                msg("tiny-seesaw-tail-at", tail=duration(value), share=share(rate / self.capacity))
                for rate, value in zip(rates, p99, strict=True)
            )
        )
        return Truth(
            float(p99[4] / p99[0]),
            msg("tiny-seesaw-truth", window=chosen(window_s, "duration"), tails=said),
        )

    def overlay(self) -> Overlay:
        """P99 against the load from the start's to 90% of capacity, over that of the start."""
        start = self.part.start()
        first = self.rate(start["hearables"], start["payload"]) / self.capacity
        load = np.linspace(first, 0.9, 40)
        served = self._serve(self.capacity * load, 1e-3 * start["batch_window"])
        tail = self.outside_s(start["payload"]) + served.p99_s
        shapes = growth(load, self.part.lock.ends)
        return Overlay(msg("overlay-load"), "share", load, tail / tail[0], 0.9, shapes)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the seesaw and the frontier."""
        return (
            PowerDelaySeesaw(DELAY_AXIS_S, POWER_AXIS_W, msg("tiny-swept-window"), "batch_window"),
            LatencyThroughputFrontier(tuple(POLICIES), FRONTIER_AXIS_S, MEASURE, "hearables"),
        )

    def simulate(self, settings: Settings, seed: int) -> dict[str, Frontier]:
        """Run the gateway request by request at a few loads, with the window in play."""
        picture = self.evaluate(settings).pictures[FRONTIER]
        window_s = 1e-3 * float(settings["batch_window"])
        outside_s = self.outside_s(str(settings["payload"]))
        rates = self.capacity * np.array(DOTS)
        p99 = outside_s + np.array(
            [[self._simulated_s(rate, window_s, seed + i) for i in range(SEEDS)] for rate in rates]
        )
        found = dots(rates, p99, self.part.fixed["simulated"])
        return {FRONTIER: picture.with_dots(found)}

    def _simulated_s(self, rate: float, window_s: float, seed: int) -> float:
        box, requests = self.gateway, self.part.fixed["simulated"]
        arrivals = poisson_arrivals(np.random.default_rng(seed), rate, requests)
        trace = simulate_batch_server(arrivals, box.batch_s, box.inference_s, self.slots, window_s)
        return float(np.quantile(trace.after().response_s, 0.99))

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show windows of sound on their way from ear to gateway and back."""
        return tiny.heard(tiny.windows(self, settings, seed), self, settings)


SCENARIO = TinySeesaw
