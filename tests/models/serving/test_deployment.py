from dataclasses import replace

import pytest

from labpy.models import registry
from labpy.models.serving import Deployment, ModelDoesNotFitError, decode_step


def test_llama_3_70b_caches_327680_bytes_a_token():
    assert Deployment("llama-3-70b", "h100-sxm", 8).kv_bytes_per_token == 327_680


def test_opt_13b_caches_819200_bytes_a_token():
    deployment = Deployment("opt-13b", "a100-sxm-40gb", weight_dtype="bf16")
    assert deployment.kv_bytes_per_token == 819_200


def test_weights_of_llama_3_70b_in_bf16_are_141_gb():
    deployment = Deployment("llama-3-70b", "h100-sxm", 4, weight_dtype="bf16")
    assert deployment.weight_bytes == pytest.approx(141.1e9, rel=1e-3)


def test_budget_and_weights_add_up_to_the_usable_memory():
    deployment = Deployment("llama-3-70b", "h100-sxm", 4, 2)
    total = deployment.weight_bytes + deployment.kv_budget_bytes
    assert total == pytest.approx(8 * deployment.usable_memory_bytes)


def test_split_beyond_the_kv_heads_repeats_them():
    eight = Deployment("llama-3-70b", "h100-sxm", 8)
    sixteen = Deployment("llama-3-70b", "h100-sxm", 16)
    assert sixteen.kv_bytes_per_token == 2 * eight.kv_bytes_per_token


def test_tensors_split_over_two_nodes_pay_for_the_link_between_them():
    """They stayed on NVLink, silently."""
    one, two = (Deployment("llama-3-70b", "h100-sxm", n) for n in (8, 16))
    assert (one.nodes, two.nodes) == (1, 2)
    faster = replace(two.accelerator, node_size=16)
    on_nvlink = decode_step(Deployment("llama-3-70b", faster, 16), 64, 1000)
    assert decode_step(two, 64, 1000).communication_s > 1.5 * on_nvlink.communication_s
    assert Deployment("llama-3-70b", "h100-sxm", 8, 2).pipeline_link.key == "infiniband-ndr"
    assert Deployment("llama-3-70b", "h100-sxm", 4, 2).pipeline_link.key == "nvlink4"


def test_keys_and_records_are_the_same():
    by_record = Deployment(
        registry.language_model("llama-3-8b"), registry.accelerator("l4"), weight_dtype="fp8"
    )
    assert by_record == Deployment("llama-3-8b", "l4", weight_dtype="fp8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"tensor_parallel_size": 3}, "tensor_parallel_size must divide the 64 heads"),
        ({"pipeline_parallel_size": 7}, "pipeline_parallel_size must divide the 80 layers"),
        ({"tensor_parallel_size": 1.5}, "tensor_parallel_size must be a whole number"),
        ({"weight_dtype": "fp3"}, "weight_dtype must be one of fp32"),
        ({"engine": "none"}, "engine must be one of vllm"),
        ({"link": "string"}, "link must be one of nvlink3"),
    ],
)
def test_a_wrong_argument_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        Deployment("llama-3-70b", "h100-sxm", **{"tensor_parallel_size": 8} | arguments)


def test_a_model_that_does_not_fit_says_what_would():
    with pytest.raises(ModelDoesNotFitError, match="at least 2 accelerators"):
        Deployment("llama-3-70b", "h100-sxm", weight_dtype="bf16")
