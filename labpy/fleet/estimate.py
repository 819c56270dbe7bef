"""What formulas say of a fleet at once, before it is simulated, and where to doubt them."""

from dataclasses import dataclass, replace

from labpy.fleet.plan import Fleet
from labpy.fleet.traffic import Synthetic, Traffic
from labpy.models.economics import cost_per_million_tokens
from labpy.models.serving import Deployment, open_loop
from labpy.words import Message, msg
from labpy.words.amounts import share

ERROR = 0.15  # of ``open_loop`` against simulation, as it states
POISSON = 0.1  # by so much the spread of the gaps may differ from 1
TIMES = ("ttft_p50_s", "ttft_p99_s", "tpot_p50_s", "tpot_p99_s", "response_p50_s", "response_p99_s")


@dataclass(frozen=True)
class Load:
    """Traffic by the statistics that formulas take; times in s, lengths in tokens.

    ``burstiness`` is the coefficient of variation of the gaps between arrivals; ``steady`` tells
    whether the rate stays the same, ``alike`` whether prompts have beginnings in common.
    ``longest`` is the longest request, prompt and reply together.
    """

    rate_per_s: float
    input_tokens: float
    input_cv: float
    output_tokens: float
    output_cv: float
    burstiness: float = 1.0
    steady: bool = True
    alike: bool = False
    longest: int = 0

    @classmethod
    def drawn(cls, made: Synthetic, multiplier: float = 1.0) -> "Load":
        """Return the load of synthetic traffic, without drawing it."""
        return cls(
            made.rate_per_s * multiplier,
            made.input_tokens,
            made.input_cv,
            made.output_tokens,
            made.output_cv,
            made.burstiness,
            made.day_swing == 0,
            made.prefix_share > 0,
            round(made.input_tokens + made.output_tokens),
        )

    @classmethod
    def of(cls, traffic: Traffic) -> "Load":
        """Return the load of a trace; whether its rate is steady is told by its gaps alone."""
        prompts, replies = traffic.input_tokens, traffic.output_tokens
        return cls(
            traffic.rate_per_s,
            float(prompts.mean()),
            float(prompts.std() / prompts.mean()),
            float(replies.mean()),
            float(replies.std() / replies.mean()),
            traffic.gap_cv,
            alike=traffic.prefix_id is not None,
            longest=int((prompts + replies).max()),
        )


@dataclass(frozen=True)
class Estimate:
    """Figures by formula, keyed as in ``Answer.metrics``, and why to doubt them ("" if not).

    In overload the times to the first token and of the response are infinite: they would grow for
    as long as the traffic goes on. Of pools and of drafts the formulas know nothing, and only what
    the fleet costs an hour is left.
    """

    figures: dict[str, float]
    doubt: str = ""

    def sentence(self) -> Message:
        """Say how far the formulas hold here."""
        return msg("estimate-trust", doubt=self.doubt or "none", error=share(ERROR))


def estimate(fleet: Fleet, load: Load) -> Estimate:
    """Return what the closed forms say; FleetError if the fleet can't be."""
    replica = fleet.deployment()
    figures = {
        "accelerators": float(fleet.accelerators),
        "cost_per_hour": fleet.price_per_hour_usd,
    }
    if fleet.prefill_replicas or fleet.draft_tokens:
        return Estimate(figures, "pool" if fleet.prefill_replicas else "drafts")
    prompt, reply = (max(round(each), 1) for each in (load.input_tokens, load.output_tokens))
    if prompt + reply > replica.kv_capacity_tokens:
        return Estimate(figures, "room")
    found = open_loop(
        _with_budget(replica, fleet.max_batched_tokens),
        load.rate_per_s,
        prompt,
        reply,
        max_batch=fleet.batch_limit_of(replica, load.longest) if load.longest else fleet.max_batch,
        replicas=fleet.replicas,
        input_cv=load.input_cv,
        output_cv=load.output_cv,
    )
    figures |= {name: float(getattr(found, name)) for name in TIMES}
    tokens = float(found.output_tokens_per_s)
    figures["output_tokens_per_s"] = tokens
    price = fleet.price_per_hour_usd
    figures["cost_per_million_tokens"] = float(cost_per_million_tokens(price, tokens))
    if not found.stable:
        return Estimate(figures, "overload")
    return Estimate(figures, _doubt(fleet, load, trusted=bool(found.trusted)))


def _with_budget(replica: Deployment, tokens: int) -> Deployment:
    """Let the replica's steps have the fleet's token budget, in place of the engine's."""
    return replace(replica, engine=replace(replica.engine, max_batched_tokens=tokens))


def _doubt(fleet: Fleet, load: Load, *, trusted: bool) -> str:
    if abs(load.burstiness - 1) > POISSON or not load.steady:
        return "arrivals"
    if fleet.prefix_caching and load.alike:
        return "prefix"
    if not trusted:
        return "load"
    return "router" if fleet.replicas > 1 and fleet.router != "random" else ""
