"""Cloud Titan, part 2: one 70B model split over eight H100s, by tensors or by layers.

Each replica takes `tensor_parallel_size * pipeline_parallel_size` GPUs, and as many replicas as
fit share the requests. A setting that needs more GPUs than there are, or whose weights do not fit,
has no latency at all: its metrics are infinite and its pictures say why. Where the formula does
not trust its own median, mostly in pipelines, the median is simulated.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.bisection_gauge import BisectionGauge
from labpy.instruments.figures.latency_waterfall import LatencyWaterfall
from labpy.instruments.figures.reality_check import RealityCheck
from labpy.instruments.figures.request_timeline import RequestTimeline
from labpy.instruments.figures.weight_gather import WeightGather
from labpy.instruments.pictures.bisection_gauge import Bisection, FabricUse
from labpy.instruments.pictures.flow import Flow, Stage
from labpy.instruments.pictures.latency_waterfall import Components, Waterfall
from labpy.instruments.pictures.reality_check import MeasuredPace
from labpy.instruments.pictures.request_timeline import Schedule, Timeline
from labpy.instruments.pictures.weight_gather import GatherVolumes
from labpy.instruments.telling.facts import Formula
from labpy.instruments.telling.latency_waterfall import NOT_MADE
from labpy.instruments.telling.request_timeline import Policy
from labpy.missions import Part
from labpy.models import registry
from labpy.models.economics import cost_per_million_tokens
from labpy.models.measurements import h100_vllm_llama31_70b_fp8
from labpy.models.network import (
    gather_crossover_tokens,
    weight_gathered_bytes,
    weight_stationary_bytes,
)
from labpy.models.serving import (
    Deployment,
    ModelDoesNotFitError,
    closed_loop,
    decode_step,
    open_loop,
    prefill,
    waiting_line,
)
from labpy.models.serving.load import Line
from labpy.models.serving.phases import PhaseTime
from labpy.models.simulation import ServingTrace, simulate_serving, simulate_static
from labpy.scenarios import derivations, flows
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.slots import continuous_schedule, static_schedule
from labpy.scenarios.trusted import CLOSED_LOOP, NETWORK, OPEN_LOOP, STEPS
from labpy.words import Value, amounts, msg

POLICIES = (
    Policy(msg("cloud-knee-static"), msg("cloud-knee-static.phrase")),
    Policy(msg("cloud-knee-continuous"), msg("cloud-knee-continuous.phrase")),
)
NOTHING = Components(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
FULL_SHARDINGS = ((8, 1), (4, 2), (2, 4), (1, 8))  # those that spread one copy over all GPUs
GATHER_TOKENS = np.geomspace(16, 65_536, 60)
GATHER_AXIS_BYTES = (1e5, 1e10)
TTFT_AXIS_S, TPOT_AXIS_S = 0.1, 0.05
SLOTS, BACKLOG, HORIZON_S = 6, 80, 12.0  # of the picture of the slots
REPLY_SEED = 7
MEASURED_CLIENTS, MEASURED_TOKENS, MEASURED_AXIS_S = (4, 8, 16, 32, 64), 1024, 0.035
SIMULATED = 2_000  # requests
FLOW_REQUESTS, FLOW_SPAN_S = 1_500, 3.0  # of the strip: a first token's 50 ms can be seen
UNTRUSTED, UNTRUSTED_SEED = 1_000, 11  # simulated where `open_loop` does not trust itself


@dataclass(frozen=True)
class _Point:
    """What one setting of all knobs gives."""

    ttft: Components
    tpot: Components
    capacity_per_s: float
    utilization: float
    mean_batch: float
    prefill_s: float = math.inf
    missing: Value = ""


class CloudSharding(Scenario):
    """Latency by component of a model split over a fixed number of GPUs."""

    trusts = {  # noqa: RUF012
        LatencyWaterfall.name: (STEPS, OPEN_LOOP),
        RequestTimeline.name: (STEPS,),
        WeightGather.name: (NETWORK,),
        BisectionGauge.name: (NETWORK,),
        RealityCheck.name: (CLOSED_LOOP,),
    }

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.gpus: int = fixed["gpus"]
        self.prompt: int = fixed["input_tokens"]
        self.reply: int = fixed["output_tokens"]
        self.rate: float = fixed["arrival_rate"]
        self._point = lru_cache(maxsize=256)(self._solve)

    def deployment(self, tp: int, pp: int, dtype: str, link: str) -> Deployment:
        """Give one replica; ModelDoesNotFitError if its GPUs cannot hold the weights."""
        return Deployment(
            self.part.fixed["model"], self.part.fixed["accelerator"], tensor_parallel_size=tp,
            pipeline_parallel_size=pp, weight_dtype=dtype, link=link,
        )  # fmt: skip

    def _solve(self, tp: int, pp: int, continuous: bool, dtype: str, link: str) -> _Point:
        missing = self._missing(tp, pp, dtype, link)
        if missing:
            none = {"capacity_per_s": 0.0, "utilization": 0.0, "mean_batch": 0.0}
            return _Point(NOTHING, NOTHING, missing=missing, **none)
        deployment = self.deployment(tp, pp, dtype, link)
        return self._served(deployment, "continuous" if continuous else "static")

    def _served(self, deployment: Deployment, policy: str) -> _Point:
        replicas = self.gpus // deployment.accelerators
        load = open_loop(
            deployment, np.array([self.rate]), self.prompt, self.reply, policy,
            max_batch=self.part.fixed["max_batch"], replicas=replicas,
        )  # fmt: skip
        batch = float(load.mean_batch[0])
        context = self.prompt + self.reply / 2
        first = prefill(deployment, self.prompt)
        outside = deployment.engine.request_overhead_s
        ttft_s, tpot_s = float(load.ttft_p50_s[0]), float(load.tpot_p50_s[0])
        if policy == "continuous" and load.stable[0] and not load.trusted[0]:
            ttft_s, tpot_s = self._simulated(deployment, policy, UNTRUSTED_SEED, UNTRUSTED)
        return _Point(
            ttft=_components(first, ttft_s, outside),
            tpot=_components(decode_step(deployment, max(batch, 1.0), context), tpot_s),
            capacity_per_s=float(load.capacity_requests_per_s),
            utilization=float(load.utilization[0]),
            mean_batch=batch,
            prefill_s=float(first.total_s),
        )

    def _simulated(
        self, deployment: Deployment, policy: str, seed: int, requests: int
    ) -> tuple[float, float]:
        """Give the simulated medians of TTFT and TPOT in seconds, of one replica's requests."""
        trace = self._run(deployment, policy, seed, requests).after()
        return float(np.median(trace.ttft_s)), float(np.median(trace.tpot_s))

    def _run(self, deployment: Deployment, policy: str, seed: int, requests: int) -> ServingTrace:
        per_replica = self.rate / (self.gpus // deployment.accelerators)
        arrivals = np.random.default_rng(seed).exponential(1 / per_replica, requests).cumsum()
        run = simulate_serving if policy == "continuous" else simulate_static
        most = self.part.fixed["max_batch"]
        return run(deployment, arrivals, self.prompt, self.reply, max_batch=most)

    def flow(self, settings: Settings, seed: int) -> Flow | None:
        """Show one copy of the model, its prompts apart from its replies; None if it can't be."""
        if self._point(*_arguments(settings)).missing:
            return None
        tp, pp, continuous, dtype, link = _arguments(settings)
        deployment = self.deployment(tp, pp, dtype, link)
        policy, limit_s = "continuous" if continuous else "static", self.limit("ttft_p50_s")
        copies, slots = self.gpus // (tp * pp), self.part.fixed["max_batch"]
        line = waiting_line(
            deployment, self.rate / copies, self.prompt, self.reply, policy,
            limit_s * flows.ABOUT, max_batch=slots,
        )  # fmt: skip
        if pp > 1 and math.isfinite(line.waiting):  # a pipeline, which the formula leaves out
            line = Line(math.nan, math.nan, np.full(flows.ABOUT.shape, math.nan))
        return flows.of_replica(
            self._run(deployment, policy, seed, FLOW_REQUESTS),
            line,
            stages=(Stage(msg("flow-prefill"), slots), Stage(msg("flow-decode"), slots)),
            span_s=FLOW_SPAN_S,
            limit_s=limit_s,
            batches=not continuous,
            of=msg("flow-one-of-replicas", replicas=copies),
        )

    def ahead(self, settings: Settings) -> Iterator[Settings]:
        """Name what one change of a dial would give: a pipeline's median is simulated."""
        for knob in self.part.knobs:
            values = knob.choices or (False, True)
            yield from ({**settings, knob.key: value} for value in values)

    def evaluate(self, settings: Settings) -> Outcome:
        """Give both latencies by component, throughput, cost, and what the links carry."""
        tp, pp = _degrees(settings)
        point = self._point(*_arguments(settings))
        shown = point.ttft.total_s if not point.missing else math.inf
        tokens_per_s = point.capacity_per_s * self.reply * self.part.fixed["planned_utilization"]
        metrics = {
            "ttft_p50_s": shown,
            "tpot_p50_s": point.tpot.total_s if not point.missing else math.inf,
            "output_tokens_per_s": tokens_per_s,
            "cost_per_million_usd": float(
                cost_per_million_tokens(self._price_per_hour, tokens_per_s)
            ),
            "gpus": float(tp * pp),
            "fits": 0.0 if point.missing and tp * pp <= self.gpus else 1.0,
            "utilization": point.utilization,
        }
        pictures = {
            LatencyWaterfall.name: self._waterfall(point),
            RequestTimeline.name: self._timeline(settings, point),
            WeightGather.name: self._gather(tp, str(settings["weight_dtype"])),
            BisectionGauge.name: self._bisection(settings),
            RealityCheck.name: measured_point(tp, pp),
        }
        instead = NOT_MADE if point.missing else ""
        return Outcome(metrics, pictures, self._meanings(settings, point), instead)

    def derived(self, settings: Settings, outcome: Outcome) -> tuple[Formula, ...]:  # noqa: ARG002
        """What a million tokens cost."""
        tokens_per_s = self._point(*_arguments(settings)).capacity_per_s * self.reply
        share = self.part.fixed["planned_utilization"]
        return (derivations.million_tokens(self._price_per_hour, tokens_per_s, share),)

    def known(self, settings: Settings) -> tuple[Value, ...]:
        """Whether the weights fit, how many GPUs are used, and what they cost by the hour."""
        missing = self._missing(*_split(settings))
        if missing:
            return (missing,)
        gpus = math.prod(_degrees(settings))
        used = self.gpus // gpus * gpus
        price = amounts.money(self._price_per_hour)
        return (msg("cloud-sharding-known", gpus=used, there=self.gpus, price=price),)

    def unmade(self, settings: Settings) -> Value:
        """Tell that a split does not fit."""
        return NOT_MADE if self._missing(*_split(settings)) else ""

    def _missing(self, tp: int, pp: int, dtype: str, link: str) -> Value:
        """Tell what a split lacks: GPUs, or memory for the weights; "" if nothing."""
        gpus, there = tp * pp, self.gpus
        if gpus > there:
            return msg("cloud-sharding-too-many", tp=tp, pp=pp, gpus=gpus, there=there)
        try:
            self.deployment(tp, pp, dtype, link)
        except ModelDoesNotFitError:
            return msg("cloud-sharding-unfit", gpus=gpus, dtype=dtype.upper())
        return ""

    @cached_property
    def _outside_s(self) -> float:
        """Seconds of a request that are spent outside the model, whatever the split."""
        return self.deployment(self.gpus, 1, "fp8", "nvlink4").engine.request_overhead_s

    @cached_property
    def _price_per_hour(self) -> float:
        chip = registry.accelerator(self.part.fixed["accelerator"])
        return self.gpus * chip.price_per_hour_usd

    def _waterfall(self, point: _Point) -> Waterfall:
        start = self._point(*_arguments(self.part.start()))
        alone = msg(
            "cloud-sharding-alone",
            tokens=self.prompt,
            prefill=amounts.duration(point.prefill_s),
            outside=amounts.chosen(self._outside_s, "duration"),
        )
        return Waterfall(
            ttft=point.ttft,
            tpot=point.tpot,
            ttft_limit_s=self.limit("ttft_p50_s"),
            tpot_limit_s=self.limit("tpot_p50_s"),
            ghost_ttft=start.ttft,
            ghost_tpot=start.tpot,
            missing=point.missing,
            alone="" if point.missing else alone,
        )

    @cached_property
    def _replies(self) -> np.ndarray:
        """Tokens of the replies in the picture of the slots: exponential, an assumption."""
        drawn = np.random.default_rng(REPLY_SEED).exponential(self.reply, BACKLOG)
        return np.ceil(drawn).astype(int)

    def _timeline(self, settings: Settings, point: _Point) -> Timeline:
        if point.missing:
            none = np.array([])
            empty = Schedule(none, none, none, none, none)
            return Timeline((empty, empty), HORIZON_S)
        tp, pp, _, dtype, link = _arguments(settings)
        deployment = self.deployment(tp, pp, dtype, link)
        context = self.prompt + self.reply / 2
        step_s = float(decode_step(deployment, SLOTS, context).total_s)
        prefill_s = float(prefill(deployment, self.prompt).total_s)
        made = (
            draw(SLOTS, prefill_s, step_s, self._replies)
            for draw in (static_schedule, continuous_schedule)
        )
        return Timeline(tuple(_until(each, HORIZON_S) for each in made), HORIZON_S)

    def _gather(self, tp: int, dtype: str) -> GatherVolumes:
        model = registry.language_model(self.part.fixed["model"])
        gathered = float(weight_gathered_bytes(model, tp, dtype))
        return GatherVolumes(
            batch_tokens=GATHER_TOKENS,
            stationary_bytes=weight_stationary_bytes(model, GATHER_TOKENS, tp),
            gathered_bytes=np.full(GATHER_TOKENS.shape, gathered),
            # One GPU sends nothing either way, so the two never meet.
            crossover_tokens=gather_crossover_tokens(model, weight_dtype=dtype)
            if tp > 1
            else math.inf,
            tokens_now=float(self.prompt),
            stationary_now_bytes=float(weight_stationary_bytes(model, self.prompt, tp)),
            gathered_now_bytes=gathered,
        )

    def _bisection(self, settings: Settings) -> Bisection:
        tp, pp, _, dtype, link = _arguments(settings)
        mine = self._fabric_use(tp, pp, dtype, link)
        return Bisection(
            (mine, *(self._fabric_use(*each, dtype, link) for each in FULL_SHARDINGS)), 0
        )

    def _fabric_use(self, tp: int, pp: int, dtype: str, link_key: str) -> FabricUse:
        """What crosses from one half of the GPUs to the other while prompts fill every step.

        A group that fits in a half stays there. In an all-reduce over all GPUs each sends
        `2 (p - 1) / p` of the activations, `p / 2 / (p - 1)` of that to the other half. In a
        pipeline over all GPUs the activations cross once.
        """
        link = registry.link(link_key)
        per_gpu = link.bandwidth_bytes_per_s * min(link.bulk_efficiency, 1.0)
        available = self.gpus / 2 * per_gpu
        if tp * pp != self.gpus:
            return FabricUse(0.0, available)
        deployment = self.deployment(tp, pp, dtype, link_key)
        prompts = deployment.engine.max_batched_tokens // self.prompt
        model = deployment.model
        activations = 2.0 * prompts * self.prompt * model.hidden  # in BF16
        crossings = 2 * model.layers * self.gpus / 2 if pp == 1 else 1
        took_s = float(prefill(deployment, self.prompt, prompts).total_s)
        return FabricUse(crossings * activations / took_s, available)

    def _meanings(self, settings: Settings, point: _Point) -> dict[str, Value]:
        tp, pp = _degrees(settings)
        heads = registry.language_model(self.part.fixed["model"]).heads
        layers = registry.language_model(self.part.fixed["model"]).layers
        replicas = self.gpus // (tp * pp)
        if point.missing:
            queue = msg("cloud-sharding-nothing")
        elif not math.isfinite(point.ttft.total_s):
            queue = msg("cloud-sharding-endless")
        else:
            queue = msg("cloud-batch", batch=amounts.average(point.mean_batch))
        return {
            "tensor_parallel_size": msg("cloud-sharding-heads", heads=heads // tp, whole=heads),
            "pipeline_parallel_size": msg(
                "cloud-sharding-layers", layers=layers // pp, copies=replicas
            ),
            "continuous_batching": queue,
            "weight_dtype": msg(
                "cloud-sharding-weights", memory=amounts.memory(self._weight_bytes(settings))
            ),
            "link": msg("cloud-sharding-link", share=amounts.share(_share(point.ttft))),
        }

    def _weight_bytes(self, settings: Settings) -> float:
        tp, pp = _degrees(settings)
        model = registry.language_model(self.part.fixed["model"])
        width = registry.dtype_bytes(str(settings["weight_dtype"]))
        tables = 2 * 2 * model.head_parameters  # embedding and output head stay in BF16
        return (model.matrix_parameters * width + tables) / (tp * pp)

    def truth(self) -> Truth:
        """Time of one request's prefill with PP over all GPUs, against that with TP."""
        start = self.part.start()
        dtype, link = str(start["weight_dtype"]), str(start["link"])
        whole = prefill(self.deployment(1, 1, dtype, link), self.prompt)
        layers = prefill(self.deployment(1, self.gpus, dtype, link), self.prompt)
        tensors = prefill(self.deployment(self.gpus, 1, dtype, link), self.prompt)
        fixed_s = float(tensors.communication_s + tensors.overhead_s)
        return Truth(
            float(layers.total_s / tensors.total_s),
            msg(
                "cloud-sharding-truth",
                tokens=self.prompt,
                whole=amounts.duration(whole.total_s),
                layers=amounts.duration(layers.total_s),
                tensors=amounts.duration(tensors.total_s),
                gpus=self.gpus,
                fixed=amounts.duration(fixed_s),
            ),
        )

    def overlay(self) -> Overlay:
        """Prefill of a pipeline over that of a tensor split, against the GPUs in the group."""
        start = self.part.start()
        how = str(start["weight_dtype"]), str(start["link"])
        group = (2 ** np.arange(1 + self.gpus.bit_length() - 1)).astype(float)
        slower = [
            float(
                prefill(self.deployment(1, n, *how), self.prompt).total_s
                / prefill(self.deployment(n, 1, *how), self.prompt).total_s
            )
            for n in map(int, group)
        ]
        shapes = {
            key: 1.0 + (end - 1.0) * (group - 1.0) / (self.gpus - 1.0)
            for key, end in self.part.lock.ends.items()
        }
        across = msg("overlay-gpus")
        return Overlay(across, "count", group, np.array(slower), float(self.gpus), shapes)

    def simulate(self, settings: Settings, seed: int) -> dict[str, Waterfall]:
        """Set the simulated median latencies under the bars."""
        picture = self.evaluate(settings).pictures[LatencyWaterfall.name]
        tp, pp, continuous, dtype, link = _arguments(settings)
        if picture.missing or not math.isfinite(picture.ttft.total_s):
            return {}
        deployment = self.deployment(tp, pp, dtype, link)
        policy = "continuous" if continuous else "static"
        medians = self._simulated(deployment, policy, seed, SIMULATED)
        ghosts = (
            replace(now, queue_s=max(now.queue_s + found - now.total_s, 0.0))
            for now, found in zip((picture.ttft, picture.tpot), medians, strict=True)
        )
        ttft, tpot = ghosts
        label = msg("cloud-sharding-simulated", requests=SIMULATED)
        made = replace(picture, ghost_ttft=ttft, ghost_tpot=tpot, ghost_label=label)
        return {LatencyWaterfall.name: made}

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the waterfall, the slots, the weight-gather volumes and the gauge."""
        names = tuple(_name(tp, pp) for tp, pp in FULL_SHARDINGS)
        return (
            LatencyWaterfall(TTFT_AXIS_S, TPOT_AXIS_S),
            RequestTimeline(POLICIES, SLOTS, HORIZON_S),
            WeightGather((GATHER_TOKENS[0], GATHER_TOKENS[-1]), GATHER_AXIS_BYTES),
            BisectionGauge((msg("cloud-sharding-yours"), *names)),
            RealityCheck(MEASURED_CLIENTS, MEASURED_AXIS_S),
        )


@lru_cache(maxsize=16)
def measured_point(tensor_parallel_size: int, pipeline_parallel_size: int) -> MeasuredPace:
    """Set the measured rows of a TP degree beside the model; the nearest degree if there is none.

    The benchmark's own setting: Llama 3.1 70B in FP8, 1,024 tokens in and out.
    """
    measured = h100_vllm_llama31_70b_fp8()
    degrees = sorted({row.tensor_parallel_size for row in measured.rows})
    degree = min(degrees, key=lambda each: abs(each - tensor_parallel_size))
    rows = [
        row
        for row in measured.rows
        if (row.tensor_parallel_size, row.input_tokens, row.output_tokens)
        == (degree, MEASURED_TOKENS, MEASURED_TOKENS)
    ]
    clients = np.array([row.concurrency for row in rows])
    deployment = Deployment(
        measured.model,
        measured.accelerator,
        tensor_parallel_size=degree,
        weight_dtype=measured.weight_dtype,
        engine=measured.engine,
    )
    curve = np.arange(MEASURED_CLIENTS[0], MEASURED_CLIENTS[-1] + 1)
    note: Value = ""
    if degree != tensor_parallel_size or pipeline_parallel_size > 1:
        note = msg("cloud-sharding-nearest")
    return MeasuredPace(
        setting=msg("cloud-sharding-measured", gpus=degree, tokens=MEASURED_TOKENS),
        concurrency=clients,
        measured_s=np.array([row.tpot_s for row in rows]),
        predicted_s=closed_loop(deployment, clients, MEASURED_TOKENS, MEASURED_TOKENS).tpot_s,
        curve_concurrency=curve,
        curve_s=closed_loop(deployment, curve, MEASURED_TOKENS, MEASURED_TOKENS).tpot_s,
        source=measured.source,
        note=note,
    )


SCENARIO = CloudSharding


def _degrees(settings: Settings) -> tuple[int, int]:
    return int(settings["tensor_parallel_size"]), int(settings["pipeline_parallel_size"])


def _arguments(settings: Settings) -> tuple[int, int, bool, str, str]:
    return (
        *_degrees(settings), bool(settings["continuous_batching"]),
        str(settings["weight_dtype"]), str(settings["link"]),
    )  # fmt: skip


def _split(settings: Settings) -> tuple[int, int, str, str]:
    return *_degrees(settings), str(settings["weight_dtype"]), str(settings["link"])


def _components(phase: PhaseTime, total_s: float, outside_s: float = 0.0) -> Components:
    """Split a latency under load; what the phase alone does not explain is the queue."""
    alone = float(phase.total_s) + outside_s
    return Components(
        queue_s=max(total_s - alone, 0.0),
        compute_s=float(phase.compute_s),
        memory_s=float(phase.memory_s),
        communication_s=float(phase.communication_s),
        bubble_s=float(phase.bubble_s),
        overhead_s=float(phase.overhead_s) + outside_s,
    )


def _share(ttft: Components) -> float:
    total = ttft.total_s
    return ttft.communication_s / total if 0 < total < math.inf else 0.0


def _name(tp: int, pp: int) -> str:
    return " × ".join(f"{n} {d}" for n, d in (("TP", tp), ("PP", pp)) if d > 1)


def _until(schedule: Schedule, horizon_s: float) -> Schedule:
    """Leave out the requests that start after the horizon."""
    shown = schedule.start_s < horizon_s
    return Schedule(*(getattr(schedule, name)[shown] for name in vars(schedule)))
