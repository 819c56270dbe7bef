"""Command lines that start a fleet's replicas in real engines, and a snippet for a notebook.

They are a start. Sources of the flags, read in November 2026:

- vLLM: docs.vllm.ai, Engine Arguments, and Draft Models (``--speculative-config``) of v0.25;
- SGLang: docs.sglang.ai, Server Arguments, and Speculative Decoding: ``STANDALONE`` is a smaller
  model, which drafts a chain where the top k is 1; the tokens to verify are those drafted and one;
- TensorRT-LLM: tensorrt_llm/commands/serve.py of github.com/NVIDIA/TensorRT-LLM at 00209af. Types
  of the KV cache, reuse of prefixes and drafts have no flag there but a YAML file (``--config``).
"""

import json
from dataclasses import fields
from importlib.resources import files
from shlex import quote
from typing import Any

from labpy.fleet.answer import Slo
from labpy.fleet.plan import Fleet
from labpy.fleet.traffic import Synthetic
from labpy.models.registry import LanguageModel

HUB = "https://huggingface.co/"
ENGINES = ("vllm", "sglang", "tensorrt-llm")
VLLM_KV = {"bf16": "auto", "fp16": "auto", "fp8": "fp8"}
SGLANG_KV = {"bf16": "auto", "fp16": "auto", "fp8": "fp8_e4m3"}
QUANTIZED = {"fp8": "fp8"}


def repository(model: LanguageModel) -> str:
    """Return the name of the model's repository on the hub, or MODEL for one's own."""
    source = next(iter(model.sources.values()), "")
    _, found, tail = source.partition(HUB)
    return tail.split(":")[0].split(";")[0].split(",")[0].strip() if found else "MODEL"


def launch_commands(fleet: Fleet) -> dict[str, str]:
    """Return the command line that starts one replica, for each of ``ENGINES``."""
    return {"vllm": vllm(fleet), "sglang": sglang(fleet), "tensorrt-llm": tensorrt_llm(fleet)}


def _joined(first: str, flags: list[str]) -> str:
    return " \\\n  ".join([first, *flags])


def vllm(fleet: Fleet) -> str:
    """Return vLLM's command line for one replica."""
    flags = [
        f"--tensor-parallel-size {fleet.tensor_parallel_size}",
        f"--pipeline-parallel-size {fleet.pipeline_parallel_size}",
        f"--max-num-batched-tokens {fleet.max_batched_tokens}",
        f"--max-num-seqs {fleet.max_batch}",
        f"--kv-cache-dtype {VLLM_KV.get(fleet.kv_dtype, fleet.kv_dtype)}",
        "--enable-prefix-caching" if fleet.prefix_caching else "--no-enable-prefix-caching",
    ]
    if fleet.weight_dtype in QUANTIZED:
        flags.append(f"--quantization {QUANTIZED[fleet.weight_dtype]}")
    if fleet.expert_parallel_size > 1:
        flags.append("--enable-expert-parallel")
    if fleet.draft_tokens:
        drafts = {
            "method": "draft_model",
            "model": "DRAFT",
            "num_speculative_tokens": fleet.draft_tokens,
        }
        flags.append(f"--speculative-config {quote(json.dumps(drafts))}")
    return _joined(" ".join(("vllm", "serve", quote(repository(fleet.model)))), flags)


def sglang(fleet: Fleet) -> str:
    """Return SGLang's command line for one replica."""
    flags = [
        f"--model-path {quote(repository(fleet.model))}",
        f"--tp-size {fleet.tensor_parallel_size}",
        f"--pp-size {fleet.pipeline_parallel_size}",
        f"--chunked-prefill-size {fleet.max_batched_tokens}",
        f"--max-running-requests {fleet.max_batch}",
        f"--kv-cache-dtype {SGLANG_KV.get(fleet.kv_dtype, fleet.kv_dtype)}",
    ]
    if fleet.weight_dtype in QUANTIZED:
        flags.append(f"--quantization {QUANTIZED[fleet.weight_dtype]}")
    if not fleet.prefix_caching:
        flags.append("--disable-radix-cache")
    if fleet.expert_parallel_size > 1:
        flags.append(f"--ep-size {fleet.expert_parallel_size}")
    if fleet.draft_tokens:
        flags.append("--speculative-algorithm STANDALONE")
        flags.append("--speculative-draft-model-path DRAFT")
        flags.append(f"--speculative-num-steps {fleet.draft_tokens}")
        flags.append("--speculative-eagle-topk 1")
        flags.append(f"--speculative-num-draft-tokens {fleet.draft_tokens + 1}")
    return _joined("python -m sglang.launch_server", flags)


