"""Edge Guardian, part 1: a safety loop that waits for the slowest of ten perception sub-models.

Frames arrive like clockwork, so the queue is short nearly up to the wall, and the tail comes from
stalls of the engines. The knobs are the frame rate, the batch window, and the delay of a second
copy; each of the last two is paid for out of the same ten milliseconds.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.fan_out_tail import FanOutTail
from labpy.instruments.figures.frontier import LatencyThroughputFrontier
from labpy.instruments.pictures.dots import dots
from labpy.instruments.pictures.fan_out_tail import FanOut, TailCurve
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.frontier import Frontier, FrontierCurve, Measure
from labpy.missions import Part
from labpy.models.tail import LoopLatency, hedged_loop, loop_capacity, loop_rate_at, simulate_loop
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.edge_loop import QUANTILE, copies_sent, copy_after_s, engine_call
from labpy.scenarios.grades import Graded, without_knee
from labpy.scenarios.overlay import Overlay, growth
from labpy.scenarios.passing import edge
from labpy.scenarios.trusted import TAILS_UNDER_LOAD
from labpy.words import Amount, Value, msg
from labpy.words.amounts import average, chosen, count, duration, factor, share

POLICIES = {
    "single": (msg("edge-knee-single"), msg("edge-knee-single.phrase")),
    "hedged": (msg("edge-knee-hedged"), msg("edge-knee-hedged.phrase")),
}
MEASURE = Measure(msg("edge-knee-latency"), QUANTILE, "frames_per_s")
FRONTIER = LatencyThroughputFrontier.name
TAIL = FanOutTail.name
POINTS = 20
SHARES = np.linspace(0.06, 1.0, POINTS)  # of the way to the end of a curve
ROUGH = 6  # points of a curve while a knob moves
DOTS = (0.3, 0.45, 0.6, 0.8)  # base utilizations at which the simulation is run
SEEDS = 3
LOOPS = 8_000
BOUNDS_S = (0.001, 0.1)
TAIL_END_S = 0.02


class EdgeKnee(Scenario):
    """The loop's tail against the frame rate, with and without second copies."""

    trusts = {  # noqa: RUF012
        FRONTIER: (TAILS_UNDER_LOAD,),
        TAIL: (TAILS_UNDER_LOAD,),
    }

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.fan_out: int = fixed["sub_models"]
        self.per_frame_s = fixed["per_frame_ms"] / 1e3
        self.call = engine_call(fixed)
        self.deadline_s = self.limit("loop_p999_s")
        cameras, rate = part.knob("cameras"), part.knob("frame_rate")
        self.highest_rate = float(cameras.high * rate.high)
        self.wall = lru_cache(maxsize=256)(self._wall)
        self._curve = Graded(self._solve, SHARES, ROUGH, size=128, roughen=without_knee)

    def loop(self, rate: np.ndarray | float, window_s: float, after_s: float) -> LoopLatency:
        """Give the loop at these arrival rates of frames."""
        return hedged_loop(self.call, self.per_frame_s, rate, window_s, after_s, self.fan_out)

    def _wall(self, window_s: float, after_s: float = math.inf) -> float:
        """Give the frames a second that the engines can keep up with, or inf."""
        return loop_capacity(self.call, self.per_frame_s, window_s, after_s)

    def _solve(
        self, key: str, window_s: float, after_s: float, shares: np.ndarray
    ) -> FrontierCurve:
        capacity = self.wall(window_s, after_s)
        end = min(self.highest_rate, 0.999 * capacity)
        # Denser towards the wall, where the curve bends.
        rate = end * (1.0 - (1.0 - shares) ** 1.5)
        found = self.loop(rate, window_s, after_s)
        high = found.quantile_s(QUANTILE)
        knee = int(np.argmax(np.where(np.isfinite(high), rate / high, 0.0)))
        label, phrase = POLICIES[key]
        return FrontierCurve(
            key=key,
            label=label,
            phrase=phrase,
            arrival_rate=rate,
            p50_s=found.quantile_s(0.5),
            quantile_s=high,
            capacity=capacity,
            knee_rate=float(rate[knee]),
            knee_s=float(high[knee]),
        )

    def evaluate(self, settings: Settings) -> Outcome:
        """Solve the loop with and without second copies."""
        return self._outcome(settings, rough=False)

    def sketch(self, settings: Settings) -> Outcome:
        """Solve the loop, and the curves along the rate through a few points."""
        return self._outcome(settings, rough=True)

    def _outcome(self, settings: Settings, rough: bool) -> Outcome:
        rate = float(settings["frame_rate"]) * int(settings["cameras"])
        window, after = (
            float(settings["batch_window"]) / 1e3,
            copy_after_s(settings["hedge_after"], self.deadline_s),
        )
        alone, now = self.loop(rate, window, math.inf), self.loop(rate, window, after)
        frontier = self._frontier(rate, window, after, now, rough)
        loop_s, base = float(now.quantile_s(QUANTILE)[0]), float(now.base_utilization[0])
        hedging = math.isfinite(after)
        metrics = {
            "loop_p999_s": loop_s,
            "frames_per_s": rate if now.stable[0] else 0.0,
            "call_p999_s": float(now.call_quantile_s(QUANTILE)[0]),
            "late": float(now.late(self.deadline_s)[0]),
            # Late, though the engines keep up: without an end, the load is what has to be said.
            "late_though_stable": float(now.late(self.deadline_s)[0]) if now.stable[0] else 0.0,
            "base_utilization": base,
            # What a copy of every call would make of it, sent now or not.
            "copied_utilization": 2.0 * base,
            "copies_stay": 2.0 * base if hedging else 0.0,
            "copies_outrun": float(hedging and base < 1.0 and not now.stable[0]),
            "extra_load": float(now.extra_load[0]),
        }
        pictures = {FRONTIER: frontier, TAIL: self._tail(alone, now, hedging)}
        return Outcome(metrics, pictures, self._meanings(settings, now, hedging))

    def _frontier(
        self, rate: float, window: float, after: float, now: LoopLatency, rough: bool
    ) -> Frontier:
        hedging = math.isfinite(after)
        # Without second copies the curve of a copy at half the deadline shows what one would do.
        shown = after if hedging else self.deadline_s / 2
        curves = (
            self._curve("single", window, math.inf, rough=rough),
            self._curve("hedged", window, shown, rough=rough),
        )
        current = curves[1] if hedging else curves[0]
        notes: tuple[Value, ...] = ()
        if math.isfinite(current.knee_s):
            of_capacity = share(current.knee_rate / current.capacity)
            knee = Amount(current.knee_rate, MEASURE.rate)
            notes = (msg("edge-knee-note", rate=knee, share=of_capacity),)
        return Frontier(
            measure=MEASURE,
            curves=curves,
            current=current.key,
            arrival_rate=rate,
            p50_s=float(now.quantile_s(0.5)[0]),
            quantile_s=float(now.quantile_s(QUANTILE)[0]),
            utilization=rate / current.capacity,
            limit_s=self.deadline_s,
            highest_rate=self.highest_rate,
            mean_response_s=float(now.mean_response_s[0]),
            notes=notes,
        )

    def _tail(self, alone: LoopLatency, now: LoopLatency, hedging: bool) -> FanOut:
        shift = alone.window_s
        return FanOut(
            time_s=alone.time_s + shift,
            fan_out=self.fan_out,
            deadline_s=self.deadline_s,
            leaf=self._tail_curve(msg("edge-knee-one-call"), alone, 1),
            slowest=self._tail_curve(
                msg("edge-knee-slowest", calls=count(self.fan_out)), alone, self.fan_out
            ),
            hedged=self._tail_curve(msg("edge-knee-with-copies"), now, self.fan_out)
            if hedging
            else None,
            extra_load=float(now.extra_load[0]),
        )

    def _tail_curve(self, label: Value, loop: LoopLatency, fan_out: int) -> TailCurve:
        late = loop.call_late if fan_out == 1 else loop.late
        quantile = loop.call_quantile_s if fan_out == 1 else loop.quantile_s
        return TailCurve(
            label=label,
            exceed=1.0 - loop.call_cdf()[0] ** fan_out,
            p99_s=float(quantile(0.99)[0]),
            p999_s=float(quantile(QUANTILE)[0]),
            late=float(late(self.deadline_s)[0]),
        )

    def _meanings(self, settings: Settings, now: LoopLatency, hedging: bool) -> dict[str, Value]:
        cameras, base = int(settings["cameras"]), float(now.base_utilization[0])
        batch, left = float(now.mean_batch[0]), self.deadline_s - now.window_s
        copies: Value = msg("edge-copies-never")
        if hedging:
            copies = copies_sent(now)
        together = chosen(cameras * float(settings["frame_rate"]), "frames_per_s")
        return {
            "frame_rate": msg("edge-knee-busy", share=share(base)),
            "batch_window": msg("edge-knee-window", frames=average(batch), left=duration(left)),
            "hedge_after": copies,
            "cameras": msg("edge-knee-together", rate=together),
        }

    def truth(self) -> Truth:
        """P99.9 of the loop at 90% of capacity over that at 45%, one copy and no window."""
        wall = self.wall(0.0)
        loop = self.loop(wall * np.array([0.1, 0.45, 0.9]), 0.0, math.inf)
        idle, low, high = map(float, loop.quantile_s(QUANTILE))
        late = loop.late(self.deadline_s)
        return Truth(
            high / low,
            msg(
                "edge-knee-truth",
                idle=duration(idle),
                low=duration(low),
                high=duration(high),
                deadline=chosen(self.deadline_s, "duration"),
                times=factor(late[2] / late[1]),
                late_low=share(late[1]),
                late_high=share(late[2]),
            ),
        )

    def overlay(self) -> Overlay:
        """P99.9 of the loop against the load from 45% to 90% of capacity, over that at 45%."""
        load = np.linspace(0.45, 0.9, 10)
        tail = self.loop(self.wall(0.0) * load, 0.0, math.inf).quantile_s(QUANTILE)
        shapes = growth(load, self.part.lock.ends)
        return Overlay(msg("overlay-load"), "share", load, tail / tail[0], 0.9, shapes)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the frontier and the tail."""
        return (
            LatencyThroughputFrontier(tuple(POLICIES), BOUNDS_S, MEASURE, "frame_rate"),
            FanOutTail(TAIL_END_S),
        )

    def simulate(self, settings: Settings, seed: int) -> dict[str, Frontier]:
        """Run the pool engine by engine at a few loads, under the policy in play."""
        picture = self.evaluate(settings).pictures[FRONTIER]
        window, after = (
            float(settings["batch_window"]) / 1e3,
            copy_after_s(settings["hedge_after"], self.deadline_s),
        )
        rates = np.array([loop_rate_at(self.call, self.per_frame_s, window, load) for load in DOTS])
        rates = rates[rates <= self.highest_rate]
        found = np.array(
            [
                [
                    np.quantile(self._run(rate, window, after, seed + i), QUANTILE)
                    for i in range(SEEDS)
                ]
                for rate in rates
            ]
        )
        return {FRONTIER: picture.with_dots(dots(rates, found, LOOPS))}

    def _run(self, rate: float, window: float, after: float, seed: int) -> np.ndarray:
        return simulate_loop(
            self.call, self.per_frame_s, rate, window, after, self.fan_out, LOOPS, seed
        ).latency_s

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show frames that gather in a window, and the loop that waits for the slowest call."""
        return edge.loops(self, settings, seed)


SCENARIO = EdgeKnee
