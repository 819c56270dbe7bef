"""Measured rows that the models are held against, with where they come from."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Measurement:
    """Mean figures of one run of a closed-loop benchmark."""

    input_tokens: int
    output_tokens: int
    tensor_parallel_size: int
    concurrency: int
    ttft_s: float
    tpot_s: float


@dataclass(frozen=True)
class MeasurementSet:
    """Rows measured on one system, and their source and licence."""

    model: str
    accelerator: str
    weight_dtype: str
    engine: str
    source: str
    licence: str
    rows: tuple[Measurement, ...]


def _rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file in ``labpy/models/data``, whose comments begin with a hash."""
    text = files("labpy.models").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@cache
def h100_vllm_llama31_70b_fp8() -> MeasurementSet:
    """45 rows: Llama 3.1 70B in FP8, vLLM on 2, 4 and 8 H100 SXM, 4 to 64 clients."""
    rows = tuple(
        Measurement(
            input_tokens=int(row["input_tokens"]),
            output_tokens=int(row["output_tokens"]),
            tensor_parallel_size=int(row["tensor_parallel_size"]),
            concurrency=int(row["concurrency"]),
            ttft_s=float(row["ttft_ms"]) / 1e3,
            tpot_s=float(row["tpot_ms"]) / 1e3,
        )
        for row in _rows("measured_h100_vllm_llama31_70b_fp8.csv")
    )
    return MeasurementSet(
        model="llama-3.1-70b",
        accelerator="h100-sxm",
        weight_dtype="fp8",
        engine="vllm",
        source="InferenceX open benchmark data, by way of NVIDIA aiconfigurator",
        licence="Apache-2.0",
        rows=rows,
    )


@cache
def pipeline_throughput() -> dict[tuple[int, int], dict[int, float]]:
    """Measured output tokens a second by (input, output) tokens and number of pipeline stages.

    Llama 3.3 70B in FP4 with a KV cache in FP8, TensorRT-LLM on RTX PRO 6000, requests without end.
    """
    found: dict[tuple[int, int], dict[int, float]] = {}
    for row in _rows("measured_pp_llama33_70b_fp4_rtx_pro_6000.csv"):
        shape = int(row["input_tokens"]), int(row["output_tokens"])
        stages = int(row["pipeline_parallel_size"])
        found.setdefault(shape, {})[stages] = float(row["output_tokens_per_s"])
    return found
