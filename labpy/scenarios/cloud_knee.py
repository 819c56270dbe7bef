"""Cloud Titan, part 1: where the latency of a fleet of H100s turns upward.

Eight GPUs serve Llama-3-70B as one, two or four replicas. What changes with the knobs is the
arrival rate, the batch window of static batching, the split into replicas, and the policy.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.frontier import LatencyThroughputFrontier
from labpy.instruments.pictures.dots import dots
from labpy.instruments.pictures.flow import Flow, Stage
from labpy.instruments.pictures.frontier import CEILING, Frontier, FrontierCurve, Measure
from labpy.instruments.telling.facts import Formula
from labpy.missions import Part
from labpy.models.serving import (
    Deployment,
    ServingLoad,
    capacity_requests_per_s,
    knee_arrival_rate,
    open_loop,
    waiting_line,
)
from labpy.models.simulation import ServingTrace, simulate_serving, simulate_static
from labpy.scenarios import derivations, flows
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.grades import Graded, without_knee
from labpy.scenarios.overlay import Overlay, growth
from labpy.scenarios.trusted import BATCHING, OPEN_LOOP
from labpy.words import Value, amounts, msg

POLICIES = {
    "static": (msg("cloud-knee-static"), msg("cloud-knee-static.phrase")),
    "continuous": (msg("cloud-knee-continuous"), msg("cloud-knee-continuous.phrase")),
}
MEASURE = Measure(msg("cloud-knee-latency"))
PICTURE = LatencyThroughputFrontier.name
# Where a curve is drawn, as shares of its own capacity: closer together towards the wall.
UTILIZATION = np.concatenate([np.linspace(0.02, 0.9, 89), 1 - np.geomspace(0.095, 0.004, 50)])
ROUGH = 5  # points of a curve while a knob moves
DOTS = (0.3, 0.6, 0.8, 0.9)  # of capacity: where the simulation is run
SEEDS = 3
REQUESTS = 5_000
BOUNDS_S = (0.03, 100.0)
FLOW_SPAN_S = 40.0  # two static batches of one replica pass in it
# Of the strip: a static batch is simulated as fast as one request that joins a batch. Near the
# capacity a line takes long to form and to go.
FLOW_STATIC, FLOW_CONTINUOUS, FLOW_NEAR_CAPACITY = 20_000, 1_500, 4_000
FLOW_NEAR = 0.7  # of the capacity


class CloudKnee(Scenario):
    """Latency against throughput of one model on a fixed number of GPUs."""

    trusts = {  # noqa: RUF012
        PICTURE: (OPEN_LOOP, BATCHING),
    }

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.gpus: int = fixed["gpus"]
        self.prompt: int = fixed["input_tokens"]
        self.reply: int = fixed["output_tokens"]
        self.longest_reply: int = fixed["longest_output_tokens"]
        self.slots: int = fixed["max_batch"]
        self.highest_rate = float(part.knob("arrival_rate").high)
        self._curve = Graded(self._solve, UTILIZATION, ROUGH, roughen=without_knee)

    def deployment(self, replicas: int) -> Deployment:
        """Give one replica: the model on its share of the GPUs."""
        return Deployment(
            self.part.fixed["model"],
            self.part.fixed["accelerator"],
            tensor_parallel_size=self.gpus // replicas,
            weight_dtype=self.part.fixed["weight_dtype"],
        )

    def _load(self, policy: str, window_s: float, replicas: int, rate: np.ndarray) -> ServingLoad:
        static = policy == "static"
        return open_loop(
            self.deployment(replicas),
            rate,
            self.prompt,
            self.longest_reply if static else self.reply,
            policy,
            batch_window_s=window_s if static else 0.0,
            max_batch=self.slots,
            replicas=replicas,
        )

    def _capacity(self, policy: str, replicas: int) -> float:
        reply = self.longest_reply if policy == "static" else self.reply
        deployment = self.deployment(replicas)
        return capacity_requests_per_s(deployment, self.prompt, reply, policy, self.slots, replicas)

    def _solve(
        self, policy: str, window_s: float, replicas: int, loads: np.ndarray
    ) -> FrontierCurve:
        rate = self._capacity(policy, replicas) * loads
        load = self._load(policy, window_s, replicas, rate)
        label, phrase = POLICIES[policy]
        knee = int(np.searchsorted(rate, knee_arrival_rate(rate, load.ttft_p99_s)))
        return FrontierCurve(
            key=policy,
            label=label,
            phrase=phrase,
            arrival_rate=rate,
            p50_s=load.ttft_p50_s,
            quantile_s=load.ttft_p99_s,
            capacity=float(load.capacity_requests_per_s),
            knee_rate=float(rate[knee]),
            knee_s=float(load.ttft_p99_s[knee]),
        )

    def evaluate(self, settings: Settings) -> Outcome:
        """Solve both policies and the operating point."""
        return self._outcome(settings, rough=False)

    def derived(self, settings: Settings, outcome: Outcome) -> tuple[Formula, ...]:  # noqa: ARG002
        """Where the knee of the present curve is, and why."""
        curve = outcome.pictures[LatencyThroughputFrontier.name].curve
        if not math.isfinite(curve.knee_s):
            return ()
        rate, capacity = map(amounts.requests_per_s, (curve.knee_rate, curve.capacity))
        return (derivations.knee(rate, capacity),)

    def sketch(self, settings: Settings) -> Outcome:
        """Solve the operating point, and the curves through a few points."""
        return self._outcome(settings, rough=True)

    def _outcome(self, settings: Settings, rough: bool) -> Outcome:
        rate, window = float(settings["arrival_rate"]), float(settings["batch_window"])
        replicas, policy = int(settings["replicas"]), str(settings["policy"])
        windows = {"static": window, "continuous": 0.0}  # continuous batching has none
        curves = tuple(self._curve(key, windows[key], replicas, rough=rough) for key in POLICIES)
        load = self._load(policy, window, replicas, np.array([rate]))
        p99, capacity = float(load.ttft_p99_s[0]), float(load.capacity_requests_per_s)
        picture = Frontier(
            measure=MEASURE,
            curves=curves,
            current=policy,
            arrival_rate=rate,
            p50_s=float(load.ttft_p50_s[0]),
            quantile_s=p99,
            utilization=rate / capacity,
            limit_s=self.limit("ttft_p99_s"),
            highest_rate=self.highest_rate,
        )
        picture = replace(picture, notes=_notes(picture, trusted=bool(load.trusted[0])))
        metrics = {
            "ttft_p99_s": p99,
            "tpot_p99_s": float(load.tpot_p99_s[0]),
            "served_per_s": min(rate, capacity),
            "utilization": rate / capacity,
        }
        batch = float(load.mean_batch[0])
        meanings = self._meanings(picture, window, replicas, batch)
        return Outcome(metrics, {PICTURE: picture}, meanings)

    def _meanings(
        self, picture: Frontier, window_s: float, replicas: int, batch: float
    ) -> dict[str, Value]:
        first, running = msg("cloud-knee-window-ignored"), batch / self.slots
        if picture.current == "static":
            expected = picture.arrival_rate / replicas * window_s
            first = msg("cloud-knee-window", more=amounts.average(expected))
            running *= self.reply / self.longest_reply  # a slot is held to the end of the longest
        return {
            "arrival_rate": msg("cloud-knee-utilization", share=amounts.share(picture.utilization)),
            "batch_window": first,
            "replicas": msg(
                "cloud-knee-capacity", rate=amounts.requests_per_s(picture.curve.capacity)
            ),
            "policy": msg(
                "cloud-knee-slots",
                batch=amounts.average(batch),
                running=amounts.share(min(running, 1.0)),
            ),
        }

    @cached_property
    def _growth(self) -> tuple[np.ndarray, np.ndarray]:
        """P99 time to first token against the load, batching continuously, as at the start."""
        arguments = ("continuous", 0.0, int(self.part.start()["replicas"]))
        load = np.append(np.linspace(0.45, 0.9, 19), [0.95, 0.99])
        return load, self._load(*arguments, self._curve(*arguments).capacity * load).ttft_p99_s

    def truth(self) -> Truth:
        """P99 time to first token at 90% of capacity over that at 45%, batching continuously."""
        load, tail = self._growth
        low, ceiling, high, brink, edge = (
            float(tail[np.isclose(load, each)][0]) for each in (0.45, CEILING, 0.9, 0.95, 0.99)
        )
        return Truth(
            high / low,
            msg(
                "cloud-knee-truth",
                at_45=amounts.duration(low),
                at_80=amounts.duration(ceiling),
                at_90=amounts.duration(high),
                at_95=amounts.duration(brink),
                at_99=amounts.duration(edge),
            ),
        )

    def overlay(self) -> Overlay:
        """P99 against the load from 45% to 90% of capacity, over that at 45%."""
        load, tail = (each[:19] for each in self._growth)
        shapes = growth(load, self.part.lock.ends)
        return Overlay(msg("overlay-load"), "share", load, tail / tail[0], 0.9, shapes)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the frontier."""
        return (LatencyThroughputFrontier(tuple(POLICIES), BOUNDS_S, MEASURE, "arrival_rate"),)

    def simulate(self, settings: Settings, seed: int) -> dict[str, Frontier]:
        """Run the step-by-step simulator at a few loads of the policy in play."""
        picture = self.evaluate(settings).pictures[PICTURE]
        rates = picture.curve.capacity * np.array(DOTS)
        p99 = np.array(
            [
                [self._simulated_p99(settings, rate, seed + i) for i in range(SEEDS)]
                for rate in rates
            ]
        )
        return {PICTURE: picture.with_dots(dots(rates, p99, REQUESTS))}

    def _simulated_p99(self, settings: Settings, rate: float, seed: int) -> float:
        trace = self._run(settings, rate, seed, REQUESTS)
        return float(np.quantile(trace.after().ttft_s, 0.99))

    def _run(self, settings: Settings, rate: float, seed: int, requests: int) -> ServingTrace:
        """Simulate one replica's requests, at a rate of the whole fleet."""
        rng = np.random.default_rng(seed)
        replicas = int(settings["replicas"])
        arrivals = np.cumsum(rng.exponential(replicas / rate, requests))
        deployment = self.deployment(replicas)
        if settings["policy"] == "static":
            window_s = float(settings["batch_window"])
            return simulate_static(
                deployment, arrivals, self.prompt, self.longest_reply, self.slots, window_s
            )
        return simulate_serving(deployment, arrivals, self.prompt, self.reply, self.slots)

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show one replica: batches that form and leave together, or slots that refill."""
        rate, replicas = float(settings["arrival_rate"]), int(settings["replicas"])
        static = settings["policy"] == "static"
        near = rate > FLOW_NEAR * self._capacity("continuous", replicas)
        requests = FLOW_NEAR_CAPACITY if near else FLOW_CONTINUOUS
        requests = FLOW_STATIC if static else requests
        limit_s = self.limit("ttft_p99_s")
        line = waiting_line(
            self.deployment(replicas),
            rate / replicas,
            self.prompt,
            self.longest_reply if static else self.reply,
            str(settings["policy"]),
            limit_s * flows.ABOUT,
            float(settings["batch_window"]) if static else 0.0,
            self.slots,
        )
        return flows.of_replica(
            self._run(settings, rate, seed, requests),
            line,
            stages=(Stage(msg("flow-batch"), self.slots),),
            span_s=FLOW_SPAN_S,
            limit_s=limit_s,
            batches=static,
            of=msg("flow-one-of-replicas", replicas=replicas),
        )


def _notes(picture: Frontier, *, trusted: bool) -> tuple[Value, ...]:
    """Say where the knee is, and what the formula is worth where it is not trusted."""
    notes: list[Value] = []
    knee = picture.curve
    if math.isfinite(knee.knee_s):
        side = "safe" if picture.arrival_rate <= knee.knee_rate else "beyond"
        notes.append(msg("cloud-knee-note", rate=amounts.requests_per_s(knee.knee_rate), side=side))
    if math.isfinite(picture.quantile_s) and not trusted:
        notes.append(msg("cloud-knee-untrusted"))
    return tuple(notes)


SCENARIO = CloudKnee
