"""Cloud Titan, part 3: how many users the KV cache holds, and what a user costs.

Four replicas of two H100s serve from a queue that never runs dry. A slice of one replica's cache is
simulated block by block; its batch, preemptions and stalls give the pace of a reply and the users
that the fleet carries. One step of the simulation stands for the tokens of one block, so the part
of a last block that stays empty (below 1%) is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import GIGABYTES
from labpy.instruments.figures.budget_bars import BudgetBars
from labpy.instruments.figures.cost_per_user import CostPerUser
from labpy.instruments.figures.kv_cache_heatmap import KVCacheHeatmap
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.cost_per_user import UserCost
from labpy.instruments.pictures.flow import Flow, Stage
from labpy.instruments.pictures.kv_cache_heatmap import CacheFilm, sampled
from labpy.instruments.telling.facts import Formula
from labpy.missions import Part
from labpy.models import registry
from labpy.models.economics import cost_per_user_month
from labpy.models.kv_cache import (
    CacheCosts,
    CachePlan,
    CacheRun,
    CacheTrace,
    bytes_per_token,
    lognormal_trace,
    plan,
    recompute_s_per_token,
    running_requests,
    simulate_cache,
)
from labpy.models.serving import Deployment, decode_step, prefill
from labpy.models.speculative import SpeculativeStep, batched_step, deployment_step
from labpy.scenarios import derivations, flows
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.trusted import KV_CACHE, SPECULATION, STEPS
from labpy.words import Value, amounts, msg

# What is set aside for a request: the allocator, and the longest request as a share of the longest.
ALLOCATIONS = {
    "reserve_all": ("contiguous_max", 1.0),
    "reserve_half": ("contiguous_max", 0.5),
    "reserve_quarter": ("contiguous_max", 0.25),
    "power_of_two": ("contiguous_pow2", 1.0),
    "paged": ("paged", 1.0),
}
ALLOCATOR_NAMES = {
    "contiguous_max": msg("cloud-memory-contiguous"),
    "contiguous_pow2": msg("cloud-memory-power-of-two"),
    "paged": msg("cloud-memory-paged"),
}
COST_PARTS = (msg("cloud-memory-model"), msg("cloud-memory-tokens"), msg("cloud-memory-none"))
MEMORY_PARTS = (
    msg("cloud-memory-engine"),
    msg("cloud-memory-weights"),
    msg("cloud-memory-draft"),
    msg("cloud-memory-tokens"),
    msg("cloud-memory-held"),
)
COLUMNS, ROWS = 32, 28  # of the heatmap
FRAMES = 40
SAMPLE = 8_192  # requests from which lengths are counted
LINE_BATCHES = (16.0, 128.0)  # between which a step's time is taken as a line for the simulation
SLICE_ERROR = 0.15  # a slice holds few requests, and their sizes do not average out: an assumption
GOAL = 0.5  # the CFO's share of the start


@dataclass(frozen=True)
class _Served:
    """What one setting of all knobs gives, per replica where not said otherwise."""

    run: CacheRun
    batch: float
    step: SpeculativeStep
    token_fraction: float
    held_fraction: float
    pace_s: float
    reply_p99_s: float
    users: float
    cost_usd: float
    cut: float


class CloudMemory(Scenario):
    """Memory, pace and cost of a fleet whose KV cache is the scarce thing."""

    trusts = {  # noqa: RUF012
        KVCacheHeatmap.name: (KV_CACHE,),
        CostPerUser.name: (STEPS, SPECULATION),
        BudgetBars.name: (KV_CACHE,),
    }

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fixed = part.fixed
        self.block: int = fixed["block_tokens"]
        self.longest: int = fixed["max_tokens"]
        self.film_blocks: int = fixed["film_blocks"]
        self.reply: int = fixed["output_tokens"]
        self.acceptance: float = fixed["acceptance"]
        self.target = self._deployment(fixed["model"])
        self.draft = self._deployment(fixed["draft_model"])
        self.replicas: int = fixed["gpus"] // fixed["tensor_parallel_size"]
        self._run = lru_cache(maxsize=128)(self._simulate_slice)
        self._served = lru_cache(maxsize=512)(self._serve)

    def _deployment(self, model: str) -> Deployment:
        fixed = self.part.fixed
        return Deployment(
            model, fixed["accelerator"], tensor_parallel_size=fixed["tensor_parallel_size"],
            weight_dtype=fixed["weight_dtype"],
        )  # fmt: skip

    def _lengths(self, requests: int, unit: int = 1, seed: int = 0) -> CacheTrace:
        """Lengths of requests that all wait from the start, in units of so many tokens."""
        fixed = self.part.fixed
        drawn = lognormal_trace(
            requests, 1.0, fixed["input_tokens"] / unit, self.reply / unit, fixed["input_cv"],
            fixed["output_cv"], self.longest // unit, seed,
        )  # fmt: skip
        return CacheTrace(np.zeros(requests), drawn.prompt_tokens, drawn.output_tokens)

    @cached_property
    def _sample(self) -> CacheTrace:
        return self._lengths(SAMPLE)

    @cached_property
    def _held(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Prompt, tokens now and tokens at the end of the requests that run at a moment."""
        return running_requests(self._sample.prompt_tokens, self._sample.output_tokens, SAMPLE)

    def kv_tokens(self, drafting: bool) -> float:
        """Tokens that a replica's cache holds; a draft model takes room and caches them too."""
        if not drafting:
            return self.target.kv_capacity_tokens
        room = self.target.kv_budget_bytes - self.draft.weight_bytes
        return room / (self.target.kv_bytes_per_token + self.draft.kv_bytes_per_token)

    @cached_property
    def _line(self) -> tuple[float, float]:
        """Seconds of a decode step: a constant, and what each request adds."""
        batch = np.array(LINE_BATCHES)
        time = decode_step(self.target, batch, float(self._held[1].mean())).total_s
        slope = float((time[1] - time[0]) / (batch[1] - batch[0]))
        return float(time[0]) - slope * LINE_BATCHES[0], slope

    def _simulate_slice(
        self, fragmentation: str, eviction: str, budget: int, drafting: bool, seed: int
    ) -> CacheRun:
        """Simulate a slice of a replica's cache, one block as one token."""
        allocator, share = ALLOCATIONS[fragmentation]
        longest = int(self.longest * share) // self.block
        slice_ = self._slice(drafting)
        base_s, each_s = self._line
        prefill_s = recompute_s_per_token(self.target)
        costs = CacheCosts(
            step_s=self.block * base_s,
            step_s_per_request=self.block * each_s / slice_,
            prefill_s_per_token=self.block * prefill_s / slice_,
        )
        return simulate_cache(
            _cut(self._lengths(self.part.fixed["film_requests"], self.block, seed), longest),
            self.film_blocks, longest, allocator, 1, eviction,
            preemption_budget=round(budget * slice_), costs=costs, max_frames=FRAMES,
        )  # fmt: skip

    def _slice(self, drafting: bool) -> float:
        """Share of a replica's cache that is simulated and shown."""
        return self.film_blocks * self.block / self.kv_tokens(drafting)

    def _serve(self, fragmentation: str, eviction: str, budget: int, draft_tokens: int) -> _Served:
        drafting = draft_tokens > 0
        if fragmentation != "paged":
            eviction, budget = "none", 0  # who has reserved to the end is never thrown out
        run = self._run(fragmentation, eviction, budget, drafting, 1)
        steady = _steady(run)
        batch = max(float(run.running[steady].mean()) / self._slice(drafting), 1.0)
        shares = run.fractions[steady].mean(axis=0)
        context = float(self._held[1].mean())
        step = batched_step(
            batch, self.acceptance, draft_tokens, deployment_step(self.target, context),
            deployment_step(self.draft, context),
        )  # fmt: skip
        prompt_s = float(prefill(self.target, self.part.fixed["input_tokens"]).total_s)
        if drafting:
            prompt_s += float(prefill(self.draft, self.part.fixed["input_tokens"]).total_s)
        working = (1 - float(run.lost_time_fraction)) * self._progress(run, fragmentation)
        pace_s = (step.tpot_s + batch * prompt_s / self.reply) / working
        users = self.replicas * batch / pace_s / self.part.fixed["tokens_per_s_per_user"]
        pause_s = float(run.pause_p99_s) if run.preemptions or run.stalls else 0.0
        return _Served(
            run=run,
            batch=batch,
            step=step,
            token_fraction=float(shares[1]),
            held_fraction=float(shares[2:].sum()),
            pace_s=pace_s,
            reply_p99_s=self._long_reply * pace_s + pause_s,
            users=users,
            cost_usd=float(cost_per_user_month(self._price_per_hour, users)),
            cut=self._cut_share(fragmentation),
        )

    def _progress(self, run: CacheRun, fragmentation: str) -> float:
        """Share of the running requests that get a token in a step; the others stall."""
        longest = int(self.longest * ALLOCATIONS[fragmentation][1]) // self.block
        lengths = _cut(self._lengths(self.part.fixed["film_requests"], self.block, 1), longest)
        tokens = float(lengths.output_tokens.sum())
        return tokens / (tokens + run.stalls)

    @cached_property
    def _long_reply(self) -> float:
        return float(np.quantile(self._sample.output_tokens, 0.99))

    def _cut_share(self, fragmentation: str) -> float:
        limit = self.longest * ALLOCATIONS[fragmentation][1]
        return float((self._sample.final_tokens > limit).mean())

    @cached_property
    def _price_per_hour(self) -> float:
        chip = registry.accelerator(self.part.fixed["accelerator"])
        return self.part.fixed["gpus"] * chip.price_per_hour_usd

    @cached_property
    def _whole_bytes(self) -> float:
        """Memory of one replica's GPUs, as the driver shows it."""
        return self.target.accelerators * self.target.accelerator.visible_memory_bytes

    @cached_property
    def _start(self) -> _Served:
        return self._served(*_arguments(self.part.start()))

    def evaluate(self, settings: Settings) -> Outcome:
        """Serve at these settings, and compare with the start."""
        served = self._served(*_arguments(settings))
        requests = self.part.fixed["film_requests"]
        metrics = {
            "cost_ratio": served.cost_usd / self._start.cost_usd,
            "p99_ratio": served.reply_p99_s / self._start.reply_p99_s,
            "token_fraction": served.token_fraction,
            "cut_share": served.cut,
            "aborted_share": served.run.rejected / requests,
            "lost_time": float(served.run.lost_time_fraction),
        }
        pictures = {
            KVCacheHeatmap.name: self._film(settings, served.run),
            CostPerUser.name: UserCost(
                self._cost_parts(self.part.start()), self._cost_parts(settings), GOAL,
                metrics["p99_ratio"] <= self.limit("p99_ratio"),
            ),
            BudgetBars.name: self._memory(settings),
        }  # fmt: skip
        return Outcome(metrics, pictures, self._meanings(settings, served))

    def ahead(self, settings: Settings) -> Iterator[Settings]:
        """Name what one primary knob more would give: a slice cannot be simulated roughly."""
        for knob in self.part.knobs:
            if not knob.advanced:
                values = knob.choices or range(int(knob.low), int(knob.high) + 1, int(knob.step))
                yield from ({**settings, knob.key: value} for value in values)

    def derived(self, settings: Settings, outcome: Outcome) -> tuple[Formula, ...]:  # noqa: ARG002
        """What a token takes of the memory, and what a round of speculation brings."""
        model = registry.language_model(self.part.fixed["model"])
        drafts = int(settings["draft_tokens"])
        return (
            derivations.kv_bytes(model, self.target.kv_dtype),
            derivations.tokens_a_round(self.acceptance, drafts),
        )

    def _film(self, settings: Settings, run: CacheRun) -> CacheFilm:
        allocator = ALLOCATIONS[str(settings["fragmentation"])][0]
        cell_tokens = self.film_blocks * self.block / (COLUMNS * ROWS)
        shown = _shown(run)
        return CacheFilm(
            codes=sampled(run.frames[shown], COLUMNS * ROWS),
            time_s=run.frame_s[shown] - run.frame_s[shown][0],
            running=run.running[shown],
            waiting=run.waiting[shown],
            preemptions=run.preemptions,
            cell_tokens=cell_tokens,
            cell_bytes=cell_tokens * self.target.kv_bytes_per_token,
            allocator=ALLOCATOR_NAMES[allocator],
            fractions=run.fractions[shown],
            note=msg(
                "cloud-memory-film",
                share=amounts.share(self._slice(int(settings["draft_tokens"]) > 0)),
                batch=amounts.average(self._served(*_arguments(settings)).batch),
            ),
        )

    def _memory_parts(self, settings: Settings) -> tuple[float, ...]:
        """Bytes of one replica's GPUs by use, in the order of `MEMORY_PARTS`."""
        served = self._served(*_arguments(settings))
        target, drafting = self.target, int(settings["draft_tokens"]) > 0
        draft = self.draft.weight_bytes if drafting else 0.0
        cache = target.kv_budget_bytes - draft
        engine = self._whole_bytes - target.weight_bytes - target.kv_budget_bytes
        tokens, held = served.token_fraction * cache, served.held_fraction * cache
        return (engine, target.weight_bytes, draft, tokens, held)

    def _memory(self, settings: Settings) -> Budget:
        return Budget(
            self._memory_parts(settings),
            self._whole_bytes * (1 + 1e-9),  # a full memory is not beyond its limit by rounding
            ghosts=self._memory_parts(self.part.start()),
            source=msg("cloud-memory-source"),
        )

    def _cost_parts(self, settings: Settings) -> tuple[float, ...]:
        """A user's cost by what the memory that it pays for holds."""
        served = self._served(*_arguments(settings))
        engine, weights, draft, tokens, _ = self._memory_parts(settings)
        model, whole = engine + weights + draft, self._whole_bytes
        parts = (model, tokens, whole - model - tokens)
        return tuple(served.cost_usd * part / whole for part in parts)

    def _meanings(self, settings: Settings, served: _Served) -> dict[str, Value]:
        paged = settings["fragmentation"] == "paged"
        ran = msg("cloud-memory-batch", batch=amounts.average(served.batch))
        thrown = served.run.preemptions / self.part.fixed["film_requests"]
        if not paged:
            evicts = msg("cloud-memory-no-effect")
            budget = evicts
        else:
            evicts = msg("cloud-memory-preemptions", each=amounts.average(thrown))
            if not served.run.preemptions:
                evicts = msg("cloud-memory-nobody")
            budget = ran
        gain = msg(
            "cloud-memory-speedup",
            factor=amounts.ratio(served.step.speedup),
            batch=amounts.average(served.batch),
            tokens=amounts.average(served.step.tokens_per_round),
        )
        return {
            "fragmentation": msg(
                "cloud-memory-token-share", share=amounts.share(served.token_fraction)
            ),
            "eviction": evicts,
            "preemption_budget": budget,
            "draft_tokens": gain if int(settings["draft_tokens"]) else msg("cloud-memory-no-draft"),
        }

    def plan_of(self, allocator: str, budget_bytes: float) -> CachePlan:
        """Fill so much memory with running requests, in closed form."""
        prompt, held, final = self._held
        return plan(
            final, self.longest, budget_bytes, bytes_per_token(self.part.fixed["model"]), allocator,
            self.block, held_tokens=held, prompt_tokens=prompt,
        )  # fmt: skip

    @property
    def reclaimed_share(self) -> float:
        """Share of the GPUs' nominal HBM that holds tokens only once the cache is paged."""
        before, after = (
            self.plan_of(allocator, self.target.kv_budget_bytes).token_state_fraction
            for allocator in ("contiguous_max", "paged")
        )
        whole = self.target.accelerators * self.target.accelerator.memory_bytes
        return (after - before) * self.target.kv_budget_bytes / whole

    def truth(self) -> Truth:
        """Users in 80 GB of KV cache when it is paged, less those when it is reserved."""
        hbm = self.part.fixed["lock_bytes"]
        before, after = (self.plan_of(a, hbm) for a in ("contiguous_max", "paged"))
        more = after.concurrent_requests - before.concurrent_requests
        return Truth(
            float(more),
            msg(
                "cloud-memory-truth",
                memory=amounts.chosen(hbm, "memory"),
                reserved=amounts.count(before.concurrent_requests),
                reserved_full=amounts.share(before.token_state_fraction),
                paged=amounts.count(after.concurrent_requests),
                paged_full=amounts.share(after.token_state_fraction),
                back=amounts.share(self.reclaimed_share),
            ),
        )

    def overlay(self) -> Overlay:
        """More users by paging, against the memory of the cache."""
        hbm = self.part.fixed["lock_bytes"]
        room = np.linspace(0.0, hbm, 17)[1:]
        more = [
            float(
                self.plan_of("paged", each).concurrent_requests
                - self.plan_of("contiguous_max", each).concurrent_requests
            )
            for each in room
        ]
        return Overlay(msg("overlay-memory"), "memory", room, np.array(more), float(hbm))

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the heatmap, the cost of a user and the memory of a replica."""
        duration_s = float(self._film(self.part.start(), self._start.run).time_s[-1])
        return (
            KVCacheHeatmap(COLUMNS, ROWS, duration_s),
            CostPerUser(COST_PARTS, 1.3 * self._start.cost_usd),
            BudgetBars(
                msg("cloud-memory-budget"),
                msg("cloud-memory-axis"),
                MEMORY_PARTS,
                GIGABYTES,
                1.1 * self._whole_bytes,
            ),
        )

    def simulate(self, settings: Settings, seed: int) -> dict[str, CacheFilm]:
        """Run the slice again with other requests."""
        fragmentation, eviction, budget, draft_tokens = _arguments(settings)
        run = self._run(fragmentation, eviction, budget, draft_tokens > 0, seed)
        return {KVCacheHeatmap.name: self._film(settings, run)}

    def flow(self, settings: Settings, seed: int) -> Flow:  # noqa: ARG002
        """Show who is in the slice of the cache: the run from which all else here is computed."""
        fragmentation, eviction, budget, draft_tokens = arguments = _arguments(settings)
        run, drafting = self._served(*arguments).run, draft_tokens > 0
        came_s, start_s, end_s, thrown = run.stays.T
        begin_s, until_s = (float(run.frame_s[each]) for each in _ends(_steady(run)))
        edges = np.linspace(begin_s, until_s, flows.BLOCKS + 1)
        inside = flows.number_within(start_s, end_s, edges)
        during = (end_s > begin_s) & (end_s < until_s)
        slots = flows.places(start_s, end_s)
        admitted = self._admitted(fragmentation, eviction, budget, drafting)
        flow = flows.cut(
            (Stage(msg("flow-cache"), int(slots.max()) + 1),),
            begin_s,
            until_s - begin_s,
            [(came_s, start_s, end_s)],
            [slots],
            np.where(thrown > 0, end_s, np.nan),
            (
                flows.mean_count(msg("flow-in-cache"), inside, admitted, SLICE_ERROR),
                flows.late_count(msg("flow-share-thrown-out"), thrown[during] > 0, math.nan),
            ),
            late=msg("flow-thrown-out"),
            of=msg("flow-part-of-cache", share=amounts.share(self._slice(drafting))),
        )
        return flows.drawn_in_part(flow)

    def _admitted(self, fragmentation: str, eviction: str, budget: int, drafting: bool) -> float:
        """Requests that the slice holds in closed form, or admits by its rule, if that is fewer.

        NaN where the closed form has another cache in mind: one whose requests are cut, or one
        with more of them than can grow, which stall.
        """
        allocator, share = ALLOCATIONS[fragmentation]
        bytes_each = bytes_per_token(self.part.fixed["model"])
        plan = self.plan_of(allocator, self.film_blocks * self.block * bytes_each)
        held = plan.mean_concurrent_requests
        rule = self.film_blocks * self.block // self.longest + round(budget * self._slice(drafting))
        if share < 1 or (allocator == "paged" and eviction == "none" and rule > held):
            return math.nan
        return min(held, rule) if allocator == "paged" else held


SCENARIO = CloudMemory


def _arguments(settings: Settings) -> tuple[str, str, int, int]:
    return (
        str(settings["fragmentation"]), str(settings["eviction"]),
        int(settings["preemption_budget"]), int(settings["draft_tokens"]),
    )  # fmt: skip


def _cut(trace: CacheTrace, longest: int) -> CacheTrace:
    """Cut replies, and prompts if need be, to what the longest request may hold."""
    prompt = np.minimum(trace.prompt_tokens, longest - 1)
    return CacheTrace(trace.arrival_s, prompt, np.minimum(trace.output_tokens, longest - prompt))


def _ends(part: slice) -> tuple[int, int]:
    return part.start, part.stop - 1


def _steady(run: CacheRun) -> slice:
    """Frames after the cache has filled and before the queue runs dry."""
    return slice(len(run.running) // 6, len(run.running) // 2)


def _shown(run: CacheRun) -> slice:
    """Frames of the film: from the first steady one until nobody waits any more."""
    return slice(_steady(run).start, max(int((run.waiting > 0).sum()), _steady(run).stop))
