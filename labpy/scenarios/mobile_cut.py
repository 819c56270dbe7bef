"""Mobile Nomad, part 2: where to cut a network between glasses and node, and what a split costs.

The first layers run on the glasses, the rest at an edge node, or split over several nodes that talk
over the same mesh. Each exchange of a split pays the start-up latency again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from labpy.instruments.base import Instrument
from labpy.instruments.figures.axes import MILLISECONDS
from labpy.instruments.figures.budget_bars import BudgetBars
from labpy.instruments.figures.frame_timeline import FrameTimeline
from labpy.instruments.pictures.budget_bars import Budget
from labpy.instruments.pictures.flow import Flow
from labpy.instruments.pictures.frame_timeline import FrameStatistics
from labpy.missions import Part
from labpy.models.economics import cost_per_user_month
from labpy.models.registry import accelerator
from labpy.models.spectra import Times, even_wait, fixed, random, slowest
from labpy.scenarios.base import Outcome, Scenario, Settings, Truth
from labpy.scenarios.frames import DRAWN, LEVELS, frames, mesh
from labpy.scenarios.overlay import Overlay
from labpy.scenarios.passing import mobile
from labpy.words import Amount, Value, msg
from labpy.words.amounts import beside, count, duration, memory, money, share

BUDGET, TIMELINE = BudgetBars.name, FrameTimeline.name
PARTS = (
    msg("mobile-cut-glasses"),
    msg("mobile-cut-start-up"),
    msg("mobile-cut-bytes"),
    msg("mobile-cut-exchanges"),
    msg("mobile-cut-node"),
    msg("mobile-cut-queues"),
    msg("mobile-cut-jitter"),
)
SOURCE = msg("mobile-cut-source")
HIGHEST_S = 0.06
LONGEST_S = 0.12


@dataclass(frozen=True)
class Plan:
    """What a setting asks of glasses, channel and node, a frame."""

    device_s: float
    node_s: float
    sent_bytes: float
    messages: int
    exchanges: int
    exchange_bytes: float
    partners: int

    @property
    def on_air(self) -> int:
        """Messages of a frame, those of the split included."""
        return self.messages + self.exchanges * self.partners


class MobileCut(Scenario):
    """Frame time of a network that is cut between glasses and a node."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        fix = part.fixed
        self.deadline_s = 1.0 / fix["frame_rate"]
        self.names: tuple[str, ...] = tuple(fix["layers"])
        self.operations = 1e9 * np.array(fix["giga_operations"])
        self.crossing_bytes = 1e3 * np.array(fix["crossing_kilobytes"])
        self.channel = mesh(fix["stalls"])
        self.glasses = accelerator(fix["glasses"])
        self.node = accelerator(fix["node"])
        self._evaluated = lru_cache(maxsize=256)(self._evaluate)

    def plan(self, cut: int, ways: int, messages: int) -> Plan:
        """Share a frame's work out: the layers below `cut` stay on the glasses."""
        fix = self.part.fixed
        device = self.glasses.ops_per_s("int8") * fix["glasses_efficiency"]
        node = self.node.ops_per_s("int8") * fix["node_efficiency"]
        rest = self.operations.size - cut
        split = ways > 1 and rest > 0
        return Plan(
            device_s=float(self.operations[:cut].sum() / device),
            node_s=float(self.operations[cut:].sum() / node / ways),
            sent_bytes=float(self.crossing_bytes[cut]) if rest else 0.0,
            messages=messages if rest else 0,
            exchanges=2 * rest if split else 0,
            exchange_bytes=float(self.crossing_bytes[cut:].mean()) if split else 0.0,
            partners=ways - 1 if split else 0,
        )

    def _evaluate(self, cut: int, ways: int, glasses: int, messages: int) -> Outcome:
        plan = self.plan(cut, ways, messages)
        rate = glasses * self.part.fixed["frame_rate"]
        own_air = self.air_s(plan.sent_bytes, plan.messages)
        split_air = self.air_s(plan.exchange_bytes, 1) if plan.exchanges else 0.0
        on_air, at_node = rate * self._all_air_s(plan), rate * plan.node_s
        busy = plan.device_s / self.deadline_s
        parts: tuple[float, ...]
        if on_air < 1 and at_node < 1 and busy < 1:
            law, parts = self._law(plan, glasses, own_air, split_air)
            times_s, stutter = law.quantile_s(LEVELS)[0], float(law.later_than(self.deadline_s)[0])
            p99, mean = float(law.quantile_s(0.99)[0, 0]), float(law.mean_s[0])
        else:
            times_s, stutter, p99, mean = np.full(LEVELS.size, np.inf), 1.0, np.inf, np.inf
            parts = (plan.device_s, 0.0, own_air * plan.messages, 0.0, plan.node_s, np.inf, 0.0)
        cost = float(
            cost_per_user_month(
                ways * self.node.price_per_hour_usd, glasses, self.part.fixed["sharing"]
            )
        )
        idle_w, tdp_w = self.glasses.idle_w, self.glasses.tdp_w
        metrics = {
            "stutter": stutter,
            "mean_frame_s": mean,
            "p99_frame_s": p99,
            "frames_per_s": float(rate),
            "cost_usd": cost,
            "power_w": idle_w + (tdp_w - idle_w) * min(busy, 1.0),
            "air": on_air,
            "node": at_node,
            "glasses_busy": busy,
            "alphas": float(plan.exchanges + (plan.messages > 0)),
        }
        limit = self.limit("stutter")
        pictures = {
            BUDGET: Budget(parts, self.deadline_s, source=SOURCE),
            TIMELINE: frames(times_s, self.deadline_s, limit, FrameStatistics(mean, p99, stutter)),
        }
        return Outcome(metrics, pictures, self._meanings(plan, metrics, cut))

    def known(self, settings: Settings) -> tuple[Value, ...]:
        """How many nodes are used, by how many pairs of glasses, and their price by the hour."""
        ways = int(settings["ways"])
        price = money(ways * self.node.price_per_hour_usd)
        pairs = Amount(float(settings["glasses"]), "pairs")
        return (msg("mobile-cut-known", nodes=ways, pairs=pairs, price=price),)

    def air_s(self, size: float, messages: int) -> float:
        """Give the time on the air of one of so many messages that carry `size` bytes."""
        return float(self.channel.air_time_s(size / messages)) if messages else 0.0

    def _law(
        self, plan: Plan, glasses: int, own_air_s: float, split_air_s: float
    ) -> tuple[Times, tuple[float, ...]]:
        """Give the law of a frame and its parts.

        Frames of a pair are even, so air and node are queues of even streams. The messages of a
        frame, and those of an exchange, go on the air together, one after the other.
        """
        law, air_wait_s = fixed(plan.device_s), 0.0
        alpha = exchanges = 0.0
        if plan.messages:
            last, alpha = self._burst(plan.messages, own_air_s)
            once, once_s = fixed(0.0), 0.0
            if plan.exchanges:
                once, _ = self._burst(plan.partners, split_air_s)
                once_s = float(once.mean_s[0])
            wait = self._air_wait(plan, glasses, float(last.mean_s[0]), once_s)
            law += last + once.repeated(plan.exchanges) + wait.repeated(1 + plan.exchanges)
            exchanges = plan.exchanges * once_s
            air_wait_s = (1 + plan.exchanges) * float(wait.mean_s[0])
        served = even_wait(glasses, self.deadline_s, plan.node_s).shifted(plan.node_s)
        law += served
        waits = air_wait_s + float(served.mean_s[0]) - plan.node_s
        own_s = plan.messages * own_air_s
        means = (plan.device_s, alpha, own_s, exchanges, plan.node_s, waits)
        jitter = float(law.quantile_s(0.99)[0, 0]) - float(law.mean_s[0])
        return law, (*means, jitter)

    def _burst(self, messages: int, air_s: float) -> tuple[Times, float]:
        """Give the time until the last of so many messages is there, and what it is beyond air."""
        turns = [air_s * (i + 1) for i in range(messages)]
        last = slowest([random(self.channel.alpha)] * messages, turns)
        return last, float(last.mean_s[0]) - turns[-1]

    def _air_wait(self, plan: Plan, glasses: int, first_s: float, once_s: float) -> Times:
        """Give the wait of a frame's own messages, or of those of one exchange, for the air.

        A frame's exchanges come one after the other and never meet. They meet those of the other
        pairs, and of the pair's own frames that are under way, if a frame takes longer than one.
        All are taken to be as long as they are on average, and without any rhythm to each other:
        where exchanges all but fill the air, the mean frame is some 5% too low.
        """
        bursts = 1 + plan.exchanges
        under_way_s = first_s + plan.exchanges * once_s
        own = plan.exchanges * max(1.0 - self.deadline_s / under_way_s, 0.0)
        others = (glasses - 1) * bursts + round(own)
        return even_wait(1 + others, self.deadline_s, self._all_air_s(plan) / bursts)

    def _all_air_s(self, plan: Plan) -> float:
        """Give the time that all messages of a frame take on the air."""
        own = plan.messages * self.air_s(plan.sent_bytes, plan.messages)
        split = self.air_s(plan.exchange_bytes, 1) if plan.exchanges else 0.0
        return own + plan.exchanges * plan.partners * split

    def evaluate(self, settings: Settings) -> Outcome:
        """Evaluate one deployment."""
        keys = ("cut", "ways", "glasses", "messages")
        return self._evaluated(*(int(settings[key]) for key in keys))

    def _meanings(self, plan: Plan, metrics: dict[str, float], cut: int) -> dict[str, Value]:
        crosses = msg("mobile-cut-nothing-crosses")
        if plan.messages:
            crosses = msg(
                "mobile-cut-crosses",
                layer=self.names[cut],
                size=memory(plan.sent_bytes),
                takes=duration(plan.device_s),
            )
        return {
            "cut": crosses,
            "ways": msg(
                "mobile-cut-in-a-row", takes=duration(plan.node_s), alphas=count(metrics["alphas"])
            ),
            "glasses": msg(
                "mobile-busy",
                air=beside(share(metrics["air"]), 1.0),
                node=beside(share(metrics["node"]), 1.0),
            ),
            "messages": msg("mobile-cut-on-air", messages=count(plan.on_air)),
        }

    def truth(self) -> Truth:
        """Mean frame with the node's layers split over two nodes, over that with one, alone."""
        winning = self.part.winning
        one, two = (
            self._evaluated(winning["cut"], ways, 1, 1).metrics["mean_frame_s"] for ways in (1, 2)
        )
        exchanges = self.plan(winning["cut"], 2, 1).exchanges
        return Truth(
            two / one,
            msg(
                "mobile-cut-truth",
                layer=self.names[winning["cut"]],
                one=duration(one),
                two=duration(two),
                exchanges=count(exchanges),
            ),
        )

    def overlay(self) -> Overlay:
        """Mean frame with two nodes over that with one, against the layers on the glasses."""
        cuts = range(len(self.names))
        slower = [
            self._evaluated(cut, 2, 1, 1).metrics["mean_frame_s"]
            / self._evaluated(cut, 1, 1, 1).metrics["mean_frame_s"]
            for cut in cuts
        ]
        at = float(self.part.winning["cut"])
        # With all layers on the glasses nothing is left to split.
        y = np.array(slower)
        left = np.flatnonzero(np.isfinite(y))
        return Overlay(msg("overlay-cut"), "count", left.astype(float), y[left], at)

    def instruments(self) -> tuple[Instrument, ...]:
        """Make the budget and the timeline."""
        return (
            BudgetBars(
                msg("mobile-cut-budget"),
                msg("mobile-cut-frame-time"),
                PARTS,
                MILLISECONDS,
                HIGHEST_S,
            ),
            FrameTimeline(DRAWN, LONGEST_S),
        )

    def flow(self, settings: Settings, seed: int) -> Flow:
        """Show frames on the glasses, on the air and at the node."""
        return mobile.cut_frames(self, settings, seed)


SCENARIO = MobileCut
