"""Simulates the times to first token that a test holds ``open_loop`` to.

Run as ``uv run python -m tools.simulate_ttft`` after a change of a constant or of the simulator;
it takes some minutes. Where few requests wait for a slot their p99 needs millions of requests, too
many for a test. So it is kept in ``tests/models/serving/simulated_ttft.csv``.
"""

import csv
from pathlib import Path

import numpy as np

from labpy.models.serving import Deployment, capacity_requests_per_s
from labpy.models.simulation import poisson_arrivals, simulate_serving

TABLE = Path(__file__).parents[1] / "tests/models/serving/simulated_ttft.csv"
MODEL, ACCELERATOR = "llama-3-70b", "h100-sxm"
# tensor parallel size, weights, input tokens, output tokens, most requests in the batch
CASES = (
    *((tp, "fp8", 512, 256, 64) for tp in (8, 4, 2)),  # the first part of the lab
    (8, "fp8", 1024, 256, 256),
    (8, "fp8", 1024, 256, 64),
    (4, "fp8", 1024, 256, 64),
    (8, "fp8", 2048, 512, 128),
)
UTILIZATIONS = (0.45, 0.7, 0.8, 0.85, 0.9)
REQUESTS, WARM_UP = 100_000, 0.1
ENOUGH = 0.025  # relative standard error of the p99
FEWEST, MOST = 4, 200  # seeds


def simulate(case: tuple, rate: float) -> tuple[int, float, float, float]:
    """Seeds, median, p99, and the relative standard error of the p99."""
    tp, weights, prompt, output, max_batch = case
    deployment = Deployment(MODEL, ACCELERATOR, tp, weight_dtype=weights)
    times, p99 = [], []
    for seed in range(MOST):
        arrivals = poisson_arrivals(np.random.default_rng(seed), rate, REQUESTS)
        trace = simulate_serving(deployment, arrivals, prompt, output, max_batch).after(WARM_UP)
        times.append(trace.ttft_s)
        p99.append(np.quantile(trace.ttft_s, 0.99))
        error = np.std(p99, ddof=1) / len(p99) ** 0.5 / np.mean(p99) if seed else np.inf
        if seed + 1 >= FEWEST and error < ENOUGH:
            break
    median, whole = np.quantile(np.concatenate(times), [0.5, 0.99])
    return len(p99), float(median), float(whole), float(error)


def main() -> None:
    """Write the table."""
    names = ["tensor_parallel_size", "weight_dtype", "input_tokens", "output_tokens", "max_batch"]
    names += ["utilization", "arrival_rate", "seeds", "ttft_p50_s", "ttft_p99_s", "standard_error"]
    with TABLE.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(names)
        for case in CASES:
            tp, weights, *lengths, max_batch = case
            deployment = Deployment(MODEL, ACCELERATOR, tp, weight_dtype=weights)
            capacity = capacity_requests_per_s(deployment, *lengths, max_batch=max_batch)
            for utilization in UTILIZATIONS:
                rate = round(utilization * capacity, 4)
                seeds, median, p99, error = simulate(case, rate)
                found = f"{median:.5f}", f"{p99:.5f}", f"{error:.4f}"
                table.writerow([*case, utilization, rate, seeds, *found])
                print(*case, utilization, rate, seeds, *found, flush=True)


if __name__ == "__main__":
    main()