def tensorrt_llm(fleet: Fleet) -> str:
    """Return TensorRT-LLM's command line for one replica."""
    flags = [
        f"--tp_size {fleet.tensor_parallel_size}",
        f"--pp_size {fleet.pipeline_parallel_size}",
        f"--max_num_tokens {fleet.max_batched_tokens}",
        f"--max_batch_size {fleet.max_batch}",
        "--enable_chunked_prefill",
    ]
    if fleet.expert_parallel_size > 1:
        flags.append(f"--ep_size {fleet.expert_parallel_size}")
    return _joined(f"trtllm-serve {quote(repository(fleet.model))}", flags)


def python_snippet(
    fleet: Fleet,
    traffic: Synthetic | str,
    slo: Slo,
    rate: float = 1.0,
    most: int | None = None,
) -> str:
    """Return Python that prints the fleet's figures.

    Parameters
    ----------
    traffic
        The statistics from which it was drawn, or the name of a trace's file.
    rate
        Multiplier of the traffic's rate.
    most
        A trace is thinned to so many requests; None leaves it whole.
    """
    imported = ["Fleet", "Slo", "answer"]
    if isinstance(traffic, Synthetic):
        imported.append("Synthetic")
        given = f"Synthetic({_arguments(traffic, Synthetic())}).draw()"
    else:
        imported.append("read_trace")
        given = f"read_trace({traffic!r}).traffic" + (f".thinned({most})" if most else "")
    if rate != 1.0:
        given += f".faster({rate!r})"
    own = fleet.model.key == "config-json"
    if own:
        imported.append("read_config")
    return _template("snippet").format(
        imported=", ".join(sorted(imported)),
        own=_own_model(fleet.model) if own else "",
        fleet=_arguments(fleet, Fleet()),
        traffic=given,
        ttft=slo.ttft_s,
        tpot=slo.tpot_s,
    )


def _template(name: str) -> str:
    return files("labpy.fleet").joinpath("data", f"{name}.txt").read_text("utf-8")


def _arguments(record: object, plain: object) -> str:
    """Write out what differs from the default."""
    told = []
    for field in fields(record):
        value, default = getattr(record, field.name), getattr(plain, field.name)
        if value == default:
            continue
        if field.name == "model" and value.key == "config-json":
            told.append("model=model")
        else:
            told.append(f"{field.name}={getattr(value, 'key', value)!r}")
    return ", ".join(told)


def own_config(model: LanguageModel) -> dict[str, Any]:
    """Return a model that was pasted as the shortest config that comes to the same."""
    config: dict[str, Any] = {
        "_name_or_path": model.name,
        "num_hidden_layers": model.layers,
        "hidden_size": model.hidden,
        "num_attention_heads": model.heads,
        "num_key_value_heads": model.kv_heads,
        "head_dim": model.head_dim,
        "intermediate_size": model.ffn,
        "vocab_size": model.vocab,
        "tie_word_embeddings": model.tied_embeddings,
    }
    if model.ffn_matrices == 2:
        config["model_type"] = "opt"
    if model.experts:
        config |= {
            "num_local_experts": model.experts,
            "num_experts_per_tok": model.experts_per_token,
        }
    if model.windowed_layers:
        full = model.layers - model.windowed_layers
        config["layer_types"] = ["sliding_attention"] * model.windowed_layers
        config["layer_types"] += ["full_attention"] * full
    return config


def _own_model(model: LanguageModel) -> str:
    return _template("own_model").format(config=own_config(model)) + "\n"
