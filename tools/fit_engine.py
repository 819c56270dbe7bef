"""Fit the five constants of vLLM to the 45 measured rows: ``uv run python -m tools.fit_engine``.

The five are shares of peak (memory, KV cache, compute) and two times (per layer, per request). They
are the same for all rows: nothing is fitted to a degree of tensor parallelism or to a length.
The communication constants come from microbenchmarks and are not touched. The loss is that of
Huber, so that the rows short of KV cache, which the model describes worst, do not pull; the time
to first token counts a tenth; and the memory share is held near 0.88, what streaming kernels reach
on this part, since the rows alone trade it against the overhead of a layer.
"""

from dataclasses import replace

import numpy as np

from labpy.models import registry
from labpy.models.measurements import Measurement, h100_vllm_llama31_70b_fp8
from labpy.models.serving import Deployment, closed_loop

FITTED = (
    "memory_efficiency",
    "kv_efficiency",
    "compute_efficiency",
    "layer_overhead_s",
    "request_overhead_s",
)
MEMORY_PRIOR, MEMORY_SPREAD = 0.88, 0.01


def relative_errors(
    engine: registry.Engine, chosen: tuple[Measurement, ...] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Of time per output token and time to first token, for the ``chosen`` rows or all.

    Rows come back grouped by degree of tensor parallelism, in ascending order.
    """
    measured = h100_vllm_llama31_70b_fp8()
    chosen = measured.rows if chosen is None else chosen
    tpot, ttft = [], []
    for degree in sorted({row.tensor_parallel_size for row in chosen}):
        rows = [row for row in chosen if row.tensor_parallel_size == degree]
        deployment = Deployment(measured.model, measured.accelerator, degree, engine=engine)
        point = closed_loop(
            deployment,
            [row.concurrency for row in rows],
            [row.input_tokens for row in rows],
            [row.output_tokens for row in rows],
        )
        tpot.append(point.tpot_s / [row.tpot_s for row in rows] - 1)
        ttft.append(point.ttft_s / [row.ttft_s for row in rows] - 1)
    return np.concatenate(tpot), np.concatenate(ttft)


def loss(
    logs: np.ndarray, engine: registry.Engine, chosen: tuple[Measurement, ...] | None = None
) -> float:
    """Huber loss of the relative errors, and the prior on the memory share."""
    values = dict(zip(FITTED, np.exp(logs).tolist(), strict=True))
    tpot, ttft = relative_errors(replace(engine, **values), chosen)
    residuals = np.concatenate([tpot, 0.1 * np.log1p(ttft)]) / 0.03
    prior = ((values["memory_efficiency"] - MEMORY_PRIOR) / MEMORY_SPREAD) ** 2
    return float((np.sqrt(1 + residuals**2) - 1).sum()) + prior / 2


def fit(engine: registry.Engine, chosen: tuple[Measurement, ...] | None = None) -> dict[str, float]:
    """Descend along one constant after the other, halving the stride when none helps."""
    logs = np.log([getattr(engine, name) for name in FITTED])
    best, stride = loss(logs, engine, chosen), 0.1
    while stride > 1e-3:
        improved = False
        for i in range(len(logs)):
            for sign in (1, -1):
                trial = logs.copy()
                trial[i] += sign * stride
                if (value := loss(trial, engine, chosen)) < best:
                    best, logs, improved = value, trial, True
        stride = stride if improved else stride / 2
    return dict(zip(FITTED, np.exp(logs).tolist(), strict=True))


def main() -> None:
    """Print the constants in the registry, those fitted, and the errors of both."""
    engine = registry.engine("vllm")
    fitted = fit(engine)
    for name, value in fitted.items():
        print(f"{name:20} registry {getattr(engine, name):.4g}  fitted {value:.4g}")
    for label, candidate in (("registry", engine), ("fitted", replace(engine, **fitted))):
        tpot, ttft = relative_errors(candidate)
        print(f"{label}: TPOT {100 * abs(tpot).mean():.2f}%, TTFT {100 * abs(ttft).mean():.2f}%")


if __name__ == "__main__":
    main()
