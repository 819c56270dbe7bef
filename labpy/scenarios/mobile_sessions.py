"""Mobile Nomad, part 3: translation sessions in a node's memory, drafted on the glasses.

A node holds the translator's weights once and a context for each session. A caption of a few tokens
is written in rounds over the mesh: the glasses draft, the node verifies a batch of sessions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import GIGABYTES
from labpy.instruments.figures.budget_bars import BudgetBars
from labpy.instruments.figures.cost_per_user import CostPerUser
from labpy.instruments.figures.frontier import LatencyThroughputFrontier
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.cost_per_user import UserCost
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.frontier import Frontier, FrontierCurve, Measure
from labpy.instruments.telling.facts import Formula
from labpy.missions import Part
from labpy.models.economics import cost_per_user_month
from labpy.models.kv_cache import bytes_per_token
from labpy.models.kv_cache import plan as cache_plan
from labpy.models.registry import accelerator, dtype_bytes, engine, language_model
from labpy.models.rounds import batched_rounds
from labpy.models.serving import knee_arrival_rate
from labpy.scenarios import derivations
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.frames import both, mesh
from labpy.scenarios.grades import Graded, without_knee
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.passing import mobile
from labpy.words import Value, msg
from labpy.words.amounts import average, beside, chosen, count, duration, number, share

PLAIN, SET = "plain", "set"
LABELS = {
    PLAIN: (msg("mobile-sessions-plain"), msg("mobile-sessions-plain.phrase")),
    SET: (msg("mobile-sessions-set"), msg("mobile-sessions-set.phrase")),
}
MEASURE = Measure(msg("mobile-sessions-latency"), rate="captions_per_s")
FRONTIER, MEMORY, COST = LatencyThroughputFrontier.name, BudgetBars.name, CostPerUser.name
WEIGHTS, TOKENS = msg("mobile-sessions-weights"), msg("mobile-sessions-tokens")
HELD = msg("mobile-sessions-held")
MEMORY_PARTS = (WEIGHTS, msg("mobile-sessions-activations"), TOKENS, HELD)
COST_PARTS = (WEIGHTS, TOKENS, HELD, msg("mobile-sessions-free"))
SOURCE = msg("mobile-sessions-source")
BOUNDS_S = (0.05, 0.4)
ROUGH = 4  # points of a curve while a knob moves
LOADS = np.concatenate([np.linspace(0.05, 0.6, 5), np.linspace(0.68, 0.95, 5)])
SAMPLE = 512


@dataclass(frozen=True, eq=False)
class Captions:
    """The time of a caption at several loads, and what it makes busy; shape (loads,) each."""

    mean_s: np.ndarray
    p50_s: np.ndarray
    p99_s: np.ndarray
    late: np.ndarray
    busy: np.ndarray
    batch: np.ndarray


def rounds_needed(tokens: int, acceptance: float, drafts: int) -> np.ndarray:
    """Give the probability of 1, 2, ... rounds until so many tokens are there.

    A round yields its accepted drafts and one token of the verifier's own.
    """
    gain = acceptance ** np.arange(drafts + 1) * np.append(np.full(drafts, 1 - acceptance), 1.0)
    missing = np.zeros(tokens + 1)
    missing[tokens] = 1.0
    done = []
    for _ in range(tokens):
        after = np.zeros_like(missing)
        for more, chance in enumerate(gain, start=1):
            for left in range(1, tokens + 1):
                after[max(left - more, 0)] += missing[left] * chance
        done.append(after[0])
        after[0] = 0.0
        missing = after
    return np.array(done)


class MobileSessions(Scenario):
    """Sessions, their memory, their captions and their cost at one node."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fix = part.fixed
        self.model, self.node = language_model(fix["model"]), accelerator(fix["node"])
        self.engine, self.glasses = engine(fix["engine"]), accelerator(fix["glasses"])
        self.channel = mesh(fix["stalls"])
        self.weight_bytes = self.model.parameters * dtype_bytes(fix["weight_dtype"])
        self.token_bytes = bytes_per_token(self.model, fix["kv_dtype"])
        usable = self.node.visible_memory_bytes * self.engine.memory_utilization
        self.memory_bytes = usable
        self.cache_bytes = usable - self.weight_bytes - self.engine.activation_bytes
        self.deadline_s = fix["caption_frames"] / fix["frame_rate"]
        self.captions_per_session = fix["tokens_per_s"] / fix["caption_tokens"]
        self._now = lru_cache(maxsize=256)(self._captions_now)
        self._curve = Graded(self._solve, LOADS, ROUGH, roughen=without_knee)
        self._memory = lru_cache(maxsize=256)(self._fit)

    def derived(self, settings: Settings, outcome: Outcome) -> tuple[Formula, ...]:  # noqa: ARG002
        """What a token takes of the memory, and what a round of speculation brings."""
        drafts = int(settings["draft_tokens"])
        return (
            derivations.kv_bytes(self.model, self.part.fixed["kv_dtype"]),
            derivations.tokens_a_round(self.part.fixed["acceptance"], drafts),
        )

    def lengths(self, context_tokens: int) -> np.ndarray:
        """Give the tokens that sessions hold: exponential lengths, cut at the context kept."""
        levels = (np.arange(SAMPLE) + 0.5) / SAMPLE
        tokens = np.ceil(-self.part.fixed["mean_tokens"] * np.log1p(-levels))
        # Long and short ones take turns: a plan fills the memory in the order of the sample.
        order = np.random.default_rng(3).permutation(SAMPLE)
        return np.minimum(tokens, context_tokens).astype(int)[order]

    def _fit(self, block_tokens: int, context_tokens: int) -> tuple[int, float, float]:
        """Give the sessions that fit, and the mean bytes of one: its tokens, and what it holds."""
        held = self.lengths(context_tokens)
        fits = cache_plan(
            held, self.part.fixed["longest_tokens"], self.cache_bytes, self.token_bytes, "paged",
            block_tokens=block_tokens,
        )  # fmt: skip
        blocks = np.ceil(held / block_tokens) * block_tokens
        token_bytes = float(held.mean()) * self.token_bytes
        return fits.concurrent_requests, token_bytes, float(blocks.mean()) * self.token_bytes

    def _step(self, drafts: int, session_bytes: float) -> tuple[float, float]:
        """Give a verifying step's fixed seconds and those that each session adds."""
        bandwidth = self.node.memory_bandwidth_bytes_per_s
        eng = self.engine
        reading = self.weight_bytes / (bandwidth * eng.memory_efficiency)
        overhead = eng.step_overhead_s + eng.layer_overhead_s * self.model.layers
        ops = self.node.ops_per_s(self.part.fixed["weight_dtype"]) * eng.compute_efficiency
        verifying = (drafts + 1) * 2.0 * self.model.parameters / ops
        return reading + overhead, session_bytes / (bandwidth * eng.kv_efficiency) + verifying

    def service_s(self, drafts: int, session_bytes: float) -> np.ndarray:
        """Give the time of a batch of 1, 2, ... rounds at the node, shape (max_batch,)."""
        first_s, more_s = self._step(drafts, session_bytes)
        return first_s + more_s * np.arange(1, self.part.fixed["max_batch"] + 1)

    def session_bytes(self, block_tokens: int, context_tokens: int) -> float:
        """Give the mean bytes of a session's tokens, which a step reads."""
        return self._memory(block_tokens, context_tokens)[1]

    def draft_s(self) -> float:
        """Give the time of a drafted token: the glasses read the small model's weights once."""
        return self.part.fixed["draft_bytes"] / self.glasses.memory_bandwidth_bytes_per_s

    def rounds_per_caption(self, drafts: int) -> np.ndarray:
        """Give the probabilities of 1, 2, ... rounds."""
        fix = self.part.fixed
        return rounds_needed(fix["caption_tokens"], fix["acceptance"], drafts)

    def mean_rounds(self, drafts: int) -> float:
        """Give the rounds that a caption takes on average."""
        each = self.rounds_per_caption(drafts)
        return float(each @ np.arange(1, each.size + 1))

    def capacity(self, drafts: int, session_bytes: float) -> float:
        """Give the captions a second at which the node, or the air, is full."""
        fix = self.part.fixed
        first_s, more_s = self._step(drafts, session_bytes)
        rounds = min(
            fix["max_batch"] / (first_s + more_s * fix["max_batch"]), 1.0 / self.air_s(drafts)
        )
        return rounds * self._captions_of(drafts)

    def _captions_of(self, drafts: int) -> float:
        """Give the captions that a round is worth, on average.

        What the last round yields beyond a caption's end is of no use to the next one.
        """
        return 1.0 / self.mean_rounds(drafts)

    def air_s(self, drafts: int) -> float:
        """Give the time on the air of a round: its drafts, and the verifier's own token."""
        size = (drafts + 1) * self.part.fixed["bytes_per_token"]
        return float(self.channel.air_time_s(size))

    def captions(
        self,
        rate: np.ndarray,
        drafts: int,
        session_bytes: float,
        deadline_s: float | None = None,
    ) -> Captions:
        """Solve the captions at so many a second, shape (loads,).

        They are late after `deadline_s`, or that of the mission if it is None.
        """
        busy = rate / self.capacity(drafts, session_bytes)
        stable = busy < 1
        found = np.full((5, rate.size), np.inf)
        found[3] = 1.0
        found[4] = self.part.fixed["max_batch"]
        if stable.any():
            found[:, stable] = self._solved(
                rate[stable], drafts, session_bytes, deadline_s or self.deadline_s
            )
        mean, p50, p99, late, batch = found
        return Captions(mean, p50, p99, late, busy, batch)

    def _solved(
        self, rate: np.ndarray, drafts: int, session_bytes: float, deadline_s: float
    ) -> tuple[np.ndarray, ...]:
        law = batched_rounds(
            rate,
            self.rounds_per_caption(drafts),
            drafts * self.draft_s(),
            self.channel.alpha,
            self.air_s(drafts),
            self.service_s(drafts, session_bytes),
        )
        p50, p99 = law.quantile_s([0.5, 0.99]).T
        return law.mean_s, p50, p99, law.later_than(deadline_s), law.mean_batch

    def _captions_now(self, sessions: int, drafts: int, session_bytes: float) -> Captions:
        rate = np.array([sessions * self.captions_per_session])
        return self.captions(rate, drafts, session_bytes)

    def _solve(
        self, drafts: int, session_bytes: float, key: str, loads: np.ndarray
    ) -> FrontierCurve:
        capacity = self.capacity(drafts, session_bytes)
        rate = capacity * loads
        points = self.captions(rate, drafts, session_bytes)
        knee = int(np.searchsorted(rate, knee_arrival_rate(rate, points.p99_s)))
        label, phrase = LABELS[key]
        return FrontierCurve(
            key=key,
            label=label,
            phrase=phrase,
            arrival_rate=rate,
            p50_s=points.p50_s,
            quantile_s=points.p99_s,
            capacity=capacity,
            knee_rate=float(rate[knee]),
            knee_s=float(points.p99_s[knee]),
        )

    def power_w(self, drafts: int) -> float:
        """Give the mean power of the glasses' chip while a session runs."""
        rounds_per_s = self.captions_per_session * self.mean_rounds(drafts)
        busy = min(rounds_per_s * drafts * self.draft_s(), 1.0)
        return self.glasses.idle_w + (self.glasses.tdp_w - self.glasses.idle_w) * busy

    def _cost(self, sessions: int, tokens: float, held: float) -> tuple[float, ...]:
        """Share a session's cost out by what the node's memory holds."""
        total = float(
            cost_per_user_month(self.node.price_per_hour_usd, sessions, self.part.fixed["sharing"])
        )
        used = sessions * tokens
        waste = sessions * (held - tokens)
        resident = self.weight_bytes + self.engine.activation_bytes
        whole = max(self.memory_bytes, resident + used + waste)
        parts = (resident, used, waste, max(whole - resident - used - waste, 0.0))
        return tuple(total * each / whole for each in parts)

    def evaluate(self, settings: Settings) -> Outcome:
        """Evaluate memory, captions, power and cost."""
        return self._outcome(settings, rough=False)

    def sketch(self, settings: Settings) -> Outcome:
        """Evaluate the same, with curves through a few points."""
        return self._outcome(settings, rough=True)

    def _outcome(self, settings: Settings, rough: bool) -> Outcome:
        sessions, block = int(settings["sessions"]), int(settings["block_tokens"])
        drafts, context = int(settings["draft_tokens"]), int(settings["context_tokens"])
        fits, tokens, held = self._memory(block, context)
        rate = sessions * self.captions_per_session
        now = self._now(sessions, drafts, tokens)
        p50, p99, busy = float(now.p50_s[0]), float(now.p99_s[0]), float(now.busy[0])
        start = self.part.start()
        _, start_tokens, start_held = self._memory(start["block_tokens"], start["context_tokens"])
        costs = self._cost(start["sessions"], start_tokens, start_held)
        cost_now = self._cost(sessions, tokens, held)
        metrics = {
            "cost_share": sum(cost_now) / sum(costs),
            "cost_usd": sum(cost_now),
            "late": float(now.late[0]),
            "p99_caption_s": p99,
            "power_w": self.power_w(drafts),
            "context": float(context),
            "memory": sessions / fits if fits else np.inf,
            "node": busy,
            "fits": float(fits),
        }
        pictures = {
            FRONTIER: Frontier(
                measure=MEASURE,
                curves=both(
                    self._curve(0, tokens, PLAIN, rough=rough),
                    self._curve(drafts, tokens, SET, rough=rough),
                ),
                current=SET,
                arrival_rate=rate,
                p50_s=p50,
                quantile_s=p99,
                utilization=busy,
                limit_s=self.deadline_s,
                highest_rate=self.part.knob("sessions").high * self.captions_per_session,
                mean_response_s=float(now.mean_s[0]),
                notes=(msg("mobile-sessions-wall", fits=count(fits)),),
            ),
            MEMORY: Budget(
                (
                    self.weight_bytes, self.engine.activation_bytes, sessions * tokens,
                    sessions * (held - tokens),
                ),
                self.memory_bytes,
                source=SOURCE,
            ),
            COST: UserCost(
                costs, cost_now, self.limit("cost_share"), metrics["late"] <= self.limit("late")
            ),
        }  # fmt: skip
        mean, room = (number(size / self.token_bytes) for size in (tokens, held))
        meanings: dict[str, Value] = {
            "sessions": msg(
                "mobile-sessions-fit",
                fits=count(fits),
                share=beside(share(busy), 1.0),
                batch=average(now.batch[0]),
            ),
            "block_tokens": msg("mobile-sessions-room", mean=mean, room=room),
            "draft_tokens": msg(
                "mobile-sessions-rounds",
                rounds=average(self.mean_rounds(drafts)),
                drafts=count(drafts),
                takes=duration(drafts * self.draft_s()),
            ),
            "context_tokens": msg(
                "mobile-sessions-text", time=duration(context / self.part.fixed["tokens_per_s"])
            ),
        }
        return Outcome(metrics, pictures, meanings)

    def truth(self) -> Truth:
        """Sessions that fit in pages over those that fit when each reserves the longest."""
        longest = self.part.fixed["longest_tokens"]
        whole, tokens, _ = self._memory(longest, longest)
        paged, _, _ = self._memory(16, longest)
        return Truth(
            paged / whole,
            msg(
                "mobile-sessions-truth",
                whole=count(whole),
                longest=chosen(longest, "number"),
                paged=count(paged),
                mean=number(tokens / self.token_bytes),
            ),
        )

    def overlay(self) -> Overlay:
        """Sessions in blocks over those that reserve the longest context, against the block."""
        longest = self.part.fixed["longest_tokens"]
        whole = self._memory(longest, longest)[0]
        blocks = [16, 32, 64, 128, 256, 512, 1024, 2048, longest]
        more = np.array([self._memory(each, longest)[0] / whole for each in blocks])
        x = np.array(blocks, dtype=float)
        return Overlay(msg("overlay-block"), "count", x, more, 16.0, log_x=True)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the frontier, the memory and the cost."""
        highest = 2.0 * float(
            cost_per_user_month(
                self.node.price_per_hour_usd,
                self.part.start()["sessions"],
                self.part.fixed["sharing"],
            )
        )
        return (
            LatencyThroughputFrontier(tuple(LABELS), BOUNDS_S, MEASURE, "sessions"),
            BudgetBars(
                msg("mobile-sessions-budget"),
                msg("mobile-sessions-memory"),
                MEMORY_PARTS,
                GIGABYTES,
                1.6 * self.memory_bytes,
            ),
            CostPerUser(COST_PARTS, highest),
        )

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show the rounds of captions, and the batches that verify them."""
        return mobile.captions(self, settings, seed)


SCENARIO = MobileSessions
