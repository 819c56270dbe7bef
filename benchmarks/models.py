"""Time of the models' sweeps and simulations: ``uv run python -m benchmarks.models``.

With ``--pyodide`` the same tasks also run in the browser's own Python, under Node. ``measure``
imports nothing outside numpy and labpy, so that it can.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from labpy.models.queueing import batch_server, md1, mmc
from labpy.models.serving import Deployment, closed_loop, open_loop
from labpy.models.simulation import poisson_arrivals, simulate_queue, simulate_serving

REQUESTS = 20_000


def tasks() -> dict[str, Callable[[], object]]:
    lab = Deployment("llama-3-70b", "h100-sxm", 8)
    rates = np.linspace(0.05, 11.0, 200)
    slow_rates = np.linspace(0.05, 6.0, 200)
    loads = np.linspace(0.005, 0.995, 200)
    rng = np.random.default_rng(0)
    arrivals = poisson_arrivals(rng, 8.0, REQUESTS)
    service = rng.exponential(0.1, REQUESTS)
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
