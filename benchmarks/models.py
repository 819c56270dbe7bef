"""Time of the models' sweeps and simulations: ``uv run python -m benchmarks.models``.

With ``--pyodide`` the same tasks also run in the browser's own Python, under Node. ``measure``
imports nothing outside numpy and labpy, so that it can.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from labpy.models.queueing import batch_server, md1, mmc
from labpy.models.serving import (
    Deployment,
    chunked_prefill,
    closed_loop,
    disaggregated,
    open_loop,
    prefix_hits,
    routed,
    zipf_popularity,
)
from labpy.models.simulation import (
    poisson_arrivals,
    simulate_fleet,
    simulate_queue,
    simulate_serving,
)

REQUESTS = 20_000


def tasks() -> dict[str, Callable[[], object]]:
    lab = Deployment("llama-3-70b", "h100-sxm", 8)
    rates = np.linspace(0.05, 11.0, 200)
    slow_rates = np.linspace(0.05, 6.0, 200)
    loads = np.linspace(0.005, 0.995, 200)
    rng = np.random.default_rng(0)
    arrivals = poisson_arrivals(rng, 8.0, REQUESTS)
    service = rng.exponential(0.1, REQUESTS)
    busy = poisson_arrivals(rng, 64.0, REQUESTS)
    prompts, replies = (
        np.clip(rng.lognormal(np.log(mean), 0.7, REQUESTS), 1, 8 * mean).astype(np.int64)
        for mean in (800, 200)
    )
    prefixes = rng.integers(0, 200, REQUESTS)
    piped = Deployment("llama-3-70b", "h100-sxm", 2, 4)
    popularity = zipf_popularity(1000)

    def fleet(deployment: Deployment = lab, router: str = "least_loaded", **more: object) -> object:
        return simulate_fleet(deployment, busy, 512 + prompts, replies, 8, router, **more)

    return {
        "open_loop, continuous, 200 rates": lambda: open_loop(lab, rates, 1024, 256, max_batch=64),
        "open_loop, static, batch 32, 200 rates": lambda: open_loop(
            lab, slow_rates, 1024, 256, "static", 0.1, 32
        ),
        "open_loop, static, batch 64, 200 rates": lambda: open_loop(
            lab, slow_rates, 1024, 256, "static", 0.1, 64
        ),
        "md1, p50 and p99, 200 loads": lambda: [
            md1(loads, 1.0).response_quantile_s(p) for p in (0.5, 0.99)
        ],
        "mmc, p50 and p99, 200 loads": lambda: [
            mmc(8 * loads, 1.0, 8).response_quantile_s(p) for p in (0.5, 0.99)
        ],
        "batch_server, one point": lambda: batch_server(
            10.0, 0.5, 0.01, 32, 0.1
        ).response_quantile_s(0.99),
        "closed_loop, one point": lambda: closed_loop(lab, 64, 1024, 1024),
        "simulate_queue, 20,000 requests": lambda: simulate_queue(arrivals, service),
        "simulate_queue, 4 servers, 20,000 requests": lambda: simulate_queue(
            arrivals, 4 * service, 4
        ),
        "simulate_serving, 20,000 requests": lambda: simulate_serving(lab, arrivals, 1024, 256, 64),
        "simulate_fleet, 20,000 requests, 8 replicas": fleet,
        "simulate_fleet, the same, prefixes": lambda: fleet(
            router="prefix", prefix_id=prefixes, prefix_tokens=512
        ),
        "simulate_fleet, the same, two pools": lambda: fleet(prefill_replicas=4),
        "simulate_fleet, the same, four stages": lambda: fleet(piped),
        "disaggregated, 200 rates": lambda: disaggregated(lab, rates, 1024, 256),
        "chunked_prefill, 20 budgets": lambda: chunked_prefill(
            lab, np.linspace(256, 8192, 20).astype(int), 8000, 64, 2000
        ),
        "prefix_hits, 1,000 prefixes": lambda: prefix_hits(popularity, 1000, 100_000),
        "routed, two choices, p99, 200 loads": lambda: routed(
            8 * loads, 1.0, 8, "power_of_two"
        ).response_quantile_s(0.99),
    }


def measure(repeats: int = 7) -> dict[str, float]:
    """Median seconds of each task."""
    found = {}
    for name, task in tasks().items():
        task()
        times = []
        for _ in range(repeats):
            start = time.perf_counter()
            task()
            times.append(time.perf_counter() - start)
        found[name] = float(np.median(times))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Time of the models' sweeps and simulations.")
    parser.add_argument("--pyodide", action="store_true", help="also in the browser's Python")
    parser.add_argument("--repeats", type=int, default=7, help="of which the median is taken")
    chosen = parser.parse_args()
    native = measure(chosen.repeats)
    browser = {}
    if chosen.pyodide:
        from benchmarks.browser import measure_in_pyodide  # not to be had in Pyodide

        browser = measure_in_pyodide(chosen.repeats)
    print(f"{'ms':46}{'native':>10}" + f"{'Pyodide':>10}{'ratio':>8}" * bool(browser))
    for name, seconds in native.items():
        line = f"{name:46}{seconds * 1e3:10.2f}"
        if browser:
            line += f"{browser[name] * 1e3:10.2f}{browser[name] / seconds:8.1f}"
        print(line)


if __name__ == "__main__":
    main()
