"""One's own model: a config.json gives the registry's shape, or says what is not supported."""

import json

import pytest

from labpy.fleet.config_json import ConfigError, read_config
from labpy.models.registry import language_model
from labpy.words import say

LLAMA = {
    "model_type": "llama",
    "num_hidden_layers": 80,
    "hidden_size": 8192,
    "num_attention_heads": 64,
    "num_key_value_heads": 8,
    "intermediate_size": 28672,
    "vocab_size": 128256,
    "tie_word_embeddings": False,
}
MIXTRAL = LLAMA | {
    "num_hidden_layers": 32,
    "hidden_size": 4096,
    "num_attention_heads": 32,
    "intermediate_size": 14336,
    "vocab_size": 32000,
    "num_local_experts": 8,
    "num_experts_per_tok": 2,
}


@pytest.mark.parametrize(
    ("config", "key"), [(LLAMA, "llama-3-70b"), (MIXTRAL, "mixtral-8x7b")], ids=str
)
def test_a_published_config_weighs_what_the_registry_says(config, key):
    found, known = read_config(json.dumps(config)).model, language_model(key)
    assert found.parameters == known.parameters
    assert found.active_matrix_parameters == known.active_matrix_parameters
    assert (found.kv_heads, found.head_dim) == (known.kv_heads, known.head_dim)


def test_other_names_of_the_same_fields():
    gpt2 = {"model_type": "gpt2", "n_layer": 12, "n_embd": 768, "n_head": 12, "vocab_size": 50257}
    model = read_config(json.dumps(gpt2)).model
    assert (model.ffn, model.ffn_matrices, model.tied_embeddings) == (3072, 2, True)
    assert model.parameters == pytest.approx(124e6, rel=0.02)


def test_what_is_left_out_is_said():
    kinds = ["sliding_attention", "full_attention"] * 40
    odd = {"text_config": LLAMA | {"layer_types": kinds, "n_shared_experts": 1}}
    odd["quantization_config"] = {"quant_method": "fp8"}
    found = read_config(json.dumps(odd))
    told = " ".join(say(note) for note in found.notes)
    assert found.model.windowed_layers == 40
    for part in ("images", "40 layers", "shared experts", "fp8"):
        assert part in told


REFUSED = {
    "nothing": ("", "no JSON"),
    "a list": ("[1]", "no JSON"),
    "deep": ("[" * 100_000, "no JSON"),
    "empty": ("{}", "num_hidden_layers"),
    "a word": (json.dumps(LLAMA | {"hidden_size": "big"}), "hidden_size is “big”"),
    "NaN": (json.dumps(LLAMA | {"hidden_size": float("nan")}), "can’t be"),
    "infinite": (json.dumps(LLAMA | {"vocab_size": float("inf")}), "can’t be"),
    "negative": (json.dumps(LLAMA | {"vocab_size": -1}), "can’t be"),
    "KV heads": (json.dumps(LLAMA | {"num_key_value_heads": 7}), "num_key_value_heads"),
    "latent attention": (json.dumps(LLAMA | {"kv_lora_rank": 512}), "latent attention"),
    "state space": (json.dumps(LLAMA | {"state_size": 16}), "state-space"),
    "encoder": (json.dumps(LLAMA | {"is_encoder_decoder": True}), "encoder"),
    "long": ("x" * 2_000_000, "too long"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_config_or_not_supported_is_refused(name):
    text, reason = REFUSED[name]
    with pytest.raises(ConfigError, match=reason):
        read_config(text)
