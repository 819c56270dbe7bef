"""Fit the constants of the engines to the measured rows: ``uv run python -m tools.fit_engine``.

Shares of peak (memory, KV cache, compute) and host times (of a step, a layer, a request) are the
same for all rows of an engine: nothing is fitted to a model, a degree of parallelism or a length.
Communication constants come from microbenchmarks and are not touched. Each model weighs the same;
the loss is that of Huber, so that rows which the model describes worst do not pull; the time to
first token counts less than that per token; and shares that rows alone cannot tell apart are held
near what kernels reach. TensorRT-LLM is fitted to the speed-ups of pipelines, too.
"""

from dataclasses import replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from labpy.models import registry
from labpy.models.measurements import Measurement, MeasurementSet, h100, pipeline_throughput
from labpy.models.serving import Deployment, capacity_requests_per_s, closed_loop

Array = NDArray[np.float64]

_DENSE = ("memory_efficiency", "kv_efficiency", "compute_efficiency")
_HOST = ("layer_overhead_s", "sequence_overhead_s", "request_overhead_s")
_EXPERTS = (
    "expert_memory_efficiency",
    "expert_compute_efficiency",
    "expert_overhead_s",
    "expert_skew",
)
FITTED = {
    "vllm": (*_DENSE, *_HOST, *_EXPERTS),
    "tensorrt-llm": (
        *_DENSE,
        *_HOST,
        "step_overhead_s",
        "prompt_layer_s",
        "stream_s",
        "stage_imbalance",
        "elsewhere_overhead_s",
    ),
}
# where a share lies for other reasons, and how far its logarithm may be from it
PRIORS = {
    "memory_efficiency": (0.88, 0.03),
    "kv_efficiency": (0.75, 0.15),
    "compute_efficiency": (0.6, 0.2),
    "expert_memory_efficiency": (0.8, 0.15),
}
TPOT_SPREAD, TTFT_SPREAD = 0.04, 0.15
STAGES = (2, 4, 8)


def sets_of(engine: str) -> tuple[MeasurementSet, ...]:
    """Sets of rows of an engine, without those bounded by what they do not give."""
    found = []
    for measured in h100():
        rows = tuple(row for row in measured.rows if not row.bounded_elsewhere)
        if measured.engine == engine:
            found.append(replace(measured, rows=rows))
    return tuple(found)


def predicted(measured: MeasurementSet, engine: registry.Engine) -> list[tuple]:
    """Each row of a set with the predicted time per output token and time to first token."""
    found = []

    def deployed(row: Measurement) -> tuple[int, int]:
        return row.deployed

    for (tensors, experts), group in groupby(sorted(measured.rows, key=deployed), deployed):
        rows = list(group)
        deployment = Deployment(
            measured.model,
            measured.accelerator,
            tensors,
            weight_dtype=measured.weight_dtype,
            engine=engine,
            expert_parallel_size=experts,
        )
        point = closed_loop(
            deployment,
            [row.clients for row in rows],
            [row.input_tokens for row in rows],
            [row.output_tokens for row in rows],
        )
        found += zip(rows, point.tpot_s.tolist(), point.ttft_s.tolist(), strict=True)
    return found


def relative_errors(measured: MeasurementSet, engine: registry.Engine) -> Array:
    """Of time per output token and time to first token; shape (rows, 2)."""
    found = predicted(measured, engine)
    return np.array([(tpot / row.tpot_s - 1, ttft / row.ttft_s - 1) for row, tpot, ttft in found])


def pipeline_errors(
    engine: registry.Engine | str, max_batch: int = 2048, weight_dtype: str = "fp4"
) -> Array:
    """Relative error of the speed-up of 2, 4 and 8 stages; shape (lengths, 3)."""
    found = []
    for (prompt, output), measured in pipeline_throughput().items():
        rate = {}
        for stages in (1, *STAGES):
            deployment = Deployment(
                "llama-3-70b", "rtx-pro-6000", 1, stages, weight_dtype, "fp8", engine
            )
            rate[stages] = capacity_requests_per_s(deployment, prompt, output, max_batch=max_batch)
        found.append([rate[n] / rate[1] / (measured[n] / measured[1]) - 1 for n in STAGES])
    return np.array(found)


def loss(logs: Array, engine: registry.Engine, sets: tuple[MeasurementSet, ...]) -> float:
    """Huber loss of the relative errors, and the priors."""
    names = FITTED[engine.key]
    values = dict(zip(names, np.exp(logs).tolist(), strict=True))
    candidate = replace(engine, **values)
    total = 0.0
    for measured in sets:
        errors = np.log1p(relative_errors(measured, candidate)) / (TPOT_SPREAD, TTFT_SPREAD)
        total += 60 * float((np.sqrt(1 + errors**2) - 1).sum(axis=1).mean())
    if engine.key == "tensorrt-llm":
        errors = np.log1p(pipeline_errors(candidate)) / TPOT_SPREAD
        total += float((np.sqrt(1 + errors**2) - 1).sum())
    for name, (value, spread) in PRIORS.items():
        if name in names:
            total += (3 * np.log(values[name] / value) / spread) ** 2 / 2
    return total


def fit(
    engine: registry.Engine, sets: tuple[MeasurementSet, ...], finest: float = 0.01
) -> dict[str, float]:
    """Descend along one constant after the other, halving the stride when none helps."""
    names = FITTED[engine.key]
    logs = np.log([getattr(engine, name) for name in names])
    best, stride = loss(logs, engine, sets), 0.1
    while stride > finest:
        improved = False
        for i in range(len(logs)):
            for sign in (1, -1):
                trial = logs.copy()
                trial[i] += sign * stride
                if (value := loss(trial, engine, sets)) < best:
                    best, logs, improved = value, trial, True
        stride = stride if improved else stride / 2
    return dict(zip(names, np.exp(logs).tolist(), strict=True))


def main() -> None:
    """Print the constants in the registry, those fitted, and the errors of both."""
    for key in FITTED:
        engine, sets = registry.engine(key), sets_of(key)
        fitted = fit(engine, sets)
        for name, value in fitted.items():
            print(f"{key} {name:25} registry {getattr(engine, name):.4g}  fitted {value:.4g}")
        for label, candidate in (("registry", engine), ("fitted", replace(engine, **fitted))):
            for measured in sets:
                tpot, ttft = 100 * np.abs(relative_errors(measured, candidate)).mean(axis=0)
                print(f"{label}: {measured.model} TPOT {tpot:.2f}%, TTFT {ttft:.2f}%")


if __name__ == "__main__":
    main()
