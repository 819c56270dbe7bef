"""Mobile Nomad, part 1: frames that stutter far below the knee, and messages that are gathered.

Glasses share one channel and one node. The knobs are how many of them there are, how long a
message waits for company, and what share of messages the mesh stalls.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.frame_timeline import FrameTimeline
from labpy.instruments.figures.frontier import LatencyThroughputFrontier
from labpy.instruments.pictures.dots import dots
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.frame_timeline import FrameStatistics
from labpy.instruments.pictures.frontier import Frontier, FrontierCurve, Measure
from labpy.missions import Part
from labpy.models.gathering import (
    Departures,
    GatheredFrames,
    departures,
    gathered_frames,
    simulate_gathered,
    stalled_frames,
)
from labpy.models.serving import knee_arrival_rate
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.frames import DRAWN, LEVELS, both, frames, home_stall_share, mesh
from labpy.scenarios.grades import Graded, without_knee
from labpy.scenarios.overlay import Overlay, growth
from labpy.scenarios.passing import mobile
from labpy.words import Value, msg
from labpy.words.amounts import beside, chosen, count, duration, share

AT_ONCE, SET = "at_once", "set"
LABELS = {
    AT_ONCE: (msg("mobile-knee-at-once"), msg("mobile-knee-at-once.phrase")),
    SET: (msg("mobile-knee-set"), msg("mobile-knee-set.phrase")),
}
MEASURE = Measure(msg("mobile-knee-latency"), rate="frames_per_s")
FRONTIER, TIMELINE = LatencyThroughputFrontier.name, FrameTimeline.name
LOADS = np.concatenate([np.linspace(0.05, 0.85, 9), np.linspace(0.88, 0.99, 7)])
ROUGH = 4  # points of a curve while a knob moves
BOUNDS_S = (0.01, 0.3)
LONGEST_S = 0.1
DOTS = (4, 8, 12)  # glasses at which the simulation is run
SEEDS = 3


class MobileKnee(Scenario):
    """Frame time against frames a second of glasses that share a channel and a node."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.frame_rate: float = fixed["frame_rate"]
        self.deadline_s = 1.0 / self.frame_rate
        self.highest_rate = part.knob("glasses").high * self.frame_rate
        self._curve = Graded(self._solve, LOADS, ROUGH, roughen=without_knee)
        self._point = lru_cache(maxsize=64)(self._point_of)
        self._capacity = lru_cache(maxsize=64)(self._capacity_of)

    def sent(self, window_ms: float) -> Departures:
        """Give the messages of a frame under a window."""
        return departures(self.part.fixed["regions"], self.part.fixed["scan_s"], window_ms / 1e3)

    def law(self, rate: np.ndarray, window_ms: float, stalls: float) -> GatheredFrames:
        """Give the law of frame times at some frames a second of all glasses together."""
        fixed = self.part.fixed
        return gathered_frames(
            mesh(stalls / 100), rate, fixed["frame_bytes"], fixed["node_s"], self.sent(window_ms)
        )

    def _capacity_of(self, window_ms: float) -> float:
        """Frames a second that channel and node can carry; stalls take none of their time."""
        return self.law(np.ones(1), window_ms, 0.0).capacity

    def _solve(self, window_ms: float, stalls: float, key: str, loads: np.ndarray) -> FrontierCurve:
        capacity = self._capacity(window_ms)
        rate = capacity * loads
        law = self.law(rate, window_ms, stalls)
        p99 = law.quantile_s(0.99)
        knee = int(np.searchsorted(rate, knee_arrival_rate(rate, p99)))
        label, phrase = LABELS[key]
        return FrontierCurve(
            key=key,
            label=label,
            phrase=phrase,
            arrival_rate=rate,
            p50_s=law.quantile_s(0.5),
            quantile_s=p99,
            capacity=capacity,
            knee_rate=float(rate[knee]),
            knee_s=float(p99[knee]),
        )

    def _point_of(self, glasses: int, window_ms: float, stalls: float) -> GatheredFrames:
        return self.law(np.array([glasses * self.frame_rate]), window_ms, stalls)

    def evaluate(self, settings: Settings) -> Outcome:
        """Solve both curves and the operating point."""
        return self._outcome(settings, rough=False)

    def sketch(self, settings: Settings) -> Outcome:
        """Solve the operating point, and the curves through a few points."""
        return self._outcome(settings, rough=True)

    def _outcome(self, settings: Settings, rough: bool) -> Outcome:
        glasses, window = int(settings["glasses"]), float(settings["batch_window"])
        stalls = float(settings["stalls"])
        law = self._point(glasses, window, stalls)
        times_s = law.quantiles_s(LEVELS)
        mean, stutter = float(law.mean_s[0]), float(law.stutter(self.deadline_s)[0])
        busy = max(float(law.channel_utilization[0]), float(law.node_utilization[0]))
        frontier = Frontier(
            measure=MEASURE,
            curves=both(
                self._curve(0.0, stalls, AT_ONCE, rough=rough),
                self._curve(window, stalls, SET, rough=rough),
            ),
            current=SET,
            arrival_rate=glasses * self.frame_rate,
            p50_s=float(times_s[times_s.size // 2]),
            quantile_s=float(law.quantile_s(0.99)[0]),
            utilization=glasses * self.frame_rate / law.capacity,
            limit_s=self.deadline_s,
            highest_rate=self.highest_rate,
            mean_response_s=mean,
        )
        metrics = {
            "stutter": stutter,
            "mean_frame_s": mean,
            "p99_frame_s": frontier.quantile_s,
            "glasses": float(glasses),
            "stalls": stalls / 100,
            "utilization": busy,
            "stalled_frames": float(stalled_frames(stalls / 100, law.sent.messages)),
            "last_departure_s": law.sent.at_s[-1],
        }
        pictures = {
            FRONTIER: frontier,
            TIMELINE: frames(
                times_s,
                self.deadline_s,
                self.limit("stutter"),
                FrameStatistics(mean, frontier.quantile_s, stutter),
            ),
        }
        return Outcome(metrics, pictures, self._meanings(law, stalls))

    def _meanings(self, law: GatheredFrames, stalls: float) -> dict[str, Value]:
        messages = law.sent.messages
        alone, together = (float(stalled_frames(stalls / 100, messages, c)) for c in (0.0, 1.0))
        return {
            "glasses": msg(
                "mobile-busy",
                air=beside(share(law.channel_utilization[0]), 1.0),
                node=beside(share(law.node_utilization[0]), 1.0),
            ),
            "batch_window": msg(
                "mobile-knee-messages", messages=count(messages), last=duration(law.sent.at_s[-1])
            ),
            "stalls": msg(
                "mobile-knee-stalled",
                messages=count(messages),
                share=share(alone),
                together=share(together),
                home=chosen(home_stall_share(), "share"),
            ),
        }

    def truth(self) -> Truth:
        """P99 frame time at 90% of capacity over that at 45%, as the mission starts."""
        start = self.part.start()
        window, stalls = float(start["batch_window"]), float(start["stalls"])
        capacity = self._curve(window, stalls, SET).capacity
        law = self.law(capacity * np.array([0.45, 0.9]), window, stalls)
        low, high = map(float, law.quantile_s(0.99))
        late_low, late_high = map(float, law.stutter(self.deadline_s))
        return Truth(
            high / low,
            msg(
                "mobile-knee-truth",
                low=duration(low),
                high=duration(high),
                late_low=share(late_low),
                late_high=share(late_high),
            ),
        )

    def overlay(self) -> Overlay:
        """P99 frame time against the load from 45% to 90% of capacity, over that at 45%."""
        start = self.part.start()
        window, stalls = float(start["batch_window"]), float(start["stalls"])
        load = np.linspace(0.45, 0.9, 10)
        capacity = self._curve(window, stalls, SET).capacity
        tail = self.law(capacity * load, window, stalls).quantile_s(0.99)
        shapes = growth(load, self.part.lock.ends)
        return Overlay(msg("overlay-load"), "share", load, tail / tail[0], 0.9, shapes)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the frontier and the timeline."""
        return (
            LatencyThroughputFrontier(tuple(LABELS), BOUNDS_S, MEASURE, "glasses"),
            FrameTimeline(DRAWN, LONGEST_S),
        )

    def simulate(self, settings: Settings, seed: int) -> dict[str, Frontier]:
        """Run frames of a few numbers of glasses through the channel and the node."""
        picture = self.evaluate(settings).pictures[FRONTIER]
        fixed, sent = self.part.fixed, self.sent(float(settings["batch_window"]))
        channel = mesh(float(settings["stalls"]) / 100)
        counts = [n for n in DOTS if n * self.frame_rate < picture.curve.capacity]
        p99 = np.array(
            [
                [
                    np.quantile(
                        simulate_gathered(
                            channel, n, fixed["frame_bytes"], fixed["node_s"], sent,
                            frame_rate=self.frame_rate, seed=seed + i,
                        ),
                        0.99,
                    )
                    for i in range(SEEDS)
                ]
                for n in counts
            ]
        )  # fmt: skip
        rates = np.array(counts) * self.frame_rate
        return {FRONTIER: picture.with_dots(dots(rates, p99, 600))}

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show regions that leave in messages, and what a stall holds up."""
        return mobile.regions(self, settings, seed)


SCENARIO = MobileKnee
