"""What a fleet makes of traffic: latencies, goodput, use, cost and energy, from the simulator."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labpy.fleet.plan import Fleet
from labpy.fleet.traffic import Traffic
from labpy.models import _checks
from labpy.models.economics import cost_per_million_tokens, energy_per_token_j
from labpy.models.simulation import FleetTrace, simulate_fleet

Array = NDArray[np.float64]

LEVELS = np.array([0.5, 0.9, 0.99])
CURVE = np.concatenate([np.arange(0, 0.99, 0.02), [0.99, 0.995, 0.999, 1.0]])
SPANS = 60


@dataclass(frozen=True)
class Slo:
    """What a request must keep to count: times to first token and per further token, in s."""

    ttft_s: float = 1.0
    tpot_s: float = 0.05

    def __post_init__(self) -> None:
        """Check the arguments."""
        _checks.single_positive("ttft_s", self.ttft_s)
        _checks.single_positive("tpot_s", self.tpot_s)


@dataclass(frozen=True)
class Course:
    """The traffic's time in equal spans; requests count where they arrive.

    Attributes
    ----------
    begin_s
        Of each span.
    arrivals_per_s
        Mean rate in it.
    ttft_p50_s, ttft_p99_s
        Of the requests that arrive in it; NaN where none does.
    kv_utilization
        Mean share of the KV cache in use that they find; NaN where none arrives.
    within_share
        Share of them within the SLO; NaN where none arrives.
    """

    begin_s: Array
    arrivals_per_s: Array
    ttft_p50_s: Array
    ttft_p99_s: Array
    kv_utilization: Array
    within_share: Array


@dataclass(frozen=True)
class Answer:
    """Figures of a fleet under traffic; times in s, quantiles at ``LEVELS`` (0.5, 0.9, 0.99).

    Attributes
    ----------
    requests, refused
        That were served, and that no replica has room for: they count as missing the SLO.
    ttft_s, tpot_s, response_s
        Quantiles at ``LEVELS``. ``tpot_s`` is of replies of two tokens and more.
    curves
        The same three as quantiles at ``CURVE``, by name.
    goodput_per_s, within_share
        Requests within the SLO, a second and as a share of all that came.
    output_tokens_per_s
        Over the time from the first arrival to the last reply, as are all that follow.
    busy_share, prefill_busy_share
        Mean share of the time in which the replicas work; 0 without a prefill pool.
    kv_utilization
        Mean share of the KV cache in use.
    preemptions
        How often a request was thrown out and recomputed.
    hit_share
        Share of prompt tokens found in the cache.
    accelerators, cost_per_hour_usd, cost_per_million_tokens_usd
        Price of all accelerators, and for a million tokens of replies.
    energy_per_token_j, mean_power_w
        Of a reply's token; the power is the idle one and, while busy, the rest up to the TDP (an
        assumption: between the two it is a straight line).
    duration_s
        From the first arrival to the end of the last reply.
    course
        Over the traffic's time.
    """

    requests: int
    refused: int
    ttft_s: Array
    tpot_s: Array
    response_s: Array
    curves: dict[str, Array]
    goodput_per_s: float
    within_share: float
    output_tokens_per_s: float
    busy_share: float
    prefill_busy_share: float
    kv_utilization: float
    preemptions: int
    hit_share: float
    accelerators: int
    cost_per_hour_usd: float
    cost_per_million_tokens_usd: float
    energy_per_token_j: float
    mean_power_w: float
    duration_s: float
    course: Course

    def metrics(self) -> dict[str, float]:
        """Return the figures that are told by name, in SI units."""
        quantiles = {
            f"{name}_p{round(100 * level)}_s": float(value)
            for name in ("ttft", "tpot", "response")
            for level, value in zip(LEVELS, getattr(self, f"{name}_s"), strict=True)
        }
        return quantiles | {
            "goodput_per_s": self.goodput_per_s,
            "within_share": self.within_share,
            "output_tokens_per_s": self.output_tokens_per_s,
            "utilization": self.busy_share,
            "kv_utilization": self.kv_utilization,
            "preemptions": float(self.preemptions),
            "accelerators": float(self.accelerators),
            "cost_per_hour": self.cost_per_hour_usd,
            "cost_per_million_tokens": self.cost_per_million_tokens_usd,
            "energy_per_token_j": self.energy_per_token_j,
            "mean_power_w": self.mean_power_w,
            "prefill_utilization": self.prefill_busy_share,
            "hit_share": self.hit_share,
            "refused": float(self.refused),
        }


def answer(fleet: Fleet, traffic: Traffic, slo: Slo | None = None, seed: int = 0) -> Answer:
    """Simulate the fleet on the traffic.

    Raises
    ------
    FleetError
        If the fleet can't be, or has no room for any of the requests.
    ValueError
        For a wrong argument.
    """
    served = fleet.check(traffic)
    trace = simulate_fleet(**fleet.simulation(served, seed))
    return _answer(fleet, traffic, trace, slo or Slo())


def _answer(fleet: Fleet, traffic: Traffic, trace: FleetTrace, slo: Slo) -> Answer:
    several = trace.output_tokens > 1
    times = {
        "ttft_s": trace.ttft_s,
        "tpot_s": trace.tpot_s[several] if several.any() else np.zeros(1),
        "response_s": trace.response_s,
    }
    within = (trace.ttft_s <= slo.ttft_s) & (trace.tpot_s <= slo.tpot_s)
    end_s = float((trace.arrival_s + trace.response_s).max())
    rate = float(trace.output_tokens.sum()) / end_s
    power = _mean_power_w(fleet, trace)
    kept = int(within.sum())
    return Answer(
        requests=len(trace.arrival_s),
        refused=len(traffic) - len(trace.arrival_s),
        **{name: np.quantile(values, LEVELS) for name, values in times.items()},
        curves={name: np.quantile(values, CURVE) for name, values in times.items()},
        goodput_per_s=kept / max(traffic.duration_s, 1e-9) if traffic.duration_s else kept / end_s,
        within_share=kept / len(traffic),
        output_tokens_per_s=rate,
        busy_share=float(trace.busy_share.mean()),
        prefill_busy_share=float(trace.prefill_busy_share.mean())
        if fleet.prefill_replicas
        else 0.0,
        kv_utilization=float(trace.mean_kv_utilization.mean()),
        preemptions=int(trace.preemptions.sum()),
        hit_share=trace.prefix_hit_rate,
        accelerators=fleet.accelerators,
        cost_per_hour_usd=fleet.price_per_hour_usd,
        cost_per_million_tokens_usd=float(cost_per_million_tokens(fleet.price_per_hour_usd, rate)),
        energy_per_token_j=float(energy_per_token_j(power, rate)),
        mean_power_w=power,
        duration_s=end_s,
        course=_course(trace, within),
    )


def _mean_power_w(fleet: Fleet, trace: FleetTrace) -> float:
    """Mean power of all accelerators: a straight line from idle to the TDP."""
    chip, each = fleet.accelerator, fleet.replica_accelerators
    busy = float(trace.busy_share.sum() + trace.prefill_busy_share.sum()) * each
    return fleet.accelerators * chip.idle_w + busy * (chip.tdp_w - chip.idle_w)


def _course(trace: FleetTrace, within: NDArray[np.bool_]) -> Course:
    last = float(trace.arrival_s[-1])
    edges = np.linspace(0.0, last, min(SPANS, max(len(trace.arrival_s) // 20, 1)) + 1)
    cuts = np.searchsorted(trace.arrival_s, edges[1:-1])
    groups = np.split(np.arange(len(trace.arrival_s)), cuts)

    def by_span(values: Array, what) -> Array:
        return np.array([what(values[each]) if len(each) else np.nan for each in groups])

    width = float(edges[1] - edges[0])
    arrivals = np.array([len(each) for each in groups])
    return Course(
        begin_s=edges[:-1],
        arrivals_per_s=arrivals / width if width else np.full(len(groups), np.inf),
        ttft_p50_s=by_span(trace.ttft_s, np.median),
        ttft_p99_s=by_span(trace.ttft_s, lambda values: np.quantile(values, 0.99)),
        kv_utilization=by_span(trace.kv_utilization, np.mean),
        within_share=by_span(within, np.mean),
    )
