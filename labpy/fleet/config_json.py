"""A model from its ``config.json``, as Hugging Face keeps it; what is not modelled is said."""

import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from labpy.models.registry import LanguageModel
from labpy.words import Message, Value, WordedError, msg

MOST_BYTES = 1_000_000
NAMES = {  # of a field in configs of different families, the usual one first
    "layers": ("num_hidden_layers", "n_layer", "num_layers", "n_layers"),
    "hidden": ("hidden_size", "n_embd", "d_model"),
    "heads": ("num_attention_heads", "n_head", "n_heads"),
    "ffn": ("intermediate_size", "ffn_dim", "n_inner", "ffn_hidden_size"),
    "vocab": ("vocab_size",),
}
EXPERTS = ("num_local_experts", "num_experts", "n_routed_experts")
PLAIN_FFN = {"opt", "gpt2", "gpt_neox", "falcon", "bloom", "phi", "starcoder2", "gptj"}
LIMITS = {"layers": 1000, "hidden": 1 << 17, "heads": 1024, "ffn": 1 << 20, "vocab": 1 << 21}
REFUSED = {  # a field that says that the model is of another kind
    "kv_lora_rank": "latent",
    "state_size": "recurrent",
    "ssm_cfg": "recurrent",
    "mamba_d_state": "recurrent",
    "attn_layer_period": "recurrent",
    "linear_num_value_heads": "recurrent",
}


class ConfigError(WordedError):
    """A text that is no config of a model that the lab knows how to compute."""


@dataclass(frozen=True)
class ConfigReading:
    """A model, and what of it is left out or taken differently: sentences of the book."""

    model: LanguageModel
    notes: tuple[Message, ...]


def read_config(text: str, name: str = "") -> ConfigReading:
    """Read a config; ConfigError says what is wrong or not supported."""
    config = _object(text)
    notes: list[Message] = []
    if isinstance(inner := config.get("text_config"), dict):
        config = config | inner
        notes.append(msg("config-text-only"))
    kind = str(config.get("model_type", ""))
    for field, why in REFUSED.items():
        if config.get(field):
            raise ConfigError(msg("config-unsupported", field=field, why=why))
    if config.get("is_encoder_decoder"):
        raise ConfigError(msg("config-unsupported", field="is_encoder_decoder", why="encoder"))
    sizes = {field: _size(config, field) for field in NAMES if field != "ffn"}
    sizes["ffn"] = _feed_forward(config, sizes["hidden"])
    experts, chosen = _experts(config)
    if experts and config.get("moe_intermediate_size"):
        sizes["ffn"] = _whole("moe_intermediate_size", config["moe_intermediate_size"], 1 << 20)
    heads = sizes["heads"]
    kv_heads = _kv_heads(config, heads)
    head_dim = _whole("head_dim", config.get("head_dim") or sizes["hidden"] // heads, 4096)
    notes += _notes(config, experts)
    windowed = _windowed(config, sizes["layers"])
    if windowed:
        notes.append(msg("config-windowed", layers=windowed))
    tied = config.get("tie_word_embeddings", kind in {"opt", "gpt2", "gemma", "gemma2", "gemma3"})
    title = name or str(config.get("_name_or_path") or kind or "config.json")[:80]
    model = LanguageModel(
        key="config-json",
        name=title,
        kv_heads=kv_heads,
        head_dim=head_dim,
        ffn_matrices=2 if kind in PLAIN_FFN else 3,
        tied_embeddings=bool(tied),
        published_parameters=0,
        sources=MappingProxyType({"all": title}),
        experts=experts,
        experts_per_token=chosen,
        windowed_layers=windowed,
        **sizes,
    )
    return ConfigReading(model, tuple(notes))


def _object(text: str) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise ConfigError(msg("config-too-large"))
    try:
        config = json.loads(text)
    except (ValueError, RecursionError):
        raise ConfigError(msg("config-no-json")) from None
    if not isinstance(config, dict):
        raise ConfigError(msg("config-no-json"))
    return config


def _whole(field: str, value: Any, most: int) -> int:
    fine = isinstance(value, int | float) and not isinstance(value, bool)
    if not fine or value != value or not 1 <= value <= most or value != int(value):
        raise ConfigError(msg("config-bad-number", field=field, value=_short(value)))
    return int(value)


def _short(value: Any) -> str:
    return str(value)[:40]


def _size(config: dict[str, Any], field: str) -> int:
    for name in NAMES[field]:
        if config.get(name) is not None:
            return _whole(name, config[name], LIMITS[field])
    raise ConfigError(msg("config-missing", field=NAMES[field][0]))


def _feed_forward(config: dict[str, Any], hidden: int) -> int:
    """Width of the feed-forward; GPT-2 and its like leave out that it is four times the model's."""
    if any(config.get(name) is not None for name in NAMES["ffn"]):
        return _size(config, "ffn")
    if config.get("model_type") in PLAIN_FFN:
        return 4 * hidden
    raise ConfigError(msg("config-missing", field=NAMES["ffn"][0]))


def _kv_heads(config: dict[str, Any], heads: int) -> int:
    if config.get("multi_query") and not config.get("num_kv_heads"):
        return 1
    found = config.get("num_key_value_heads") or config.get("num_kv_heads") or heads
    kv_heads = _whole("num_key_value_heads", found, heads)
    if heads % kv_heads:
        raise ConfigError(
            msg("config-bad-number", field="num_key_value_heads", value=_short(found))
        )
    return kv_heads


def _experts(config: dict[str, Any]) -> tuple[int, int]:
    field = next((name for name in EXPERTS if config.get(name)), "")
    if not field:
        return 0, 0
    experts = _whole(field, config[field], 4096)
    chosen = config.get("num_experts_per_tok") or config.get("experts_per_token")
    if chosen is None:
        raise ConfigError(msg("config-missing", field="num_experts_per_tok"))
    return experts, _whole("num_experts_per_tok", chosen, experts)


def _windowed(config: dict[str, Any], layers: int) -> int:
    kinds = config.get("layer_types")
    if isinstance(kinds, list) and len(kinds) == layers:
        return sum(1 for each in kinds if each == "sliding_attention")
    return 0


def _notes(config: dict[str, Any], experts: int) -> list[Message]:
    found: list[Message] = []
    if config.get("n_shared_experts") or config.get("shared_expert_intermediate_size"):
        found.append(msg("config-shared-experts"))
    if experts and (config.get("first_k_dense_replace") or config.get("mlp_only_layers")):
        found.append(msg("config-dense-layers"))
    quantized = config.get("quantization_config")
    if isinstance(quantized, dict):
        method: Value = _short(quantized.get("quant_method", ""))
        found.append(msg("config-quantized", method=method))
    return found
