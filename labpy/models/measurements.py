"""Measured rows that the models are held against, with where they come from.

Two kinds of rows of H100 are not what their sizes say.

- Nine rows of gpt-oss-120b state 512 requests. Their time per token is that of a few, 4 to 67, and
  their time to first token is 4.5 times as long as one of these few requests takes: ten waves of a
  batch whose bound the row does not give. ``bounded_elsewhere`` marks them; nothing is fitted to
  them.
- Fifteen rows of MiniMax-M2.5 state attention data parallelism over 4 times 4 accelerators. They
  run short of KV cache as four accelerators do and repeat, most to 2%, the rows of four with four
  times the requests: ``deployed`` takes them for that.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MOST_CLIENTS = 256  # beyond, a benchmark of H100 states requests that the server did not take on


@dataclass(frozen=True)
class Measurement:
    """Mean figures of one run of a closed-loop benchmark, and its sizes as published.

    ``concurrency`` is for each of ``attention_data_parallel_size`` copies of the attention.
    """

    input_tokens: int
    output_tokens: int
    tensor_parallel_size: int
    concurrency: int
    ttft_s: float
    tpot_s: float
    attention_data_parallel_size: int = 1
    expert_parallel_size: int = 1
    engine_version: str = ""

    @property
    def clients(self) -> int:
        """Requests at once, all together."""
        return self.concurrency * self.attention_data_parallel_size

    @property
    def bounded_elsewhere(self) -> bool:
        """Whether the batch was bounded by what the row does not give."""
        return self.clients > MOST_CLIENTS

    @property
    def deployed(self) -> tuple[int, int]:
        """Tensor and expert parallel sizes that fit the row's figures."""
        return self.tensor_parallel_size, min(self.expert_parallel_size, self.tensor_parallel_size)


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


def _measurement(row: dict[str, str]) -> Measurement:
    sizes = ("tensor_parallel_size", "attention_data_parallel_size", "expert_parallel_size")
    counts = ("input_tokens", "output_tokens", "concurrency", *sizes)
    return Measurement(
        **{name: int(row[name]) for name in counts if name in row},
        ttft_s=float(row["ttft_ms"]) / 1e3,
        tpot_s=float(row["tpot_ms"]) / 1e3,
        engine_version=row.get("engine_version", ""),
    )


@cache
def h100_vllm_llama31_70b_fp8() -> MeasurementSet:
    """45 rows: Llama 3.1 70B in FP8, vLLM on 2, 4 and 8 H100 SXM, 4 to 64 clients."""
    found = _rows("measured_h100_vllm_llama31_70b_fp8.csv")
    return MeasurementSet(
        model="llama-3.1-70b",
        accelerator="h100-sxm",
        weight_dtype="fp8",
        engine="vllm",
        source="InferenceX open benchmark data, by way of NVIDIA aiconfigurator",
        licence="Apache-2.0",
        rows=tuple(_measurement(row) for row in found),
    )


@cache
def h100() -> tuple[MeasurementSet, ...]:
    """321 rows on 1 to 8 H100 SXM, a set for each engine and model."""
    sets: dict[tuple[str, str, str], list[Measurement]] = {}
    for row in _rows("measured_h100.csv"):
        key = row["engine"], row["model"], row["weight_dtype"]
        sets.setdefault(key, []).append(_measurement(row))
    return tuple(
        MeasurementSet(
            model=model,
            accelerator="h100-sxm",
            weight_dtype=weight_dtype,
            engine=engine,
            source="InferenceX and other open benchmark data, by way of NVIDIA "
            "aiconfigurator-core 0.12.0",
            licence="Apache-2.0",
            rows=tuple(rows),
        )
        for (engine, model, weight_dtype), rows in sets.items()
    )


@cache
def pipeline_throughput() -> dict[tuple[int, int], dict[int, float]]:
    """Measured output tokens a second by (input, output) tokens and number of pipeline stages.

    Llama 3.3 70B in FP4 with a KV cache in FP8, TensorRT-LLM on RTX PRO 6000. All requests are
    there at once; see ``pipeline_requests``.
    """
    found: dict[tuple[int, int], dict[int, float]] = {}
    for row in _rows("measured_pp_llama33_70b_fp4_rtx_pro_6000.csv"):
        shape = int(row["input_tokens"]), int(row["output_tokens"])
        stages = int(row["pipeline_parallel_size"])
        found.setdefault(shape, {})[stages] = float(row["output_tokens_per_s"])
    return found


@cache
def pipeline_requests() -> dict[tuple[int, int], int]:
    """Requests of each run of ``pipeline_throughput`` by (input, output) tokens.

    With eight stages they are but twice as many as run at a time: the end of such a run, when some
    are done and no more come, is a part of its throughput.
    """
    return {
        (int(row["input_tokens"]), int(row["output_tokens"])): int(row["requests"])
        for row in _rows("measured_pp_llama33_70b_fp4_rtx_pro_6000.csv")
    }
