"""Holds ``open_loop`` to the simulator over a grid of deployments, lengths and loads.

``uv run python -m tools.open_loop_grid`` prints a row for each point (about four minutes);
``tests/models/serving/test_open_grid.py`` runs a thin part of it. A share of prompts in a stay is
that of a full batch.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from labpy.models.serving import Deployment, capacity_requests_per_s, open_loop
from labpy.models.simulation import poisson_arrivals, simulate_serving

DEPLOYMENTS = {
    "8b-tp4": ("llama-3-8b", "h100-sxm", 4),
    "8b-tp1": ("llama-3-8b", "h100-sxm", 1),
    "70b-tp8": ("llama-3-70b", "h100-sxm", 8),
    "70b-tp4": ("llama-3-70b", "h100-sxm", 4),
    "32b-tp2": ("qwen3-32b", "h200-sxm", 2),
}
# input and output tokens, for shares of prompts in a stay of about 0.1, 0.3, 0.5, 0.7 and 0.9
LENGTHS = {
    "8b-tp4": ((300, 320), (3000, 517), (1000, 107), (6000, 132), (3000, 14)),
    "8b-tp1": ((1000, 998), (1000, 303), (4000, 229), (2000, 83), (7711, 27)),
    "70b-tp8": ((300, 835), (3000, 1504), (1000, 299), (6000, 429), (3000, 69)),
    "70b-tp4": ((1000, 2381), (1000, 728), (4000, 698), (2000, 229), (7711, 96)),
    "32b-tp2": ((300, 857), (3000, 1257), (1000, 292), (6000, 329), (3000, 63)),
}
UTILIZATIONS = (0.5, 0.6, 0.7, 0.8, 0.9)
VARIATIONS = (0.0, 0.5, 1.0)
MEASURES = tuple(product(("ttft", "response"), (0.5, 0.99)))
REQUESTS, WARM_UP = 100_000, 0.1


@dataclass(frozen=True)
class Point:
    """One point: its relative errors in the order of ``MEASURES``, and whether it is trusted."""

    name: str
    input_tokens: int
    output_tokens: int
    variation: float
    utilization: float
    errors: tuple[float, ...]
    trusted: bool

    @property
    def worst(self) -> float:
        """Largest of the errors, without a sign."""
        return max(abs(error) for error in self.errors)


def log_normal(rng: np.random.Generator, mean: float, cv: float, count: int) -> np.ndarray:
    """Whole lengths of at least 1."""
    sigma = np.sqrt(np.log1p(cv * cv))
    drawn = rng.lognormal(np.log(mean) - sigma**2 / 2, sigma, count)
    return np.maximum(np.round(drawn), 1).astype(np.int64)


def point(
    name: str,
    input_tokens: int,
    output_tokens: int,
    cv: float,
    utilization: float,
    requests: int = REQUESTS,
) -> Point:
    """Compare one point."""
    deployment = Deployment(*DEPLOYMENTS[name])
    varied = {"input_cv": cv, "output_cv": cv}
    lengths = input_tokens, output_tokens
    rate = utilization * capacity_requests_per_s(deployment, *lengths, **varied)
    load = open_loop(deployment, rate, *lengths, **varied)
    rng = np.random.default_rng(0)
    arrivals = poisson_arrivals(rng, rate, requests)
    longest = int(deployment.kv_capacity_tokens) // 2
    drawn = [np.minimum(log_normal(rng, mean, cv, requests), longest) for mean in lengths]
    trace = simulate_serving(deployment, arrivals, *drawn).after(WARM_UP)
    errors = tuple(
        float(getattr(load, f"{measure}_p{100 * level:.0f}_s"))
        / float(np.quantile(getattr(trace, f"{measure}_s"), level))
        - 1
        for measure, level in MEASURES
    )
    return Point(name, *lengths, cv, utilization, errors, bool(load.trusted))


def main() -> None:
    """Print the grid, and how much of it is flagged and within the bound."""
    found = []
    print("deployment in/out cv utilization | ttft p50 p99 response p50 p99, % | trusted")
    for name, cv in product(DEPLOYMENTS, VARIATIONS):
        for lengths, utilization in product(LENGTHS[name], UTILIZATIONS):
            one = point(name, *lengths, cv, utilization)
            found.append(one)
            errors = " ".join(f"{100 * error:6.1f}" for error in one.errors)
            words = "trusted" if one.trusted else ""
            print(f"{name:8} {lengths[0]}/{lengths[1]} {cv} {utilization} | {errors} | {words}")
    worst = np.array([one.worst for one in found])
    trusted = np.array([one.trusted for one in found])
    print(f"{len(found)} points, {100 * (1 - trusted.mean()):.0f}% not trusted")
    print(f"trusted: {(worst[trusted] > 0.15).sum()} beyond 15%, worst {worst[trusted].max():.3f}")


if __name__ == "__main__":
    main()
