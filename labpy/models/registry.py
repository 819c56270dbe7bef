"""Accelerators, links, language models and engines, each number beside its source.

The figures are in the TOML files of ``labpy/models/data``. Look one up by key; an unknown key
raises ``ValueError`` with the known ones.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from labpy.models import _checks

DTYPE_BYTES: Mapping[str, float] = MappingProxyType(
    {"fp32": 4.0, "bf16": 2.0, "fp16": 2.0, "fp8": 1.0, "int8": 1.0, "fp4": 0.5, "int4": 0.5}
    # with their scales: one byte for 32 numbers (OCP MX specification 1.0), and for 16 (NVFP4)
    | {"mxfp4": 0.5 + 1 / 32, "nvfp4": 0.5 + 1 / 16}
)
# in which a dtype computes on a chip with FP4 units: MXFP4 weights meet activations in FP8
_BLOCK_SCALED = MappingProxyType({"nvfp4": "fp4", "mxfp4": "fp8"})


def dtype_bytes(dtype: str) -> float:
    """Bytes of one number of ``dtype``; ValueError lists the known types."""
    return DTYPE_BYTES[_checks.choice("dtype", dtype, DTYPE_BYTES)]


@dataclass(frozen=True)
class Accelerator:
    """One accelerator.

    ``memory_bytes`` is the vendor's figure (a GB is 1e9 bytes), ``visible_memory_bytes`` what the
    driver reports. ``peak_ops_per_s`` maps a dtype to dense operations a second, a multiply-add
    counting two. ``link`` is the key of the link to its peers, of which a node holds
    ``node_size``, and ``node_link`` that of the link between nodes. ``sources`` maps a field to
    where its number comes from.
    """

    key: str
    name: str
    link: str
    node_link: str
    node_size: int
    memory_bytes: float
    visible_memory_bytes: float
    memory_bandwidth_bytes_per_s: float
    tdp_w: float
    idle_w: float
    price_per_hour_usd: float
    peak_ops_per_s: Mapping[str, float]
    sources: Mapping[str, str]

    def compute_dtype(self, dtype: str) -> str:
        """Dtype in which products with weights of ``dtype`` run here: BF16 if not native."""
        dtype_bytes(dtype)
        if "fp4" in self.peak_ops_per_s:
            dtype = _BLOCK_SCALED.get(dtype, dtype)
        return dtype if dtype in self.peak_ops_per_s else "bf16"

    def ops_per_s(self, dtype: str) -> float:
        """Dense operations a second with weights of ``dtype`` (in BF16 if that is not native)."""
        return self.peak_ops_per_s[self.compute_dtype(dtype)]


@dataclass(frozen=True)
class Link:
    """A link in the alpha-beta model; the comments in ``links.toml`` say what each pair means."""

    key: str
    name: str
    bandwidth_bytes_per_s: float
    alpha_s: float
    efficiency: float
    bulk_alpha_s: float
    bulk_efficiency: float
    one_shot_alpha_s: float
    one_shot_efficiency: float
    two_shot_alpha_s: float
    two_shot_efficiency: float
    sources: Mapping[str, str]


@dataclass(frozen=True)
class LanguageModel:
    """Shape of a decoder-only transformer; all counts follow from it.

    With ``experts`` the feed-forward of a layer is so many of ``ffn`` each, of which a router picks
    ``experts_per_token``. ``attention_dtype``, if given, is that of the attention's weights,
    whatever that of the experts is. ``windowed_layers`` attend to a short window alone, whose share
    of the KV cache is left out.
    """

    key: str
    name: str
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    ffn: int
    vocab: int
    ffn_matrices: int
    tied_embeddings: bool
    published_parameters: int
    sources: Mapping[str, str]
    experts: int = 0
    experts_per_token: int = 0
    attention_dtype: str = ""
    windowed_layers: int = 0

    @property
    def layer_attention_parameters(self) -> int:
        """Weights in the attention projections of one layer, and in its router."""
        attention = self.hidden * self.head_dim * (2 * self.heads + 2 * self.kv_heads)
        return attention + self.hidden * self.experts

    @property
    def expert_parameters(self) -> int:
        """Weights of one expert, or of the one feed-forward, of one layer."""
        return self.ffn_matrices * self.hidden * self.ffn

    @property
    def layer_matrix_parameters(self) -> int:
        """Weights in the matrices of one layer: attention projections and feed-forward."""
        return self.layer_attention_parameters + max(self.experts, 1) * self.expert_parameters

    @property
    def active_matrix_parameters(self) -> int:
        """Weights in the matrices of all layers through which one token goes."""
        active = max(self.experts_per_token, 1) * self.expert_parameters
        return self.layers * (self.layer_attention_parameters + active)

    @property
    def matrix_parameters(self) -> int:
        """Weights in the matrices of all layers, without embedding and output head."""
        return self.layers * self.layer_matrix_parameters

    @property
    def head_parameters(self) -> int:
        """Weights of the output head, which every decode step reads."""
        return self.vocab * self.hidden

    @property
    def parameters(self) -> int:
        """Weights in all matrices; norms and biases (below 0.2%) are left out."""
        tables = 1 if self.tied_embeddings else 2
        return self.matrix_parameters + tables * self.head_parameters


@dataclass(frozen=True)
class Engine:
    """Constants of a serving engine; the comments in ``engines.toml`` say what each means."""

    key: str
    name: str
    memory_efficiency: float
    kv_efficiency: float
    compute_efficiency: float
    step_overhead_s: float
    layer_overhead_s: float
    expert_memory_efficiency: float
    expert_compute_efficiency: float
    expert_overhead_s: float
    expert_skew: float
    sequence_overhead_s: float
    elsewhere_overhead_s: float
    prompt_step_s: float
    prompt_layer_s: float
    request_overhead_s: float
    memory_utilization: float
    activation_bytes: float
    idle_slots: int
    stream_s: float
    block_tokens: int
    max_batched_tokens: int
    max_running_requests: int
    limit_each_stage: bool
    stage_imbalance: float
    sources: Mapping[str, str]


KINDS = (
    "accelerators",
    "links",
    "language_models",
    "engines",
    "wireless_channels",
    "radios",
    "gateways",
)


@cache
def _tables(kind: str) -> dict[str, Any]:
    text = files("labpy.models").joinpath("data", f"{kind}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def keys(kind: str) -> tuple[str, ...]:
    """Known keys of ``kind``, one of ``KINDS``."""
    _checks.choice("kind", kind, KINDS)
    return tuple(key for key in _tables(kind) if key != "sources")


def _record(kind: str, key: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Values of an entry, and the text of the source of each."""
    what = kind.removesuffix("s")
    _checks.choice(what, key, keys(kind))
    texts, values, sources = _tables(kind)["sources"], {"key": key}, {}
    for field, entry in _tables(kind)[key].items():
        if field == "source":
            sources["all"] = texts[entry]
        elif isinstance(entry, dict) and "value" in entry:
            values[field], sources[field] = entry["value"], texts[entry["source"]]
        elif isinstance(entry, dict):
            values[field] = MappingProxyType({name: item["value"] for name, item in entry.items()})
            for name, item in entry.items():
                sources[f"{field}.{name}"] = texts[item["source"]]
        else:
            values[field] = entry
    return values, sources


def build[T](cls: type[T], kind: str, key: str) -> T:
    """Record of dataclass ``cls`` from the table of ``kind``, with the source of each number."""
    values, sources = _record(kind, key)
    converted = {
        field.name: field.type(values[field.name])
        if field.type in (int, float)
        else values[field.name]
        for field in fields(cls)
        if field.name != "sources" and (field.name in values or field.default is MISSING)
    }
    return cls(**converted, sources=MappingProxyType(sources))


@cache
def accelerator(key: str) -> Accelerator:
    """Accelerator with this key, such as ``"h100-sxm"``."""
    return build(Accelerator, "accelerators", key)


@cache
def link(key: str) -> Link:
    """Link with this key, such as ``"nvlink4"``."""
    return build(Link, "links", key)


@cache
def language_model(key: str) -> LanguageModel:
    """Language model with this key, such as ``"llama-3-70b"``."""
    return build(LanguageModel, "language_models", key)


@cache
def engine(key: str) -> Engine:
    """Serving engine with this key, such as ``"vllm"``."""
    return build(Engine, "engines", key)
