import pytest

from labpy.models import registry

LOOKUPS = {
    "accelerators": registry.accelerator,
    "links": registry.link,
    "language_models": registry.language_model,
    "engines": registry.engine,
}
ENTRIES = [(kind, key) for kind in LOOKUPS for key in registry.keys(kind)]


@pytest.mark.parametrize(("kind", "key"), ENTRIES)
def test_every_entry_loads_and_every_number_has_a_source(kind, key):
    entry = LOOKUPS[kind](key)
    numbers = {
        name: value
        for name, value in vars(entry).items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    if kind != "language_models":
        assert set(numbers) <= set(entry.sources)
    else:
        assert entry.sources["all"].startswith("config.json")
    assert all(value >= 0 for value in numbers.values())
    assert all(len(text) > 15 for text in entry.sources.values())


@pytest.mark.parametrize(("kind", "lookup"), LOOKUPS.items())
def test_unknown_key_lists_the_known_ones(kind, lookup):
    with pytest.raises(ValueError, match=registry.keys(kind)[0]):
        lookup("no-such-thing")


@pytest.mark.parametrize("key", registry.keys("language_models"))
def test_parameters_follow_from_the_shape(key):
    model = registry.language_model(key)
    assert model.parameters == pytest.approx(model.published_parameters, rel=2e-3)


@pytest.mark.parametrize("key", registry.keys("accelerators"))
def test_accelerator_names_a_link_that_exists(key):
    assert registry.link(registry.accelerator(key).link).bandwidth_bytes_per_s > 0


def test_a_dtype_without_hardware_computes_in_bf16():
    a100, h100 = registry.accelerator("a100-sxm-80gb"), registry.accelerator("h100-sxm")
    assert a100.ops_per_s("fp8") == a100.ops_per_s("bf16") == 312e12
    assert h100.ops_per_s("fp8") == pytest.approx(2 * h100.ops_per_s("bf16"), rel=1e-3)


def test_entries_cannot_be_changed():
    entry = registry.accelerator("h100-sxm")
    with pytest.raises(AttributeError):
        entry.tdp_w = 1.0
    with pytest.raises(TypeError):
        entry.peak_ops_per_s["fp8"] = 1.0


def test_the_parts_and_models_that_the_tracks_need_are_there():
    assert {
        "h100-sxm",
        "jetson-agx-orin",
        "orin-dla",
        "ar-glasses-soc",
        "l4",
        "hearable-npu",
        "rtx-pro-6000",
    } <= set(registry.keys("accelerators"))
    assert {"nvlink4", "orin-dram", "wifi6-mesh", "bluetooth-le"} <= set(registry.keys("links"))
    assert {"llama-3-70b", "opt-13b", "qwen3-32b"} <= set(registry.keys("language_models"))
    experts = {"gpt-oss-120b", "minimax-m2.5", "qwen3-235b-a22b", "mixtral-8x7b"}
    assert experts <= set(registry.keys("language_models"))
    assert {"vllm", "tensorrt-llm", "sglang"} <= set(registry.keys("engines"))
